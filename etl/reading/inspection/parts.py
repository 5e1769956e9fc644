"""The parts of a workbook that is a zip archive, as large as they really are, whatever its directory says."""

import copy
import zipfile
from collections.abc import Iterator
from contextlib import closing
from xml.etree import ElementTree

from etl.reading.archive import CHUNK_BYTES, Budget

UNBOUNDED = 1 << 62
SMALL_PART = 64 << 20
"""What parts that are parsed whole may unpack to: the list of sheets, relations, styles."""
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, to the end of what was packed. Raises BadZipFile where the directory tells lies."""
    open_ended = copy.copy(info)
    open_ended.file_size = UNBOUNDED
    size = 0
    with closing(archive.open(open_ended)) as part:
        while chunk := part.read(CHUNK_BYTES):
            size += len(chunk)
            yield chunk
    if size != info.file_size:
        raise zipfile.BadZipFile(f"{info.filename} unpacks to another size than the directory says")


def parts_with(archive: zipfile.ZipFile, mark: bytes, budgets: tuple[Budget, ...], name: str) -> list[zipfile.ZipInfo]:
    """Unpack every part once, taking its bytes off the budgets, and give those that hold the mark anywhere."""
    found = []
    for info in archive.infolist():
        rest, is_found = b"", False
        for chunk in unpacked(archive, info):
            for budget in budgets:
                budget.spend(len(chunk), name)
            is_found = is_found or mark in rest + chunk
            rest = chunk[-len(mark) :]
        if is_found:
            found.append(info)
    return found


def part_of(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The part of that name. Raises BadZipFile where there is none."""
    info = archive.NameToInfo.get(name)
    if info is None:
        raise zipfile.BadZipFile(f"it has no part {name!r}")
    return info


def folded(part: str) -> str:
    """The name of a part as readers look for it: whatever its case and its slashes."""
    return part.replace("\\", "/").lower()


def tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    """A small part as XML; None where there is none."""
    info = archive.NameToInfo.get(part)
    if info is None:
        return None
    if info.file_size > SMALL_PART:
        raise zipfile.BadZipFile(f"{part} is far too large")
    # expat bounds what entities expand to
    return ElementTree.fromstring(archive.read(info))  # noqa: S314


def related(archive: zipfile.ZipFile, relations: str) -> dict[str, str]:
    """The parts that the workbook names, by the id of the relation."""
    root = tree(archive, relations)
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "").lstrip("/")
        found[relation.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]
