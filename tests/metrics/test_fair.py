"""Managers compared fairly: what is counted of whom, by hand; chance and merit in simulated worlds."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.managers.compared import COMPARED, comparable, customer_rows
from metrics.managers.fair import FEWEST, VERDICTS, Fair, compare_managers, fair
from metrics.managers.funnel import INNER, OUTER
from metrics.scorecard import Read
from tests.world import FIRST, LAST, World
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

YEAR = Scope(date(2025, 11, 1), date(2026, 10, 31))
SUMMER = Scope(FIRST, LAST)
LAST_OF_SAMPLE = date(2026, 10, 31)


@pytest.fixture(scope="module")
def sample(sample_warehouse: Path) -> Read:
    """A reading of the committed sample."""
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    cursor = reading_cursor(latest_version(settings), settings)
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=cursor)


def reading(world: World) -> Any:
    """A reading of the world as it is now."""
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


@pytest.mark.parametrize("name", COMPARED)
def test_the_raw_figure_is_the_one_that_everybody_knows(name: str, sample: Read) -> None:
    found = fair(YEAR, name, read=sample)
    assert found is not None
    told = sample(name, YEAR, ("manager_id",)).set_index("manager_id")[name]
    shown = found.managers.dropna(subset="value").set_index("manager_id")["value"]
    assert len(shown) > 5
    assert (shown - (column_unit(name) == "change")).to_dict() == pytest.approx(told[shown.index].to_dict())


def column_unit(name: str) -> str:
    """The unit of a figure."""
    return metrics.figure(name).unit


def test_amount_a_customer_is_of_the_licensed_base_under_its_present_manager(world: World) -> None:
    world.manager("M1")
    world.manager("M2")
    world.customer("A", manager="M1")
    world.customer("B", manager="M1")  # bought nothing: counts with 0
    world.customer("H", manager="M1")  # handed over in August
    world.customer("Z", manager="M1", status="closed")  # closed and bought nothing
    world.assign("H", "M1", "2020-01-01", "2026-07-31")
    world.assign("H", "M2", "2026-08-01")
    world.sale("2026-07-01", "A", "S1", 1, 100)
    world.sale("2026-09-30", "A", "S1", -1, -10)
    world.sale("2026-10-01", "A", "S1", 1, 1000)  # a day late
    world.sale("2026-07-05", "H", "S1", 1, 60)  # sold by M1, the customer is M2's at the end
    assert world.split("amount_per_customer", "manager_id") == {"M1": 45, "M2": 60}
    assert world.figure("amount_per_customer") == 50
    assert world.figure("amount_per_customer", first=date(2026, 6, 1), last=date(2026, 6, 30)) is None


def test_size_is_that_of_a_year_before_in_thirds(world: World) -> None:
    for number, name in enumerate("ABCDEF"):
        world.customer(name, area="n", tier=number * 5 + 1, channel="food")
        world.sale("2025-09-30", name, "S1", 1, 10 + number)  # the last day of the year before
    world.customer("N")
    world.sale("2025-10-01", "N", "S1", 1, 99)  # within the twelve months up to the last day
    world.customer("R")
    world.sale("2025-01-01", "R", "S1", -1, -5)
    world.sale("2026-08-01", "A", "S1", 1, 10_000)  # what is compared does not make a customer large
    rows = world.rows("customer_traits").set_index("customer_id")
    assert rows["size_band"].to_dict() == {
        **dict.fromkeys("FE", "large"),
        **dict.fromkeys("DC", "middle"),
        **dict.fromkeys("BA", "small"),
        **dict.fromkeys("NR", "new"),
    }
    assert rows.loc["B", ["area", "tier_band", "channel"]].tolist() == ["n", "06–10", "food"]
    assert rows.loc["N", ["area", "tier_band", "channel"]].tolist() == ["unknown"] * 3


@pytest.fixture
def three(world: World) -> World:
    """M1, M2, M3 with five customers each, ten visits at each; a supervisor who goes along, and one who left."""
    for manager in ("M1", "M2", "M3"):
        world.manager(manager, team="T", supervisor="M9")
        for number in range(5):
            customer = f"{manager}-{number}"
            world.customer(customer, manager=manager, area="north" if number % 2 else "south")
            for visit in range(10):
                world.visit(f"2026-07-{visit + 1:02d}", customer, manager, "success" if visit < 5 else "fail")
    world.manager("M9", team="T")
    world.manager("M8", team="T")
    for _time in range(9):
        world.visit("2026-08-01", "M1-0", "M9", "success")
        world.visit("2026-08-02", "M1-0", "M8", "success")
    return world


def test_only_who_looks_after_customers_is_compared(three: World) -> None:
    found = fair(SUMMER, "strike_rate", read=reading(three))
    assert found is not None
    assert found.managers["manager_id"].tolist() == ["M1", "M2", "M3"]
    assert found.managers["verdict"].tolist() == ["inside"] * 3
    assert found.managers[["observations", "customers"]].to_numpy().tolist() == [[50, 5]] * 3
    assert found.managers[["value", "expected", "adjusted"]].to_numpy() == pytest.approx(0.5)
    assert found.managers["ratio"].to_numpy() == pytest.approx(1)
    assert found.managers["difference"].to_numpy() == pytest.approx(0)
    assert (found.overall, found.ranked, found.is_mix_telling) == (0.5, 3, False)


def test_a_scope_of_one_manager_compares_with_everybody_and_shows_that_one(three: World) -> None:
    read = reading(three)
    everybody, one = (
        fair(scope, "strike_rate", read=read) for scope in (SUMMER, SUMMER.narrow(manager="M2", team="T"))
    )
    assert everybody is not None and one is not None
    assert one.managers["manager_id"].tolist() == ["M2"]
    assert one.ranked == 3
    pd.testing.assert_frame_equal(
        one.managers, everybody.managers[everybody.managers["manager_id"] == "M2"].reset_index(drop=True)
    )


def test_too_few_are_told_as_such_and_no_data_is_held_against_nobody(three: World) -> None:
    three.manager("M4", team="T")
    three.customer("F", manager="M4")
    for number in range(FEWEST - 1):
        three.visit(f"2026-07-0{number + 1}", "F", "M4", "fail")
    three.manager("M5", team="T")
    three.customer("G", manager="M5")
    three.visit("2026-07-01", "G", "M5", "none")
    found = fair(SUMMER, "strike_rate", read=reading(three))
    assert found is not None
    last = found.managers.tail(2).set_index("manager_id")
    assert last["verdict"].to_dict() == {"M4": "few", "M5": "none"}
    assert last[["errors", "shrunk", "top_third", "rank_low"]].isna().all(axis=None)
    assert last.loc["M4", "value"] == 0 and np.isnan(last.loc["M5", "value"])
    assert found.ranked == 3


def test_nothing_counted_is_no_comparison(three: World) -> None:
    assert fair(SUMMER.over(date(2026, 1, 1), date(2026, 1, 31)), "strike_rate", read=reading(three)) is None


def test_one_manager_alone_has_nobody_to_compare_with(world: World) -> None:
    world.manager("M1")
    world.customer("A", manager="M1")
    for number in range(9):
        world.visit(f"2026-07-0{number + 1}", "A", "M1", "success")
    found = fair(SUMMER, "strike_rate", read=reading(world))
    assert found is not None
    assert found.managers["verdict"].tolist() == ["alone"]
    assert found.managers[["expected", "errors"]].isna().all(axis=None)


def test_an_unknown_area_is_nobodys_own(three: World) -> None:
    three.connection.execute("update customers set area = null where customer_id = 'M1-0'")
    three.connection.execute("update customers set area = 'west' where customer_id = 'M2-0'")
    found = fair(SUMMER, "strike_rate", read=reading(three))
    assert found is not None
    assert found.managers["alone"].tolist() == [(), (("area", "west"),), ()]


def test_growth_of_who_took_customers_over_has_no_year_before(world: World) -> None:
    for manager in ("M1", "M2"):
        world.manager(manager)
        world.customer(f"{manager}-A", manager=manager)
        world.sale("2026-08-01", f"{manager}-A", "S1", 1, 30, manager=manager)
    world.customer("M1-N", manager="M1")  # new: counts for the growth, and had nothing a year before
    world.sale("2026-08-01", "M1-N", "S1", 1, 5, manager="M1")
    world.sale("2025-08-01", "M1-A", "S1", 1, 20, manager="M1")
    rows = customer_rows("growth", SUMMER, read=reading(world)).set_index("customer_id")
    assert rows[["numerator", "denominator"]].T.to_dict("list") == {"M1-A": [30, 20], "M1-N": [5, 0], "M2-A": [30, 0]}


def test_a_customer_of_uneven_weight_counts_for_less() -> None:
    rows = simulated(np.random.default_rng(1), managers=3, customers=2, kind="growth")
    rows.loc[rows["manager_id"] == "M000", "denominator"] = [30.0, 10.0]
    found = compare_managers(rows, "growth").managers.set_index("manager_id")
    assert found.loc["M000", "observations"] == pytest.approx(40**2 / (30**2 + 10**2))


def test_distribution_of_any_product_is_not_worth_comparing() -> None:
    assert "numeric_distribution" not in comparable(YEAR)
    assert "numeric_distribution" in comparable(YEAR.narrow(sku="0020"))


def simulated(
    generator: np.random.Generator,
    *,
    managers: int,
    customers: int,
    kind: str = "strike_rate",
    lift: float = 1.0,
    visits: float = 8,
) -> pd.DataFrame:
    """Managers who are equal but for the first, whose customers do better by `lift`; territories differ by chance.

    Large customers do better than small ones, and one area better than another.
    """
    count = managers * customers
    area = generator.choice(["n", "s", "w"], count)
    size = generator.choice(["small", "middle", "large"], count)
    rate = 0.4 + 0.1 * (size == "large") + 0.05 * (area == "n")
    rate = np.where(np.arange(count) < customers, rate * lift, rate)
    if kind == "strike_rate":
        denominator = generator.poisson(visits, count)
        numerator = generator.binomial(denominator, rate)
    else:
        denominator = np.ones(count)
        numerator = 1000 * rate * generator.gamma(4, 0.25, count)
    return pd.DataFrame(
        {
            "manager_id": np.repeat([f"M{number:03d}" for number in range(managers)], customers),
            "customer_id": [f"C{number}" for number in range(count)],
            "numerator": numerator.astype(float),
            "denominator": denominator.astype(float),
            "area": area,
            "tier_band": "01–05",
            "channel": generator.choice(["food", "hotel"], count),
            "size_band": size,
        }
    )


@pytest.mark.parametrize("kind", ["strike_rate", "amount_per_customer"])
def test_of_equal_managers_at_most_the_nominal_share_falls_outside_and_nobody_is_praised(kind: str) -> None:
    worlds = [
        compare_managers(simulated(np.random.default_rng(seed), managers=40, customers=25, kind=kind), kind)
        for seed in range(40)
    ]
    errors = pd.concat([world.managers["errors"].abs() for world in worlds])
    assert len(errors) == 1600
    for limit, nominal in ((INNER, 0.05), (OUTER, 0.002)):
        # Counts come in steps and stay below; means hit the nominal share, and as often as not a little more of 1600.
        by_chance = 3 * (nominal * (1 - nominal) / 1600) ** 0.5
        assert (errors > limit).mean() <= nominal + (0 if kind == "strike_rate" and limit == INNER else by_chance)
    top = pd.concat([world.managers["top_third"] for world in worlds])
    assert (top >= 0.8).mean() < 0.01
    assert sum(world.is_overdispersed for world in worlds) <= 2


@pytest.mark.parametrize(("kind", "customers"), [("strike_rate", 150), ("amount_per_customer", 200)])
def test_one_who_does_better_by_a_fifth_is_found(kind: str, customers: int) -> None:
    for seed in range(10):
        rows = simulated(np.random.default_rng(seed), managers=12, customers=customers, kind=kind, lift=1.2)
        found = compare_managers(rows, kind)
        first = found.managers.iloc[0]
        assert (first["manager_id"], first["verdict"]) == ("M000", "high")
        assert first["top_third"] > 0.8
        assert first["rank_low"] == 1
        assert first["expected"] < first["shrunk"] < first["value"]


def test_products_at_one_customer_tell_less_than_at_as_many() -> None:
    rows = simulated(np.random.default_rng(3), managers=12, customers=30)
    assert compare_managers(rows, "strike_rate").spread < 1.3
    # All or nothing at each customer: ten visits there tell as much as one.
    rows["denominator"] = 10.0
    rows["numerator"] = np.where(np.random.default_rng(4).random(len(rows)) < 0.5, 10.0, 0.0)
    found = compare_managers(rows, "strike_rate")
    assert found.spread == pytest.approx(10, rel=0.15)
    assert (found.managers["errors"].abs() < OUTER).all()


@pytest.mark.parametrize("name", ["strike_rate", "amount_per_customer", "growth"])
def test_a_dot_lies_outside_the_lines_just_where_its_own_verdict_says_so(name: str, sample: Read) -> None:
    found = fair(YEAR, name, read=sample)
    assert found is not None
    judged = found.managers.dropna(subset="errors")
    looks = judged["looks"].to_numpy()
    for errors, outside in ((INNER, ("high", "rather_high")), (OUTER, ("high",))):
        above = judged["adjusted"].to_numpy() > found.limit(errors, looks) + 1e-9
        assert (above == judged["verdict"].isin(outside).to_numpy()).all()
        below = judged["adjusted"].to_numpy() < found.limit(-errors, looks) - 1e-9
        lows = [verdict.replace("high", "low") for verdict in outside]
        assert (below == judged["verdict"].isin(lows).to_numpy()).all()


@pytest.mark.parametrize("name", ["amount_per_customer", "growth", "fill_rate", "strike_rate", "focus_distribution"])
def test_a_dot_can_be_worked_out_from_its_own_row_and_its_stem_leads_towards_the_line(name: str, sample: Read) -> None:
    for scope in (YEAR, YEAR.over(date(2026, 1, 1), date(2026, 10, 31)), YEAR.over(date(2026, 10, 1), LAST_OF_SAMPLE)):
        found = fair(scope, name, read=sample)
        assert found is not None
        judged = found.managers.dropna(subset="errors")
        value, foreseen, shrunk = (judged[part].to_numpy() for part in ("value", "expected", "shrunk"))
        dot, foot = judged["adjusted"].to_numpy(), judged["shrunk_adjusted"].to_numpy()
        kept = (shrunk - foreseen) / (value - foreseen)
        assert ((kept > 0) & (kept < 1)).all()
        assert (foot - found.overall) / (dot - found.overall) == pytest.approx(kept)
        if found.is_share:  # the normal curve instead of the exact binomial
            errors = (value - foreseen) / np.sqrt(foreseen * (1 - foreseen) * found.spread / judged["looks"].to_numpy())
            normal = errors * np.sqrt(found.overall * (1 - found.overall) * found.spread / judged["looks"].to_numpy())
            assert dot - found.overall == pytest.approx(normal, abs=0.02)
        else:
            assert dot == pytest.approx(found.overall * value / foreseen)
            assert foot == pytest.approx(found.overall * shrunk / foreseen)


def test_what_is_expected_of_few_others_makes_the_own_observations_count_for_less(three: World) -> None:
    found = fair(SUMMER, "strike_rate", read=reading(three))
    assert found is not None
    # 50 visits against the mean of 100 others: the variances 1/50 + 1/100 are that of 33⅓ against a certain value.
    assert found.managers["looks"].to_numpy() == pytest.approx(100 / 3)


def test_ranked_the_likeliest_of_the_top_third_come_first_and_the_unjudged_last(sample: Read) -> None:
    found = fair(YEAR.over(date(2026, 10, 1), LAST_OF_SAMPLE), "key_call_coverage", read=sample)
    assert found is not None
    ranked = found.by_rank().managers
    assert ranked["top_third"].isna().sum() > 2
    assert ranked["top_third"].isna().is_monotonic_increasing
    assert ranked["top_third"].dropna().is_monotonic_decreasing
    assert sorted(ranked["manager_id"]) == sorted(found.managers["manager_id"])


def test_the_same_data_give_the_same_answer_and_rows_in_order(sample: Read) -> None:
    first, second = (fair(YEAR, "strike_rate", read=sample) for _time in range(2))
    assert isinstance(first, Fair) and isinstance(second, Fair)
    pd.testing.assert_frame_equal(first.managers, second.managers)
    order = [VERDICTS.index(verdict) for verdict in first.managers["verdict"]]
    assert order == sorted(order)
    assert first.managers["errors"].dropna().is_monotonic_decreasing  # nobody is between limits on both sides at once
    assert first.managers["top_third"].sum() == pytest.approx(-(-first.ranked // 3))
