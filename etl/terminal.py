"""What a load shows on a terminal: progress, the report, questions, and errors in a line."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.prompt import Confirm
from rich.table import Table

from etl.errors import LoadInterrupted
from etl.progress import Step
from etl.report import FileReport, Report
from warehouse.errors import PinyuError

EXIT_CODES = (
    "Exit codes: 0 done; 1 a file, mapping or setting cannot be used; 2 wrong command line; 3 too many rows rejected;"
    " 4 another load is running; 5 the machine gave up (disk, memory, rights); 6 rows or sums do not add up;"
    " 130 stopped by Ctrl-C. Unless it is 0, nothing was published."
)
STOPPED = 130
COUNTS = ("read", "loaded", "duplicates", "superseded", "rejected", "corrections")
IDS_SHOWN = 5
HEADERS_SHOWN = 12
WIDE = 120
messages = Console(stderr=True, highlight=False)


@contextmanager
def clear_errors(as_json: bool = False) -> Iterator[None]:
    """One clear line and a hint, or an object of JSON, instead of a traceback, and the error's exit code."""
    try:
        yield
    except PinyuError as error:
        if as_json:
            tell_json(message=error.message, hint=error.hint, exit_code=error.exit_code)
        else:
            messages.print(f"[red]Error:[/red] {_plain(error.message)}", soft_wrap=True)
        if error.hint and not as_json:
            messages.print(_plain(error.hint), soft_wrap=True)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt as stopped:
        words = "Stopped; nothing was published." if isinstance(stopped, LoadInterrupted) else "Stopped."
        if as_json:
            tell_json(message=words, hint="", exit_code=STOPPED)
        else:
            messages.print(words)
        raise typer.Exit(STOPPED) from None


def tell_json(**words: object) -> None:
    """One line of JSON on standard error, in ASCII, which every encoding has."""
    sys.stderr.write(json.dumps(words) + "\n")
    sys.stderr.flush()


def step_as_json(step: Step) -> None:
    """A load's progress as a line of JSON."""
    tell_json(**asdict(step))


def ask(file: str, offered: Mapping[str, str]) -> bool:
    """Whether the person at the terminal takes the headers offered."""
    words = ", ".join(f"{header!r} for {name}" for name, header in offered.items())
    return Confirm.ask(f"{_plain(file)}: take {_plain(words)}?", console=messages, default=False)


@contextmanager
def shown_progress(quiet: bool) -> Iterator["Shown | None"]:
    """A bar for the file being read, with rows, rate and the time left; nothing where quiet."""
    if quiet:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages, transient=True) as bars:
        yield Shown(bars)


class Shown:
    """A load's progress as a bar."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = bars.add_task("Looking at the files", total=None, rate="")
        self._at = ("", "")

    def __call__(self, step: Step) -> None:
        if (step.file, step.stage) != self._at:
            self._at = (step.file, step.stage)
            # A task once given a total cannot be without one again.
            self._bars.remove_task(self._task)
            self._task = self._bars.add_task("", total=None, rate="")
        file = f" {step.file} ({step.number + 1} of {step.files})" if step.stage != "publishing" else ""
        rows = round(step.share * step.rows)
        self._bars.update(
            self._task, description=_plain(step.stage + file), completed=step.share, total=1 if step.share else None
        )
        speed = self._bars.tasks[0].elapsed or 0
        rate = f"{rows:,} rows, {rows / speed:,.0f} a second" if rows and speed else ""
        self._bars.update(self._task, rate=rate)


def print_report(report: Report) -> None:
    """The report as a table with notes below it."""
    table = Table(box=None, pad_edge=False)
    for column in ("file", "extract", "encoding"):
        table.add_column(column)
    for column in (*COUNTS, "seconds"):
        table.add_column(column, justify="right")
    for file in report.files:
        counts = (f"{getattr(file, name):,}" for name in COUNTS)
        table.add_row(_plain(file.file), file.extract, file.encoding, *counts, f"{file.seconds:.2f}")
    console = Console(highlight=False)
    # Figures cut short would be wrong figures: a narrow terminal wraps the lines.
    console.width = max(console.width, WIDE)
    console.print(table)
    for line in report_notes(report):
        console.print(_plain(line), soft_wrap=True)
    console.print(f"Published {report.version}." if report.published else f"Nothing new; {report.version} stays.")


def report_notes(report: Report) -> Iterator[str]:
    """What a report says beside its counts, a sentence a line."""
    for file in report.files:
        yield from _file_notes(file)
    for name, count in report.unknown_counts.items():
        if count:
            more = " …" if count > IDS_SHOWN else ""
            yield f"Unknown {name}: {count:,} ({', '.join(report.unknown[name][:IDS_SHOWN])}{more})"
    yield from report.notes
    if report.skipped:
        yield f"Left aside: {', '.join(report.skipped)}"


def _file_notes(file: FileReport) -> Iterator[str]:
    if file.unchanged_since:
        yield f"{file.file} was loaded in {file.unchanged_since} already; nothing changed."
        return
    if file.is_recalled:
        yield f"{file.file}: read by the mapping remembered for its headers (python -m etl mappings)."
    if file.titles or file.furniture:
        yield f"{file.file}: skipped {file.titles} title rows and {file.furniture} total or heading rows."
    if file.unused:
        more = f" and {len(file.unused) - HEADERS_SHOWN:,} more" if len(file.unused) > HEADERS_SHOWN else ""
        yield f"{file.file}: nothing is taken from {', '.join(file.unused[:HEADERS_SHOWN])}{more}."
    if file.removed:
        yield f"{file.file}: {file.removed:,} rows of the replaced month made room."
    if file.control:
        read, loaded, after = file.control.read, file.control.loaded, file.control.after
        yield (
            f"{file.file}: quantity {read.qty:,.2f} read, {loaded.qty:,.2f} loaded, {after.qty:,.2f} in all;"
            f" amount {read.amount:,.2f} read, {loaded.amount:,.2f} loaded, {after.amount:,.2f} in all."
        )
    if file.rejects_file:
        yield f"{file.file}: rejected rows ({file.rejected:,}) stand in the warehouse's folder, {file.rejects_file}."


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
