"""Where a brand or product is distributed, and the customers behind each place."""

from zlib import crc32

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics import Scope
from metrics.brand.detail import PLACES, places
from metrics.scope import UNKNOWN
from ui import chart
from ui.brand.behind import customers_behind
from ui.cells import cells
from ui.names import manager_names, named
from ui.numbers import written
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.views import one_of
from ui.words import _, language, plain

MOST_BARS = 16
CONDITIONS = {"manager_id": "manager"}
"""What a scope calls a dimension, where it is not by its own name."""


def places_part(scope: Scope, name: str, row: DeltaGenerator) -> None:
    """Numeric distribution by area and tiers, by channel or by manager; a click on a place lists its customers."""
    titles = {"area": _("Areas and tiers"), "channel": _("Channels"), "manager_id": _("Managers")}
    with row:
        across = one_of("across", titles, label=_("Across"))
    rows = places(scope, across, read=read)
    if rows.empty:
        no_data(no_data_reason("numeric_distribution"))
        return
    key = f"where-{across}-{crc32(repr(scope).encode())}"
    title = _("{name}: where is it distributed, and where is it missing?").format(name=name)
    place = _area_cells(rows, title, key) if across == "area" else _bars(rows, across, scope, title, key)
    if place is None:
        st.caption(_("Click a place for its customers: those that carry it and those that don't."))
        return
    conditions = {
        "manager" if condition == "manager_id" else condition: str(place[condition]) for condition in PLACES[across]
    }
    shown = " · ".join(plain(_said(value)) for value in _titles(conditions, scope))
    customers_behind(scope.narrow(**conditions), shown, key=f"{key}-list")


def _area_cells(rows: pd.DataFrame, title: str, key: str) -> "pd.Series | None":
    shown = rows.assign(**{column: [_said(value) for value in rows[column]] for column in ("area", "tier_band")})
    clicked = cells(
        shown,
        x="tier_band",
        y="area",
        z="numeric_distribution",
        unit="share",
        hover=_counts(rows),
        title=title,
        key=key,
    )
    return None if clicked is None else rows.iloc[clicked]


def _bars(rows: pd.DataFrame, across: str, scope: Scope, title: str, key: str) -> "pd.Series | None":
    """The places where it reaches least first, at most so many as can be read."""
    rows = rows.sort_values(["numeric_distribution", across], ignore_index=True).head(MOST_BARS)
    shown = named(rows, across, manager_names(scope)) if across == "manager_id" else rows
    labels = [f"{_said(place)} · {counts}" for place, counts in zip(shown[across], _counts(rows), strict=True)]
    clicked = chart.bars(
        rows.assign(place=labels),
        x="numeric_distribution",
        y="place",
        unit="share",
        title=title,
        key=key,
        height=60 + 26 * max(3, len(rows)),
    )
    if len(rows) == MOST_BARS:
        st.caption(_("The {count} where it reaches least.").format(count=MOST_BARS))
    return rows.iloc[clicked[0]] if clicked and clicked[0] < len(rows) else None


def _counts(rows: pd.DataFrame) -> list[str]:
    return [
        _("{handlers} of {eligible}").format(
            handlers=written(handlers, "count", language()), eligible=written(eligible, "count", language())
        )
        for handlers, eligible in zip(rows["handlers"], rows["eligible"], strict=True)
    ]


def _titles(conditions: dict[str, str], scope: Scope) -> list[str]:
    names = manager_names(scope) if "manager" in conditions else {}
    return [names.get(value, value) for value in conditions.values()]


def _said(value: str) -> str:
    return _("unknown") if value == UNKNOWN else str(value)
