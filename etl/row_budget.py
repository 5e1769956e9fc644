"""How many rows the files of a load may have together; a load that has more stops as soon as that is seen."""

import mmap
from pathlib import Path

import duckdb

from etl.errors import TooManyRows
from etl.reading.source import Source

CHUNK_BYTES = 1 << 24


class RowBudget:
    """So many rows at most; any number where it is 0."""

    def __init__(self, most: int) -> None:
        self.most = self._left = most

    def require_room(self, source: Source) -> None:
        """Raise TooManyRows before a table is loaded that has more rows than are left.

        Of a text, its line ends are counted, which takes next to no time; only where these are too many, its rows.
        """
        if self.most and (source.text is None or _lines(source.text) > self._left):
            self._require(_rows(source), source.name)

    def spend(self, rows: int, name: str) -> None:
        """Take the rows of a table off that was read; TooManyRows where they are more than are left."""
        if self.most:
            self._require(rows, name)
            self._left -= rows

    def _require(self, rows: int, name: str) -> None:
        total = self.most - self._left + rows
        if total > self.most:
            raise TooManyRows(
                f"{name}: with it there are {total:,} rows; at most {self.most:,} are loaded at a time. Nothing was"
                " published.",
                "Bring it in parts, by year say, or raise the setting upload_rows.",
            )


def _lines(text: Path) -> int:
    with text.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        feeds = _count(content, b"\n")
        return 1 + (feeds or _count(content, b"\r"))


def _count(content: mmap.mmap, mark: bytes) -> int:
    return sum(content[place : place + CHUNK_BYTES].count(mark) for place in range(0, len(content), CHUNK_BYTES))


def _rows(source: Source) -> int:
    """The rows that can be read; none where that cannot be told before they are."""
    try:
        with duckdb.connect() as connection:
            row = connection.execute(f"select count(*) from ({source.reading('malformed')})").fetchone()
    except duckdb.Error:
        # Loading says what is wrong with it.
        return 0
    return int(row[0]) if row else 0
