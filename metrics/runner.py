"""From a figure's name and a scope to its rows: the one way a figure is computed, on screen and off it."""

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import duckdb
import pandas as pd

from metrics.catalogue import DIMENSIONS, Figure, figure
from metrics.ranking import CUSTOMERS_BY_AMOUNT, Ranking
from metrics.scope import Scope
from metrics.statement import statement
from warehouse.errors import PinyuError

PERIODS = ("month", "week")
_PARAMETER = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")


class WrongSplit(PinyuError):
    """A figure was asked for by a dimension that it cannot be split by."""


class HeaderMismatch(PinyuError):
    """A figure's result is not what its header states."""


def run(
    name: str,
    scope: Scope,
    by: str | Iterable[str] = (),
    ranking: Ranking = CUSTOMERS_BY_AMOUNT,
    *,
    cursor: duckdb.DuckDBPyConnection,
) -> pd.DataFrame:
    """The rows of a figure: the columns of `by`, then those that its header states, fully ordered.

    `ranking` says what the figures of concentration rank and by which measure; other figures do not heed it.

    By month or week every period is clipped to the scope, and its rows equal those of a run over that period
    alone. A group without data has no row. Raises UnknownFigure, WrongSplit, or HeaderMismatch where file and
    result differ.
    """
    wanted = figure(name)
    split = checked_split(wanted, (by,) if isinstance(by, str) else tuple(by), ranking)
    period = next((dimension for dimension in split if dimension in PERIODS), None)
    if period is None or wanted.periods == "grouped":
        return _run_once(wanted, scope, split, ranking, cursor)
    return _run_each(wanted, scope, split, period, ranking, cursor)


def value(name: str, scope: Scope, *, cursor: duckdb.DuckDBPyConnection) -> float | None:
    """The figure as one number over the whole scope, or None where there is no data."""
    rows = run(name, scope, cursor=cursor)
    if rows.empty or pd.isna(rows[name].iloc[0]):
        return None
    return float(rows[name].iloc[0])


def _run_each(
    wanted: Figure,
    scope: Scope,
    split: tuple[str, ...],
    period: str,
    ranking: Ranking,
    cursor: duckdb.DuckDBPyConnection,
) -> pd.DataFrame:
    """One query a period, side by side on cursors of their own: planning, not scanning, takes most of the time."""
    rest = tuple(dimension for dimension in split if dimension != period)

    def run_period(labelled: tuple[str, Scope]) -> pd.DataFrame:
        label, part = labelled
        return _run_once(wanted, part, rest, ranking, cursor.cursor()).assign(**{period: label})

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        frames = list(pool.map(run_period, scope.months() if period == "month" else scope.weeks()))
    rows = pd.concat([frame for frame in frames if not frame.empty] or frames[:1], ignore_index=True)
    columns = [*split, *(column for column, _ in wanted.columns)]
    return rows[columns].sort_values(list(split), kind="stable", ignore_index=True)


def _run_once(
    wanted: Figure, scope: Scope, by: tuple[str, ...], ranking: Ranking, cursor: duckdb.DuckDBPyConnection
) -> pd.DataFrame:
    sql = statement(wanted, scope, by, ranking)
    cursor.execute(sql, bound_values(sql, scope, by))
    _hold_to_header(wanted, by, cursor)
    rows = cursor.df()
    return rows if by or wanted.is_list else rows.drop(columns="whole")


def bound_values(sql: str, scope: Scope, by: tuple[str, ...]) -> dict[str, object]:
    """The values that a statement binds by name."""
    named = set(_PARAMETER.findall(_COMMENT.sub("", sql)))
    return {name: value for name, value in scope.parameters(by_day="week" in by).items() if name in named}


def checked_split(wanted: Figure, by: tuple[str, ...], ranking: Ranking) -> tuple[str, ...]:
    """The split, if the figure can be split so; raises WrongSplit."""
    if wanted.is_ranking and ranking.ranked in by:
        raise WrongSplit(f"{wanted.name} cannot rank {ranking.ranked} within each.", "Split by something else.")
    for dimension in by:
        if dimension not in DIMENSIONS or dimension not in wanted.by:
            allowed = ", ".join(wanted.by) or "nothing"
            raise WrongSplit(f"{wanted.name} cannot be split by {dimension!r}.", f"It can be split by {allowed}.")
    if len(set(by)) < len(by) or sum(dimension in PERIODS for dimension in by) > 1:
        raise WrongSplit(
            f"{wanted.name} was asked for by {', '.join(by)}.", "Name each dimension once, and one of month and week."
        )
    return by


def _hold_to_header(wanted: Figure, by: tuple[str, ...], cursor: duckdb.DuckDBPyConnection) -> None:
    groups = by or (() if wanted.is_list else ("whole",))
    hold_to(list(chain(((dimension, "") for dimension in groups), wanted.columns)), wanted.name, cursor)


def hold_to(stated: list[tuple[str, str]], name: str, cursor: duckdb.DuckDBPyConnection) -> None:
    """Raise HeaderMismatch where a result has other columns, or columns of other types, than is stated."""
    found = [(column[0], str(column[1]).lower()) for column in cursor.description or []]
    agree = len(found) == len(stated) and all(
        column == stated_column and kind.startswith(stated_kind)
        for (column, kind), (stated_column, stated_kind) in zip(found, stated, strict=True)
    )
    if not agree:
        raise HeaderMismatch(f"{name} states the columns {stated} but gives {found}.", "Correct the header or select.")
