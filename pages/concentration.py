"""20/80 concentration: how much hangs on the vital few, and whether they are looked after."""

import streamlit as st

from metrics.columns import column
from ui import chart
from ui.findings import concentration_finding
from ui.names import dimension_title, named, names_of
from ui.numbers import written
from ui.page import no_data, section, title
from ui.reading import guarded, no_data_reason, read, read_value
from ui.scope_bar import scope_bar
from ui.table import table
from ui.tile import TREND_MONTHS, reasons, tiles
from ui.words import _, language, pick

FIGURES = ("top20_share", "customers_for_80", "gini", "hhi")
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

scope = scope_bar()
title(_("20/80 concentration"), finding=concentration_finding(scope), about="top20_share")
with guarded():
    tiles(FIGURES, scope, columns=4)
    reasons(FIGURES, scope)

shape, split, vital_few = st.tabs([_("The shape"), _("By month and group"), _("The vital few")])
with shape, guarded():
    ranking = read("customer_ranking", scope)
    if ranking.empty:
        no_data(no_data_reason("customer_ranking"))
    else:
        share = written(read_value("top20_share", scope), "share", language())
        with st.container(horizontal=True):
            with st.container():
                chart.lorenz(
                    read("lorenz_curve", scope),
                    title=_("The largest fifth of the customers makes {share} of the amount").format(share=share),
                    labels=(_("Customers, smallest first"), _("Share of amount")),
                    mark=_("Top 20 %: {share}").format(share=share),
                    key="lorenz",
                )
            with st.container():
                few = written(read_value("customers_for_80", scope), "count", language())
                chart.pareto(
                    ranking,
                    title=_("{few} of {all} customers make 80 % of it").format(few=few, all=f"{len(ranking):,}"),
                    names=(_("Amount of each customer"), _("Running share")),
                    key="pareto",
                )

with split, guarded():
    with st.container(horizontal=True):
        figure = st.segmented_control(
            _("Figure"),
            FIGURES,
            default="top20_share",
            required=True,
            format_func=lambda name: pick(column(name).title),
        )
        dimension = st.segmented_control(
            _("By"),
            ("area", "team", "manager_id"),
            default="area",
            required=True,
            format_func=dimension_title,
        )
    months = read(figure, scope.trailing_months(TREND_MONTHS), "month")
    groups = read(figure, scope, dimension).sort_values(figure, ascending=False)
    groups = named(groups, dimension, names_of("manager", read("manager_list", scope)))
    if groups.empty:
        no_data(no_data_reason(figure))
    else:
        with st.container(horizontal=True):
            with st.container():
                chart.line(
                    months, x="month", y=figure, unit=column(figure).unit, title=_("Is it rising?"), key="by_month"
                )
            with st.container():
                chart.bars(
                    groups,
                    x=figure,
                    y=dimension,
                    unit=column(figure).unit,
                    title=_("Who hangs most on a few?"),
                    key="by_group",
                )

with vital_few, guarded():
    customers = read("key_customers", scope)
    if customers.empty:
        no_data(no_data_reason("key_customers"))
    else:
        section(_("When was each key customer last seen?"))
        table(customers, KEY_CUSTOMER_COLUMNS, scope=scope, key="key-customers")
