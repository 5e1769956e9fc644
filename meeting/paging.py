"""A deck by the page: as much on each as can be read at the back of the room; the screen and all exports page alike."""

from collections.abc import Iterator
from dataclasses import replace

from meeting.deck import Deck, Slide
from ui.blocks import Block
from ui.words import _, speaking
from warehouse.spreadsheet import columns_wide

MOST_ROWS, MOST_TABLE_PAGES, MOST_SENTENCES, MOST_SENTENCES_BESIDE, MOST_TILES = 7, 2, 7, 5, 9
MOST_NAMED = 5
"""Columns that are left out and named."""
LEFT_OUT = "left-out"
"""Key of the block that says what a page leaves out."""
STAGE_WIDTH, CHARACTER_WIDTH, HEADING_WIDTH, CELL_ROOM, WIDEST_CELL = 1200, 11, 12, 18, 320
"""Pixels of a line, of a narrow character at 22 px, of a heavy one, about a cell, and of one on two lines."""


def paged(deck: Deck) -> Deck:
    """The deck with a slide a page; those of one slide have its title, and say what they leave out."""
    with speaking(deck.language):
        return replace(deck, slides=tuple(page for slide in deck.slides for page in _pages(slide)))


def _pages(slide: Slide) -> Iterator[Slide]:
    parts = list(_parts(slide.blocks))
    if not parts:
        yield slide
    for number, blocks in enumerate(parts):
        title = slide.title if not number else _("{title} (continued)").format(title=slide.title)
        yield replace(slide, title=title, blocks=blocks, note=slide.note if not number else "")


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """What stands together on a page: a chart with the sentences after it, else each block by itself or in parts."""
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if block.kind == "chart" and waiting and waiting[0].kind == "sentences":
            beside, *rest = _sentences(waiting.pop(0), MOST_SENTENCES_BESIDE)
            yield block, beside
            yield from ((one,) for one in rest)
        elif block.kind == "sentences":
            yield from ((one,) for one in _sentences(block, MOST_SENTENCES))
        elif block.kind == "table":
            yield from _table(block)
        elif block.kind == "tiles":
            for first in range(0, len(block.tiles) or 1, MOST_TILES):
                yield (replace(block, tiles=block.tiles[first : first + MOST_TILES]),)
        else:
            yield (block,)


def _sentences(block: Block, most: int) -> Iterator[Block]:
    for first in range(0, len(block.sentences) or 1, most):
        yield replace(block, sentences=block.sentences[first : first + most])


def _table(block: Block) -> Iterator[tuple[Block, ...]]:
    """The first rows and the columns that fit, and in words what is left out."""
    columns, shown = _columns_that_fit(block), min(len(block.rows), MOST_ROWS * MOST_TABLE_PAGES)
    said = _columns_left_out(block, columns)
    for first in range(0, shown or 1, MOST_ROWS):
        left = len(block.rows) - shown if first + MOST_ROWS >= shown else 0
        words = [*said, *([_("{count} more rows stand in the workbook.").format(count=left)] if left else [])]
        part = replace(
            block,
            fields=block.fields[:columns],
            rows=tuple(row[:columns] for row in block.rows[first : min(first + MOST_ROWS, shown)]),
            written=tuple(row[:columns] for row in block.written[first : min(first + MOST_ROWS, shown)]),
        )
        yield (part, Block(LEFT_OUT, "sentences", sentences=tuple(words))) if words else (part,)


def _columns_left_out(block: Block, columns: int) -> list[str]:
    """What is said of the columns that have no room: the first of them by name."""
    titles = [one.title for one in block.fields[columns:]]
    named = ", ".join(titles[:MOST_NAMED])
    if len(titles) > MOST_NAMED:
        return [_("Not shown here: {columns} and {count} more").format(columns=named, count=len(titles) - MOST_NAMED)]
    return [_("Not shown here: {columns}").format(columns=named)] if titles else []


def _columns_that_fit(block: Block) -> int:
    """How many of the first columns have room beside one another; one at least."""
    width, fitting = 0, 0
    shown = block.written[: MOST_ROWS * MOST_TABLE_PAGES]
    for place, field in enumerate(block.fields):
        widest = max((columns_wide(row[place]) for row in shown), default=0) * CHARACTER_WIDTH
        words = max(map(columns_wide, field.title.split()), default=0) * HEADING_WIDTH
        heading = max(words, columns_wide(field.title) * HEADING_WIDTH // 2)  # on two lines
        width += min(max(widest, heading), WIDEST_CELL) + CELL_ROOM
        if width > STAGE_WIDTH:
            break
        fitting += 1
    return max(fitting, 1)
