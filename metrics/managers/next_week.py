"""The visits suggested for a manager's next week: who gives most reason to be seen, small customers too, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from warehouse.launch_plans import LaunchPlan

POINTS = {"overdue_key": 3, "overdue": 2, "order_missed": 2, "lost": 2, "launch": 1, "due": 0}
"""What each kind of reason weighs, once a customer. Size weighs nothing but for being key."""

LONG_OVERDUE, LONG_POINTS = 2.0, 1
"""Who has waited for so many cycles has so many points more."""

SMALL_SHARE = 0.3
"""At least this share of the visits goes to overdue customers of the smaller half, as far as there are so many."""

WORKING_DAYS = 5
WEEK = 7


@dataclass(frozen=True)
class Reason:
    """Why a customer should be seen: one of POINTS, 'due' where nothing presses but the calendar.

    `number`: of overdue and due the days since the last visit, None where none is known of; of order_missed how many;
    of lost the cartons bought before. `cycle`: the customer's, in days. `products`: their names, of lost and launch.
    """

    kind: str
    number: float | None = None
    cycle: int = 0
    products: tuple[str, ...] = ()


def next_monday(last_day: date) -> date:
    """The Monday after a day: the week planned from what was known on it begins then."""
    return last_day + timedelta(WEEK - last_day.weekday())


def is_beyond_data(monday: date, last_day_with_data: date | None, fresh_days: int) -> bool:
    """Whether a week begins so long after the data ends that nothing could be said of who has waited.

    As long as the data counts as fresh, `fresh_days` after its last day, the week that follows may be planned.
    """
    return last_day_with_data is None or monday > last_day_with_data + timedelta(fresh_days + WEEK)


def visit_reasons(
    due: pd.DataFrame, found: pd.DataFrame, plans: Mapping[str, LaunchPlan] | None = None
) -> dict[str, list[Reason]]:
    """By customer the reasons for a visit, the weightiest first; everybody has one at least.

    `due` are the rows of metrics.managers.overdue.visit_due, `found` those of the figure visit_reasons. `plans`: launch
    plans by product: of a launch that has one only the customers in its circle are to be won.
    """
    is_wanted = [_is_wanted(row, plans or {}) for row in _with_places(found, due).itertuples(index=False)]
    found = found[np.array(is_wanted, dtype=bool)]
    by_customer = {str(customer): rows for customer, rows in found.groupby("customer_id", sort=False)}
    reasons = {}
    for customer in due.itertuples(index=False):
        own = [_of_calendar(customer), *_of_orders(by_customer.get(str(customer.customer_id)))]
        if len(own) > 1 and own[0].kind == "due":
            own = own[1:]
        reasons[str(customer.customer_id)] = sorted(own, key=lambda reason: -POINTS[reason.kind])
    return reasons


def suggested(due: pd.DataFrame, reasons: Mapping[str, Sequence[Reason]], count: int) -> pd.DataFrame:
    """The `count` customers with the most points, or all there are: rows of `due` with their points.

    Of equals who has waited longest for its cycle comes first, then by customer no. Where fewer than SMALL_SHARE of
    them are overdue customers of the smaller half, by twelve months' amount, the next of these take the last places.
    """
    points = [_points(customer, reasons[str(customer.customer_id)]) for customer in due.itertuples(index=False)]
    ranked = due.assign(points=points, is_small=due["year_amount"].fillna(0).rank(method="first") <= len(due) // 2)
    ranked = ranked.sort_values(["points", "waited", "customer_id"], ascending=[False, False, True], ignore_index=True)
    is_owed = ranked["is_small"] & ranked["is_overdue"]
    owed = list(ranked.index[is_owed][: int(np.ceil(SMALL_SHARE * count))])
    others = [place for place in ranked.index if place not in owed]
    kept = sorted([*owed, *others[: count - len(owed)]])
    return ranked.loc[kept].reset_index(drop=True)


def by_day(chosen: pd.DataFrame, monday: date) -> pd.DataFrame:
    """The same with plan_date, area by area from Monday to Friday, as many a day as needed.

    Areas with most visits come first, so that a day is spent in one area as far as can be; within one the order stays.
    """
    visits = chosen.groupby("area")["customer_id"].transform("count")
    route = chosen.assign(visits_there=-visits).sort_values(["visits_there", "area"], kind="stable", ignore_index=True)
    a_day = max(1, -(-len(route) // WORKING_DAYS))
    days = [monday + timedelta(place // a_day) for place in range(len(route))]
    return route.assign(plan_date=pd.Series(days, index=route.index, dtype="object")).drop(columns="visits_there")


def _with_places(found: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    """Where and what each customer is, beside the reasons found."""
    return found.merge(due[["customer_id", "area", "channel", "tier_band"]], on="customer_id", how="left")


def _is_wanted(row: Any, plans: Mapping[str, LaunchPlan]) -> bool:
    plan = plans.get(row.sku_id) if row.kind == "launch" else None
    return plan is None or all(
        not named or value in named
        for value, named in ((row.area, plan.areas), (row.channel, plan.channels), (row.tier_band, plan.tier_bands))
    )


def _of_calendar(customer: Any) -> Reason:
    days = None if pd.isna(customer.days_since_manager) else float(customer.days_since_manager)
    kind = "due" if not customer.is_overdue else "overdue_key" if customer.is_key else "overdue"
    return Reason(kind, days, int(customer.cycle))


def _of_orders(rows: pd.DataFrame | None) -> list[Reason]:
    if rows is None:
        return []
    reasons = []
    for kind, part in rows.groupby("kind", sort=False):
        number = None if part["number"].isna().all() else float(part["number"].sum())
        products = () if kind == "order_missed" else tuple(part["sku_name"])
        reasons.append(Reason(str(kind), number, products=products))
    return reasons


def _points(customer: Any, reasons: Sequence[Reason]) -> int:
    long = LONG_POINTS if customer.waited >= LONG_OVERDUE else 0
    return long + sum(POINTS[reason.kind] for reason in reasons)
