"""Files as they lie in a folder, or packed: .gz and .zip unpacked within limits, and no path out of the archive."""

import errno
import gzip
import hashlib
import lzma
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from etl.errors import FileProblem

TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
CHUNK_BYTES = 1 << 20
GLANCE_BYTES = 4 << 20
"""How much of a packed text a glance takes in: as many bytes as a million characters may have."""
DAMAGE = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    UnicodeError,
    struct.error,
)
"""What damaged archives raise."""
MOST_MEMBERS = 1000
UTF8_NAME, ENCRYPTED = 0x800, 0x1
NOT_MEANT = (".", "~$", "__MACOSX")
"""How names begin that systems and office programs leave behind."""


@dataclass(frozen=True)
class Document:
    """A file that can be read: what people call it, where its unpacked bytes lie, and the folder it came from."""

    name: str
    path: Path
    folder: Path

    @property
    def kind(self) -> str:
        """text, workbook or parquet; empty where it is nothing that can be read."""
        return _kind(self.path)

    @property
    def stem(self) -> str:
        """The file's own name up to its first dot."""
        return self.path.name.split(".")[0]


class Budget:
    """How many bytes may still be unpacked, and the setting that says so."""

    def __init__(self, most: int, setting: str = "unpacked_limit") -> None:
        self.most = self.left = most
        self.setting = setting

    def spend(self, count: int, name: str) -> None:
        """Take bytes off; FileProblem once there are none left."""
        self.left -= count
        if self.left < 0:
            raise FileProblem(
                f"{name} unpacks to more than {self.most / 1e6:,.1f} MB.",
                f"Load it in parts, or raise the setting {self.setting}.",
            )


def is_readable(path: Path) -> bool:
    """Whether the file's name says that it is a kind that can be loaded."""
    suffix = path.suffix.lower()
    return suffix == ".zip" or bool(_kind(path.with_suffix("") if suffix == ".gz" else path))


def is_meant(name: str) -> bool:
    """Whether a name is one a person gave, rather than what a system leaves behind."""
    return not name.startswith(NOT_MEANT)


def documents(path: Path, workdir: Path, budget: Budget, is_glance: bool = False) -> tuple[list[Document], list[str]]:
    """The documents that a file is or holds, and the names of members that cannot be read.

    For a glance, only the beginning of a packed text is unpacked.
    """
    if not path.is_file():
        raise FileProblem(f"There is no file {path}.", "Check the path.")
    if not is_readable(path):
        raise FileProblem(
            f"{path.name} is of a kind that cannot be loaded.",
            "Give CSV, TSV, Excel (xlsx, xls, xlsb, ods) or Parquet, or .gz or .zip of these.",
        )
    if path.stat().st_size == 0:
        raise FileProblem(f"{path.name} is empty.", "Export it again.")
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return _members(path, workdir / folder_name(path), budget, is_glance)
    if suffix == ".gz":
        return [_unpacked(path, workdir / folder_name(path), budget, is_glance)], []
    return [Document(shown_name(path.name), path, path.parent)], []


def beside(document: Document, name: str, workdir: Path, budget: Budget) -> Document:
    """The document of that name in the same folder."""
    found, _ = documents(document.folder / name, workdir, budget)
    return found[0]


def shown_name(name: str) -> str:
    """The name as it can be written: bytes of it that are no text are replaced."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def folder_name(path: Path) -> str:
    """A name for what belongs to a path, without anything a path's own name might hold."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]


def _kind(path: PurePath) -> str:
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return "text"
    return "workbook" if suffix in WORKBOOK_SUFFIXES else "parquet" if suffix == ".parquet" else ""


def _unpacked(path: Path, folder: Path, budget: Budget, is_glance: bool) -> Document:
    folder.mkdir(exist_ok=True)
    target = folder / path.stem
    with _damage(path.name), gzip.open(path, "rb") as packed:
        _copy(packed, target, budget, path.name, is_glance)
    return Document(shown_name(path.name), target, path.parent)


def _members(path: Path, folder: Path, budget: Budget, is_glance: bool) -> tuple[list[Document], list[str]]:
    found: list[Document] = []
    aside: list[str] = []
    with _damage(path.name), zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise FileProblem(f"{path.name} holds more than {MOST_MEMBERS:,} files.", "Load it in parts.")
        for info in members:
            inside = _inside(path.name, _member_name(info))
            if not all(is_meant(part) for part in inside.parts):
                continue
            shown = shown_name(f"{path.name}/{inside}")
            if not _kind(inside):
                aside.append(shown)
                continue
            if info.flag_bits & ENCRYPTED:
                raise FileProblem(f"{shown} is locked with a password.", "Unpack it, then load what is inside.")
            target = folder / inside
            if target.exists():
                raise FileProblem(f"{path.name} holds two files called {inside}.", "Give them names of their own.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as packed:
                _copy(packed, target, budget, path.name, is_glance)
            found.append(Document(shown, target, target.parent))
    if not found:
        raise FileProblem(f"{path.name} holds nothing that can be loaded.", "Pack CSV, Excel or Parquet files.")
    return found, aside


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows writes names in GBK without saying so."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _inside(archive: str, name: str) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        raise FileProblem(
            f"{archive} holds a file whose path leads out of the archive: {name!r}; nothing of it was unpacked.",
            "Do not trust this archive; pack the files anew.",
        )
    return path


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, budget: Budget, name: str, is_glance: bool) -> None:
    most = GLANCE_BYTES if is_glance and _kind(target) == "text" else None
    with target.open("wb") as plain:
        while (most is None or plain.tell() < most) and (chunk := packed.read(CHUNK_BYTES)):
            budget.spend(len(chunk), name)
            plain.write(chunk)


@contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise FileProblem(
            f"{name} cannot be unpacked: {error}.", "Check that it is complete, then load it again."
        ) from error
    except OSError as error:
        # Damage in what bzip2 packed, or in an offset, comes as an error of the system's; a full disk must stay one.
        if error.errno not in (None, errno.EINVAL, errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
            raise
        raise FileProblem(
            f"{name} cannot be unpacked: it is damaged.", "Check that it is complete, then load it again."
        ) from error


def copy_named_plainly(document: Document, workdir: Path) -> Path:
    """A copy of the document under a name that DuckDB cannot take for a pattern."""
    copy = workdir / f"{folder_name(document.path)}{document.path.suffix.lower()}"
    shutil.copyfile(document.path, copy)
    return copy
