"""A look at the sheets of an xlsb, record by record ([MS-XLSB], 2.1.4: a type and a size of seven bits a byte)."""

import zipfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from struct import unpack_from

from etl.reading.archive import Budget
from etl.reading.inspection.findings import MOST_SPANS, Findings, plain_format
from etl.reading.inspection.parts import related, unpacked
from etl.reading.inspection.shared import TEXT_BYTES
from etl.reading.inspection.xlsx import Book

ROW, ERROR, SHARED_CELL, FORMULA_ERROR, SHARED_TEXT, SHARED_TEXTS = 0, 3, 7, 11, 19, 159
CELLS = range(1, 12)
MISSING = 1 << 32
FORMAT, STYLE, CELL_STYLES, CELL_STYLES_END, WORKBOOK, SHEET = 44, 47, 617, 618, 153, 156
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def book(archive: zipfile.ZipFile) -> Book:
    """The workbook's list of sheets, its styles and its calendar."""
    targets = related(archive, "xl/_rels/workbook.bin.rels")
    parts: dict[str, str] = {}
    is_1904 = False
    for kind, content in _records(_chunks(archive, "xl/workbook.bin")):
        if kind == SHEET:
            relation, end = _text(content, 8)
            parts.setdefault(_text(content, end)[0], targets.get(relation, ""))
        elif kind == WORKBOOK:
            is_1904 = bool(content[0] & 1)
    return Book(parts, _zeros(archive), is_1904)


class Copies:
    """The texts that cells share, which the reader copies for every cell: taken off the budget as often as shown."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget, name: str) -> None:
        self._sizes = array("I")
        self._budget, self._name = budget, name
        stated = 0
        for kind, content in _records(_chunks(archive, "xl/sharedStrings.bin")):
            if kind == SHARED_TEXTS and len(content) >= 8:
                (stated,) = unpack_from("<I", content, 4)
            elif kind == SHARED_TEXT and len(content) >= 5 and len(self._sizes) < stated:
                (length,) = unpack_from("<I", content, 1)
                text = content[5 : 5 + 2 * length].decode("utf-16-le", "replace")
                budget.spend(TEXT_BYTES, name)
                self._sizes.append(len(text.encode()))

    def spend(self, number: int) -> None:
        """A cell shows the text of that number. ValueError where there is none, which the reader does not expect."""
        if number >= len(self._sizes):
            raise ValueError("a cell shows a text that is not there")
        self._budget.spend(self._sizes[number], self._name)


def look(archive: zipfile.ZipFile, info: zipfile.ZipInfo, zeros: Mapping[str, str], copies: Copies) -> Findings:
    """The findings of one sheet."""
    findings = Findings()
    row = 0
    for kind, content in _records(unpacked(archive, info)):
        if kind == ROW and len(content) >= 4:
            (row,) = unpack_from("<I", content)
        elif kind in CELLS and len(content) >= 8:
            column, style = unpack_from("<II", content)
            if row >= findings.rows or column >= findings.columns:
                findings.reach(row, column)
            if kind == SHARED_CELL:
                copies.spend(unpack_from("<I", content, 8)[0] if len(content) >= 12 else MISSING)
            if kind in (ERROR, FORMULA_ERROR) and len(content) > 8:
                findings.mark(row, column, ERRORS.get(content[8], "#N/A"))
            elif zeros and (code := zeros.get(str(style & 0xFFFFFF))):
                findings.mark(row, column, code)
            if len(findings.spans) > MOST_SPANS:
                break
    return findings


def _zeros(archive: zipfile.ZipFile) -> dict[str, str]:
    codes: dict[int, str] = {}
    styles: list[int] = []
    is_cells = False
    for kind, content in _records(_chunks(archive, "xl/styles.bin")):
        if kind == FORMAT:
            codes[unpack_from("<H", content)[0]] = plain_format(_text(content, 2)[0])
        elif kind in (CELL_STYLES, CELL_STYLES_END):
            is_cells = kind == CELL_STYLES
        elif kind == STYLE and is_cells:
            styles.append(unpack_from("<H", content, 2)[0])
    return {str(number): codes[code] for number, code in enumerate(styles) if codes.get(code)}


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    info = archive.NameToInfo.get(part)
    if info is not None:
        yield from unpacked(archive, info)


def _records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part, types and contents; one that is cut off ends them."""
    rest = b""
    for chunk in chunks:
        data, place = rest + chunk, 0
        while True:
            kind, start = _number(data, place, 2)
            size, start = _number(data, start, 4) if start else (0, 0)
            if not start or start + size > len(data):
                break
            yield kind, data[start : start + size]
            place = start + size
        rest = data[place:]


def _number(data: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte and the place behind it; 0 for that where the data end before."""
    number = 0
    for count in range(longest):
        if place + count >= len(data):
            return 0, 0
        byte = data[place + count]
        number |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            return number, place + count + 1
    return number, place + longest


def _text(content: bytes, place: int) -> tuple[str, int]:
    """A text with its length before it, and the place behind it."""
    (length,) = unpack_from("<I", content, place)
    end = place + 4 + 2 * length
    return content[place + 4 : end].decode("utf-16-le"), end
