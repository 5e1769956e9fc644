"""Two version files side by side, both read only: private holds a person's own files, shared what everybody sees.

As views: private_sales and shared_sales, of the same codes, and private_lines and shared_lines, of the same owners.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.sql import literal
from warehouse.settings import Settings

# A flat file that gives only names has them for codes: where just one there is called so, its code is meant.
CALLED = """
create temp table called_{table} as
select name, id
from (select {name} as name, any_value({key}) as id from shared.{table} where {name} is not null group by all
    having count(*) = 1)
where name in (select {key} from private.{table} where is_derived) and name not in (select {key} from shared.{table})
"""
NAMED = (("customers", "customer_id"), ("products", "sku_id"), ("managers", "manager_id"))
SALES = """
create temp view private_sales as
select
    sales.* replace (
        coalesce(called_customers.id, sales.customer_id) as customer_id,
        coalesce(called_products.id, sales.sku_id) as sku_id,
        coalesce(called_managers.id, sales.manager_id) as manager_id,
        coalesce(called_owners.id, sales.owner_id) as owner_id
    )
from private.sales as sales
left join called_customers on sales.customer_id = called_customers.name
left join called_products on sales.sku_id = called_products.name
left join called_managers on sales.manager_id = called_managers.name
left join called_managers as called_owners on sales.owner_id = called_owners.name
"""
# Who owns a line that names nobody, of a file without managers: the one who has the customer in the shared data.
LINES = """
create temp view {side}_lines as
select sales.* exclude (owner_id), coalesce(sales.owner_id, known.manager_id) as owner_id
from {side}_sales as sales
left join shared.customers as known using (customer_id)
"""


@contextmanager
def attached(private: Path, shared: Path, settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to both, bounded by the settings, that can touch nothing but the two files."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(private.parent),
    }
    with duckdb.connect(config=config) as connection:
        for name, path in (("private", private), ("shared", shared)):
            connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        for table, key in NAMED:
            connection.execute(CALLED.format(table=table, key=key, name=key.replace("_id", "_name")))
        connection.execute(SALES)
        connection.execute("create temp view shared_sales as from shared.sales")
        for side in ("private", "shared"):
            connection.execute(LINES.replace("{side}", side))
        yield connection


def has_sales(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the private version holds any."""
    return connection.execute("select 1 from private.sales limit 1").fetchone() is not None
