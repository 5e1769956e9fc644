"""What moved a product's sales, against truths worked out by hand."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.change import amount_change, handler_bridge
from tests.world import World

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


def test_the_change_of_the_amount_is_shared_out_by_hand(world: World) -> None:
    """Before: 1 handler × 10 × 2 = 20. Now: 2 handlers × 12 × 3 = 72. The six orders give the means below."""
    world.customers("A", "B")
    world.product("S1")
    world.sale("2026-09-10", "A", "S1", 10, 20)
    world.sale("2026-10-10", "A", "S1", 12, 36)
    world.sale("2026-10-11", "B", "S1", 12, 36)
    change = amount_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    # distribution: 20 (first), 24 or 30 (second), 36 (last) -> (2·20 + 24 + 30 + 2·36) / 6
    assert change.distribution == pytest.approx((2 * 20 + 24 + 30 + 2 * 36) / 6)
    # velocity: 4, 8 or 6, 12
    assert change.velocity == pytest.approx((2 * 4 + 8 + 6 + 2 * 12) / 6)
    # price: 10, 20 or 12, 24
    assert change.price == pytest.approx((2 * 10 + 20 + 12 + 2 * 24) / 6)
    assert change.distribution + change.velocity + change.price == pytest.approx(72 - 20)


def test_a_product_that_nobody_carried_before_owes_all_to_distribution(world: World) -> None:
    world.customers("A")
    world.product("S1")
    world.sale("2026-10-10", "A", "S1", 12, 36)
    change = amount_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now, change.distribution, change.velocity, change.price) == (0, 36, 36, 0, 0)


def test_nothing_sold_at_all_is_no_change(world: World) -> None:
    world.customers("A")
    world.product("S1")
    world.sale("2026-01-10", "A", "S1", 12, 36)
    change = amount_change(OCTOBER.narrow(sku="S1"), read=reading(world))
    assert (change.before, change.now, change.distribution) == (0, 0, 0)


cents = st.integers(1, 10**8).map(lambda number: number / 100)


@given(st.tuples(st.integers(1, 500), cents, cents), st.tuples(st.integers(1, 500), cents, cents))
def test_the_shares_add_up_to_the_cent(before: tuple[int, float, float], now: tuple[int, float, float]) -> None:
    import pandas as pd

    def read(name: str, scope: Scope, by: tuple[str, ...] = ()) -> pd.DataFrame:
        handlers, qty, amount = now if scope == OCTOBER else before
        columns = {"velocity": {"handlers": [handlers], "qty": [qty]}, "amount": {"amount": [amount]}}
        return pd.DataFrame(columns[name])

    change = amount_change(OCTOBER, read=read)
    assert change.distribution + change.velocity + change.price == pytest.approx(now[2] - before[2], abs=0.005)
    same = amount_change(OCTOBER, read=lambda name, scope, by=(): read(name, OCTOBER))
    assert (same.distribution, same.velocity, same.price) == (0, 0, 0)
