"""What files brought beside sales, customers say, against what is loaded: rows added, missing and changed, by key.

A column that the files do not have, or make of several headers, is not compared.
"""

import json
from dataclasses import dataclass

import duckdb
import pandas as pd

from etl.comparing.sales import MOST_ROWS
from etl.contract import Date, Extract, Month, Number
from etl.contracts import BY_NAME, TABLES
from etl.sql import listed
from etl.work import target_of

KINDS = ("added", "missing", "changed")


@dataclass(frozen=True)
class Records:
    """Rows of one extract. `period` is the first and last day (2026-10-31) or month (2026-10) that the file's
    rows have, None of a master.

    `added` rows are here alone, `missing` ones there alone and within the period, `changed` ones have the same key and
    other values, and `same` ones the same. `changes` are the columns that changed, and in how many rows.
    """

    period: tuple[str, str] | None
    added: int
    missing: int
    changed: int
    same: int
    changes: dict[str, int]


def brought(connection: duckdb.DuckDBPyConnection, *, is_over: bool) -> list[str]:
    """The tables that the private version's own files went to; `is_over` says it began as a copy of the shared one."""
    since = "where load_id > (select coalesce(max(load_id), 0) from shared.loads)" if is_over else ""
    rows = connection.execute(f"select distinct extract from private.load_files {since}").fetchall()
    tables = {target_of(BY_NAME[name]).name for (name,) in rows}
    return [extract.name for extract in TABLES if extract.name in tables]


def compare_records(connection: duckdb.DuckDBPyConnection, name: str) -> Records:
    """How the rows of an extract stand side by side, in figures."""
    side = _Side(connection, BY_NAME[name])
    counts = dict(
        connection.execute(f"select kind, cast(sum(lines) as bigint) from ({side.matched}) group by 1").fetchall()
    )
    changed = listed(f"count(*) filter (here_{each} is distinct from there_{each})" for each in side.others) or "0"
    changes = connection.execute(f"select {changed} from ({side.matched}) where kind = 'changed'").fetchone() or ()
    return Records(
        period=side.period,
        changes={each: count for each, count in zip(side.others, changes, strict=False) if count},
        **{kind: counts.get(kind, 0) for kind in (*KINDS, "same")},
    )


def records_of(connection: duckdb.DuckDBPyConnection, name: str, kind: str, most: int = MOST_ROWS) -> pd.DataFrame:
    """The first rows that were added, are missing or have changed, by their key.

    Columns: the extract's own as they are here, or there where they are missing; of changed rows also there_NAME for
    those that are no part of the key.
    """
    if kind not in KINDS:
        raise ValueError(f"rows are {', '.join(KINDS)}, not {kind}")
    side = _Side(connection, BY_NAME[name])
    here = "there" if kind == "missing" else "here"
    shown = [f"{_shown(side.extract, each, here)} as {each}" for each in (*side.key, *side.others)]
    if kind == "changed":
        shown += [f"{_shown(side.extract, each, 'there')} as there_{each}" for each in side.others]
    return connection.execute(
        f"select {listed(shown)} from ({side.matched}) where kind = $kind order by all limit $most",
        {"kind": kind, "most": most},
    ).df()


def _shown(extract: Extract, name: str, side: str) -> str:
    is_exact = isinstance(extract.column(name).type, Number)
    return f"cast({side}_{name} as double)" if is_exact else f"{side}_{name}"


class _Side:
    """An extract's columns that are compared, those that identify a row first, and the SQL that matches both sides."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, extract: Extract) -> None:
        stated = _stated(connection, extract)
        self.extract = extract
        self.key = _key(connection, extract) or stated
        self.others = tuple(name for name in stated if name not in self.key)
        self.is_whole = not _key(connection, extract)
        day = "" if extract.is_master else _day(extract)
        self.day = day if day in (*self.key, *self.others) else ""
        self.period: tuple[str, str] | None = None
        if self.day:
            row = connection.execute(f"select min({self.day}), max({self.day}) from private.{extract.name}").fetchone()
            self.period = (str(row[0]), str(row[1])) if row and row[0] is not None else None

    @property
    def matched(self) -> str:
        """SQL: each key's columns as here_NAME and there_NAME, kind, and lines, how many rows it is."""
        sides = {"here": "private", "there": "shared"}
        own = "where not coalesce(is_derived, false)" if self.extract.is_master else ""
        grouped = {
            side: f"""
                select {listed(f"{name} as {side}_{name}" for name in self.key)},
                    {"".join(f"any_value({name}) as {side}_{name}, " for name in self.others)}
                    count(*) as {side}_lines
                from {where}.{self.extract.name}
                {own}
                group by {listed(self.key)}
            """
            for side, where in sides.items()
        }
        equal = "is not distinct from" if self.is_whole else "="
        condition = " and ".join(f"here_{name} {equal} there_{name}" for name in self.key)
        table, day = f"private.{self.extract.name}", self.day
        days = f"(select min({day}) from {table}) and (select max({day}) from {table})"
        near = f"and there_{day} between {days}" if day else ""
        same = " and ".join(f"here_{name} is not distinct from there_{name}" for name in self.others) or "true"
        return f"""
            with sides as (select * from ({grouped["here"]}) full join ({grouped["there"]}) on {condition})

            select *, 'added' as kind, here_lines - coalesce(there_lines, 0) as lines
            from sides
            where {"here_lines > coalesce(there_lines, 0)" if self.is_whole else "there_lines is null"}
            union all
            select *, 'missing', there_lines - coalesce(here_lines, 0)
            from sides
            where {"there_lines > coalesce(here_lines, 0)" if self.is_whole else "here_lines is null"} {near}
            union all
            select *, if({same}, 'same', 'changed'), least(here_lines, there_lines)
            from sides
            where here_lines > 0 and there_lines > 0
        """


def _key(connection: duckdb.DuckDBPyConnection, extract: Extract) -> tuple[str, ...]:
    """The first key that every row of the file fills; none where no key does, so that all of a row identifies it."""
    for key in extract.keys:
        lacks = " or ".join(f"{name} is null" for name in key)
        if not connection.execute(f"select 1 from private.{extract.name} where {lacks} limit 1").fetchone():
            return key
    return ()


def _stated(connection: duckdb.DuckDBPyConnection, extract: Extract) -> tuple[str, ...]:
    """The columns that the files have: what a file lacks has its default here, and no meaning."""
    rows = connection.execute(
        "select layout from private.load_files where extract = $extract and layout is not null",
        {"extract": extract.name},
    ).fetchall()
    taken = {name for (layout,) in rows for name in json.loads(layout)["taken"]}
    return tuple(name for name in extract.stored if name in taken)


def _day(extract: Extract) -> str:
    """The column by which rows lie in time."""
    return next((column.name for column in extract.columns if column.type in (Date, Month) and column.required), "")
