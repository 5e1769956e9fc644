"""A period may lie anywhere: long before the sales, long after them, or begin before and end within them."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

import metrics
from metrics import Scope
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

PERIODS = {
    "before by ten years": Scope(date(2015, 1, 1), date(2015, 2, 28)),
    "before by a century": Scope(date(1900, 1, 1), date(1900, 12, 31)),
    "into the sales": Scope(date(2024, 9, 1), date(2024, 11, 30)),
    "a day": Scope(date(2026, 10, 15), date(2026, 10, 15)),
    "after": Scope(date(2031, 5, 1), date(2031, 6, 30)),
    "all time": Scope(date(1900, 1, 1), date(2999, 12, 31)),
}


@pytest.fixture(scope="module")
def cursor(sample_warehouse: Path) -> duckdb.DuckDBPyConnection:
    """The committed sample, whose sales begin in November 2024."""
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    return reading_cursor(latest_version(settings), settings)


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_every_figure_can_be_asked_for_it(cursor: duckdb.DuckDBPyConnection, period: Scope) -> None:
    for one in metrics.figures().values():
        split = () if one.is_list or not one.by else one.by[:1]
        metrics.run(one.name, period, split, cursor=cursor)


def test_months_before_the_sales_have_no_handlers_and_those_within_have_theirs(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    rows = metrics.run("distribution_by_month", PERIODS["into the sales"], cursor=cursor).set_index("month")
    by_hand = cursor.execute(
        """
        select count(distinct customer_id) from (
            select customer_id, sku_id from sales
            where order_date between '2024-11-01' and '2024-11-30'
            group by all having sum(qty) > 0
        )
        inner join customers using (customer_id) inner join products using (sku_id)
        where not customers.is_derived and (status <> 'active' or opened_on is null or opened_on <= '2024-11-30')
            and (tier is null or min_tier is null or tier >= min_tier)
        """
    ).fetchone()
    assert by_hand is not None and by_hand[0] > 0
    assert rows["handlers"].to_dict() == {"2024-09": 0, "2024-10": 0, "2024-11": by_hand[0]}
