"""A meeting as it is shown and taken away: slides of frozen blocks, which say their scope, version and definitions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ui.blocks import Block


@dataclass(frozen=True)
class Definition:
    """A figure that a slide speaks of, as the dictionary defines it, in the deck's language."""

    name: str
    title: str
    asks: str
    formula: str
    rules: str


@dataclass(frozen=True)
class Slide:
    """One slide: its title, its answer in a sentence, its blocks, and what it says of itself.

    `note` is what whoever prepared the meeting wrote. `provenance`: pairs of words such as ("Period", "…"), the
    conditions, the version and when it was frozen. `problem` says in words why a slide has no blocks, if it has none.
    """

    slide_id: str
    title: str
    finding: str = ""
    note: str = ""
    blocks: tuple[Block, ...] = ()
    definitions: tuple[Definition, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """The slide as JSON knows it."""
        return asdict(self)

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> "Slide":
        """A slide that `as_json` wrote; KeyError or TypeError where it is none."""
        return cls(
            slide_id=words["slide_id"],
            title=words["title"],
            finding=words["finding"],
            note=words["note"],
            blocks=tuple(Block.from_json(block) for block in words["blocks"]),
            definitions=tuple(Definition(**one) for one in words["definitions"]),
            provenance=tuple((name, value) for name, value in words["provenance"]),
            problem=words["problem"],
        )


@dataclass(frozen=True)
class Deck:
    """All slides of a meeting in one language: what the screen shows and every export writes.

    `held_on` and `frozen_at` are ISO texts; `version` is the warehouse's version that its figures are of.
    """

    meeting_id: str
    title: str
    held_on: str
    language: str
    version: str
    frozen_at: str
    slides: tuple[Slide, ...]

    def as_json(self) -> dict[str, Any]:
        """The deck as JSON knows it."""
        return asdict(self)
