"""What pages tell of a manager's analysis: that the sheet was opened or a list exported. No page fails for it."""

import logging
from collections.abc import Callable, Collection
from datetime import date

from metrics import Scope
from metrics.scope import UNKNOWN
from ui.installation import private_warehouse, settings
from ui.recording import is_recording
from warehouse.activity import (
    FOCUSES,
    LIST_EXPORTED,
    SHEET_OPENED,
    Activity,
    Recorded,
    record_activity,
    recorded_activity,
)
from warehouse.errors import PinyuError

SHEET_SPEAKS_FOR = ("customer", "market")
"""One manager's sheet shows the customers in the manager's care and the territory's results against its targets."""
DOORS_SPEAK_FOR = ("brand",)
HANDOVER_SPEAKS_FOR = ("customer",)
SCORECARD_SPEAKS_FOR = ("market",)
MONTH_SPEAKS_FOR = FOCUSES
_log = logging.getLogger("pinyu")


def sheet_opened(manager_id: str, scope: Scope) -> None:
    """Keep that one manager's sheet is shown over the scope's period.

    Of data that nobody else sees, and of a sheet that is frozen for a meeting, it says nothing.
    """
    if private_warehouse() is None and not is_recording():
        _keep(SHEET_OPENED, manager_id, SHEET_SPEAKS_FOR, scope)


def on_export(managers: Collection[object], focuses: Collection[str], scope: Scope) -> Callable[[], None]:
    """What to call when a list is asked for: keeps that it was, where the list is about one manager and no other.

    It needs no session, so that it may be called while a download is made.
    """
    told = set() if private_warehouse() else {str(manager) for manager in managers} - {UNKNOWN}

    def keep() -> None:
        if len(told) == 1:
            _keep(LIST_EXPORTED, next(iter(told)), focuses, scope)

    return keep


def recorded(month: str) -> Recorded | None:
    """The activity of a month (YYYY-MM); None, told in the log, where the records cannot be read."""
    try:
        return recorded_activity(month, settings())
    except PinyuError:
        _log.exception("What was looked into could not be read")
        return None


def _keep(what: str, manager_id: str, focuses: Collection[str], scope: Scope) -> None:
    today = date.today()
    month = f"{min(scope.to_date, today):%Y-%m}"
    try:
        record_activity((Activity(today, what, manager_id, focus, month) for focus in focuses), settings())
    except PinyuError:
        _log.exception("What was looked into could not be recorded")
