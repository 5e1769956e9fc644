"""A whole workbook looked at before it is read: what is too large for memory is refused, what its reader hides is kept.

Readers make room for every cell up to the one farthest out, and for all that its parts unpack to; a few bytes can ask
for hundreds of gigabytes. They also give a cell with an error as an empty one, and a number without its format.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.reading.archive import Budget
from etl.reading.inspection import ods, xls, xlsb, xlsx
from etl.reading.inspection.findings import Findings
from etl.reading.inspection.parts import folded, part_of, parts_with, unpacked

OLD_MARKS = (b"\xd0\xcf\x11\xe0", b"\x09")
"""How an OLE file begins (an old workbook, or a new one with a password), and the streams before them."""


@dataclass(frozen=True)
class Inspection:
    """The findings of each sheet, by its name, and whether the workbook counts its days from 1904."""

    sheets: Mapping[str, Findings] = field(default_factory=dict)
    is_1904: bool = False


def inspect(name: str, path: Path, budgets: tuple[Budget, ...], most_columns: int) -> Inspection:
    """Look at the workbook, taking what it unpacks to off the budgets.

    Raises FileProblem where it is too large, and ValueError or what damaged archives raise where it cannot be checked.
    """
    kind = path.suffix.lower()
    with path.open("rb") as file:
        is_old = file.read(4).startswith(OLD_MARKS)
    if kind == ".xls":
        sheets, is_1904 = xls.look(path, budgets[-1], name)
        found = Inspection(sheets, is_1904)
    elif is_old:
        # Locked with a password, or another kind than its name says: the reader tells which, and reads neither.
        return Inspection()
    else:
        with zipfile.ZipFile(path) as archive:
            found = _packed(name, kind, archive, budgets)
    for sheet in found.sheets.values():
        sheet.require_room(name, most_columns)
    return found


def _packed(name: str, kind: str, archive: zipfile.ZipFile, budgets: tuple[Budget, ...]) -> Inspection:
    if len({folded(info.filename) for info in archive.infolist()}) != len(archive.infolist()):
        raise zipfile.BadZipFile("two of its parts have the same name")
    # Whatever part a workbook calls a sheet, only one with this mark in it can hold cells.
    marked = parts_with(archive, xlsx.SHEET_MARK, budgets, name)
    if kind == ".ods":
        return Inspection(ods.look(unpacked(archive, part_of(archive, "content.xml")), budgets[-1], name))
    if kind == ".xlsb":
        book = xlsb.book(archive)
        copies = xlsb.Copies(archive, budgets[-1], name)
        sheets = {
            sheet: xlsb.look(archive, part_of(archive, part), book.zeros, copies) for sheet, part in book.parts.items()
        }
        return Inspection(sheets, book.is_1904)
    book = xlsx.book(archive)
    looked = {info.filename: xlsx.look(archive, info, book.zeros) for info in marked}
    xlsx.require_room_for_copies(archive, looked, budgets[-1], name)
    named = {sheet: looked.pop(part) for sheet, part in book.parts.items() if part in looked}
    return Inspection({**{f"part {part}": findings for part, findings in looked.items()}, **named}, book.is_1904)
