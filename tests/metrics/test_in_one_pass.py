"""What is worked out in one pass equals what each figure, or each month, gives by itself."""

from datetime import date

import pytest

from tests.metrics.random_world import Truth, told
from tests.world import LAST, World

__all__ = ["told"]

SCOPES: dict[str, dict[str, str]] = {
    "everything": {},
    "a manager": {"manager": "M1"},
    "a team": {"team": "T0"},
    "an area": {"area": "north"},
    "a product": {"sku": "S3"},
    "a brand": {"brand": "B1"},
}


@pytest.mark.parametrize("conditions", SCOPES.values(), ids=list(SCOPES))
@pytest.mark.parametrize("level", ["sku_id", "brand", "maker", "price_class"])
def test_a_portfolio_in_one_pass_equals_the_figures_one_by_one(
    told: tuple[World, Truth], level: str, conditions: dict[str, str]
) -> None:
    world, _truth = told
    rows = world.rows("portfolio", level, **conditions).set_index(level)
    singles = ("numeric_distribution", "weighted_distribution", "repeat_rate", "velocity", "amount", "fill_rate")
    for name in singles:
        single = world.rows(name, level, **conditions).set_index(level)
        assert len(single) > 0
        for column in single.columns:
            assert rows[column].dropna().astype(float).to_dict() == pytest.approx(
                single[column].astype(float).to_dict()
            )


@pytest.mark.parametrize("conditions", SCOPES.values(), ids=list(SCOPES))
@pytest.mark.parametrize("level", ["sku_id", "brand", "price_class"])
def test_distribution_by_month_in_one_pass_equals_each_month_by_itself(
    told: tuple[World, Truth], level: str, conditions: dict[str, str]
) -> None:
    world, _truth = told
    year = {"first": date(2025, 9, 15), "last": date(2026, 9, 30)}
    together = world.rows("distribution_by_month", level, **year, **conditions)
    alone = world.rows("numeric_distribution", (level, "month"), first=date(2025, 10, 1), last=LAST, **conditions)
    assert together["month"].nunique() == 12
    assert together.set_index([level, "month"]).sort_index().equals(alone.set_index([level, "month"]).sort_index())
