"""Equal treatment: whether small customers get as much of their orders, and of launches, as large ones."""

from dataclasses import dataclass
from math import comb, sqrt

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
    """The group of tiers with the lowest value of a measure against that with the highest, and the customers of each.

    `difference` is the highest value − the lowest, and lies between `low` and `high` with 95 % confidence, whichever of
    the `pairs` of groups had lain furthest apart. `left_out` are the groups of tiers that have customers, but fewer
    than FEWEST.
    """

    lowest: str
    highest: str
    lowest_value: float
    highest_value: float
    lowest_customers: int
    highest_customers: int
    difference: float
    low: float
    high: float
    pairs: int
    left_out: tuple[str, ...]

    @property
    def is_beyond_chance(self) -> bool:
        """Whether chance alone would hardly make such a difference."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Treatment:
    """One measure by tiers, by area and by both, and the gap between the groups of tiers furthest apart.

    The frames have the dimension, customers, the two sums and the measure. `customers` are those behind them, with
    columns tier_band and area. `gap` is None where there are not two groups of tiers of FEWEST customers.
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
        gap=tier_gap(rows, numerator, denominator),
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
    """The highest ratio of sums − the lowest, of the groups of tiers with FEWEST customers; every measure alike.

    Customers, not cartons, are what was drawn, and a customer's cartons go together: each ratio's variance is that of a
    ratio estimator over customers (Cochran 1977, Sampling Techniques, 6.4), from which `_share_bounds` and
    `_mean_bounds` make its interval, and the two intervals make that of the difference (Newcombe 1998, method 10).
    Where every customer counts once it is Newcombe's own. The furthest of several pairs lie apart by chance more often
    than one pair named beforehand: each interval leaves out 5 % ÷ the number of pairs (Bonferroni).
    """
    known = rows[rows["tier_band"] != UNKNOWN]
    counts = known.groupby("tier_band").size().sort_index()
    parts = {str(band): known[known["tier_band"] == band] for band in counts[counts >= FEWEST].index}
    if len(parts) < 2:
        return None
    values = {band: _ratio(part, numerator, denominator) for band, part in parts.items()}
    ordered = sorted(parts, key=lambda band: (values[band], band))
    lowest, highest, pairs = ordered[0], ordered[-1], comb(len(parts), 2)
    z = float(norm.ppf(1 - (1 - CONFIDENCE) / 2 / pairs))
    bounds = _mean_bounds if denominator == "customers" else _share_bounds
    a, (a_low, a_high) = values[highest], bounds(parts[highest], numerator, denominator, z)
    b, (b_low, b_high) = values[lowest], bounds(parts[lowest], numerator, denominator, z)
    return Gap(
        lowest=lowest,
        highest=highest,
        lowest_value=b,
        highest_value=a,
        lowest_customers=len(parts[lowest]),
        highest_customers=len(parts[highest]),
        difference=a - b,
        low=a - b - sqrt((a - a_low) ** 2 + (b_high - b) ** 2),
        high=a - b + sqrt((a_high - a) ** 2 + (b - b_low) ** 2),
        pairs=pairs,
        left_out=tuple(map(str, counts[counts < FEWEST].index)),
    )


def _ratio(part: pd.DataFrame, numerator: str, denominator: str) -> float:
    return float(part[numerator].astype(float).sum() / part[denominator].astype(float).sum())


def _variance(part: pd.DataFrame, numerator: str, denominator: str) -> float:
    """Of a ratio of sums over customers."""
    top, bottom = part[numerator].astype(float), part[denominator].astype(float)
    residuals = top - _ratio(part, numerator, denominator) * bottom
    return float((residuals**2).sum()) / float(bottom.sum()) ** 2


def _share_bounds(part: pd.DataFrame, numerator: str, denominator: str, z: float) -> tuple[float, float]:
    """Wilson's bounds of a ratio between 0 and 1, with the number of independent draws that its variance is worth
    (Franco, Little, Louis and Slud 2019)."""
    share, variance = _ratio(part, numerator, denominator), _variance(part, numerator, denominator)
    worth = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else float(len(part))
    middle = (share + z**2 / (2 * worth)) / (1 + z**2 / worth)
    half = z / (1 + z**2 / worth) * sqrt(share * (1 - share) / worth + z**2 / (4 * worth**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _mean_bounds(part: pd.DataFrame, numerator: str, denominator: str, z: float) -> tuple[float, float]:
    """Bounds of a quantity a customer, by the normal distribution: it has no ceiling that Wilson's could use."""
    value, half = _ratio(part, numerator, denominator), z * sqrt(_variance(part, numerator, denominator))
    return value - half, value + half


def _grouped(rows: pd.DataFrame, by: list[str], measure: str) -> pd.DataFrame:
    """The measure as the ratio of the sums of each group."""
    numerator, denominator = MEASURES[measure]
    summed = list(dict.fromkeys(["customers", numerator, denominator]))
    grouped = rows.groupby(by, as_index=False)[summed].sum()
    return grouped.assign(**{measure: grouped[numerator] / grouped[denominator]})
