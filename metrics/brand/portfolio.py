"""A portfolio: products, brands, makers or price classes side by side, each against a period before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.columns import column
from metrics.scope import PRODUCT_CONDITIONS, Scope
from metrics.scorecard import Read, Request

LEVELS = {"focus": "sku_id", "sku": "sku_id", "brand": "brand", "maker": "maker", "price_class": "price_class"}
"""What a row may be, and the dimension that tells rows apart."""
VERSUS = ("previous", "last_year")
"""What rows are compared with: the period of the same length just before, or the same days a year earlier."""
MEASURES = (
    "numeric_distribution",
    "weighted_distribution",
    "repeat_rate",
    "on_shelf_rate",
    "sell_through",
    "velocity",
    "fill_rate",
    "amount",
    "class_share",
    "distribution_attainment",
)
"""Columns that are compared."""
MONTHS = 13
EVEN_POINTS = 0.02
"""A weighted distribution this near to the numeric one says nothing of the size of the shops."""
OF_PORTFOLIO = ("handlers", "handlers_amount", "numeric_distribution", "weighted_distribution")
"""Columns that count nought where nobody carries a product, whether or not it was on sale."""
FIGURES = {
    "portfolio": (),
    "distribution_attainment": ("distribution_target", "distribution_attainment"),
    "on_shelf_rate": ("on_shelf", "checked", "on_shelf_rate"),
    "sell_through": ("sell_through",),
}
"""Figures that make up a row, with the columns taken; none named: all. The dearest come first."""


@dataclass(frozen=True)
class Portfolio:
    """Rows in order of amount, the largest first, and the same rows in the period compared with.

    `rows` has the dimension, the columns of the figure portfolio, on_shelf, checked, on_shelf_rate, sell_through,
    distribution_target, distribution_attainment, targeted and products (how many of its products have a target, and
    how many there are), distribution_difference (weighted − numeric), reach (its word: 'small' where the product is
    stronger in small shops, 'big' where in big ones, 'even'), class_share, for each of MEASURES its NAME_change, and
    trend, a list of the numeric distribution of the last thirteen whole months. `before` has the same without changes
    and trend. No data is NaN; before its launch a product has none, rather than a distribution of nought.
    """

    scope: Scope
    dimension: str
    rows: pd.DataFrame
    before: pd.DataFrame


def portfolio(scope: Scope, level: str, versus: str, *, read: Read) -> Portfolio:
    """The portfolio of a scope at one of LEVELS, compared with one of VERSUS. No product: no rows."""
    dimension = LEVELS[level]
    narrowed = at_level(scope, level, read=read)
    if narrowed is None:
        return Portfolio(scope, dimension, pd.DataFrame(), pd.DataFrame())
    products = read("product_list", scope, ())
    products = products[products["sku_id"].isin(narrowed.sku)] if narrowed.sku else products
    now, before = (_rows(period, dimension, products, read) for period in (narrowed, _compared(narrowed, versus)))
    now = now.sort_values(["amount", dimension], ascending=[False, True], ignore_index=True)
    before = now[[dimension]].merge(before, on=dimension, how="left")
    changes = {
        f"{name}_change": now[name] - before[name]
        if column(name).unit == "share"
        else now[name] / before[name].where(before[name] > 0) - 1
        for name in MEASURES
    }
    trend = _trends(read("distribution_by_month", narrowed.trailing_months(MONTHS), (dimension,)), dimension)
    now = now.assign(**changes, trend=pd.Series([trend.get(row, []) for row in now[dimension]], dtype=object))
    return Portfolio(narrowed, dimension, now, before)


def at_level(scope: Scope, level: str, *, read: Read) -> Scope | None:
    """The scope of a portfolio's rows: as it is, or its focus products if these are asked for; None if it has none."""
    if level != "focus":
        return scope
    products = read("product_list", scope, ())
    focus = tuple(products.loc[products["focus"], "sku_id"])
    return scope.narrow(sku=focus) if focus else None


def requests(scope: Scope, level: str, versus: str) -> Iterator[Request]:
    """What `portfolio` reads of a scope that is at its level already, so that a screen may work it out side by side."""
    by, periods = (LEVELS[level],), (scope, _compared(scope, versus))
    yield from ((name, period, by) for name in FIGURES for period in periods)
    yield from (("distribution_attainment", period, ("sku_id",)) for period in periods if by != ("sku_id",))
    yield "distribution_by_month", scope.trailing_months(MONTHS), by
    yield from (("amount", _all_products(period), ("price_class",)) for period in periods)


def _compared(scope: Scope, versus: str) -> Scope:
    return scope.previous() if versus == "previous" else scope.last_year()


def _all_products(scope: Scope) -> Scope:
    return scope.narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ()))


def _rows(scope: Scope, dimension: str, products: pd.DataFrame, read: Read) -> pd.DataFrame:
    found = {name: read(name, scope, (dimension,)).set_index(dimension) for name in FIGURES}
    rows = pd.concat([found[name][list(columns) or found[name].columns] for name, columns in FIGURES.items()], axis=1)
    rows = rows.join(_targeted(scope, dimension, products, read)).astype(float)
    rows = rows[rows.index.isin(products[dimension])].rename_axis(dimension).reset_index()
    rows.loc[~_on_sale(rows, dimension, products, scope.to_date), list(OF_PORTFOLIO)] = np.nan
    rows["distribution_difference"] = rows["weighted_distribution"] - rows["numeric_distribution"]
    rows["reach"] = [
        _reach(points) if reached > 0 else None
        for points, reached in zip(rows["distribution_difference"], rows["numeric_distribution"], strict=True)
    ]
    classes = read("amount", _all_products(scope), ("price_class",)).set_index("price_class")["amount"].astype(float)
    rows["class_share"] = rows["amount"] / _class_amounts(rows[dimension], dimension, products, classes)
    return rows


def _on_sale(rows: pd.DataFrame, dimension: str, products: pd.DataFrame, last: date) -> "pd.Series[bool]":
    """Whether one of a row's products was launched by the last day, has no day of launch, or was sold all the same."""
    is_launched = ~(pd.to_datetime(products["launched_on"]) > pd.Timestamp(last))
    return rows[dimension].isin(products.loc[is_launched, dimension]) | rows["qty"].notna()


def _targeted(scope: Scope, dimension: str, products: pd.DataFrame, read: Read) -> pd.DataFrame:
    """How many products a row has, and how many of them have a target: targets are set product by product."""
    with_target = read("distribution_attainment", scope, ("sku_id",))["sku_id"]
    told = pd.DataFrame({dimension: products[dimension], "targeted": products["sku_id"].isin(with_target)})
    return pd.DataFrame(told.groupby(dimension)["targeted"].agg(targeted="sum", products="size"))


def _reach(points: float) -> str | None:
    if pd.isna(points):
        return None
    return "even" if abs(points) < EVEN_POINTS else "big" if points > 0 else "small"


def _class_amounts(
    groups: "pd.Series[str]", dimension: str, products: pd.DataFrame, classes: "pd.Series[float]"
) -> "pd.Series[float]":
    """What all products of the price classes that a row sells in made; of a price class, what all products made."""
    if dimension == "price_class":
        return pd.Series(classes.sum(), index=groups.index)
    pairs = products[[dimension, "price_class"]].drop_duplicates()
    made = pairs.assign(amount=pairs["price_class"].map(classes)).groupby(dimension)["amount"].sum()
    return groups.map(made[made > 0]).astype(float)


def _trends(months: pd.DataFrame, dimension: str) -> dict[str, list[float]]:
    return {str(name): values for name, values in months.groupby(dimension)["numeric_distribution"].agg(list).items()}
