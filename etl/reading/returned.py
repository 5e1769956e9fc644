"""Rejected rows that come back corrected: the columns that say why they were rejected are none of the file's own."""

from warehouse.spreadsheet import as_it_was

REASONS = ("行号 line", "列 column", "值 value", "原因", "reason")
"""The titles of the columns that rejected rows are handed out with, in this order, behind those of their file."""


def without_reasons(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header with the columns of reasons nameless, so that nothing is taken from them, and the others as they were.

    A header without them is given as it is.
    """
    places = [place for place in range(len(header)) if header[place : place + len(REASONS)] == REASONS]
    if not places:
        return header
    first = places[-1]
    own = tuple(str(as_it_was(name)) for name in header)
    return (*own[:first], *("" for _ in REASONS), *own[first + len(REASONS) :])


def is_reason(text: str) -> bool:
    """Whether a text is the title of a column of reasons."""
    return text in REASONS
