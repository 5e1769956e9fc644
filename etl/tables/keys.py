"""Which staged rows are copies, which replace others, and which replace rows of earlier loads.

Only rows that are not plainly new are written down, in the temporary table marks: a row's id (the staging table's
rowid), its mark, and the id of the earlier row that a correction or an adoption replaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from etl.contract import Extract
from etl.sql import listed


@dataclass(frozen=True)
class Level:
    """One way to identify rows: the columns, and the SQL condition (of a table) for rows it applies to."""

    columns: tuple[str, ...]
    condition: str
    is_whole_row: bool = False

    def of(self, table: str) -> str:
        """The condition for a table of that name."""
        return self.condition.replace("{t}", table)


def mark_rows(connection: duckdb.DuckDBPyConnection, extract: Extract, target: Extract, there: tuple[str, ...]) -> None:
    """Make the table marks for the staged rows of `extract`, which go to the table of `target`.

    `there` are the columns that the file has; others are not compared with earlier loads.
    """
    connection.execute("create or replace temp table marks (id bigint, mark varchar, earlier bigint)")
    has_earlier = connection.execute(f"select 1 from {target.name} limit 1").fetchone() is not None
    for level in _levels(extract, target, there):
        is_used = connection.execute(
            f"select 1 from staged where fault = 0 and {level.of('staged')} limit 1"
        ).fetchone()
        if not is_used:
            continue
        if not target.repeats:
            _mark_within(connection, target, level)
        if has_earlier:
            compared = [name for name in target.stored if name in there or target.column(name).required]
            if level.is_whole_row:
                _mark_copies_of_earlier(connection, target, level)
            else:
                _mark_against_earlier(connection, target, level, compared)


def _levels(extract: Extract, target: Extract, there: tuple[str, ...]) -> Iterator[Level]:
    """The key's levels in order, each for the rows that none before it identifies; the whole row is the last."""
    before: list[str] = []
    for columns in extract.keys:
        filled = " and ".join(f"{{t}}.{name} is not null" for name in columns if not _is_filled(extract, name))
        condition = " and ".join([*(f"not ({earlier})" for earlier in before), *([filled] if filled else [])]) or "true"
        if all(name in there or _is_filled(extract, name) for name in columns):
            yield Level(columns, condition)
        if not filled:
            return
        before.append(filled)
    condition = " and ".join(f"not ({earlier})" for earlier in before) or "true"
    yield Level(target.stored, condition, is_whole_row=True)


def _is_filled(extract: Extract, name: str) -> bool:
    return extract.column(name).required


def _mark_within(connection: duckdb.DuckDBPyConnection, target: Extract, level: Level) -> None:
    """Within a file: a row equal to the one of its key before it is a copy; other values replace what came before.

    Keys are counted by their hash, which is quicker; where two keys share one, they are told apart afterwards. Only
    rows that `_may_repeat` cannot rule out are counted.
    """
    key = f"hash({listed(f'staged.{name}' for name in level.columns)})"
    connection.execute(f"""
        create or replace temp table repeated as
        select {key} as hashed
        from staged
        where fault = 0 and {level.of("staged")} and {_may_repeat(level)}
        group by hashed
        having count(*) > 1
    """)
    if connection.execute("select 1 from repeated limit 1").fetchone() is None:
        return
    connection.execute(f"""
        insert into marks
        with chains as (
            select
                staged.rowid as id,
                row({listed(f"staged.{name}" for name in level.columns)}) as key,
                row({listed(f"staged.{name}" for name in target.stored)}) as held,
            from staged
            where staged.rowid in (
                select staged.rowid
                from staged
                semi join repeated on {key} = repeated.hashed
                where staged.fault = 0 and {level.of("staged")}
            )
        ),

        compared as (
            select id, key, lag(held) over by_key is not distinct from held as is_copy
            from chains
            window by_key as (partition by key order by id)
        ),

        replaced as (
            select
                id,
                is_copy,
                coalesce(bool_or(not is_copy) over (
                    partition by key order by id rows between 1 following and unbounded following
                ), false) as is_replaced,
            from compared
        )

        select id, case when is_copy then 'duplicate' else 'superseded' end, null
        from replaced
        where is_copy or is_replaced
    """)


def _may_repeat(level: Level) -> str:
    """SQL for whether a staged row's key may be in the file twice; never false for one that is.

    Of the rows that share the key's first column, as the lines of an order do, each sets one of 64 bits by the rest of
    its key: as many bits as rows, and all keys differ. That takes a third of the time that counting every key does.
    """
    if len(level.columns) == 1:
        return "true"
    first, *rest = (f"staged.{name}" for name in level.columns)
    return f"""
        hash({first}) in (
            select hash({first})
            from staged
            where fault = 0 and {level.of("staged")}
            group by hash({first})
            having count(*) > bit_count(bit_or(1::ubigint << (hash({listed(rest)}) & 63)))
        )
    """


def _mark_against_earlier(
    connection: duckdb.DuckDBPyConnection, target: Extract, level: Level, compared: list[str]
) -> None:
    """Against earlier loads: the same key with the same values is a copy, with other values a correction.

    A row that lacks a finer key, a line's number say, is of the one earlier row that has its own key, if there is just
    one; of several it is of the one that lacks the finer key too.
    """
    same_key = " and ".join(f"staged.{name} = earlier.{name}" for name in level.columns)
    finer = {name for key in target.keys[: target.keys.index(level.columns)] for name in key} - set(level.columns)
    same = " and ".join(f"staged.{name} is not distinct from earlier.{name}" for name in compared if name not in finer)
    only_one = "qualify count(*) over (partition by staged.rowid) = 1 or is_alike" if finer else ""
    adopted = "when earlier.is_derived then 'adopted'" if target.is_master else ""
    connection.execute(f"""
        insert into marks
        select id, mark, earlier_id
        from (
            select
                staged.rowid as id,
                case {adopted} when {same} then 'duplicate' else 'correction' end as mark,
                earlier.rowid as earlier_id,
                {level.of("earlier")} as is_alike,
            from staged
            inner join {target.name} as earlier on {same_key}
            where staged.fault = 0 and {level.of("staged")} and ({level.of("earlier")} or {str(bool(finer)).lower()})
                and staged.rowid not in (select id from marks)
                and earlier.rowid not in (select earlier from marks where earlier is not null)
            {only_one}
        )
    """)


def _mark_copies_of_earlier(connection: duckdb.DuckDBPyConnection, target: Extract, level: Level) -> None:
    """Rows without a key: copies of earlier rows, as many of them as there are equal earlier rows."""
    names = listed(target.stored)
    same = " and ".join(f"fresh.{name} is not distinct from earlier.{name}" for name in target.stored)
    connection.execute(f"""
        insert into marks
        with fresh as (
            select *, rowid as id, row_number() over (partition by {names} order by rowid) as copy
            from staged
            where fault = 0 and {level.of("staged")} and rowid not in (select id from marks)
        ),

        earlier as (
            select {names}, row_number() over (partition by {names}) as copy
            from {target.name}
            where {level.of(target.name)}
        )

        select fresh.id, 'duplicate', null
        from fresh
        semi join earlier on fresh.copy = earlier.copy and {same}
    """)
