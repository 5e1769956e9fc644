"""Sales summed by month: made once a version and kept beside it, so that a year need not be read line by line.

Figures read the lines themselves only for the days at both ends of a period that fill no month.
"""

import atexit
import hashlib
import logging
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb
from filelock import FileLock

from warehouse.settings import Settings
from warehouse.versions import Version, months_path

ATTACHED = "months"
"""Under this name the sums are attached: figures read months.monthly_sales, months.monthly_customer_sales and
months.launch_orders."""

MOST_ORDER_DAYS = 5
"""Up to this many order days of a customer are told apart after a launch; the last stands for all that follow."""

_SUMS = """
create or replace table months.monthly_sales as
select
    sku_id,
    date_trunc('month', order_date)::date as month_start,
    customer_id,
    owner_id,
    sum(qty)::decimal(18, 4) as qty,
    sum(amount)::decimal(18, 4) as amount,
    sum(least(qty, ordered_qty)) filter (ordered_qty > 0)::decimal(18, 4) as delivered,
    sum(ordered_qty) filter (ordered_qty > 0)::decimal(18, 4) as ordered,
    min(order_date) filter (qty > 0) as first_bought,
    max(order_date) filter (qty > 0) as last_bought,
from {source}sales
group by all
order by sku_id, month_start
"""
"""Sorted by product, so that a product's year lies together. Of the days with a purchase the first and the last are
kept: sums over months then still tell a customer who ordered on two days from one who ordered on one."""

_CUSTOMER_SUMS = """
create or replace table months.monthly_customer_sales as
select
    month_start,
    customer_id,
    owner_id,
    sum(qty)::decimal(18, 4) as qty,
    sum(amount)::decimal(18, 4) as amount,
    sum(delivered)::decimal(18, 4) as delivered,
    sum(ordered)::decimal(18, 4) as ordered,
    min(first_bought) as first_bought,
    max(last_bought) as last_bought,
from months.monthly_sales
group by all
order by month_start
"""
"""The same over all products, for what asks for customers alone."""

_LAUNCH_ORDERS = """
create or replace table months.launch_orders as
with launches as (
    select
        sku_id,
        launched_on,
    from {source}products
    where launched_on > (select min(order_date) from {source}sales) - 7
),

order_days as (
    select distinct
        sales.sku_id,
        sales.customer_id,
        sales.order_date,
    from {source}sales as sales
    inner join launches using (sku_id)
    where sales.qty > 0 and sales.order_date >= launches.launched_on
),

numbered as (
    select
        *,
        row_number() over (partition by sku_id, customer_id order by order_date) as order_step,
    from order_days
)

select
    sku_id,
    order_step::integer as order_step,
    order_date,
    customer_id,
from numbered
where order_step <= {most}
order by sku_id, order_step, order_date
"""
"""The first, second … day on which each customer bought a product since its launch. Products launched before the sales
begin are left out: who had tried them by then cannot be told. A launch in the first week of the sales can."""


def sum_by_month(connection: duckdb.DuckDBPyConnection, source: str = "") -> None:
    """Make the sums in the database that is attached as `months`, of the sales in the one attached as `source`."""
    prefix = f"{source}." if source else ""
    connection.execute(_SUMS.format(source=prefix))
    connection.execute(_CUSTOMER_SUMS)
    connection.execute(_LAUNCH_ORDERS.format(source=prefix, most=MOST_ORDER_DAYS))


def attach_months(connection: duckdb.DuckDBPyConnection, version: Version, settings: Settings) -> None:
    """Attach the sums of a version to a connection that reads it; made first where they are not there yet.

    Where the folder cannot be written to, they are made among the machine's temporary files, for this process alone.
    """
    try:
        path = _made(version, settings, version.path.parent)
    except (OSError, duckdb.IOException):
        logging.getLogger(__name__).info("The sums by month are kept among temporary files", exc_info=True)
        path = _made(version, settings, _own_folder())
    connection.execute(f"attach {_quoted(path)} as {ATTACHED} (read_only)")


def has_months(version: Version) -> bool:
    """Whether the sums of just this file are there, beside it."""
    return _serves(months_path(version.path), version)


def _serves(path: Path, version: Version) -> bool:
    if not path.exists():
        return False
    with duckdb.connect() as connection:
        try:
            connection.execute(f"attach {_quoted(path)} as {ATTACHED} (read_only)")
            made_from = connection.execute(f"select made_from from {ATTACHED}.origin").fetchone()
        except (duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException):
            return False
    return made_from == (_origin(version),)


def _made(version: Version, settings: Settings, folder: Path) -> Path:
    """The file of the sums in a folder. One process makes it, others that want it wait."""
    path = folder / months_path(version.path).name
    if _serves(path, version):
        return path
    with FileLock(path.with_suffix(".lock")):
        if not _serves(path, version):
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            with duckdb.connect(
                config={"threads": settings.threads, "memory_limit": settings.memory_limit}
            ) as connection:
                connection.execute(f"attach {_quoted(version.path)} as source (read_only)")
                connection.execute(f"attach {_quoted(draft)} as {ATTACHED}")
                sum_by_month(connection, "source")
                connection.execute(f"create table {ATTACHED}.origin as select ? as made_from", [_origin(version)])
                connection.execute(f"detach {ATTACHED}")
            draft.replace(path)
    return path


@cache
def _own_folder() -> Path:
    """A folder that lasts as long as the process."""
    folder = tempfile.mkdtemp(prefix="pinyu-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _origin(version: Version) -> str:
    """What the sums were made from, and how: other bytes under the same name, or another release, want new ones."""
    found = version.path.stat()
    recipe = hashlib.sha256((_SUMS + _CUSTOMER_SUMS + _LAUNCH_ORDERS).encode()).hexdigest()
    return f"{version.path.name} {found.st_size} {found.st_mtime_ns} {recipe}"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
