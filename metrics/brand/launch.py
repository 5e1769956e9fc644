"""A launch: its trial and repeat curve beside earlier ones, whether it is taking, and how far its plan is covered."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pandas as pd

from metrics.scope import PRODUCT_CONDITIONS, Scope
from metrics.scorecard import Read
from warehouse.launch_plans import LaunchPlan

MOST_EARLIER = 5
"""Up to so many earlier launches are compared with, the latest ones."""

LEAST_WEEKS = 4
"""Whole weeks that a launch must have behind it to be read, or to be compared with."""

FEWEST_TRIERS = 20
"""Customers that must have tried a launch before their coming back says anything of it."""

MOST_WEEKS = 52
"""A launch is over after a year: the curve ends there."""

State = Literal["no_day", "not_on_sale", "untold", "too_early", "untried", "alone", "compared"]


@dataclass(frozen=True)
class Reading:
    """Where a launch stands at the end of its last whole week.

    `state`: it has no day of launch; is not on sale yet; has no curve, since it was launched before the sales begin or
    nobody in scope may carry it; has been on sale too short a time; was tried by nobody; has nothing to be compared
    with; or is compared.

    `weeks_ahead`: how many weeks later the median of the earlier launches reached the same trial rate; negative where
    it had it so many weeks earlier, see `weeks_ahead`. `is_at_least`: the median has not reached it yet, so that
    it is that many weeks or more. `triers`: how many tried it. `repeat` and `median_repeat`: of those who tried, the
    share that bought again by then. What cannot be told is None.
    """

    state: State
    week: int
    trial: float | None = None
    median_trial: float | None = None
    weeks_ahead: int | None = None
    is_at_least: bool = False
    repeat: float | None = None
    median_repeat: float | None = None
    triers: int = 0

    @property
    def is_of_few(self) -> bool:
        """Whether too few tried it for a verdict."""
        return self.triers < FEWEST_TRIERS


@dataclass(frozen=True)
class Launch:
    """A launch beside earlier ones.

    `curves`: rows of `launch_curve` of it and of the `earlier` ones (latest first), whole weeks only. `median`: a row a
    week that all earlier ones have, with the median of their trial_rate and repeat_of_triers. `depth`: its rows of
    `launch_depth`.
    """

    sku_id: str
    earlier: tuple[str, ...]
    curves: pd.DataFrame
    median: pd.DataFrame
    depth: pd.DataFrame
    reading: Reading


@dataclass(frozen=True)
class Coverage:
    """How far the circle that a plan names is covered, in customers.

    `whole`: one row of `launch_coverage` over the circle, `parts`: a row a part of it, both at the end of the period.
    `in_time`: those of the circle who had tried it by the plan's last day, None where that day is still to come.
    """

    whole: pd.DataFrame
    parts: pd.DataFrame
    in_time: int | None


def launch(sku_id: str, scope: Scope, *, read: Read) -> Launch:
    """The launch of a product as seen by the customers in scope, up to its last day, whatever products are in scope."""
    everything = all_products(scope)
    products = read("product_list", everything, ())
    launched = {sku: _day(day) for sku, day in zip(products["sku_id"], products["launched_on"], strict=True)}
    rows = read("launch_curve", everything, ())
    has_curve = sku_id in set(rows["sku_id"])
    weeks = {sku: whole_weeks(launched.get(sku), scope.to_date) for sku in {*rows["sku_id"], sku_id}}
    rows = rows[rows["launch_week"] <= rows["sku_id"].map(weeks)]
    earlier = _earlier(sku_id, launched, weeks, set(rows["sku_id"]))
    median = _median(rows[rows["sku_id"].isin(earlier)], len(earlier))
    curve = rows[rows["sku_id"] == sku_id]
    depth = read("launch_depth", everything, ())
    return Launch(
        sku_id=sku_id,
        earlier=earlier,
        curves=rows[rows["sku_id"].isin([sku_id, *earlier])].reset_index(drop=True),
        median=median,
        depth=depth[depth["sku_id"] == sku_id].reset_index(drop=True),
        reading=_reading(_stage(launched.get(sku_id), scope.to_date, has_curve), weeks[sku_id], curve, median),
    )


def all_products(scope: Scope) -> Scope:
    """The same scope over all products."""
    return scope.narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ()))


def whole_weeks(launched_on: date | None, last: date) -> int:
    """Whole weeks since a launch up to the end of a day, at most a year's: a week begun would look like a fall."""
    if launched_on is None or launched_on > last:
        return 0
    return min(((last - launched_on).days + 1) // 7, MOST_WEEKS)


def weeks_ahead(trial: float, week: int, median: list[float]) -> tuple[int, bool]:
    """How many weeks later than `week` the median curve reached the trial rate, and whether it has not yet.

    `median` has the median's trial rate at the end of week 1, 2 …, which never falls. The median reached `trial` at the
    end of the first week in which it is at least as high: that week less `week` is the lead, negative where the launch
    is behind. Where the curve ends below, the lead is at least the week after its end less `week`.
    """
    reached = next((number for number, rate in enumerate(median, start=1) if rate >= trial), None)
    return (len(median) + 1 - week, True) if reached is None else (reached - week, False)


def circle(plan: LaunchPlan, scope: Scope) -> Scope | None:
    """The customers in scope that a plan names, for its product alone; None where it names nobody in scope."""
    conditions: dict[str, tuple[str, ...]] = {}
    named = {"area": plan.areas, "channel": plan.channels, "tier_band": plan.tier_bands}
    for name, values in named.items():
        kept: tuple[str, ...] = getattr(scope, name)
        both = tuple(value for value in values if value in kept) if values and kept else values or kept
        if (values or kept) and not both:
            return None
        conditions[name] = both
    return all_products(scope).narrow(sku=plan.sku_id, **conditions)


def coverage(plan: LaunchPlan, around: Scope, by: str, *, read: Read) -> Coverage:
    """How far a circle is covered at the end of its period, in parts by a dimension, and by the planned day."""
    whole, parts = read("launch_coverage", around, ()), read("launch_coverage", around, (by,))
    if plan.covered_by > around.to_date or whole.empty:
        return Coverage(whole, parts, None)
    then = read("launch_coverage", around.over(min(around.from_date, plan.covered_by), plan.covered_by), ())
    return Coverage(whole, parts, 0 if then.empty else int(then["triers"].iloc[0]))


def _earlier(
    sku_id: str, launched: dict[str, date | None], weeks: dict[str, int], with_curve: set[str]
) -> tuple[str, ...]:
    """The latest products launched before this one that have a curve long enough, latest first."""
    own = launched.get(sku_id)
    days = {
        sku: day
        for sku, day in launched.items()
        if own and day and day < own and sku in with_curve and weeks[sku] >= LEAST_WEEKS
    }
    return tuple(sorted(days, key=lambda sku: (days[sku], sku), reverse=True)[:MOST_EARLIER])


def _median(rows: pd.DataFrame, launches: int) -> pd.DataFrame:
    """The median of each week that all of the launches have."""
    grouped = rows.groupby("launch_week")
    columns = ["trial_rate", "repeat_of_triers"]
    return grouped[columns].median()[grouped.size() == launches].reset_index()


def _stage(launched_on: date | None, last: date, has_curve: bool) -> State | None:
    """Why a launch has no curve, None where it has one."""
    if launched_on is None:
        return "no_day"
    if launched_on > last:
        return "not_on_sale"
    return None if has_curve else "untold"


def _reading(stage: State | None, week: int, curve: pd.DataFrame, median: pd.DataFrame) -> Reading:
    if stage is not None or curve.empty:
        return Reading(stage or "too_early", week)
    last = curve.iloc[-1]
    trial, repeat = float(last["trial_rate"]), _number(last["repeat_of_triers"])
    told = Reading("alone", week, trial, repeat=repeat, triers=int(last["triers"]))
    if week < LEAST_WEEKS:
        return replace(told, state="too_early")
    if trial == 0:
        return replace(told, state="untried")
    if median.empty:
        return told
    ahead, is_at_least = weeks_ahead(trial, week, median["trial_rate"].tolist())
    same = median[median["launch_week"] == week]
    return replace(
        told,
        state="compared",
        median_trial=_number(same["trial_rate"].iloc[0]) if len(same) else None,
        weeks_ahead=ahead,
        is_at_least=is_at_least,
        median_repeat=_number(same["repeat_of_triers"].iloc[0]) if len(same) else None,
    )


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload,arg-type]
