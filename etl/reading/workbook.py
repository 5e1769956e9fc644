"""Worksheets as CSV: the table alone, merged cells filled where that cannot count a number twice."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from etl.errors import FileProblem
from etl.reading.archive import DAMAGE, Budget, Document
from etl.reading.extent import HEAD_ROWS, Recognises, header_row, stated_units

XML = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "relation": "http://schemas.openxmlformats.org/package/2006/relationships",
}
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"[^>]*>.*?<v>([^<]{1,20})</v>', re.DOTALL)
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
"""How workbooks begin: as a zip, an OLE file, or a stream of the oldest kinds."""
WEB_PAGE_MARKS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"\xef\xbb\xbf<")
HEAD_BYTES = 4096
FAR_CELL = re.compile(rb'<c r="([A-Z]{2,3})\d')
ROW = re.compile(rb'<row [^>]{0,200}?\br="(\d{1,7})"')
MOST_CELLS = 60_000_000
"""What a sheet may hold: the reader takes some 30 bytes for each cell, empty ones too."""
ERROR_MARK = b't="e"'
OVERLAP = 4096
CHUNK = 1 << 20

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass(frozen=True)
class Worksheet:
    """One sheet written as CSV: its header, the line the header was in, how many filled rows stood above
    it, and the units these state."""

    name: str
    text: Path
    header: tuple[str, ...]
    header_line: int
    titles: int
    bytes_a_row: float
    units: tuple[str, ...]


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
    wanted: str,
    recognises: Recognises,
    is_measure: Recognises,
    budget: Budget,
    most_columns: int,
) -> list[Worksheet]:
    """The sheets of a workbook that hold anything, or the one that is wanted, by its name or its number from 1.

    `is_measure` says of a header that its column holds numbers to be summed, whose merged cells are not filled.
    """
    name, path = document.name, document.path
    try:
        _require_room(name, path, budget, most_columns)
        with CalamineWorkbook.from_path(str(path)) as book:
            chosen = _chosen(name, book, wanted)
            folder.mkdir(exist_ok=True)
            sheets = (
                _worksheet(path, book.get_sheet_by_name(sheet), folder / f"{number}.csv", recognises, is_measure)
                for number, sheet in enumerate(chosen)
            )
            found = [sheet for sheet in sheets if sheet is not None]
    except PasswordError as error:
        raise FileProblem(f"{name} is locked with a password.", "Save it without one.") from error
    except (CalamineError, OSError, ValueError, *DAMAGE) as error:
        raise FileProblem(f"{name} cannot be read as a workbook: {error}.", "Save it again from Excel.") from error
    if not found:
        raise FileProblem(f"{name} is empty.", "Export it again.")
    return found


def _require_room(name: str, path: Path, budget: Budget, most_columns: int) -> None:
    """Workbooks are archives too, and the reader makes room for every cell up to the one that lies farthest out."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        budget.spend(sum(info.file_size for info in archive.infolist()), name)
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as file:
                    rows, columns = _extent(file)
                if columns > most_columns:
                    raise FileProblem(
                        f"{name} has {columns:,} columns; at most {most_columns:,} are read.",
                        "Delete the empty columns to the right of the table, or raise the setting column_limit.",
                    )
                if rows * columns > MOST_CELLS:
                    raise FileProblem(
                        f"{name} has cells as far out as row {rows:,} and column {columns:,}.",
                        "Delete the empty rows and columns around the table, or export it as CSV.",
                    )


def _extent(file: IO[bytes]) -> tuple[int, int]:
    """The last row, and the farthest column, that a sheet of an xlsx names; columns up to Z count as 26."""
    letters: set[bytes] = set()
    rows, rest = 0, b""
    while chunk := file.read(CHUNK):
        text = rest + chunk
        letters.update(FAR_CELL.findall(text))
        rows = max(rows, max(map(int, ROW.findall(text)), default=0))
        rest = chunk[-OVERLAP:]
    return rows, max((_column_number(found.decode()) + 1 for found in letters), default=26)


def _chosen(name: str, book: CalamineWorkbook, wanted: str) -> list[str]:
    if not wanted:
        return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    if wanted in book.sheet_names:
        return [wanted]
    if wanted.isdigit() and 1 <= int(wanted) <= len(book.sheet_names):
        return [book.sheet_names[int(wanted) - 1]]
    raise FileProblem(f"{name} has no sheet {wanted!r}; its sheets are {', '.join(book.sheet_names)}.", "Choose one.")


def _worksheet(
    path: Path, sheet: CalamineSheet, text: Path, recognises: Recognises, is_measure: Recognises
) -> Worksheet | None:
    if sheet.start is None:
        return None
    rows = _rows(path, sheet)
    head = list(islice(rows, sheet.start[0] + HEAD_ROWS))
    filled = [place for place, row in enumerate(head) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    number = header_row([head[place] for place in filled], recognises)
    place = filled[number]
    header = tuple(cell.strip() for cell in head[place])
    fill = _Fill(sheet, [not is_measure(cell) for cell in header])
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for line, row in enumerate(chain(head[place + 1 :], rows), start=place + 1):
            writer.writerow(fill(line, row))
    bytes_a_row = text.stat().st_size / max(1, sheet.total_height - place)
    units = stated_units([head[above] for above in filled[:number]])
    return Worksheet(sheet.name, text, header, place + 1, number, bytes_a_row, units)


def _rows(path: Path, sheet: CalamineSheet) -> Iterator[list[str]]:
    """All rows as texts from the first column that is used; cells that show an error show it here too."""
    errors = _error_cells(path, sheet.name)
    first = sheet.start[1] if sheet.start else 0
    for line, row in enumerate(sheet.iter_rows()):
        texts = [_text(cell) for cell in row]
        for column, error in errors.get(line, {}).items():
            if 0 <= column - first < len(texts):
                texts[column - first] = error
        yield texts


class _Fill:
    """Gives cells of a merged column the text of its first one, unless they hold numbers to be summed."""

    def __init__(self, sheet: CalamineSheet, may_fill: list[bool]) -> None:
        first = sheet.start[1] if sheet.start else 0
        self._from: dict[Place, Place] = {}
        self._texts: dict[Place, str] = {}
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
            column = left - first
            if left == right and bottom > top and 0 <= column < len(may_fill) and may_fill[column]:
                self._from |= {(line, column): (top, column) for line in range(top, bottom + 1)}

    def __call__(self, line: int, row: list[str]) -> list[str]:
        for column, cell in enumerate(row):
            source = self._from.get((line, column))
            if source == (line, column):
                self._texts[source] = cell
            elif source is not None:
                row[column] = self._texts.get(source, cell)
        return row


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _error_cells(path: Path, sheet: str) -> dict[int, dict[int, str]]:
    """The cells of an xlsx sheet that show an error, by row and column: the reader gives them as empty."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return {}
    found: dict[int, dict[int, str]] = {}
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if not part:
            return {}
        rest = b""
        with archive.open(part) as file:
            while chunk := file.read(CHUNK):
                text = rest + chunk
                cells = ERROR_CELL.findall(text) if ERROR_MARK in text else []
                for column, row, error in cells:
                    found.setdefault(int(row) - 1, {})[_column_number(column.decode())] = error.decode()
                rest = text[-OVERLAP:]
    return found


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds the sheet; empty where it cannot be told."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat bounds what entities expand to
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = [entry for entry in book.iterfind("main:sheets/main:sheet", XML) if entry.get("name") == sheet]
    target = targets.get(found[0].get(RELATION_ID)) if found else None
    part = target.lstrip("/") if target else ""
    part = part if part.startswith("xl/") else f"xl/{part}"
    return part if part in archive.namelist() else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
