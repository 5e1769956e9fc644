"""A look at the sheets of an xlsx, by an XML parser: they may be written in any way that XML allows."""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from etl.reading.archive import Budget
from etl.reading.inspection.findings import MOST_MERGED, MOST_SPANS, Findings, plain_format
from etl.reading.inspection.parts import RELATION_ID, folded, local, related, tree, unpacked
from etl.reading.inspection.shared import sizes, spend_copies

SHEET_MARK = b"sheetData"
SHARED_TEXTS = "xl/sharedstrings.xml"
LONGEST_ERROR = 20


@dataclass(frozen=True)
class Book:
    """What the workbook says of itself: the part of each sheet, formats of zeros by style, days from 1904."""

    parts: Mapping[str, str]
    zeros: Mapping[str, str]
    is_1904: bool


def book(archive: zipfile.ZipFile) -> Book:
    """The workbook's list of sheets, its styles and its calendar."""
    root = tree(archive, "xl/workbook.xml")
    targets = related(archive, "xl/_rels/workbook.xml.rels")
    parts: dict[str, str] = {}
    is_1904 = False
    for entry in root.iter() if root is not None else ():
        if local(entry.tag) == "sheet":
            parts.setdefault(entry.get("name", ""), targets.get(entry.get(RELATION_ID, ""), ""))
        elif local(entry.tag) == "workbookPr":
            is_1904 = entry.get("date1904", "") in ("1", "true")
    return Book(parts, _zeros(archive), is_1904)


def _zeros(archive: zipfile.ZipFile) -> dict[str, str]:
    """The formats of zeros, by the number of the style of cells."""
    root = tree(archive, "xl/styles.xml")
    if root is None:
        return {}
    codes = {
        entry.get("numFmtId"): plain_format(entry.get("formatCode", ""))
        for entry in root.iter()
        if local(entry.tag) == "numFmt"
    }
    styles = [style for group in root if local(group.tag) == "cellXfs" for style in group]
    zeros = {str(number): codes.get(style.get("numFmtId"), "") for number, style in enumerate(styles)}
    return {number: code for number, code in zeros.items() if code}


def look(archive: zipfile.ZipFile, info: zipfile.ZipInfo, zeros: Mapping[str, str]) -> Findings:
    """The findings of one sheet. Raises ValueError where its XML cannot be followed."""
    return _Sheet(zeros).follow(unpacked(archive, info))


def require_room_for_copies(
    archive: zipfile.ZipFile, sheets: Mapping[str, Findings], budget: Budget, name: str
) -> None:
    """Take what the texts that cells share come to, once each cell has its copy, off the budget, by sheets' parts.

    A book that has room for the longest of them in every such cell is not read a second time.
    """
    part = next((info for info in archive.infolist() if folded(info.filename) == SHARED_TEXTS), None)
    copies = sum(findings.copies for findings in sheets.values())
    if part is None or not copies:
        return
    shared = sizes(unpacked(archive, part), budget, name)
    if max(shared, default=0) * copies <= budget.left:
        return
    for sheet, findings in sheets.items():
        if findings.copies:
            spend_copies(unpacked(archive, archive.getinfo(sheet)), shared, budget, name)


class _Sheet:
    """Follows the cells of a sheet as the reader does: a cell without a reference is the one after the last."""

    def __init__(self, zeros: Mapping[str, str]) -> None:
        self.findings = Findings()
        self._zeros = zeros
        self._row, self._column = -1, -1
        self._columns: dict[str, int] = {}
        self._error: str | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start

    def follow(self, chunks: Iterable[bytes]) -> Findings:
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                if self.findings.merged > MOST_MERGED or len(self.findings.spans) > MOST_SPANS:
                    return self.findings
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(f"a sheet is no XML: {error}") from error
        return self.findings

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":
            return
        if name == "c" or name.endswith(":c"):
            self._cell(attributes)
        elif name == "row" or name.endswith(":row"):
            stated = attributes.get("r")
            self._row = self._row + 1 if stated is None else int(stated) - 1
            self._column = -1
        elif name.rpartition(":")[2] == "mergeCell":
            self.findings.merged += 1

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        row, column = self._row, self._column + 1
        if reference is not None:
            letters = reference.rstrip("0123456789")
            row = int(reference[len(letters) :]) - 1
            known = self._columns.get(letters)
            column = self._number(letters) if known is None else known
        self._row, self._column = row, column
        findings = self.findings
        if row >= findings.rows or column >= findings.columns:
            findings.reach(row, column)
        kind = attributes.get("t")
        if kind == "s":
            findings.copies += 1
        if kind == "e":
            self._error = ""
            self._parser.CharacterDataHandler = self._text
            self._parser.EndElementHandler = self._end
        elif self._zeros:
            zeros = self._zeros.get(attributes.get("s", ""))
            if zeros:
                findings.mark(row, column, zeros)

    def _number(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z" or number > 1 << 20:
                raise ValueError(f"a cell stands in a column {letters[:LONGEST_ERROR]!r}")
            number = number * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = number - 1
        return number - 1

    def _text(self, text: str) -> None:
        # What the formula says stands before what the cell shows.
        self._error = text.strip()[:LONGEST_ERROR] or self._error

    def _end(self, name: str) -> None:
        if name == "c" or name.endswith(":c"):
            self.findings.mark(self._row, self._column, self._error or "#N/A")
            self._parser.CharacterDataHandler = None
            self._parser.EndElementHandler = None
