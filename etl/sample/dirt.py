"""The few dirty rows of sales.csv, the same number whatever the size.

Planted one after the rows of each of the first twelve months, in a shorter window the rest after
the last month, in the order of the fields of `Planted`; each is made out of one of the first lines:

- two lines with an order date that is no date (2026-13-45, 昨天): rejected
- two lines with a quantity that is no number (三条, 1O): rejected
- one line with an amount that is no number (约100): rejected
- two lines with no customer, which is required: rejected
- two exact copies of an earlier line: duplicates
- one line with the key of an earlier line and one more in quantity: the earlier is superseded
- one sale to a customer and one of a sku that no master knows: loaded, and reported as unknown
"""

from dataclasses import dataclass, field, replace

import pandas as pd

from etl.sample.city import City
from etl.sample.world.plan import Month, iso
from etl.sample.writer import Extracts


@dataclass(frozen=True)
class Planted:
    """How many dirty rows of each kind are in sales.csv."""

    unparsable_dates: int = 2
    unparsable_quantities: int = 2
    unparsable_amounts: int = 1
    empty_customers: int = 2
    exact_duplicates: int = 2
    superseding_lines: int = 1
    unknown_customers: int = 1
    unknown_skus: int = 1

    @property
    def rejected(self) -> int:
        """Rows that a load turns away."""
        return self.unparsable_dates + self.unparsable_quantities + self.unparsable_amounts + self.empty_customers

    @property
    def duplicates(self) -> int:
        """Rows that a load drops as copies."""
        return self.exact_duplicates

    @property
    def superseded(self) -> int:
        """Earlier rows that a later row of the same key replaces."""
        return self.superseding_lines

    @property
    def rows(self) -> int:
        """All planted rows."""
        return self.rejected + self.duplicates + self.superseded + self.unknown_customers + self.unknown_skus


PLANTED = Planted()
"""What every generated sales.csv holds."""

UNKNOWN_CUSTOMER = "999999"
UNKNOWN_SKU = "9999"


@dataclass(frozen=True)
class Line:
    """A sales line as text, in the order of the file's columns."""

    order_id: str
    line_no: str
    order_date: str
    customer_id: str
    sku_id: str
    qty: str
    amount: str
    ordered_qty: str
    manager_id: str

    def cells(self) -> list[str]:
        """The row."""
        return list(vars(self).values())


def dirty_line(place: int, clean: Line, month: str) -> Line:
    """The dirty row of a place, made out of a clean row that is in the file already."""
    fresh = replace(clean, order_id=f"D{place + 1:07d}", line_no="1")
    more = replace(clean, qty=str(int(clean.qty) + 1), ordered_qty=str(int(clean.qty) + 1))
    return (
        replace(fresh, order_date=f"{month[:4]}-13-45"),
        replace(fresh, order_date="昨天"),
        replace(fresh, qty="三条"),
        replace(fresh, qty="1O"),
        replace(fresh, amount="约100"),
        replace(fresh, customer_id=""),
        replace(fresh, customer_id=""),
        clean,
        clean,
        replace(more, amount=f"{float(clean.amount) / int(clean.qty) * (int(clean.qty) + 1):.2f}"),
        replace(fresh, customer_id=UNKNOWN_CUSTOMER),
        replace(fresh, sku_id=UNKNOWN_SKU),
    )[place]


@dataclass
class Dirt:
    """The first good lines of the file, for the dirty rows to be made of, and how many of these are in."""

    city: City
    clean: list[Line] = field(default_factory=list)
    planted: int = 0

    def remember(self, lines: pd.DataFrame) -> None:
        """Keep some good lines, no two of one order."""
        missing = PLANTED.rows - len(self.clean)
        if missing == 0:
            return
        good = lines[(lines["qty"] > 0) & (lines["manager_id"] >= 0) & (lines["line_no"] == 1)]
        cells: list[list[int]] = good.head(missing).to_numpy(dtype="int64").tolist()
        self.clean.extend(self.as_text(*row) for row in cells)

    def as_text(
        self, order: int, line: int, day: int, customer: int, sku: int, qty: int, cents: int, asked: int, manager: int
    ) -> Line:
        """A line as it stands in the file."""
        return Line(
            f"{order:08d}",
            str(line),
            iso(day),
            self.city.shops.id_of(customer),
            f"{sku + 1:04d}",
            str(qty),
            f"{cents / 100:.2f}",
            str(asked),
            self.city.staff.ids()[manager],
        )

    def plant(self, month: Month, files: Extracts) -> None:
        """After a month's rows the next dirty one, after the last month's all that are left."""
        if not self.clean:
            return
        final = month.index == len(self.city.plan.months) - 1
        end = PLANTED.rows if final else min(self.planted + 1, PLANTED.rows)
        dirty = [
            dirty_line(place, self.clean[place % len(self.clean)], month.label) for place in range(self.planted, end)
        ]
        files.add_lines("sales", [line.cells() for line in dirty])
        self.planted = end
