"""Versions of the warehouse: one DuckDB file a load, and one small pointer file that says which is current.

A version's file is never written again once it is published, so readers never block a load and a load never
blocks a reader. DuckDB keeps serving the old content of a path whose file was replaced, hence a name a version.
"""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import PinyuError
from warehouse.writing import POINTER, remove_database, writing

MAPPINGS = "mappings"
"""The folder beside the versions in which mappings are remembered."""
VERSION_PATTERN = re.compile(r"^v(\d{6})$")


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
        try:
            self.connection.close()
        except duckdb.Error:
            # A full disk also fails the last write of a draft that nobody wants any more.
            logging.getLogger(__name__).info("the draft could not be closed in order", exc_info=True)
        remove_database(self.path)


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


def months_path(version_path: Path) -> Path:
    """Where the sums by month of a version are kept, see warehouse.monthly."""
    return version_path.with_name(f"{version_path.stem}.months")


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
    """A draft as `draft_version` gives it, with the folder held for writing. Raises LoadInProgress."""
    with writing(directory, wait_seconds), draft_version(directory, keep=keep, config=config) as draft:
        yield draft


@contextmanager
def draft_version(directory: Path, *, keep: int = 5, config: dict[str, str | int] | None = None) -> Iterator[Draft]:
    """A draft that starts as a copy of the current version, or empty where there is none.

    The caller holds the folder for writing. Leaving the block without `publish` deletes the draft.
    """
    draft = _start_draft(directory, keep, config or {})
    try:
        yield draft
    finally:
        if not draft.published:
            draft.discard()


def go_back(directory: Path, name: str, wait_seconds: float = 60) -> Version:
    """Make an earlier version, or a later one, the current one again. Raises LoadInProgress, or where there is none."""
    with writing(directory, wait_seconds):
        found = [version for version in versions(directory) if version.name == name]
        if not found:
            kept = ", ".join(version.name for version in versions(directory)) or "none"
            raise PinyuError(f"There is no version {name!r}; kept are: {kept}.", "Choose one of these.")
        point_to(directory, found[0])
        return found[0]


def _start_draft(directory: Path, keep: int, config: dict[str, str | int]) -> Draft:
    existing = versions(directory)
    number = int(existing[-1].name[1:]) + 1 if existing else 1
    path = directory / f"draft-{number:06d}.duckdb"
    current = current_version(directory)
    if current is not None:
        shutil.copyfile(current.path, path)
    return Draft(directory, f"v{number:06d}", path, keep, config)


def _prune(directory: Path, keep: int) -> None:
    current = current_version(directory)
    for version in versions(directory)[:-keep]:
        if version != current:
            try:
                for kept_beside in [version.path, *directory.glob(f"{version.name}.*")]:
                    remove_database(kept_beside)
            except OSError:
                # The new version stands; the next load tries again.
                logging.getLogger(__name__).warning("an old version could not be removed", exc_info=True)


def _flush(path: Path) -> None:
    """Ask the system to put a file's, or a folder's, content on disk; Windows cannot do it for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
