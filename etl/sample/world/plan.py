"""What was asked for, and the days and random streams that follow from it."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rates = NDArray[np.float32]
Headers = Literal["zh", "en"]

NEVER = 2_000_000
"""A day number that no calendar reaches."""

EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def iso(number: int) -> str:
    """A day number as YYYY-MM-DD."""
    return date.fromordinal(number + EPOCH).isoformat()


def weekday(days: Integers) -> Integers:
    """Monday 0 … Sunday 6 of day numbers."""
    return (days + 3) % 7


def last_full_month_end(today: date) -> date:
    """The last day of the month before the one that `today` is in."""
    return today.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """A month of the window; `last` is earlier than its end where the window ends first."""

    index: int
    label: str
    first: int
    last: int

    @property
    def days(self) -> range:
        """The day numbers of the month."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Plan:
    """The arguments of `generate`, checked."""

    seed: int
    customers: int
    month_count: int
    until: date
    managers: int
    teams: int
    skus: int
    brands: int
    headers: Headers
    lines: int | None

    def __post_init__(self) -> None:
        for name in ("customers", "month_count", "managers", "teams", "skus", "brands"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; at least 1 is needed")
        if self.teams > self.managers:
            raise ValueError(
                f"teams is {self.teams}, more than managers, {self.managers}; ask for as many managers as teams or more"
            )
        if self.brands > self.skus:
            raise ValueError(
                f"brands is {self.brands}, more than skus, {self.skus}; ask for as many skus as brands or more"
            )
        if self.headers not in ("zh", "en"):
            raise ValueError(f"headers is {self.headers!r}; zh or en is needed")
        if self.lines is not None and self.lines < 1:
            raise ValueError(f"lines is {self.lines}; at least 1 is needed")

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months of the window, oldest first."""
        found = []
        ordinal = self.until.year * 12 + self.until.month - self.month_count
        for index in range(self.month_count):
            year, month = divmod(ordinal + index, 12)
            first = date(year, month + 1, 1)
            last = first.replace(day=calendar.monthrange(year, month + 1)[1])
            found.append(
                Month(
                    index,
                    f"{year:04d}-{month + 1:02d}",
                    day_number(first),
                    day_number(min(last, self.until)),
                )
            )
        return tuple(found)

    @property
    def first(self) -> int:
        """The first day of the window."""
        return self.months[0].first

    @property
    def last(self) -> int:
        """The last day of the window."""
        return self.months[-1].last

    def at(self, share: float) -> int:
        """The day at a share of the window, 0 its first and 1 its last."""
        return self.first + round(share * (self.last - self.first))

    def random(self, name: str, index: int = 0) -> np.random.Generator:
        """A random stream of its own for a name and an index."""
        return np.random.default_rng([self.seed & 0xFFFFFFFF, crc32(name.encode()), index])
