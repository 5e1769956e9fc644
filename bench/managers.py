"""The views of the managers, as `bench.views` measures them: what each computes of a year, and from what."""

from collections.abc import Iterable

from bench.views import YEAR, Request, View, now_and_before
from metrics import Scope
from metrics.managers import five_steps, ladder
from metrics.managers.compared import requests as comparison_requests
from metrics.managers.distinguished import Criteria, distinguished
from metrics.managers.distinguished import requests as nomination_requests
from metrics.managers.earlier_newcomers import first_weeks
from metrics.managers.fair import fair
from metrics.managers.score import score
from metrics.managers.scorecard import card, requests
from metrics.scorecard import Read
from warehouse.activity import Recorded
from warehouse.settings import load_settings

MOST_RATIO = 6.0
MOST_SECONDS = 0.4


def scorecard_data(scope: Scope, read: Read) -> object:
    """Every manager's and team's figures, and the score they make."""
    return score(card(scope, read=read), load_settings().score)


def scorecard_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the scorecard reads side by side."""
    return requests(scope)


def month_data(scope: Scope, read: Read) -> object:
    """Fifteen cells of every manager in the last month, and what they are made from in the one before."""
    return five_steps.five_steps(_last_month(scope), Recorded(YEAR.from_date, ()), [], load_settings(), read=read)


def month_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the 135 month reads side by side."""
    return five_steps.requests(_last_month(scope))


def ladder_data(scope: Scope, read: Read) -> object:
    """The ladders of all newcomers, their coaches, and the first weeks of the newest."""
    settings, managers = load_settings(), read("manager_list", scope, ())
    found = ladder.ladders(scope, settings, read=read)
    hired = managers.set_index("manager_id")["hired_on"].dropna()
    weeks = read("first_weeks", scope, ())
    return ladder.coach_loads(found, settings), [first_weeks(each.manager_id, weeks, hired) for each in found[:1]]


def ladder_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the apprentice ladder reads side by side."""
    return [*ladder.requests(scope), ("first_weeks", scope, ())]


def _last_month(scope: Scope) -> Scope:
    return scope.trailing_months(1)


def fair_data(scope: Scope, read: Read) -> object:
    """All managers against their territories and chance, by what takes most work."""
    return fair(scope, "focus_distribution", read=read)


def fair_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the comparison reads side by side."""
    return comparison_requests("focus_distribution", scope)


def distinguished_data(scope: Scope, read: Read) -> object:
    """Who is nominated, with the evidence."""
    return distinguished(scope, CRITERIA, read=read)


def distinguished_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the list reads side by side."""
    return nomination_requests(scope, CRITERIA)


CRITERIA = Criteria(3, "focus_distribution", 0.8, 0.5, 10, 5)
GOODS = ("order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "owner_id")
VIEWS = [
    View(
        "managers: scorecard", scorecard_data, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, scorecard_requests
    ),
    View("managers: 135 month", month_data, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, month_requests),
    View("managers: ladder", ladder_data, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, ladder_requests),
    View("managers: fair comparison", fair_data, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, fair_requests),
    View(
        "managers: distinguished",
        distinguished_data,
        YEAR,
        GOODS,
        now_and_before,
        MOST_RATIO,
        MOST_SECONDS,
        distinguished_requests,
    ),
]
