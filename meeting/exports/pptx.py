"""A meeting as a presentation: charts and tables that can be edited there, definitions and origin in the notes."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from meeting.deck import Deck, Slide
from meeting.exports.chart_data import chart_table
from meeting.exports.native_chart import add_native_chart
from meeting.paging import LEFT_OUT, paged
from ui.blocks import Block, Tile
from ui.numbers import NO_DATA, written
from ui.words import _, speaking
from warehouse.spreadsheet import columns_wide

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.5)
TOP, BOTTOM = Inches(1.55), Inches(0.6)
MOST_POINTS, TILES_ACROSS, CHART_SHARE = 7, 3, 0.58
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = Pt(30), Pt(18), Pt(14)
CHINESE_FONT = "Microsoft YaHei"
INK, QUIET, PAPER, HEAD, WHITE = map(RGBColor.from_string, ("1F2733", "5C6470", "F3F5F8", "1B4F8A", "FFFFFF"))
BLANK_LAYOUT = 6


def pptx_bytes(deck: Deck) -> bytes:
    """The presentation of a deck, 16:9, in the deck's language, with a title slide before its slides."""
    file = io.BytesIO()
    with speaking(deck.language):
        presentation = Presentation()
        presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
        _use_chinese_font(presentation)
        _title_slide(presentation, deck)
        for page in paged(deck).slides:
            _slide(presentation, page)
        presentation.save(file)
    return file.getvalue()


def _title_slide(presentation: Any, deck: Deck) -> None:
    shapes = _new_slide(presentation).shapes
    _text(shapes, deck.title, (EDGE, Inches(2.6), WIDTH - 2 * EDGE, Inches(1.2)), Pt(44), bold=True)
    _text(shapes, deck.held_on, (EDGE, Inches(3.8), WIDTH - 2 * EDGE, Inches(0.6)), Pt(24))
    origin = _("Frozen to {version} at {time}: no load changes its figures.").format(
        version=deck.version, time=deck.frozen_at
    )
    _text(shapes, origin, (EDGE, Inches(4.5), WIDTH - 2 * EDGE, Inches(0.6)), TEXT_SIZE, colour=QUIET)


def _slide(presentation: Any, page: Slide) -> None:
    shown = _new_slide(presentation)
    _text(shown.shapes, page.title, (EDGE, Inches(0.3), WIDTH - 2 * EDGE, Inches(0.7)), TITLE_SIZE, bold=True)
    titles = [block.title for block in page.blocks if block.title]
    finding = titles[0] if titles else page.finding
    _text(shown.shapes, finding, (EDGE, Inches(0.95), WIDTH - 2 * EDGE, Inches(0.5)), TEXT_SIZE, colour=QUIET)
    height = HEIGHT - TOP - BOTTOM - (Inches(0.5) if page.note else 0)
    for block, box in zip(page.blocks, _boxes(page.blocks, height), strict=True):
        _block(shown.shapes, block, box)
    if page.problem:
        _text(shown.shapes, page.problem, (EDGE, TOP, WIDTH - 2 * EDGE, height), TEXT_SIZE)
    if page.note:
        _text(shown.shapes, page.note, (EDGE, TOP + height, WIDTH - 2 * EDGE, Inches(0.5)), TEXT_SIZE, bold=True)
    origin = " · ".join(f"{name} {value}" for name, value in page.provenance)
    _text(shown.shapes, origin, (EDGE, HEIGHT - BOTTOM, WIDTH - 2 * EDGE, Inches(0.4)), SMALL_SIZE, colour=QUIET)
    shown.notes_slide.notes_text_frame.text = "\n".join(_notes(page))


def _boxes(blocks: Sequence[Block], height: int) -> list[tuple[int, int, int, int]]:
    """Where the blocks of a page stand: what is left out below, sentences beside their chart, else one on all of it."""
    width = WIDTH - 2 * EDGE
    if len(blocks) < 2:
        return [(EDGE, TOP, width, height)] * len(blocks)
    if blocks[1].key == LEFT_OUT:
        below = Inches(0.7)
        return [(EDGE, TOP, width, height - below), (EDGE, TOP + height - below, width, below)]
    left = int(width * CHART_SHARE)
    return [(EDGE, TOP, left, height), (EDGE + left + Inches(0.2), TOP, width - left - Inches(0.2), height)]


def _notes(slide: Slide) -> Iterator[str]:
    """What is said below the slide: what it is of, and how its figures are defined."""
    if slide.finding:
        yield slide.finding
    for name, value in slide.provenance:
        yield f"{name}: {value}"
    for one in slide.definitions:
        yield f"{one.title}: {one.asks} {one.formula} {one.rules}".strip()


def _block(shapes: Any, block: Block, box: tuple[int, int, int, int]) -> None:
    if block.key == LEFT_OUT:
        _text(shapes, " ".join(block.sentences), box, SMALL_SIZE, colour=QUIET)
    elif block.kind == "tiles":
        _tiles(shapes, block.tiles, box)
    elif block.kind == "sentences":
        _sentences(shapes, block.sentences, box)
    elif block.kind == "table":
        titles = [one.title for one in block.fields]
        _table(shapes, titles, block.written, [one.unit == "text" for one in block.fields], box)
    elif add_native_chart(shapes, block.figure or {}, box) is None:
        _data_of_chart(shapes, block, box)


def _data_of_chart(shapes: Any, block: Block, box: tuple[int, int, int, int]) -> None:
    """The first points of a chart of a kind that presentations do not have, and where all of them are."""
    behind = chart_table(block.figure or {})
    rows = [[NO_DATA if value is None else _number(value) for value in row] for row in behind.rows[:MOST_POINTS]]
    _table(shapes, behind.titles, rows, [True] * len(behind.titles), box)
    said = _("A presentation has no chart of this kind: the first {shown} of {all} values; the workbook has all.")
    words = said.format(shown=len(rows), all=len(behind.rows))
    _text(shapes, words, (box[0], box[1] + box[3] - Inches(0.4), box[2], Inches(0.4)), SMALL_SIZE, colour=QUIET)


def _number(value: Any) -> str:
    return written(value, "rate", "en") if isinstance(value, float) else str(value)


def _tiles(shapes: Any, tiles: Sequence[Tile], box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    lines = max(1, -(-len(tiles) // TILES_ACROSS))
    gap = Inches(0.15)
    wide = (width - gap * (TILES_ACROSS - 1)) // TILES_ACROSS
    high = (height - gap * (lines - 1)) // lines
    for number, tile in enumerate(tiles):
        line, column = divmod(number, TILES_ACROSS)
        shape = shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left + column * (wide + gap), top + line * (high + gap), wide, high
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = PAPER
        shape.line.fill.background()
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _paragraph(frame.paragraphs[0], tile.title, TEXT_SIZE, QUIET)
        _paragraph(frame.add_paragraph(), tile.value, Pt(32), INK, bold=True)
        below = tile.reason or " · ".join(text for text in (tile.change, tile.beside) if text)
        _paragraph(frame.add_paragraph(), below, SMALL_SIZE, QUIET)


def _sentences(shapes: Any, sentences: Sequence[str], box: tuple[int, int, int, int]) -> None:
    frame = shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    is_beside = box[2] < WIDTH // 2
    for number, sentence in enumerate(sentences):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        _paragraph(paragraph, f"• {sentence}", Pt(15 if is_beside else 22), INK)
        paragraph.space_after = Pt(8 if is_beside else 12)


def _table(
    shapes: Any,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    are_texts: Sequence[bool],
    box: tuple[int, int, int, int],
) -> None:
    left, top, width, height = box
    if not titles:
        return
    high = min(Inches(0.55), height // (len(rows) + 2))
    table = shapes.add_table(len(rows) + 1, len(titles), left, top, width, high * (len(rows) + 1)).table
    widths = [
        max(columns_wide(title) / 2, *(columns_wide(row[place]) for row in rows), 4.0) + 2
        for place, title in enumerate(titles)
    ]
    for column, share in zip(table.columns, widths, strict=True):
        column.width = int(width * share / sum(widths))
    for line, cells in enumerate((titles, *rows)):
        for place, words in enumerate(cells):
            cell = table.cell(line, place)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Inches(0.06)
            cell.fill.solid()
            cell.fill.fore_color.rgb = HEAD if not line else PAPER if line % 2 else WHITE
            paragraph = cell.text_frame.paragraphs[0]
            _paragraph(paragraph, words, SMALL_SIZE, WHITE if not line else INK, bold=not line)
            paragraph.alignment = PP_ALIGN.LEFT if are_texts[place] else PP_ALIGN.RIGHT


def _text(
    shapes: Any, text: str, box: tuple[int, int, int, int], size: Any, *, bold: bool = False, colour: Any = INK
) -> None:
    if not text:
        return
    frame = shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    _paragraph(frame.paragraphs[0], text, size, colour, bold=bold)


def _paragraph(paragraph: Any, text: str, size: Any, colour: Any, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = _printable(text)
    run.font.size, run.font.bold = size, bold
    run.font.color.rgb = colour


def _printable(text: str) -> str:
    """The text without what no file of this kind may hold."""
    return "".join(character for character in text if character.isprintable() or character == " ")


def _new_slide(presentation: Any) -> Any:
    return presentation.slides.add_slide(presentation.slide_layouts[BLANK_LAYOUT])


def _use_chinese_font(presentation: Any) -> None:
    """Have the theme name a font for Chinese, which charts and tables then take as well."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{CHINESE_FONT}"/>'.encode())
