"""One brand or product, or the focus range: its trend, where it is distributed, and what moved it."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import metrics
from metrics import Scope
from metrics.brand.detail import TREND_MEASURES, trend
from ui import chart
from ui.brand.moved import moved_part
from ui.brand.picker import choices_of_range, narrowed_to, of_range, pick
from ui.brand.places import places_part
from ui.numbers import written
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.views import one_of
from ui.words import _, language, mid_sentence
from ui.words import pick as pick_language

OF_ANY = ("numeric_distribution",)
"""Figures that count a customer once, whichever of the products it carries: not an average of the products."""


def detail_view(scope: Scope) -> None:
    """What it is of, and one of three parts: trend, where, what moved it."""
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        pick(choices_of_range(scope), narrowed_to(scope), key="detail_of")
        part = one_of(
            "part", {"trend": _("Trend"), "where": _("Places"), "moved": _("What moved it?")}, label=_("Part")
        )
    narrowed, name = of_range(scope)
    if part == "trend":
        trend_part(narrowed, name, row)
    elif part == "where":
        places_part(narrowed, name, row)
    else:
        moved_part(narrowed, name, row)


def trend_part(scope: Scope, name: str, row: DeltaGenerator) -> None:
    """One figure, month by month or week by week; its choices go into the row."""
    with row:
        step = one_of("step", {"month": _("Month"), "week": _("Week")}, label=_("Step"))
    titles = {code: pick_language(metrics.figure(code).title) for code in TREND_MEASURES}
    measure = one_of("measure", titles, label=_("Figure"))
    rows = trend(scope, measure, step, read=read)
    figure = metrics.figure(measure)
    told = rows.dropna(subset=[measure])
    if told.empty:
        no_data(no_data_reason(measure))
        return
    chart.line(
        rows,
        x=step,
        y=measure,
        unit=figure.unit,
        title=_trend_finding(told, measure, step, name, len(read("product_list", scope))),
        key=f"detail-trend-{measure}-{step}",
        height=310,
    )
    st.caption(
        _("Whole months only, up to the last day of the period.")
        if step == "month"
        else _("Whole weeks only, Monday to Sunday, up to the last day of the period.")
    )


def _trend_finding(told: pd.DataFrame, measure: str, step: str, name: str, products: int) -> str:
    """From what to what, and when; of several products, that a customer counts who carries any of them."""
    figure = metrics.figure(measure)
    titled = mid_sentence(pick_language(figure.title))
    if measure in OF_ANY and products > 1:
        titled = _("{figure} of any of the {count} products").format(figure=titled, count=products)
    first, last = told.iloc[0], told.iloc[-1]
    return _("{name}: {figure} from {before} ({first}) to {now} ({last})").format(
        name=name,
        figure=titled,
        before=written(first[measure], figure.unit, language()),
        first=first[step],
        now=written(last[measure], figure.unit, language()),
        last=last[step],
    )
