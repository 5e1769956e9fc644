"""A private version's sales against the shared one's: totals, differences, and rows added, missing and changed.

Both are read only, and compared over the days that the private sales cover. What the private file says nothing of, a
column it lacks, is not compared.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd

from etl.comparing.sides import attached, has_sales
from etl.sql import listed
from warehouse.errors import PinyuError
from warehouse.settings import Settings, load_settings

MOST_ROWS = 500
SHOWN = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "manager_id")
COMPARED = ("order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "manager_id")

BY = {
    "month": ("strftime(order_date, '%Y-%m')", ""),
    "manager": ("owner_id", "managers.manager_name"),
    "product": ("sku_id", "products.sku_name"),
    "customer": ("customer_id", "customers.customer_name"),
}
"""What sums may be held side by side by: SQL for its id, and the table's column that names it."""


@dataclass(frozen=True)
class Sums:
    """Lines, their quantity in cartons (None: no line gives one) and amount in yuan, and how many customers bought."""

    lines: int
    qty: Decimal | None
    amount: Decimal
    customers: int


@dataclass(frozen=True)
class Comparison:
    """Sums here (private) and there (shared) from the first to the last day of the private sales, both included.

    `added` rows are here alone, `missing` ones there alone, `changed` ones have the same key and other values, and
    `same` ones the same. All rows here are added, changed or the same.
    """

    from_date: date
    to_date: date
    here: Sums
    there: Sums
    added: int
    missing: int
    changed: int
    same: int


class NothingToCompare(PinyuError):
    """The private version holds no sales."""


@contextmanager
def compared(private: Path, shared: Path, settings: Settings | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which the functions below compare two version files, as `attached` opens them."""
    with attached(private, shared, settings or load_settings()) as connection:
        if has_sales(connection):
            _match(connection)
        yield connection


def compare(connection: duckdb.DuckDBPyConnection) -> Comparison:
    """How the two stand side by side, in figures; raises NothingToCompare where the private one has no sales."""
    if not has_sales(connection):
        raise NothingToCompare("The file has no sales that were loaded.", "Look at its rejected rows.")
    days = connection.execute("select from_date, to_date from period").fetchone()
    from_date, to_date = days or (date.min, date.min)
    counts = dict(connection.execute("select kind, cast(sum(lines) as bigint) from matched group by kind").fetchall())
    return Comparison(
        from_date=from_date,
        to_date=to_date,
        here=_sums(connection, "private"),
        there=_sums(connection, "shared"),
        added=counts.get("added", 0),
        missing=counts.get("missing", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
    )


def difference(
    connection: duckdb.DuckDBPyConnection, by: str, measure: str = "amount", most: int = MOST_ROWS
) -> pd.DataFrame:
    """Sums of qty or amount by month, manager, product or customer: id, name, here, there and change (here − there).

    The largest changes first; at most so many rows. An id of one side alone has no sum, NaN, on the other, and its
    whole sum for a change.
    """
    if by not in BY or measure not in ("qty", "amount"):
        raise ValueError(f"{measure} cannot be compared by {by}")
    key, title = BY[by]
    table, _, name = title.partition(".")
    names = f"coalesce(here_names.{name}, there_names.{name})" if table else "id"
    id_column = {"managers": "manager_id", "products": "sku_id", "customers": "customer_id"}.get(table, "")
    joins = (
        f"left join private.{table} as here_names on here_names.{id_column} = id"
        f" left join shared.{table} as there_names on there_names.{id_column} = id"
        if table
        else ""
    )
    return connection.execute(
        f"""
        with here as (select {key} as id, sum({measure}) as here from private_lines group by all),

        there as (
            select {key} as id, sum({measure}) as there
            from shared_lines, period
            where order_date between from_date and to_date
            group by all
        ),

        both_sides as (
            select coalesce(here.id, there.id) as id, here, there, coalesce(here, 0) - coalesce(there, 0) as change
            from here
            full join there on here.id is not distinct from there.id
        )

        select
            id,
            {names} as name,
            cast(here as double) as here,
            cast(there as double) as there,
            cast(change as double) as change,
        from both_sides
        {joins}
        order by abs(change) desc, id
        limit $most
        """,
        {"most": most},
    ).df()


def rows_of(connection: duckdb.DuckDBPyConnection, kind: str, most: int = MOST_ROWS) -> pd.DataFrame:
    """The first rows that were added, are missing or have changed, by day and key.

    Columns: order_id, line_no, order_date, customer_id, sku_id, qty, amount, ordered_qty, manager_id as they are here,
    or there where they are missing; of changed ones also those of there, as there_order_date and so on; and lines, how
    many rows it is.
    """
    if kind not in ("added", "missing", "changed"):
        raise ValueError(f"rows are added, missing or changed, not {kind}")
    side = "there" if kind == "missing" else "here"
    shown = [f"{side}.{name} as {name}" for name in SHOWN]
    if kind == "changed":
        shown += [f"there.{name} as there_{name}" for name in SHOWN if name not in ("order_id", "line_no")]
    shown = [_as_number(part) for part in shown]
    return connection.execute(
        f"""
        select {listed(shown)}, cast(lines as bigint) as lines
        from matched
        where kind = $kind
        order by order_date, order_id, line_no, sku_id, customer_id, amount
        limit $most
        """,
        {"kind": kind, "most": most},
    ).df()


def _as_number(part: str) -> str:
    value, _, name = part.partition(" as ")
    return f"cast({value} as double) as {name}" if name.endswith(("qty", "amount")) else part


def _match(connection: duckdb.DuckDBPyConnection) -> None:
    """The period, and each key's rows matched.

    Of the shared side those days are looked at that the private one covers, and its orders wherever they lie: a line
    whose day was corrected has changed, and is not a new one.
    """
    connection.execute("""
        create temp table period as
        select min(order_date) as from_date, max(order_date) as to_date from private_sales
    """)
    known = _stated(connection)
    key = _key(connection, known)
    is_near = "order_date between from_date and to_date or order_id in (select order_id from private_sales)"
    rows = listed(f"any_value({name}) as {name}" for name in (*SHOWN[:5], "manager_id"))
    # Rows that nothing but their values identifies are alike; of one order's lines of a product the sum counts.
    sums = listed(
        f"if(any_value(key.order_id) is null, any_value({name}), sum({name})) as {name}"
        for name in ("qty", "amount", "ordered_qty")
    )
    for side, alias in (("private", "here"), ("shared", "there")):
        connection.execute(f"""
            create temp table {alias}_rows as
            select key, {rows}, {sums}, count(*) as lines
            from (select {key} as key, sales.* from {side}_sales as sales, period where {is_near})
            group by key
        """)
    same = " and ".join(f"here.{name} is not distinct from there.{name}" for name in COMPARED if name in known)
    connection.execute(f"""
        create temp table matched as
        with pairs as (
            select
                here,
                there,
                coalesce(here.lines, 0) as here_lines,
                case when there.order_date between from_date and to_date or here.key is not null then there.lines end
                    as near_lines,
                coalesce(near_lines, 0) as there_lines,
                coalesce(here.key, there.key).order_id is null as is_whole,
                here.lines = there.lines and {same} as is_same,
            from period
            cross join (select here, there from here_rows as here full join there_rows as there on here.key = there.key)
        )

        select here, there, 'added' as kind, here_lines - if(is_whole, there_lines, 0) as lines
        from pairs
        where here_lines > 0 and if(is_whole, here_lines > there_lines, there_lines = 0)
        union all
        select here, there, 'missing', there_lines - if(is_whole, here_lines, 0)
        from pairs
        where there_lines > 0 and if(is_whole, there_lines > here_lines, here_lines = 0)
        union all
        select
            here,
            there,
            case when is_whole or is_same then 'same' else 'changed' end,
            case when is_whole then least(here_lines, there_lines) else here_lines end,
        from pairs
        where here_lines > 0 and there_lines > 0
    """)


def _key(connection: duckdb.DuckDBPyConnection, known: set[str]) -> str:
    """SQL for what identifies a row, as when it is loaded: order and line, else order and product, else all of it.

    What one side says nothing of cannot: without order numbers in both, rows are the same where all that is known is.
    """
    has_orders, has_lines = (
        all(
            connection.execute(f"select 1 from {side}_sales where {name} is not null limit 1").fetchone()
            for side in ("private", "shared")
        )
        for name in ("order_id", "line_no")
    )
    whole = f"row({listed(name for name in COMPARED if name in known)})"
    if not has_orders:
        return f"{{'order_id': cast(null as varchar), 'line': cast(null as varchar), 'whole': {whole}}}"
    line = f"coalesce({'cast(line_no as varchar), ' if has_lines else ''}'product ' || sku_id)"
    return (
        f"{{'order_id': order_id, 'line': case when order_id is not null then {line} end,"
        f" 'whole': case when order_id is null then {whole} end}}"
    )


def _stated(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The columns that the private sales say anything of."""
    counts = connection.execute(f"select {listed(f'count({name})' for name in COMPARED)} from private_sales").fetchone()
    return {name for name, count in zip(COMPARED, counts or (), strict=False) if count}


def _sums(connection: duckdb.DuckDBPyConnection, side: str) -> Sums:
    row = connection.execute(f"""
        select count(*), sum(qty), coalesce(sum(amount), 0), count(distinct customer_id)
        from {side}_sales, period
        where order_date between from_date and to_date
    """).fetchone()
    return Sums(*row) if row else Sums(0, Decimal(0), Decimal(0), 0)
