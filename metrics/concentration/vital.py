"""The vital few in parts: whom nobody saw, who falls, who is late with an order, who came and who is gone."""

import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read, Request

SUPERVISOR_DAYS = 90
"""Leaders know the vital few in person: longer unseen by the supervisor stands out."""
PARTS = ("key", "unseen", "falling", "overdue", "new", "gone")


def vital_rows(scope: Scope, *, read: Read) -> pd.DataFrame:
    """Rows of `vital_few` with the number of products each takes."""
    few, products = (read(*request) for request in vital_requests(scope))
    return few.merge(products, on="customer_id", how="left")


def vital_requests(scope: Scope) -> list[Request]:
    """What `vital_rows` reads, so that a screen may work it out side by side."""
    return [("vital_few", scope, ()), ("vital_products", scope, ())]


def vital_parts(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows of `vital_few` by part, a customer in as many as it belongs to.

    key: all that are key now; of these, unseen: not visited by the supervisor within 90 days or ever; falling: less
    than the year before; overdue: an order missed against its own rhythm; new: not key a year before. gone: key a
    year before and no longer.
    """
    key = rows[rows["is_key"]]
    unseen = key["days_since_supervisor"].isna() | (key["days_since_supervisor"] > SUPERVISOR_DAYS)
    parts = {
        "key": key,
        "unseen": key[unseen],
        "falling": key[key["year_growth"].fillna(0) < 0],
        "overdue": key[key["orders_missed"].fillna(0) >= 1],
        "new": key[~key["was_key"]],
        "gone": rows[rows["was_key"] & ~rows["is_key"]],
    }
    return {name: part.reset_index(drop=True) for name, part in parts.items()}
