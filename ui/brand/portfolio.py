"""Portfolio: the products side by side, and where they are distributed."""

import streamlit as st

from metrics import Scope
from metrics.scorecard import scorecard
from ui import chart
from ui.names import dimension_title, manager_names, named, names_of
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.table import selected_row, table
from ui.views import one_of
from ui.words import _

FIGURES = (
    "numeric_distribution",
    "weighted_distribution",
    "repeat_rate",
    "on_shelf_rate",
    "velocity",
    "fill_rate",
    "amount",
)
DIMENSIONS = ("area", "team", "manager_id")
MOST_DRAWN = 12


def portfolio_view(scope: Scope) -> None:
    """A row a product or brand; a click on one narrows the picture above."""
    products = read("product_list", scope)
    # A scope that names products shows these, whether they are focus products or not.
    listed = tuple(products["sku_id"] if scope.sku else products.loc[products["focus"], "sku_id"])
    products_title = _("Product") if scope.sku else _("Focus products")
    with st.container(horizontal=True):
        levels = {"sku": products_title, "brand": _("Brands")} if listed else {"brand": _("Brands")}
        level = one_of("level", levels, label=_("Rows"))
        across = one_of("across", {name: dimension_title(name) for name in DIMENSIONS}, label=_("Across"))
    dimension = "sku_id" if level == "sku" else "brand"
    names = names_of("sku", products) if level == "sku" else {}
    if level == "sku":
        scope = scope.narrow(sku=listed)
    rows = scorecard(FIGURES, scope, dimension, read=read)
    rows = rows.sort_values("amount", ascending=False, ignore_index=True)
    if rows.empty:
        no_data(no_data_reason("numeric_distribution"))
        return
    clicked = selected_row("portfolio", rows)
    leading = tuple(rows[dimension].head(MOST_DRAWN)) if clicked is None else (str(rows[dimension].iloc[clicked]),)
    drawn = scope.narrow(**{level: leading})
    spread = named(read("numeric_distribution", drawn, (dimension, across)), dimension, names)
    chart.heatmap(
        named(spread, across, manager_names(scope)),
        x=across,
        y=dimension,
        z="numeric_distribution",
        counts=("handlers", "eligible"),
        unit="share",
        title=_("Where is the distribution, and where is it missing?"),
        key="spread",
    )
    section(_("Which products reach far, and do they come back? A click narrows what is above."))
    table(
        named(rows, dimension, names),
        (dimension, *FIGURES),
        scope=scope,
        key="portfolio",
        titles={dimension: levels[level]},
        rows_shown=12,
        selects=True,
    )
