"""Any figure that a page shows, on the command line: `python -m metrics NAME --from D --to D`."""

import csv
import io
import json
import math
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from metrics.catalogue import figures
from metrics.columns import column
from metrics.ranking import CUSTOMERS_BY_AMOUNT, MEASURES, RANKED, Ranking
from metrics.runner import run
from metrics.scope import CONDITIONS, Scope, ScopeError
from warehouse.connection import latest_version, reading_cursor
from warehouse.errors import PinyuError
from warehouse.settings import load_settings
from warehouse.streams import print_in_any_encoding

UNBOUNDED = 10_000
"""Characters a line where output is no terminal."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def main(
    name: Annotated[str, typer.Argument(help="A figure's name, or `list` for all of them.")],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[…]", help="Further conditions, or dimensions to split by.")
    ] = None,
    warehouse: Annotated[Path | None, typer.Option(help="Folder of the warehouse; else as configured.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="D", help="First day, YYYY-MM-DD.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="D", help="Last day, YYYY-MM-DD.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Split by area, team, month …; commas or repeated.")] = None,
    where: Annotated[
        list[str] | None, typer.Option(help=f"Narrow by name=value; names are {', '.join(CONDITIONS)}.")
    ] = None,
    ranked: Annotated[
        str, typer.Option(help=f"What figures of concentration rank: {', '.join(RANKED)}.")
    ] = CUSTOMERS_BY_AMOUNT.ranked,
    measure: Annotated[
        str, typer.Option(help=f"By what they rank it: {', '.join(MEASURES)}.")
    ] = CUSTOMERS_BY_AMOUNT.measure,
    format: Annotated[Format, typer.Option(help="How to print the rows.")] = Format.table,
) -> None:
    """Print a figure over a scope, computed by the same code that the pages use.

    Exit code 0: printed, also when there is no data; 1: it could not be computed; 2: the command was misspelt.
    """
    try:
        rows = (
            _listing()
            if name == "list"
            else _figure(name, more or [], warehouse, from_, to, by or [], where or [], Ranking(ranked, measure))
        )
    except PinyuError as error:
        typer.echo(error.message, err=True)
        if error.hint:
            typer.echo(error.hint, err=True)
        raise typer.Exit(1) from error
    _print(rows, name, format)


def _listing() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": figure.name,
            "title": figure.title[0],
            "title_zh": figure.title[1],
            "unit": figure.unit,
            "by": " ".join(figure.by),
            "definition": figure.formula[0],
            "definition_zh": figure.formula[1],
        }
        for figure in figures().values()
    )


def _figure(
    name: str,
    more: list[str],
    warehouse: Path | None,
    from_: str | None,
    to: str | None,
    by: list[str],
    where: list[str],
    ranking: Ranking,
) -> pd.DataFrame:
    conditions = [*where, *(word for word in more if "=" in word)]
    dimensions = [part for word in [*by, *(word for word in more if "=" not in word)] for part in word.split(",")]
    settings = load_settings()
    if warehouse is not None:
        settings = settings.model_copy(update={"warehouse": warehouse})
    cursor = reading_cursor(latest_version(settings), settings)
    scope = Scope(_day(from_, "--from"), _day(to, "--to")).narrow(**_conditions(conditions))
    return run(name, scope, [part for part in dimensions if part], ranking, cursor=cursor)


def _day(text: str | None, option: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as error:
        raise ScopeError(
            f"{option} is {text!r}, which is not a day." if text else f"{option} is missing.",
            f"Give it as {option} YYYY-MM-DD.",
        ) from error


def _conditions(words: list[str]) -> dict[str, str | tuple[str, ...]]:
    conditions: dict[str, tuple[str, ...]] = {}
    for word in words:
        name, separator, value = word.partition("=")
        if not separator or name not in CONDITIONS:
            raise ScopeError(f"{word!r} is not a condition.", f"Write name=value; names are {', '.join(CONDITIONS)}.")
        conditions[name] = (*conditions.get(name, ()), value)
    return dict(conditions)


def _print(rows: pd.DataFrame, name: str, format: Format) -> None:
    records = [{str(key): _plain(value) for key, value in record.items()} for record in rows.to_dict("records")]
    if format is Format.json:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    elif format is Format.csv:
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows.columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        typer.echo(text.getvalue(), nl=False)
    else:
        _print_table(records, rows, name)


def _print_table(records: list[dict[str, Any]], rows: pd.DataFrame, name: str) -> None:
    # Without a terminal there is no edge: names that a pipe reads on must be whole.
    console = Console() if sys.stdout.isatty() else Console(soft_wrap=True, width=UNBOUNDED)
    if not records:
        console.print(f"— {figures()[name].empty[0]}", markup=False)
        return
    table = Table(box=None, header_style="bold")
    for key in rows.columns:
        title = str(key) if name == "list" else f"{column(str(key)).title[0]} ({key})"
        table.add_column(Text(title), justify="right" if pd.api.types.is_numeric_dtype(rows[key]) else "left")
    for record in records:
        table.add_row(*(Text("—" if value is None else str(value)) for value in record.values()))
    console.print(table)


def _plain(value: Any) -> Any:
    """A value as JSON has it: whole numbers whole, days as ISO text, no data as null."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


if __name__ == "__main__":
    print_in_any_encoding()
    app()
