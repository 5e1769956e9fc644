"""Worksheets as CSV: the table alone, merged cells filled where that cannot count a number twice."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from etl.errors import FileProblem
from etl.reading.archive import DAMAGE, Budget, Document
from etl.reading.extent import HEAD_ROWS, Recognises, header_row, stated_row, stated_units
from etl.reading.inspection.book import inspect
from etl.reading.inspection.findings import Findings, Span, as_shown

WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
"""How workbooks begin: as a zip, an OLE file, or a stream of the oldest kinds."""
WEB_PAGE_MARKS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"\xef\xbb\xbf<")
HEAD_BYTES = 4096
MOST_EXACT = 1e15
Extent = TypeVar("Extent")


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a workbook: a sheet by its name or number, else all that can be seen; the line that
    holds the header, else the one that looks like it; and so many rows, else all."""

    sheet: str = ""
    header_line: int = 0
    rows: int | None = None


@dataclass(frozen=True)
class Worksheet:
    """One sheet written as CSV: its header, the line the header was in, how many filled rows stood above
    it, the units these state, whether its numbers of days count from 1904, and whether no other sheet can be seen."""

    name: str
    text: Path
    header: tuple[str, ...]
    header_line: int
    titles: int
    bytes_a_row: float
    units: tuple[str, ...]
    is_1904: bool = False
    is_alone: bool = True


def is_text_in_disguise(document: Document) -> bool:
    """Whether a file called a workbook is delimited text, as many systems export for Excel; no web page, though."""
    with document.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.lstrip().lower().startswith(WEB_PAGE_MARKS):
        raise FileProblem(
            f"{document.name} is a web page, though its name says it is a workbook.",
            "Open it in Excel and save it as a workbook (.xlsx).",
        )
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not head.startswith(WORKBOOK_MARKS) and (is_utf16 or b"\0" not in head)


def worksheets(
    document: Document,
    folder: Path,
    wanted: Wanted,
    recognises: Recognises,
    is_measure: Recognises,
    budgets: tuple[Budget, ...],
    most_columns: int,
) -> list[Worksheet]:
    """The sheets of a workbook that hold anything, or the one that is wanted.

    `is_measure` says of a header that its column holds numbers to be summed, whose merged cells are not filled.
    """
    name, path = document.name, document.path
    try:
        seen = inspect(name, path, budgets, most_columns)
        with CalamineWorkbook.from_path(str(path)) as book:
            chosen = _chosen(name, book, wanted.sheet)
            is_alone = set(_visible(book)) <= set(chosen)
            folder.mkdir(exist_ok=True)
            found = []
            for sheet in chosen:
                table = _Table(book.get_sheet_by_name(sheet), seen.sheets.get(sheet, Findings()))
                # Several rules of a mapping may each read a part of the same workbook.
                text = folder / f"{book.sheet_names.index(sheet)}-{wanted.header_line}.csv"
                written = table.write(name, text, wanted, recognises, is_measure)
                found += [replace(written, is_1904=seen.is_1904, is_alone=is_alone)] if written else []
    except PasswordError as error:
        raise FileProblem(f"{name} is locked with a password.", "Save it without one.") from error
    except (CalamineError, OSError, ValueError, *DAMAGE) as error:
        raise FileProblem(f"{name} cannot be read as a workbook: {error}.", "Save it again from Excel.") from error
    if not found:
        raise FileProblem(f"{name} is empty.", "Export it again.")
    return found


def _chosen(name: str, book: CalamineWorkbook, wanted: str) -> list[str]:
    if not wanted:
        return _visible(book)
    if wanted in book.sheet_names:
        return [wanted]
    if wanted.isdigit() and 1 <= int(wanted) <= len(book.sheet_names):
        return [book.sheet_names[int(wanted) - 1]]
    raise FileProblem(f"{name} has no sheet {wanted!r}; its sheets are {', '.join(book.sheet_names)}.", "Choose one.")


def _visible(book: CalamineWorkbook) -> list[str]:
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


class _Table:
    """The rows of a sheet, as texts from the first column that is used."""

    def __init__(self, sheet: CalamineSheet, findings: Findings) -> None:
        self._sheet = sheet
        self._first = sheet.start[1] if sheet.start else 0
        self._marks = _by_top((span.top, span.column - self._first, span) for span in findings.spans)

    def write(
        self, book: str, text: Path, wanted: Wanted, recognises: Recognises, is_measure: Recognises
    ) -> Worksheet | None:
        """Write the table as CSV, or as many of its rows as are wanted; None where the sheet is empty."""
        sheet = self._sheet
        if sheet.start is None:
            return None
        rows = self._rows()
        head = list(islice(rows, max(sheet.start[0], wanted.header_line) + HEAD_ROWS))
        filled = [place for place, row in enumerate(head) if any(cell.strip() for cell in row)]
        if not filled:
            return None
        if wanted.header_line:
            number = stated_row(f"{book} [{sheet.name}]", wanted.header_line, wanted.header_line - 1, filled)
        else:
            number = header_row([head[place] for place in filled], recognises)
        place = filled[number]
        header = tuple(cell.strip() for cell in head[place])
        body = islice(chain(head[place + 1 :], rows), wanted.rows)
        with text.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(self._filled(body, place + 1, [not is_measure(cell) for cell in header]))
        bytes_a_row = text.stat().st_size / max(1, sheet.total_height - place)
        units = stated_units([head[above] for above in filled[:number]])
        return Worksheet(sheet.name, text, header, place + 1, number, bytes_a_row, units)

    def _rows(self) -> Iterator[list[str]]:
        """All rows; cells with an error or with leading zeros as they are shown."""
        under: dict[int, Span] = {}
        for line, row in enumerate(self._sheet.iter_rows()):
            texts = [_text(cell) for cell in row]
            under.update(self._marks.get(line, ()))
            for column, span in list(under.items()):
                if span.bottom < line:
                    del under[column]
                elif 0 <= column < len(texts):
                    texts[column] = as_shown(texts[column], span.mark)
            yield texts

    def _filled(self, rows: Iterable[list[str]], first: int, may_fill: Sequence[bool]) -> Iterator[list[str]]:
        """The rows from line `first`, with the first text of merged cells below each other in all of them."""
        ranges = (
            (top, left - self._first, bottom)
            for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or []
            if left == right and 0 <= left - self._first < len(may_fill) and may_fill[left - self._first]
        )
        merged = _by_top(ranges)
        under: dict[int, tuple[int, str]] = {}
        for line, row in enumerate(rows, start=first):
            for column, (bottom, text) in list(under.items()):
                if bottom < line:
                    del under[column]
                elif column < len(row):
                    row[column] = text
            under.update(
                (column, (bottom, row[column])) for column, bottom in merged.get(line, ()) if column < len(row)
            )
            yield row


def _by_top(parts: Iterable[tuple[int, int, Extent]]) -> dict[int, list[tuple[int, Extent]]]:
    """Parts of columns by the line they begin in: a part a column, however far down it goes."""
    found: dict[int, list[tuple[int, Extent]]] = defaultdict(list)
    for top, column, extent in parts:
        found[top].append((column, extent))
    return dict(found)


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as ISO.

    A spreadsheet keeps fifteen digits of a number: one of more is written with its exponent, as the lost one it is.
    """
    if isinstance(cell, float) and abs(cell) >= MOST_EXACT:
        return f"{cell:.14E}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
