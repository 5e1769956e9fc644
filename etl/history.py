"""The books as people read them: how fresh each extract is, what came in, what was kept out, what is missing.

Every function takes a cursor on a version and gives rows; none of them changes anything.
"""

from datetime import date

import duckdb
import pandas as pd

from etl.contracts import TABLES

WINDOW_DAYS = 90
SILENT_DAYS = 30
MOST_REJECTS = 10_000

LOADS = """
select
    version,
    strftime(loaded_at, '%Y-%m-%d %H:%M') as loaded_at,
    loaded_by,
    file,
    extract,
    encoding,
    read,
    loaded,
    duplicates,
    superseded,
    rejected,
    corrections,
    furniture,
    replaced_month,
    removed,
    round(load_files.seconds, 2) as seconds,
    sha256,
    load_id,
    {totals}
from load_files
inner join loads using (load_id)
order by load_id desc, load_files.rowid desc
"""
TOTALS = tuple(f"{when}_{what}" for when in ("read", "loaded", "before", "after") for what in ("qty", "amount"))

REJECTS = """
select version, file, line, "column" as at_column, value, reason_en, reason_zh, raw
from rejects
inner join loads using (load_id)
order by load_id desc, file, line
limit $most
"""

# A weekday counts as one on which there usually are rows where at least half of the window's weeks have some.
MISSING_DAYS = """
with days as (
    select cast({day} as date) as day, count(*) as row_count
    from {table}
    where {day} > $last - $window and {day} <= $last
    group by all
),

calendar as (
    select cast(unnest(generate_series($last - $window + 1, $last, interval 1 day)) as date) as day
),

usual as (
    select dayofweek(calendar.day) as weekday
    from calendar
    left join days using (day)
    group by all
    having count(days.day) * 2 >= count(*)
)

select calendar.day
from calendar
inner join usual on dayofweek(calendar.day) = usual.weekday
anti join days using (day)
where calendar.day >= (select min(day) from days)
order by calendar.day desc
"""

# Supervisors need not sell or visit themselves.
SILENT_MANAGERS = """
with sold as (
    select owner_id as manager_id, max(order_date) as last_sale from sales group by all
),

called as (
    select manager_id, max(visit_date) as last_visit from visits group by all
),

newest as (
    select (select max(order_date) from sales) as sale, (select max(visit_date) from visits) as visit
)

select
    managers.manager_id,
    managers.manager_name,
    managers.team,
    sold.last_sale,
    called.last_visit,
    newest.sale - sold.last_sale as days_since_sale,
    newest.visit - called.last_visit as days_since_visit,
from managers
cross join newest
left join sold using (manager_id)
left join called using (manager_id)
where (managers.left_on is null or managers.left_on > coalesce(newest.sale, newest.visit))
    and managers.manager_id not in (select supervisor_id from managers where supervisor_id is not null)
    and (
        coalesce(newest.sale - sold.last_sale, $silent) >= $silent and newest.sale is not null
        or coalesce(newest.visit - called.last_visit, $silent) >= $silent and newest.visit is not null
    )
order by managers.manager_id
"""


UNKNOWN_IDS = """
select extract, id
from (
    select 'customers' as extract, customer_id as id, load_id from customers
    union all
    select 'products', sku_id, load_id from products
    union all
    select 'managers', manager_id, load_id from managers
)
where load_id is null
order by extract, id
"""


def freshness(cursor: duckdb.DuckDBPyConnection, today: date) -> pd.DataFrame:
    """A row an extract: extract, row_count, first_date, last_date, days_old and last_load (version); dates of facts."""
    parts = []
    for extract in TABLES:
        day = extract.sort[0] if extract.sort else ""
        dates = f"min({day}), max({day})" if day and day != "month" else "null, null"
        if day == "month":
            dates = f"min(cast({day} || '-01' as date)), last_day(max(cast({day} || '-01' as date)))"
        parts.append(
            f"select '{extract.name}', count(*) filter (load_id is not null), {dates}, max(load_id) from {extract.name}"
        )
    return cursor.execute(
        f"""
        select
            extract,
            row_count,
            cast(first_date as date) as first_date,
            cast(last_date as date) as last_date,
            case when last_date is not null then greatest($today - cast(last_date as date), 0) end as days_old,
            loads.version,
        from ({" union all ".join(parts)}) as found (extract, row_count, first_date, last_date, load_id)
        left join loads using (load_id)
        """,
        {"today": today},
    ).df()


def load_history(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """A row a file of a load, the newest first: who, when, file, hash, counts, seconds, version and control totals."""
    return cursor.execute(LOADS.format(totals=", ".join(f"cast({name} as double) as {name}" for name in TOTALS))).df()


def rejected_rows(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The newest rejected rows, at most ten thousand: version, file, line, at_column, value, reasons and raw."""
    return cursor.execute(REJECTS, {"most": MOST_REJECTS}).df()


def missing_days(cursor: duckdb.DuckDBPyConnection, table: str) -> pd.DataFrame:
    """Days of the last ninety (up to the newest) without rows, of weekdays that usually have some; newest first."""
    extract = next(extract for extract in TABLES if extract.name == table)
    day = extract.sort[0]
    row = cursor.execute(f"select max({day}) from {table}").fetchone()
    if row is None or row[0] is None:
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[us]")})
    return cursor.execute(MISSING_DAYS.format(table=table, day=day), {"last": row[0], "window": WINDOW_DAYS}).df()


def rows_by_day(cursor: duckdb.DuckDBPyConnection, table: str) -> pd.DataFrame:
    """Rows on each of the last ninety days up to the newest: day (text), row_count."""
    extract = next(extract for extract in TABLES if extract.name == table)
    day = extract.sort[0]
    return cursor.execute(
        f"""
        select strftime(day, '%Y-%m-%d') as day, count({day}) as row_count
        from (
            select cast(unnest(generate_series(max({day}) - {WINDOW_DAYS - 1}, max({day}), interval 1 day)) as date)
                as day
            from {table}
        )
        left join {table} on day = {day}
        group by day
        order by day
        """
    ).df()


def unknown_ids(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Ids that sales, visits and the like name and no master states: extract, id."""
    return cursor.execute(UNKNOWN_IDS).df()


def silent_managers(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Managers in service without a sale or without a visit in the thirty days up to the newest."""
    return cursor.execute(SILENT_MANAGERS, {"silent": SILENT_DAYS}).df()
