"""The order in which people count: 一队 before 二队 before 十队, and 2队 before 10队."""

import re
from collections.abc import Sequence

import pandas as pd

DIGITS = "零一二三四五六七八九"
TENS = {"十": 10, "百": 100, "千": 1000}
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
_NUMBER = re.compile(rf"[0-9]+|[{''.join((*VALUES, *TENS))}]+")


def counting_order(name: object) -> str:
    """What to sort names of teams and areas by; equal only for the same name."""
    text = str(name)
    return f"{_NUMBER.sub(_sortable, text)}\0{text}"


def in_counting_order(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows sorted by columns of names."""
    return rows.sort_values(list(columns), key=lambda names: names.map(counting_order))


def _sortable(found: re.Match[str]) -> str:
    """A number as text that sorts by how large it is: how many digits it has, and these."""
    digits = str(_value(found.group()))
    return f"{len(digits):03d}{digits}"


def _value(number: str) -> int:
    """What a number in Arabic or Chinese digits says: 12, 十二, 二十, 一百零五, or digit by digit, 二〇二六."""
    if number.isdecimal() and number.isascii():
        return int(number)
    if not set(number) & set(TENS):
        return int("".join(str(VALUES[digit]) for digit in number))
    total, ones = 0, None
    for letter in number:
        if letter in VALUES:
            ones = VALUES[letter]
        else:
            total, ones = total + (1 if ones is None else ones) * TENS[letter], None
    return total + (ones or 0)
