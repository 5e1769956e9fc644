"""Balance: visits against sales by decile, and how evenly each manager serves the customers."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from metrics import Scope
from ui import chart
from ui.chart import BLUE, ORANGE, TEXT_SIZE, draw, value_axis
from ui.names import manager_names, named
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.table import table
from ui.views import one_of
from ui.words import _, language

COLUMNS = (
    "decile",
    "customers",
    "amount",
    "amount_share",
    "visits",
    "visits_share",
    "visits_per_customer",
    "visited_share",
)
MANAGER_COLUMNS = ("manager_id", "service_gini", "customers", "visits")
MOST_DRAWN = 12
SMALL_FROM = 6
"""The smaller half begins with this decile."""


def balance_view(scope: Scope) -> None:
    """Two pictures side by side, and the deciles as a table."""
    deciles = read("service_by_decile", scope)
    if deciles.empty:
        no_data(no_data_reason("service_by_decile"))
        return
    left, right = st.columns([55, 45])
    with left:
        _shares(deciles)
    managers = named(read("service_gini", scope, "manager_id"), "manager_id", manager_names(scope))
    managers = managers.sort_values("service_gini", ascending=False, kind="stable", ignore_index=True)
    with right:
        _managers(managers)
    small = deciles[deciles["decile"] >= SMALL_FROM]
    section(_smaller_half(small))
    listed = one_of("list", {"deciles": _("Tenths of the customers"), "managers": _("Managers")}, label=_("List"))
    if listed == "deciles":
        table(deciles, COLUMNS, scope=scope, key="balance", rows_shown=10)
    else:
        titles = {"manager_id": _("Manager")}
        table(managers, MANAGER_COLUMNS, scope=scope, key="balance-all", titles=titles, rows_shown=10)
    st.caption(
        _(
            "The licensed base in ten equal parts by net amount; visits of each customer's own manager. "
            "Balance: Gini index of the visits per customer, 0 where all are visited alike."
        )
    )


def _smaller_half(small: pd.DataFrame) -> str:
    """How many of the smaller half were visited, where there are customers enough for one."""
    customers = small["customers"].sum()
    if not customers:
        return _("Too few customers for a smaller half")
    visited = (small["visited_share"] * small["customers"]).sum() / customers
    return _("Of the smaller half of the customers {visited} were visited at least once").format(
        visited=written(visited, "share", language())
    )


def _shares(deciles: pd.DataFrame) -> None:
    """A pair of bars for each decile: its share of the amount and of the visits."""
    figure = go.Figure()
    for name, words, colour in (
        ("amount_share", _("Share of amount"), BLUE),
        ("visits_share", _("Share of visits"), ORANGE),
    ):
        texts = [written(value, "share", language()) for value in deciles[name]]
        figure.add_bar(
            x=deciles["decile"].astype(str),
            y=deciles[name],
            name=words,
            marker_color=colour,
            hovertext=[f"{words}<br>{text}" for text in texts],
            hoverinfo="text",
        )
    both = pd.concat([deciles["amount_share"], deciles["visits_share"]])
    value_axis(figure.update_yaxes, both, "share", from_zero=True)
    figure.update_xaxes(type="category", title=_("Tenths of the customers, largest first"), title_font_size=TEXT_SIZE)
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": 1.14})
    largest = deciles.iloc[0]
    draw(
        figure,
        _("The largest tenth: {amount} of the amount, {visits} of the visits").format(
            amount=written(largest["amount_share"], "share", language()),
            visits=written(largest["visits_share"], "share", language()),
        ),
        "balance-deciles",
        330,
    )


def _managers(managers: pd.DataFrame) -> None:
    """The managers whose visits are spread least evenly."""
    if managers.empty:
        no_data(no_data_reason("service_gini"))
        return
    chart.bars(
        managers.head(MOST_DRAWN),
        x="service_gini",
        y="manager_id",
        unit="index",
        title=_("Who visits some much more than others?"),
        key="balance-managers",
        height=330,
    )
