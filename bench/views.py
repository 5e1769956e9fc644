"""What a view's data costs at the server with nothing cached, as a ratio to a bare scan of the columns it stands on."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd

import metrics
from etl.load import load
from metrics import Ranking, Scope
from metrics.concentration.shape import ReadRanking
from metrics.ranking import CUSTOMERS_BY_AMOUNT
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import Settings, load_settings
from warehouse.versions import Version

Request = metrics.AnyRequest
YEAR = Scope(date(2025, 11, 1), date(2026, 10, 31))
COLUMNS = ("order_date", "customer_id", "sku_id", "qty", "amount", "ordered_qty", "owner_id")


@dataclass(frozen=True)
class View:
    """A view's name, what works its data out, the columns of sales and the periods this takes in, and the bounds.

    `ahead` is what its screen reads side by side before anything else.
    """

    name: str
    work_out: Callable[[Scope, ReadRanking], object]
    scope: Scope
    columns: Sequence[str]
    periods: Callable[[Scope], Sequence[Scope]]
    most_ratio: float
    most_seconds: float
    ahead: Callable[[Scope, ReadRanking], Iterable[Request]] | None = None


@dataclass(frozen=True)
class Reader:
    """Reads as the screen does: everything once, and side by side where it is known ahead."""

    version: Version
    settings: Settings
    kept: dict[Request, pd.DataFrame] = field(default_factory=dict)

    def __call__(
        self, name: str, scope: Scope, by: str | tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT
    ) -> pd.DataFrame:
        request = (name, scope, (by,) if isinstance(by, str) else by, ranking)
        if request not in self.kept:
            self.kept[request] = metrics.run(*request, cursor=reading_cursor(self.version, self.settings))
        return self.kept[request]

    def ahead(self, requests: Iterable[Request]) -> None:
        """Read these side by side, as `ui.reading.read_ahead`."""
        with ThreadPoolExecutor(max_workers=self.settings.threads) as pool:
            list(pool.map(self._work_out, metrics.bundled(requests)))

    def _work_out(self, bundle: list[Request]) -> None:
        if len(bundle) == 1:
            self(*bundle[0])
            return
        rows = metrics.run_bundle(bundle, cursor=reading_cursor(self.version, self.settings))
        self.kept.update({(name, scope, by, CUSTOMERS_BY_AMOUNT): rows[name] for name, scope, by, *_ranking in bundle})


@dataclass(frozen=True)
class Cost:
    """Seconds at the median: the view's, the bare scan's, and pandas' for the sums the view rests on."""

    view: View
    seconds: float
    scan_seconds: float


def warehouse_of(folder: Path, files: Sequence[Path]) -> Settings:
    """Settings of a warehouse that holds the files, loaded where it is not there yet."""
    settings = load_settings().model_copy(update={"warehouse": folder})
    if not (folder / "current").exists():
        for file in files:
            load([file], warehouse=folder, settings=settings)
    return settings


def measure(views: Sequence[View], settings: Settings, runs: int) -> list[Cost]:
    """Each view and its scan in turn, so many times; the sums by month have been made, as after the first reader."""
    version = latest_version(settings)

    def draw(view: View) -> None:
        read = Reader(version, settings)
        if view.ahead:
            read.ahead(view.ahead(view.scope, read))
        view.work_out(view.scope, read)

    def cost(view: View) -> Cost:
        seconds, scans = [], []
        for _number in range(runs):
            seconds.append(_timed(lambda: draw(view)))
            scans.append(_timed(lambda: bare_scan(reading_cursor(version, settings), view)))
        return Cost(view, median(seconds), median(scans))

    return [cost(view) for view in views]


def bare_scan(cursor: duckdb.DuckDBPyConnection, view: View) -> None:
    """Read the view's columns over its periods and do nothing with them but look at each value once."""
    looked_at = ", ".join(f"max({name})" for name in view.columns)
    days = " or ".join(
        f"order_date between '{period.from_date}' and '{period.to_date}'" for period in view.periods(view.scope)
    )
    cursor.execute(f"select {looked_at} from sales where {days}").fetchall()


def by_pandas(settings: Settings) -> float:
    """Seconds that pandas takes for the year's sums a customer and product, its lines in memory already."""
    cursor = reading_cursor(latest_version(settings), settings)
    rows = cursor.execute(
        "select order_date, customer_id, sku_id, qty::double as qty, amount::double as amount from sales"
        " where order_date between $from_date and $to_date",
        {"from_date": YEAR.from_date, "to_date": YEAR.to_date},
    ).df()
    keys = ["customer_id", "sku_id"]
    return _timed(lambda: rows.groupby(keys).agg({"qty": "sum", "amount": "sum", "order_date": "nunique"}))


def now(scope: Scope) -> list[Scope]:
    """The period alone."""
    return [scope]


def now_and_before(scope: Scope) -> list[Scope]:
    """The period, the one before and the same days last year."""
    return [scope, scope.previous(), scope.last_year()]


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
