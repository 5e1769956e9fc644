"""Doors to knock on: features, ranking and reasons, against truths worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.brand.doors import Doors, doors, expected_rates, lost_handlers
from metrics.brand.features import build_features
from metrics.brand.likelihood import calibration, fit_likelihood
from metrics.brand.reasons import Reason
from metrics.brand.visit_plan import next_monday, visit_plan
from metrics.scorecard import Read
from tests.world import FIRST, LAST, World

QUARTER = Scope(FIRST, LAST)


def reader(world: World) -> Read:
    """Reads figures of the world as it is now."""
    world.settle()
    return lambda name, scope, by: metrics.run(name, scope, by, cursor=world.connection.cursor())


def found(world: World, **conditions: str) -> Doors:
    """The doors of S1."""
    return doors(QUARTER.narrow(**conditions), "S1", read=reader(world))


def street(world: World) -> None:
    """Eighty customers, all alike but for what they buy: of the 40 that buy S2 30 carry S1, of the other 40 ten do."""
    for sku in ("S1", "S2", "S3"):
        world.product(sku, sku_name=sku)
    world.manager("M1", manager_name="Ann")
    world.manager("M2", manager_name="Bo")
    for number in range(80):
        customer = f"C{number:02}"
        world.customer(customer, tier=10, channel="shop", area="north", manager="M1" if number % 2 else "M2")
        world.sale("2026-07-01", customer, "S3", 10, 100)
        if number < 40:
            world.sale("2026-07-02", customer, "S2", 10, 100)
        if number < 30 or 40 <= number < 50:
            world.sale("2026-08-03", customer, "S1", 6, 60)


def test_a_door_is_an_open_eligible_customer_without_the_product(world: World) -> None:
    street(world)
    world.customer("X closed", status="closed", tier=10)
    world.sale("2026-07-05", "X closed", "S3", 1)  # in the base, but nobody to visit
    world.customer("Y", tier=10, opened_on="2026-10-01")  # not open yet
    world.connection.execute("update products set min_tier = 10 where sku_id = 'S1'")
    world.customer("Z", tier=9)  # may not carry it
    rows = found(world).rows
    assert set(rows["customer_id"]) == {f"C{number:02}" for number in (*range(30, 40), *range(50, 80))}
    assert found(world).beyond == 1
    assert (found(world).eligible, found(world).handlers, found(world).others) == (81, 40, 41)


def test_buyers_of_what_handlers_buy_come_first_and_the_reason_says_so(world: World) -> None:
    street(world)
    ranked = found(world)
    assert set(ranked.rows["customer_id"].head(10)) == {f"C{number}" for number in range(30, 40)}
    assert ranked.reasons is not None
    reasons = {reason.kind: reason for reason in ranked.reasons.of(0)}
    assert reasons["sku"] == Reason("sku", "S2", 30 / 40)
    assert ranked.reasons.of(39) == ()  # buys nothing that handlers buy more than others


def test_the_expected_quantity_is_the_probability_times_the_rate_of_handlers_alike(world: World) -> None:
    street(world)
    rows = found(world).rows
    months = 92 / (365.25 / 12)
    assert rows["expected_rate"].to_numpy() == pytest.approx(40 * 6 / 40 / months)  # all handlers are alike
    assert rows["expected_qty"].to_numpy() == pytest.approx((rows["probability"] * rows["expected_rate"]).to_numpy())
    assert rows["probability"].between(0.1, 0.9).all()


def test_a_few_handlers_of_a_kind_are_drawn_towards_the_wider_group() -> None:
    eligible = pd.DataFrame(
        [(True, 30.0, "01–05", "shop")] * 10 + [(True, 90.0, "01–05", "bar")] * 2 + [(False, 0.0, "06–10", "bar")],
        columns=["is_handler", "qty", "tier_band", "channel"],
    )
    rates = expected_rates(eligible, days=365.25)  # type: ignore[arg-type]
    overall = (10 * 30 + 2 * 90) / 12 / 12
    band = ((300 + 180) / 12 + 10 * overall) / (12 + 10)
    assert rates.iloc[0] == pytest.approx((300 / 12 + 10 * band) / (10 + 10))
    assert rates.iloc[10] == pytest.approx((180 / 12 + 10 * band) / (2 + 10))
    assert rates.iloc[12] == pytest.approx(overall)  # no handler among its tiers


def test_a_manager_learns_from_the_whole_business_and_sees_its_own_doors(world: World) -> None:
    street(world)
    everybody, own = found(world), found(world, manager="M1")
    assert set(own.rows["customer_id"]) == {f"C{number:02}" for number in (*range(31, 40, 2), *range(51, 80, 2))}
    assert (own.eligible, own.handlers) == (80, 40)
    shared = everybody.rows.set_index("customer_id").loc[own.rows["customer_id"], "probability"]
    assert own.rows["probability"].to_numpy() == pytest.approx(shared.to_numpy())


def test_a_model_is_known_to_be_no_better_than_size(world: World) -> None:
    street(world)
    ranked = found(world)
    assert ranked.likelihood is not None and not ranked.is_ranked_by_size
    assert replace(ranked.likelihood, size_auc=ranked.likelihood.auc + 0.01).is_worse_than_size
    assert not replace(ranked.likelihood, size_auc=ranked.likelihood.auc).is_worse_than_size


@pytest.mark.parametrize("handlers", [29, 0])
def test_too_few_to_learn_from_are_ranked_by_size_and_it_says_so(world: World, handlers: int) -> None:
    world.product("S1")
    world.product("S2")
    for number in range(70):
        world.customer(f"C{number:02}", tier=None)
        world.sale("2026-07-01", f"C{number:02}", "S2", 1, 100 + number)
        if number < handlers:
            world.sale("2026-07-01", f"C{number:02}", "S1", 1, 1)
    ranked = found(world)
    assert ranked.is_ranked_by_size and ranked.reasons is None
    assert list(ranked.rows["customer_id"].head(2)) == ["C69", "C68"]
    assert ranked.rows[["probability", "expected_qty"]].isna().all(axis=None)


def test_without_eligible_customers_there_are_no_doors(world: World) -> None:
    world.product("S1", min_tier=30)
    world.customer("A", tier=1)
    assert found(world).rows.empty and found(world).eligible == 0


def test_all_returned_is_a_door_and_an_unknown_tier_may_carry_it(world: World) -> None:
    street(world)
    world.customer("R", tier=None, channel="shop")
    world.sale("2026-07-01", "R", "S1", 3)
    world.sale("2026-07-09", "R", "S1", -3)
    row = found(world).rows.set_index("customer_id").loc["R"]
    assert row["last_bought"] == pd.Timestamp("2026-07-01")
    assert 0 < row["probability"] < 1


def test_after_a_handover_the_door_is_the_new_managers(world: World) -> None:
    street(world)
    world.assign("C30", "M1", "2026-08-15")
    world.visit("2026-09-01", "C30", "M1")
    world.visit("2026-09-09", "C30", "M2")  # not its manager any more
    row = found(world).rows.set_index("customer_id").loc["C30"]
    assert row["manager_id"] == "M1"
    assert row["last_manager_visit"] == pd.Timestamp("2026-09-01")


def test_without_tiers_areas_and_channels_it_still_goes_by_what_they_buy(world: World) -> None:
    street(world)
    world.connection.execute("update customers set tier = null, area = null, channel = null")
    ranked = found(world)
    assert set(ranked.rows["customer_id"].head(10)) == {f"C{number}" for number in range(30, 40)}
    assert ranked.reasons is not None and Reason("sku", "S2", 30 / 40) in ranked.reasons.of(0)
    assert "tier" not in {reason.kind for row in range(40) for reason in ranked.reasons.of(row)}


def test_lost_handlers_bought_in_the_period_before_and_not_now(world: World) -> None:
    street(world)
    world.sale("2026-06-30", "C50", "S1", 4, 40)
    world.sale("2026-05-01", "C51", "S1", 9, 90)
    world.sale("2026-05-01", "C00", "S1", 9, 90)  # carries it still
    world.sale("2026-03-30", "C52", "S1", 9, 90)  # 92 days before 1 July begin on 31 March
    lost = lost_handlers(found(world), QUARTER, "S1", read=reader(world))
    assert list(lost["customer_id"]) == ["C51", "C50"]
    assert list(lost["previous_qty"]) == [9, 4]


def test_out_of_stock_goes_by_the_last_count_of_the_period(world: World) -> None:
    world.product("S1")
    world.customers("A", "B", "C", "D", "E closed")
    world.sale("2026-01-05", "A", "S1", 1)
    for on, customer, stock in (
        ("2026-07-01", "A", 5),
        ("2026-07-09", "A", 0),
        ("2026-07-01", "B", 0),
        ("2026-07-09", "B", 2),  # has some again
        ("2026-07-09", "C", None),  # nobody counted
        ("2026-10-01", "D", 0),  # a day late
        ("2026-07-09", "E", 0),  # closed
    ):
        world.check(on, customer, "S1", True, stock)
    rows = world.rows("out_of_stock_list", sku="S1")
    assert list(rows["customer_id"]) == ["A"]
    assert rows["last_bought"].iloc[0] == pd.Timestamp("2026-01-05")
    assert rows["last_counted"].iloc[0] == pd.Timestamp("2026-07-09")


def eligible_rows(qty: float, amount: float) -> pd.DataFrame:
    """Two customers; the first one took so much of the product."""
    return pd.DataFrame(
        {
            "customer_id": ["A", "B"],
            "area": "north",
            "channel": "shop",
            "tier": [10, 20],
            "tier_band": ["06–10", "16–20"],
            "is_handler": [qty > 0, False],
            "qty": [qty, 0.0],
            "product_amount": [amount, 0.0],
            "amount": [500 + amount, 80.0],
        }
    )


def test_the_product_itself_and_what_was_paid_for_it_are_no_feature() -> None:
    skus = ["S1", "S2", "S3"]

    def features(qty: float, bits: int) -> np.ndarray:
        bought = pd.DataFrame({"customer_id": ["A", "B"], "product_block": 0, "product_bits": [bits, 0b100]})
        made = build_features(eligible_rows(qty, 1000 * qty), bought, skus, "S1")
        assert [feature.value for feature in made.columns if feature.kind == "sku"] == ["S2", "S3"]
        return made.matrix

    assert (features(0, 0b110) == features(9, 0b111)).all()  # the first bit is S1


def test_products_beyond_the_first_64_are_in_the_next_block(world: World) -> None:
    skus = [f"S{number:03}" for number in range(130)]
    for sku in skus:
        world.product(sku)
    world.customers("A", "B")
    for customer, sku in (("A", "S000"), ("A", "S063"), ("A", "S064"), ("B", "S129")):
        world.sale("2026-07-01", customer, sku, 1)
    world.sale("2026-07-01", "B", "S001", -1)  # brought back: not bought
    world.sale("2026-06-30", "B", "S002", 1)  # a day early
    rows = world.rows("products_bought")
    bits = {(customer, block): int(word) for customer, block, word in rows.itertuples(index=False, name=None)}
    assert bits == {("A", 0): 1 | 1 << 63, ("A", 1): 1, ("B", 2): 1 << 1}


def test_reliability_is_by_tenths_of_the_customers() -> None:
    probability = np.linspace(0.01, 0.99, 100)
    carries = np.array([False, True] * 50)
    tenths = calibration(probability, carries)
    assert list(tenths["customers"]) == [10] * 10
    assert tenths["actual_share"].to_list() == [0.5] * 10
    assert tenths["expected_share"].iloc[0] == pytest.approx(probability[:10].mean())


def test_a_visit_list_has_the_first_few_of_each_manager_from_monday_to_friday() -> None:
    rows = pd.DataFrame({"customer_id": list("ABCDEFGH"), "manager_id": ["M1", "M2", "unknown", *["M1"] * 5]})
    plan = visit_plan(rows, 6, date(2026, 11, 30))
    assert list(plan["customer_id"]) == ["A", "D", "E", "F", "G", "H", "B"]
    assert [day.day for day in plan["plan_date"]] == [30, 30, 1, 1, 2, 2, 30]  # six visits: two a day
    assert visit_plan(rows, 1, None)["plan_date"].isna().all()


@pytest.mark.parametrize(("today", "monday"), [(23, 30), (24, 30), (29, 30)])
def test_next_week_begins_on_the_monday_after_this_one(today: int, monday: int) -> None:
    assert next_monday(date(2026, 11, today)) == date(2026, 11, monday)


def test_the_same_customers_give_the_same_ranking(world: World) -> None:
    street(world)
    pd.testing.assert_frame_equal(found(world).rows, found(world).rows)


def test_one_of_a_kind_too_few_gives_no_model() -> None:
    skus = ["S1", "S2"]
    rows = pd.concat([eligible_rows(1, 1)] * 29, ignore_index=True)
    rows["customer_id"] = [f"C{number:02}" for number in range(58)]
    bought = pd.DataFrame({"customer_id": rows["customer_id"], "product_block": 0, "product_bits": 0b10})
    features = build_features(rows, bought, skus, "S1")
    assert fit_likelihood(features, rows["is_handler"].to_numpy(dtype=bool)) is None
