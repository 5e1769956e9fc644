"""Who is overdue, who gives reason for a visit, and the week that is suggested, against truths worked out by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.managers.next_week import Reason, by_day, is_beyond_data, next_monday, suggested, visit_reasons
from metrics.managers.overdue import cycle_days, overdue, visit_due
from tests.world import World
from warehouse.launch_plans import LaunchPlan

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))
CYCLES = {1: 45, 11: 30, 21: 15}


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


@pytest.mark.parametrize(
    ("tier", "days"), [(1, 45), (10, 45), (11, 30), (20, 30), (21, 15), (30, 15), (None, 45), (float("nan"), 45)]
)
def test_the_cycle_is_that_of_the_tier_and_the_longest_where_it_is_unknown(tier: float | None, days: int) -> None:
    assert cycle_days(tier, CYCLES) == days


def test_a_tier_below_the_lowest_named_has_its_cycle() -> None:
    assert cycle_days(3, {11: 30, 21: 15}) == 30


def test_days_count_from_the_own_managers_last_visit_else_from_handover_or_opening(world: World) -> None:
    for name in ("M1", "M2"):
        world.manager(name)
    world.customer("SEEN", manager="M1", tier=22)
    world.visit("2026-10-16", "SEEN", "M1")  # 15 days: the cycle is just over tomorrow
    world.visit("2026-11-01", "SEEN", "M1")  # after the last day
    world.customer("LATE", manager="M1", tier=22)
    world.visit("2026-10-15", "LATE", "M1")
    world.visit("2026-10-30", "LATE", "M2")  # by another
    world.customer("TAKEN", manager="M1", tier=5, opened_on="2020-01-01")
    world.assign("TAKEN", "M2", "2025-01-01", "2026-09-15")
    world.assign("TAKEN", "M1", "2026-09-16")
    world.visit("2026-09-10", "TAKEN", "M2")
    world.customer("FRESH", manager="M1", tier=5, opened_on="2026-10-30")
    world.customer("UNKNOWN", manager="M1")
    world.customer("GONE", manager="M1", status="closed")
    world.customer("HERS", manager="M2", tier=22)
    rows = visit_due(OCTOBER, "M1", CYCLES, read=reading(world))
    assert list(rows["customer_id"]) == ["UNKNOWN", "LATE", "SEEN", "TAKEN", "FRESH"]
    by_name = rows.set_index("customer_id")
    assert by_name["days_since_manager"].fillna(-1).to_dict() == {
        "UNKNOWN": -1, "LATE": 16, "SEEN": 15, "TAKEN": 45, "FRESH": 1,
    }  # fmt: skip
    assert by_name["overdue_days"].fillna(-1).to_dict() == {"UNKNOWN": -1, "LATE": 1, "SEEN": 0, "TAKEN": 0, "FRESH": 0}
    assert list(overdue(rows)["customer_id"]) == ["UNKNOWN", "LATE"]


def test_without_any_visit_recorded_nobody_is_said_to_be_overdue(world: World) -> None:
    world.customer("A", manager="M1", tier=5)
    assert visit_due(OCTOBER, "M1", CYCLES, read=reading(world)).empty


def test_the_key_customers_are_those_of_the_whole_business(world: World) -> None:
    for name, manager, amount in (("A", "M1", 10), ("B", "M2", 100), ("C", "M1", 50), ("D", "M1", 1), ("E", "M1", 2)):
        world.customer(name, manager=manager, tier=5)
        world.sale("2026-10-01", name, "S1", 1, amount)
        world.sale("2025-10-01", name, "S1", 1, 5000)  # beyond the twelve months
        world.visit("2026-10-01", name, manager)
    rows = visit_due(OCTOBER, "M1", CYCLES, read=reading(world)).set_index("customer_id")
    assert not rows["is_key"].any()  # one in five, which is B
    assert rows["year_amount"].to_dict() == {"A": 10, "C": 50, "D": 1, "E": 2}


def found_for(world: World, manager: str = "M1") -> dict[tuple[str, str, str], float | None]:
    rows = reading(world)("visit_reasons", OCTOBER.narrow(manager=manager))
    keys = zip(rows["customer_id"], rows["kind"], rows["sku_id"].fillna(""), strict=True)
    return {key: None if pd.isna(number) else float(number) for key, number in zip(keys, rows["number"], strict=True)}


def test_orders_missed_are_told_by_the_customers_own_rhythm(world: World) -> None:
    for name in ("A", "B", "C"):
        world.customer(name, manager="M1")
    for day in ("2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22"):
        world.sale(day, "A", "S1", 1)  # every 7 days; due on 29 September, and on 6, 13, 20 and 27 October
        world.sale(day, "B", "S1", 1)
    world.sale("2026-10-26", "B", "S1", 1)  # ordered again: next due on 2 November
    for day in ("2026-08-01", "2026-08-02", "2026-08-03"):
        world.sale(day, "C", "S1", 1)  # three order days make no rhythm
    assert found_for(world) == {("A", "order_missed", ""): 5}


def test_a_focus_product_is_lost_where_the_last_13_weeks_have_none_and_the_13_before_had(world: World) -> None:
    for name in ("A", "B", "C", "D"):
        world.customer(name, manager="M1", tier=5)
    world.product("F", focus=True)
    world.product("H", focus=True, min_tier=9)
    world.product("N", focus=False)
    world.sale("2026-08-01", "A", "F", 3)  # 91 days before the 31st: the last day of the earlier weeks
    world.sale("2026-05-03", "A", "F", 2)  # 181 days before: the first
    world.sale("2026-05-02", "A", "F", 8)  # too early
    world.sale("2026-08-01", "B", "F", 3)
    world.sale("2026-08-02", "B", "F", 1)  # carries it still
    world.sale("2026-07-01", "C", "N", 3)  # no focus product
    world.sale("2026-07-01", "C", "H", 3)  # may not carry it
    world.sale("2026-07-01", "D", "F", 3)
    world.sale("2026-07-02", "D", "F", -3)  # gave it all back
    assert found_for(world) == {("A", "lost", "F"): 5}


def test_a_launch_of_the_last_twelve_months_is_to_be_tried(world: World) -> None:
    world.customer("A", manager="M1", tier=5, area="north")
    world.customer("B", manager="M1", tier=5, area="south")
    world.customer("C", manager="M1", tier=2)
    world.product("OLD", focus=True, launched_on=date(2025, 10, 31))
    world.product("NEW", focus=True, launched_on=date(2025, 11, 1), min_tier=3)
    world.product("PLAIN", focus=False, launched_on=date(2026, 5, 1))
    world.sale("2025-01-01", "A", "OLD", 1)
    world.sale("2026-01-01", "B", "NEW", 1)
    assert found_for(world) == {("A", "launch", "NEW"): None}
    world.visit("2026-10-31", "A", "M1")
    read = reading(world)
    due = visit_due(OCTOBER, "M1", CYCLES, read=read)
    found = read("visit_reasons", OCTOBER.narrow(manager="M1"))
    plan = LaunchPlan("NEW", date(2026, 1, 1), date(2026, 12, 31), areas=("south",))
    assert visit_reasons(due, found)["A"][0].kind == "launch"
    assert visit_reasons(due, found, {"NEW": plan})["A"][0].kind == "due"  # outside the plan's circle


def customers(*rows: tuple[str, str, float, float, bool]) -> pd.DataFrame:
    """As visit_due gives them: name, area, amount, days since the last visit of a cycle of ten, key or not."""
    made = pd.DataFrame(rows, columns=["customer_id", "area", "year_amount", "days_since_manager", "is_key"])
    waited = made["days_since_manager"] / 10
    return made.assign(cycle=10.0, waited=waited, is_overdue=waited > 1, channel="", tier_band="", tier=5)


NOTHING = pd.DataFrame(columns=["customer_id", "kind", "sku_id", "sku_name", "number", "last_bought"])


def test_points_and_then_waiting_decide_and_everybody_has_a_reason() -> None:
    due = customers(
        ("A", "x", 900, 11, True),  # overdue and key: 3
        ("B", "x", 800, 9, False),  # lost a product and missed an order: 4
        ("C", "x", 700, 20, False),  # overdue twice: 3, and waited longer than A
        ("D", "x", 600, 5, False),  # nothing but the calendar
    )
    found = pd.DataFrame(
        [
            ("B", "lost", "S1", "One", 3.0, None),
            ("B", "lost", "S2", "Two", 4.0, None),
            ("B", "order_missed", None, None, 2.0, None),
        ],
        columns=NOTHING.columns,
    )
    reasons = visit_reasons(due, found)
    assert reasons["A"] == [Reason("overdue_key", 11, 10)]
    assert {reason.kind: reason for reason in reasons["B"]} == {
        "lost": Reason("lost", 7, products=("One", "Two")),
        "order_missed": Reason("order_missed", 2),
    }
    assert reasons["D"] == [Reason("due", 5, 10)]
    chosen = suggested(due, reasons, 10)
    assert list(zip(chosen["customer_id"], chosen["points"], strict=True)) == [("B", 4), ("C", 3), ("A", 3), ("D", 0)]
    assert list(suggested(due, reasons, 2)["customer_id"]) == ["B", "C"]


def test_at_least_three_of_ten_are_overdue_customers_of_the_smaller_half() -> None:
    large = [(f"L{number:02d}", "x", 1000.0 + number, 30.0, True) for number in range(12)]
    small = [(f"S{number:02d}", "x", 10.0 + number, 11.0, False) for number in range(6)]
    seen = [(f"T{number:02d}", "x", 1.0 + number, 2.0, False) for number in range(6)]
    due = customers(*large, *small, *seen)
    chosen = suggested(due, visit_reasons(due, NOTHING), 10)
    assert len(chosen) == 10
    assert [name for name in chosen["customer_id"] if name[0] != "L"] == ["S00", "S01", "S02"]
    none_small = customers(*large)
    assert len(suggested(none_small, visit_reasons(none_small, NOTHING), 10)) == 10


def test_the_days_go_area_by_area_from_monday_to_friday() -> None:
    due = customers(*[(f"C{number}", "near" if number in (1, 4) else "far", 1, 5, False) for number in range(5)])
    week = by_day(due, date(2026, 11, 2))
    assert list(zip(week["customer_id"], week["plan_date"], strict=True)) == [
        ("C0", date(2026, 11, 2)),
        ("C2", date(2026, 11, 3)),
        ("C3", date(2026, 11, 4)),
        ("C1", date(2026, 11, 5)),
        ("C4", date(2026, 11, 6)),
    ]
    eleven = by_day(customers(*[(f"C{n:02d}", "x", 1, 5, False) for n in range(11)]), date(2026, 11, 2))
    assert eleven["plan_date"].value_counts().max() == 3 and eleven["plan_date"].max() <= date(2026, 11, 6)


@pytest.mark.parametrize(
    ("last_day", "monday"),
    [("2026-10-30", "2026-11-02"), ("2026-11-01", "2026-11-02"), ("2026-11-02", "2026-11-09")],
    ids=["Friday", "Sunday", "Monday"],
)
def test_the_week_planned_begins_on_the_next_monday(last_day: str, monday: str) -> None:
    assert next_monday(date.fromisoformat(last_day)) == date.fromisoformat(monday)


def test_a_week_may_be_planned_as_long_as_the_data_before_it_is_fresh() -> None:
    friday = date(2026, 10, 30)
    assert not is_beyond_data(date(2026, 11, 2), friday, 7)
    assert not is_beyond_data(date(2026, 11, 9), friday, 7)  # today is the 6th, the last day on which the data is fresh
    assert is_beyond_data(date(2026, 11, 16), friday, 7)
    assert is_beyond_data(date(2027, 6, 7), friday, 7)
    assert not is_beyond_data(date(2025, 6, 2), friday, 7)
    assert is_beyond_data(date(2026, 11, 2), None, 7)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.floats(0, 100), st.floats(0, 50), st.booleans()), min_size=1, max_size=30
    ),
    st.integers(1, 15),
)
def test_nobody_is_suggested_twice_and_small_overdue_ones_have_their_places(drawn: Any, count: int) -> None:
    due = customers(*[(f"C{number:02d}", *row) for number, row in enumerate(drawn)])
    due = due.sort_values(["waited", "customer_id"], ascending=[False, True], ignore_index=True)
    chosen = suggested(due, visit_reasons(due, NOTHING), count)
    assert len(chosen) == min(count, len(due)) == chosen["customer_id"].nunique()
    small = due[due["year_amount"].rank(method="first") <= len(due) // 2]
    small_overdue = set(small.loc[small["is_overdue"], "customer_id"])
    owed = min(len(small_overdue), -(-3 * count // 10))
    assert len(small_overdue & set(chosen["customer_id"])) >= owed
    assert set(by_day(chosen, date(2026, 11, 2))["customer_id"]) == set(chosen["customer_id"])
