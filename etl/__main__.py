"""`python -m etl`: load extracts, make sample ones, list versions, load the real sets for a look."""

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etl.demo import SETS, load_demo
from etl.load import Wishes, publish_empty
from etl.load import load as load_files
from etl.mapping import remembered
from etl.progress import Step
from etl.reading.source import Options
from etl.tables.replace import parse_month
from etl.terminal import EXIT_CODES, ask, clear_errors, messages, print_report, shown_progress, step_as_json
from etl.watch import watch_folder
from warehouse.errors import PinyuError
from warehouse.settings import load_settings
from warehouse.streams import print_in_any_encoding
from warehouse.versions import current_version, go_back, versions

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Extracts in, a warehouse out."
)

Warehouse = Annotated[Path | None, typer.Option(help="Folder of the warehouse (default: the setting).")]


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    json_in_full = "json-in-full"


class Progress(StrEnum):
    """How it is told how far a load is."""

    bar = "bar"
    json = "json"


class Language(StrEnum):
    """The language of headers."""

    zh = "zh"
    en = "en"


@app.command(epilog=EXIT_CODES)
def load(
    paths: Annotated[list[Path], typer.Argument(help="Extracts, or folders of them.", metavar="DIR|FILE…")],
    warehouse: Warehouse = None,
    mapping: Annotated[Path | None, typer.Option(help="Mapping file (TOML) for headers of your own.")] = None,
    replace: Annotated[
        str, typer.Option(help="Reload a month: its rows make room for those of the files.", metavar="month=YYYY-MM")
    ] = "",
    encoding: Annotated[str, typer.Option(help="Encoding of the files, where it is not found out rightly.")] = "",
    delimiter: Annotated[str, typer.Option(help="Delimiter of the files.")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook, by name or number; default: all.")] = "",
    header_line: Annotated[int, typer.Option(help="Line that the headers are in; 0: it is found out.", min=0)] = 0,
    accept_suggestions: Annotated[
        bool, typer.Option("--accept-suggestions", help="Take the closest headers for required columns.")
    ] = False,
    report: Annotated[
        Format, typer.Option(help="text; or json, json-in-full: nothing else on standard output.")
    ] = Format.text,
    progress: Annotated[
        Progress, typer.Option(help="A bar; or a line of JSON a step on standard error.")
    ] = Progress.bar,
    reject_share: Annotated[
        float | None,
        typer.Option(help="A larger share of rejected rows stops the load (default: the setting).", min=0, max=1),
    ] = None,
    most_rows: Annotated[
        int, typer.Option(help="How many rows the files may have together; 0: any number.", min=0)
    ] = 0,
    loaded_by: Annotated[str, typer.Option(help="Who the books say loaded it (default: the account).")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but what goes wrong.")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where something is loaded already.")] = False,
) -> None:
    """Load extracts into a new version: all of them, or nothing where something is wrong."""
    is_json = report is not Format.text
    with clear_errors(as_json=is_json):
        settings = load_settings()
        if if_empty and current_version(warehouse or settings.warehouse) is not None:
            return
        if reject_share is not None:
            settings = settings.model_copy(update={"reject_share": reject_share})
        wishes = Wishes(
            mapping,
            Options(encoding=encoding, delimiter=delimiter, sheet=sheet, header_line=header_line),
            (lambda file, offered: True) if accept_suggestions else ask if sys.stdin.isatty() else None,
            parse_month(replace) if replace else None,
            most_rows,
            loaded_by,
        )
        if progress is Progress.json:
            step_as_json(Step("", 0, len(paths), "opening"))
        with shown_progress(quiet or is_json or progress is Progress.json) as bar:
            told = step_as_json if progress is Progress.json else bar
            done = load_files(paths, warehouse=warehouse, settings=settings, progress=told, wishes=wishes)
    if is_json:
        rows = done.as_dict() if report is Format.json else done.in_full()
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif not quiet:
        print_report(done)


@app.command(epilog=EXIT_CODES)
def watch(
    folder: Annotated[Path, typer.Argument(help="Folder that files are dropped into.", metavar="DIR")],
    warehouse: Warehouse = None,
    mapping: Annotated[Path | None, typer.Option(help="Mapping file (TOML) for headers of your own.")] = None,
    settle: Annotated[float, typer.Option(help="Seconds without a change after which a file is complete.")] = 2.0,
) -> None:
    """Load what is dropped into a folder, and move it to done/ or failed/ with a report beside it. Ctrl-C ends it."""
    with clear_errors():
        messages.print(f"Watching {folder}; Ctrl-C ends it.")
        watch_folder(folder, Wishes(mapping=mapping), warehouse, settle, told=print)


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
    # pandas, which nothing else here needs, takes longer to import than a small load takes.
    from etl.sample import generate

    with clear_errors(), messages.status("Making the sample …"):
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
    with clear_errors():
        directory = warehouse or load_settings().warehouse
        current = current_version(directory)
        for version in versions(directory):
            size = version.path.stat().st_size / 1e6
            print(f"{version.name}{size:>12,.1f} MB{'  current' if version == current else ''}")


@app.command()
def back(
    version: Annotated[str, typer.Argument(help="Name of a version that is kept, such as v000007.")],
    warehouse: Warehouse = None,
) -> None:
    """Make an earlier version the current one again; a later one can be come back to in the same way."""
    with clear_errors():
        print(f"{go_back(warehouse or load_settings().warehouse, version).name} is current now.")


@app.command()
def mappings(
    warehouse: Warehouse = None,
    forget: Annotated[str, typer.Option(help="Drop the one of this name.")] = "",
) -> None:
    """List the remembered mappings: files with the same headers are read by them."""
    with clear_errors():
        directory = warehouse or load_settings().warehouse
        if forget and not remembered.forget(directory, forget):
            raise PinyuError(f"There is no remembered mapping {forget!r}.", "List them with: python -m etl mappings")
        for name, rules in remembered.recall(directory).items():
            for rule in rules:
                print(f"{name}  {rule.extract or 'any extract'}: {', '.join(sorted(rule.columns)) or 'options only'}")


@app.command()
def demo(
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(SETS)}.")],
) -> None:
    """Load one of the real sets into a warehouse of its own, unless it is there, and print that warehouse's folder."""
    with clear_errors(), shown_progress(quiet=False) as progress:
        directory = load_demo(name, progress)
    print(directory)


@app.command()
def empty(warehouse: Warehouse = None) -> None:
    """Publish a version with all tables and no rows."""
    with clear_errors():
        print(publish_empty(warehouse or load_settings().warehouse).name)


if __name__ == "__main__":
    print_in_any_encoding()
    app()
