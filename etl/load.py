"""A load: plan the files, stage each, move its rows, account for all of them, and publish one new version."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.errors import LoadFailed, LoadInterrupted
from etl.mapping.remembered import recall, remember
from etl.mapping.rules import read_mapping
from etl.mapping.suggestions import Confirm
from etl.plan import Knowledge, Plan, limits_of, plan_files
from etl.progress import Progress
from etl.reading.source import Options
from etl.report import FileReport, Report
from etl.row_budget import RowBudget
from etl.tables.replace import Month
from etl.tables.schema import create_tables
from etl.work import Work
from warehouse.settings import Settings, in_bytes, load_settings
from warehouse.versions import Version, current_version, draft_version, new_version
from warehouse.writing import account, writing

INTERRUPTED = "Query interrupted"
"""What DuckDB says where Ctrl-C came while it was at work."""
LIMIT_SHARE = 0.75


@dataclass(frozen=True)
class Wishes:
    """What a person may say about a load beside its files.

    `options` state what would otherwise be found out, `confirm` is asked before headers that merely come close are
    taken, and `replace` is a month whose rows make room for those of the files. `most_rows` is how many rows the files
    may have together, 0 any number; `loaded_by` is who the books name, else the account.
    """

    mapping: Path | None = None
    options: Options = field(default_factory=Options)
    confirm: Confirm | None = None
    replace: Month | None = None
    most_rows: int = 0
    loaded_by: str = ""


def load(
    paths: Sequence[Path] | Path,
    *,
    warehouse: Path | None = None,
    mapping: Path | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    wishes: Wishes | None = None,
) -> Report:
    """Load files and folders into a new version of the warehouse; all of them or nothing.

    Raises PinyuError, and publishes nothing, where a file cannot be understood, too many of its rows are rejected
    or its rows do not add up. Files that were loaded before are left alone; if all were, no version is made.
    `mapping` is short for wishes that state just that.
    """
    settings = settings or load_settings()
    directory = warehouse or settings.warehouse
    wishes = wishes or Wishes(mapping=mapping)
    given = [paths] if isinstance(paths, Path) else list(paths)
    knowledge = Knowledge(read_mapping(wishes.mapping), recall(directory), wishes.options, wishes.confirm)
    with _ends_in_words(directory) as names, writing(directory) as scratch:
        plan = plan_files(given, knowledge, scratch, limits_of(settings))
        config = writing_config(settings, scratch)
        with draft_version(directory, keep=settings.keep_versions, config=config) as draft:
            names.append(draft.name)
            create_tables(draft.connection)
            rows = RowBudget(wishes.most_rows)
            work = Work(draft.connection, draft.name, directory, settings.reject_share, wishes.replace, rows)
            files = work.take_all(plan.tables, progress)
            if work.is_idle:
                current = current_version(directory)
                return Report(current.name if current else "", files, published=False, skipped=plan.aside)
            unknown = work.finish(files, wishes.loaded_by or account())
            version = draft.publish()
        notes = (*_notes(plan, work), *_remember(directory, plan))
    return _report(version, files, unknown, plan, notes)


def publish_empty(warehouse: Path, settings: Settings | None = None) -> Version:
    """Publish a version with all tables and no rows beyond what is there already."""
    settings = settings or load_settings()
    with new_version(warehouse, keep=settings.keep_versions) as draft:
        create_tables(draft.connection)
        return draft.publish()


@contextmanager
def _ends_in_words(directory: Path) -> Iterator[list[str]]:
    """Errors for people where the machine gives up or somebody stops the load.

    Gives a list for the name of the version in the making: whether it was published is part of what is said.
    """
    names: list[str] = []
    try:
        yield names
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        outcome = f"{names[0]} was published" if _is_published(directory, names) else "nothing was published"
        raise LoadFailed(
            f"The load could not be finished, {outcome}: {str(error).splitlines()[0]}",
            "Check the room on the disk, the rights on the warehouse's folder and the setting memory_limit.",
        ) from error
    except (KeyboardInterrupt, duckdb.InterruptException, RuntimeError) as error:
        if isinstance(error, RuntimeError) and INTERRUPTED not in str(error):
            raise
        raise (KeyboardInterrupt if _is_published(directory, names) else LoadInterrupted) from None


def _is_published(directory: Path, names: Sequence[str]) -> bool:
    current = current_version(directory) if names else None
    return current is not None and current.name in names


def writing_config(settings: Settings, scratch: Path) -> dict[str, str | int]:
    """DuckDB's settings for a load: bounded, offline, and with room to spill beside the warehouse.

    DuckDB holds some memory beyond its limit, so that it gets less than the whole process may have.
    """
    return {
        "memory_limit": f"{round(in_bytes(settings.memory_limit) * LIMIT_SHARE / 1e6)}MB",
        "threads": settings.threads,
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def _remember(directory: Path, plan: Plan) -> tuple[str, ...]:
    """Keep the mappings that a person gave or confirmed, now that they have proved themselves.

    The load stands without: what went wrong is given as notes.
    """
    told: dict[tuple[str, ...], list[Mapping[str, object]]] = {}
    for table in plan.tables:
        if table.to_remember:
            told.setdefault(table.prepared.source.header, []).append(table.to_remember)
    try:
        for header, rules in told.items():
            remember(directory, header, rules)
    except OSError as error:
        return (f"The mapping could not be remembered for files with the same headers: {error}.",)
    return ()


def _notes(plan: Plan, work: Work) -> Iterator[str]:
    """What people should know of a load that went well."""
    for source in dict.fromkeys(table.prepared.source for table in plan.tables if not table.prepared.joined):
        if source.has_loose_end:
            yield f"{source.name} ends without a line end: if it was cut off, its last row is not whole."
    if work.replace is not None and not work.replaced:
        yield f"Nothing of {work.replace.name} was replaced: none of the files has rows that belong to a month."


def _report(
    version: Version,
    files: tuple[FileReport, ...],
    unknown: dict[str, tuple[int, tuple[str, ...]]],
    plan: Plan,
    notes: tuple[str, ...],
) -> Report:
    return Report(
        version.name,
        files,
        {name: ids for name, (_, ids) in unknown.items()},
        {name: count for name, (count, _) in unknown.items()},
        skipped=plan.aside,
        notes=notes,
    )
