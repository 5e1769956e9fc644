"""The rows of a file that are kept out: their line, the column at fault, its value, and why, in both languages."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from etl.errors import FileProblem
from etl.mapping.prepare import Prepared
from etl.sql import listed, literal
from etl.staging.furniture import FURNITURE, LINE_OF_FURNITURE
from etl.values.convert import Reason
from etl.values.traditional import simplified_sql

MALFORMED: dict[str, Reason] = {
    "MISSING COLUMNS": ("has fewer columns than the header", "列数少于表头"),
    "TOO MANY COLUMNS": ("has more columns than the header", "列数多于表头"),
    "UNQUOTED VALUE": ("has quotes that do not close", "引号不匹配"),
    "INVALID ENCODING": ("has bytes that are no text in the file's encoding", "含有无法识别的字节"),
    "LINE SIZE OVER MAXIMUM": ("is too long", "行过长"),
}
UNREADABLE: Reason = ("cannot be read", "无法读取")
MOST_QUOTED = 10_000
BLANK = 255
"""The fault of a row in which every column is empty: it is no data row."""


CELLS = "array_to_string(list_transform(raw, lambda cell: coalesce(cell, '')), ',')"


@dataclass(frozen=True)
class Fault:
    """One way for a row to be wrong: the column, the condition that only bad rows meet, and why."""

    column: str
    condition: str
    reason: Reason


def _stop_at_open_quotes(connection: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """A quote that never closes swallows the lines after it; counted as one bad row they would be lost unnoticed.

    It shows in a line that breaks. Where it swallows more than DuckDB holds of a file at once, DuckDB names the line
    before it instead: in a file that large any quote out of place stops the load.
    """
    if not prepared.source.keeps_rejects:
        return
    found = connection.execute(f"""
        select min(line)
        from malformed
        where error_type::varchar = 'LINE SIZE OVER MAXIMUM'
            or (
                error_type::varchar = 'UNQUOTED VALUE'
                and ({prepared.source.exceeds_buffer} or contains(trim(csv_line, chr(10) || chr(13)), chr(10)))
            )
    """).fetchone()
    if found and found[0] is not None:
        place = f"{found[0]}{' or the next' if prepared.source.exceeds_buffer else ''}"
        raise FileProblem(
            f"{prepared.source.name}: a quote that opens in line {place} does not close, or that line is far too"
            " long; the lines after it cannot be told apart.",
            "Correct that line, or export the file again.",
        )


def collect_rejects(
    connection: duckdb.DuckDBPyConnection, prepared: Prepared, there: list[str], faults: list[Fault]
) -> int:
    """Make staged_rejects: one row for each faulty row and for each line that could not even be split.

    Gives the number of rows and lines that are totals or headings, which are no rejects.
    """
    _stop_at_open_quotes(connection, prepared)
    header, shown_header = prepared.source.text_header_line, prepared.source.header_line
    connection.execute("""
        create temp table staged_rejects (
            line bigint,
            "column" varchar,
            value varchar,
            reason_en varchar,
            reason_zh varchar,
            raw varchar,
            cells varchar[]
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
                null,
            from malformed
            left join (values {kinds}) as kinds (kind, en, zh) on malformed.error_type::varchar = kind
            group by line
        """)
        _split(connection, prepared)
    if connection.execute(f"select 1 from staged where fault between 1 and {FURNITURE} - 1 limit 1").fetchone():
        places = _values(
            (number, fault.column, there.index(fault.column) + 1 if fault.column in there else 0, *fault.reason)
            for number, fault in enumerate(faults, start=1)
        )
        # A row that was found at fault later on kept no texts, but its values.
        read = listed(f"cast({name} as varchar)" for name in there)
        # A row's line is its number among the rows that could be split, plus the malformed and blank lines before it.
        own, again = _own_cells(connection, prepared)
        blank = listed(str(line) for line in prepared.source.blank_lines() if line > header)
        connection.execute(f"""
            insert into staged_rejects
            with malformed_before as (
                select line - {header} - n as after_row, max(n) as lines
                from (
                    select line, row_number() over (order by line) as n
                    from (select line from staged_rejects union all select unnest(cast([{blank}] as bigint[])))
                )
                group by 1
            ),

            faulty as (
                select
                    {"rowid + 1" if prepared.is_plain else "source_row"} as source_row,
                    fault,
                    coalesce(raw, [{read}]) as raw,
                    cells,
                from staged
                where fault between 1 and {FURNITURE} - 1
            )

            select source_row + {header} + coalesce(lines, 0), name, raw[place], en, zh, {CELLS}, {own}
            from faulty
            {again}
            inner join (values {places}) as places (number, name, place, en, zh) on faulty.fault = places.number
            asof left join malformed_before on faulty.source_row > malformed_before.after_row
        """)
    if shown_header != header:
        connection.execute("update staged_rejects set line = line + ?", [shown_header - header])
    row = connection.execute(f"select count(*) from staged where fault = {FURNITURE}").fetchone()
    return (int(row[0]) if row else 0) + _drop_lines_of_totals(connection)


def _own_cells(connection: duckdb.DuckDBPyConnection, prepared: Prepared) -> tuple[str, str]:
    """SQL for a faulty row's own cells, and for what must be joined to have them.

    Rows that earlier loads put at fault kept no texts; the file is read again for them, where there are any.
    """
    late = f"staged where fault between 1 and {FURNITURE} - 1 and raw is null"
    if prepared.rule.unpivot is not None or not connection.execute(f"select 1 from {late} limit 1").fetchone():
        return "faulty.cells", ""
    number = "rowid + 1" if prepared.is_plain else "source_row"
    whole = listed(f"c{index}" for index in range(len(prepared.source.header)))
    connection.execute(f"""
        create or replace temp table read_again as
        select source_row, [{whole}] as cells
        from (select row_number() over () as source_row, * from ({prepared.source.reading("malformed_again")}))
        where source_row in (select {number} from {late})
    """)
    for leftover in ("malformed_again", "malformed_again_scans"):
        connection.execute(f"drop table if exists {leftover}")
    return "coalesce(faulty.cells, read_again.cells)", "left join read_again using (source_row)"


def _split(connection: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """The cells of lines that could not be split into as many as the header has; quotes are left to Python's reader."""
    layout = prepared.source.layout
    if layout is None:
        return
    connection.execute(
        "update staged_rejects set cells = string_split(raw, ?) where not contains(raw, '\"')", [layout.delimiter]
    )
    quoted_lines = connection.execute(
        "select line, raw from staged_rejects where cells is null order by line limit ?", [MOST_QUOTED]
    ).fetchall()
    for line, raw in quoted_lines:
        try:
            cells = next(csv.reader([raw], delimiter=layout.delimiter), [])
        except csv.Error:
            continue
        connection.execute("update staged_rejects set cells = ? where line = ?", [cells, line])


def _drop_lines_of_totals(connection: duckdb.DuckDBPyConnection) -> int:
    """Lines that could not be split because a report wrote a total with fewer cells."""
    dropped = connection.execute(
        f'delete from staged_rejects where "column" is null and regexp_full_match({simplified_sql("lower(raw)")}, ?)'
        " returning 1",
        [LINE_OF_FURNITURE],
    ).fetchall()
    return len(dropped)


def _values(rows: Iterable[tuple[str | int, ...]]) -> str:
    """Rows of our own words and numbers as SQL values."""
    return listed(f"({listed(literal(cell) if isinstance(cell, str) else str(cell) for cell in row)})" for row in rows)
