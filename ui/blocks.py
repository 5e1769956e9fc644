"""What a page shows, as plain data: charts, tables, tiles and sentences that can be pinned, frozen and taken away."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Cell = str | int | float | bool | None
"""A value of a table as JSON knows it; a day is its ISO text, no data is None."""
Kind = Literal["chart", "table", "tiles", "sentences"]


@dataclass(frozen=True)
class Field:
    """A column of a table: its code name, its title on screen and its unit (of metrics.columns)."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True)
class Tile:
    """A figure by its code name: its title, its value as a number and as written, its change, and the words beside it.

    `number` is None, and `value` '—', where there is no data. `reason` says why then.
    """

    figure: str
    title: str
    number: float | None
    value: str
    change: str = ""
    beside: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Block:
    """One chart, table, row of tiles or list of sentences, under the key that its page gave it.

    `figure` is a chart as Plotly writes it in JSON. `rows` are the cells of a table and `written` the same as people
    read them; a chart may carry the rows behind it too. Sentences are plain text without Markdown.
    """

    key: str
    kind: Kind
    title: str = ""
    figure: Mapping[str, Any] | None = None
    fields: tuple[Field, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    written: tuple[tuple[str, ...], ...] = ()
    tiles: tuple[Tile, ...] = ()
    sentences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The block as JSON knows it."""
        return asdict(self)

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> "Block":
        """A block that `as_json` wrote; KeyError or TypeError where it is none."""
        return cls(
            key=words["key"],
            kind=words["kind"],
            title=words["title"],
            figure=words["figure"],
            fields=tuple(Field(**one) for one in words["fields"]),
            rows=tuple(tuple(row) for row in words["rows"]),
            written=tuple(tuple(row) for row in words["written"]),
            tiles=tuple(Tile(**one) for one in words["tiles"]),
            sentences=tuple(words["sentences"]),
        )
