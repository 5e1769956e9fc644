"""From a prepared file to the staging table: typed columns, and for a faulty row what is wrong with it.

Reading, conversion and checks are one streaming statement. A row keeps its raw texts only where it is at fault, so
that a clean file costs no more than its values. The staging table's rowid is the order of the file.
"""

from collections.abc import Mapping

import duckdb

from etl.contract import Column, Extract, Id, Text
from etl.convert import EMPTY, cleaned, converted, quick, reason
from etl.errors import FileProblem
from etl.mapping.prepare import Prepared
from etl.sql import listed, literal
from etl.staging.rejects import BLANK, Fault, collect_rejects

MIXED_LINE_ENDS = "invalid state"
"""What DuckDB says of a file whose lines end in different ways."""


def stage(
    connection: duckdb.DuckDBPyConnection, prepared: Prepared, extract: Extract, headers: Mapping[str, str]
) -> tuple[str, ...]:
    """Make the temporary tables staged and staged_rejects; gives the columns that the file says something about."""
    texts = {name: prepared.text(header) for name, header in headers.items()}
    texts |= {name: prepared.text(expression) for name, expression in prepared.rule.columns.items()}
    there = [name for name in extract.names if name in texts]
    faults = _faults(extract, there)
    try:
        _read(connection, _statement(prepared, extract, texts, faults))
    except duckdb.Error as error:
        if MIXED_LINE_ENDS not in str(error) or not prepared.source.keeps_rejects:
            raise _unreadable(prepared, error) from error
        try:
            _read(connection, _statement(prepared.with_plain_line_ends(), extract, texts, faults))
        except duckdb.Error as still:
            raise _unreadable(prepared, still) from still
    collect_rejects(connection, prepared, there, faults)
    connection.execute(f"delete from staged where fault = {BLANK}")
    return tuple(column.name for column in extract.columns if {column.name, column.instead} & set(there))


def _read(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    for leftover in ("staged", "malformed", "malformed_scans", "staged_rejects"):
        connection.execute(f"drop table if exists {leftover}")
    connection.execute(statement)


def _unreadable(prepared: Prepared, error: duckdb.Error) -> FileProblem:
    first = str(error).splitlines()[0]
    return FileProblem(f"{prepared.source.name} cannot be read: {first}", "Check the file and its mapping.")


def _statement(prepared: Prepared, extract: Extract, texts: Mapping[str, str], faults: list[Fault]) -> str:
    """The one statement that reads, converts and judges."""
    there = [name for name in extract.names if name in texts]
    date_format = prepared.rule.date_format
    row, order = ("", "") if prepared.is_plain else ("source_row, ", "order by source_row")
    raw = listed(f"raw_{name}" for name in there)
    kept = listed(cleaned(f"raw_{name}") for name in there)
    cells = listed(f"{texts[name]} as raw_{name}" for name in there)
    values = listed(_typed(column, there, date_format) for column in extract.columns)
    quickly = listed(
        f"{quick(f'raw_{name}', extract.column(name).type, date_format)} as quick_{name}" for name in there
    )
    return f"""
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
