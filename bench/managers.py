"""The views of the managers, as `bench.views` measures them: what each computes of a year, and from what."""

from collections.abc import Iterable

from bench.views import YEAR, Request, View, now_and_before
from metrics import Scope
from metrics.managers.score import score
from metrics.managers.scorecard import card, requests
from metrics.scorecard import Read
from warehouse.settings import load_settings

MOST_RATIO = 6.0
MOST_SECONDS = 0.4


def scorecard_data(scope: Scope, read: Read) -> object:
    """Every manager's and team's figures, and the score they make."""
    return score(card(scope, read=read), load_settings().score)


def scorecard_requests(scope: Scope, _read: Read) -> Iterable[Request]:
    """What the scorecard reads side by side."""
    return requests(scope)


GOODS = ("order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "owner_id")
VIEWS = [
    View(
        "managers: scorecard", scorecard_data, YEAR, GOODS, now_and_before, MOST_RATIO, MOST_SECONDS, scorecard_requests
    ),
]
