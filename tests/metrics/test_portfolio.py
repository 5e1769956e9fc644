"""The portfolio against truths worked out by hand, and the customers behind its numbers against the numbers."""

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.brand.behind import BEHIND, GROUPS, customers_in
from metrics.brand.portfolio import LEVELS, Portfolio, portfolio, requests
from tests.world import FIRST, LAST, World

QUARTER = Scope(FIRST, LAST)


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def shown(world: World, level: str, versus: str = "previous", scope: Scope = QUARTER) -> Portfolio:
    return portfolio(scope, level, versus, read=reading(world))


def row(found: Portfolio, name: str) -> Any:
    return found.rows[found.rows[found.dimension] == name].iloc[0]


@pytest.fixture
def market(world: World) -> World:
    """Four customers, two brands, three products in two price classes; S9 is sold by nobody in focus."""
    world.customer("BIG", tier=20, area="north")
    world.customer("MID", tier=10, area="north")
    world.customer("LOW", tier=3, area="south")
    world.customer("NEW", area="south")  # unknown tier: may carry everything
    world.product("S1", brand="B1", maker="X", price_class="一类", min_tier=10, focus=True)
    world.product("S2", brand="B1", maker="X", price_class="二类", focus=False)
    world.product("S3", brand="B2", maker="Y", price_class="一类", focus=True)
    world.sale("2026-07-01", "BIG", "S1", 6, 600)
    world.sale("2026-08-01", "BIG", "S1", 4, 400)
    world.sale("2026-07-02", "MID", "S2", 1, 100)
    world.sale("2026-07-02", "LOW", "S1", 5, 500)  # below the lowest tier: sold, yet no handler
    world.sale("2026-09-30", "NEW", "S3", 2, 300)
    world.sale("2026-05-01", "BIG", "S1", 5, 500)  # the period before
    world.sale("2026-05-01", "MID", "S1", 5, 500)
    return world


def test_a_row_holds_the_figures_of_its_product(market: World) -> None:
    found = row(shown(market, "focus"), "S1")
    assert (found["eligible"], found["handlers"], found["repeaters"]) == (3, 1, 1)  # BIG, MID, NEW; BIG; BIG
    assert found["numeric_distribution"] == pytest.approx(1 / 3)
    assert found["weighted_distribution"] == pytest.approx(1000 / 1400)  # of BIG 1000, MID 100, NEW 300
    assert found["distribution_difference"] == pytest.approx(1000 / 1400 - 1 / 3)
    assert found["reach"] == "big"
    assert found["velocity"] == pytest.approx(15 / 1 / (92 / 7))
    assert found["amount"] == 1500
    assert math.isnan(found["on_shelf_rate"]) and math.isnan(found["distribution_attainment"])


def test_a_product_in_small_shops_and_one_in_shops_like_all(world: World) -> None:
    world.customers("A", "B")
    world.product("S1", focus=True)
    world.product("S2", focus=True)
    world.product("S3", focus=True)
    world.sale("2026-07-01", "A", "S1", 1, 10)
    world.sale("2026-07-01", "B", "S2", 1, 90)
    for customer in ("A", "B"):
        world.sale("2026-07-01", customer, "S3", 1, 1)
    reach = shown(world, "focus").rows.set_index("sku_id")["reach"].to_dict()
    assert reach == {"S1": "small", "S2": "big", "S3": "even"}


def test_changes_are_points_for_shares_and_proportions_for_the_rest(market: World) -> None:
    found = row(shown(market, "focus"), "S1")
    assert found["numeric_distribution_change"] == pytest.approx(1 / 3 - 2 / 3)
    assert found["amount_change"] == pytest.approx(1500 / 1000 - 1)
    assert found["velocity_change"] == pytest.approx(15 / 1 / (10 / 2) - 1)  # both periods have 92 days
    assert math.isnan(row(shown(market, "focus"), "S3")["amount_change"])  # nothing sold before
    assert math.isnan(row(shown(market, "focus", "last_year"), "S1")["amount_change"])


def test_the_share_of_the_price_class_is_of_all_its_products_in_scope(market: World) -> None:
    assert row(shown(market, "focus"), "S1")["class_share"] == pytest.approx(1500 / 1800)
    assert row(shown(market, "sku"), "S2")["class_share"] == 1
    assert row(shown(market, "brand"), "B1")["class_share"] == pytest.approx(1600 / 1900)  # it sells in both classes
    assert row(shown(market, "price_class"), "一类")["class_share"] == pytest.approx(1800 / 1900)
    alone = shown(market, "sku", scope=QUARTER.narrow(sku="S3"))
    assert row(alone, "S3")["class_share"] == pytest.approx(300 / 1800)  # a product named is no class of its own
    north = shown(market, "sku", scope=QUARTER.narrow(area="north"))
    assert row(north, "S1")["class_share"] == 1


def test_rows_come_by_amount_and_the_rows_before_in_the_same_order(market: World) -> None:
    found = shown(market, "sku")
    assert found.rows["sku_id"].tolist() == found.before["sku_id"].tolist() == ["S1", "S3", "S2"]
    assert found.before["amount"].fillna(0).tolist() == [1000, 0, 0]


def test_the_trend_has_the_last_thirteen_whole_months(market: World) -> None:
    trend = row(shown(market, "focus"), "S1")["trend"]
    # May: BIG and MID of BIG, MID, NEW; July and August: BIG
    assert trend == pytest.approx([*[0.0] * 8, 2 / 3, 0, 1 / 3, 1 / 3, 0])
    begun = shown(market, "focus", scope=Scope(date(2026, 7, 1), date(2026, 8, 15)))
    assert row(begun, "S1")["trend"][-1] == pytest.approx(1 / 3)  # July is the last whole month


def test_a_scope_without_a_focus_product_has_no_focus_rows(market: World) -> None:
    assert shown(market, "focus", scope=QUARTER.narrow(sku="S2")).rows.empty
    assert shown(market, "sku", scope=QUARTER.narrow(sku="S2")).rows["sku_id"].tolist() == ["S2"]


def test_a_product_nobody_may_carry_has_a_row_without_ratios(world: World) -> None:
    world.customer("A", tier=3)
    world.product("S1", min_tier=20, focus=True)
    world.sale("2026-07-01", "A", "S1", 1, 10)
    found = row(shown(world, "focus"), "S1")
    assert found["eligible"] == 0 and found["amount"] == 10
    for name in ("numeric_distribution", "weighted_distribution", "repeat_rate", "velocity"):
        assert math.isnan(found[name])


def test_before_its_launch_a_product_has_no_distribution_and_no_change(world: World) -> None:
    """S1 is launched in the period, S2 on the last day of the one before; S3 is sold before its launch; S4 to come."""
    world.customers("A", "B")
    launches = {"S1": date(2026, 7, 1), "S2": date(2026, 6, 30), "S3": date(2026, 8, 1), "S4": date(2026, 10, 1)}
    for sku, launched_on in launches.items():
        world.product(sku, brand=f"B{sku}", launched_on=launched_on)
    for sku in ("S1", "S2", "S3"):
        world.sale("2026-08-05", "A", sku, 1)
    world.sale("2026-06-05", "B", "S3", 1)
    for level, names in (("sku", ("S1", "S2", "S3", "S4")), ("brand", ("BS1", "BS2", "BS3", "BS4"))):
        fresh, last_day, early, coming = (row(shown(world, level), name) for name in names)
        assert math.isnan(fresh["numeric_distribution_change"]) and math.isnan(fresh["weighted_distribution_change"])
        assert fresh["numeric_distribution"] == 0.5
        assert last_day["numeric_distribution_change"] == 0.5  # on sale for a day, bought by nobody
        assert early["numeric_distribution_change"] == 0
        assert math.isnan(coming["numeric_distribution"]) and pd.isna(coming["reach"])


def test_what_nobody_carries_is_strong_in_no_shops(world: World) -> None:
    world.customer("A")
    world.product("S1")
    world.product("S2")
    world.sale("2026-07-01", "A", "S1", 1)
    found = row(shown(world, "sku"), "S2")
    assert found["numeric_distribution"] == 0 and pd.isna(found["reach"])


def test_what_is_read_ahead_is_all_that_the_portfolio_reads(market: World) -> None:
    read, asked = reading(market), []

    def noting(name: str, scope: Scope, by: tuple[str, ...] = ()) -> Any:
        asked.append((name, scope, by))
        return read(name, scope, by)

    for level in set(LEVELS) - {"focus"}:
        asked.clear()
        portfolio(QUARTER, level, "last_year", read=noting)
        assert {request for request in asked if request[0] != "product_list"} == set(
            requests(QUARTER, level, "last_year")
        )


def test_attainment_holds_handlers_of_each_month_against_the_target_of_its_eligible(world: World) -> None:
    """July: M1 has A, B, C and D (tier 2) may not: target 0.5 × 3, handler A. August: D's successor C is M2's."""
    for name, tier in (("A", 10), ("B", 10), ("C", 10), ("D", 2)):
        world.customer(name, tier=tier, manager="M1", area="north")
    world.manager("M1", team="T1")
    world.manager("M2", team="T2")
    world.assign("C", "M2", "2026-08-10")
    world.product("S1", brand="B1", min_tier=5)
    world.product("S2", brand="B1")
    target = {"measure": "numeric_distribution", "sku_id": "S1"}
    world.target("2026-07", "M1", 0.5, **target)
    world.target("2026-08", "M1", 1.0, **target)
    world.target("2026-08", "M2", 1.0, **target)
    world.target("2026-10", "M1", 1.0, **target)  # beyond the period
    world.target("2026-09", "M1", 1000, measure="amount")
    world.sale("2026-07-05", "A", "S1", 1)
    world.sale("2026-07-05", "D", "S1", 1)  # may not carry it
    world.sale("2026-08-05", "A", "S1", 1)
    world.sale("2026-08-05", "B", "S1", 1)
    world.sale("2026-08-06", "B", "S1", -1)  # all returned
    world.sale("2026-08-05", "C", "S1", 1)  # bought under M1, M2's at the end of the month
    world.sale("2026-09-05", "B", "S1", 1)  # no target in September
    # M1: July 1 of 1.5, August 1 of 2; M2: August 1 of 1
    assert world.split("distribution_attainment", "manager_id") == pytest.approx({"M1": 2 / 3.5, "M2": 1})
    assert world.split("distribution_attainment", "month") == pytest.approx({"2026-07": 1 / 1.5, "2026-08": 2 / 3})
    assert world.figure("distribution_attainment") == pytest.approx(3 / 4.5)
    assert world.split("distribution_attainment", "brand") == pytest.approx({"B1": 3 / 4.5})
    assert world.figure("distribution_attainment", team="T2") == 1
    whole = world.rows("distribution_attainment").iloc[0]
    assert (whole["handlers"], whole["eligible"]) == (3, 3 + 2 + 1)
    assert whole["distribution_target"] == pytest.approx(4.5 / 6)
    assert world.figure("distribution_attainment", first=date(2026, 7, 2)) == pytest.approx(2 / 3)  # July is not whole
    assert world.figure("distribution_attainment", area="north") is None  # targets are not by area
    assert world.figure("distribution_attainment", sku="S2") is None


def test_a_month_whose_target_is_zero_counts_in_the_portfolio_as_in_the_figure(world: World) -> None:
    """A and B may carry both. S1: July 1 of 0.5 × 2, August 1 of none; S2 has none but zero targets."""
    world.manager("M1")
    for name in ("A", "B"):
        world.customer(name, manager="M1")
    for sku, month, target in (("S1", "2026-07", 0.5), ("S1", "2026-08", 0), ("S2", "2026-07", 0)):
        world.target(month, "M1", target, measure="numeric_distribution", sku_id=sku)
    for sku in ("S1", "S2"):
        world.product(sku)
        world.sale("2026-07-05", "A", sku, 1)
        world.sale("2026-08-05", "A", sku, 1)
    assert world.rows("distribution_attainment", sku="S1")["distribution_attainment"].iloc[0] == 2
    found = shown(world, "sku")
    assert (row(found, "S1")["distribution_attainment"], row(found, "S1")["distribution_target"]) == (2, 0.25)
    assert math.isnan(row(found, "S2")["distribution_attainment"]) and math.isnan(
        row(found, "S2")["distribution_target"]
    )


def test_a_row_tells_how_many_of_its_products_have_a_target(world: World) -> None:
    """B1 has S1 with a target in July, S2 and S3 with none; B2 has none at all."""
    world.manager("M1")
    world.customer("A", manager="M1")
    for sku, brand in (("S1", "B1"), ("S2", "B1"), ("S3", "B1"), ("S4", "B2")):
        world.product(sku, brand=brand)
        world.sale("2026-07-05", "A", sku, 1)
    world.target("2026-07", "M1", 0.5, measure="numeric_distribution", sku_id="S1")
    found = shown(world, "brand")
    counted = {name: (row(found, name)["targeted"], row(found, name)["products"]) for name in ("B1", "B2")}
    assert counted == {"B1": (1, 3), "B2": (0, 1)}
    assert row(found, "B1")["distribution_attainment"] == 2  # of S1 alone: 1 of 0.5


def test_the_customers_behind_each_number_are_as_many_as_it_counts(market: World) -> None:
    market.check("2026-07-03", "BIG", "S1", True, stock=4)
    market.check("2026-08-03", "BIG", "S1", False, stock=1)  # the last check decides
    market.check("2026-07-03", "MID", "S1", True)
    market.sale("2026-09-01", "MID", "S1", 2, 200, ordered=5)
    market.sale("2026-09-01", "NEW", "S1", 3, 300, ordered=3)
    market.sale("2026-09-02", "NEW", "S1", -3, -300)
    rows = market.rows("customers_behind", sku="S1")
    behind = {group: customers_in(group, rows)["customer_id"].tolist() for group in GROUPS}
    assert behind == {
        "handlers": ["BIG", "MID"],
        "missing": ["NEW"],
        "repeaters": ["BIG"],
        "once": ["MID"],
        "on_shelf": ["MID"],
        "off_shelf": ["BIG"],
        "counted": ["BIG"],
        "buyers": ["BIG", "LOW", "MID"],
        "short": ["MID"],
        "served": ["NEW"],
    }
    big = rows.set_index("customer_id").loc["BIG"]
    assert (big["available"], big["sold"], big["last_stock"]) == (4 + 4, 4 + 4 - 1, 1)
    numbers = row(shown(market, "focus"), "S1")
    assert numbers["handlers"] == 2 and numbers["repeaters"] == 1
    assert (numbers["on_shelf"], numbers["checked"]) == (1, 2)
    assert rows["amount"].astype(float).sum() == numbers["amount"]
    assert set(sum(BEHIND.values(), ())) == set(GROUPS)


def test_what_a_manager_sold_before_a_handover_stays_behind_the_managers_amount(world: World) -> None:
    world.customer("A", manager="M2")
    world.assign("A", "M1", "2026-01-01", "2026-07-31")
    world.assign("A", "M2", "2026-08-01")
    world.product("S1")
    world.sale("2026-07-05", "A", "S1", 1, 10)
    world.sale("2026-08-05", "A", "S1", 1, 5)
    rows = world.rows("customers_behind", manager="M1", sku="S1")
    assert rows["customer_id"].tolist() == ["A"] and not rows["is_eligible"].any()
    assert float(rows["amount"].iloc[0]) == world.figure("amount", manager="M1", sku="S1") == 10


def test_without_a_customer_master_a_purchase_makes_eligible_for_twelve_months(world: World) -> None:
    for customer in ("A", "B"):
        world.customer(customer, is_derived=True)
    world.product("S1")
    world.product("S2")
    world.sale("2025-08-15", "A", "S2", 1)  # in the base from August 2025 to July 2026
    world.sale("2026-08-15", "B", "S1", 1)
    months = world.rows("distribution_by_month", "sku_id", sku="S1").set_index("month")
    assert months["eligible"].to_dict() == {"2026-07": 1, "2026-08": 1, "2026-09": 1}
    assert months["handlers"].to_dict() == {"2026-07": 0, "2026-08": 1, "2026-09": 0}
    alone = world.rows("numeric_distribution", ("sku_id", "month"), sku="S1").set_index("month")
    assert alone["eligible"].to_dict() == {"2026-08": 1}  # by itself, a month without any sale has no data


def test_a_month_knows_who_had_opened_and_which_closed_customer_bought_in_it(world: World) -> None:
    world.customer("A", opened_on="2026-08-31")  # from August on
    world.customer("B", status="closed")
    world.customer("C")
    world.product("S1")
    world.sale("2026-09-01", "B", "S1", 1)
    world.sale("2026-07-31", "C", "S1", 1)
    months = world.rows("distribution_by_month", "sku_id").set_index("month")
    assert months["eligible"].to_dict() == {"2026-07": 1, "2026-08": 2, "2026-09": 3}
    assert months["numeric_distribution"].to_dict() == pytest.approx({"2026-07": 1, "2026-08": 0, "2026-09": 1 / 3})
