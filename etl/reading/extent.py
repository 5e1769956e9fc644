"""Where a table begins in a file: below the titles that reports and people put above it."""

import re
from collections.abc import Callable, Sequence

from etl.errors import FileProblem
from etl.values.traditional import simplified

HEAD_ROWS = 20
"""A header is looked for in this many rows."""

STATED = re.compile(r"单位\s*[:：]\s*([^\s）)]+)")
SEPARATORS = re.compile(r"[、,，/;；]")

Recognises = Callable[[str], bool]
"""Says whether a text is a header that somebody knows."""


def header_row(rows: Sequence[Sequence[str]], recognises: Recognises) -> int:
    """The number, from 0, of the row that holds the headers.

    It is the first of those with most known headers where any row has two of them. Of files with headers of their own
    it is the first row that is filled as far as the rows below it.
    """
    known = [sum(recognises(cell) for cell in row) for row in rows[:HEAD_ROWS]]
    if max(known, default=0) >= 2 or (known and known[0] == 1):
        return known.index(max(known))
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEAD_ROWS]]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    return next((number for number, count in enumerate(filled) if count and count >= usual), 0)


def stated_row(name: str, line: int, place: int, places: Sequence[int]) -> int:
    """The number, among the filled rows at `places`, of the one at `place`, which somebody says is the header.

    Raises FileProblem, naming the line, where it holds nothing.
    """
    if place not in places:
        raise FileProblem(
            f"{name}: line {line:,} cannot be the header: it is empty, or not among the file's first lines.",
            "Say in which line the headers are, or leave it to be found out.",
        )
    return places.index(place)


def known_headers(rows: Sequence[Sequence[str]], recognises: Recognises) -> int:
    """How many known headers the row has that has most."""
    return max((sum(recognises(cell) for cell in row) for row in rows[:HEAD_ROWS]), default=0)


def stated_units(titles: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The units that rows above the header state for the whole table: 条 and 万元 of 单位：条、万元."""
    found = (STATED.search(simplified(cell)) for row in titles for cell in row)
    return tuple(unit for match in found if match for unit in SEPARATORS.split(match[1]) if unit)
