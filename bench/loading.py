"""Loading, as ratios to a bare DuckDB load of the same file in the same run."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.files import FOLDER, Files
from bench.measure import Run, middle, run

WORK = FOLDER / "work"


@dataclass(frozen=True)
class Result:
    """One way to load, its median run, and the most that its ratio to the bare load, and its peak, should be."""

    name: str
    run: Run
    most_ratio: float | None = None
    most_peak_bytes: int | None = None


def measure_loading(files: Files, runs: int, with_pandas: bool, told: Callable[[str], None]) -> list[Result]:
    """All ways to load, taken in turn so that the machine's moods fall on all alike; the bare load comes first."""
    ways: dict[str, Callable[[], Run]] = {
        "bare": lambda: _rival("bare", files.sales),
        "whole": lambda: _load(files.sales, prepared=files.masters),
        "gb18030": lambda: _load(files.sales_gb18030, prepared=files.masters),
        "late": lambda: _load_late(files),
    }
    if with_pandas:
        ways["pandas"] = lambda: _rival("pandas", files.sales)
    taken: dict[str, list[Run]] = {name: [] for name in ways}
    for number in range(runs):
        for name, way in ways.items():
            taken[name].append(way())
            told(f"run {number + 1} of {runs}: {name} {taken[name][-1].seconds:.1f} s")
    middles = {name: middle(found) for name, found in taken.items()}
    peak = 4 * 1024**3
    results = [
        Result("bare DuckDB: create table as read_csv, given types", middles["bare"]),
        Result("whole load: contract, rejects, keys, references, publish", middles["whole"], 2.0, peak),
        Result("the same from GB18030", middles["gb18030"], 3.0, peak),
        Result("1 % of the lines, late, on top of it", middles["late"], 0.25, peak),
    ]
    return results + ([Result("pandas.read_csv, then into DuckDB", middles["pandas"])] if with_pandas else [])


def _rival(name: str, file: Path) -> Run:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    return run(["-m", "bench.rivals", name, str(file), str(WORK / "bare.duckdb")])


def _load(file: Path, prepared: Path) -> Run:
    """The sales on top of the masters, which a bare load has none of either."""
    shutil.rmtree(WORK, ignore_errors=True)
    _etl("load", str(prepared))
    return _etl("load", str(file))


def _load_late(files: Files) -> Run:
    """On top of the warehouse that the run before it left."""
    return _etl("load", str(files.late))


def _etl(*arguments: str) -> Run:
    return run(["-m", "etl", *arguments, "--warehouse", str(WORK / "warehouse"), "--quiet"])
