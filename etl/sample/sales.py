"""Sales lines, a day at a time: each customer orders on its weekday, out of the range it carries."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from etl.sample.city import City
from etl.sample.dirt import Dirt
from etl.sample.ledger import Ledger
from etl.sample.world.plan import Flags, Floats, Integers, Month, Rates, weekday
from etl.sample.world.season import demand, is_holiday
from etl.sample.world.taste import Taste, build_taste
from etl.sample.writer import DAY, Extracts

YEARLY_GROWTH = -0.06
SHRINKING_AREA = 2
SHRINKING_GROWTH = -0.4
SKILL_GROWTH = 0.2
RETURN_SHARE = 0.01
DISCOUNT_SHARE = 0.03
BLANK_MANAGER_SHARE = 0.01
HOLIDAY_ORDERS = 0.12
ORDERS_AT_ONCE = 20_000
LINES_A_PIECE = 250_000
FORMATS = {
    "order_id": "printf('%08d', order_id)",
    "order_date": DAY.format("order_date"),
    "amount": "(amount / 100)::decimal(18, 2)",
    "sku_id": "printf('%04d', sku_id + 1)",
    "manager_id": "case when manager_id >= 0 then printf('M%03d', manager_id + 1) end",
}


@dataclass
class Sales:
    """The running state of the sales file."""

    city: City
    taste: Taste
    intensity: float
    dirt: Dirt
    order_count: int = 0
    growth: Floats = field(default_factory=lambda: np.ones(0))
    owner: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    tried: list[Flags] = field(default_factory=list)
    pieces: list[pd.DataFrame] = field(default_factory=list)

    @classmethod
    def open(cls, city: City) -> "Sales":
        """Ready for the first day; the intensity makes up the number of lines asked for."""
        taste = build_taste(city.plan, city.shops, city.goods)
        usual = usual_lines(city, taste)
        intensity = 1.0 if city.plan.lines is None else city.plan.lines / max(usual, 1.0)
        tried = [np.zeros(city.shops.count, dtype=bool) for _ in taste.trials]
        return cls(city, taste, intensity, Dirt(city), tried=tried)

    def begin_month(self, month: Month) -> None:
        """Owners, growth and the spread of the focus skus as of the month's first day."""
        shops, staff = self.city.shops, self.city.staff
        years = (month.first - self.city.plan.first) / 365.25
        self.owner = shops.owner(month.first)
        area = np.where(shops.area == SHRINKING_AREA, SHRINKING_GROWTH, 0.0)
        yearly = YEARLY_GROWTH + shops.trend + area + SKILL_GROWTH * staff.skill[self.owner]
        self.growth = np.exp(yearly * years)
        self.taste.follow_focus(years, self.owner, staff)

    def write_day(self, day: int, files: Extracts, ledger: Ledger) -> None:
        """Sell one day's lines."""
        random = self.city.plan.random("sales", day)
        customers = self.who_orders(day, random)
        for start in range(0, len(customers), ORDERS_AT_ONCE):
            lines = self.order_lines(customers[start : start + ORDERS_AT_ONCE], day, random)
            ledger.record(
                lines["customer_id"].to_numpy(),
                lines["sku_id"].to_numpy(),
                lines["qty"].to_numpy(),
                lines["amount"].to_numpy(),
                self.city.shops.owner(day)[lines["customer_id"].to_numpy()],
            )
            self.pieces.append(lines)
            self.dirt.remember(lines)
            if sum(map(len, self.pieces)) >= LINES_A_PIECE:
                self.flush(files)

    def who_orders(self, day: int, random: np.random.Generator) -> Integers:
        """The customers that order on a day, once for each of their orders."""
        shops = self.city.shops
        open_today = shops.alive(day, day)
        chance = shops.order_chance * (HOLIDAY_ORDERS if is_holiday(day) else 1.0)
        copies = int(np.ceil(self.intensity))
        found = []
        for copy in range(copies):
            shifted = day - round(copy * 7 / copies)
            theirs = weekday(np.array(shifted)) == shops.order_weekday
            week = (shifted + 3) // 7 + np.arange(shops.count)
            due = theirs & (week % shops.order_weeks == 0) & open_today
            share = min(1.0, self.intensity - copy)
            found.append(np.flatnonzero(due & (random.random(shops.count) < chance * share)))
        return np.sort(np.concatenate(found))

    def chances(self, customers: Integers, day: int) -> Rates:
        """The chance of each sku's being on each of these orders."""
        chance = self.taste.line_chance[customers]
        for trial, tried in zip(self.taste.trials, self.tried, strict=True):
            repeat = np.where(tried[customers], trial.repeat_chance[customers], 1.0)
            chance[:, trial.launch.sku] = np.where(trial.from_day[customers] <= day, repeat, 0.0)
        return chance

    def order_lines(self, customers: Integers, day: int, random: np.random.Generator) -> pd.DataFrame:
        """The lines of some orders of a day."""
        shops, goods = self.city.shops, self.city.goods
        chance = self.chances(customers, day)
        order, sku = np.nonzero(random.random(chance.shape, dtype=np.float32) < chance)
        customer = customers[order]
        first_try = self.note_trials(customer, sku)
        starts = np.flatnonzero(np.diff(order, prepend=-1))
        lengths = np.diff(starts, append=len(order))
        number = self.order_count + np.repeat(np.arange(1, len(starts) + 1), lengths)
        self.order_count += len(starts)
        usual = self.draw_quantity(customer, sku, day, random)
        qty, wanted = ration(shops.tier[customer], goods.scarce[sku], np.where(first_try, 2, usual), random)
        back = (random.random(len(sku)) < RETURN_SHARE) & ~first_try
        qty = np.where(back, -np.maximum(1, qty // 3), qty)
        cents = qty * goods.cents[sku]
        discount = random.random(len(sku)) < DISCOUNT_SHARE
        owner = shops.owner(day)[customer]
        return pd.DataFrame(
            {
                "order_id": number,
                "line_no": np.arange(len(order)) - np.repeat(starts, lengths) + 1,
                "order_date": day,
                "customer_id": customer,
                "sku_id": sku,
                "qty": qty,
                "amount": np.where(discount, cents * 95 // 100, cents),
                "ordered_qty": np.where(back, 0, wanted),
                "manager_id": np.where(random.random(len(sku)) < BLANK_MANAGER_SHARE, -1, owner),
            }
        )

    def note_trials(self, customer: Integers, sku: Integers) -> Flags:
        """Which lines are a customer's first of a launch; from now on they have tried it."""
        first = np.zeros(len(sku), dtype=bool)
        for trial, tried in zip(self.taste.trials, self.tried, strict=True):
            theirs = sku == trial.launch.sku
            first |= theirs & ~tried[customer]
            tried[customer[theirs]] = True
        return first

    def draw_quantity(self, customer: Integers, sku: Integers, day: int, random: np.random.Generator) -> Integers:
        """How many of each: by the customer's size and growth, the season, and less of what is dear."""
        cheapness = (9000 / self.city.goods.cents[sku]) ** 0.25
        mean = self.city.shops.quantity[customer] * self.growth[customer] * cheapness * demand(day)
        mean *= random.gamma(4.0, 0.25, size=len(sku))
        return np.maximum(1, random.poisson(mean))

    def end_month(self, month: Month, files: Extracts) -> None:
        """Write what is left of a month, and a dirty row after it."""
        self.flush(files)
        self.dirt.plant(month, files)

    def flush(self, files: Extracts) -> None:
        """Write what has gathered."""
        if self.pieces:
            customer = f"printf('%0{self.city.shops.id_width}d', customer_id + 1)"
            frame = pd.concat(self.pieces, ignore_index=True)
            files.add("sales", frame, customer_id=customer, **FORMATS)
            self.pieces.clear()


def ration(tier: Integers, scarce: Flags, wanted: Integers, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Quantity delivered and quantity asked for: small tiers go short of scarce skus."""
    share = np.where(scarce, 0.5 + tier / 30 * 0.42, 1.0)
    slip = random.random(len(tier)) < 0.04
    asked = np.ceil(wanted / share - 1e-9).astype(np.int64) + slip
    return wanted, asked


def usual_lines(city: City, taste: Taste) -> float:
    """About how many lines the city would buy by itself."""
    shops, plan = city.shops, city.plan
    middle = (plan.last - plan.first) / 365.25 / 2
    taste.follow_focus(middle, shops.owner(plan.at(0.5)), city.staff)
    lines = taste.line_chance.sum(axis=1)
    for trial in taste.trials:
        bought = (trial.from_day <= plan.last) * trial.repeat_chance
        lines += bought * (plan.last - trial.launch.day) / (plan.last - plan.first + 1)
    days = np.minimum(shops.buys_until, plan.last) - np.maximum(shops.opened, plan.first) + 1
    orders = days / 7 / shops.order_weeks * shops.order_chance
    return float((lines * orders).sum() * 0.96)
