"""Several figures side by side, one row a group: what a scorecard or a portfolio table shows."""

from collections.abc import Callable, Iterable

import pandas as pd

from metrics.catalogue import figure
from metrics.scope import Scope

Read = Callable[[str, Scope, tuple[str, ...]], pd.DataFrame]
"""Gives the rows of a figure, as `metrics.run` on a cursor or a cached reading of it does."""


def scorecard(names: Iterable[str], scope: Scope, by: str, *, read: Read) -> pd.DataFrame:
    """One row for each value of the dimension `by` that any of the figures knows, a column for each figure.

    Only the figures' own columns are kept, without their parts. A figure that cannot be split by `by`, or has
    no data for a group, leaves its cell empty. Rows are in the order of `by`.
    """
    table = pd.DataFrame({by: pd.Series(dtype="object")})
    for name in names:
        if by in figure(name).by:
            table = table.merge(read(name, scope, (by,))[[by, name]], on=by, how="outer")
        else:
            table[name] = float("nan")
    return table.sort_values(by, ignore_index=True)
