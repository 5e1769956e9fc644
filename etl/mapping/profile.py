"""What the first values of a file's columns are like: days, numbers, codes, names, and how often they repeat."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

import duckdb

from etl.contract import Date, Measure
from etl.mapping.header_words import is_called_code
from etl.staging.furniture import SIGNED, TOTAL
from etl.values.convert import converted, quick
from etl.values.dates import ORDERS, day
from etl.values.texts import cleaned
from etl.values.traditional import simplified

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
MOST = 0.8
"""The share of values that makes a column be of their kind: a few may be wrong."""
DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}")
CODE = re.compile(r"[\w./-]*\d[\w./-]*", re.ASCII)
CODE_LENGTH, CODE_VALUES = 4, 5
FURNITURE = re.compile(f"({TOTAL})|({SIGNED})", re.DOTALL)


@dataclass(frozen=True)
class Profile:
    """One column: its header, its cells in the sampled rows, and the numbers in those rows that are shown.

    `day_share` is the share of the shown cells that are days, `doubtful_share` that of further ones which are days only
    once it is said in which order day, month and year are written.
    """

    header: str
    cells: tuple[str, ...]
    numbers: tuple[Decimal | None, ...]
    day_share: float
    doubtful_share: float

    @cached_property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]

    @cached_property
    def distinct(self) -> list[str]:
        """Its different values, in order."""
        return list(dict.fromkeys(self.filled))

    @cached_property
    def is_numeric(self) -> bool:
        """Whether its cells are numbers, codes among them."""
        shown = [cell for cell in self.cells[: len(self.numbers)] if cell]
        return bool(shown) and sum(number is not None for number in self.numbers) >= MOST * len(shown)

    @cached_property
    def has_decimal_commas(self) -> bool:
        """Whether its cells are numbers as 12,50 or 1.000,50, which no contract reads."""
        found = [cell for cell in self.filled if DECIMAL_COMMA.fullmatch(cell)]
        return bool(found) and len(found) >= MOST * len(self.filled)

    @cached_property
    def is_day(self) -> bool:
        """Whether its cells are days; a number of five digits alone is none."""
        is_serial = self.is_numeric and all(len(cell) < len("20261001") for cell in self.distinct)
        return self.day_share + self.doubtful_share >= MOST and not is_serial

    @cached_property
    def is_whole(self) -> bool:
        """Whether its numbers are whole."""
        return all(number == number.to_integral_value() for number in self.numbers if number is not None)

    @cached_property
    def is_code(self) -> bool:
        """Whether its values are codes: no words; numbers if called so, or of one length, long or zeros ahead."""
        values = self.distinct
        if not values or self.is_day or sum(bool(CODE.fullmatch(value)) for value in values) < MOST * len(values):
            return False
        if not self.is_numeric:
            return True
        if self.is_whole and is_called_code(self.header) and not self.is_count_of_rows:
            return True
        lengths = {len(value) for value in values}
        if len(lengths) > 1 or not self.is_whole or self.is_count_of_rows:
            return False
        is_long = min(lengths) >= CODE_LENGTH and len(values) >= CODE_VALUES
        return any(value.startswith("0") and len(value) > 1 for value in values) or is_long

    @cached_property
    def is_count_of_rows(self) -> bool:
        """Whether it merely numbers the rows."""
        numbers = [number for number in self.numbers if number is not None]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) > 1 and steps == {Decimal(1)}

    @cached_property
    def is_measure(self) -> bool:
        """Whether it holds numbers that can be summed."""
        return self.is_numeric and not self.is_day and not self.is_code and not self.is_count_of_rows

    @cached_property
    def is_naming(self) -> bool:
        """Whether it holds codes or names of things."""
        return bool(self.distinct) and not self.is_day and (self.is_code or not self.is_numeric)


def profiles(header: Sequence[str], sample: Sequence[Sequence[str | None]], shown: int) -> list[Profile]:
    """The columns of a table that have a header, the first of each; totals and signatures below it are left out.

    `shown` is how many of the sampled rows are read as days and numbers.
    """
    rows = [row for row in sample if not any(_is_furniture(cell) for cell in row)]
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        if name.strip():
            places.setdefault(name, place)
    cells = {name: tuple((row[place] or "").strip() for row in rows) for name, place in places.items()}
    values = _read({cell for column in cells.values() for cell in column[:shown] if cell})
    return [_profile(name, column, column[:shown], values) for name, column in cells.items()]


@dataclass(frozen=True)
class _Value:
    """What loading makes of a text: whether it is a day, or one in some order of its parts; its number in its unit."""

    is_day: bool
    is_doubtful: bool
    number: Decimal | None


def _profile(header: str, cells: tuple[str, ...], shown: Sequence[str], values: Mapping[str, _Value]) -> Profile:
    filled = [values[cell] for cell in shown if cell]
    return Profile(
        header=header,
        cells=cells,
        numbers=tuple(values[cell].number if cell else None for cell in shown),
        day_share=sum(value.is_day for value in filled) / max(1, len(filled)),
        doubtful_share=sum(value.is_doubtful for value in filled) / max(1, len(filled)),
    )


def _read(texts: set[str]) -> dict[str, _Value]:
    in_orders = ", ".join(day(cleaned("text"), order) for order in ORDERS)
    with duckdb.connect(config=OFFLINE) as connection:
        rows = connection.execute(
            f"""
            select
                text,
                {converted("day", "text", Date)} is not null as is_day,
                not is_day and coalesce({in_orders}) is not null,
                {converted("amount", "text", Measure)},
            from (
                select text, {quick("text", Date)} as day, {quick("text", Measure)} as amount
                from (select unnest(cast($texts as varchar[])) as text)
            )
            """,
            {"texts": list(texts)},
        ).fetchall()
    return {text: _Value(*rest) for text, *rest in rows}


def _is_furniture(cell: str | None) -> bool:
    bare = simplified("".join((cell or "").lower().split()))
    return bool(FURNITURE.fullmatch(bare))
