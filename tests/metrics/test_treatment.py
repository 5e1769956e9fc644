"""Equal treatment: shares by tiers and area worked out by hand, and intervals against published ones."""

from datetime import date

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.brand.treatment import allocated_skus, tier_gap, treatment
from metrics.scorecard import Read
from tests.world import FIRST, LAST, World

QUARTER = Scope(FIRST, LAST)


def reader(world: World) -> Read:
    """Reads figures of the world as it is now."""
    world.settle()
    return lambda name, scope, by: metrics.run(name, scope, by, cursor=world.connection.cursor())


def shop(world: World, name: str, tier: int | None, area: str = "north") -> None:
    world.customer(name, tier=tier, area=area)


def supplied_street(world: World) -> None:
    """Tiers 1-5: A, B; 6-10: C; an unknown tier: D. S1 may go to all, S2 from tier 6."""
    world.product("S1", launched_on=date(2026, 8, 1))
    world.product("S2", min_tier=6, launched_on=date(2026, 8, 1))
    shop(world, "A", 3)
    shop(world, "B", 5, "south")
    shop(world, "C", 6)
    shop(world, "D", None)
    world.sale("2026-08-01", "A", "S1", 3, ordered=4)
    world.sale("2026-08-08", "A", "S1", 2, ordered=1)  # delivered beyond the order: counts as the order
    world.sale("2026-08-01", "B", "S1", 2, ordered=4)
    world.sale("2026-08-09", "B", "S1", -2, ordered=0)  # all returned: not supplied
    world.sale("2026-08-01", "C", "S1", 10, ordered=10)
    world.sale("2026-08-01", "C", "S2", 6, ordered=8)
    world.sale("2026-08-01", "A", "S2", 9, ordered=9)  # below its tier: none of the allocation


def by(frame: pd.DataFrame, measure: str, *dimensions: str) -> dict[object, float]:
    """The measure by the dimensions."""
    keys = frame[list(dimensions)].itertuples(index=False, name=None)
    return dict(zip([key if len(dimensions) > 1 else key[0] for key in keys], frame[measure], strict=True))


def test_supply_counts_the_pairs_of_customer_and_product_that_may_be(world: World) -> None:
    supplied_street(world)
    found = treatment(QUARTER, "supplied_share", ("S1", "S2"), read=reader(world))
    assert by(found.by_tier, "supplied_share", "tier_band") == {"01–05": 1 / 2, "06–10": 2 / 2, "unknown": 0 / 2}
    assert by(found.by_area, "supplied_share", "area") == {"north": 3 / 5, "south": 0 / 1}
    assert by(found.cells, "supplied_share", "tier_band", "area")["01–05", "north"] == 1 / 1


def test_quantity_is_per_customer_that_may_carry_any_of_them(world: World) -> None:
    supplied_street(world)
    found = treatment(QUARTER, "qty_per_customer", ("S1", "S2"), read=reader(world))
    assert by(found.by_tier, "qty_per_customer", "tier_band") == {"01–05": 5 / 2, "06–10": 16 / 1, "unknown": 0 / 1}
    assert found.gap is None


def test_fill_is_the_ratio_of_sums_with_each_line_capped_at_its_order(world: World) -> None:
    supplied_street(world)
    read = reader(world)
    launches = treatment(QUARTER, "launch_fill_rate", ("S1", "S2"), read=read)
    assert by(launches.by_tier, "launch_fill_rate", "tier_band") == {
        "01–05": (3 + 1 + 2) / (4 + 1 + 4),
        "06–10": (10 + 6) / (10 + 8),
    }
    everything = treatment(QUARTER, "fill_rate", (), read=read)
    assert by(everything.by_tier, "fill_rate", "tier_band")["01–05"] == (6 + 9) / (9 + 9)
    assert set(everything.customers["customer_id"]) == {"A", "B", "C"}


def test_nobody_eligible_and_nothing_ordered_are_no_data(world: World) -> None:
    world.product("S1", min_tier=30)
    shop(world, "A", 1)
    read = reader(world)
    assert treatment(QUARTER, "supplied_share", ("S1",), read=read).customers.empty
    nothing = treatment(QUARTER, "fill_rate", (), read=read)
    assert nothing.customers.empty and nothing.by_tier.empty and nothing.gap is None


def test_launches_are_those_of_the_last_twelve_months_else_the_focus_products(world: World) -> None:
    world.product("S1", launched_on=date(2025, 9, 30), focus=True)  # a year before the last day: no launch any more
    world.product("S2", launched_on=date(2025, 10, 1))
    world.product("S3", launched_on=date(2026, 10, 1))  # not yet
    world.product("S4")
    read = reader(world)
    assert allocated_skus(read("product_list", QUARTER, ()), QUARTER) == (("S2",), "launched")
    named = QUARTER.narrow(sku="S4")
    assert allocated_skus(read("product_list", named, ()), named) == (("S4",), "named")
    earlier = Scope(date(2024, 1, 1), date(2024, 3, 31))
    assert allocated_skus(read("product_list", earlier, ()), earlier) == (("S1",), "focus")


def part(band: str, yes: int, of: int, each: float = 1.0) -> pd.DataFrame:
    """So many customers of a band, the first of which got all that they ordered and the others nothing."""
    got = [each] * yes + [0.0] * (of - yes)
    return pd.DataFrame({"tier_band": band, "delivered": got, "ordered": each})


def gap(*parts: pd.DataFrame) -> tuple[float, float]:
    """Bounds of the difference between the last and the first of the parts."""
    found = tier_gap(pd.concat(parts), "delivered", "ordered")
    assert found is not None
    return found.low, found.high


def test_the_interval_is_newcombes_where_each_customer_counts_once() -> None:
    # Newcombe 1998, table II, method 10: 56/70 - 48/80, and 5/56 - 0/29.
    assert gap(part("01–05", 48, 80), part("26–30", 56, 70)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert gap(part("01–05", 0, 29), part("26–30", 5, 56)) == pytest.approx((-0.0381, 0.1926), abs=5e-5)


def test_ten_cartons_that_go_together_are_no_surer_than_one() -> None:
    one = gap(part("01–05", 48, 80), part("26–30", 56, 70))
    assert gap(part("01–05", 48, 80, each=10), part("26–30", 56, 70, each=10)) == pytest.approx(one)


def test_noise_is_not_called_unfairness_and_a_plain_difference_is() -> None:
    close = tier_gap(pd.concat([part("01–05", 15, 30), part("26–30", 17, 30)]), "delivered", "ordered")
    far = tier_gap(pd.concat([part("01–05", 10, 40), part("26–30", 35, 40)]), "delivered", "ordered")
    assert close is not None and not close.is_beyond_chance
    assert far is not None and far.is_beyond_chance
    assert far.difference == pytest.approx(35 / 40 - 10 / 40)
    assert (far.lowest_customers, far.highest_customers) == (40, 40)


def test_the_groups_furthest_apart_are_compared_wherever_they_stand_by_tier() -> None:
    """The lowest tiers get 10 of 40, the highest 20 of 40, those between 34 of 40: the outer two hide the gap."""
    rows = pd.concat([part("01–05", 10, 40), part("16–20", 34, 40), part("26–30", 20, 40)])
    found = tier_gap(rows, "delivered", "ordered")
    assert found is not None and (found.lowest, found.highest) == ("01–05", "16–20")
    assert found.difference == pytest.approx(24 / 40) and found.pairs == 3


def test_the_furthest_of_several_pairs_has_a_wider_interval_than_a_pair_alone() -> None:
    one = tier_gap(pd.concat([part("01–05", 48, 80), part("26–30", 56, 70)]), "delivered", "ordered")
    three = tier_gap(
        pd.concat([part("01–05", 48, 80), part("16–20", 21, 30), part("26–30", 56, 70)]), "delivered", "ordered"
    )
    assert one is not None and three is not None and (one.pairs, three.pairs) == (1, 3)
    assert (one.lowest, one.highest) == (three.lowest, three.highest)
    assert three.low < one.low and three.high > one.high
    # By hand with z = 2.394 (5 % ÷ 3, both sides): Wilson 0.4665–0.7202 of 48/80 and 0.6649–0.8897 of 56/70.
    assert (three.low, three.high) == pytest.approx((0.0192, 0.3608), abs=5e-5)


def test_quantities_are_compared_by_the_same_rule_with_an_interval_of_means() -> None:
    """20 customers of 1 and 3 by turns (mean 2, variance 1), 20 of 5 and 7 (6, 1), and 19 of 100 too few to compare."""
    quantities = [*([1.0, 3.0] * 10), *([5.0, 7.0] * 10), *([100.0] * 19)]
    bands = ["01–05"] * 20 + ["06–10"] * 20 + ["26–30"] * 19
    found = tier_gap(pd.DataFrame({"tier_band": bands, "qty": quantities, "customers": 1}), "qty", "customers")
    assert found is not None and (found.lowest, found.highest, found.left_out) == ("01–05", "06–10", ("26–30",))
    half = 1.959964 * (1 / 20 + 1 / 20) ** 0.5
    assert (found.low, found.high) == pytest.approx((4 - half, 4 + half))


def test_groups_of_few_customers_and_unknown_tiers_are_not_compared() -> None:
    rows = pd.concat(
        [
            part("01–05", 0, 19),
            part("06–10", 10, 20),
            part("16–20", 12, 20),
            part("26–30", 19, 19),
            part("unknown", 0, 50),
        ]
    )
    found = tier_gap(rows, "delivered", "ordered")
    assert found is not None and (found.lowest, found.highest) == ("06–10", "16–20")
    assert found.left_out == ("01–05", "26–30")
    assert tier_gap(rows[rows["tier_band"] != "16–20"], "delivered", "ordered") is None
