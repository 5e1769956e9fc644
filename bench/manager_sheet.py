"""The parts of one manager's sheet, as `bench.views` measures them: what each computes of a year, and from what."""

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from bench.views import YEAR, Request, View, now_and_before
from metrics import Scope
from metrics.managers.change import change_split
from metrics.managers.next_week import by_day, suggested, visit_reasons
from metrics.managers.overdue import visit_due
from metrics.managers.strengths import distances
from metrics.managers.strengths import requests as strengths_requests
from metrics.managers.targets import month_targets
from metrics.scorecard import Read
from warehouse.settings import load_settings

MOST_RATIO = 6.0
MOST_SECONDS = 0.4
RUNNING = Scope(date(2026, 10, 1), date(2026, 10, 20))


def manager(scope: Scope, read: Read) -> tuple[str, str]:
    """The first manager who has customers, and the team."""
    listed = read("manager_list", scope, ())
    first = listed[listed["customers"] > 0].iloc[0]
    return str(first["manager_id"]), str(first["team"])


def targets_data(_scope: Scope, read: Read) -> object:
    """Where a month two thirds of which are over will land, and the checks."""
    return month_targets(RUNNING, manager(RUNNING, read)[0], last_day_with_data=RUNNING.to_date, read=read)


def moved_data(scope: Scope, read: Read) -> object:
    """The year's change, split."""
    return change_split(scope, manager(scope, read)[0], read=read)


def strengths_data(scope: Scope, read: Read) -> object:
    """Every distance from the team."""
    return distances(scope, *manager(scope, read), read=read)


def strengths_ahead(scope: Scope, read: Read) -> Iterable[Request]:
    """What the strengths read side by side."""
    return strengths_requests(scope, manager(scope, read)[1])


def visits_data(scope: Scope, read: Read) -> object:
    """The calendar of thirteen weeks, and who is overdue."""
    own = scope.narrow(manager=manager(scope, read)[0])
    weeks = own.over(own.to_date - timedelta(13 * 7), own.to_date)
    return read("visit_days", weeks, ()), _due(scope, read)


def week_data(scope: Scope, read: Read) -> object:
    """The next week, with reasons."""
    due = _due(scope, read)
    reasons = visit_reasons(due, read("visit_reasons", scope.narrow(manager=manager(scope, read)[0]), ()))
    return by_day(suggested(due, reasons, load_settings().visits_a_week), date(2026, 11, 2))


def _due(scope: Scope, read: Read) -> pd.DataFrame:
    return visit_due(scope, manager(scope, read)[0], load_settings().visit_cycles, read=read)


GOODS = ("order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "owner_id")
VIEWS = [
    View(f"one manager: {name}", work_out, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, ahead)
    for name, work_out, ahead in (
        ("targets", targets_data, None),
        ("what changed", moved_data, None),
        ("strengths", strengths_data, strengths_ahead),
        ("visits", visits_data, None),
        ("next week", week_data, None),
    )
]
