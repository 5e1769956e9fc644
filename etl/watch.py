"""A folder whose files are loaded as they are dropped, then moved to done/ or failed/ with a report beside them."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from etl.errors import FileProblem, LoadFailed
from etl.load import Wishes, load
from etl.mapping.rules import read_mapping
from etl.reading.archive import is_meant, is_readable
from warehouse.errors import PinyuError
from warehouse.writing import LoadInProgress

DONE, FAILED = "done", "failed"
LOOK_SECONDS = 0.2
RETRY_SECONDS, LONGEST_RETRY_SECONDS = 30, 3600
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
    up none of the others. A file is complete once its size has not changed for `settle` seconds. Where the machine
    gives up, or another load is running, files stay where they are and are tried again, less and less often.
    """
    wishes = wishes or Wishes()
    read_mapping(wishes.mapping)
    _require_folder(folder)
    until = until or threading.Event()
    arrivals = _Arrivals(folder, settle)
    intake = _Intake(folder, wishes, warehouse, told, arrivals)
    patience = _Patience()
    observer = Observer()
    observer.schedule(arrivals, str(folder), recursive=False)
    observer.start()
    try:
        while not until.wait(LOOK_SECONDS):
            _require_folder(folder)
            files = arrivals.complete()
            if files and patience.allows(files):
                patience.note(files, is_done=intake.take(files))
    except KeyboardInterrupt:
        told("Stopped watching.")
    finally:
        observer.stop()
        observer.join()


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise FileProblem(f"There is no folder {folder}.", "Make it, then watch it.")


class _Arrivals(FileSystemEventHandler):
    """The files lying in the folder, with their sizes and when these last changed."""

    def __init__(self, folder: Path, settle: float) -> None:
        self._folder = folder
        self._settle = settle
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}
        self._settled: dict[Path, tuple[int, int] | None] = {}
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
        self._settled = {path: state for path, state in self._settled.items() if there.get(path) == state}
        self._seen = {
            path: self._seen[path] if path in self._seen and self._seen[path][0] == state else (state, now)
            for path, state in there.items()
            if state is not None and path not in self._settled
        }
        at_rest = [path for path, (_, since) in self._seen.items() if now - since >= self._settle]
        return sorted(at_rest) if at_rest and len(at_rest) == len(self._seen) else []

    def settle(self, path: Path) -> None:
        """The file is dealt with, though it lies there still: it counts again once it has changed."""
        self._settled[path] = _state(path)


def _is_wanted(path: Path) -> bool:
    return path.is_file() and is_meant(path.name) and path.suffix.lower() not in UNFINISHED


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


class _Patience:
    """When files that had to wait are tried again: each time after twice as long, and at once where others came."""

    def __init__(self) -> None:
        self._files: Sequence[Path] = ()
        self._seconds, self._next = 0.0, 0.0

    def allows(self, files: Sequence[Path]) -> bool:
        """Whether it is time to try the files."""
        return files != self._files or time.monotonic() >= self._next

    def note(self, files: Sequence[Path], is_done: bool) -> None:
        """The files were tried."""
        self._files = () if is_done else files
        self._seconds = 0 if is_done else min(max(2 * self._seconds, RETRY_SECONDS), LONGEST_RETRY_SECONDS)
        self._next = time.monotonic() + self._seconds


class _Intake:
    """Loads files and puts them away."""

    def __init__(self, folder: Path, wishes: Wishes, warehouse: Path | None, told: Told, arrivals: "_Arrivals") -> None:
        self._folder = folder
        self._wishes = wishes
        self._warehouse = warehouse
        self._told = told
        self._arrivals = arrivals
        self._trouble: type[PinyuError] | None = None

    def take(self, files: Sequence[Path]) -> bool:
        """Load the files together, or each by itself where that cannot be done; False where they must wait."""
        loadable = [path for path in files if is_readable(path)]
        for path in sorted(set(files) - set(loadable)):
            self._fail(path, FileProblem("This kind of file cannot be loaded."))
        if not loadable:
            return True
        try:
            report = load(loadable, warehouse=self._warehouse, wishes=self._wishes)
        except (LoadInProgress, LoadFailed) as error:
            self._wait(error)
            return False
        except PinyuError as error:
            if len(loadable) > 1:
                return all(self.take([path]) for path in loadable)
            self._fail(loadable[0], error)
            return True
        if self._trouble:
            self._told("Loading works again.")
            self._trouble = None
        for path in loadable:
            self._put_away(path, DONE, report.as_dict())
        counts = ", ".join(f"{file.file} {file.loaded:,} of {file.read:,} rows" for file in report.files)
        self._told(f"{datetime.now():%H:%M:%S} {report.version}: {counts}.")
        return True

    def _wait(self, error: PinyuError) -> None:
        """Say what keeps files from being loaded, once for all the tries that it does."""
        if self._trouble is not type(error):
            self._told(f"{error} Trying again in {RETRY_SECONDS} seconds, then less and less often.")
        self._trouble = type(error)

    def _fail(self, path: Path, error: PinyuError) -> None:
        where = self._put_away(path, FAILED, {"error": error.message, "hint": error.hint})
        self._told(f"{path.name}: {error}{where}")

    def _put_away(self, path: Path, name: str, report: object) -> str:
        """Move the file, under a name that none has there, and write its report beside it; say so in words."""
        try:
            target = _free_name(self._folder / name, path.name)
            path.rename(target)
            text = json.dumps(report, ensure_ascii=False, indent=2)
            target.with_name(f"{target.name}.report.json").write_text(text + "\n", encoding="utf-8")
        except FileNotFoundError:
            self._told(f"{path.name} went away before it could be moved to {name}/.")
            return ""
        except OSError as error:
            self._arrivals.settle(path)
            self._told(f"{path.name} could not be moved to {name}/ with its report: {error}.")
            return ""
        return f" Moved to {name}/."


def _free_name(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    target = folder / name
    return folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{name}" if target.exists() else target
