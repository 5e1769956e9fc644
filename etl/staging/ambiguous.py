"""Rows whose coarse key fits several rows across loads: nobody can tell which of them corrects which."""

import duckdb

from etl.contract import Extract
from etl.levels import levels
from etl.values.convert import Reason

SEVERAL_BEFORE: Reason = (
    "names no line, and earlier loads have several lines of this order and product: nobody can tell which it corrects",
    "未填行号，而此前已有同一订单同一商品的多行：无法判断更正哪一行",
)
SEVERAL_NOW: Reason = (
    "is one of several lines of this order and product, of which an earlier load has one without a line number: nobody"
    " can tell which corrects it; reload the month (--replace) to have them all",
    "同一订单同一商品有多行，而此前载入的一行未填行号：无法判断由哪一行更正；请用 --replace 重新载入该月",
)


def mark_ambiguous(
    connection: duckdb.DuckDBPyConnection, extract: Extract, target: Extract, there: tuple[str, ...], fault: int
) -> None:
    """Give sound staged rows that fault which lack their number and fit several numbered rows of earlier loads.

    The next fault is for numbered rows, several of which fit one of earlier loads that lacks its number. A row that
    lacks it on both sides is a match of its own, and a number that earlier loads know needs no other.
    """
    level = next((level for level in levels(extract, target, there) if level.numbering), None)
    may_meet = level and level.may_meet(connection, target.name)
    if not level or not may_meet:
        return
    known = " and ".join(f"staged.{name} = known.{name}" for name in level.finer)
    connection.execute(f"""
        update staged set fault = case when {level.of("staged")} then {fault} else {fault + 1} end
        where rowid in (
            with meetings as (
                select
                    staged.rowid as id,
                    earlier.rowid as earlier_id,
                    {level.are_alike()} as are_alike,
                    staged.{level.numbering} as number,
                from staged
                inner join {target.name} as earlier on {level.same_key()}
                where staged.fault = 0 and {may_meet}
                    and not exists (select 1 from {target.name} as known where {known})
            )

            select id
            from meetings
            window by_id as (partition by id), by_earlier as (partition by earlier_id)
            qualify not bool_or(are_alike) over by_id and not bool_or(are_alike) over by_earlier
                and (count(*) over by_id > 1 or min(number) over by_earlier < max(number) over by_earlier)
        )
    """)
