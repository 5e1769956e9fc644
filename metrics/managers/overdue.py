"""Which customers a manager should have seen by now: days since the last visit against the cycle of their tier."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read


def cycle_days(tier: object, cycles: Mapping[int, int]) -> int:
    """Days that may pass between two visits to a customer of a tier.

    `cycles` gives the days from a tier on, until the next that it names. A tier below the lowest named has the cycle of
    that; where the tier is unknown the longest cycle holds, so that nobody is told to be late who may not be.
    """
    if pd.isna(tier):  # type: ignore[call-overload]
        return max(cycles.values())
    begun = [lowest for lowest in cycles if lowest <= int(tier)]  # type: ignore[call-overload]
    return cycles[max(begun) if begun else min(cycles)]


def visit_due(scope: Scope, manager_id: str, cycles: Mapping[int, int], *, read: Read) -> pd.DataFrame:
    """The customers that the manager has on the scope's last day, who has waited longest for its cycle first.

    Rows of `visit_due` with cycle (days), overdue_days (beyond the cycle, 0 where it is not over), waited (days since ÷
    cycle; infinite where nobody knows of any visit, handover or opening) and is_overdue.
    """
    rows = read("visit_due", scope.narrow(manager=manager_id), ())
    cycle = np.array([cycle_days(tier, cycles) for tier in rows["tier"]], dtype=float)
    days = rows["days_since_manager"].astype(float)
    waited = (days / cycle).fillna(np.inf)
    rows = rows.assign(cycle=cycle, overdue_days=(days - cycle).clip(lower=0), waited=waited, is_overdue=waited > 1)
    return rows.sort_values(["waited", "customer_id"], ascending=[False, True], ignore_index=True)


def overdue(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the rows of `visit_due` those whose cycle is over."""
    return rows[rows["is_overdue"]].reset_index(drop=True)
