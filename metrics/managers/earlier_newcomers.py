"""A newcomer's first weeks against what earlier newcomers had by the same week since being hired."""

from dataclasses import dataclass
from statistics import median

import pandas as pd

FIGURES = ("amount_per_customer", "visits_a_week", "call_coverage", "strike_rate")
FEWEST = 3
"""Of fewer earlier newcomers the range is no yardstick: they are told and not compared with."""


@dataclass(frozen=True)
class Yardstick:
    """A figure by a week: the newcomer's own, and of `count` earlier newcomers with data the median and the range.

    `successes` and `attempts` are what a rate is made of. Median and range are None where fewer than FEWEST have data.
    """

    name: str
    own: float | None
    parts: tuple[float, float]
    count: int
    middle: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class FirstWeeks:
    """`week`: the newcomer's last whole week since being hired, 0 where there is none or the data does not reach back;
    `earlier`: how many were hired before and had that week."""

    week: int
    earlier: int
    figures: tuple[Yardstick, ...]


def first_weeks(manager_id: str, weeks: pd.DataFrame, hired: "pd.Series[pd.Timestamp]") -> FirstWeeks:
    """From the rows of the figure `first_weeks`, and the day that each manager was hired, by manager.

    Everything is counted from the first day up to the end of the week: the amount a customer in care and week, visits a
    week, customers in care who were visited, and successes among selling visits.
    """
    own = weeks[weeks["manager_id"] == manager_id]
    week = int(own["week_of_service"].max()) if len(own) else 0
    before = list(hired.index[hired < hired[manager_id]]) if week else []
    reached = weeks.loc[(weeks["week_of_service"] == week) & weeks["manager_id"].isin(before), "manager_id"]
    others = [_by_week(weeks[weeks["manager_id"] == each], week) for each in reached]
    mine = _by_week(own, week) if week else {}
    return FirstWeeks(week, len(reached), tuple(_yardstick(name, mine, others) for name in FIGURES) if week else ())


def _yardstick(
    name: str, own: dict[str, tuple[float, float]], others: list[dict[str, tuple[float, float]]]
) -> Yardstick:
    values = [value for each in others if (value := _ratio(each[name])) is not None]
    parts, has_enough = own[name], len(values) >= FEWEST
    return Yardstick(
        name,
        _ratio(parts),
        parts,
        len(values),
        median(values) if has_enough else None,
        min(values) if has_enough else None,
        max(values) if has_enough else None,
    )


def _by_week(rows: pd.DataFrame, week: int) -> dict[str, tuple[float, float]]:
    """Numerator and denominator of each figure, from the first day to the end of the week."""
    until = rows[rows["week_of_service"] <= week]
    last = rows[rows["week_of_service"] == week].iloc[0]
    summed = until[["amount", "visits", "successes", "attempts"]].astype(float).sum()
    return {
        "amount_per_customer": (summed["amount"], float(last["customers"]) * week),
        "visits_a_week": (summed["visits"], float(week)),
        "call_coverage": (float(last["visited"]), float(last["customers"])),
        "strike_rate": (summed["successes"], summed["attempts"]),
    }


def _ratio(parts: tuple[float, float]) -> float | None:
    return parts[0] / parts[1] if parts[1] > 0 else None
