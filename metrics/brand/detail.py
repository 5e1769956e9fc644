"""One brand or product: its trend, where it is distributed, and what moved it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from metrics.brand.change import Change, HandlerBridge, handler_bridge, period_before, sales_change
from metrics.scope import Scope
from metrics.scorecard import Read, Request

TREND_MEASURES = ("numeric_distribution", "repeat_rate", "velocity", "qty", "amount")
"""What can be followed over time: columns of `reach_trend`, worked out in one pass."""

TREND_STEPS = 13
"""Months or weeks of a trend: a year and the month it began with, or a quarter."""


PLACES = {"area": ("area", "tier_band"), "channel": ("channel",), "manager_id": ("manager_id",)}
"""What distribution is looked at across, and the dimensions of each."""


@dataclass(frozen=True)
class Moved:
    """Who came and went, and what the change is made of."""

    bridge: HandlerBridge
    change: Change


def trend(scope: Scope, measure: str, step: str, *, read: Read) -> pd.DataFrame:
    """One of TREND_MEASURES by whole months or weeks, the last ending with the scope or before.

    Columns: the step's name and the figure. Periods before the products were launched are left out; one without data
    has no value.
    """
    over = scope.trailing_months(TREND_STEPS) if step == "month" else trailing_weeks(scope, TREND_STEPS)
    periods = list(over.months() if step == "month" else over.weeks())
    begins = on_sale_since(scope, read=read)
    labels = [label for label, period in periods if begins is None or period.to_date >= begins]
    rows = read("reach_trend", over, (step,))
    return pd.DataFrame({step: labels}).merge(rows[[step, measure]], on=step, how="left")


def on_sale_since(scope: Scope, *, read: Read) -> date | None:
    """The first day of launch of the products in scope; None where one of them has none."""
    days = read("product_list", scope, ())["launched_on"]
    return None if days.empty or days.isna().any() else pd.Timestamp(days.min()).date()


def trailing_weeks(scope: Scope, count: int) -> Scope:
    """The last `count` whole weeks, Monday to Sunday, up to the scope's last day: one begun would look like a fall."""
    sunday = scope.to_date - timedelta((scope.to_date.weekday() + 1) % 7)
    return scope.over(sunday - timedelta(7 * count - 1), sunday)


def places(scope: Scope, across: str, *, read: Read) -> pd.DataFrame:
    """Numeric distribution with handlers and eligible customers, across one of PLACES."""
    return read("numeric_distribution", scope, PLACES[across])


def moved_requests(scope: Scope, against: str) -> list[Request]:
    """What `moved` reads, so that a screen may work it out side by side."""
    periods = (period_before(scope, against), scope)
    return [(name, period, ()) for name in ("handler_list", "sales_factors") for period in periods]


def moved(scope: Scope, of: str, *, against: str, read: Read) -> Moved:
    """What moved it against the period before or last year, in quantity ('qty') or amount."""
    return Moved(
        bridge=handler_bridge(scope, against=against, read=read),
        change=sales_change(scope, of, against=against, read=read),
    )
