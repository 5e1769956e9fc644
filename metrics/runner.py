"""From a figure's name and a scope to its rows: the one way a figure is computed, on screen and off it."""

import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import duckdb
import pandas as pd

from metrics.catalogue import DIMENSIONS, Figure, figure, relations
from metrics.ranking import CUSTOMERS_BY_AMOUNT, Ranking
from metrics.scope import CUSTOMER_CONDITIONS, Scope
from metrics.summed import MONTHS, periods_named, summed
from warehouse.errors import PinyuError

PERIODS = ("month", "week")
CUSTOMER_DIMENSIONS = ("area", "market", "channel", "tier", "tier_band", "customer_id")
PRODUCT_DIMENSIONS = ("brand", "maker", "price_class", "sku_id")
INLINED = (
    "sales_by_month",
    "customer_sales_by_month",
    "product_sales_by_month",
    "sales_lines",
    "summed_sales",
    "summed_customer_sales",
    "summed_product_sales",
    "sales_in_scope",
    "totals_in_scope",
    "purchases_in_scope",
    "customer_purchases",
    "purchase_lines",
)
"""Relations that are read where they are used, under the conditions that hold there: worked out once for all places
that name them, they would read all lines."""
TOTALS = "totals_in_scope"
"""The relation sales_in_scope, of the smallest sums that tell the totals of a split: for the part of a figure that
only adds up where another part asks for customers."""
_PARAMETER = re.compile(r"\$([a-z_]+)")
_WORD = re.compile(r"[a-z_]+")
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
    split = _checked_split(wanted, (by,) if isinstance(by, str) else tuple(by), ranking)
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


def statement(wanted: Figure, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT) -> str:
    """The full SQL of a figure, the shared relations it names put before it. `by` is taken as checked."""
    product_by = [dimension for dimension in by if dimension in PRODUCT_DIMENSIONS]
    ranks_products = ranking.is_by_product and wanted.is_ranking
    by_product = product_by or scope.names_products or ranks_products or wanted.is_priced
    fills = {
        "by": ", ".join(by) or "whole",
        "columns_by": "".join(f"{dimension}," for dimension in by),
        "product_by": ", ".join(product_by) or "whole_range",
        "sums": _sums(asks_products=bool(by_product), asks_customers=_asks_customers(wanted, scope, by)),
        **ranking.fills(),
        **scope.filters(),
    }
    totals = _sums(asks_products=bool(by_product), asks_customers=_narrows_customers(scope, by))
    filled = {name: _fill(text, fills) for name, text in relations().items() if name not in MONTHS}
    filled[TOTALS] = _fill(relations()["sales_in_scope"], fills | {"sums": totals})
    body = _fill(wanted.sql, fills).rstrip().rstrip(";")
    periods = periods_named((body, *(filled[name] for name in _relations_named_in(body, filled))), scope)
    template, by_day = relations()["summed_sales"], "week" in by
    filled |= {name: summed(template, months, periods, scope, by_day=by_day) for name, months in MONTHS.items()}
    parts = [
        f"{name} as {'not materialized ' if name in INLINED else ''}(\n{filled[name]}\n)"
        for name in _relations_named_in(body, filled)
    ]
    return f"with {', '.join(parts)}\nselect * from (\n{body}\n)" if parts else body


def _sums(*, asks_products: bool, asks_customers: bool) -> str:
    """The smallest sums that tell what is asked for."""
    if not asks_customers:
        return "summed_product_sales"
    return "summed_sales" if asks_products else "summed_customer_sales"


def _asks_customers(wanted: Figure, scope: Scope, by: tuple[str, ...]) -> bool:
    """Whether a figure of the sales in scope has to tell customers apart: by what it says, its split or the scope."""
    body = _COMMENT.sub("", wanted.sql)
    words = set(_WORD.findall(body))
    adds_up = words & {*relations(), *MONTHS} <= {"scoped_sales", "sales_in_scope"} and "customer_id" not in words
    return not adds_up or _narrows_customers(scope, by)


def _narrows_customers(scope: Scope, by: tuple[str, ...]) -> bool:
    """Whether the scope or the split asks who the customers are."""
    narrowed = any(getattr(scope, name) for name in CUSTOMER_CONDITIONS)
    return narrowed or bool(set(by) & set(CUSTOMER_DIMENSIONS))


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
    named = set(_PARAMETER.findall(_COMMENT.sub("", sql)))
    values = scope.parameters(by_day="week" in by)
    parameters = {name: bound for name, bound in values.items() if name in named}
    cursor.execute(sql, parameters)
    _hold_to_header(wanted, by, cursor)
    rows = cursor.df()
    return rows if by or wanted.is_list else rows.drop(columns="whole")


def _checked_split(wanted: Figure, by: tuple[str, ...], ranking: Ranking) -> tuple[str, ...]:
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


def _relations_named_in(sql: str, filled: Mapping[str, str]) -> list[str]:
    """Names of the relations used, directly or by one another, each after those it stands on."""
    ordered: list[str] = []

    def visit(text: str) -> None:
        for word in dict.fromkeys(_WORD.findall(_COMMENT.sub("", text))):
            if word in filled and word not in ordered and text != filled[word]:
                visit(filled[word])
                ordered.append(word)

    visit(sql)
    return ordered


def _fill(sql: str, fills: dict[str, str]) -> str:
    for placeholder, text in fills.items():
        sql = sql.replace("{" + placeholder + "}", text)
    return sql


def _hold_to_header(wanted: Figure, by: tuple[str, ...], cursor: duckdb.DuckDBPyConnection) -> None:
    found = [(column[0], str(column[1]).lower()) for column in cursor.description or []]
    groups = by or (() if wanted.is_list else ("whole",))
    stated = list(chain(((dimension, "") for dimension in groups), wanted.columns))
    agree = len(found) == len(stated) and all(
        name == stated_name and kind.startswith(stated_kind)
        for (name, kind), (stated_name, stated_kind) in zip(found, stated, strict=True)
    )
    if not agree:
        raise HeaderMismatch(
            f"{wanted.name} states the columns {stated} but gives {found}.", "Correct the header or the select."
        )
