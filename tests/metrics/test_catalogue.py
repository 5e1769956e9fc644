"""The catalogue, the scope and the runner: what they promise every figure keeps."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import metrics
from metrics.catalogue import HeaderError, UnknownFigure, _read_figure
from metrics.columns import column
from metrics.runner import WrongSplit
from metrics.scope import Scope, ScopeError
from metrics.statement import statement
from tests.world import World
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

CHINESE = re.compile(r"[一-鿿]")
OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))
FIGURES = sorted(metrics.figures())
NUMBERS = [name for name in FIGURES if not metrics.figure(name).is_list]


@pytest.fixture(scope="module")
def cursor(sample_warehouse: Path) -> duckdb.DuckDBPyConnection:
    """The committed sample, for reading."""
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    return reading_cursor(latest_version(settings), settings)


@pytest.mark.parametrize("name", FIGURES)
def test_a_header_says_everything_in_both_languages(name: str) -> None:
    figure = metrics.figure(name)
    for english, chinese in (figure.title, figure.asks, figure.formula, figure.rules, figure.empty):
        assert english and not CHINESE.search(english)
        assert CHINESE.search(chinese)
    for part, _ in figure.columns:
        assert column(part).title[0] and CHINESE.search(column(part).title[1])
    if not figure.is_list:
        assert name in dict(figure.columns)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_gives_what_its_header_states_for_every_split(name: str, cursor: duckdb.DuckDBPyConnection) -> None:
    figure = metrics.figure(name)
    stated = [part for part, _ in figure.columns]
    assert list(metrics.run(name, OCTOBER, cursor=cursor).columns) == stated
    for dimension in figure.by:
        rows = metrics.run(name, OCTOBER, dimension, cursor=cursor)
        assert list(rows.columns) == [dimension, *stated]
        assert rows.empty or figure.is_list or rows[dimension].is_unique


@pytest.mark.parametrize("name", [name for name in NUMBERS if metrics.figure(name).periods == "grouped"])
def test_a_figure_grouped_by_month_equals_each_month_run_by_itself(
    name: str, cursor: duckdb.DuckDBPyConnection
) -> None:
    quarter = Scope(date(2026, 7, 15), date(2026, 10, 20))
    grouped = metrics.run(name, quarter, "month", cursor=cursor).set_index("month")[name]
    alone = {label: metrics.value(name, month, cursor=cursor) for label, month in quarter.months()}
    assert grouped.to_dict() == pytest.approx({label: value for label, value in alone.items() if value is not None})


@pytest.mark.parametrize("by", ["month", "week"])
@pytest.mark.parametrize(
    "conditions", [{}, {"sku": "0020"}, {"brand": "青瓷", "manager": "M001"}, {"area": "柳汀片区"}]
)
def test_reach_over_time_equals_the_figures_of_each_period_by_itself(
    by: str, conditions: dict[str, str], cursor: duckdb.DuckDBPyConnection
) -> None:
    scope = Scope(date(2026, 1, 15), date(2026, 5, 20)).narrow(**conditions)
    together = metrics.run("reach_trend", scope, by, cursor=cursor).set_index(by)
    compared = 0
    for label, part in scope.months() if by == "month" else scope.weeks():
        for name in ("numeric_distribution", "repeat_rate", "velocity"):
            alone = metrics.value(name, part, cursor=cursor)
            assert together.loc[label, name] == pytest.approx(alone, nan_ok=True) or alone is None
            compared += alone is not None
        factors = metrics.run("sales_factors", part, cursor=cursor).iloc[0]
        assert together.loc[label, ["handlers", "qty", "amount"]].tolist() == pytest.approx(factors.tolist())
    assert compared > 6


@pytest.mark.parametrize(
    "name", [name for name in FIGURES if metrics.figure(name).is_list and "month" in metrics.figure(name).by]
)
def test_a_list_by_month_equals_each_month_run_by_itself(name: str, cursor: duckdb.DuckDBPyConnection) -> None:
    quarter = Scope(date(2026, 7, 15), date(2026, 10, 20))
    grouped = metrics.run(name, quarter, "month", cursor=cursor)
    alone = [metrics.run(name, month, cursor=cursor).assign(month=label) for label, month in quarter.months()]
    pd.testing.assert_frame_equal(grouped, pd.concat(alone, ignore_index=True)[grouped.columns], check_dtype=False)


@pytest.mark.parametrize(
    "name",
    [name for name in FIGURES if metrics.figure(name).unit == "share" and not name.endswith("attainment")],
)
def test_shares_lie_between_nought_and_one(name: str, cursor: duckdb.DuckDBPyConnection) -> None:
    for dimension in metrics.figure(name).by[:4]:
        values = metrics.run(name, OCTOBER, dimension, cursor=cursor)[name].dropna()
        assert values.between(0, 1).all()


def test_unknown_names_and_splits_are_told_with_what_to_do() -> None:
    with pytest.raises(UnknownFigure, match="numeric_distribution"):
        metrics.figure("numeric_distributon")
    with duckdb.connect() as connection, pytest.raises(WrongSplit, match="cannot be split by 'brand'"):
        metrics.run("strike_rate", OCTOBER, "brand", cursor=connection)
    with pytest.raises(ScopeError, match="no condition 'colour'"):
        OCTOBER.narrow(colour="red")
    with pytest.raises(ScopeError, match="before it begins"):
        Scope(date(2026, 2, 1), date(2026, 1, 1))


def test_a_header_that_lacks_a_line_or_has_another_name_is_refused(tmp_path: Path) -> None:
    good = (Path(metrics.__file__).parent / "figures" / "amount.sql").read_text(encoding="utf-8")
    for number, (text, complaint) in enumerate(
        [(good.replace("-- unit:    money\n", ""), "unit"), (good, "says that it is 'amount'")]
    ):
        path = tmp_path / f"figure{number}.sql"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(HeaderError, match=complaint):
            _read_figure(path)


def test_hostile_conditions_find_nothing_and_harm_nothing(world: World) -> None:
    world.customers("A")
    world.sale("2026-07-01", "A", "S1", 1)
    for value in ("'; drop table sales; --", "$area", "{by}", "%", "' or '1'='1"):
        assert world.figure("amount", area=value) is None
    assert world.figure("amount") == 1


def test_figures_asked_for_at_once_are_the_same_as_one_after_another(cursor: duckdb.DuckDBPyConnection) -> None:
    names = ["amount", "numeric_distribution", "key_call_coverage", "gini", "strike_rate"] * 6
    expected = [metrics.value(name, OCTOBER, cursor=cursor.cursor()) for name in names]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda name: metrics.value(name, OCTOBER, cursor=cursor.cursor()), names)) == expected


def test_periods_before_and_a_year_ago() -> None:
    assert OCTOBER.previous() == Scope(date(2026, 8, 31), date(2026, 9, 30))
    assert OCTOBER.last_year() == Scope(date(2025, 10, 1), date(2025, 10, 31))
    assert Scope(date(2024, 2, 29), date(2024, 2, 29)).last_year().to_date == date(2023, 2, 28)
    assert [label for label, _ in Scope(date(2026, 1, 31), date(2026, 3, 1)).months()] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    weeks = list(Scope(date(2026, 10, 1), date(2026, 10, 12)).weeks())
    assert [label for label, _ in weeks] == ["2026-09-28", "2026-10-05", "2026-10-12"]
    assert weeks[0][1].from_date == date(2026, 10, 1) and weeks[0][1].to_date == date(2026, 10, 4)
    assert OCTOBER.trailing_months(2) == Scope(date(2026, 9, 1), date(2026, 10, 31))
    begun = Scope(date(2026, 10, 1), date(2026, 10, 30)).trailing_months(2)
    assert begun == Scope(date(2026, 8, 1), date(2026, 9, 30))


def test_the_smallest_sums_that_tell_what_is_asked_for_are_read() -> None:
    def sums(name: str, by: tuple[str, ...] = (), **conditions: str) -> str:
        named = re.findall(r"months\.(monthly_\w+)", statement(metrics.figure(name), OCTOBER.narrow(**conditions), by))
        assert len(set(named)) == 1
        return named[0]

    assert sums("amount") == sums("amount", ("sku_id",)) == sums("amount", team="T") == "monthly_product_sales"
    assert sums("amount", ("area",)) == sums("amount", area="A") == sums("active_customers") == "monthly_customer_sales"
    assert sums("amount", ("area", "sku_id")) == sums("amount", area="A", sku="S") == "monthly_sales"
    assert sums("active_customers", ("sku_id",)) == sums("amount", ("sku_id",), tier_band="01–05") == "monthly_sales"
