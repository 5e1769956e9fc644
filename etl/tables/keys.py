"""Which staged rows are copies, which replace others, and which replace rows of earlier loads.

Only rows that are not plainly new are written down, in the temporary table marks: a row's id (the staging table's
rowid), its mark, and the id of the earlier row that a correction or an adoption replaces.
"""

import duckdb

from etl.contract import Extract
from etl.levels import Level, levels
from etl.sql import listed


def mark_rows(connection: duckdb.DuckDBPyConnection, extract: Extract, target: Extract, there: tuple[str, ...]) -> None:
    """Make the table marks for the staged rows of `extract`, which go to the table of `target`.

    `there` are the columns that the file has; others are not compared with earlier loads.
    """
    connection.execute("create or replace temp table marks (id bigint, mark varchar, earlier bigint)")
    has_earlier = connection.execute(f"select 1 from {target.name} limit 1").fetchone() is not None
    for level in levels(extract, target, there):
        is_used = connection.execute(
            f"select 1 from staged where fault = 0 and {level.of('staged')} limit 1"
        ).fetchone()
        if is_used and not target.repeats:
            _mark_within(connection, target, level)
        if not has_earlier:
            continue
        if not level.is_whole_row:
            compared = [name for name in target.stored if name in there or target.column(name).required]
            _mark_against_earlier(connection, target, level, compared)
        elif is_used:
            _mark_copies_of_earlier(connection, target, level)


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

    A row that lacks a finer key's number, a line's say, and one that has it are the same where either can mean no
    other. The number that only the later one tells is news, and makes it a correction.
    """
    may_meet = level.may_meet(connection, target.name)
    if not may_meet:
        return
    same = " and ".join(
        f"({f'staged.{name} is null or ' if name == level.numbering else ''}"
        f"staged.{name} is not distinct from earlier.{name})"
        for name in compared
    )
    only_one = """
        qualify are_alike or (
            count(*) over (partition by staged.rowid) = 1 and count(*) over (partition by earlier.rowid) = 1
        )
    """
    adopted = "when earlier.is_derived then 'adopted'" if target.is_master else ""
    connection.execute(f"""
        insert into marks
        select id, mark, earlier_id
        from (
            select
                staged.rowid as id,
                case {adopted} when {same} then 'duplicate' else 'correction' end as mark,
                earlier.rowid as earlier_id,
                {level.are_alike()} as are_alike,
            from staged
            inner join {target.name} as earlier on {level.same_key()}
            where staged.fault = 0 and {may_meet}
                and staged.rowid not in (select id from marks)
                and earlier.rowid not in (select earlier from marks where earlier is not null)
            {only_one if level.numbering else ""}
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
