"""What the other extracts need to know of a month's sales."""

from dataclasses import dataclass

import numpy as np

from etl.sample.city import City
from etl.sample.world.plan import Floats, Integers

PANEL_SHARE = 0.22
PANEL_MOST = 4000


def choose_panel(city: City) -> Integers:
    """The customers whose shelves are checked every month."""
    count = min(PANEL_MOST, max(1, round(PANEL_SHARE * city.shops.count)))
    return np.sort(city.plan.random("panel").permutation(city.shops.count)[:count])


@dataclass
class Ledger:
    """Sums of one month: by manager, by customer and focus sku, and for the panel by sku."""

    amount: Floats
    quantity: Floats
    focus: list[int]
    focus_quantity: Integers
    panel: Integers
    panel_quantity: Integers
    _panel_place: Integers
    _focus_place: Integers

    @classmethod
    def open(cls, city: City, panel: Integers) -> "Ledger":
        """An empty month."""
        focus = [int(s) for s in np.flatnonzero(city.goods.focus)]
        panel_place = np.full(city.shops.count, -1)
        panel_place[panel] = np.arange(len(panel))
        focus_place = np.full(city.goods.count, -1)
        focus_place[focus] = np.arange(len(focus))
        return cls(
            np.zeros(city.staff.count),
            np.zeros(city.staff.count),
            focus,
            np.zeros((city.shops.count, len(focus)), dtype=np.int64),
            panel,
            np.zeros((len(panel), city.goods.count), dtype=np.int64),
            panel_place,
            focus_place,
        )

    def record(self, customer: Integers, sku: Integers, quantity: Integers, cents: Integers, owner: Integers) -> None:
        """Take in some lines."""
        managers = len(self.amount)
        self.amount += np.bincount(owner, weights=cents / 100, minlength=managers)
        self.quantity += np.bincount(owner, weights=quantity, minlength=managers)
        place = self._focus_place[sku]
        seen = place >= 0
        np.add.at(self.focus_quantity, (customer[seen], place[seen]), quantity[seen])
        place = self._panel_place[customer]
        seen = place >= 0
        np.add.at(self.panel_quantity, (place[seen], sku[seen]), quantity[seen])
