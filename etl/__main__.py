"""`python -m etl`: load extracts, make sample ones, list versions, load the real sets for a look."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl.demo import SETS, load_demo
from etl.load import load as load_files
from etl.load import publish_empty
from etl.report import Report
from etl.sample import generate
from warehouse.errors import PinyuError
from warehouse.settings import load_settings
from warehouse.versions import current_version, versions

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Extracts in, a warehouse out."
)
messages = Console(stderr=True, highlight=False)

Warehouse = Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: the setting).")]


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"


class Language(StrEnum):
    """The language of headers."""

    zh = "zh"
    en = "en"


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Extracts, or folders of them.", metavar="DIR|FILE…")],
    warehouse: Warehouse = None,
    mapping: Annotated[Path | None, typer.Option(help="Mapping file (TOML) for headers of your own.")] = None,
    report: Annotated[Format, typer.Option(help="text, or json and nothing else on standard output.")] = Format.text,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where something is loaded already.")] = False,
) -> None:
    """Load extracts into a new version: all of them, or nothing where something is wrong."""
    with _clear_errors():
        if if_empty and current_version(warehouse or load_settings().warehouse) is not None:
            return
    with _clear_errors(), _progress(quiet=report is Format.json) as progress:
        done = load_files(paths, warehouse=warehouse, mapping=mapping, progress=progress)
    if report is Format.json:
        sys.stdout.write(json.dumps(done.as_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        _print_report(done)


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    seed: int = 7,
    customers: int = 2000,
    months: int = 24,
    managers: int = 12,
    teams: int = 3,
    skus: int = 60,
    brands: int = 18,
    lines: Annotated[int | None, typer.Option(help="About how many sales lines; default: as many as it takes.")] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; default: of last month.")
    ] = None,
    headers: Language = Language.zh,
    encoding: str = "utf-8",
) -> None:
    """Write the extracts of a made-up city."""
    with _clear_errors(), messages.status("Making the sample …"):
        rows = generate(
            out,
            seed=seed,
            customers=customers,
            months=months,
            until=until.date() if until else None,
            managers=managers,
            teams=teams,
            skus=skus,
            brands=brands,
            encoding=encoding,
            headers=headers.value,
            lines=lines,
        )
    for name, count in rows.items():
        print(f"{name:14}{count:>12,}")


@app.command("versions")
def list_versions(warehouse: Warehouse = None) -> None:
    """List the versions kept; the current one is marked."""
    with _clear_errors():
        directory = warehouse or load_settings().warehouse
        current = current_version(directory)
        for version in versions(directory):
            size = version.path.stat().st_size / 1e6
            print(f"{version.name}{size:>12,.1f} MB{'  current' if version == current else ''}")


@app.command()
def demo(
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(SETS)}.")],
) -> None:
    """Load one of the real sets into a warehouse of its own, unless it is there, and print that warehouse's folder."""
    with _clear_errors(), _progress(quiet=False) as progress:
        directory = load_demo(name, progress)
    print(directory)


@app.command()
def empty(warehouse: Warehouse = None) -> None:
    """Publish a version with all tables and no rows."""
    with _clear_errors():
        print(publish_empty(warehouse or load_settings().warehouse).name)


def _print_report(report: Report) -> None:
    table = Table(box=None, pad_edge=False)
    numbers = ("read", "loaded", "duplicates", "superseded", "rejected", "corrections")
    for column in ("file", "extract", "encoding"):
        table.add_column(column)
    for column in (*numbers, "seconds"):
        table.add_column(column, justify="right")
    for file in report.files:
        counts = (f"{getattr(file, name):,}" for name in numbers)
        table.add_row(file.file, file.extract, file.encoding, *counts, f"{file.seconds:.2f}")
    console = Console(highlight=False)
    console.print(table)
    for file in report.files:
        if file.unchanged_since:
            console.print(f"{file.file} was loaded in {file.unchanged_since} already; nothing changed.")
    for name, count in report.unknown_counts.items():
        if count:
            console.print(
                f"Unknown {name}: {count:,} ({', '.join(report.unknown[name][:5])}{' …' if count > 5 else ''})"
            )
    if report.skipped:
        console.print(f"Left aside, not in the mapping: {', '.join(report.skipped)}")
    console.print(f"Published {report.version}." if report.published else f"Nothing new; {report.version} stays.")


@contextmanager
def _clear_errors() -> Iterator[None]:
    """One clear line and a hint instead of a traceback; exit code 1."""
    try:
        yield
    except PinyuError as error:
        messages.print(f"[red]Error:[/red] {_plain(error.message)}", soft_wrap=True)
        if error.hint:
            messages.print(_plain(error.hint), soft_wrap=True)
        raise typer.Exit(1) from None


def _plain(text: str) -> str:
    return text.replace("[", r"\[")


@contextmanager
def _progress(quiet: bool) -> Iterator["Shown | None"]:
    if quiet:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=messages, transient=True) as bars:
        yield Shown(bars)


class Shown:
    """A load's progress as a bar."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = bars.add_task("Reading files", total=None)

    def __call__(self, file: str, number: int, files: int) -> None:
        self._bars.update(self._task, description=file or "Publishing", completed=number, total=files)


if __name__ == "__main__":
    app()
