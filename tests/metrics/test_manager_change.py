"""What a manager's change against last year is owed to, against truths worked out by hand."""

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.managers.change import PARTS, ChangeSplit, change_split
from tests.world import World

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))
NOW, WAS = "2026-10-10", "2025-10-10"


def split_of(world: World, manager: str, scope: Scope = OCTOBER) -> ChangeSplit:
    world.settle()
    return change_split(
        scope, manager, read=lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())
    )


def moved(split: ChangeSplit) -> dict[str, float]:
    """The parts that are not nought."""
    return {part: float(value) for part, value in split.parts.items() if value}


def test_new_lost_and_kept_customers_of_one_manager(world: World) -> None:
    for name in ("NEW", "LOST", "KEPT", "BACK"):
        world.customer(name, manager="M1")
    world.sale(NOW, "NEW", "S1", 4, 40)
    world.sale("2026-09-30", "NEW", "S1", 4, 40)  # before the period: still nothing last year
    world.sale(WAS, "LOST", "S1", 2, 20)
    world.sale(NOW, "LOST", "S1", 1, 10)
    world.sale(NOW, "LOST", "S1", -1, -10)  # bought no more than it returned
    world.sale("2025-11-01", "BACK", "S1", 9, 90)  # a day after last year's days
    world.sale(NOW, "BACK", "S1", 1, 11)
    world.sale(WAS, "KEPT", "S1", 10, 100)
    world.sale(NOW, "KEPT", "S1", 12, 144)
    split = split_of(world, "M1")
    assert (split.before, split.now) == (120, 195)
    # KEPT: two cartons more at 10, and 12 cartons 2 dearer
    assert moved(split) == {"new": 51, "lost": -20, "volume": 20, "price": 24}
    assert dict(zip(split.rows["customer_id"], split.rows["kind"], strict=True)) == {
        "NEW": "new",
        "LOST": "lost",
        "KEPT": "kept",
        "BACK": "new",
    }
    assert list(split.behind("new")["customer_id"]) == ["NEW", "BACK"]


def test_volume_at_last_years_mean_price_price_of_the_same_product_and_mix_between(world: World) -> None:
    """Last year 10 of S1 at 10 and 10 of S2 at 30: 400, mean 20. Now 5 at 11, 20 at 30, and 5 of S3 at 50: 905.

    Volume: 10 more at 20. Price: 5 × 1. Mix: S1 5 fewer, S2 10 more, S3 5 more at their distance from 20: the rest.
    """
    world.customer("A", manager="M1")
    world.sale(WAS, "A", "S1", 10, 100)
    world.sale(WAS, "A", "S2", 10, 300)
    world.sale(NOW, "A", "S1", 5, 55)
    world.sale(NOW, "A", "S2", 20, 600)
    world.sale(NOW, "A", "S3", 5, 250)
    split = split_of(world, "M1")
    by_hand = (5 - 10) * (10 - 20) + (20 - 10) * (30 - 20) + 5 * (50 - 20)
    assert moved(split) == {"volume": 200, "price": 5, "mix": by_hand}
    assert 400 + 200 + 5 + by_hand == 905 == split.now


def test_a_handover_before_the_period_is_the_manager_s_neither_merit_nor_fault(world: World) -> None:
    for name in ("M1", "M2"):
        world.manager(name)
    world.customer("A", manager="M2")
    world.assign("A", "M1", "2025-01-01", "2026-09-30")
    world.assign("A", "M2", "2026-10-01")
    world.sale(WAS, "A", "S1", 10, 100)
    world.sale(NOW, "A", "S1", 15, 150)
    assert moved(split_of(world, "M1")) == {"handed_out": -100}
    assert moved(split_of(world, "M2")) == {"handed_in": 150}


def test_a_handover_in_mid_period_is_parted_from_what_the_customer_did(world: World) -> None:
    """100 last year, all M1's. 120 now: M1's 60 up to the 14th, M2's 60 from the 15th. M1's shares are 1 and ½, mean ¾.

    At ¾ of all: 75 last year, 90 now, so that M1's kept customer grew by 15, and the other −55 were handed over.
    """
    for name in ("M1", "M2"):
        world.manager(name)
    world.customer("A", manager="M2")
    world.assign("A", "M1", "2025-01-01", "2026-10-14")
    world.assign("A", "M2", "2026-10-15")
    world.sale(WAS, "A", "S1", 10, 100)
    world.sale("2026-10-14", "A", "S1", 6, 60)
    world.sale("2026-10-15", "A", "S1", 6, 60)
    giver, taker = split_of(world, "M1"), split_of(world, "M2")
    assert (giver.before, giver.now) == (100, 60)
    assert moved(giver) == {"handed_out": -55, "volume": 15}
    assert moved(taker) == {"handed_in": 60}  # M2 had nothing of it last year
    year_after = Scope(date(2027, 10, 1), date(2027, 10, 31))
    world.sale("2027-10-10", "A", "S1", 12, 120)
    # A year on: 60 of 120 were M2's, now all 120 are; at ¾ both are 90.
    assert moved(split_of(world, "M2", year_after)) == {"handed_in": 60}


def test_customers_of_a_manager_who_left_were_handed_over_even_where_they_stopped_buying(world: World) -> None:
    world.manager("M1", left_on="2026-03-31")
    world.manager("M2")
    for name in ("A", "B"):
        world.customer(name, manager="M2")
        world.assign(name, "M1", "2025-01-01", "2026-03-31")
        world.assign(name, "M2", "2026-04-01")
        world.sale(WAS, name, "S1", 10, 100)
    world.sale(NOW, "A", "S1", 11, 110)
    split = split_of(world, "M1")
    assert (split.now, moved(split)) == (0, {"handed_out": -200})
    assert set(split.rows["manager_id"]) == {"M2"}
    assert moved(split_of(world, "M2")) == {"handed_in": 110}


def test_a_closed_customer_is_lost_and_one_that_nobody_knows_counts(world: World) -> None:
    world.manager("M1")
    world.customer("A", manager="M1", status="closed")
    world.sale(WAS, "A", "S1", 1, 10)
    world.sale(NOW, "X", "S1", 1, 7, manager="M1")  # in no master
    split = split_of(world, "M1")
    assert moved(split) == {"lost": -10, "new": 7}
    assert split.rows["customer_name"].isna().sum() == 1


def test_a_year_that_nets_to_no_quantity_leaves_all_to_volume(world: World) -> None:
    world.customer("A", manager="M1")
    world.sale(WAS, "A", "S1", 5, 50)
    world.sale(NOW, "A", "S1", -5, 20)  # a price put right
    assert moved(split_of(world, "M1")) == {"volume": -30}


def test_a_narrowed_scope_splits_what_is_in_it(world: World) -> None:
    world.customer("A", manager="M1", area="north")
    world.customer("B", manager="M1", area="south")
    world.product("S1", brand="B1")
    world.product("S2", brand="B2")
    for sku, amount in (("S1", 10), ("S2", 100)):
        world.sale(WAS, "A", sku, 1, amount)
        world.sale(NOW, "A", sku, 2, 2 * amount)
    world.sale(NOW, "B", "S1", 1, 1000)
    assert moved(split_of(world, "M1", OCTOBER.narrow(brand="B1"))) == {"new": 1000, "volume": 10}
    assert moved(split_of(world, "M1", OCTOBER.narrow(brand="B2"))) == {"volume": 100}
    assert moved(split_of(world, "M1", OCTOBER.narrow(area="north"))) == {"volume": 110}


def test_nothing_sold_at_all_is_no_change(world: World) -> None:
    world.customer("A", manager="M1")
    split = split_of(world, "M1")
    assert (split.before, split.now, moved(split), len(split.rows)) == (0, 0, {}, 0)


sums = st.integers(-(10**9), 10**9).map(lambda number: number / 100)
LINES = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(("S1", "S2", "S3")), st.booleans(), sums, sums, sums, sums),
    max_size=20,
    unique_by=lambda line: line[:3],
)


def told(lines: Any, managers: dict[str, str]) -> Any:
    """A reading of these sums, with the customers under the managers given."""
    columns = ["customer_id", "sku_id", "is_own", "qty", "amount", "last_year_qty", "last_year_amount"]
    mine = {line[0] for line in lines if line[2]}
    sales = pd.DataFrame([line for line in lines if line[0] in mine], columns=columns)
    sales["is_own"] = sales["is_own"].astype(bool)
    listed = pd.DataFrame({"customer_id": list(managers), "manager_id": list(managers.values())})
    for name in ("customer_name", "area", "channel", "tier", "status", "manager_name"):
        listed[name] = ""
    return lambda name, scope, by=(): {"sales_by_owner": sales, "customer_list": listed}[name]


@settings(deadline=None)
@example(
    [("B", "S1", False, 0.0, -40.53, 0.0, 0.0), ("B", "S1", True, 9734.46, 0.01, 0.01, -467322.84)],
    dict.fromkeys("ABCD", "M1"),
)
@example([("A", "S1", True, 51675.34, 0.0, 0.01, -1784794.38)], dict.fromkeys("ABCD", "M1"))
@given(LINES, st.fixed_dictionaries({name: st.sampled_from(["M1", "M2"]) for name in "ABCD"}))
def test_it_adds_up_for_any_sums_at_all(lines: Any, managers: dict[str, str]) -> None:
    split = change_split(OCTOBER, "M1", read=told(lines, managers))
    own = [line for line in lines if line[2]]
    assert split.now == sum(Decimal(str(line[4])) for line in own)
    assert split.before == sum(Decimal(str(line[6])) for line in own)
    assert split.before + sum(split.parts.values()) == split.now
    for part in PARTS:
        assert float(split.rows[part].sum()) == pytest.approx(float(split.parts[part]), abs=1e-3)
    each = split.rows[list(PARTS)].sum(axis=1)
    assert each.to_numpy() == pytest.approx(split.rows["change"].to_numpy(), abs=1e-3)


@pytest.mark.parametrize("seed", range(8))
def test_a_random_world_splits_as_exact_fractions_do(tmp_path: Path, seed: int) -> None:
    """Every sale positive, handovers on any day: each part, customer by customer, by the definition in fractions."""
    world, chance = World(tmp_path), random.Random(seed)
    for manager in ("M1", "M2"):
        world.manager(manager)
    sold: dict[tuple[str, str, int], list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    last = {}
    for customer in "ABCDEFGH":
        owner, taker = chance.sample(["M1", "M2"], 2)
        handed = date(chance.choice([2025, 2026]), 10, chance.randint(1, 31))
        last[customer] = taker
        world.customer(customer, manager=taker)
        world.assign(customer, owner, "2024-01-01", str(handed - pd.Timedelta(days=1)))
        world.assign(customer, taker, str(handed))
        for _number in range(chance.randint(0, 9)):
            year, day = chance.choice([2025, 2026]), chance.randint(1, 31)
            qty, price, sku = chance.randint(1, 20), chance.randint(5, 50), chance.choice(["S1", "S2"])
            mine = (owner if date(year, 10, day) < handed else taker) == "M1"
            world.sale(f"{year}-10-{day:02d}", customer, sku, qty, qty * price)
            for whose in ("M1", "all") if mine else ("all",):
                sold[customer, f"{whose} {sku}", year][0] += qty
                sold[customer, f"{whose} {sku}", year][1] += qty * price
    expected: dict[str, Fraction] = defaultdict(Fraction)
    for customer in "ABCDEFGH":
        own, everybody = (
            {year: [sold[customer, f"{whose} {sku}", year] for sku in ("S1", "S2")] for year in (2025, 2026)}
            for whose in ("M1", "all")
        )
        (own0, own1), (all0, all1) = (
            [sum((line[1] for line in lines[year]), Fraction(0)) for year in (2025, 2026)] for lines in (own, everybody)
        )
        change = own1 - own0
        if all0 == 0:
            expected["new"] += change
        elif all1 == 0:
            expected["lost" if last[customer] == "M1" else "handed_out"] += change
        elif own0 == 0:
            expected["handed_in"] += change
        elif own1 == 0:
            expected["handed_out"] += change
        else:
            share = (own0 / all0 + own1 / all1) / 2
            q0, a0 = ([line[part] * share * all0 / own0 for line in own[2025]] for part in (0, 1))
            q1, a1 = ([line[part] * share * all1 / own1 for line in own[2026]] for part in (0, 1))
            kept = sum(a1) - sum(a0)
            assert kept == share * (all1 - all0)
            volume = (sum(q1) - sum(q0)) * sum(a0) / sum(q0)
            price = sum(q1[k] * (a1[k] / q1[k] - a0[k] / q0[k]) for k in (0, 1) if q0[k] and q1[k])
            expected["handed_in" if own1 / all1 > own0 / all0 else "handed_out"] += change - kept
            expected["volume"] += volume
            expected["price"] += price
            expected["mix"] += kept - volume - price
    split = split_of(world, "M1")
    world.connection.close()
    assert split.before + sum(split.parts.values()) == split.now
    for part in PARTS:
        assert float(split.parts[part]) == pytest.approx(float(expected[part]), abs=0.002), part
