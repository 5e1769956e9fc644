"""Next week's visit list out of the doors: each manager's first few, spread over the working days."""

from datetime import date, timedelta

import pandas as pd

from metrics.scope import UNKNOWN

WORKING_DAYS = 5


def visit_plan(rows: pd.DataFrame, count: int, monday: date | None) -> pd.DataFrame:
    """The first `count` rows of each manager, by manager and rank, with a plan_date.

    The days run from `monday` to Friday: as many visits a day as needed, the best doors first. Without `monday` they
    are left blank, for the manager to fill in. Rows without a manager are left out: nobody would go.
    """
    managed = rows[rows["manager_id"] != UNKNOWN]
    rank = managed.groupby("manager_id", sort=False).cumcount()
    chosen = managed[rank < count].assign(position=rank + 1)
    a_day = -(-count // WORKING_DAYS)
    days = [None if monday is None else monday + timedelta((place - 1) // a_day) for place in chosen["position"]]
    plan = chosen.assign(plan_date=pd.Series(days, index=chosen.index, dtype="object"))
    return plan.sort_values(["manager_id", "position"])


def next_monday(today: date) -> date:
    """The Monday of the week after the one that `today` is in."""
    return today + timedelta(7 - today.weekday())
