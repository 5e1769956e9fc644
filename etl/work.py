"""The work of a load on the connection of a draft: each file in turn, then what depends on all of them."""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from etl.contract import Extract
from etl.contracts import BY_NAME, TABLES
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.plan import Planned
from etl.progress import Progress, Teller
from etl.report import FileReport
from etl.row_budget import RowBudget
from etl.staging.reject_file import write_rejects
from etl.staging.stage import Staged, stage
from etl.tables.accounting import Outcome, account, require_few_rejects, rows_read, write_books
from etl.tables.control import compare, expect
from etl.tables.derive import derive_masters
from etl.tables.facts import keep_in_order, move_rows
from etl.tables.keys import mark_rows
from etl.tables.owners import resolve_owners
from etl.tables.replace import Month, is_replaceable, remove_month, require_rows
from etl.tables.unknown import stand_in_for_unknown, unknown_references

OWNER_SOURCES = {"customers", "assignments"}


class Work:
    """One load under way. `replace` is a month whose rows are removed from each table before its first file."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        version: str,
        directory: Path,
        reject_share: float,
        replace: Month | None,
        rows: RowBudget,
    ) -> None:
        self.connection = connection
        self.version = version
        self.directory = directory
        self.reject_share = reject_share
        self.replace = replace
        self.rows = rows
        self.began = datetime.now()
        row = connection.execute("select coalesce(max(load_id), 0) + 1 from loads").fetchone()
        self.load_id = int(row[0]) if row else 1
        self.touched: set[str] = set()
        self.replaced: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether every file had been loaded before."""
        return not self.touched

    def take_all(self, planned: Sequence[Planned], progress: Progress | None) -> tuple[FileReport, ...]:
        """Load the files one by one."""
        teller = Teller(self.connection, progress)
        reports = []
        for number, plan in enumerate(planned):
            source = plan.prepared.source
            with teller.reading(source.name, number, len(planned), source.rows_expected):
                report = self._unchanged(plan)
                started = time.perf_counter()
                if report is None:
                    self.rows.require_room(source)
                    target = target_of(plan.extract)
                    kept = None if self.replace is not None and is_replaceable(target) else target
                    staged = stage(self.connection, plan.prepared, plan.extract, plan.headers, kept)
            if report is None:
                teller.tell("checking")
                report = self._take(plan, number, staged, started)
            reports.append(report)
        teller.tell("publishing")
        return tuple(reports)

    def finish(self, files: tuple[FileReport, ...], loaded_by: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Settle what depends on all files: owners, order, references, the book of loads."""
        if self.replace is not None:
            for name in sorted(self.replaced):
                require_rows(self.connection, BY_NAME[name], self.replace, self.load_id)
        if self.touched & OWNER_SOURCES:
            resolve_owners(self.connection)
        elif any(file.corrections for file in files if target_of(BY_NAME[file.extract]) is SALES):
            resolve_owners(self.connection, self.load_id)
        for extract in TABLES:
            if extract.name in self.touched:
                keep_in_order(self.connection, extract, self.load_id)
        self.connection.execute(
            "insert into loads values (?, ?, ?, ?, ?)",
            [self.load_id, self.version, self.began, loaded_by, (datetime.now() - self.began).total_seconds()],
        )
        unknown = unknown_references(self.connection, self.load_id)
        stand_in_for_unknown(self.connection, self.load_id)
        return unknown

    def _take(self, plan: Planned, number: int, staged: Staged, started: float) -> FileReport:
        name, target, there = plan.prepared.source.name, target_of(plan.extract), staged.columns
        self.rows.spend(rows_read(self.connection), name)
        rejects_file = write_rejects(self.connection, self.directory, self.version, number + 1, name)
        require_few_rejects(self.connection, name, self.reject_share, rejects_file)
        removed = self._make_room(target)
        mark_rows(self.connection, plan.extract, target, there)
        expected = expect(self.connection, target, there)
        if plan.extract is FLAT_SALES:
            derive_masters(self.connection, self.load_id)
        moved = move_rows(self.connection, target, there, self.load_id)
        outcome = Outcome(moved, staged.furniture, removed, compare(self.connection, expected), rejects_file)
        report = account(self.connection, plan, outcome, time.perf_counter() - started)
        month = self.replace.name if self.replace and target.name in self.replaced else None
        write_books(self.connection, plan, report, self.load_id, month)
        self.touched |= {target.name, *({"customers"} if plan.extract is FLAT_SALES else ())}
        return report

    def _make_room(self, target: Extract) -> int:
        if self.replace is None or not is_replaceable(target) or target.name in self.replaced:
            return 0
        self.replaced.add(target.name)
        return remove_month(self.connection, target, self.replace)

    def _unchanged(self, plan: Planned) -> FileReport | None:
        """The report of a file whose very bytes were loaded before by the same mapping, and not replaced since."""
        target = target_of(plan.extract)
        if self.replace is not None and is_replaceable(target):
            return None
        same_table = [extract.name for extract in BY_NAME.values() if target_of(extract) is target]
        row = self.connection.execute(
            """
            select version, read, superseded, rejected
            from load_files as earlier
            inner join loads using (load_id)
            where fingerprint = $fingerprint
                and not exists (
                    from load_files as later
                    where later.load_id > earlier.load_id
                        and later.replaced_month is not null
                        and later.extract in (select unnest($same_table))
                )
            order by load_id
            limit 1
            """,
            {"fingerprint": plan.fingerprint, "same_table": same_table},
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


def target_of(extract: Extract) -> Extract:
    """The extract whose table the rows go to."""
    return SALES if extract is FLAT_SALES else extract
