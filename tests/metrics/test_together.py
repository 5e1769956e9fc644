"""Several figures worked out in one statement give what each gives by itself."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import metrics
from metrics import Ranking, Scope
from metrics.runner import WrongSplit
from metrics.together import bundled, run_together
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

AUTUMN = Scope(date(2026, 9, 10), date(2026, 10, 31))
NARROWED = AUTUMN.narrow(area=("云泊片区",), brand=("榆晚",))


@pytest.fixture(scope="module")
def cursor(sample_warehouse: Path) -> duckdb.DuckDBPyConnection:
    """The committed sample, for reading."""
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    return reading_cursor(latest_version(settings), settings)


@pytest.mark.parametrize(
    "scope", [AUTUMN, AUTUMN.narrow(area=("中心片区", "云泊片区"), brand=("榆晚",))], ids=["all", "some"]
)
@pytest.mark.parametrize("by", [(), ("manager_id",), ("tier",), ("brand", "area")], ids=" ".join)
def test_each_figure_is_as_if_it_were_asked_for_alone(
    cursor: duckdb.DuckDBPyConnection, scope: Scope, by: tuple[str, ...]
) -> None:
    names = [one.name for one in metrics.figures().values() if not one.is_list and set(by) <= set(one.by)]
    found = run_together(names, scope, by, cursor=cursor)
    assert set(found) == set(names) and len(found["amount"])
    for name in names:
        alone = metrics.run(name, scope, by, cursor=cursor)
        # Without rows DuckDB's texts have no type of their own.
        pd.testing.assert_frame_equal(found[name], alone, obj=name, check_dtype=len(alone) > 0)


def test_a_split_that_a_figure_does_not_have_is_refused(cursor: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(WrongSplit):
        run_together(["amount", "call_coverage"], AUTUMN, ("brand",), cursor=cursor)


def test_lists_rankings_and_months_are_worked_out_by_themselves_and_visits_apart_from_sales() -> None:
    by, alone = ("manager_id",), ("product_list", AUTUMN, ())
    ranked = ("gini", AUTUMN, (), Ranking("sku_id"))
    monthly = ("amount", AUTUMN, ("month",))
    asked = [("amount", AUTUMN, by), alone, ("visits", AUTUMN, by), ranked, ("qty", AUTUMN, by), monthly]
    asked += [("amount", AUTUMN, by), ("qty", AUTUMN.previous(), by)]
    assert bundled(asked) == [
        [("amount", AUTUMN, by), ("qty", AUTUMN, by)],
        [alone],
        [("visits", AUTUMN, by)],
        [ranked],
        [monthly],
        [("qty", AUTUMN.previous(), by)],
    ]
