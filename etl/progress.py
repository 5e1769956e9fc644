"""How far a load is: which file, which step, and of a file being read what share and how many rows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import duckdb

EVERY_SECONDS = 0.2


@dataclass(frozen=True)
class Step:
    """A moment of a load: file `number` (from 0) of `files`, at a stage of its way.

    While a file is read, `share` of it has been, of about `rows` rows; both are 0 where nobody can tell.
    """

    file: str
    number: int
    files: int
    stage: str = "reading"
    share: float = 0.0
    rows: int = 0


Progress = Callable[[Step], None]
"""Called with each step, from a thread of its own while a file is read."""


class Teller:
    """Tells somebody, if there is anybody, how far the statements of a connection are."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, progress: Progress | None) -> None:
        self._connection = connection
        self._progress = progress
        self._step = Step("", 0, 0)
        # DuckDB's own bar would be written among what a command prints; its count is what is asked for.
        connection.execute("set enable_progress_bar_print = false")
        connection.execute(f"set enable_progress_bar = {str(progress is not None).lower()}")

    def tell(self, stage: str) -> None:
        """A new stage of the same file has begun."""
        self._step = replace(self._step, stage=stage, share=0.0)
        if self._progress:
            self._progress(self._step)

    @contextmanager
    def reading(self, file: str, number: int, files: int, rows: int) -> Iterator[None]:
        """Tell of a file for as long as it is being read."""
        self._step = Step(file, number, files, "reading", 0.0, rows)
        if not self._progress:
            yield
            return
        self._progress(self._step)
        done = threading.Event()
        thread = threading.Thread(target=self._keep_telling, args=(done, self._progress), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _keep_telling(self, done: threading.Event, progress: Progress) -> None:
        share = 0.0
        while not done.wait(EVERY_SECONDS):
            # Statements after the long one begin again at nothing.
            share = max(share, min(1.0, self._connection.query_progress() / 100))
            if share > 0:
                progress(replace(self._step, share=share))
