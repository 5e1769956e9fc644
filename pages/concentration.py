"""20/80 concentration: how much hangs on the vital few, and whether they are looked after."""

import streamlit as st

from metrics import Scope
from metrics.columns import column
from ui import chart
from ui.findings import concentration_finding
from ui.names import dimension_title, manager_names, named
from ui.numbers import written
from ui.page import no_data, section, title
from ui.reading import guarded, no_data_reason, read, read_value
from ui.scope_bar import scope_bar
from ui.table import table
from ui.tile import TREND_MONTHS, reasons, tiles
from ui.words import _, language, pick

FIGURES = ("top20_share", "customers_for_80", "gini", "hhi")
DIMENSIONS = ("area", "team", "manager_id")
KEY_CUSTOMER_COLUMNS = (
    "position",
    "customer_id",
    "customer_name",
    "area",
    "manager_name",
    "amount",
    "amount_share",
    "running_share",
    "last_manager_visit",
    "days_since_manager",
    "last_supervisor_visit",
    "days_since_supervisor",
)


def shape(scope: Scope) -> None:
    """Lorenz and Pareto: how few carry how much."""
    ranking = read("customer_ranking", scope)
    if ranking.empty:
        no_data(no_data_reason("customer_ranking"))
        return
    share = written(read_value("top20_share", scope), "share", language())
    few = written(read_value("customers_for_80", scope), "count", language())
    left, right = st.columns(2)
    with left:
        chart.lorenz(
            read("lorenz_curve", scope),
            title=_("The largest fifth of the customers makes {share} of the amount").format(share=share),
            labels=(_("Customers, smallest first"), _("Share of amount")),
            mark=_("Top 20 %: {share}").format(share=share),
            key="lorenz",
        )
    with right:
        chart.pareto(
            ranking,
            title=_("{few} of {all} customers make 80 % of it").format(few=few, all=f"{len(ranking):,}"),
            names=(_("Amount of each customer"), _("Running share")),
            key="pareto",
        )


def by_month_and_group(scope: Scope) -> None:
    """One measure of concentration as a trend, and beside it by area, team or manager."""
    with st.container(horizontal=True):
        figures = {name: pick(column(name).title) for name in FIGURES}
        figure = st.segmented_control(
            _("Figure"), FIGURES, default=FIGURES[0], required=True, format_func=figures.__getitem__, key="measure"
        )
        splits = {name: dimension_title(name) for name in DIMENSIONS}
        dimension = st.segmented_control(
            _("By"), DIMENSIONS, default="area", required=True, format_func=splits.__getitem__, key="split"
        )
    months = read(figure, scope.trailing_months(TREND_MONTHS), "month")
    groups = named(read(figure, scope, dimension), dimension, manager_names(scope))
    if groups.empty:
        no_data(no_data_reason(figure))
        return
    unit = column(figure).unit
    left, right = st.columns(2)
    with left:
        chart.line(months, x="month", y=figure, unit=unit, title=_("Is it rising?"), key="by_month", height=340)
    with right:
        chart.bars(
            groups.sort_values(figure, ascending=False, ignore_index=True),
            x=figure,
            y=dimension,
            unit=unit,
            title=_("Who hangs most on a few?"),
            key="by_group",
            height=340,
        )


def vital_few(scope: Scope) -> None:
    """The key customers with the days since somebody saw them."""
    customers = read("key_customers", scope)
    if customers.empty:
        no_data(no_data_reason("key_customers"))
        return
    section(_("When was each key customer last seen?"))
    table(customers, KEY_CUSTOMER_COLUMNS, scope=scope, key="key-customers")


scope = scope_bar()
title(_("20/80 concentration"), finding=concentration_finding(scope), about="top20_share")
with guarded():
    tiles(FIGURES, scope, columns=4)
    reasons(FIGURES, scope)
views = {_("The shape"): shape, _("By month and group"): by_month_and_group, _("The vital few"): vital_few}
for tab, draw in zip(st.tabs(list(views), on_change="rerun", key="views"), views.values(), strict=True):
    if tab.open:
        with tab, guarded():
            draw(scope)
