"""Several figures at once: what stands on the same relations is worked out in one statement, and planned once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pandas as pd

from metrics.catalogue import Figure, figure
from metrics.ranking import CUSTOMERS_BY_AMOUNT, Ranking
from metrics.runner import PERIODS, bound_values, checked_split, hold_to
from metrics.scope import Scope
from metrics.statement import statements_together

AnyRequest = tuple[str, Scope, tuple[str, ...]] | tuple[str, Scope, tuple[str, ...], Ranking]
"""A figure, a scope, a split and maybe a ranking, as `metrics.run` takes them."""


def bundled(requests: Iterable[AnyRequest]) -> list[list[AnyRequest]]:
    """The requests, each once, in bundles of one scope and split that `run_together` works out; else by themselves.

    What stands on visits is a bundle of its own, so that two can be worked out side by side. The bundles stand in the
    order of their first requests.
    """
    bundles: defaultdict[object, list[AnyRequest]] = defaultdict(list)
    for request in dict.fromkeys(requests):
        name, scope, by = request[:3]
        ranking = request[3] if len(request) > 3 else CUSTOMERS_BY_AMOUNT
        is_single = figure(name).is_list or ranking != CUSTOMERS_BY_AMOUNT or bool(set(by) & set(PERIODS))
        bundles[request if is_single else (scope, by, "visits" in figure(name).needs)].append(request)
    return list(bundles.values())


def run_bundle(bundle: Sequence[AnyRequest], *, cursor: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The rows of a bundle of several requests, by figure."""
    _name, scope, by, *_ranking = bundle[0]
    return run_together([request[0] for request in bundle], scope, by, cursor=cursor)


def run_together(
    names: Sequence[str], scope: Scope, by: tuple[str, ...], *, cursor: duckdb.DuckDBPyConnection
) -> dict[str, pd.DataFrame]:
    """The rows of figures that are no lists over one scope and split, by name: as `metrics.run` gives each."""
    wanted = [figure(name) for name in names]
    for one in wanted:
        checked_split(one, by, CUSTOMERS_BY_AMOUNT)
    found: dict[str, pd.DataFrame] = {}
    for members, sql in statements_together(wanted, scope, by):
        cursor.execute(sql, bound_values(sql, scope, by))
        split = by or ("whole",)
        stated = [(f"{one.name}.{column}", kind) for one in members for column, kind in one.columns]
        hold_to([("figure", ""), *((dimension, "") for dimension in split), *stated], "Together", cursor)
        rows = cursor.df()
        found |= {one.name: _own(rows[rows["figure"] == one.name], one, by) for one in members}
    return found


def _own(rows: pd.DataFrame, one: Figure, by: tuple[str, ...]) -> pd.DataFrame:
    """A figure's own rows and columns; what has no gaps there has the type of what has none."""
    titles = {f"{one.name}.{column}": column for column, _kind in one.columns}
    own = (
        rows[[*by, *titles]].rename(columns=titles).sort_values(list(by), ignore_index=True)
        if by
        else (rows[list(titles)].rename(columns=titles).reset_index(drop=True))
    )
    return own.astype({name: kind for name in own if (kind := _without_gaps(own[name])) is not None})


def _without_gaps(values: "pd.Series[Any]") -> Any:
    """The plain type of whole numbers or flags that were read beside gaps and have none; None where nothing changes."""
    plain = getattr(values.dtype, "numpy_dtype", None)
    return plain if plain is not None and values.dtype.kind in "iub" and not values.hasnans else None
