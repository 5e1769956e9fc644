"""The slide of a view: what its page showed, with the figures' definitions and what the slide says of itself."""

from collections.abc import Mapping, Sequence

import metrics
from meeting.deck import Definition, Slide
from metrics.scope import CONDITIONS
from ui.agenda import slide_title
from ui.blocks import Block
from ui.capture import Captured
from ui.export import scope_words
from ui.words import _, pick, speaking
from warehouse.meetings import Item


def view_slide(
    item: Item,
    captured: Captured,
    *,
    parameters: Mapping[str, Sequence[str]],
    language: str,
    version: str,
    data_until: str,
    frozen_at: str,
) -> Slide:
    """A slide in one of ui.words.LANGUAGES of what was captured; its `problem` says so where something is missing."""
    blocks = captured.of(item.keys)
    with speaking(language):
        problem = _problem(item, captured, parameters)
        return Slide(
            item.slide_id,
            slide_title(item),
            finding="" if problem else captured.finding,
            note=item.note,
            blocks=() if problem else blocks,
            definitions=tuple(_definition(name) for name in _figures(captured, blocks)),
            provenance=(
                *(scope_words(captured.scope) if captured.scope else ()),
                *(((_("Data until"), data_until),) if data_until else ()),
                (_("Version"), version),
                (_("Frozen at"), frozen_at),
            ),
            problem=problem,
        )


def _problem(item: Item, captured: Captured, parameters: Mapping[str, Sequence[str]]) -> str:
    """Why the slide cannot show what the agenda asks for, if it cannot."""
    told = " ".join(captured.said)
    if captured.scope is None:
        return told or _("The page could not be drawn.")
    lost = [
        value for name in CONDITIONS for value in parameters.get(name, ()) if value not in getattr(captured.scope, name)
    ]
    if lost:
        # Without the condition the page shows another scope than the one that was meant.
        return _("Not known in this version: {values}").format(values=", ".join(lost))
    if any(not captured.of([key]) for key in item.keys):
        return told or _("The page does not show this any more.")
    return ""


def _figures(captured: Captured, blocks: Sequence[Block]) -> list[str]:
    """The figures that a slide speaks of, each once: the one that its page turns on first."""
    named = [*captured.figures]
    for block in blocks:
        named += [*(tile.figure for tile in block.tiles), *(field.name for field in block.fields)]
    return [name for name in dict.fromkeys(named) if name in metrics.figures()]


def _definition(name: str) -> Definition:
    figure = metrics.figure(name)
    return Definition(name, pick(figure.title), pick(figure.asks), pick(figure.formula), pick(figure.rules))
