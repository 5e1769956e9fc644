"""Brand cultivation 品牌培育: how far the products reach, and who should carry them and doesn't."""

import streamlit as st

from metrics.scorecard import scorecard
from ui import chart
from ui.brand_change import change_view
from ui.findings import brand_finding
from ui.names import dimension_title, manager_names, named, names_of
from ui.page import no_data, section, title
from ui.reading import guarded, no_data_reason, read
from ui.scope_bar import scope_bar
from ui.table import selected_row, table
from ui.tile import TREND_MONTHS
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
GAP_COLUMNS = (
    "customer_id",
    "customer_name",
    "area",
    "channel",
    "tier",
    "manager_name",
    "amount",
    "last_bought",
    "last_manager_visit",
)
MOST_DRAWN = 12
MOST_LINES = 6

scope = scope_bar()
title(_("Brand cultivation"), finding=brand_finding(scope), about="numeric_distribution")
products = read("product_list", scope)
# A scope that names products shows these, whether they are focus products or not.
listed = tuple(products["sku_id"] if scope.sku else products.loc[products["focus"], "sku_id"])
with st.container(horizontal=True):
    products_title = _("Product") if scope.sku else _("Focus products")
    levels = {"sku": products_title, "brand": _("Brands")} if listed else {"brand": _("Brands")}
    level = st.segmented_control(
        _("Rows"), list(levels), default=next(iter(levels)), required=True, format_func=levels.__getitem__, key="level"
    )
    splits = {name: dimension_title(name) for name in DIMENSIONS}
    across = st.segmented_control(
        _("Across"), DIMENSIONS, default="area", required=True, format_func=splits.__getitem__, key="across"
    )
dimension = "sku_id" if level == "sku" else "brand"
names = names_of("sku", products) if level == "sku" else {}
if level == "sku":
    scope = scope.narrow(sku=listed)

with guarded():
    rows = scorecard(FIGURES, scope, dimension, read=read)
    rows = rows.sort_values("amount", ascending=False, ignore_index=True)
    if rows.empty:
        no_data(no_data_reason("numeric_distribution"))
        st.stop()
    clicked = selected_row("portfolio", rows)
    leading = tuple(rows[dimension].head(MOST_DRAWN)) if clicked is None else (str(rows[dimension].iloc[clicked]),)
    drawn = scope.narrow(**{level: leading})
    reach, trend, moved, doors = st.tabs(
        [_("Reach"), _("Trend"), _("What moved it?"), _("Doors to knock on")], on_change="rerun", key="views"
    )
    if reach.open:
        with reach:
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
    if trend.open:
        with trend:
            lines = scope.narrow(**{level: leading[:MOST_LINES]}).trailing_months(TREND_MONTHS)
            chart.line(
                named(read("numeric_distribution", lines, (dimension, "month")), dimension, names),
                x="month",
                y="numeric_distribution",
                unit="share",
                colour=dimension,
                title=_("Is the numeric distribution growing?"),
                key="trend",
                height=340,
            )
    if moved.open:
        with moved:
            change_view(scope if clicked is None else drawn)
    if doors.open:
        with doors:
            gaps = named(read("distribution_gaps", drawn, dimension), dimension, names)
            section(_("Who should carry it and doesn't, largest first?"))
            if gaps.empty:
                no_data(no_data_reason("distribution_gaps"))
            else:
                gaps = gaps.sort_values(["amount", "customer_id"], ascending=[False, True], ignore_index=True)
                table(gaps, (dimension, *GAP_COLUMNS), scope=drawn, key="doors", titles={dimension: levels[level]})
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
