"""What leaves for a spreadsheet must not act in it."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LED = re.compile(r"'\s*[-=+@＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def harmless(value: object) -> object:
    """A cell's value; text that a spreadsheet would run as a formula is led by an apostrophe, plain numbers are not."""
    if isinstance(value, str) and value.lstrip().startswith(FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def as_it_was(value: object) -> object:
    """A cell's value before `harmless` led it by an apostrophe; any other as it is."""
    return value[1:] if isinstance(value, str) and _LED.match(value) else value


def columns_wide(text: str) -> int:
    """Characters' widths that a text takes in a cell: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
