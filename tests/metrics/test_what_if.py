"""What losing somebody costs, against truths worked out by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Ranking, Scope
from metrics.concentration.what_if import exposures, loss
from tests.world import World

SCOPE = Scope(date(2026, 8, 15), date(2026, 10, 31))
"""Half of August, and two whole months that targets count in."""


def reading(world: World) -> Any:
    """A reading of the world as it is now."""
    world.settle()

    def read(name: str, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking | None = None) -> pd.DataFrame:
        return metrics.run(name, scope, by, ranking or Ranking(), cursor=world.connection.cursor())

    return read


@pytest.fixture
def business(world: World) -> World:
    """A and B under M1, who has targets for September and October; C under M2, who has none."""
    world.manager("M1", team="T")
    world.manager("M2", team="T")
    world.customer("A", manager="M1", area="north")
    world.customer("B", manager="M1")
    world.customer("C", manager="M2")
    world.product("S1")
    world.sale("2026-08-20", "A", "S1", 1, 100)  # in the period, in no whole month of it
    world.sale("2026-09-10", "A", "S1", 1, 60)
    world.sale("2026-10-31", "B", "S1", 1, 140)
    world.sale("2026-10-01", "C", "S1", 1, 200)
    world.target("2026-08", "M1", 999)
    world.target("2026-09", "M1", 100)
    world.target("2026-10", "M1", 100)
    return world


def test_losing_customers_costs_their_amount_and_what_of_it_the_target_counted(business: World) -> None:
    cost = loss(SCOPE, read=reading(business), customer=("A",))
    assert (cost.amount, cost.share) == (160, pytest.approx(160 / 500))
    assert (cost.actual, cost.target, cost.actual_after) == (200, 200, 140)
    assert (cost.attainment, cost.attainment_after) == (1, 0.7)


def test_losing_a_customer_without_a_target_leaves_the_attainment_alone(business: World) -> None:
    cost = loss(SCOPE, read=reading(business), customer=("C", "B"))
    assert cost.amount == 340
    assert cost.attainment_after == pytest.approx(60 / 200)
    assert loss(SCOPE, read=reading(business), customer=("C",)).attainment_after == 1


def test_losing_a_manager_costs_the_sales_the_manager_owned(business: World) -> None:
    business.assign("B", "M2", "2026-10-01")  # B's October belongs to M2 now
    cost = loss(SCOPE, read=reading(business), manager=("M1",))
    assert (cost.amount, cost.actual, cost.actual_after) == (160, 60, 0)


def test_losing_nobody_costs_nothing(business: World) -> None:
    cost = loss(SCOPE, read=reading(business), customer=())
    assert (cost.amount, cost.attainment, cost.attainment_after) == (0, 1, 1)


def test_where_targets_do_not_hold_there_is_no_attainment(business: World) -> None:
    cost = loss(SCOPE.narrow(area="north"), read=reading(business), customer=("A",))
    assert (cost.amount, cost.share) == (160, 1)
    assert (cost.attainment, cost.attainment_after, cost.target) == (None, None, None)


def test_the_largest_exposures_are_ten_at_most_with_their_shares(business: World) -> None:
    for number in range(12):
        business.sale("2026-09-01", f"X{number:02}", "S1", 1, 10)
    found = exposures(SCOPE, read=reading(business))
    assert list(found["customer_id"]["ranked_id"])[:3] == ["C", "A", "B"]
    assert len(found["customer_id"]) == 10
    assert found["customer_id"]["amount_share"].iloc[0] == pytest.approx(200 / 620)
    # The sales of X belong to no manager, and to no manager's share.
    assert dict(zip(found["manager_id"]["ranked_id"], found["manager_id"]["amount_share"], strict=True)) == {
        "M1": pytest.approx(300 / 500),
        "M2": pytest.approx(200 / 500),
    }
