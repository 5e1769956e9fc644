"""Versions of the warehouse: one DuckDB file a load, and one small pointer file that says which is current.

A version's file is never written again once it is published, so readers never block a load and a load never
blocks a reader. DuckDB keeps serving the old content of a path whose file was replaced, hence a name a version.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import PinyuError

POINTER = "current"
LOCK = "load.lock"
VERSION_PATTERN = re.compile(r"^v(\d{6})$")


class LoadInProgress(PinyuError):
    """Another process is writing a version of the same warehouse."""


@dataclass(frozen=True)
class Version:
    """One published state of the warehouse: its name, such as 'v000007', and its DuckDB file."""

    name: str
    path: Path


class Draft:
    """A version in the making, seen by nobody until `publish`."""

    def __init__(self, directory: Path, name: str, path: Path, keep: int, config: dict[str, str | int]) -> None:
        self.name = name
        self.path = path
        self._directory = directory
        self._keep = keep
        self.connection = duckdb.connect(str(path), config=dict(config))
        self.published = False

    def publish(self) -> Version:
        """Make this the current version, durably and at once, and remove versions beyond those kept."""
        self.connection.execute("checkpoint")
        self.connection.close()
        _flush(self.path)
        version = Version(self.name, self._directory / f"{self.name}.duckdb")
        self.path.replace(version.path)
        point_to(self._directory, version)
        self.published = True
        _prune(self._directory, self._keep)
        return version

    def discard(self) -> None:
        """Close and delete the draft; the current version stays as it was."""
        self.connection.close()
        _remove_database(self.path)


def current_version(directory: Path) -> Version | None:
    """The version the pointer names, or None where nothing was ever published."""
    pointer = directory / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = directory / f"{name}.duckdb"
    if not VERSION_PATTERN.match(name) or not path.exists():
        raise PinyuError(
            f"The pointer {pointer} names {name!r}, which is not a version in that folder.",
            "Write the name of an existing version into it (python -m etl versions lists them).",
        )
    return Version(name, path)


def versions(directory: Path) -> list[Version]:
    """All versions in the folder, oldest first."""
    found = (path for path in directory.glob("v*.duckdb") if VERSION_PATTERN.match(path.stem))
    return [Version(path.stem, path) for path in sorted(found)]


def point_to(directory: Path, version: Version) -> None:
    """Replace the pointer atomically, so that a reader sees either the old or the new version."""
    temporary = directory / f"{POINTER}.{os.getpid()}.new"
    temporary.write_text(version.name + "\n", encoding="utf-8")
    _flush(temporary)
    temporary.replace(directory / POINTER)
    _flush(directory)


@contextmanager
def new_version(
    directory: Path,
    *,
    keep: int = 5,
    wait_seconds: float = 60,
    config: dict[str, str | int] | None = None,
) -> Iterator[Draft]:
    """A draft that starts as a copy of the current version, or empty where there is none.

    Leaving the block without `publish` deletes the draft. Raises LoadInProgress when another load holds the
    folder for longer than `wait_seconds`.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / LOCK)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise LoadInProgress(
            f"Another load is writing to {directory}.", "Wait until it has finished, then load again."
        ) from error
    try:
        _remove_leftovers(directory)
        draft = _start_draft(directory, keep, config or {})
        try:
            yield draft
        finally:
            if not draft.published:
                draft.discard()
    finally:
        lock.release()


def _start_draft(directory: Path, keep: int, config: dict[str, str | int]) -> Draft:
    existing = versions(directory)
    number = int(existing[-1].name[1:]) + 1 if existing else 1
    path = directory / f"draft-{number:06d}.duckdb"
    current = current_version(directory)
    if current is not None:
        shutil.copyfile(current.path, path)
    return Draft(directory, f"v{number:06d}", path, keep, config)


def _remove_leftovers(directory: Path) -> None:
    """Drafts and temporary pointers of loads that were killed; the lock is held, so nobody is using them."""
    for path in [*directory.glob("draft-*.duckdb"), *directory.glob(f"{POINTER}.*.new")]:
        _remove_database(path)


def _prune(directory: Path, keep: int) -> None:
    current = current_version(directory)
    for version in versions(directory)[:-keep]:
        if version != current:
            _remove_database(version.path)


def _remove_database(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        try:
            leftover.unlink(missing_ok=True)
        except PermissionError:
            # Windows keeps a file that a reader has open; a later load removes it.
            continue


def _flush(path: Path) -> None:
    """Ask the system to put a file's, or a folder's, content on disk; Windows cannot do it for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
