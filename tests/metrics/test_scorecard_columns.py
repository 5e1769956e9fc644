"""Every column of the scorecard, against truths worked out by hand: handovers, wrong managers, doubles, edges."""

from datetime import date

import pytest

from tests.world import World

WEEK = {"first": date(2026, 7, 6), "last": date(2026, 7, 12)}
"""Monday to Sunday."""


def handed_over(world: World) -> None:
    """A is M1's until 15 August and M2's after it; B is M2's all the time. S1 is a focus product."""
    world.manager("M1", team="T1")
    world.manager("M2", team="T1")
    world.product("S1", focus=True, list_price=8, retail_price=10)
    world.customer("A", manager="M2")
    world.customer("B", manager="M2")
    world.assign("A", "M1", "2025-01-01", "2026-08-15")
    world.assign("A", "M2", "2026-08-16")
    world.sale("2025-07-10", "A", "S1", 5, 50)  # last year, M1's
    world.sale("2026-08-15", "A", "S1", 10, 100, ordered=20)  # the last day under M1
    world.sale("2026-08-16", "A", "S1", 30, 300, ordered=30)  # the first under M2
    world.sale("2026-08-17", "A", "S9", 1, 1)  # a product that no list has
    world.visit("2026-08-14", "A", "M1", "success")


def test_what_was_sold_stays_with_the_manager_of_its_day_when_a_customer_is_handed_over(world: World) -> None:
    handed_over(world)
    assert world.split("amount", "manager_id") == {"M1": 100, "M2": 301}
    assert world.split("qty", "manager_id") == {"M1": 10, "M2": 31}
    assert world.split("growth", "manager_id") == {"M1": pytest.approx(100 / 50 - 1)}  # M2 sold nothing a year ago
    assert world.split("growth", "team") == {"T1": pytest.approx(401 / 50 - 1)}  # but counts for the team
    assert world.split("gross_margin", "manager_id") == {"M1": 20, "M2": 60}
    assert world.split("fill_rate", "manager_id") == {"M1": 10 / 20, "M2": 30 / 30}
    assert world.split("fill_rate", "team") == {"T1": 40 / 50}  # the ratio of the sums, not the mean of 50 % and 100 %


def test_what_is_asked_of_customers_goes_with_them_to_the_manager_at_the_end(world: World) -> None:
    handed_over(world)
    assert world.split("like_for_like_growth", "manager_id") == {"M2": pytest.approx(401 / 50 - 1)}
    assert world.split("focus_distribution", "manager_id") == {"M2": 1 / 2}
    assert world.split("call_coverage", "manager_id") == {"M2": 0}  # M1's visit does not count for M2
    assert world.split("key_call_coverage", "manager_id") == {"M2": 0}
    assert world.split("service_gini", "manager_id") == {}  # nobody visited by the own manager: nothing to spread
    assert world.split("strike_rate", "manager_id") == {"M1": 1}  # the visit itself stays M1's


def test_like_for_like_of_a_product_takes_its_sales_alone(world: World) -> None:
    handed_over(world)
    assert world.split("like_for_like_growth", "manager_id", sku="S1") == {"M2": pytest.approx(400 / 50 - 1)}


def test_focus_distribution_takes_net_buyers_of_the_focus_products_alone(world: World) -> None:
    world.product("S1", focus=True)
    world.product("S2", focus=True, min_tier=10)
    world.product("S3")
    world.customer("A", manager="M1", tier=12)
    world.customer("B", manager="M1", tier=5)  # may not carry S2
    world.sale("2026-07-01", "A", "S1", 1)
    world.sale("2026-07-01", "A", "S3", 1)  # no focus product
    world.sale("2026-07-01", "B", "S1", 1)
    world.sale("2026-07-02", "B", "S1", -1)  # all returned
    world.sale("2026-07-01", "B", "S2", 1)  # not eligible
    assert world.split("focus_distribution", "manager_id") == {"M1": 1 / 3}


def test_targets_count_for_the_months_in_which_a_manager_was_there(world: World) -> None:
    world.manager("M1", left_on="2026-07-31")
    world.manager("M2", hired_on="2026-08-01")
    world.customer("A", manager="M2")
    world.assign("A", "M1", "2026-01-01", "2026-07-31")
    for month, manager in (("2026-07", "M1"), ("2026-08", "M2"), ("2026-09", "M2")):
        world.target(month, manager, 100)
    world.sale("2026-07-31", "A", "S1", 1, 80)
    world.sale("2026-08-01", "A", "S1", 1, 90)
    assert world.split("target_attainment", "manager_id") == {"M1": 80 / 100, "M2": 90 / 200}


def test_a_plan_on_the_first_day_is_kept_by_a_visit_the_day_before_the_period(world: World) -> None:
    for customer in "ABCD":
        world.customer(customer, tier=7)
    world.plan("2026-07-01", "A", "M1")
    world.plan("2026-09-30", "B", "M1")
    world.plan("2026-07-01", "C", "M1")
    world.plan("2026-07-20", "D", "M1")
    world.plan("2026-07-21", "D", "M1")
    world.visit("2026-06-30", "A", "M1")
    world.visit("2026-10-01", "B", "M1")
    world.visit("2026-06-29", "C", "M1")  # two days before
    world.visit("2026-07-20", "D", "M1")  # one visit keeps both rows, a second one the same day changes nothing
    world.visit("2026-07-20", "D", "M1")
    assert world.figure("plan_compliance") == 4 / 5
    assert world.split("plan_compliance", "tier_band") == {"06–10": 4 / 5}
    assert world.figure("plan_compliance", tier_band="06–10") == 4 / 5


def test_visits_count_for_whoever_made_them_and_twice_a_day_is_two(world: World) -> None:
    world.customer("A", manager="M1")
    world.visit("2026-07-06", "A", "M1", "success", minutes=10)
    world.visit("2026-07-06", "A", "M1", "fail", minutes=20)
    world.visit("2026-07-06", "A", "M2", "success", minutes=60)  # not the customer's manager
    world.visit("2026-07-07", "A", "M1")  # nobody wrote how long
    assert world.split("strike_rate", "manager_id") == {"M1": 1 / 2, "M2": 1}
    assert world.split("minutes_a_visit", "manager_id") == {"M1": 15, "M2": 60}
    assert world.figure("minutes_a_visit") == 90 / 3  # over all visits, not the mean of 15 and 60
    assert world.split("visits_a_day", "manager_id", **WEEK) == {"M1": 3 / 2, "M2": 1 / 2}
    assert world.split("call_coverage", "manager_id") == {"M1": 1}


def test_a_working_day_is_one_from_monday_to_friday_on_which_somebody_visited(world: World) -> None:
    world.manager("M1", team="T1")
    world.manager("M2", team="T1", hired_on="2026-07-08")
    world.manager("M3", team="T1", left_on="2026-07-06")
    world.customer("A", manager="M1")
    world.customer("B", manager="M2")
    for on in ("2026-07-06", "2026-07-06", "2026-07-07", "2026-07-11"):  # the last a Saturday: a visit, but no day
        world.visit(on, "A", "M1")
    world.visit("2026-07-08", "B", "M2")
    world.visit("2026-07-06", "A", "M3")
    world.visit("2026-07-13", "A", "M1")  # after the period
    # Working days are 6, 7 and 8 July: on 9 and 10 July nobody visited.
    assert world.split("visits_a_day", "manager_id", **WEEK) == {"M1": 4 / 3, "M2": 1 / 1, "M3": 1 / 1}
    assert world.split("visits_a_day", "team", **WEEK) == {"T1": 6 / 5}


def test_a_manager_who_visited_nobody_counts_and_a_supervisor_without_customers_does_not(world: World) -> None:
    world.manager("M1", team="T1", supervisor="M9")
    world.manager("M2", team="T1", supervisor="M9")
    world.manager("M9", team="T1")
    world.customer("A", manager="M1")
    world.customer("B", manager="M2")
    world.visit("2026-07-06", "A", "M1")
    world.visit("2026-07-07", "A", "M9")  # makes a working day, yet is nobody's visit here
    assert world.split("visits_a_day", "manager_id", **WEEK) == {"M1": 1 / 2, "M2": 0}
    assert world.split("visits_a_day", "team", **WEEK) == {"T1": 1 / 4}


def test_orders_of_the_same_and_the_seventh_day_follow_a_visit_and_of_the_eighth_do_not(world: World) -> None:
    world.customers("A", "B", "C", "D")
    for customer in "ABCD":
        world.visit("2026-07-10", customer, "M1")
    world.visit("2026-07-10", "A", "M1")  # a second time: both visits are followed by the same order
    world.visit("2026-07-10", "A", "M2")
    world.sale("2026-07-09", "A", "S1", 1)  # the day before
    world.sale("2026-07-10", "A", "S1", 1)
    world.sale("2026-07-17", "A", "S2", 2)
    world.sale("2026-07-17", "A", "S3", -1)  # a return is no line
    world.sale("2026-07-18", "B", "S1", 1)
    world.sale("2026-07-12", "C", "S1", 5)
    world.sale("2026-07-13", "C", "S1", -5)  # nets off: not productive, and its line counts for nothing
    world.sale("2026-07-17", "D", "S1", 1)
    assert world.split("productive_call_rate", "manager_id") == {"M1": 3 / 5, "M2": 1}
    assert world.split("lines_per_productive_call", "manager_id") == {"M1": (2 + 2 + 1) / 3, "M2": 2}
    assert world.figure("lines_per_productive_call") == 7 / 4


def test_an_answer_counts_for_the_manager_it_names_then_the_one_of_its_day_then_the_customers(world: World) -> None:
    world.customer("A", manager="M3")
    world.assign("A", "M1", "2026-07-01", "2026-07-31")
    world.assign("A", "M2", "2026-08-01", "2026-08-31")
    world.survey("2026-07-31", "retailer", 60, customer="A")  # M1, the day before the handover
    world.survey("2026-08-01", "retailer", 70, customer="A")  # M2
    world.survey("2026-08-02", "retailer", 90, customer="A")
    world.survey("2026-09-01", "retailer", 50, customer="A")  # nobody assigned: the customer's own
    world.survey("2026-09-01", "retailer", 40, customer="A", manager="M9")
    world.survey("2026-10-01", "retailer", 0, customer="A")  # a day late
    world.survey("2026-09-01", "consumer", 75)  # names nobody
    assert world.split("satisfaction_retailer", "manager_id") == {"M1": 60, "M2": 80, "M3": 50, "M9": 40}
    assert world.figure("satisfaction_retailer") == 310 / 5
    assert world.split("satisfaction_consumer", "manager_id") == {"unknown": 75}
    assert world.figure("satisfaction_maker") is None


def test_the_balance_of_a_team_is_that_of_its_customers_and_no_mean_of_its_managers(world: World) -> None:
    world.manager("M1", team="T1")
    world.manager("M2", team="T1")
    world.customer("A", manager="M1")
    world.customer("B", manager="M2")
    world.visit("2026-07-01", "A", "M1")
    for _time in range(3):
        world.visit("2026-07-01", "B", "M2")
    world.visit("2026-07-01", "A", "M2")  # not A's manager
    assert world.split("service_gini", "manager_id") == {"M1": 0, "M2": 0}
    assert world.split("service_gini", "team") == {"T1": pytest.approx((-1 * 1 + 1 * 3) / (2 * 4))}
