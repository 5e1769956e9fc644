"""A manager's targets of the running month: what is done, where it will land, and how far off that was in the past."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from metrics.managers.landing import FEWEST_MONTHS, Projection, checks, project
from metrics.scope import Scope, end_of_month
from metrics.scorecard import Read

MEASURES = ("amount", "qty", "visits", "numeric_distribution")
"""What targets are set for; distribution is counted in pairs of customer and product."""

HALF_WAY = 10
"""The projection of a month that is over is checked as of this Monday-to-Friday day of it."""


@dataclass(frozen=True)
class Landing:
    """One measure of a month: `done` so far, `target` None where none is set, and where the month will land.

    `projection` is None where the month is over, or where there is too little to learn from. `working_days` have gone
    by in the business when it is made; `checks` are those of metrics.managers.landing as of the same working day, or,
    of a month that is over, as of its tenth.
    """

    measure: str
    done: float
    target: float | None
    working_days: int
    projection: Projection | None
    checks: pd.DataFrame

    @property
    def landing(self) -> float:
        """What the month comes to: as projected, else as it stands."""
        return self.done if self.projection is None else self.projection.landing


@dataclass(frozen=True)
class Month:
    """The month that a scope ends in, as YYYY-MM; whether nothing more will come of it; the measures that have any."""

    name: str
    is_over: bool
    left_on: date | None
    landings: Sequence[Landing]


def month_targets(scope: Scope, manager_id: str, *, last_day_with_data: date | None, read: Read) -> Month:
    """How the manager stands in the month of the scope's last day, measure by measure; those without any are left out.

    The month that a manager was hired in, and those before it, teach nothing and are left out.
    """
    own = scope.narrow(manager=manager_id)
    listed = read("manager_list", own, ())
    left_on = _day(listed["left_on"].iloc[0]) if len(listed) else None
    has_left = left_on is not None and left_on < scope.to_date
    is_over = month_is_over(scope.to_date, last_day_with_data)
    as_of = scope.over(scope.to_date.replace(day=1), half_way(scope.to_date)) if is_over else scope
    month = f"{scope.to_date:%Y-%m}"
    progress = read("month_progress", as_of.narrow(manager=manager_id), ()).assign(manager_id=manager_id)
    standing = _standing(own, progress, "total" if is_over else "done", month, read)
    earlier = {measure: _whole_months(progress, measure, listed) for measure in standing.index}
    before = {measure: rows[rows["month"] < month] for measure, rows in earlier.items()}
    is_new = any(len(rows) < FEWEST_MONTHS for rows in before.values())
    team = _team(as_of, listed, standing.index, read) if is_new else {}
    landings = []
    for measure in standing.index:
        days = progress.loc[(progress["measure"] == measure) & (progress["month"] == month), "working_days"]
        done, target = float(standing.loc[measure, "done"]), standing.loc[measure, "target"]
        most = standing.loc[measure, "most"]
        is_running = len(days) > 0 and not is_over and not has_left
        landings.append(
            Landing(
                measure=measure,
                done=done,
                target=None if pd.isna(target) else float(target),
                working_days=int(days.iloc[0]) if len(days) else 0,
                projection=_projection(done, before[measure], team.get(measure), most) if is_running else None,
                checks=checks(earlier[measure] if is_over else before[measure], team.get(measure)),
            )
        )
    return Month(month, is_over, left_on if has_left else None, landings)


def month_is_over(to_date: date, last_day_with_data: date | None) -> bool:
    """Whether nothing more will come of the month of a day: it is past, or the data ends with only a weekend left."""
    last = end_of_month(to_date)
    if last_day_with_data is None or last_day_with_data > to_date:
        return last_day_with_data is not None and to_date == last
    left = (last_day_with_data + timedelta(number) for number in range(1, (last - last_day_with_data).days + 1))
    return all(day.weekday() >= calendar.SATURDAY for day in left)


def half_way(to_date: date) -> date:
    """The day of the month that a past month is checked as of."""
    days = pd.bdate_range(to_date.replace(day=1), end_of_month(to_date))
    return days[HALF_WAY - 1].date()


def _standing(own: Scope, progress: pd.DataFrame, column: str, month: str, read: Read) -> pd.DataFrame:
    """By measure: what is done, the target and the most there can be; in the order of MEASURES, without the undone.

    Distribution: handlers, those aimed at and those eligible, over the products that have a target, as
    distribution_attainment has it.
    """
    now = progress[progress["month"] == month].set_index("measure")[column].astype(float)
    stated = read("month_targets", own, ())
    by_product = stated["measure"] == "numeric_distribution"
    standing = pd.DataFrame({"done": now, "target": stated[~by_product].groupby("measure")["target"].sum()})
    standing["most"] = float("nan")
    aims = stated[by_product].groupby("sku_id")["target"].sum().astype(float)
    if len(aims):
        so_far = own.over(own.to_date.replace(day=1), own.to_date).narrow(sku=tuple(aims.index))
        found = read("numeric_distribution", so_far, ("sku_id",)).set_index("sku_id")
        if len(found):  # nothing sold yet: nothing is known of who carries what
            aimed_at = (aims.reindex(found.index) * found["eligible"]).sum()
            standing.loc["numeric_distribution"] = [
                float(found["handlers"].sum()),
                float(aimed_at),
                float(found["eligible"].sum()),
            ]
    kept = standing.reindex(MEASURES).dropna(how="all").astype(float)
    return kept.fillna({"done": 0.0})


def _projection(done: float, own: pd.DataFrame, team: pd.DataFrame | None, most: float) -> Projection | None:
    found = project(done, own, team)
    return found if found is None or pd.isna(most) else found.within(max(most, done))


def _whole_months(progress: pd.DataFrame, measure: str, managers: pd.DataFrame) -> pd.DataFrame:
    """Months with anything done in them that began after their manager was hired."""
    rows = progress[(progress["measure"] == measure) & (progress["total"] > 0)]
    hired = rows["manager_id"].map(managers.set_index("manager_id")["hired_on"])
    begins = pd.to_datetime(rows["month"] + "-01")
    return rows[~(begins < pd.to_datetime(hired))]


def _team(as_of: Scope, listed: pd.DataFrame, measures: Iterable[str], read: Read) -> dict[str, pd.DataFrame]:
    """By measure the earlier months of everybody in the manager's team."""
    if listed.empty:
        return {}
    whole = as_of.narrow(team=str(listed["team"].iloc[0]), manager=())
    progress, managers = read("month_progress", whole, ("manager_id",)), read("manager_list", whole, ())
    earlier = progress[progress["month"] < f"{as_of.to_date:%Y-%m}"]
    return {measure: _whole_months(earlier, measure, managers) for measure in measures}


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
