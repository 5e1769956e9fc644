"""The one way to write a number: by its unit and the language of the screen."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pandas as pd

NO_DATA = "—"
_CHINESE_STEPS = ((1e8, "亿"), (1e4, "万"))
_FLAGS = {"en": ("yes", "no"), "zh": ("是", "否")}
_ENGLISH_STEPS = ((1e9, "B"), (1e6, "M"), (1e3, "K"))


def is_missing(value: Any) -> bool:
    """Whether a value stands for no data."""
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def written(value: Any, unit: str, language: str) -> str:
    """A value as people read it; `unit` is a column's, of metrics.columns. No data is '—'."""
    if is_missing(value):
        return NO_DATA
    if isinstance(value, float) and math.isinf(value):
        return NO_DATA
    if unit == "share":
        return f"{_unsigned_zero(value, 3):.1%}"
    if unit == "change":
        return written_change(float(value), unit="proportion")
    if unit == "points":
        return written_change(float(value), "share")
    if unit in ("money", "quantity"):
        return _shortened(float(value), language)
    if unit in ("count", "days"):
        return f"{value:,.0f}"
    if unit == "index":
        return f"{value:.3f}"
    if unit == "rate":
        return f"{value:,.2f}"
    if unit == "tenths":
        return f"{value:,.1f}"
    if unit == "flag":
        return _FLAGS[language][0 if value else 1]
    if unit == "date":
        return _day(value)
    return str(value)


def written_apart(share: float, limit: float) -> str:
    """A share with the digits it takes to see on which side of a limit it is, four at most."""
    texts = [(f"{share:.{digits}%}", f"{limit:.{digits}%}") for digits in range(1, 5)]
    return next((text for text, bound in texts if share == limit or text != bound), texts[-1][0])


def written_steps(before: Decimal, parts: Sequence[Decimal], language: str) -> list[str]:
    """The way from one amount or quantity to another, so written that the parts add up as they stand on the screen.

    All in the size of the largest: what was before, each part with its sign, nothing as 0, and what is now. A part may
    so differ from its own rounding by one in its last digit.
    """
    reached = [sum(parts[:number], before) for number in range(len(parts) + 1)]
    largest = max(abs(float(value)) for value in (*reached, *parts))
    steps = _CHINESE_STEPS if language == "zh" else _ENGLISH_STEPS
    size, name = next(((size, name) for size, name in steps if largest >= size), (1.0, ""))
    digits = (2 if largest < 100 * size else 1) if name else (2 if largest < 1000 else 0)
    stops = [round(Fraction(value) / Fraction(size), digits) for value in reached]
    moves = [later - earlier for earlier, later in pairwise(stops)]
    return [
        f"{float(stops[0]):,.{digits}f}{name}",
        *(f"{float(move):+,.{digits}f}{name}" if move else "0" for move in moves),
        f"{float(stops[-1]):,.{digits}f}{name}",
    ]


def change(now: float | None, before: float | None, unit: str) -> float | None:
    """How a figure moved: shares and indices by difference, all else in proportion; None where it can't be told."""
    if now is None or before is None or is_missing(now) or is_missing(before):
        return None
    if unit in ("share", "change", "index"):
        return now - before
    return now / before - 1 if before > 0 else None


def written_change(moved: float | None, unit: str) -> str:
    """A change with its sign, none where it comes to nothing: points for shares, percent for the rest."""
    if moved is None or is_missing(moved):
        return NO_DATA
    if unit in ("share", "change"):
        return _unsigned_nothing(f"{moved * 100:+.1f} pp")
    return _unsigned_nothing(f"{moved:+.3f}" if unit == "index" else f"{moved:+.1%}")


def is_nothing(text: str) -> bool:
    """Whether a number, as it is written, is zero."""
    return not any(digit in text for digit in "123456789")


def written_period(first: date, last: date, language: str) -> str:
    """A period, both days included."""
    if first == last:
        return _day(first)
    return f"{_day(first)} – {_day(last)}" if language == "en" else f"{_day(first)} 至 {_day(last)}"


def _day(value: Any) -> str:
    return pd.Timestamp(value).strftime("%Y-%m-%d")


def _unsigned_nothing(text: str) -> str:
    return text.lstrip("+-") if is_nothing(text) else text


def _unsigned_zero(value: float, digits: int) -> float:
    """The value rounded as it will be written; a zero has no minus sign."""
    return round(float(value), digits) + 0.0


def _shortened(value: float, language: str) -> str:
    """Three or four digits and the language's word for their size; the size is chosen after rounding."""
    for size, name in _CHINESE_STEPS if language == "zh" else _ENGLISH_STEPS:
        scaled = value / size
        rounded = round(scaled) if abs(scaled) >= 99.995 else round(scaled, 2)
        if abs(rounded) >= 1:
            return f"{rounded:,.0f}{name}" if abs(rounded) >= 100 else f"{rounded:,.2f}{name}"
    value = _unsigned_zero(value, 2)
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}"
