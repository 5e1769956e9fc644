"""Customers, products and managers worked out of a flat sales file, for those that no master states."""

import duckdb

from etl.contract import Extract
from etl.contracts.customers import CUSTOMERS
from etl.contracts.flat_sales import FLAT_SALES, UNKNOWN
from etl.contracts.managers import MANAGERS
from etl.contracts.products import PRODUCTS
from etl.sql import listed, literal


def derive_masters(connection: duckdb.DuckDBPyConnection, load_id: int) -> None:
    """Add derived rows from the staged flat sales and refresh those derived before; the latest line speaks."""
    for master in (CUSTOMERS, PRODUCTS, MANAGERS):
        _derive(connection, master, load_id)


def _derive(connection: duckdb.DuckDBPyConnection, master: Extract, load_id: int) -> None:
    key = master.keys[0][0]
    told = [name for name in FLAT_SALES.names if name in master.names and name != key]
    last = listed(f"arg_max({name}, (order_date, rowid)) as {name}" for name in told)
    connection.execute(f"""
        create or replace temp table derived as
        select {key}, {last}
        from staged
        where fault = 0 and {key} is not null and {key} <> {literal(UNKNOWN)}
        group by {key}
    """)
    newest = listed(f"{name} = coalesce(derived.{name}, {master.name}.{name})" for name in told)
    connection.execute(f"""
        update {master.name} set {newest}, load_id = {load_id}
        from derived
        where derived.{key} = {master.name}.{key} and {master.name}.is_derived
    """)
    connection.execute(f"""
        insert into {master.name} ({key}, {listed(told)}, is_derived, load_id)
        select {key}, {listed(told)}, true, {load_id}
        from derived
        anti join {master.name} using ({key})
        order by {key}
    """)
