"""The vital few: who they are, how they moved, when they were seen, and what they missed; by hand."""

from datetime import date

import pandas as pd
import pytest

from metrics.concentration.vital import vital_parts
from tests.world import World

TO = date(2026, 9, 30)


def told(world: World, **conditions: str) -> dict[str, dict[str, object]]:
    """The rows of the list by customer."""
    rows = world.rows("vital_few", first=date(2026, 7, 1), last=TO, **conditions)
    return {str(row["customer_id"]): row for row in rows.to_dict("records")}


def ten_customers(world: World) -> None:
    """Ten that bought, so that two are key: K1 and K2 now, K1 and OLD the year before."""
    world.manager("M1", manager_name="Ann", supervisor="M9")
    world.manager("M2", manager_name="Bo", supervisor="M9")
    world.product("S1")
    world.product("S2")
    for name in ("K1", "K2", "OLD", *(f"C{number}" for number in range(7))):
        world.customer(name, manager="M1", area="north" if name == "K1" else "south")
        world.sale("2026-01-10", name, "S1", 1, 1)
    world.sale("2026-09-30", "K1", "S1", 1, 599)  # 600 now, on the last day
    world.sale("2025-10-01", "K2", "S1", 1, 299)  # 300 now, on the first day of the twelve months
    world.sale("2025-09-30", "K1", "S1", 1, 400)  # a day earlier: the year before
    world.sale("2024-10-01", "OLD", "S1", 1, 500)  # the first day of the year before
    world.sale("2024-09-30", "K2", "S1", 1, 999)  # earlier still: counts for neither
    for number in range(7):
        world.sale("2025-01-10", f"C{number}", "S1", 1, 10)


def test_key_now_or_a_year_before_with_both_ranks(world: World) -> None:
    ten_customers(world)
    rows = told(world)
    assert list(rows) == ["K1", "K2", "OLD"]
    assert [(row["is_key"], row["was_key"]) for row in rows.values()] == [(True, True), (True, False), (False, True)]
    assert (rows["K1"]["position"], rows["K1"]["position_before"]) == (1, 2)
    assert rows["OLD"]["position_before"] == 1
    assert rows["K1"]["amount_share"] == pytest.approx(600 / 908)
    assert rows["K2"]["running_share"] == pytest.approx(900 / 908)
    assert rows["K1"]["year_growth"] == pytest.approx(600 / 400 - 1)
    assert rows["OLD"]["year_growth"] == pytest.approx(1 / 500 - 1)


def test_the_rank_is_that_of_the_whole_business_whatever_the_scope(world: World) -> None:
    ten_customers(world)
    assert [(name, row["position"]) for name, row in told(world, area="south").items()] == [("K2", 2), ("OLD", 10)]


def test_products_are_those_with_a_net_quantity(world: World) -> None:
    ten_customers(world)
    world.sale("2026-03-01", "K1", "S2", 2, 2)
    world.sale("2026-03-02", "K1", "S2", -2, -2)  # all of it came back
    world.sale("2026-03-03", "K2", "S2", 2, 2)
    rows = world.rows("vital_products").set_index("customer_id")["products"]
    assert (rows["K1"], rows["K2"]) == (1, 2)


def test_orders_missed_are_due_days_passed_since_the_last_order(world: World) -> None:
    """K1 orders every 7 days up to 9 September: due on the 16th, 23rd and 30th; the last is still today's."""
    ten_customers(world)
    world.connection.execute("delete from sales where customer_id = 'K1' and order_date > '2026-09-09'")
    for on in ("2026-08-19", "2026-08-26", "2026-09-02", "2026-09-09"):
        world.sale(on, "K1", "S1", 1, 150)
    world.sale("2026-09-05", "K1", "S1", -1, -1)  # a return is no order
    world.sale("2026-09-20", "K2", "S1", 1, 1)  # one order tells no rhythm
    rows = told(world)
    assert (rows["K1"]["order_days"], rows["K1"]["usual_gap"], rows["K1"]["days_since_order"]) == (4, 7, 21)
    assert rows["K1"]["orders_missed"] == 2
    assert pd.isna(rows["K2"]["orders_missed"])


def test_a_customer_that_ordered_on_its_day_has_missed_none(world: World) -> None:
    ten_customers(world)
    for on in ("2026-09-09", "2026-09-16", "2026-09-23"):
        world.sale(on, "K1", "S1", 1, 1)
    assert told(world)["K1"]["orders_missed"] == 0  # and the last on the 30th


def test_last_visits_are_the_managers_at_the_end_and_the_supervisors(world: World) -> None:
    ten_customers(world)
    world.assign("K1", "M2", "2026-09-01")  # handed over
    world.visit("2026-08-20", "K1", "M1")  # by the manager before
    world.visit("2026-09-10", "K1", "M2")
    world.visit("2026-06-30", "K1", "M2", joint_with="M9")
    world.visit("2026-10-01", "K1", "M9")  # after the last day
    world.visit("2026-09-20", "K2", "M9")  # the supervisor alone
    rows = told(world)
    assert (rows["K1"]["manager_name"], rows["K1"]["days_since_manager"]) == ("Bo", 20)
    assert rows["K1"]["days_since_supervisor"] == 92
    assert rows["K2"]["days_since_supervisor"] == 10


def test_the_parts_of_the_list(world: World) -> None:
    ten_customers(world)
    world.visit("2026-07-02", "K1", "M9")  # 90 days before the last: just seen
    parts = vital_parts(world.rows("vital_few", last=TO))
    assert {name: list(part["customer_id"]) for name, part in parts.items()} == {
        "key": ["K1", "K2"],
        "unseen": ["K2"],
        "falling": [],
        "overdue": [],
        "new": ["K2"],
        "gone": ["OLD"],
    }
    world.sale("2025-02-01", "K1", "S1", 1, 300)  # 700 the year before
    assert list(vital_parts(world.rows("vital_few", last=TO))["falling"]["customer_id"]) == ["K1"]
    world.visit("2026-07-01", "K2", "M9")  # 91 days before
    assert list(vital_parts(world.rows("vital_few", last=TO))["unseen"]["customer_id"]) == ["K2"]


def test_nobody_ever_key_is_no_rows(world: World) -> None:
    world.customers("A")
    assert world.rows("vital_few").empty
