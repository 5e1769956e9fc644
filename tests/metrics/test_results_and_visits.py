"""Results, targets and visits by manager, against truths worked out by hand."""

from datetime import date

import pytest

from tests.world import World


def test_returns_net_off_and_both_ends_of_the_period_count(world: World) -> None:
    world.customers("A")
    world.sale("2026-06-30", "A", "S1", 1, 1000)
    world.sale("2026-07-01", "A", "S1", 5, 50)
    world.sale("2026-09-30", "A", "S1", -2, -20)
    world.sale("2026-10-01", "A", "S1", 1, 1000)
    assert world.figure("amount") == 30
    assert world.figure("qty") == 3
    assert world.figure("amount", first=date(2020, 1, 1), last=date(2020, 1, 31)) is None


def test_a_sale_counts_for_its_own_manager_then_the_assigned_then_the_customers(world: World) -> None:
    world.customer("A", manager="M3")
    world.customer("B", manager="M3")
    world.assign("A", "M1", "2026-01-01", "2026-07-31")
    world.assign("A", "M2", "2026-08-01")
    world.sale("2026-07-31", "A", "S1", 1, 1)  # M1, before the handover
    world.sale("2026-08-01", "A", "S1", 1, 10)  # M2, after it
    world.sale("2026-08-01", "A", "S1", 1, 100, manager="M9")  # its own manager
    world.sale("2026-08-01", "B", "S1", 1, 1000)  # the customer's
    world.sale("2026-08-01", "Z", "S1", 1, 10_000)  # nobody's
    assert world.split("amount", "manager_id") == {"M1": 1, "M2": 10, "M9": 100, "M3": 1000, "unknown": 10_000}
    assert world.figure("amount", manager="unknown") == 10_000


def test_every_condition_narrows_and_the_parts_sum_to_the_whole(world: World) -> None:
    world.manager("M1", team="T1")
    world.customer("A", area="north", channel="kiosk", manager="M1")
    world.customer("B", area="south", channel="bar", manager="M2")
    world.product("S1", brand="B1")
    world.product("S2", brand="B2")
    world.sale("2026-07-01", "A", "S1", 1, 1)
    world.sale("2026-07-01", "A", "S2", 1, 2)
    world.sale("2026-07-01", "B", "S1", 1, 4)
    world.sale("2026-07-01", "C", "S9", 1, 8)  # nothing known of either
    assert world.figure("amount", area="north") == 3
    assert world.figure("amount", channel="bar") == 4
    assert world.figure("amount", team="T1") == 3
    assert world.figure("amount", manager="M2") == 4
    assert world.figure("amount", brand="B1") == 5
    assert world.figure("amount", sku="S2") == 2
    assert world.figure("amount", area="unknown") == 8
    assert world.figure("amount", area="north", brand="B1") == 1
    for dimension in ("area", "channel", "team", "manager_id", "brand", "sku_id", "customer_id", "month", "week"):
        assert sum(world.split("amount", dimension).values()) == 15


def test_growth_is_against_the_same_days_a_year_earlier(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.sale("2025-07-01", "A", "S1", 1, 100)
    world.sale("2025-06-30", "A", "S1", 1, 999)  # a day before those days
    world.sale("2026-07-01", "A", "S1", 1, 80)
    world.sale("2026-07-01", "B", "S1", 1, 70)  # new: not like for like
    assert world.figure("growth") == pytest.approx(0.5)
    assert world.figure("like_for_like_growth") == pytest.approx(-0.2)
    assert world.split("growth", "customer_id") == {"A": pytest.approx(-0.2)}  # B has no year before


def test_the_29th_of_february_goes_back_to_the_28th(world: World) -> None:
    world.customers("A")
    world.sale("2023-02-28", "A", "S1", 1, 10)
    world.sale("2023-03-01", "A", "S1", 1, 999)
    world.sale("2024-02-29", "A", "S1", 1, 15)
    leap_day = date(2024, 2, 29)
    assert world.figure("growth", first=leap_day, last=leap_day) == pytest.approx(0.5)


def test_like_for_like_wants_a_positive_net_in_both_years_and_the_manager_of_the_last_day(world: World) -> None:
    world.customer("A", manager="M1")
    world.customer("B", manager="M1")
    world.product("S1")
    world.assign("A", "M2", "2026-09-01")
    world.sale("2025-08-01", "A", "S1", 1, 10)
    world.sale("2026-08-01", "A", "S1", 1, 12)
    world.sale("2025-08-01", "B", "S1", 1, 10)
    world.sale("2025-08-02", "B", "S1", -1, -10)  # net zero a year ago
    world.sale("2026-08-01", "B", "S1", 1, 99)
    assert world.split("like_for_like_growth", "manager_id") == {"M2": pytest.approx(0.2)}


def test_attainment_takes_whole_months_for_which_the_manager_has_a_target(world: World) -> None:
    world.manager("M1", team="T1")
    world.manager("M2", team="T1")
    world.customer("A", manager="M1")
    world.customer("B", manager="M2")
    world.target("2026-07", "M1", 100)
    world.target("2026-08", "M1", 100)
    world.target("2026-07", "M2", 50)
    world.target("2026-07", "M2", 7, measure="visits")  # another measure
    world.sale("2026-07-31", "A", "S1", 1, 90)
    world.sale("2026-08-15", "B", "S1", 1, 500)  # M2 has no target in August
    world.sale("2026-07-15", "B", "S1", 1, 60)
    world.sale("2026-09-15", "A", "S1", 1, 500)  # nobody has one in September
    assert world.split("target_attainment", "manager_id") == {"M1": 90 / 200, "M2": 60 / 50}
    assert world.split("target_attainment", "team") == {"T1": 150 / 250}
    half = {"first": date(2026, 7, 2), "last": date(2026, 8, 31)}
    assert world.figure("target_attainment", **half, manager="M1") == 0 / 100  # July is not whole
    assert world.figure("target_attainment", first=date(2026, 7, 2), last=date(2026, 7, 31)) is None
    assert world.figure("target_attainment", area="north") is None  # targets are not by area


def visited(world: World) -> None:
    """M1 looks after A to D, of whom A and B were visited; the supervisor is M9."""
    world.manager("M1", team="T1", supervisor="M9")
    world.manager("M2", team="T1", supervisor="M9")
    for customer in "ABCD":
        world.customer(customer, manager="M1")
    world.visit("2026-07-01", "A", "M1")
    world.visit("2026-07-01", "A", "M1")  # twice a day is one customer
    world.visit("2026-09-30", "B", "M1", joint_with="M9")
    world.visit("2026-08-01", "C", "M2")  # by another manager
    world.visit("2026-10-01", "D", "M1")  # a day late


def test_call_coverage_counts_customers_their_own_manager_visited(world: World) -> None:
    visited(world)
    world.customer("E")  # has no manager: left out
    assert world.figure("call_coverage") == 2 / 4
    assert world.figure("visits") == 4


def test_a_period_without_any_recorded_visit_is_no_data_and_not_zero(world: World) -> None:
    visited(world)
    empty = {"first": date(2026, 1, 1), "last": date(2026, 1, 31)}
    for name in ("call_coverage", "visits", "strike_rate", "productive_call_rate", "service_gini", "plan_compliance"):
        assert world.figure(name, **empty) is None


def test_key_call_coverage_tells_the_manager_and_the_supervisor_apart(world: World) -> None:
    visited(world)
    for number, customer in enumerate(["A", "B", "C", "D", *(f"X{i}" for i in range(11))]):
        world.sale("2026-07-01", customer, "S1", 1, 1000 - number)  # fifteen buyers: A, B and C are key
    world.visit("2026-08-02", "A", "M9")  # the supervisor came alone
    row = world.rows("key_call_coverage").iloc[0]
    assert (row["key_customers"], row["visited"], row["supervisor_visited"]) == (3, 2, 2)
    assert row["key_call_coverage"] == 2 / 3
    assert row["supervisor_call_coverage"] == 2 / 3
    listed = world.rows("key_customers").set_index("customer_id")
    assert listed.loc["A", "days_since_manager"] == 91
    assert listed.loc["A", "days_since_supervisor"] == 59
    assert listed["days_since_manager"].isna()["C"]


def test_a_plan_is_kept_within_a_day_either_side_by_the_planned_manager(world: World) -> None:
    for customer in "ABCDE":
        world.customer(customer)
    for customer in "ABCDE":
        world.plan("2026-07-10", customer, "M1")
    world.visit("2026-07-09", "A", "M1")
    world.visit("2026-07-11", "B", "M1")
    world.visit("2026-07-12", "C", "M1")  # two days late
    world.visit("2026-07-10", "D", "M2")  # somebody else
    world.plan("2026-10-01", "A", "M1")  # after the period
    assert world.figure("plan_compliance") == 2 / 5


def test_strike_rate_leaves_out_visits_that_did_not_try(world: World) -> None:
    world.customers("A")
    for outcome in ("success", "fail", "fail", "none"):
        world.visit("2026-07-01", "A", "M1", outcome)
    assert world.figure("strike_rate") == 1 / 3


def test_a_visit_is_productive_when_an_order_follows_within_seven_days(world: World) -> None:
    world.customers("A", "B", "C", "D")
    for customer in "ABCD":
        world.visit("2026-07-10", customer, "M1")
    world.sale("2026-07-10", "A", "S1", 1)  # the same day
    world.sale("2026-07-17", "B", "S1", 1)  # the seventh day
    world.sale("2026-07-18", "C", "S1", 1)  # the eighth
    world.sale("2026-07-11", "D", "S1", 1)
    world.sale("2026-07-12", "D", "S1", -1)  # nets off
    assert world.figure("productive_call_rate") == 2 / 4


def test_service_balance_is_the_gini_of_visits_with_the_unvisited_at_zero(world: World) -> None:
    visited(world)  # 2, 1, 0, 0 visits: Σ(2i − 5)·x = −3·0 − 1·0 + 1·1 + 3·2 = 7; n·Σx = 4·3
    assert world.figure("service_gini") == pytest.approx(7 / 12)


def test_active_customers_have_a_positive_net_quantity(world: World) -> None:
    world.customers("A", "B", "C")
    world.sale("2026-07-01", "A", "S1", 1)
    world.sale("2026-07-01", "B", "S1", 1)
    world.sale("2026-07-02", "B", "S1", -1)
    world.sale("2026-07-02", "unknown", "S1", 5)
    assert world.figure("active_customers") == 1
