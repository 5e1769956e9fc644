"""From the staging table into the warehouse's tables: corrections in place, new rows in order of their day."""

from dataclasses import dataclass

import duckdb

from etl.contract import Extract
from etl.sql import listed
from etl.tables.owners import OWNER, OWNER_JOINS, cut_spells

SMALL_ROWS = 2_000_000
BLOCK_ROWS = 122_880
RESORT_SHARE = 0.1
OUT_OF_PLACE_SHARE = 0.2


@dataclass(frozen=True)
class Moved:
    """What came of the staged rows."""

    loaded: int
    corrections: int


def move_rows(connection: duckdb.DuckDBPyConnection, target: Extract, there: tuple[str, ...], load_id: int) -> Moved:
    """Bring the staged rows that marks leaves standing into the table of `target`."""
    replaced = _replace(connection, target, there, load_id)
    added = _add(connection, target, load_id)
    corrections = _count(connection, "select count(*) from marks where mark = 'correction'")
    return Moved(replaced + added, corrections)


def keep_in_order(connection: duckdb.DuckDBPyConnection, target: Extract, load_id: int) -> None:
    """Rewrite the table by its day where a load has put it out of order.

    A late load that is small beside a big table stays at its end, in its own order: readers skip whole blocks by
    their days all the same, and a daily load need not move millions of rows.
    """
    if not target.sort:
        return
    day, is_new = target.sort[0], f"load_id = {load_id}"
    found = connection.execute(f"""
        select
            count(*),
            count(*) filter ({is_new}),
            coalesce(min({day}) filter ({is_new}) < max({day}) filter (not {is_new}), false),
        from {target.name}
    """).fetchone()
    rows, added, is_out_of_order = found or (0, 0, False)
    if is_out_of_order and (rows <= SMALL_ROWS or added >= rows * RESORT_SHARE):
        connection.execute(
            f"create or replace temp table resorted as from {target.name} order by {listed(target.sort)}"
        )
        connection.execute(f"truncate {target.name}")
        connection.execute(f"insert into {target.name} from resorted")
        connection.execute("drop table resorted")


def _replace(connection: duckdb.DuckDBPyConnection, target: Extract, there: tuple[str, ...], load_id: int) -> int:
    """Corrections overwrite what the file has columns for; a master's row takes the place of a derived one."""
    # A row that is known by a coarser key leaves what it lacks of the finer one, a line's number say, as it was.
    keys = {name for key in target.keys for name in key}
    settings = [
        f"{name} = coalesce(staged.{name}, {target.name}.{name})" if name in keys else f"{name} = staged.{name}"
        for name in target.stored
        if name in there
    ]
    settings += [f"load_id = {load_id}", *(["is_derived = false"] if target.is_master else [])]
    connection.execute(f"""
        update {target.name} set {listed(settings)}
        from staged inner join marks on staged.rowid = marks.id
        where marks.earlier = {target.name}.rowid and marks.mark in ('correction', 'adopted')
    """)
    return _count(connection, "select count(*) from marks where mark in ('correction', 'adopted')")


def _add(connection: duckdb.DuckDBPyConnection, target: Extract, load_id: int) -> int:
    names, values, joins = [*target.stored], [f"sale.{name}" for name in target.stored], ""
    if target.name == "sales":
        owner, joins = _owner(connection)
        names, values = [*names, "owner_id"], [*values, owner]
    has_marks = connection.execute("select 1 from marks limit 1").fetchone()
    unmarked = "and sale.rowid not in (select id from marks)" if has_marks else ""
    is_sorted = not target.sort or _is_in_order(connection, target.sort[0])
    order = "" if is_sorted else f"order by {listed('sale.' + name for name in target.sort)}"
    before = _count(connection, f"select count(*) from {target.name}")
    connection.execute(f"""
        insert into {target.name} ({listed(names)}, load_id)
        select {listed(values)}, {load_id}
        from staged as sale
        {joins}
        where sale.fault = 0 {unmarked}
        {order}
    """)
    return _count(connection, f"select count(*) from {target.name}") - before


def _owner(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """SQL for a sale's owner and for what must be joined to tell: nothing where every line names its manager."""
    if not _count(connection, "select count(*) from staged where manager_id is null and fault = 0"):
        return "sale.manager_id", ""
    cut_spells(connection)
    return OWNER, OWNER_JOINS


def _is_in_order(connection: duckdb.DuckDBPyConnection, day: str) -> bool:
    """Whether hardly a block of staged rows begins before the block before it ends: such a file needs no sorting.

    Within blocks rows may lie in any order, and a few lines may be out of place: readers skip the other blocks by
    their days all the same. A small file is always put right.
    """
    rows, blocks, blocks_out_of_order = connection.execute(f"""
        select sum(rows), count(*), count(*) filter (low < high_before)
        from (
            select rows, low, lag(high) over (order by block) as high_before
            from (
                select rowid // {BLOCK_ROWS} as block, count(*) as rows, min({day}) as low, max({day}) as high
                from staged
                group by block
            )
        )
    """).fetchone() or (0, 0, 0)
    return (rows or 0) > SMALL_ROWS and blocks_out_of_order <= OUT_OF_PLACE_SHARE * blocks


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
