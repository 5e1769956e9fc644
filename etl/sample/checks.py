"""Shelf checks: what a panel of customers still has at the end of each month."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from etl.sample.city import City
from etl.sample.ledger import Ledger
from etl.sample.world.plan import Flags, Integers, Month
from etl.sample.writer import DAY, Extracts

OTHER_SKUS = 3
ABSENT_FOCUS_CHECKED = 0.25
SHELVED = 0.96
SELLS = (0.3, 0.85)
FAILING_SELLS = (0.05, 0.35)
OWN_PRICE_SHARE = 0.15


@dataclass
class Checks:
    """The panel's stock, carried from month to month."""

    city: City
    panel: Integers
    stock: Integers = field(init=False)
    ever: Flags = field(init=False)
    order: Integers = field(init=False)

    def __post_init__(self) -> None:
        shape = (len(self.panel), self.city.goods.count)
        self.stock = np.zeros(shape, dtype=np.int64)
        self.ever = np.zeros(shape, dtype=bool)
        draw = self.city.plan.random("checked skus").random(shape)
        self.order = np.argsort(np.argsort(draw, axis=1), axis=1)

    def sell_on(self, bought: Integers, random: np.random.Generator) -> None:
        """Let the panel sell most of what it had and bought."""
        low = np.full(self.city.goods.count, SELLS[0])
        high = np.full(self.city.goods.count, SELLS[1])
        if self.city.goods.failing is not None:
            low[self.city.goods.failing.sku], high[self.city.goods.failing.sku] = FAILING_SELLS
        share = low + (high - low) * random.random(bought.shape)
        available = np.maximum(self.stock + bought, 0)
        self.stock = available - np.round(available * share).astype(np.int64)
        self.ever |= bought > 0

    def chosen(self, month: Month, random: np.random.Generator) -> Flags:
        """What is checked: focus skus that may be there, and a few others that have been bought."""
        goods = self.city.goods
        alive = self.city.shops.alive(month.first, month.last)[self.panel][:, None]
        tier = self.city.shops.tier[self.panel][:, None]
        focus = goods.focus & (goods.launched <= month.last) & (tier >= goods.min_tier)
        absent = random.random(self.ever.shape) < ABSENT_FOCUS_CHECKED
        place = np.where(self.ever & ~goods.focus, self.order, goods.count)
        others = np.argsort(np.argsort(place, axis=1), axis=1) < OTHER_SKUS
        return np.asarray(alive & ((focus & (self.ever | absent)) | (others & self.ever & ~goods.focus)))

    def write_month(self, month: Month, ledger: Ledger, files: Extracts) -> None:
        """Count at the end of a month."""
        random = self.city.plan.random("checks", month.index)
        self.sell_on(ledger.panel_quantity, random)
        place, sku = np.nonzero(self.chosen(month, random))
        stock = self.stock[place, sku]
        shelved = (stock > 0) & (random.random(len(sku)) < SHELVED)
        day = month.last - random.integers(0, 3, size=len(self.panel))[place]
        price = self.city.goods.retail[sku].astype(np.int64)
        own = random.random(len(sku)) < OWN_PRICE_SHARE
        price = np.where(own, price + random.choice([-5, 5, 10], size=len(sku)), price)
        goods_ids, shops = self.city.goods.ids(), self.city.shops
        frame = pd.DataFrame(
            {
                "check_date": np.maximum(day, month.first),
                "customer_id": [shops.id_of(int(self.panel[i])) for i in place],
                "sku_id": [goods_ids[i] for i in sku],
                "on_shelf": [self.city.text("yes" if s else "no") for s in shelved],
                "stock_qty": stock,
                "retail_price": pd.array(np.where(shelved, price, -1), dtype="Int64"),
            }
        )
        frame = frame.sort_values(["check_date", "customer_id", "sku_id"], ignore_index=True)
        files.add(
            "shelf_checks",
            frame,
            check_date=DAY.format("check_date"),
            retail_price="nullif(retail_price, -1)",
        )
