"""The books of a load: every row read is loaded, a duplicate, superseded or rejected, or nothing is published."""

import duckdb

from etl.errors import AccountingError, TooManyRejects
from etl.plan import Planned
from etl.report import FileReport
from etl.tables.facts import Moved

SHOWN = 3


def require_few_rejects(connection: duckdb.DuckDBPyConnection, file: str, most: float) -> None:
    """Stop where more than the share `most` of the staged file's rows were rejected, showing the first of them."""
    rejected = _count(connection, "select count(*) from staged_rejects")
    read = _rows_read(connection)
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
        "Correct the file, map its columns (--mapping), or raise the setting reject_share.",
    )


def account(connection: duckdb.DuckDBPyConnection, plan: Planned, moved: Moved, seconds: float) -> FileReport:
    """The file's report, once its rows add up."""
    source = plan.prepared.source
    report = FileReport(
        file=source.name,
        extract=plan.extract.name,
        encoding=source.encoding,
        read=_rows_read(connection),
        loaded=moved.loaded,
        duplicates=_count(connection, "select count(*) from marks where mark = 'duplicate'"),
        superseded=_count(connection, "select count(*) from marks where mark = 'superseded'"),
        rejected=_count(connection, "select count(*) from staged_rejects"),
        corrections=moved.corrections,
        seconds=seconds,
        total_qty=moved.total_qty,
        total_amount=moved.total_amount,
    )
    if not report.adds_up():
        raise AccountingError(
            f"{report.file}: {report.read} rows read, but {report.loaded} loaded + {report.duplicates} duplicates"
            f" + {report.superseded} superseded + {report.rejected} rejected; nothing was published.",
            "This is a mistake of the program: please report it with the file.",
        )
    return report


def write_books(connection: duckdb.DuckDBPyConnection, plan: Planned, report: FileReport, load_id: int) -> None:
    """Enter the file and its rejected rows."""
    source = plan.prepared.source
    connection.execute(
        f"insert into load_files values ({', '.join('?' * 15)})",
        [
            load_id,
            report.file,
            source.sha256,
            plan.fingerprint,
            report.extract,
            report.encoding,
            report.read,
            report.loaded,
            report.duplicates,
            report.superseded,
            report.rejected,
            report.corrections,
            report.total_qty,
            report.total_amount,
            report.seconds,
        ],
    )
    connection.execute(
        "insert into rejects select ?, ?, staged_rejects.* from staged_rejects order by line", [load_id, report.file]
    )


def _rows_read(connection: duckdb.DuckDBPyConnection) -> int:
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
