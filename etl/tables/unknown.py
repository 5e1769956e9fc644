"""What the rows of a load refer to that no customer, product or manager has as its id."""

import duckdb

from etl.contract import Extract
from etl.contracts import BY_NAME, TABLES
from etl.contracts.flat_sales import UNKNOWN
from etl.report import MASTERS, UNKNOWN_LISTED
from etl.sql import literal


def unknown_references(connection: duckdb.DuckDBPyConnection, load_id: int) -> dict[str, tuple[int, tuple[str, ...]]]:
    """For each master, how many ids the load's rows name that nothing states, and the first of them in order."""
    return {name: _unknown(connection, BY_NAME[name], load_id) for name in MASTERS}


def stand_in_for_unknown(connection: duckdb.DuckDBPyConnection, load_id: int) -> None:
    """Give each unknown id a row in its master that says nothing but the id, so that no figure loses its rows.

    Such a stand-in is derived and of no load; the row of a master takes its place when it comes.
    """
    for name in MASTERS:
        key = BY_NAME[name].keys[0][0]
        connection.execute(f"""
            insert into {name} ({key}, is_derived)
            select id, true
            from ({_named(name, load_id)}) as named
            anti join {name} on named.id = {name}.{key}
            where id <> {literal(UNKNOWN)}
            order by id
        """)


def _unknown(connection: duckdb.DuckDBPyConnection, master: Extract, load_id: int) -> tuple[int, tuple[str, ...]]:
    key = master.keys[0][0]
    rows = connection.execute(f"""
        select id, count(*) over () as ids
        from ({_named(master.name, load_id)}) as named
        anti join (from {master.name} where load_id is not null) as stated on named.id = stated.{key}
        order by id
        limit {UNKNOWN_LISTED}
    """).fetchall()
    return (int(rows[0][1]) if rows else 0), tuple(str(row[0]) for row in rows)


def _named(master: str, load_id: int) -> str:
    """The distinct ids of a master that the load's rows name, as SQL."""
    return " union ".join(
        f"select {column.name} as id from {extract.name} where load_id = {load_id} and {column.name} is not null"
        for extract in TABLES
        for column in extract.columns
        if column.references == master
    )
