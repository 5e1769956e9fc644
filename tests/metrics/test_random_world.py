"""A seeded random world, counted slowly in plain Python from the vocabulary, against every ratio."""

import random
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import pytest

import metrics
from metrics import Ranking, Scope
from tests.world import FIRST, LAST, World

LAUNCHED = {"S0": date(2026, 7, 1), "S1": date(2026, 7, 20), "S2": date(2026, 8, 31)}


class Sale(NamedTuple):
    """One order line."""

    on: date
    customer: str
    sku: str
    qty: int
    amount: int
    ordered: int


@dataclass
class Truth:
    """The rows of the world, as lists and dictionaries."""

    customers: dict[str, dict[str, object]] = field(default_factory=dict)
    lowest_tier: dict[str, int | None] = field(default_factory=dict)
    sales: list[Sale] = field(default_factory=list)
    visits: list[tuple[date, str, str, str, str | None]] = field(default_factory=list)
    plans: list[tuple[date, str, str]] = field(default_factory=list)

    def manager_on(self, customer: str, day: date) -> str:
        """The manager of a customer on a day: the handover of August, else the master."""
        row = self.customers[customer]
        if row["handed_over"] and day >= date(2026, 8, 15):
            return "M0"
        return str(row["manager"])

    def bought(self, first: date, last: date) -> list[Sale]:
        """The sales of a period."""
        return [sale for sale in self.sales if first <= sale.on <= last]

    def base(self) -> set[str]:
        """The licensed base of the period."""
        buyers = {sale.customer for sale in self.bought(FIRST, LAST) if sale.qty > 0}
        return {
            name
            for name, row in self.customers.items()
            if (row["status"] == "active" and (row["opened_on"] is None or str(row["opened_on"]) <= LAST.isoformat()))
            or (row["status"] == "closed" and name in buyers)
        }

    def eligible(self, sku: str) -> set[str]:
        """Who may carry a product."""
        lowest = self.lowest_tier[sku]
        tiers = {name: self.customers[name]["tier"] for name in self.base()}
        return {name for name, tier in tiers.items() if lowest is None or tier is None or int(str(tier)) >= lowest}

    def handlers(self, sku: str) -> set[str]:
        """Who carries it."""
        net: dict[str, int] = defaultdict(int)
        for sale in self.bought(FIRST, LAST):
            if sale.sku == sku:
                net[sale.customer] += sale.qty
        return {name for name in self.eligible(sku) if net[name] > 0}

    def net_amounts(self, first: date, last: date) -> dict[str, int]:
        """Net amount of each customer over a period."""
        net: dict[str, int] = defaultdict(int)
        for sale in self.bought(first, last):
            net[sale.customer] += sale.amount
        return dict(net)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Truth]:
    """The same random rows in the world and in plain Python."""
    dice = random.Random(2026)
    world, truth = World(tmp_path_factory.mktemp("random")), Truth()
    for number in range(5):
        world.manager(f"M{number}", team=f"T{number % 2}", supervisor="M9")
    for number in range(120):
        name = f"C{number:03}"
        row: dict[str, object] = {
            "tier": dice.choice([None, *range(1, 31)]),
            "area": dice.choice(["north", "south", "west"]),
            "status": dice.choices(["active", "closed"], [9, 1])[0],
            "opened_on": dice.choice([None, "2020-01-01", "2026-10-01"]) if number % 10 == 0 else None,
            "manager": f"M{dice.randrange(1, 5)}",
        }
        world.customer(name, **row)
        truth.customers[name] = row | {"handed_over": number % 15 == 0}
        if number % 15 == 0:
            world.assign(name, "M0", "2026-08-15")
    for number in range(8):
        lowest = dice.choice([None, 5, 15])
        world.product(
            f"S{number}",
            brand=f"B{number % 3}",
            maker=f"M{number % 2}",
            price_class=["一类", "二类", None][number % 3],
            min_tier=lowest,
            focus=number < 3,
            launched_on=LAUNCHED.get(f"S{number}"),
        )
        truth.lowest_tier[f"S{number}"] = lowest
    for _ in range(3000):
        day = date(2025, 6, 1) + timedelta(dice.randrange(500))
        qty = dice.choice([-3, -1, 1, 2, 3, 5])
        sale = Sale(day, f"C{dice.randrange(120):03}", f"S{dice.randrange(8)}", qty, qty * 10, dice.randrange(6))
        truth.sales.append(sale)
        world.sale(day.isoformat(), sale.customer, sale.sku, qty, sale.amount, ordered=sale.ordered)
    for _ in range(400):
        day, name = FIRST + timedelta(dice.randrange(92)), f"C{dice.randrange(120):03}"
        manager = dice.choice([truth.manager_on(name, day), "M1"])
        visit = (day, name, manager, dice.choice(["success", "fail", "none"]), dice.choice([None, None, "M9"]))
        truth.visits.append(visit)
        world.visit(day.isoformat(), name, manager, visit[3], visit[4])
        planned = (day + timedelta(dice.randrange(-2, 3)), name, manager)
        truth.plans.append(planned)
        world.plan(planned[0].isoformat(), name, manager)
    return world, truth


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
