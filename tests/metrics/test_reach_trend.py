"""Reach over time in small worlds, where each period has a licensed base of its own."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.brand.detail import trailing_weeks, trend
from tests.world import World


def alone(world: World, name: str, part: Scope) -> float | None:
    return metrics.value(name, part, cursor=world.connection.cursor())


@pytest.mark.parametrize("by", ["month", "week"])
def test_without_a_customer_master_the_base_is_who_bought_in_the_twelve_months_up_to_each_period(
    world: World, by: str
) -> None:
    for customer in ("A", "B", "C", "D", "unknown"):
        world.customer(customer, is_derived=True)
    world.product("S1")
    world.product("S2")
    for day, customer in (
        ("2025-07-31", "A"),  # in the base up to 30 July 2026
        ("2025-07-31", "B"),
        ("2026-07-30", "B"),
        ("2026-08-03", "C"),  # in the base from then on
        ("2026-08-09", "unknown"),
    ):
        world.sale(day, customer, "S2", 1)
    world.sale("2026-08-05", "B", "S1", 2)
    world.sale("2026-08-20", "B", "S1", 2)
    world.sale("2026-08-21", "B", "S1", -4)
    world.settle()
    scope = Scope(date(2026, 7, 1), date(2026, 8, 31)).narrow(sku="S1")
    rows = world.rows("reach_trend", by, first=scope.from_date, last=scope.to_date, sku="S1").set_index(by)
    for label, part in scope.months() if by == "month" else scope.weeks():
        eligible = alone(world, "eligible", part)
        assert rows["eligible"].get(label) == eligible
        # A period without any sale has no data by itself, and is at nought among others.
        by_itself = alone(world, "numeric_distribution", part)
        assert rows["numeric_distribution"].get(label) == (by_itself or 0 if eligible else None)
    if by == "month":
        assert rows["eligible"].tolist() == [1, 2]  # July: B (A's year ended on the 30th); August: B and C
        assert rows["numeric_distribution"].tolist() == [0, 0]


def test_a_handover_moves_a_customer_from_the_month_of_its_last_day_on(world: World) -> None:
    for name in ("M1", "M2"):
        world.manager(name)
    world.customer("A", manager="M1")
    world.assign("A", "M1", "2026-01-01", "2026-08-14")
    world.assign("A", "M2", "2026-08-15")
    world.customer("B", manager="M1", status="closed")
    world.product("S1")
    for day in ("2026-07-10", "2026-08-10", "2026-09-10"):
        world.sale(day, "A", "S1", 3, 30)
    world.sale("2026-07-11", "B", "S1", 1)  # closed, but bought in July
    old = world.rows("reach_trend", "month", sku="S1", manager="M1").set_index("month")
    new = world.rows("reach_trend", "month", sku="S1", manager="M2").set_index("month")
    assert old["eligible"].to_dict() == {"2026-07": 2}
    assert (old["handlers"].tolist(), old["qty"].tolist()) == ([2], [4])
    assert new["eligible"].to_dict() == {"2026-08": 1, "2026-09": 1}
    assert new["velocity"].tolist() == [3 / 1 / (31 / 7), 3 / 1 / (30 / 7)]
    assert new["amount"].tolist() == [30, 30]


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def test_a_trend_has_whole_periods_only_from_the_launch_on_and_gaps_where_there_is_no_data(world: World) -> None:
    world.customers("A")
    world.product("S1", launched_on="2026-08-31")
    world.sale("2026-09-05", "A", "S1", 5)
    read, scope = reading(world), Scope(date(2026, 10, 1), date(2026, 11, 20)).narrow(sku="S1")
    rows = trend(scope, "numeric_distribution", "month", read=read)
    assert rows.to_numpy().tolist() == [["2026-08", 0], ["2026-09", 1], ["2026-10", 0]]  # November has only begun
    velocity = trend(scope, "velocity", "month", read=read)["velocity"]
    assert velocity.iloc[1] == 5 / (30 / 7) and pd.isna(velocity.iloc[0]) and pd.isna(velocity.iloc[2])
    weeks = trend(scope, "qty", "week", read=read)
    assert (weeks["week"].iloc[0], weeks["week"].iloc[-1]) == ("2026-08-31", "2026-11-09")


def test_weeks_end_on_the_last_sunday() -> None:
    for last, sunday in ((date(2026, 11, 15), date(2026, 11, 15)), (date(2026, 11, 21), date(2026, 11, 15))):
        weeks = trailing_weeks(Scope(date(2026, 11, 1), last), 2)
        assert (weeks.from_date, weeks.to_date) == (date(2026, 11, 2), sunday)
