"""Rows whose coarse key fits several rows of earlier loads: nobody can tell which of them they correct."""

import duckdb

from etl.contract import Extract
from etl.values.convert import Reason

SEVERAL: Reason = (
    "names no line, and earlier loads have several lines of this order and product: nobody can tell which it corrects",
    "未填行号，而此前已有同一订单同一商品的多行：无法判断更正哪一行",
)


def mark_ambiguous(connection: duckdb.DuckDBPyConnection, extract: Extract, table: str, fault: int) -> None:
    """Give that fault to sound staged rows which lack their finest key and fit several rows of `table` by the next.

    A row of the same kind, without the finest key too, is a match of its own.
    """
    fine, coarse = extract.keys[:2]
    lacking = [name for name in fine if name not in coarse]
    is_coarse = " and ".join(
        [
            f"({' or '.join(f'{{t}}.{name} is null' for name in lacking)})",
            *(f"{{t}}.{name} is not null" for name in coarse),
        ]
    )
    of_staged, of_earlier = (is_coarse.replace("{t}", name) for name in ("staged", "earlier"))
    if connection.execute(f"select 1 from staged where fault = 0 and {of_staged} limit 1").fetchone() is None:
        return
    same_key = " and ".join(f"staged.{name} = earlier.{name}" for name in coarse)
    connection.execute(f"""
        update staged set fault = {fault}
        where rowid in (
            select staged.rowid
            from staged
            inner join {table} as earlier on {same_key}
            where staged.fault = 0 and {of_staged}
            group by staged.rowid
            having count(*) > 1 and not bool_or({of_earlier})
        )
    """)
