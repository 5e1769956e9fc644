"""The books of a load: every row read is loaded, a duplicate, superseded or rejected, or nothing is published."""

import json
from dataclasses import dataclass

import duckdb

from etl.errors import AccountingError, TooManyRejects
from etl.plan import Planned
from etl.report import ControlTotals, FileReport
from etl.tables.facts import Moved

SHOWN = 3
CONTROL_TOTALS = ("read", "loaded", "replaced", "before", "after")


@dataclass(frozen=True)
class Outcome:
    """What came of a file's rows, before it is held against what was read."""

    moved: Moved
    furniture: int
    removed: int
    control: ControlTotals | None
    rejects_file: str


def require_few_rejects(connection: duckdb.DuckDBPyConnection, file: str, most: float, rejects_file: str) -> None:
    """Stop where more than the share `most` of the staged file's rows were rejected, showing the first of them."""
    rejected = _count(connection, "select count(*) from staged_rejects")
    read = rows_read(connection)
    if rejected <= most * read:
        return
    first = connection.execute(
        'select line, "column", value, reason_en from staged_rejects order by line limit ?', [SHOWN]
    ).fetchall()
    shown = "; ".join(
        f"line {line}: {f'{column} ' if column else 'it '}{f'{value!r} ' if value is not None else ''}{why}"
        for line, column, value, why in first
    )
    raise TooManyRejects(
        f"{file}: {rejected:,} of {read:,} rows are rejected, more than {most:.0%}; nothing was published. {shown}.",
        f"All of them stand in {rejects_file} in the warehouse's folder. Correct the file, map its columns (--mapping),"
        " or raise the setting reject_share.",
    )


def account(connection: duckdb.DuckDBPyConnection, plan: Planned, outcome: Outcome, seconds: float) -> FileReport:
    """The file's report, once its rows and sums add up."""
    source = plan.prepared.source
    report = FileReport(
        file=source.name,
        extract=plan.extract.name,
        encoding=source.encoding,
        read=rows_read(connection),
        loaded=outcome.moved.loaded,
        duplicates=_count(connection, "select count(*) from marks where mark = 'duplicate'"),
        superseded=_count(connection, "select count(*) from marks where mark = 'superseded'"),
        rejected=_count(connection, "select count(*) from staged_rejects"),
        corrections=outcome.moved.corrections,
        seconds=seconds,
        titles=source.titles,
        furniture=outcome.furniture,
        unused=plan.unused,
        is_recalled=plan.is_recalled,
        removed=outcome.removed,
        control=outcome.control,
        rejects_file=outcome.rejects_file,
    )
    if not report.adds_up():
        raise AccountingError(
            f"{report.file}: {report.read} rows read, but {report.loaded} loaded + {report.duplicates} duplicates"
            f" + {report.superseded} superseded + {report.rejected} rejected; nothing was published.",
            "This is a mistake of the program: please report it with the file.",
        )
    if report.control is not None and not report.control.adds_up():
        control = report.control
        raise AccountingError(
            f"{report.file}: all sales were {control.before.qty} / {control.before.amount}, {control.replaced.qty} /"
            f" {control.replaced.amount} replaced and {control.loaded.qty} / {control.loaded.amount} loaded, but are"
            f" {control.after.qty} / {control.after.amount} (quantity / amount); nothing was published.",
            "This is a mistake of the program: please report it with the file.",
        )
    return report


def write_books(
    connection: duckdb.DuckDBPyConnection, plan: Planned, report: FileReport, load_id: int, replaced_month: str | None
) -> None:
    """Enter the file and its rejected rows."""
    control = report.control
    sums = [] if control is None else [control.read, control.loaded, control.replaced, control.before, control.after]
    entry = {
        "load_id": load_id,
        "file": report.file,
        "sha256": plan.prepared.source.sha256,
        "fingerprint": plan.fingerprint,
        "extract": report.extract,
        "encoding": report.encoding,
        "read": report.read,
        "loaded": report.loaded,
        "duplicates": report.duplicates,
        "superseded": report.superseded,
        "rejected": report.rejected,
        "corrections": report.corrections,
        "furniture": report.titles + report.furniture,
        "replaced_month": replaced_month,
        "removed": report.removed,
        "rejects_file": report.rejects_file or None,
        "seconds": report.seconds,
        "layout": json.dumps(plan.layout, ensure_ascii=False),
    }
    for when, totals in zip(CONTROL_TOTALS, sums, strict=False):
        entry |= {f"{when}_qty": totals.qty, f"{when}_amount": totals.amount}
    connection.execute(
        f"insert into load_files ({', '.join(entry)}) values ({', '.join(f'${name}' for name in entry)})", entry
    )
    connection.execute(
        "insert into rejects select ?, ?, staged_rejects.* from staged_rejects order by line", [load_id, report.file]
    )


def rows_read(connection: duckdb.DuckDBPyConnection) -> int:
    """All rows that could be split into columns, and the lines that could not."""
    return _count(
        connection,
        """
        select (select count(*) from staged)
            + (select count(*) from staged_rejects where "column" is null)
        """,
    )


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
