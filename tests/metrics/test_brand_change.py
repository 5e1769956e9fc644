"""What moved a product's sales, against truths worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.brand.change import handler_bridge, rounded_to_add_up, sales_change
from tests.world import World
from ui.numbers import written_steps

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def test_handlers_are_gained_kept_and_lost_against_the_period_before(world: World) -> None:
    world.customers("A", "B", "C", "D", "E")
    world.product("S1")
    world.product("S2")
    world.sale("2026-09-05", "A", "S1", 1, 10)  # lost: buys S2 alone now
    world.sale("2026-10-05", "A", "S2", 1, 10)
    world.sale("2026-08-31", "B", "S1", 2, 20)  # the last day of the period before: the 31 days up to 30 September
    world.sale("2026-09-01", "B", "S1", 2, 20)
    world.sale("2026-10-01", "B", "S1", 3, 30)  # kept
    world.sale("2026-10-31", "C", "S1", 4, 40)  # gained
    world.sale("2026-10-31", "D", "S1", 4, 40)
    world.sale("2026-10-31", "D", "S1", -4, -40)  # all returned: not gained
    world.sale("2026-08-30", "E", "S1", 4, 40)  # a day too early: not lost
    bridge = handler_bridge(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert [part["customer_id"].tolist() for part in (bridge.gained, bridge.kept, bridge.lost)] == [["C"], ["B"], ["A"]]
    assert (bridge.before, bridge.now) == (2, 2)
    assert (float(bridge.kept["qty"].iloc[0]), float(bridge.lost["amount"].iloc[0])) == (3, 10)


def test_last_year_is_held_against_the_same_days(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.sale("2025-10-31", "A", "S1", 1)  # carried it last year
    world.sale("2025-11-01", "B", "S1", 1)  # a day too late
    world.sale("2026-10-01", "B", "S1", 1)
    bridge = handler_bridge(OCTOBER.narrow(sku="S1"), against="last_year", read=reading(world))
    assert (bridge.lost["customer_id"].tolist(), bridge.gained["customer_id"].tolist()) == (["A"], ["B"])


def test_a_closed_customer_and_one_handed_over_leave_their_manager(world: World) -> None:
    """For the manager; for the business the one handed over was kept and the one that closed was lost."""
    for name in ("M1", "M2"):
        world.manager(name)
    world.customer("A", manager="M2")
    world.customer("B", manager="M1", status="closed")
    world.assign("A", "M1", "2026-01-01", "2026-10-14")
    world.assign("A", "M2", "2026-10-15")
    world.product("S1")
    for customer in ("A", "B"):
        world.sale("2026-09-10", customer, "S1", 1)
    world.sale("2026-10-20", "A", "S1", 1)
    read = reading(world)
    of_manager = handler_bridge(OCTOBER.narrow(sku="S1", manager="M1"), read=read)
    assert (of_manager.before, of_manager.now, sorted(of_manager.lost["customer_id"])) == (2, 0, ["A", "B"])
    whole = handler_bridge(OCTOBER.narrow(sku="S1"), read=read)
    assert (whole.kept["customer_id"].tolist(), whole.lost["customer_id"].tolist()) == (["A"], ["B"])


def test_the_change_of_the_amount_is_shared_out_by_hand(world: World) -> None:
    """Before: 1 handler × 10 × 2 = 20. Now: 2 handlers × 12 × 3 = 72. The six orders give the means below."""
    world.customers("A", "B")
    world.product("S1")
    world.sale("2026-09-10", "A", "S1", 10, 20)
    world.sale("2026-10-10", "A", "S1", 12, 36)
    world.sale("2026-10-11", "B", "S1", 12, 36)
    change = sales_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now) == (20, 72)
    # distribution: 20 (first), 24 or 30 (second), 36 (last) -> (2·20 + 24 + 30 + 2·36) / 6
    assert float(change.parts["distribution"]) == pytest.approx((2 * 20 + 24 + 30 + 2 * 36) / 6, abs=1e-4)
    # velocity: 4, 8 or 6, 12
    assert float(change.parts["velocity"]) == pytest.approx((2 * 4 + 8 + 6 + 2 * 12) / 6, abs=1e-4)
    # price: 10, 20 or 12, 24
    assert float(change.parts["price"]) == pytest.approx((2 * 10 + 20 + 12 + 2 * 24) / 6, abs=1e-4)


def test_the_change_of_the_quantity_is_shared_out_by_hand(world: World) -> None:
    """Before: 1 handler × 10. Now: 2 × 12 = 24. Distribution: 10 first, 12 last; velocity: 2 first, 4 last."""
    world.customers("A", "B")
    world.product("S1")
    world.sale("2026-09-10", "A", "S1", 10, 20)
    world.sale("2026-10-10", "A", "S1", 12, 36)
    world.sale("2026-10-11", "B", "S1", 12, 36)
    change = sales_change(OCTOBER.narrow(sku="S1"), "qty", read=reading(world))
    assert (change.before, change.now) == (10, 24)
    assert change.parts == {"distribution": 11, "velocity": 3}


def test_a_product_that_nobody_carried_before_owes_all_to_distribution(world: World) -> None:
    world.customers("A")
    world.product("S1")
    world.sale("2026-10-10", "A", "S1", 12, 36)
    change = sales_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now) == (0, 36)
    assert change.parts == {"distribution": 36, "velocity": 0, "price": 0}


def test_returns_that_exceed_the_purchases_leave_no_velocity_to_speak_of(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.sale("2026-09-10", "A", "S1", 5, 50)
    world.sale("2026-10-10", "A", "S1", 5, 50)
    world.sale("2026-10-11", "B", "S1", -9, -90)
    change = sales_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now) == (50, -40)
    assert change.parts == {"distribution": -90, "velocity": 0, "price": 0}


def test_what_ineligible_customers_buy_is_part_of_the_amount(world: World) -> None:
    world.customer("A", tier=20)
    world.customer("B", tier=1)
    world.product("S1", min_tier=10)
    world.sale("2026-09-10", "A", "S1", 4, 40)
    world.sale("2026-10-10", "A", "S1", 4, 40)
    world.sale("2026-10-11", "B", "S1", 4, 40)  # no handler, but a sale
    change = sales_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now) == (40, 80)
    assert change.parts == {"distribution": 0, "velocity": 40, "price": 0}


def test_nothing_sold_at_all_is_no_change(world: World) -> None:
    world.customers("A")
    world.product("S1")
    world.sale("2026-01-10", "A", "S1", 12, 36)
    change = sales_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now, set(change.parts.values())) == (0, 0, {0})


cents = st.integers(-(10**10), 10**10).map(lambda number: Decimal(number) / 100)
factors = st.tuples(st.integers(0, 500), cents, cents)


def as_read(before: tuple[int, Decimal, Decimal], now: tuple[int, Decimal, Decimal]) -> Any:
    """A reading of these handlers, quantities and amounts, floats as DuckDB gives them."""

    def read(name: str, scope: Scope, by: tuple[str, ...] = ()) -> pd.DataFrame:
        assert name == "sales_factors"
        handlers, qty, amount = now if scope == OCTOBER else before
        return pd.DataFrame({"handlers": [handlers], "qty": [float(qty)], "amount": [float(amount)]})

    return read


@given(factors, factors, st.sampled_from(["amount", "qty"]))
def test_the_shares_add_up_exactly(
    before: tuple[int, Decimal, Decimal], now: tuple[int, Decimal, Decimal], of: str
) -> None:
    place = {"qty": 1, "amount": 2}[of]
    change = sales_change(OCTOBER, of, read=as_read(before, now))
    assert (change.before, change.now) == (before[place], now[place])
    assert change.before + sum(change.parts.values()) == change.now
    same = sales_change(OCTOBER, of, read=as_read(now, now))
    assert set(same.parts.values()) == {0}
    back = sales_change(OCTOBER, of, read=as_read(now, before))
    for name, part in change.parts.items():  # the way back costs what the way there brought
        assert back.parts[name] == pytest.approx(-part, abs=Decimal("0.0002"))


@given(st.lists(st.fractions(-(10**6), 10**6, max_denominator=999), min_size=1, max_size=8))
def test_rounded_parts_add_up_and_are_off_by_less_than_a_step(parts: list[Fraction]) -> None:
    step = Decimal("0.01")
    rounded = rounded_to_add_up(parts, step)
    assert abs(Fraction(sum(rounded)) - sum(parts)) <= Fraction(step) / 2
    assert all(abs(Fraction(given) - part) <= Fraction(step) for given, part in zip(rounded, parts, strict=True))


@pytest.mark.parametrize("language", ["en", "zh"])
@given(before=cents, parts=st.lists(cents, min_size=1, max_size=3))
def test_the_steps_add_up_as_they_are_written(language: str, before: Decimal, parts: list[Decimal]) -> None:
    texts = written_steps(before, parts, language)
    sizes = {text.lstrip("+-0123456789.,") for text in texts if text != "0"}
    assert len(sizes) <= 1
    numbers = [Decimal(text.rstrip("KMB万亿").replace(",", "")) for text in texts]
    assert sum(numbers[:-1]) == numbers[-1]
    assert all(text[0] in "+-" or text == "0" for text in texts[1:-1])


def test_steps_are_written_in_the_size_of_the_largest() -> None:
    steps = [Decimal(text) for text in ("123456.78", "-23456.78", "0.4", "-0.4")]
    assert written_steps(steps[0], steps[1:], "zh") == ["12.35万", "-2.35万", "0", "0", "10.00万"]
    assert written_steps(Decimal("2.5"), [Decimal("-0.25")], "en") == ["2.50", "-0.25", "2.25"]
