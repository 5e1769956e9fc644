"""Every ratio of a seeded random world, counted slowly in plain Python from the vocabulary."""

import statistics
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest

import metrics
from metrics import Ranking, Scope
from tests.metrics.random_world import LAUNCHED, Truth, told
from tests.world import FIRST, LAST, World

__all__ = ["told"]


def test_distribution_and_repeat_by_product(told: tuple[World, Truth]) -> None:
    world, truth = told
    distribution, repeat, weighted = (
        world.split(name, "sku_id") for name in ("numeric_distribution", "repeat_rate", "weighted_distribution")
    )
    spent = {name: max(amount, 0) for name, amount in truth.net_amounts(FIRST, LAST).items()}
    for sku in truth.lowest_tier:
        eligible, handlers = truth.eligible(sku), truth.handlers(sku)
        days: dict[str, set[date]] = defaultdict(set)
        for sale in truth.bought(FIRST, LAST):
            if sale.sku == sku and sale.qty > 0:
                days[sale.customer].add(sale.on)
        assert distribution[sku] == pytest.approx(len(handlers) / len(eligible))
        assert repeat[sku] == pytest.approx(sum(len(days[name]) >= 2 for name in handlers) / len(handlers))
        whole = sum(spent.get(name, 0) for name in eligible)
        assert weighted[sku] == pytest.approx(sum(spent.get(name, 0) for name in handlers) / whole)


def test_distribution_of_a_brand_by_manager(told: tuple[World, Truth]) -> None:
    world, truth = told
    skus = [sku for sku in truth.lowest_tier if int(sku[1:]) % 3 == 1]
    eligible = set().union(*(truth.eligible(sku) for sku in skus))
    handlers = set().union(*(truth.handlers(sku) for sku in skus))
    found = world.split("numeric_distribution", "manager_id", brand="B1")
    for manager in {truth.manager_on(name, LAST) for name in eligible}:
        own = {name for name in eligible if truth.manager_on(name, LAST) == manager}
        assert found[manager] == pytest.approx(len(own & handlers) / len(own))


def test_who_may_carry_a_product_who_does_and_what_else_they_buy(told: tuple[World, Truth]) -> None:
    world, truth = told
    spent = truth.net_amounts(FIRST, LAST)
    skus = sorted(truth.lowest_tier)
    bits = world.rows("products_bought").set_index("customer_id")["product_bits"]
    for customer in truth.customers:
        net: dict[tuple[str, int], int] = defaultdict(int)
        for sale in truth.bought(FIRST, LAST):
            net[sale.sku, sale.on.month] += sale.qty if sale.customer == customer else 0
        bought = {sku for (sku, _month), qty in net.items() if qty > 0}
        word = int(bits.get(customer, 0))
        assert {sku for place, sku in enumerate(skus) if word >> place & 1} == bought
    for sku in skus:
        rows = world.rows("eligible_list", sku=sku).set_index("customer_id")
        assert set(rows.index) == truth.eligible(sku)
        assert set(rows.index[rows["is_handler"]]) == truth.handlers(sku)
        assert rows["amount"].to_dict() == {name: spent.get(name, 0) for name in rows.index}
        gaps = world.rows("distribution_gaps", sku=sku)
        assert set(gaps["customer_id"]) == truth.eligible(sku) - truth.handlers(sku)
        own = [sale for sale in truth.sales if sale.sku == sku and sale.qty > 0 and sale.on <= LAST]
        last = {name: max((sale.on for sale in own if sale.customer == name), default=None) for name in rows.index}
        assert {name: on and on.date() for name, on in _days(gaps).items()} == {
            name: last[name] for name in gaps["customer_id"]
        }


def test_allocation_by_tiers(told: tuple[World, Truth]) -> None:
    world, truth = told
    skus = ("S0", "S1", "S2")
    rows = world.rows("allocation_list", sku=skus).set_index("customer_id")
    for name, row in rows.iterrows():
        may = [sku for sku in skus if name in truth.eligible(sku)]
        lines = [sale for sale in truth.bought(FIRST, LAST) if sale.customer == name and sale.sku in may]
        assert row["eligible_products"] == len(may)
        assert row["supplied_products"] == sum(name in truth.handlers(sku) for sku in may)
        assert row["qty"] == sum(sale.qty for sale in lines)
        assert row["ordered"] == sum(sale.ordered for sale in lines if sale.ordered > 0)
        assert row["delivered"] == sum(min(sale.qty, sale.ordered) for sale in lines if sale.ordered > 0)
    assert set(rows.index) == set().union(*(truth.eligible(sku) for sku in skus))


def _days(rows: pd.DataFrame) -> dict[str, pd.Timestamp | None]:
    return {
        name: None if pd.isna(on) else on for name, on in zip(rows["customer_id"], rows["last_bought"], strict=True)
    }


def test_concentration(told: tuple[World, Truth]) -> None:
    world, truth = told
    net = sorted((amount for amount in truth.net_amounts(FIRST, LAST).values() if amount > 0), reverse=True)
    assert world.figure("top20_share") == pytest.approx(sum(net[: -(-len(net) // 5)]) / sum(net))
    assert world.figure("hhi") == pytest.approx(sum((amount / sum(net)) ** 2 for amount in net))
    few = next(count for count in range(1, len(net) + 1) if sum(net[:count]) * 10 >= sum(net) * 8)
    assert world.figure("customers_for_80") == few


def test_anything_ranked_by_amount_or_quantity(told: tuple[World, Truth]) -> None:
    world, truth = told
    sides = {
        "customer_id": lambda sale: sale.customer,
        "sku_id": lambda sale: sale.sku,
        "brand": lambda sale: f"B{int(sale.sku[1:]) % 3}",
        "area": lambda sale: truth.customers[sale.customer]["area"],
        "manager_id": lambda sale: truth.manager_on(sale.customer, sale.on),
    }
    world.settle()
    for ranked, side in sides.items():
        for measure in ("amount", "qty"):
            net: dict[str, int] = defaultdict(int)
            for sale in truth.bought(FIRST, LAST):
                net[side(sale)] += getattr(sale, measure)
            largest_first = sorted((value for value in net.values() if value > 0), reverse=True)
            n, total = len(largest_first), sum(largest_first)
            found = metrics.run(
                "concentration", Scope(FIRST, LAST), (), Ranking(ranked, measure), cursor=world.connection.cursor()
            ).iloc[0]
            assert found["ranked_count"] == n
            assert found["returns"] == sum(value for value in net.values() if value <= 0)
            for name, first in (("top20_share", -(-n // 5)), ("top1_share", 1), ("top3_share", 3), ("top10_share", 10)):
                assert found[name] == pytest.approx(sum(largest_first[:first]) / total)
            differences = sum(abs(a - b) for a in largest_first for b in largest_first)
            assert found["gini"] == pytest.approx(differences / (2 * n * total), abs=1e-12)


def test_the_vital_few(told: tuple[World, Truth]) -> None:
    world, truth = told
    ranks, shares = [], []
    for first, last in ((date(2025, 10, 1), LAST), (date(2024, 10, 1), date(2025, 9, 30))):
        net = {name: amount for name, amount in truth.net_amounts(first, last).items() if amount > 0}
        ranked = sorted(net, key=lambda name: (-net[name], name))
        ranks.append({name: place for place, name in enumerate(ranked, start=1)})
        shares.append(set(ranked[: -(-len(ranked) // 5)]))
    rows = world.rows("vital_few").set_index("customer_id")
    products = world.rows("vital_products").set_index("customer_id")["products"]
    assert set(products.index) == set(rows.index)
    assert set(rows.index) == shares[0] | shares[1]
    for name, row in rows.iterrows():
        assert (row["is_key"], row["was_key"]) == (name in shares[0], name in shares[1])
        for column, ranking in zip(("position", "position_before"), ranks, strict=True):
            assert ranking.get(str(name)) == (None if pd.isna(row[column]) else row[column])
        taken: dict[str, int] = defaultdict(int)
        for sale in truth.bought(date(2025, 10, 1), LAST):
            taken[sale.sku] += sale.qty * (sale.customer == name)
        assert products[name] == sum(qty > 0 for qty in taken.values())
        ordered = sorted(
            {sale.on for sale in truth.sales if sale.customer == name and sale.qty > 0 and sale.on <= LAST}
        )
        recent = [day for day in ordered if day > LAST - timedelta(182)]
        if len(recent) < 4:
            assert pd.isna(row["orders_missed"])
            continue
        gap = statistics.median((after - before).days for before, after in pairwise(recent))
        waited, due, missed = (LAST - recent[-1]).days, gap, 0
        while due < waited:
            missed, due = missed + 1, due + gap
        assert (row["usual_gap"], row["orders_missed"]) == (gap, missed)


def test_growth_and_like_for_like(told: tuple[World, Truth]) -> None:
    world, truth = told
    now, before = truth.net_amounts(FIRST, LAST), truth.net_amounts(date(2025, 7, 1), date(2025, 9, 30))
    assert world.figure("growth") == pytest.approx(sum(now.values()) / sum(before.values()) - 1)
    both = [name for name in now if now[name] > 0 and before.get(name, 0) > 0]
    grown = sum(now[name] for name in both) / sum(before[name] for name in both) - 1
    assert world.figure("like_for_like_growth") == pytest.approx(grown)


def test_amounts_by_the_manager_who_owned_each_sale(told: tuple[World, Truth]) -> None:
    world, truth = told
    owned: dict[str, int] = defaultdict(int)
    for sale in truth.bought(FIRST, LAST):
        owned[truth.manager_on(sale.customer, sale.on)] += sale.amount
    assert world.split("amount", "manager_id") == pytest.approx(dict(owned))
    whole = world.figure("amount")
    assert sum(owned.values()) == whole
    assert sum(world.figure("amount", area=area) or 0 for area in ("north", "south", "west")) == whole
    ordered = [sale for sale in truth.bought(FIRST, LAST) if sale.ordered > 0]
    delivered = sum(min(sale.qty, sale.ordered) for sale in ordered)
    assert world.figure("fill_rate") == pytest.approx(delivered / sum(sale.ordered for sale in ordered))


def test_visits(told: tuple[World, Truth]) -> None:
    world, truth = told
    base = truth.base()
    own = {name for name in base if any(v[1] == name and v[2] == truth.manager_on(name, LAST) for v in truth.visits)}
    assert world.figure("call_coverage") == pytest.approx(len(own) / len(base))
    net = {name: amount for name, amount in truth.net_amounts(date(2025, 10, 1), LAST).items() if amount > 0}
    ranked = sorted(net, key=lambda name: (-net[name], name))[: -(-len(net) // 5)]
    key = set(ranked) & base
    assert world.figure("key_call_coverage") == pytest.approx(len(key & own) / len(key))
    tried = [visit for visit in truth.visits if visit[3] != "none"]
    assert world.figure("strike_rate") == pytest.approx(sum(v[3] == "success" for v in tried) / len(tried))
    followed = sum(
        sum(sale.qty for sale in truth.sales if sale.customer == v[1] and 0 <= (sale.on - v[0]).days <= 7) > 0
        for v in truth.visits
    )
    assert world.figure("productive_call_rate") == pytest.approx(followed / len(truth.visits))
    plans = [plan for plan in truth.plans if FIRST <= plan[0] <= LAST]
    kept = sum(any(v[1:3] == plan[1:3] and abs((v[0] - plan[0]).days) <= 1 for v in truth.visits) for plan in plans)
    assert world.figure("plan_compliance") == pytest.approx(kept / len(plans))
    counts = sorted(sum(v[1] == name and v[2] == truth.manager_on(name, LAST) for v in truth.visits) for name in base)
    spread = sum(abs(a - b) for a in counts for b in counts) / (2 * len(counts) * sum(counts))
    assert world.figure("service_gini") == pytest.approx(spread)


@pytest.mark.parametrize("sku", LAUNCHED)
def test_launch_curve_depth_and_coverage(told: tuple[World, Truth], sku: str) -> None:
    world, truth = told
    day, eligible = LAUNCHED[sku], truth.eligible(sku)
    days: dict[str, set[date]] = defaultdict(set)
    for sale in truth.bought(day, LAST):
        if sale.sku == sku and sale.qty > 0 and sale.customer in eligible:
            days[sale.customer].add(sale.on)
    curve = world.rows("launch_curve", sku=sku).set_index("launch_week")
    assert len(curve) == (LAST - day).days // 7 + 1
    for week in curve.index:
        so_far = [sum(on < day + timedelta(7 * week) for on in bought) for bought in days.values()]
        triers, repeaters = sum(count >= 1 for count in so_far), sum(count >= 2 for count in so_far)
        assert curve.loc[week, ["triers", "repeaters", "eligible"]].tolist() == [triers, repeaters, len(eligible)]
    depth = world.rows("launch_depth", sku=sku).set_index("order_step")["customers"].to_dict()
    assert depth == {step: sum(len(bought) >= step for bought in days.values()) for step in range(1, 6)}
    covered = world.rows("launch_coverage", "area", sku=sku).set_index("area")
    listed = world.rows("launch_customers", sku=sku).set_index("customer_id")
    assert set(listed.index) == eligible
    assert listed["order_days"].to_dict() == {name: min(len(days[name]), 5) for name in eligible}
    assert set(listed.index[listed["carries"]]) == truth.handlers(sku)
    for area in ("north", "south", "west"):
        there = {name for name in truth.base() if truth.customers[name]["area"] == area}
        may = eligible & there
        assert covered.loc[area, ["licensed", "eligible", "triers", "handlers", "repeaters"]].tolist() == [
            len(there),
            len(may),
            sum(len(days[name]) >= 1 for name in may),
            len(may & truth.handlers(sku)),
            sum(len(days[name]) >= 2 for name in may),
        ]
