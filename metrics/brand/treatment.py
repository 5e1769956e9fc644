"""Equal treatment: whether small customers get as much of their orders, and of launches, as large ones."""

from dataclasses import dataclass
from math import sqrt

import pandas as pd
from scipy.stats import norm

from metrics.scope import UNKNOWN, Scope, months_before
from metrics.scorecard import Read

MEASURES = {
    "fill_rate": ("delivered", "ordered"),
    "launch_fill_rate": ("delivered", "ordered"),
    "supplied_share": ("supplied_products", "eligible_products"),
    "qty_per_customer": ("qty", "customers"),
}
"""Each measure is the ratio of two sums over customers."""
CONFIDENCE = 0.95
FEWEST = 20
"""Customers that a group of tiers must have before it is compared."""
LAUNCH_MONTHS = 12


@dataclass(frozen=True)
class Gap:
    """A share among the lowest tiers against the highest, with the customers behind each.

    `difference` is the highest tiers' share − the lowest's, and lies between `low` and `high` with 95 % confidence.
    `left_out` are the groups of tiers that have customers, but fewer than FEWEST.
    """

    lowest: str
    highest: str
    lowest_share: float
    highest_share: float
    lowest_customers: int
    highest_customers: int
    difference: float
    low: float
    high: float
    left_out: tuple[str, ...]

    @property
    def is_beyond_chance(self) -> bool:
        """Whether chance alone would hardly make such a difference."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Treatment:
    """One measure by tiers, by area and by both, and the gap between the lowest and the highest tiers.

    The frames have the dimension, customers, the two sums and the measure. `customers` are those behind them, with
    columns tier_band and area. `gap` is None for quantities, which large customers take more of by nature, and where
    there are not two groups of tiers of FEWEST customers.
    """

    by_tier: pd.DataFrame
    by_area: pd.DataFrame
    cells: pd.DataFrame
    customers: pd.DataFrame
    gap: Gap | None


def treatment(scope: Scope, measure: str, skus: tuple[str, ...], *, read: Read) -> Treatment:
    """One of the MEASURES in scope: the fill rate over all its products, the others over the given ones."""
    if measure == "fill_rate":
        rows = read("fill_rate", scope, ("tier_band", "area", "customer_id"))
    else:
        rows = read("allocation_list", scope.narrow(sku=skus), ())
    numerator, denominator = MEASURES[measure]
    rows = rows.assign(customers=1)
    rows = rows[rows[denominator] > 0]
    rows = rows.assign(**{measure: rows[numerator] / rows[denominator]})
    return Treatment(
        by_tier=_grouped(rows, ["tier_band"], measure),
        by_area=_grouped(rows, ["area"], measure),
        cells=_grouped(rows, ["tier_band", "area"], measure),
        customers=rows.reset_index(drop=True),
        gap=None if measure == "qty_per_customer" else tier_gap(rows, numerator, denominator),
    )


def allocated_skus(products: pd.DataFrame, scope: Scope) -> tuple[tuple[str, ...], str]:
    """Whose allocation is looked at, of the rows of `product_list`, and why: 'named' by the scope, else 'launched'
    within the LAUNCH_MONTHS up to the last day, else 'focus'."""
    if scope.names_products:
        return tuple(products["sku_id"]), "named"
    launched = pd.to_datetime(products["launched_on"])
    since, until = pd.Timestamp(months_before(scope.to_date, LAUNCH_MONTHS)), pd.Timestamp(scope.to_date)
    recent = tuple(products.loc[(launched > since) & (launched <= until), "sku_id"])
    return (recent, "launched") if recent else (tuple(products.loc[products["focus"], "sku_id"]), "focus")


def tier_gap(rows: pd.DataFrame, numerator: str, denominator: str) -> Gap | None:
    """The ratio of sums among the highest tiers − that among the lowest, of the groups with FEWEST customers or more.

    Customers, not cartons, are what was drawn, and a customer's cartons go together: each ratio's variance is that of a
    ratio estimator over customers (Cochran 1977, Sampling Techniques, 6.4). It gives the number of independent draws
    that the ratio is worth, with which Wilson's interval is built (Franco, Little, Louis and Slud 2019), and the two
    make that of the difference (Newcombe 1998, method 10). Where every customer counts once it is Newcombe's own.
    """
    known = rows[rows["tier_band"] != UNKNOWN]
    counts = known.groupby("tier_band").size().sort_index()
    large_enough = counts[counts >= FEWEST].index
    if len(large_enough) < 2:
        return None
    lowest, highest = large_enough[0], large_enough[-1]
    low_part, high_part = (known[known["tier_band"] == band] for band in (lowest, highest))
    a, a_low, a_high = _interval(high_part, numerator, denominator)
    b, b_low, b_high = _interval(low_part, numerator, denominator)
    return Gap(
        lowest=str(lowest),
        highest=str(highest),
        lowest_share=b,
        highest_share=a,
        lowest_customers=len(low_part),
        highest_customers=len(high_part),
        difference=a - b,
        low=a - b - sqrt((a - a_low) ** 2 + (b_high - b) ** 2),
        high=a - b + sqrt((a_high - a) ** 2 + (b - b_low) ** 2),
        left_out=tuple(map(str, counts[counts < FEWEST].index)),
    )


def _interval(part: pd.DataFrame, numerator: str, denominator: str) -> tuple[float, float, float]:
    """A ratio of sums between 0 and 1 over customers, and Wilson's bounds with its effective number of draws."""
    top, bottom, count = part[numerator].astype(float), part[denominator].astype(float), len(part)
    share = float(top.sum() / bottom.sum())
    residuals = top - share * bottom
    variance = float((residuals**2).sum()) / float(bottom.sum()) ** 2
    worth = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else float(count)
    z = float(norm.ppf((1 + CONFIDENCE) / 2))
    middle = (share + z**2 / (2 * worth)) / (1 + z**2 / worth)
    half = z / (1 + z**2 / worth) * sqrt(share * (1 - share) / worth + z**2 / (4 * worth**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)


def _grouped(rows: pd.DataFrame, by: list[str], measure: str) -> pd.DataFrame:
    """The measure as the ratio of the sums of each group."""
    numerator, denominator = MEASURES[measure]
    summed = list(dict.fromkeys(["customers", numerator, denominator]))
    grouped = rows.groupby(by, as_index=False)[summed].sum()
    return grouped.assign(**{measure: grouped[numerator] / grouped[denominator]})
