"""A seeded random world, and the same rows in plain Python to be counted slowly."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import pytest

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
