"""Who made the change of the amount between two periods: area by area, and within the area, team, manager and customer
that explain most of it, down to the product. Every level adds up exactly to what it splits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read, Request

LEVELS = ("area", "team", "manager", "customer", "sku")
"""From the whole to the single product, by the names of the scope's conditions.

Each is looked at within the member of every level above that explains most.
"""
DIMENSIONS = {"manager": "manager_id", "customer": "customer_id", "sku": "sku_id"}
"""What a figure is split by at a level, where it is called otherwise."""
UPPER = ("area", "team", "manager_id")
"""The dimensions of the levels that are few enough to be read together."""
MOST_SHOWN = 6
_EXACT = 10_000
"""Amounts have four decimals at most, and so are whole numbers of ten-thousandths."""


@dataclass(frozen=True)
class Member:
    """An area, team, manager, customer or product by its code, with its amounts before and now."""

    code: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """What it adds to the change."""
        return self.now - self.before


@dataclass(frozen=True)
class Level:
    """The members of one of LEVELS within a branch, the one that explains most of its change first.

    `within`: the code of the branch at every level above. The members' contributions add up to `change`.
    """

    name: str
    within: Mapping[str, str]
    members: tuple[Member, ...]

    @property
    def before(self) -> Decimal:
        """The amount of the branch before."""
        return sum((member.before for member in self.members), Decimal(0))

    @property
    def now(self) -> Decimal:
        """The amount of the branch now."""
        return sum((member.now for member in self.members), Decimal(0))

    @property
    def change(self) -> Decimal:
        """By how much the branch changed."""
        return self.now - self.before

    @property
    def rises(self) -> Decimal:
        """What the members that rose added."""
        return sum((max(member.change, Decimal(0)) for member in self.members), Decimal(0))

    @property
    def falls(self) -> Decimal:
        """What the members that fell took away, zero or below."""
        return self.change - self.rises

    def few(self, most: int = MOST_SHOWN) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        """The members that moved most, at most so many and none that did not move; and all others."""
        moved = sorted((member for member in self.members if member.change), key=lambda member: -abs(member.change))
        largest = {member.code for member in moved[:most]}
        few = tuple(member for member in self.members if member.code in largest)
        return few, tuple(member for member in self.members if member.code not in largest)


@dataclass(frozen=True)
class Change:
    """The change of the amount from an earlier period to a scope's own, level by level.

    Empty `levels`: neither period has sales.
    """

    scope: Scope
    earlier: Scope
    levels: tuple[Level, ...] = field(default=())

    @property
    def before(self) -> Decimal:
        """The amount of the earlier period."""
        return self.levels[0].before if self.levels else Decimal(0)

    @property
    def now(self) -> Decimal:
        """The amount of the period."""
        return self.levels[0].now if self.levels else Decimal(0)

    @property
    def moved(self) -> Decimal:
        """The change as a whole."""
        return self.now - self.before

    def level(self, name: str) -> Level:
        """The level of that name."""
        return next(level for level in self.levels if level.name == name)


def upper_requests(scope: Scope, earlier: Scope) -> list[Request]:
    """What the upper levels read, so that a screen may work it out side by side."""
    return [("amount", scope, UPPER), ("amount", earlier, UPPER)]


def contributions(scope: Scope, earlier: Scope, *, read: Read) -> Change:
    """Split the change from `earlier` to `scope`, which have the same conditions, by each of LEVELS.

    At every level the member that explains most is followed: the one that went furthest the way the amount went; where
    it stayed as it was, the one that moved most. A sale counts for the manager who owned it on its day, and in the
    area its customer is in by now, so that nothing but sales makes a change.
    """
    upper = _both_periods(scope, earlier, UPPER, read)
    if upper.empty:
        return Change(scope, earlier)
    rows, within, levels = upper, dict[str, str](), list[Level]()
    for name in LEVELS:
        dimension = DIMENSIONS.get(name, name)
        if dimension not in UPPER:
            rows = _both_periods(scope.narrow(**within), earlier.narrow(**within), (dimension,), read)
        level = Level(name, dict(within), _members(rows, dimension, is_rise=_is_rise(upper)))
        levels.append(level)
        within[name] = level.members[0].code
        rows = rows[rows[dimension] == within[name]]
    return Change(scope, earlier, tuple(levels))


def exact(amount: float) -> Decimal:
    """An amount that a figure gave, to its last decimal."""
    return Decimal(round(amount * _EXACT)) / _EXACT


def _both_periods(scope: Scope, earlier: Scope, by: tuple[str, ...], read: Read) -> pd.DataFrame:
    """The amounts before and now in whole ten-thousandths, 0 where nothing was sold."""
    now, before = (read("amount", period, by).set_index(list(by))["amount"] for period in (scope, earlier))
    both = pd.DataFrame({"before": before, "now": now}).fillna(0) * _EXACT
    return both.round().astype("int64").reset_index(names=list(by))


def _is_rise(rows: pd.DataFrame) -> bool | None:
    moved = int(rows["now"].sum()) - int(rows["before"].sum())
    return moved > 0 if moved else None


def _members(rows: pd.DataFrame, dimension: str, *, is_rise: bool | None) -> tuple[Member, ...]:
    sums = rows.groupby(dimension)[["before", "now"]].sum()
    members = [
        Member(str(code), Decimal(int(before)) / _EXACT, Decimal(int(now)) / _EXACT)
        for code, before, now in sums.itertuples()
    ]

    def explains(member: Member) -> Decimal:
        return abs(member.change) if is_rise is None else member.change if is_rise else -member.change

    return tuple(sorted(members, key=lambda member: (-explains(member), member.code)))
