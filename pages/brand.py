"""Brand cultivation 品牌培育: how far the products reach, and who should carry them and doesn't."""

import streamlit as st

from metrics.scorecard import scorecard
from ui import chart
from ui.findings import brand_finding
from ui.names import dimension_title, named, names_of
from ui.page import no_data, section, title
from ui.reading import guarded, no_data_reason, read
from ui.scope_bar import scope_bar
from ui.table import table
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
GAP_COLUMNS = (
    "sku_name",
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

scope = scope_bar()
products = read("product_list", scope)
has_focus = bool(products["focus"].any())
title(_("Brand cultivation"), finding=brand_finding(scope), about="numeric_distribution")
with st.container(horizontal=True):
    level = st.segmented_control(
        _("Rows"),
        ("focus", "brand") if has_focus else ("brand",),
        default="focus" if has_focus else "brand",
        required=True,
        format_func=lambda name: {"focus": _("Focus products"), "brand": _("Brands")}[name],
        label_visibility="collapsed",
    )
    across = st.segmented_control(
        _("Across"),
        ("area", "team", "manager_id"),
        default="area",
        required=True,
        format_func=dimension_title,
        label_visibility="collapsed",
    )
dimension = "brand" if level == "brand" else "sku_id"
if level == "focus" and not scope.sku:
    scope = scope.narrow(sku=tuple(products.loc[products["focus"], "sku_id"]))
names = names_of("sku", products) if dimension == "sku_id" else {}

with guarded():
    rows = scorecard(FIGURES, scope, dimension, read=read)
    if rows.empty:
        no_data(no_data_reason("numeric_distribution"))
    else:
        rows = rows.sort_values("amount", ascending=False, ignore_index=True)
        picture, trend, doors = st.tabs([_("Reach"), _("Trend"), _("Doors to knock on")])
        with picture:
            spread = named(read("numeric_distribution", scope, (dimension, across)), dimension, names)
            spread = named(spread, across, names_of("manager", read("manager_list", scope)))
            section(_("Which products reach far, and do they come back?"))
            clicked = table(
                named(rows, dimension, names),
                (dimension, *FIGURES),
                scope=scope,
                key="portfolio",
                titles={dimension: _("Product") if dimension == "sku_id" else _("Brand")},
                rows_shown=8,
                selects=True,
            )
            chart.heatmap(
                spread,
                x=across,
                y=dimension,
                z="numeric_distribution",
                counts=("handlers", "eligible"),
                unit="share",
                title=_("Where is the distribution, and where is it missing?"),
                key="spread",
            )
        chosen = (
            scope
            if clicked is None
            else scope.narrow(**{dimension.removesuffix("_id"): str(rows[dimension].iloc[clicked])})
        )
        with trend:
            months = named(
                read("numeric_distribution", chosen.trailing_months(TREND_MONTHS), (dimension, "month")),
                dimension,
                names,
            )
            leading = list(named(rows, dimension, names)[dimension][:6])
            chart.line(
                months if clicked is not None else months[months[dimension].isin(leading)],
                x="month",
                y="numeric_distribution",
                unit="share",
                colour=dimension,
                title=_("Is the numeric distribution growing?"),
                key="trend",
                height=380,
            )
        with doors:
            gaps = read("distribution_gaps", chosen)
            section(_("Who should carry it and doesn't, largest first?"))
            if gaps.empty:
                no_data(no_data_reason("distribution_gaps"))
            else:
                table(gaps, GAP_COLUMNS, scope=chosen, key="doors", rows_shown=12)
