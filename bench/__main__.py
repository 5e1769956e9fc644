"""`make bench`: makes the files once, measures, and prints ratios to bare DuckDB. Exit code 1 where one is too high."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench import brand, concentration, manager_sheet, managers, upload
from bench.files import Files, folder_of, make_files
from bench.loading import Result, measure_loading
from bench.views import by_pandas, measure, warehouse_of

GIGABYTE = 1024**3
console = Console(highlight=False)


def main(
    lines: Annotated[int, typer.Option(help="How many sales lines.")] = 20_000_000,
    runs: Annotated[int, typer.Option(help="How often each is run; medians count.")] = 3,
    pandas: Annotated[bool, typer.Option(help="Put pandas beside them.")] = True,
    only: Annotated[str, typer.Option(help="loading, views or upload; all where it is empty.")] = "",
) -> None:
    """Measure loading, what the views cost at the server with nothing cached, and a file that is dropped."""
    kept = True
    if only in ("", "upload"):
        with console.status(f"Dropping {upload.LINES:,} lines …"):
            results = upload.measure_upload(runs)
        kept &= _loading(results, "upload", upload.LINES) and results[1].run.seconds <= upload.MOST_SECONDS
    if only == "upload":
        sys.exit(0 if kept else 1)
    with console.status(f"Making {lines:,} sales lines …"):
        files = make_files(lines)
    if only != "views":
        results = measure_loading(files, runs, pandas, lambda words: console.print(words, style="dim"))
        kept &= _loading(results, "loading", lines)
    if only != "loading":
        kept &= _views(files, lines, runs, pandas)
    sys.exit(0 if kept else 1)


def _loading(results: Sequence[Result], title: str, lines: int) -> bool:
    bare = results[0].run.seconds
    table = Table(title, "seconds", "ratio", "at most", "peak GB", "at most", title=f"{lines:,} sales lines")
    kept = True
    for result in results:
        ratio, peak = result.run.seconds / bare, result.run.peak_bytes / GIGABYTE
        kept &= ratio <= (result.most_ratio or ratio) and result.run.peak_bytes <= (result.most_peak_bytes or 1e18)
        table.add_row(
            result.name,
            f"{result.run.seconds:.1f}",
            f"{ratio:.2f}",
            f"{result.most_ratio:.2f}" if result.most_ratio else "",
            f"{peak:.2f}" if peak else "",
            f"{result.most_peak_bytes / GIGABYTE:.0f}" if result.most_peak_bytes else "",
        )
    console.print(table)
    return kept


def _views(files: Files, lines: int, runs: int, pandas: bool) -> bool:
    with console.status("Loading them for the views …"):
        settings = warehouse_of(folder_of(lines) / "warehouse", [files.masters, files.sales])
    table = Table(
        "view, twelve months", "seconds", "at most", "bare scan", "ratio", "at most", title=f"{lines:,} sales lines"
    )
    kept = True
    for cost in measure(
        [*brand.VIEWS, *concentration.VIEWS, *managers.VIEWS, *manager_sheet.VIEWS], settings, 2 * runs + 1
    ):
        ratio = cost.seconds / cost.scan_seconds
        kept &= ratio <= cost.view.most_ratio and cost.seconds <= cost.view.most_seconds
        table.add_row(
            cost.view.name,
            f"{cost.seconds:.3f}",
            f"{cost.view.most_seconds:.1f}",
            f"{cost.scan_seconds:.3f}",
            f"{ratio:.1f}",
            f"{cost.view.most_ratio:.0f}",
        )
    if pandas:
        table.add_row("pandas: the year's sums a customer and product", f"{by_pandas(settings):.3f}", "", "", "", "")
    console.print(table)
    return kept


if __name__ == "__main__":
    typer.run(main)
