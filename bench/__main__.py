"""`make bench`: makes the files once, measures, and prints ratios to bare DuckDB. Exit code 1 where one is too high."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench.files import make_files
from bench.loading import measure_loading

GIGABYTE = 1024**3
console = Console(highlight=False)


def main(
    lines: Annotated[int, typer.Option(help="How many sales lines.")] = 20_000_000,
    runs: Annotated[int, typer.Option(help="How often each is run; medians count.")] = 3,
    pandas: Annotated[bool, typer.Option(help="Put pandas beside them.")] = True,
) -> None:
    """Measure loading."""
    with console.status(f"Making {lines:,} sales lines …"):
        files = make_files(lines)
    results = measure_loading(files, runs, pandas, lambda words: console.print(words, style="dim"))
    bare = results[0].run.seconds
    table = Table("loading", "seconds", "ratio", "at most", "peak GB", "at most", title=f"{lines:,} sales lines")
    too_much = False
    for result in results:
        ratio, peak = result.run.seconds / bare, result.run.peak_bytes / GIGABYTE
        too_much |= ratio > (result.most_ratio or ratio) or result.run.peak_bytes > (result.most_peak_bytes or 1e18)
        table.add_row(
            result.name,
            f"{result.run.seconds:.1f}",
            f"{ratio:.2f}",
            f"{result.most_ratio:.2f}" if result.most_ratio else "",
            f"{peak:.2f}",
            f"{result.most_peak_bytes / GIGABYTE:.0f}" if result.most_peak_bytes else "",
        )
    console.print(table)
    sys.exit(1 if too_much else 0)


if __name__ == "__main__":
    typer.run(main)
