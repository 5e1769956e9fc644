"""A meeting as a workbook: what it is of, and a sheet with the data behind each block of each slide."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from meeting.deck import Deck, Slide
from meeting.exports.chart_data import chart_table
from ui.blocks import Block, Cell
from ui.words import _, speaking
from warehouse.spreadsheet import columns_wide, harmless

FORMATS = {
    "share": "0.0%",
    "change": "+0.0%;-0.0%;0.0%",
    "money": "#,##0.00",
    "quantity": "#,##0.##",
    "count": "#,##0",
    "days": "#,##0",
    "index": "0.000",
    "rate": "#,##0.00",
    "tenths": "#,##0.0",
    "date": "yyyy-mm-dd",
}
"""How a column's unit shows in a spreadsheet; the number below it stays whole."""
OURS = "ours"
"""Unit of texts that we wrote ourselves, such as +3.2%, which need not be kept from acting in a spreadsheet."""
LONGEST_NAME, WIDEST = 31, 60
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass
class Sheet:
    """A sheet's name, what stands above its rows, the titles and units of its columns, and the rows."""

    name: str
    heading: str
    titles: Sequence[str]
    units: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    below: list[tuple[str, str]] = field(default_factory=list)


def xlsx_bytes(deck: Deck) -> bytes:
    """The workbook of a deck, in the deck's language. No cell starts a formula; days and numbers are such."""
    file = io.BytesIO()
    with (
        speaking(deck.language),
        xlsxwriter.Workbook(
            file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        ) as book,
    ):
        sheets = list(_sheets(deck))
        _write_contents(book, deck, sheets)
        for _slide, sheet in sheets:
            _write_sheet(book, sheet)
    return file.getvalue()


def _sheets(deck: Deck) -> Iterator[tuple[Slide, Sheet]]:
    taken: set[str] = {_("Contents").lower()}
    for number, slide in enumerate(deck.slides, start=1):
        for block in slide.blocks:
            name = _free_name(f"{number} {block.title or slide.title}", taken)
            titles, units, rows = _table(block)
            below = [*slide.provenance, *([(_("Note"), slide.note)] if slide.note else [])]
            yield slide, Sheet(name, block.title or slide.title, titles, units, rows, below)


def _table(block: Block) -> tuple[Sequence[str], Sequence[str], Sequence[Sequence[Cell]]]:
    """Titles, units and rows of the data behind a block."""
    if block.kind == "tiles":
        titles = (_("Figure"), _("Value"), _("As shown"), _("Against before"), _("Beside"), _("Why there is none"))
        tiles, units = block.tiles, ("text", "", OURS, OURS, OURS, "text")
        return titles, units, [(t.title, t.number, t.value, t.change, t.beside, t.reason) for t in tiles]
    if block.kind == "sentences":
        return (_("Sentence"),), ("text",), [(sentence,) for sentence in block.sentences]
    if block.fields:
        return [one.title for one in block.fields], [one.unit for one in block.fields], block.rows
    behind = chart_table(block.figure or {})
    return behind.titles, ("",) * len(behind.titles), behind.rows


def _write_contents(book: Any, deck: Deck, sheets: Sequence[tuple[Slide, Sheet]]) -> None:
    sheet, bold = book.add_worksheet(_("Contents")), book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 4, WIDEST)
    lines: list[tuple[Any, ...]] = [
        (deck.title,),
        (_("Held on"), deck.held_on),
        (_("Version"), deck.version),
        (_("Frozen at"), deck.frozen_at),
        (),
    ]
    for line, cells in enumerate(lines):
        for column, value in enumerate(cells):
            sheet.write_string(line, column, str(harmless(value)), bold if not line or not column else None)
    line = len(lines)
    for column, title in enumerate((_("Slide"), _("Sheet"), _("Finding"), _("Scope"), _("Note"))):
        sheet.write_string(line, column, title, bold)
    for number, slide in enumerate(deck.slides, start=1):
        own: list[Sheet | None] = [one for of, one in sheets if of is slide]
        for one in own or [None]:
            line += 1
            sheet.write_string(line, 0, str(harmless(f"{number} {slide.title}")), wrapped)
            if one is not None:
                sheet.write_url(line, 1, f"internal:'{one.name}'!A1", string=one.name)
            scope = "; ".join(f"{name}: {value}" for name, value in slide.provenance)
            for column, text in enumerate((slide.problem or slide.finding, scope, slide.note), start=2):
                sheet.write_string(line, column, str(harmless(text)), wrapped)
    line += 2
    known = {definition.name: definition for slide in deck.slides for definition in slide.definitions}
    for column, title in enumerate((_("Figure"), _("Question"), _("Formula"), _("Rules"))):
        sheet.write_string(line, column, title, bold)
    for definition in known.values():
        line += 1
        texts = (definition.title, definition.asks, definition.formula, definition.rules)
        for column, text in enumerate(texts):
            sheet.write_string(line, column, str(harmless(text)), wrapped)


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page, bold = book.add_worksheet(sheet.name), book.add_format({"bold": True})
    formats = {unit: book.add_format({"num_format": look}) for unit, look in FORMATS.items() if unit in sheet.units}
    page.write_string(0, 0, str(harmless(sheet.heading)), bold)
    for column, title in enumerate(sheet.titles):
        page.write_string(2, column, str(harmless(title)), bold)
        texts = [title, *(str(row[column]) for row in sheet.rows[:200] if row[column] is not None)]
        page.set_column(column, column, min(WIDEST, 2 + max(map(columns_wide, texts))))
    page.freeze_panes(3, 0)
    for line, row in enumerate(sheet.rows, start=3):
        for column, (value, unit) in enumerate(zip(row, sheet.units, strict=True)):
            _write_cell(page, line, column, value, unit, formats.get(unit))
    for line, (name, value) in enumerate(sheet.below, start=len(sheet.rows) + 4):
        page.write_string(line, 0, str(harmless(name)))
        page.write_string(line, 1, str(harmless(value)))


def _write_cell(page: Any, line: int, column: int, value: Cell, unit: str, look: Any) -> None:
    if value is None:
        return
    if unit == "date" and isinstance(value, str):
        day = date.fromisoformat(value)
        page.write_datetime(line, column, datetime(day.year, day.month, day.day), look)
    elif isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, int | float):
        page.write_number(line, column, value, look)
    else:
        page.write_string(line, column, str(value if unit == OURS else harmless(value)))


def _free_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes and that no other has."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", wanted).split()) or "-"
    name, number = plain[:LONGEST_NAME].strip(), 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - len(str(number)) - 1].strip()} {number}"
    taken.add(name.lower())
    return name
