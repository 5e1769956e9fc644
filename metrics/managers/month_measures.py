"""The figures that the 135 month judges, of every manager and of the teams, in a month and in the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.scope import Scope, months_before
from metrics.scorecard import Read, Request
from warehouse.settings import Settings

BY_MANAGER_AND_MONTH = ("manager_id", "month")
RATES = {
    "plan_compliance": ("kept", "planned"),
    "strike_rate": ("successes", "attempts"),
    "productive_call_rate": ("productive", "visits"),
    "distribution_attainment": ("handlers", "target_handlers"),
    "target_attainment": ("actual", "target"),
}
"""Figures that are read by manager and month, with their numerator and denominator."""
OF_WHOLE_MONTHS = ("distribution_attainment", "target_attainment")
"""Figures that a month has only when it is over."""
OF_TERRITORIES = {
    "call_coverage": ("visited", "customers"),
    "key_call_coverage": ("visited_key_customers", "key_customers"),
    "customers_checked": ("checked_customers", "customers"),
    "focus_checked": ("focus_checked_customers", "customers"),
    "customers_planned": ("planned_customers", "customers"),
    "key_customers_planned": ("planned_key_customers", "key_customers"),
}
"""The same of what is added up over a manager's territory."""
RECORDED_BY = {
    "call_coverage": "visited",
    "key_call_coverage": "visited",
    "customers_checked": "checked_customers",
    "focus_checked": "checked_customers",
    "customers_planned": "planned_customers",
    "key_customers_planned": "planned_customers",
    "places_planned": "planned_customers",
    "tiers_planned": "planned_customers",
    "places_visited": "visited",
}
"""Where nobody at all has any of these in the month, nothing was recorded, which is not nothing done."""
PLACE = ["area", "market"]
EVERYBODY = ""
"""Stands beside the teams for all managers together."""
_PARTS = ["manager_id", "count", "base"]


@dataclass(frozen=True)
class Measure:
    """A figure of one manager, or of a team, in one month: `value` = `count` ÷ `base`. Without a base there is none."""

    count: float
    base: float

    @property
    def value(self) -> float | None:
        """The ratio, None where there is nothing to divide by."""
        return self.count / self.base if self.base > 0 else None


@dataclass(frozen=True)
class Month:
    """What is known of one month.

    `own`: measures by figure and manager; `teams`: the same added up by figure and team, EVERYBODY among them. A figure
    of which nobody has a record in the month is in neither. `places`: rows of manager, area and market with their
    customers.
    """

    scope: Scope
    own: Mapping[str, Mapping[str, Measure]]
    teams: Mapping[str, Mapping[str, Measure]]
    places: pd.DataFrame


def two_months(month: Scope) -> tuple[Scope, Scope]:
    """The whole calendar month before a month, and the month itself."""
    first = months_before(month.from_date.replace(day=1), 1)
    return next(iter(month.over(first, month.to_date).months()))[1], month


def requests(month: Scope) -> list[Request]:
    """What `measured` reads, so that a screen may work it out side by side."""
    before, now = two_months(month)
    both = month.over(before.from_date, now.to_date)
    return [
        *((name, each, ()) for name in ("territories", "visit_purposes") for each in (before, now)),
        *((name, both, BY_MANAGER_AND_MONTH) for name in RATES),
    ]


def measured(month: Scope, teams: Mapping[str, str], settings: Settings, *, read: Read) -> tuple[Month, Month]:
    """The month before, and the month. `teams`: the team of each manager, who are all that are measured."""
    before, now = two_months(month)
    both = month.over(before.from_date, now.to_date)
    rates = {name: read(name, both, BY_MANAGER_AND_MONTH) for name in RATES}
    return _measured(before, rates, teams, settings, read), _measured(now, rates, teams, settings, read)


def _measured(
    month: Scope, rates: Mapping[str, pd.DataFrame], teams: Mapping[str, str], settings: Settings, read: Read
) -> Month:
    label = f"{month.from_date:%Y-%m}"
    territories = read("territories", month, ())
    places = _summed(territories, PLACE)
    parts = {
        name: rows.loc[rows["month"] == label, ["manager_id", *RATES[name]]].set_axis(_PARTS, axis=1)
        for name, rows in rates.items()
    }
    whole = _summed(territories, [])
    parts |= {
        name: whole[["manager_id", *columns]].set_axis(_PARTS, axis=1) for name, columns in OF_TERRITORIES.items()
    }
    is_visited = (places["visited"] > 0) & (places["visited"] >= settings.five_steps_partly * places["customers"])
    tiers = _summed(territories, ["tier_band"])
    parts |= {
        "places_planned": _share_of(places, places["planned_customers"] > 0),
        "places_visited": _share_of(places, is_visited),
        "tiers_planned": _share_of(tiers, tiers["planned_customers"] > 0),
        "brand_visits": _brand_visits(read("visit_purposes", month, ()), settings.brand_purposes),
    }
    own: dict[str, dict[str, Measure]] = {}
    together: dict[str, dict[str, Measure]] = {}
    for name, rows in parts.items():
        if name not in RECORDED_BY or territories[RECORDED_BY[name]].any():
            own[name] = _by_manager(rows, teams)
            together[name] = _by_team(own[name], teams)
    return Month(month, own, together, places)


def _by_manager(rows: pd.DataFrame, teams: Mapping[str, str]) -> dict[str, Measure]:
    columns = (rows["manager_id"], rows["count"].astype(float), rows["base"].astype(float))
    return {str(one): Measure(count, base) for one, count, base in zip(*columns, strict=True) if one in teams}


def _by_team(own: Mapping[str, Measure], teams: Mapping[str, str]) -> dict[str, Measure]:
    """The sums of each team's managers, and under EVERYBODY of all."""
    summed: dict[str, Measure] = {}
    for manager, measure in own.items():
        for team in (teams[manager], EVERYBODY):
            others = summed.get(team, Measure(0, 0))
            summed[team] = Measure(others.count + measure.count, others.base + measure.base)
    return summed


def _summed(territories: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return territories.groupby(["manager_id", *by], as_index=False).sum(numeric_only=True)


def _share_of(parts: pd.DataFrame, is_covered: "pd.Series[bool]") -> pd.DataFrame:
    """Of the parts of each manager's territory, how many are covered."""
    counted = parts.assign(count=is_covered.astype(float), base=1.0)
    return counted.groupby("manager_id", as_index=False)[["count", "base"]].sum()


def _brand_visits(purposes: pd.DataFrame, words: Iterable[str]) -> pd.DataFrame:
    """Visits for a brand among all visits: those whose purpose holds one of the words, in capitals or not."""
    sought = [word.casefold() for word in words]
    is_brand = [any(word in str(purpose).casefold() for word in sought) for purpose in purposes["purpose"]]
    counted = purposes.assign(count=np.where(is_brand, purposes["visits"], 0), base=purposes["visits"])
    return counted.groupby("manager_id", as_index=False)[["count", "base"]].sum()
