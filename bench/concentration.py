"""The views of 20/80, as `bench.views` measures them: what each computes of a year, and what it stands on."""

from collections.abc import Callable, Iterable

import pandas as pd

from bench.views import YEAR, Request, View, now, now_and_before
from metrics import Ranking, Scope
from metrics.concentration.handover import handover_rows, handovers_of, last_visits
from metrics.concentration.handover import requests as handover_requests
from metrics.concentration.movement import movement
from metrics.concentration.multiples import multiples
from metrics.concentration.relationship import month_before, month_of, moved, relationships, request
from metrics.concentration.shape import ReadRanking, requests, shape
from metrics.concentration.vital import vital_parts, vital_requests, vital_rows
from metrics.concentration.what_if import exposures, loss
from warehouse.relationships import LEAST, RULES

CUSTOMERS = Ranking()
MOST_RATIO = 4.0
MOST_SECONDS = 0.3


def shape_data(scope: Scope, read: ReadRanking) -> object:
    """Measures, curves, intervals and trend of the customers by amount."""
    return shape(scope, CUSTOMERS, read=read)


def multiples_data(scope: Scope, read: ReadRanking) -> object:
    """The same by manager, of whom there are most."""
    return multiples(scope, "manager_id", CUSTOMERS, read=read)


def vital_data(scope: Scope, read: ReadRanking) -> object:
    """The vital few in parts, and the type of each."""
    return vital_parts(vital_rows(scope, read=read)), _types(month_of(scope), read)


def movement_data(scope: Scope, read: ReadRanking) -> object:
    """From last year to now."""
    return movement(scope, scope.last_year(), CUSTOMERS, read=read)


def relationship_data(scope: Scope, read: ReadRanking) -> object:
    """The types of the last month, and who moved since the month before."""
    return moved(_types(month_of(scope), read), _types(month_before(scope, "previous"), read))


def what_if_data(scope: Scope, read: ReadRanking) -> object:
    """The largest exposures, and the loss of the three largest customers."""
    largest = exposures(scope, read=read)
    return loss(scope, read=read, customer=tuple(largest["customer_id"]["ranked_id"].head(3)))


def handover_data(scope: Scope, read: ReadRanking) -> object:
    """What the largest manager would hand over."""
    manager = _largest_manager(scope, read)
    return handover_rows(scope, manager, read=read), last_visits(scope, manager, read=read)


def handover_check_data(scope: Scope, read: ReadRanking) -> object:
    """How the handovers went."""
    return handovers_of(read("handover_check", scope), _largest_manager(scope, read))


def balance_data(scope: Scope, read: ReadRanking) -> object:
    """Visits against sales, and each manager's balance."""
    return read("service_by_decile", scope), read("service_gini", scope, ("manager_id",))


def _types(month: Scope, read: ReadRanking) -> pd.DataFrame:
    return relationships(month, RULES, LEAST, read=read)


def _largest_manager(scope: Scope, read: ReadRanking) -> str:
    return str(read("ranking", scope, (), Ranking("manager_id"))["ranked_id"].iloc[0])


def _year_and_before(scope: Scope) -> list[Scope]:
    """The twelve months up to the last day, and those before."""
    return [scope.year(), scope.year().last_year()]


AHEAD: dict[str, Callable[[Scope, ReadRanking], Iterable[Request]]] = {
    "shape": lambda scope, _read: requests(scope, CUSTOMERS),
    "vital few": lambda scope, _read: [*vital_requests(scope), request(month_of(scope))],
    "relationships": lambda scope, _read: [request(month_of(scope)), request(month_before(scope, "previous"))],
    "handover": lambda scope, read: handover_requests(scope, _largest_manager(scope, read)),
}
BUYERS = ("order_date", "customer_id", "owner_id", "amount")
GOODS = (*BUYERS, "sku_id", "qty")
VIEWS = [
    View(f"20/80: {name}", work_out, YEAR, columns, periods, MOST_RATIO, MOST_SECONDS, AHEAD.get(name))
    for name, work_out, columns, periods in (
        ("shape", shape_data, BUYERS, now_and_before),
        ("side by side", multiples_data, BUYERS, now),
        ("vital few", vital_data, GOODS, _year_and_before),
        ("movement", movement_data, BUYERS, now_and_before),
        ("relationships", relationship_data, GOODS, now),
        ("what if", what_if_data, BUYERS, now),
        ("handover", handover_data, GOODS, _year_and_before),
        ("after the handover", handover_check_data, BUYERS, _year_and_before),
        ("balance", balance_data, BUYERS, now),
    )
]
