"""From a prepared file to the staging table: typed columns, and for a faulty row what is wrong with it.

Reading, conversion and checks are one streaming statement. A row keeps its raw texts only where it is at fault, so
that a clean file costs no more than its values. The staging table's rowid is the order of the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from etl.contract import Column, Extract, Id, Text
from etl.convert import EMPTY, Reason, cleaned, converted, quick, reason
from etl.errors import FileProblem
from etl.prepare import Prepared
from etl.sql import listed, literal

MALFORMED: dict[str, Reason] = {
    "MISSING COLUMNS": ("has fewer columns than the header", "列数少于表头"),
    "TOO MANY COLUMNS": ("has more columns than the header", "列数多于表头"),
    "UNQUOTED VALUE": ("has quotes that do not close", "引号不匹配"),
    "INVALID ENCODING": ("has bytes that are no text in the file's encoding", "含有无法识别的字节"),
    "LINE SIZE OVER MAXIMUM": ("is too long", "行过长"),
}
UNREADABLE: Reason = ("cannot be read", "无法读取")
BLANK = 255
"""The fault of a row in which every column is empty: it is no data row."""


CELLS = "array_to_string(list_transform(raw, lambda cell: coalesce(cell, '')), ',')"


@dataclass(frozen=True)
class Fault:
    """One way for a row to be wrong: the column, the condition that only bad rows meet, and why."""

    column: str
    condition: str
    reason: Reason


def stage(
    connection: duckdb.DuckDBPyConnection, prepared: Prepared, extract: Extract, headers: Mapping[str, str]
) -> tuple[str, ...]:
    """Make the temporary tables staged and staged_rejects; gives the columns that the file says something about."""
    texts = {name: prepared.text(header) for name, header in headers.items()}
    texts |= {name: prepared.text(expression) for name, expression in prepared.rule.columns.items()}
    there = [name for name in extract.names if name in texts]
    faults = _faults(extract, there)
    for leftover in ("staged", "malformed", "malformed_scans", "staged_rejects"):
        connection.execute(f"drop table if exists {leftover}")
    row, order = ("", "") if prepared.is_plain else ("source_row, ", "order by source_row")
    date_format = prepared.rule.date_format
    raw = listed(f"raw_{name}" for name in there)
    kept = listed(cleaned(f"raw_{name}") for name in there)
    cells = listed(f"{texts[name]} as raw_{name}" for name in there)
    quickly = listed(
        f"{quick(f'raw_{name}', extract.column(name).type, date_format)} as quick_{name}" for name in there
    )
    values = listed(_typed(column, there, date_format) for column in extract.columns)
    statement = f"""
        create temp table staged as
        select {row}{listed(extract.names)}, fault, case when fault > 0 then [{kept}] end as raw
        from (
            select *, cast({_fault_number(extract, faults, there)} as utinyint) as fault
            from (
                select {row}{values}, {raw}
                from (
                    select *, {quickly}
                    from (select {row}{cells} from ({prepared.reading("malformed")}))
                )
            )
        )
        {order}
    """
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise FileProblem(
            f"{prepared.source.name} cannot be read: {str(error).splitlines()[0]}", "Check the file and its mapping."
        ) from error
    _collect_rejects(connection, prepared, there, faults)
    connection.execute(f"delete from staged where fault = {BLANK}")
    return tuple(column.name for column in extract.columns if {column.name, column.instead} & set(there))


def _typed(column: Column, there: list[str], date_format: str) -> str:
    """The column's value: of its own text, else of the one that stands in, else its default."""
    text = f"raw_{column.name}"
    value, is_empty = f"cast(null as {column.type.sql})", "true"
    if column.name in there:
        value, is_empty = converted(f"quick_{column.name}", text, column.type, date_format), f"{cleaned(text)} is null"
    if column.instead in there:
        value = f"coalesce({value}, {cleaned(f'raw_{column.instead}')})"
    if column.default:
        value = f"coalesce({value}, case when {is_empty} then {literal(column.default)} end)"
    return f"{value} as {column.name}"


def _faults(extract: Extract, there: list[str]) -> list[Fault]:
    faults = []
    for column in extract.columns:
        if column.name in there and column.type not in (Id, Text):
            is_bad = f"{column.name} is null and {cleaned(f'raw_{column.name}')} is not null"
            faults.append(Fault(column.name, is_bad, reason(column.type)))
        if column.required:
            faults.append(Fault(column.name, f"{column.name} is null", EMPTY))
    for check in extract.checks:
        if check.column in there:
            faults.append(Fault(check.column, check.condition, (f"breaks the rule: {check.rule}", check.rule_zh)))
    return faults


def _fault_number(extract: Extract, faults: list[Fault], there: list[str]) -> str:
    """SQL for 0 where a row is sound, which one cheap condition tells of nearly all, else the number of its fault."""
    sound = [
        f"{column.name} is not null" if column.required else f"({column.name} is not null or raw_{column.name} is null)"
        for column in extract.columns
        if column.required or (column.name in there and column.type not in (Id, Text))
    ]
    sound += [f"coalesce(not ({check.condition}), true)" for check in extract.checks if check.column in there]
    is_blank = " and ".join(f"{cleaned(f'raw_{name}')} is null" for name in there)
    branches = " ".join(f"when {fault.condition} then {number}" for number, fault in enumerate(faults, start=1))
    return f"case when {' and '.join(sound)} then 0 when {is_blank} then {BLANK} {branches} else 0 end"


def _collect_rejects(
    connection: duckdb.DuckDBPyConnection, prepared: Prepared, there: list[str], faults: list[Fault]
) -> None:
    """Make staged_rejects: one row for each faulty row and for each line that could not even be split."""
    header = prepared.source.header_lines
    connection.execute("""
        create temp table staged_rejects (
            line bigint, "column" varchar, value varchar, reason_en varchar, reason_zh varchar, raw varchar
        )
    """)
    if prepared.source.keeps_rejects:
        kinds = _values((kind, *words) for kind, words in MALFORMED.items())
        english, chinese = map(literal, UNREADABLE)
        connection.execute(f"""
            insert into staged_rejects
            select
                line,
                null,
                null,
                coalesce(any_value(en), {english}),
                coalesce(any_value(zh), {chinese}),
                trim(any_value(csv_line), chr(10) || chr(13)),
            from malformed
            left join (values {kinds}) as kinds (kind, en, zh) on malformed.error_type::varchar = kind
            group by line
        """)
    if connection.execute(f"select 1 from staged where fault between 1 and {BLANK} - 1 limit 1").fetchone():
        places = _values(
            (number, fault.column, there.index(fault.column) + 1 if fault.column in there else 0, *fault.reason)
            for number, fault in enumerate(faults, start=1)
        )
        # A row's line is its number among the rows that could be split, plus the malformed lines before it.
        connection.execute(f"""
            insert into staged_rejects
            with malformed_before as (
                select line - {header} - n as after_row, max(n) as lines
                from (select line, row_number() over (order by line) as n from staged_rejects)
                group by 1
            ),

            faulty as (
                select {"rowid + 1" if prepared.is_plain else "source_row"} as source_row, fault, raw
                from staged
                where fault between 1 and {BLANK} - 1
            )

            select source_row + {header} + coalesce(lines, 0), name, raw[place], en, zh, {CELLS}
            from faulty
            inner join (values {places}) as places (number, name, place, en, zh) on faulty.fault = places.number
            asof left join malformed_before on faulty.source_row > malformed_before.after_row
        """)


def _values(rows: Iterable[tuple[str | int, ...]]) -> str:
    """Rows of our own words and numbers as SQL values."""
    return listed(f"({listed(literal(cell) if isinstance(cell, str) else str(cell) for cell in row)})" for row in rows)
