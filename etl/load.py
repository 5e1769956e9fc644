"""A load: plan the files, stage each, move its rows, account for all of them, and publish one new version."""

import getpass
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from etl.contract import Extract
from etl.contracts import BY_NAME, TABLES
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.errors import LoadFailed
from etl.mapping.rules import read_mapping
from etl.plan import Planned, plan_files
from etl.report import FileReport, Report
from etl.staging.stage import stage
from etl.tables.accounting import account, require_few_rejects, write_books
from etl.tables.derive import derive_masters
from etl.tables.facts import keep_in_order, move_rows
from etl.tables.keys import mark_rows
from etl.tables.owners import resolve_owners
from etl.tables.schema import create_tables
from etl.tables.unknown import stand_in_for_unknown, unknown_references
from warehouse.settings import Settings, load_settings
from warehouse.versions import Version, current_version, new_version

Progress = Callable[[str, int, int], None]
"""Called with a file's name, its number from 0, and how many there are; at the end with an empty name."""

OWNER_SOURCES = {"customers", "assignments"}


def load(
    paths: Sequence[Path] | Path,
    *,
    warehouse: Path | None = None,
    mapping: Path | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Report:
    """Load files and folders into a new version of the warehouse; all of them or nothing.

    Raises PinyuError, and publishes nothing, where a file cannot be understood, too many of its rows are rejected
    or its rows do not add up. Files that were loaded before are left alone; if all were, no version is made.
    """
    settings = settings or load_settings()
    directory = warehouse or settings.warehouse
    given = [paths] if isinstance(paths, Path) else list(paths)
    with _machine_errors(), tempfile.TemporaryDirectory(prefix="pinyu-") as scratch:
        planned, skipped = plan_files(given, read_mapping(mapping), Path(scratch))
        with new_version(directory, keep=settings.keep_versions, config=writing_config(settings, scratch)) as draft:
            draft.connection.execute("set enable_progress_bar = false")
            create_tables(draft.connection)
            work = _Load(draft.connection, draft.name, settings.reject_share)
            files = work.take_all(planned, progress)
            names = tuple(path.name for path in skipped)
            if work.is_idle:
                current = current_version(directory)
                return Report(current.name if current else "", files, {}, {}, published=False, skipped=names)
            unknown = work.finish(files)
            version = draft.publish()
    return Report(
        version.name,
        files,
        {name: ids for name, (_, ids) in unknown.items()},
        {name: count for name, (count, _) in unknown.items()},
        skipped=names,
    )


def publish_empty(warehouse: Path, settings: Settings | None = None) -> Version:
    """Publish a version with all tables and no rows beyond what is there already."""
    settings = settings or load_settings()
    with new_version(warehouse, keep=settings.keep_versions) as draft:
        create_tables(draft.connection)
        return draft.publish()


@contextmanager
def _machine_errors() -> Iterator[None]:
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        raise LoadFailed(
            f"The load could not be finished, nothing was published: {str(error).splitlines()[0]}",
            "Check the room on the disk, the rights on the warehouse's folder and the setting memory_limit.",
        ) from error


def writing_config(settings: Settings, scratch: str) -> dict[str, str | int]:
    """DuckDB's settings for a load: bounded, offline, and with room to spill beside the warehouse's scratch."""
    return {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": scratch,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


class _Load:
    """One load under way on the connection of a draft."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: str, reject_share: float) -> None:
        self.connection = connection
        self.version = version
        self.reject_share = reject_share
        self.began = datetime.now()
        row = connection.execute("select coalesce(max(load_id), 0) + 1 from loads").fetchone()
        self.load_id = int(row[0]) if row else 1
        self.touched: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether every file had been loaded before."""
        return not self.touched

    def take_all(self, planned: list[Planned], progress: Progress | None) -> tuple[FileReport, ...]:
        """Load the files one by one."""
        reports = []
        for number, plan in enumerate(planned):
            if progress:
                progress(plan.prepared.source.name, number, len(planned))
            reports.append(self._unchanged(plan) or self._take(plan))
        if progress:
            progress("", len(planned), len(planned))
        return tuple(reports)

    def finish(self, files: tuple[FileReport, ...]) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Settle what depends on all files: owners, order, references, the book of loads."""
        if self.touched & OWNER_SOURCES:
            resolve_owners(self.connection)
        elif any(file.corrections for file in files if _target(BY_NAME[file.extract]) is SALES):
            resolve_owners(self.connection, self.load_id)
        for extract in TABLES:
            if extract.name in self.touched:
                keep_in_order(self.connection, extract, self.load_id)
        self.connection.execute(
            "insert into loads values (?, ?, ?, ?, ?)",
            [self.load_id, self.version, self.began, _account(), (datetime.now() - self.began).total_seconds()],
        )
        unknown = unknown_references(self.connection, self.load_id)
        stand_in_for_unknown(self.connection, self.load_id)
        return unknown

    def _take(self, plan: Planned) -> FileReport:
        started = time.perf_counter()
        target = _target(plan.extract)
        there = stage(self.connection, plan.prepared, plan.extract, plan.headers)
        require_few_rejects(self.connection, plan.prepared.source.name, self.reject_share)
        mark_rows(self.connection, plan.extract, target, there)
        if plan.extract is FLAT_SALES:
            derive_masters(self.connection, self.load_id)
        moved = move_rows(self.connection, target, there, self.load_id)
        report = account(self.connection, plan, moved, time.perf_counter() - started)
        write_books(self.connection, plan, report, self.load_id)
        self.touched |= {target.name, *({"customers"} if plan.extract is FLAT_SALES else ())}
        return report

    def _unchanged(self, plan: Planned) -> FileReport | None:
        """The report of a file whose very bytes were loaded before, by the same mapping."""
        row = self.connection.execute(
            """
            select version, read, superseded, rejected
            from load_files
            inner join loads using (load_id)
            where fingerprint = ?
            order by load_id
            limit 1
            """,
            [plan.fingerprint],
        ).fetchone()
        if row is None:
            return None
        version, read, superseded, rejected = row
        source = plan.prepared.source
        return FileReport(
            file=source.name,
            extract=plan.extract.name,
            encoding=source.encoding,
            read=read,
            loaded=0,
            duplicates=read - superseded - rejected,
            superseded=superseded,
            rejected=rejected,
            corrections=0,
            unchanged_since=version,
        )


def _target(extract: Extract) -> Extract:
    """The extract whose table the rows go to."""
    return SALES if extract is FLAT_SALES else extract


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
