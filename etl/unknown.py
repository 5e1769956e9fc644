"""What the rows of a load refer to that no customer, product or manager has as its id."""

import duckdb

from etl.contracts import BY_NAME, TABLES
from etl.report import UNKNOWN_LISTED


def unknown_references(connection: duckdb.DuckDBPyConnection, load_id: int) -> dict[str, tuple[int, tuple[str, ...]]]:
    """For each master, how many ids the load's rows name that it lacks, and the first of them in order."""
    return {name: _unknown(connection, name, load_id) for name in ("customers", "products", "managers")}


def _unknown(connection: duckdb.DuckDBPyConnection, master: str, load_id: int) -> tuple[int, tuple[str, ...]]:
    named = " union ".join(
        f"select {column.name} as id from {extract.name} where load_id = {load_id} and {column.name} is not null"
        for extract in TABLES
        for column in extract.columns
        if column.references == master
    )
    key = BY_NAME[master].keys[0][0]
    rows = connection.execute(f"""
        select id, count(*) over () as ids
        from ({named}) as named
        anti join {master} on named.id = {master}.{key}
        order by id
        limit {UNKNOWN_LISTED}
    """).fetchall()
    return (int(rows[0][1]) if rows else 0), tuple(str(row[0]) for row in rows)
