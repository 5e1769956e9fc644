"""Handing over a manager's key customers: what the next one must know, and who in the team knows them already."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read, Request

Visit = dict[Hashable, Any]
LAST_VISITS = 3
FIGURES = ("vital_few", "habits", "acquaintances", "visit_list")


def requests(scope: Scope, manager_id: str) -> list[Request]:
    """What `handover_rows` and `last_visits` read, so that a screen may work it out side by side."""
    return [(name, scope.narrow(manager=manager_id), ()) for name in FIGURES]


def handover_rows(scope: Scope, manager_id: str, *, read: Read) -> pd.DataFrame:
    """The key customers that the manager has on the scope's last day, the largest first.

    Rows of `vital_few`, with the columns of `habits`, and `acquainted`: (name, visits) of others in the team who were
    there in the twelve months, most visits first.
    """
    own = scope.narrow(manager=manager_id)
    rows = read("vital_few", own, ())
    rows = rows[rows["is_key"]].merge(read("habits", own, ()), on="customer_id", how="left")
    known = read("acquaintances", own, ())
    by_customer = {
        customer: list(zip(part["person_name"], part["visits"], strict=True))
        for customer, part in known.groupby("customer_id", sort=False)
    }
    acquainted = pd.Series([by_customer.get(customer, []) for customer in rows["customer_id"]], dtype=object)
    return rows.assign(acquainted=acquainted)


def last_visits(scope: Scope, manager_id: str, *, read: Read) -> dict[str, list[Visit]]:
    """The newest three visits to each of the manager's customers, by whomever, within twelve months.

    Each is a row of `visit_list`, by column.
    """
    visits = read("visit_list", scope.narrow(manager=manager_id), ())
    newest: dict[str, list[Visit]] = {}
    for visit in visits.groupby("customer_id", sort=False).head(LAST_VISITS).to_dict("records"):
        newest.setdefault(str(visit["customer_id"]), []).append(visit)
    return newest


def handovers_of(checks: pd.DataFrame, manager_id: str) -> pd.DataFrame:
    """Of the rows of `handover_check`, those in which the manager gave or took."""
    own = checks[(checks["from_manager"] == manager_id) | (checks["to_manager"] == manager_id)]
    return own.reset_index(drop=True)
