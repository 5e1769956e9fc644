"""Delimited text as a DuckDB relation: its delimiter, its header, and the lines above it."""

import contextlib
import csv
import io
import itertools
import mmap
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from etl.errors import FileProblem
from etl.reading.extent import HEAD_ROWS, Recognises, header_row, known_headers, stated_row, stated_units
from etl.sql import listed, literal

DELIMITERS = (",", ";", "\t", "|")
SPELT = {"tab": "\t", "\\t": "\t"}
"""How a tab is written where it cannot be typed."""
HEAD_BYTES = 1 << 20
MAX_LINE = 16 << 20
BUFFERED_LINES = 16
"""DuckDB holds so many of the longest lines of a file at once."""
STATED_DELIMITER = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
"""What Excel writes, and reads, above a file to say how it is split."""


@dataclass(frozen=True)
class Layout:
    """How a text is laid out: its delimiter, the rows above the header, those among them that are titles, the header.

    `units` are what the titles state for the whole table. `broken_head` is the number of lines up to the header where
    one of them breaks within a cell, which DuckDB cannot skip, else 0.

    `above` is None where the file has no header line.
    """

    delimiter: str
    above: int | None
    titles: int
    header: tuple[str, ...]
    bytes_a_row: float
    units: tuple[str, ...] = ()
    broken_head: int = 0

    @property
    def header_line(self) -> int:
        """The line the header is in, from 1; 0 where there is none."""
        return 0 if self.above is None else self.above + 1


def lay_out(
    name: str, text: Path, delimiter: str, has_header: bool, recognises: Recognises, header_line: int = 0
) -> Layout:
    """Look at the beginning of a UTF-8 file; its header is in line `header_line`, or where it is found if that is 0."""
    with text.open("rb") as file:
        head = file.read(HEAD_BYTES).decode("utf-8", errors="replace").removeprefix("\ufeff")
    if not head.strip():
        raise FileProblem(f"{name} is empty.", "Export it again.")
    delimiter = SPELT.get(delimiter.lower(), delimiter)
    if delimiter and (len(delimiter) > 1 or delimiter in '"\r\n'):
        raise FileProblem(f"{delimiter!r} cannot be a delimiter.", "Give one character, such as a comma or a tab.")
    stated = STATED_DELIMITER.match(head)
    delimiter = delimiter or (stated[1] if stated else "")
    body = head[stated.end() :] if stated else head
    most = max(3 * HEAD_ROWS, header_line + HEAD_ROWS)
    parsed = {mark: _parse(body, mark, most) for mark in ([delimiter] if delimiter else DELIMITERS)}
    best = max(parsed, key=lambda mark: _regularity(parsed[mark], recognises))
    rows = parsed[best]
    bytes_a_row = len(head.encode()) / max(1, head.count("\n"))
    if not has_header:
        width = len(next(row for row in rows if row))
        return Layout(best, None, 0, tuple(f"column {number}" for number in range(1, width + 1)), bytes_a_row)
    # Blank lines are rows to DuckDB where it skips, and no rows to people.
    places = [place for place, row in enumerate(rows) if row]
    if header_line:
        number = stated_row(name, header_line, header_line - 1 - bool(stated), places)
    else:
        number = header_row([rows[place] for place in places], recognises)
    header = _without_loose_end(tuple(cell.strip() for cell in rows[places[number]]), rows[places[number] + 1 :])
    above = rows[: places[number] + 1]
    units = stated_units(above[:-1])
    breaks = sum(len(re.findall(r"\r\n|\r|\n", cell)) for row in above for cell in row)
    broken_head = len(above) + breaks + bool(stated) if breaks else 0
    return Layout(best, places[number] + bool(stated), number, header, bytes_a_row, units, broken_head)


def without_head(text: Path, lines: int, target: Path) -> Path:
    """A copy of a UTF-8 file without its first lines, as a CSV reader counts them."""
    with (
        text.open(encoding="utf-8", errors="surrogateescape", newline="") as whole,
        target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as body,
    ):
        for _ in range(lines):
            whole.readline()
        shutil.copyfileobj(whole, body, HEAD_BYTES)
    return target


def blank_lines(text: Path, delimiter: str) -> list[int]:
    """The lines with nothing in them, from 1, as spreadsheets and DuckDB count: a row is one, however its cells break.

    Only a file that has two line ends beside each other is read through.
    """
    with text.open("rb") as raw, mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as content:
        # Patterns with a fixed beginning are searched several times faster than bytes.find looks for two line ends.
        if not any(re.search(ends, content) for ends in (rb"\n\r?\n", rb"\r\r")):
            return []
    found: list[int] = []
    with text.open(encoding="utf-8", errors="replace", newline="") as file, contextlib.suppress(csv.Error):
        # A cell too long for the reader ends the count: lines beyond it are told without the blank ones.
        found.extend(line for line, row in enumerate(csv.reader(file, delimiter=delimiter), start=1) if not row)
    return found


def exceeds_buffer(text: Path) -> bool:
    """Whether a text is longer than what DuckDB holds of it at once."""
    return text.stat().st_size > BUFFERED_LINES * MAX_LINE


def require_short_lines(name: str, text: Path) -> None:
    """Raise FileProblem where a line is longer than MAX_LINE: of one that fills its buffer DuckDB says nothing.

    It goes from line end to line end in the longest steps that a sound file allows, so that it reads next to nothing.
    """
    if not exceeds_buffer(text):
        return
    with text.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        begin = 0
        while len(content) - begin > MAX_LINE:
            end = max(content.rfind(mark, begin, begin + MAX_LINE) for mark in (b"\n", b"\r"))
            if end < 0:
                raise FileProblem(
                    f"{name} has a line of more than {MAX_LINE >> 20} MB, which begins at byte {begin + 1:,}.",
                    "Correct that line, or export the file again.",
                )
            begin = end + 1


def reading(text: Path, layout: Layout) -> str:
    """The SQL that reads a UTF-8 file's data rows as texts c0, c1, …; `/*rejects*/` is where more options may go."""
    columns = listed(f"'c{index}': 'varchar'" for index in range(len(layout.header)))
    header = f"header = true, skip = {layout.above}" if layout.above is not None else "header = false"
    return (
        f"select * from read_csv({literal(str(text))}, auto_detect = false, delim = {literal(layout.delimiter)},"
        f" quote = '\"', escape = '\"', {header}, columns = {{{columns}}}, max_line_size = {MAX_LINE}/*rejects*/)"
    )


def _without_loose_end(header: tuple[str, ...], rows: list[list[str]]) -> tuple[str, ...]:
    """The header without a delimiter at its end that the rows below lack."""
    widths = Counter(len(row) for row in rows if row)
    width = max(widths, default=len(header))
    return header[:width] if 0 < width < len(header) and not any(header[width:]) else header


def _parse(head: str, delimiter: str, most: int) -> list[list[str]]:
    """The first rows, blank ones as empty lists; a whole text that cannot be split as one cell."""
    rows: list[list[str]] = []
    try:
        rows.extend(itertools.islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), most))
    except csv.Error:
        # A cell too long, or quotes that do not close: the rows before it serve.
        return rows if any(rows) else [[head]]
    return rows if any(rows) else [[head]]


def _regularity(rows: list[list[str]], recognises: Recognises) -> tuple[int, bool, float, int]:
    """How well rows look split: known headers, then more than one column, then as many in each row."""
    widths = Counter(len(row) for row in rows[:HEAD_ROWS] if row)
    width, same = widths.most_common(1)[0]
    return known_headers(rows, recognises), width > 1, same / widths.total(), width
