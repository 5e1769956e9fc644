"""CSV files that grow a piece at a time, so that no more than a piece is ever held."""

import codecs
import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pandas as pd

from etl.sample.columns import EXTRACTS

DAY = "date '1970-01-01' + {0}::integer"


class Extract:
    """One file: its header, then pieces."""

    def __init__(self, path: Path, header: Sequence[str], encoding: str) -> None:
        self.rows = 0
        self._file = path.open("wb")
        self._encoder = codecs.getincrementalencoder(encoding)()
        self.add_lines([header])
        self.rows = 0

    def add_text(self, text: str, rows: int) -> None:
        """Append rows that are CSV already."""
        self._file.write(self._encoder.encode(text))
        self.rows += rows

    def add_lines(self, lines: Sequence[Sequence[object]]) -> None:
        """Append a few rows."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(lines)
        self.add_text(text.getvalue(), len(lines))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class Extracts:
    """All files of a sample; DuckDB turns frames into text, much faster than Python would."""

    def __init__(self, directory: Path, headers: str, encoding: str) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._scratch = tempfile.TemporaryDirectory(prefix="sample-")
        self._piece = Path(self._scratch.name) / "piece.csv"
        self._connection = duckdb.connect(config={"threads": 1})
        self._files = {
            name: Extract(
                directory / f"{name}.csv",
                list(columns.values() if headers == "zh" else columns),
                encoding,
            )
            for name, columns in EXTRACTS.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()
        self._connection.close()
        self._scratch.cleanup()

    def add(self, name: str, frame: pd.DataFrame, **expressions: str) -> None:
        """Append a frame that has the canonical columns; an expression formats a column in SQL."""
        if frame.empty:
            return
        piece = str(self._piece).replace("'", "''")
        selected = ", ".join(expressions.get(column, column) for column in EXTRACTS[name])
        self._connection.register("frame", frame)
        self._connection.execute(f"copy (select {selected} from frame) to '{piece}' (format csv, header false)")
        self._connection.unregister("frame")
        self._files[name].add_text(self._piece.read_text(encoding="utf-8"), len(frame))

    def add_lines(self, name: str, lines: Sequence[Sequence[object]]) -> None:
        """Append a few rows as they are."""
        self._files[name].add_lines(lines)

    def rows(self) -> dict[str, int]:
        """Rows written so far to each file, headers aside."""
        return {name: file.rows for name, file in self._files.items()}
