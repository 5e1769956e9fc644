"""A folder whose files are loaded as they are dropped, then moved to done/ or failed/ with a report beside them."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from etl.errors import FileProblem
from etl.load import Wishes, load
from etl.reading.archive import is_meant, is_readable
from etl.report import Report
from warehouse.errors import PinyuError
from warehouse.writing import LoadInProgress

DONE, FAILED = "done", "failed"
LOOK_SECONDS = 0.2
RETRY_SECONDS = 30
UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", ".filepart", ".download")

Told = Callable[[str], None]


def watch_folder(
    folder: Path,
    wishes: Wishes | None = None,
    warehouse: Path | None = None,
    settle: float = 2.0,
    told: Told = print,
    until: threading.Event | None = None,
) -> None:
    """Load what is in the folder and what is dropped into it, until interrupted or `until` is set.

    Files that are dropped together are loaded together; where that fails, each by itself, so that one bad file holds
    up none of the others. A file is complete once its size has not changed for `settle` seconds.
    """
    if not folder.is_dir():
        raise FileProblem(f"There is no folder {folder}.", "Make it, then watch it.")
    until = until or threading.Event()
    arrivals = _Arrivals(folder, settle)
    observer = Observer()
    observer.schedule(arrivals, str(folder), recursive=False)
    observer.start()
    try:
        while not until.wait(LOOK_SECONDS):
            files = arrivals.complete()
            if files:
                _take(folder, files, wishes or Wishes(), warehouse, told)
    except KeyboardInterrupt:
        told("Stopped watching.")
    finally:
        observer.stop()
        observer.join()


class _Arrivals(FileSystemEventHandler):
    """The files lying in the folder, with their sizes and when these last changed."""

    def __init__(self, folder: Path, settle: float) -> None:
        self._folder = folder
        self._settle = settle
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}
        self._stirred = threading.Event()
        self._stirred.set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something happened in the folder, so that it is worth a look."""
        self._stirred.set()

    def complete(self) -> list[Path]:
        """The files to load, once all that lie there have come to rest."""
        if not self._stirred.is_set() and not self._seen:
            return []
        self._stirred.clear()
        now = time.monotonic()
        there = {path: _state(path) for path in self._folder.iterdir() if _is_wanted(path)}
        self._seen = {
            path: self._seen[path] if path in self._seen and self._seen[path][0] == state else (state, now)
            for path, state in there.items()
            if state is not None
        }
        at_rest = [path for path, (_, since) in self._seen.items() if now - since >= self._settle]
        return sorted(at_rest) if at_rest and len(at_rest) == len(self._seen) else []


def _is_wanted(path: Path) -> bool:
    return path.is_file() and is_meant(path.name) and path.suffix.lower() not in UNFINISHED


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def _take(folder: Path, files: Sequence[Path], wishes: Wishes, warehouse: Path | None, told: Told) -> None:
    """Load the files together, or each by itself where that cannot be done."""
    loadable = [path for path in files if is_readable(path)]
    for path in set(files) - set(loadable):
        _put_away(path, folder / FAILED, {"error": "This kind of file cannot be loaded."})
        told(f"{path.name}: this kind of file cannot be loaded; moved to {FAILED}/.")
    try:
        if loadable:
            _finish(folder, loadable, load(loadable, warehouse=warehouse, wishes=wishes), told)
    except LoadInProgress as error:
        told(f"{error} Trying again in {RETRY_SECONDS} seconds.")
        time.sleep(RETRY_SECONDS)
    except PinyuError as error:
        if len(loadable) > 1:
            for path in loadable:
                _take(folder, [path], wishes, warehouse, told)
            return
        words = {"error": error.message, "hint": error.hint}
        _put_away(loadable[0], folder / FAILED, words)
        told(f"{loadable[0].name}: {error} Moved to {FAILED}/.")


def _finish(folder: Path, files: Sequence[Path], report: Report, told: Told) -> None:
    for path in files:
        _put_away(path, folder / DONE, report.as_dict())
    counts = ", ".join(f"{file.file} {file.loaded:,} of {file.read:,} rows" for file in report.files)
    told(f"{datetime.now():%H:%M:%S} {report.version}: {counts}.")


def _put_away(path: Path, folder: Path, report: object) -> None:
    """Move the file, under a name that none has there, and write its report beside it."""
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists():
        target = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{path.name}"
    path.rename(target)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    target.with_name(f"{target.name}.report.json").write_text(text + "\n", encoding="utf-8")
