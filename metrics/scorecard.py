"""Several figures side by side, one row a group: what a scorecard or a portfolio table shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from metrics.catalogue import figure
from metrics.scope import Scope

Read = Callable[[str, Scope, tuple[str, ...]], pd.DataFrame]
"""Gives the rows of a figure, as `metrics.run` on a cursor or a cached reading of it does."""

Request = tuple[str, Scope, tuple[str, ...]]
"""A figure, a scope and a split, as a reading takes them."""

ReadValue = Callable[[str, Scope], float | None]
"""Gives a figure as one number, or None where there is no data, as `metrics.value` does."""


@dataclass(frozen=True)
class Comparison:
    """A figure in the period, in the one of the same length before, and on the same days a year earlier."""

    now: float | None
    previous: float | None
    last_year: float | None


def compare(name: str, scope: Scope, *, read: ReadValue) -> Comparison:
    """A figure now, before, and a year ago; None where there is no data."""
    return Comparison(read(name, scope), read(name, scope.previous()), read(name, scope.last_year()))


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
