"""One writer at a time: the lock on a warehouse's folder, who holds it, and what a killed writer left behind."""

import getpass
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.errors import PinyuError

POINTER = "current"
LOCK = "load.lock"
WRITER = "loading.json"
SCRATCH = "scratch-"


class LoadInProgress(PinyuError):
    """Another process is writing a version of the same warehouse."""

    exit_code = 4


@contextmanager
def writing(directory: Path, wait_seconds: float = 60) -> Iterator[Path]:
    """Hold the folder for writing and give a scratch folder in it, which is removed afterwards.

    Raises LoadInProgress, saying who writes, when another holds the folder for longer than `wait_seconds`.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / LOCK)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise LoadInProgress(
            f"Another load is writing to {directory}{_writer(directory)}.",
            "Wait until it has finished, then load again.",
        ) from error
    try:
        _remove_leftovers(directory)
        _sign(directory)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=directory, ignore_cleanup_errors=True) as scratch:
            yield Path(scratch)
    finally:
        (directory / WRITER).unlink(missing_ok=True)
        lock.release()


def account() -> str:
    """The name of the account that runs this; empty where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def remove_database(path: Path) -> None:
    """Delete a database file and its log, where they are there."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        try:
            leftover.unlink(missing_ok=True)
        except PermissionError:
            # Windows keeps a file that a reader has open; a later load removes it.
            continue


def _sign(directory: Path) -> None:
    """Say who is writing, for others who would like to."""
    words = {
        "account": account(),
        "host": socket.gethostname(),
        "process": os.getpid(),
        "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
    }
    (directory / WRITER).write_text(json.dumps(words), encoding="utf-8")


def _writer(directory: Path) -> str:
    try:
        words = json.loads((directory / WRITER).read_text(encoding="utf-8"))
        return f": {words['account']} on {words['host']} since {words['since']} (process {words['process']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _remove_leftovers(directory: Path) -> None:
    """What loads that were killed left; the lock is held, so nobody is using it."""
    for path in [*directory.glob("draft-*.duckdb"), *directory.glob(f"{POINTER}.*.new")]:
        remove_database(path)
    for path in directory.glob(f"{SCRATCH}*"):
        shutil.rmtree(path, ignore_errors=True)
