"""A file dropped on the page Upload: from there to the first ranking, as a ratio to a bare DuckDB load of that file."""

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

import metrics
from bench.files import FOLDER
from bench.loading import Result
from bench.measure import Run, middle, run
from etl.contracts.flat_sales import FLAT_SALES
from etl.job import start
from etl.look import look_at
from etl.mapping.proposals import propose
from etl.mapping.written import mapping_text, rule_of
from etl.reading.source import Options
from metrics import Ranking, Scope
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

LINES = 2_000_000
SHOPS, PRODUCTS, LINES_AN_ORDER = 3000, 150, 15
MOST_RATIO, MOST_SECONDS = 4.0, 15.0
MEMORY, MOST_PEAK_BYTES = "1GB", 1024**3
PERIOD = Scope(date(2024, 11, 1), date(2026, 10, 31))
WORK = FOLDER / "upload"


def measure_upload(runs: int) -> list[Result]:
    """The bare load, then the whole way and the load's process alone, in turn; the bare one comes first."""
    file = make_flat(FOLDER / f"flat-{LINES}.csv")
    bare, whole, alone = [], [], []
    for _ in range(runs):
        bare.append(_fresh(lambda: run(["-m", "bench.rivals", "flat", str(file), str(WORK / "bare.duckdb")])))
        whole.append(_fresh(lambda: drop_to_ranking(file)))
        alone.append(_fresh(lambda: _load_alone(file)))
    return [
        Result("bare DuckDB: create table as read_csv, given types", middle(bare)),
        Result("from the file to sums by month and the ranking of customers", middle(whole), MOST_RATIO),
        Result(f"of that, the load in a process that may have {MEMORY}", middle(alone), MOST_RATIO, MOST_PEAK_BYTES),
    ]


def drop_to_ranking(file: Path) -> Run:
    """What happens between the drop and the first chart, people's clicks aside; the app's own peak is not measured."""
    started = time.perf_counter()
    mapping = _mapped(file)
    outcome = start([file], WORK / "warehouse", mapping, memory=MEMORY, reject_share=1).outcome()
    if outcome.code:
        raise RuntimeError(f"the load ended with {outcome.code}: {outcome.message}")
    settings = load_settings().model_copy(update={"warehouse": WORK / "warehouse"})
    cursor = reading_cursor(latest_version(settings), settings)
    ranking = metrics.run("ranking", PERIOD, (), Ranking(), cursor=cursor)
    if ranking.empty:
        raise RuntimeError("the file was loaded, and nobody bought anything")
    return Run(time.perf_counter() - started, 0)


def make_flat(path: Path) -> Path:
    """A flat table of two million sales, some 110 MB, with headers of no known alias, where it is not there yet.

    Three thousand shops order every other week, each out of the same thirty products of its own.
    """
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (
                select
                    date '2024-11-01' + cast(n * 730 // {LINES} as integer) as "开票日",
                    '城东街' || shop || '号便利店' as "往来单位",
                    '品' || product || '(硬)' as "货品",
                    pieces as "件数目",
                    cast(pieces * (30 + product * 1.5) as decimal(10, 2)) as "价税总",
                from (
                    select
                        n,
                        n // {LINES_AN_ORDER} % {SHOPS} as shop,
                        (shop * 7 + n % {LINES_AN_ORDER} * 2 + hash(n // {LINES_AN_ORDER}) % 2) % {PRODUCTS} as product,
                        1 + hash(n) % 20 as pieces,
                    from range({LINES}) as numbers (n)
                )
            ) to '{fresh}' (header, delimiter ',')
        """)
    return fresh.replace(path)


def _mapped(file: Path) -> Path:
    """What the screen proposes and a person takes as it is."""
    (seen,) = look_at(file, WORK)
    columns = {proposal.column.name: proposal.header for proposal in propose(FLAT_SALES, seen)}
    mapping = WORK / "mapping.toml"
    mapping.write_text(mapping_text([rule_of(seen, FLAT_SALES.name, columns, {}, Options())]), encoding="utf-8")
    return mapping


def _load_alone(file: Path) -> Run:
    mapping = _mapped(file)
    command = ["-m", "etl", "load", str(file), "--warehouse", str(WORK / "warehouse"), "--mapping", str(mapping)]
    return run([*command, "--quiet"], PINYU_MEMORY_LIMIT=MEMORY)


def _fresh(way: Callable[[], Run]) -> Run:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    return way()
