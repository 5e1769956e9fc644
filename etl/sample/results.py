"""Targets, surveys and risk events, a month at a time."""

import numpy as np

from etl.sample.city import City
from etl.sample.ledger import Ledger
from etl.sample.world.plan import Integers, Month, iso
from etl.sample.writer import Extracts

MEASURE_NOISE = 0.05
ATTAINMENT_SKILL = 0.08
RISKS = ("smuggled goods", "goods out of area", "expired licence", "theft")
RISK_RATE = 0.0012
SURVEYED_SHARE = 0.05
SURVEYED_MOST = 2000
MAKER_ANSWERS = 6
CONSUMER_ANSWERS = 20


def attainment(city: City, random: np.random.Generator, size: int) -> np.ndarray:
    """How far each account manager gets to each of some targets, skill and luck together."""
    habit = 0.03 * city.plan.random("attainment").standard_normal(city.staff.count)
    level = 0.99 + ATTAINMENT_SKILL * city.staff.skill + habit
    noise = MEASURE_NOISE * random.standard_normal((city.staff.count, size))
    return np.asarray(level[:, None] * np.exp(noise))


def rounded(value: float) -> int:
    """Two leading digits, as targets are set."""
    step: int = 10 ** max(0, len(str(int(value))) - 2)
    return max(step, round(value / step) * step)


def write_targets(city: City, month: Month, ledger: Ledger, visits: Integers, files: Extracts) -> None:
    """The month's targets: what came of them, undone by how far the manager got."""
    random = city.plan.random("targets", month.index)
    share = attainment(city, random, 3 + len(ledger.focus))
    ids, skus = city.staff.ids(), city.goods.ids()
    eligible = eligible_by_manager(city, month, ledger)
    handlers = handlers_by_manager(city, month, ledger)
    rows: list[list[object]] = []
    for manager in range(city.staff.count):
        actuals = (ledger.amount[manager], ledger.quantity[manager], visits[manager])
        for place, measure in enumerate(("amount", "qty", "visits")):
            if actuals[place] > 0:
                value = rounded(actuals[place] / share[manager, place])
                rows.append([month.label, ids[manager], measure, "", value])
        for place, sku in enumerate(ledger.focus):
            if handlers[manager, place] > 0:
                actual = handlers[manager, place] / eligible[manager, place]
                value = min(0.95, actual / share[manager, 3 + place])
                rows.append([month.label, ids[manager], "numeric_distribution", skus[sku], f"{value:.2f}"])
    files.add_lines("targets", rows)


def eligible_by_manager(city: City, month: Month, ledger: Ledger) -> Integers:
    """Customers that may carry each focus sku, by manager."""
    shops = city.shops
    alive = shops.alive(month.first, month.last)[:, None]
    may = alive & (shops.tier[:, None] >= city.goods.min_tier[ledger.focus][None, :])
    return count_by_manager(city, month, may)


def handlers_by_manager(city: City, month: Month, ledger: Ledger) -> Integers:
    """Customers that bought each focus sku, by manager."""
    return count_by_manager(city, month, ledger.focus_quantity > 0)


def count_by_manager(city: City, month: Month, flags: np.ndarray) -> Integers:
    """Sums of flags over the customers that each manager has at the end of a month."""
    owner = city.shops.owner(month.last)
    columns = [np.bincount(owner, weights=flags[:, i], minlength=city.staff.count) for i in range(flags.shape[1])]
    return np.array(columns, dtype=np.int64).reshape(flags.shape[1], city.staff.count).T


def write_surveys(city: City, month: Month, files: Extracts) -> None:
    """At the end of each quarter of the window, what three audiences think."""
    if month.index % 3 != 2:
        return
    random = city.plan.random("surveys", month.index)
    shops, ids = city.shops, city.staff.ids()
    alive = np.flatnonzero(shops.alive(month.first, month.last))
    count = min(SURVEYED_MOST, max(3, round(SURVEYED_SHARE * len(alive))), len(alive))
    asked = np.sort(random.permutation(alive)[:count])
    owner = shops.owner(month.last)[asked]
    score = 80 + 7 * city.staff.skill[owner] + 0.2 * (shops.tier[asked] - 15)
    score += 7 * random.standard_normal(count)
    day = iso(month.last - int(random.integers(0, 6)))
    rows: list[list[object]] = [
        [day, city.text("retailer"), shops.id_of(int(c)), ids[m], s]
        for c, m, s in zip(asked, owner, score.round().clip(0, 100).astype(int), strict=True)
    ]
    for audience, answers, middle in (
        ("maker", MAKER_ANSWERS, 84),
        ("consumer", CONSUMER_ANSWERS, 76),
    ):
        scores = (middle + 8 * random.standard_normal(answers)).round().clip(0, 100).astype(int)
        rows.extend([day, city.text(audience), "", "", s] for s in scores)
    files.add_lines("surveys", rows)


def write_risks(city: City, month: Month, files: Extracts) -> None:
    """The month's few risk events."""
    random = city.plan.random("risks", month.index)
    alive = np.flatnonzero(city.shops.alive(month.first, month.last))
    count = min(int(random.poisson(0.3 + RISK_RATE * len(alive))), len(alive))
    days = np.sort(random.integers(month.first, month.last + 1, size=count))
    rows: list[list[object]] = []
    for day, customer in zip(days, random.permutation(alive)[:count], strict=True):
        kind = RISKS[int(random.integers(len(RISKS)))]
        loss = f"{np.exp(random.normal(7.5, 0.9)):.2f}"
        rows.append([iso(int(day)), city.shops.id_of(int(customer)), city.text(kind), loss])
    files.add_lines("risk_events", rows)
