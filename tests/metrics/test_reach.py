"""How far products reach, against truths worked out by hand."""

import pytest

from tests.world import World


def carried(world: World) -> None:
    """Four active customers and a closed one; S1 of brand B1 is bought by A alone, S2 of B1 by B."""
    world.customers("A", "B", "C", "D closed", "E")
    world.product("S1", brand="B1", focus=True)
    world.product("S2", brand="B1")
    world.product("S3", brand="B2")
    world.sale("2026-07-01", "A", "S1", 2, 20)  # first day of the period: counts
    world.sale("2026-07-05", "B", "S1", 3, 30)
    world.sale("2026-07-09", "B", "S1", -3, -30)  # all returned: not a handler of S1
    world.sale("2026-09-30", "B", "S2", 1, 80)  # last day of the period: counts
    world.sale("2026-10-01", "C", "S1", 9, 90)  # a day late
    world.sale("2026-06-30", "E", "S1", 9, 90)  # a day early


def test_numeric_distribution_counts_net_buyers_of_the_licensed_base(world: World) -> None:
    carried(world)
    assert world.figure("numeric_distribution", sku="S1") == 1 / 4  # D is closed and bought nothing
    assert world.figure("handlers", sku="S1") == 1
    assert world.figure("eligible", sku="S1") == 4


def test_a_brand_is_handled_by_whoever_carries_any_of_its_products(world: World) -> None:
    carried(world)
    world.sale("2026-08-01", "B", "S2", 1)
    world.sale("2026-08-02", "B", "S1", -9)  # the brand's net is below zero, but S2 is carried
    assert world.figure("numeric_distribution", brand="B1") == 2 / 4
    assert world.split("numeric_distribution", "brand") == {"B1": 2 / 4, "B2": 0 / 4}


def test_a_closed_customer_that_bought_in_the_period_is_in_the_base(world: World) -> None:
    carried(world)
    world.sale("2026-08-01", "D", "S3", 1)
    assert world.figure("eligible", sku="S1") == 5
    assert world.figure("numeric_distribution", sku="S3") == 1 / 5


def test_a_customer_opened_after_the_period_is_not_in_the_base_and_an_unknown_day_is(world: World) -> None:
    world.product("S1")
    world.customer("A", opened_on="2026-09-30")
    world.customer("B", opened_on="2026-10-01")
    world.customer("C")
    assert world.figure("eligible", sku="S1") == 2


def test_unknown_status_counts_as_active(world: World) -> None:
    world.product("S1")
    world.customer("A", status=None)
    assert world.figure("eligible", sku="S1") == 1


def test_only_customers_of_the_lowest_tier_and_above_may_carry_a_product(world: World) -> None:
    world.product("S1", min_tier=10)
    world.product("S2")
    for customer, tier in (("A", 9), ("B", 10), ("C", None)):  # an unknown tier may
        world.customer(customer, tier=tier)
    world.sale("2026-07-01", "A", "S1", 1)  # bought, but may not carry it
    world.sale("2026-07-01", "C", "S1", 1)
    assert world.figure("numeric_distribution", sku="S1") == 1 / 2
    assert world.figure("eligible", sku="S2") == 3


def test_without_a_master_the_base_is_whoever_bought_in_twelve_months(world: World) -> None:
    world.product("S1")
    for customer in "ABC":
        world.customer(customer, is_derived=True, status=None)
    world.sale("2025-09-30", "A", "S1", 1)  # twelve months before the last day: out
    world.sale("2025-10-01", "B", "S1", 1)
    world.sale("2026-07-01", "C", "S1", 1)
    assert world.figure("numeric_distribution", sku="S1") == 1 / 2


def test_no_eligible_customer_is_no_data(world: World) -> None:
    world.product("S1", min_tier=30)
    world.customer("A", tier=1)
    assert world.figure("numeric_distribution", sku="S1") is None
    assert world.figure("weighted_distribution", sku="S1") is None


@pytest.mark.parametrize("name", ["numeric_distribution", "focus_distribution", "tdp"])
def test_a_period_without_any_sale_is_no_data_and_one_of_others_sales_is_nought(world: World, name: str) -> None:
    world.customers("A", "B")
    world.product("S1", focus=True)
    world.product("S2")
    world.sale("2026-06-30", "A", "S1", 1)  # a day early
    world.sale("2026-10-01", "A", "S1", 1)  # a day late
    assert world.figure(name, sku="S1") is None
    assert world.split(name, "customer_id" if name != "tdp" else "manager_id") == {}
    world.sale("2026-07-01", "B", "S2", 1)  # sales were recorded, of something else
    assert world.figure(name, sku="S1") == 0


def test_weighted_distribution_weighs_by_all_products_and_takes_a_negative_net_as_zero(world: World) -> None:
    world.customers("A", "B", "C")
    world.product("S1")
    world.product("S2")
    world.sale("2026-07-01", "A", "S1", 1, 10)
    world.sale("2026-07-01", "A", "S2", 1, 50)
    world.sale("2026-07-02", "B", "S2", 1, 40)
    world.sale("2026-07-02", "C", "S2", -1, -500)
    assert world.figure("weighted_distribution", sku="S1") == 60 / 100


def test_distribution_over_areas_is_the_ratio_of_sums_and_not_the_mean_of_ratios(world: World) -> None:
    world.product("S1")
    world.customer("A", area="north")
    for customer in ("B", "C", "D"):
        world.customer(customer, area="south")
    world.sale("2026-07-01", "A", "S1", 1)
    assert world.split("numeric_distribution", "area") == {"north": 1.0, "south": 0.0}
    assert world.figure("numeric_distribution") == 1 / 4  # the mean of the two would be 1/2


def test_a_customer_handed_over_in_the_period_stands_under_its_manager_of_the_last_day(world: World) -> None:
    world.product("S1")
    world.manager("M1", team="T1")
    world.manager("M2", team="T2")
    world.customer("A", manager="M9")
    world.assign("A", "M1", "2026-01-01", "2026-08-31")
    world.assign("A", "M2", "2026-09-01")
    world.sale("2026-07-01", "A", "S1", 1)
    assert world.split("numeric_distribution", "manager_id") == {"M2": 1.0}
    assert world.split("numeric_distribution", "team") == {"T2": 1.0}
    assert world.figure("numeric_distribution", manager="M1") is None


def test_repeat_rate_wants_two_different_days(world: World) -> None:
    world.customers("A", "B", "C", "D")
    world.product("S1", brand="B1")
    world.product("S2", brand="B1")
    world.sale("2026-07-01", "A", "S1", 1)
    world.sale("2026-07-08", "A", "S1", 1)  # a second day
    world.sale("2026-07-01", "B", "S1", 1)
    world.sale("2026-07-01", "B", "S1", 1)  # the same day again
    world.sale("2026-07-01", "C", "S1", 3)
    world.sale("2026-07-09", "C", "S1", -1)  # a return is no order
    world.sale("2026-07-01", "D", "S1", 1)
    world.sale("2026-07-02", "D", "S2", 1)  # another product of the brand
    assert world.figure("repeat_rate", sku="S1") == 1 / 4
    assert world.figure("repeat_rate", brand="B1") == 2 / 4
    assert world.figure("repeat_rate", sku="S9") is None


def test_velocity_is_quantity_by_handler_and_week(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.sale("2026-07-01", "A", "S1", 92)
    world.sale("2026-07-01", "B", "S1", 92)
    assert world.figure("velocity") == pytest.approx(184 / 2 / (92 / 7))


def test_tdp_adds_up_the_distribution_of_each_product(world: World) -> None:
    carried(world)
    rows = world.rows("tdp", brand="B1").iloc[0]
    assert rows["products"] == 2
    assert rows["tdp"] == 1 / 4 + 1 / 4
    assert rows["own_distribution"] == 2 / 4  # A carries S1, B carries S2
    assert rows["average_skus"] == 1.0


def test_focus_distribution_is_over_pairs_of_focus_product_and_eligible_customer(world: World) -> None:
    world.customer("A", tier=5)
    world.customer("B", tier=20)
    world.product("S1", focus=True)
    world.product("S2", focus=True, min_tier=10)
    world.product("S3", focus=False)
    world.sale("2026-07-01", "B", "S2", 1)
    world.sale("2026-07-01", "A", "S3", 1)
    assert world.figure("focus_distribution") == 1 / 3


def test_on_shelf_rate_takes_the_last_check_of_each_customer(world: World) -> None:
    world.customers("A", "B", "C")
    world.product("S1")
    world.check("2026-07-01", "A", "S1", True)
    world.check("2026-08-01", "A", "S1", False)  # the last one decides
    world.check("2026-07-01", "B", "S1", True)
    world.check("2026-10-01", "B", "S1", False)  # after the period
    assert world.figure("on_shelf_rate") == 1 / 2


def test_sell_through_takes_what_was_bought_between_the_first_and_last_count(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.check("2026-07-10", "A", "S1", True, 10)
    world.check("2026-08-10", "A", "S1", True, 5)
    world.sale("2026-07-10", "A", "S1", 100)  # on the day of the first count: in it already
    world.sale("2026-08-10", "A", "S1", 15)  # on the day of the last count
    world.sale("2026-08-11", "A", "S1", 100)  # after it
    world.check("2026-07-10", "B", "S1", True, 7)  # counted once: left out
    assert world.figure("sell_through") == (10 + 15 - 5) / (10 + 15)


def test_fill_rate_caps_each_line_at_what_was_ordered(world: World) -> None:
    world.customers("A")
    world.product("S1")
    world.sale("2026-07-01", "A", "S1", 5, ordered=10)
    world.sale("2026-07-02", "A", "S1", 30, ordered=10)  # counts as 10
    world.sale("2026-07-03", "A", "S1", 7)  # nothing known of its order
    world.sale("2026-07-04", "A", "S1", 7, ordered=0)
    assert world.figure("fill_rate") == 15 / 20


def test_gaps_are_the_eligible_customers_that_do_not_carry_it_largest_first(world: World) -> None:
    world.product("S1", min_tier=5)
    world.product("S2")
    for customer, tier in (("A", 5), ("B", 6), ("C", 7), ("D", 1)):
        world.customer(customer, tier=tier)
    world.sale("2026-07-01", "A", "S1", 1)
    world.sale("2026-07-01", "B", "S2", 10)
    world.sale("2026-07-01", "C", "S2", 20)
    world.sale("2026-05-01", "C", "S1", 1)  # bought it before the period
    rows = world.rows("distribution_gaps", "sku_id", sku="S1")
    assert list(rows["customer_id"]) == ["C", "B"]
    assert rows["last_bought"].iloc[0].date().isoformat() == "2026-05-01"


def test_the_launch_curve_counts_triers_and_those_who_came_back(world: World) -> None:
    world.customers("A", "B", "C", "D")
    world.product("S1", launched_on="2026-07-01")
    world.sale("2026-06-30", "A", "S1", 1)  # before the launch
    world.sale("2026-07-07", "B", "S1", 1)  # the last day of week 1
    world.sale("2026-07-08", "C", "S1", 1)  # the first of week 2
    world.sale("2026-07-14", "B", "S1", 1)
    rows = world.rows("launch_curve", sku="S1")
    assert rows.loc[0, ["launch_week", "triers", "repeaters", "eligible"]].tolist() == [1, 1, 0, 4]
    assert rows.loc[1, ["launch_week", "triers", "repeaters", "eligible"]].tolist() == [2, 2, 1, 4]
    assert rows["trial_rate"].iloc[1] == 2 / 4
    assert rows["repeat_of_triers"].iloc[1] == 1 / 2
    assert len(rows) == 14  # 92 days: thirteen whole weeks and one begun
