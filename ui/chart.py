"""The charts: one template for both themes, figures written by ui.numbers, a title that says what is seen."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from ui.clicks import clicked, widget_key
from ui.numbers import written, written_apart
from ui.page import section
from ui.recording import record_chart
from ui.words import language, own_words

BLUE, ORANGE, GREEN, PINK, VIOLET, GREY = "#2f7ebc", "#e08a00", "#0b9b78", "#c45a8f", "#6a6fc1", "#8a8f98"
SERIES = (BLUE, ORANGE, GREEN, PINK, VIOLET, GREY)
LOW_TO_HIGH = [[0, "#f4ecd8"], [0.5, "#7fb3d5"], [1, "#1b4f8a"]]
TEXT_SIZE = 14
LIMIT_ROOM = 0.2
INK = str(GRAY_90)
"""The colour of text: Streamlit's placeholder, which the browser makes dark or light by the theme."""
QUIET = {"displayModeBar": False, "responsive": True}


def line(
    rows: pd.DataFrame,
    *,
    x: str,
    y: str,
    unit: str,
    title: str,
    colour: str | None = None,
    key: str,
    height: int = 300,
    from_zero: bool = False,
) -> None:
    """A trend, one line for each value of `colour`. `from_zero`: lines are compared by their heights."""
    figure = go.Figure()
    groups = [("", rows)] if colour is None else list(rows.groupby(colour, sort=False))
    for number, (name, part) in enumerate(groups):
        figure.add_scatter(
            x=part[x],
            y=part[y],
            name=str(name),
            mode="lines+markers",
            line={"width": 3, "color": SERIES[number % len(SERIES)]},
            marker={"size": 7},
            hovertext=_hover(part, x, y, unit, str(name)),
            hoverinfo="text",
        )
    value_axis(figure.update_yaxes, rows[y], unit, from_zero=from_zero)
    figure.update_xaxes(type="category", nticks=13)
    figure.update_layout(showlegend=colour is not None, legend={"orientation": "h", "y": 1.12})
    shown = [x, y] if colour is None else [x, colour, y]
    draw(figure, title, key, height, behind=rows[shown], unit=unit)


def bars(
    rows: pd.DataFrame,
    *,
    x: str,
    y: str,
    unit: str,
    title: str,
    key: str,
    reference: float | None = None,
    is_limit: bool = False,
    height: int = 300,
    room: float = 0.1,
) -> list[int]:
    """Horizontal bars in the order of the rows, with an optional reference line; gives the rows clicked.

    Bars below the reference stand out, or those above it where it is a limit. `room`: how much of the width is left for
    the number beside the longest bar.
    """
    beyond = [reference is not None and (value > reference if is_limit else value < reference) for value in rows[x]]
    figure = go.Figure(
        go.Bar(
            x=rows[x],
            y=rows[y].astype(str),
            orientation="h",
            marker_color=[ORANGE if low else BLUE for low in beyond],
            text=None if is_limit else [written(value, unit, language()) for value in rows[x]],
            textposition="outside",
            textfont={"size": TEXT_SIZE},
            cliponaxis=False,
            hovertext=_hover(rows, y, x, unit),
            hoverinfo="text",
        )
    )
    reach = pd.concat([rows[x], pd.Series([reference])]) if is_limit else rows[x]
    value_axis(figure.update_xaxes, reach, unit, from_zero=True, room=LIMIT_ROOM if is_limit else room)
    if is_limit and reference is not None:
        _numbers_at_the_edge(figure, rows, x, y, reference)
    figure.update_yaxes(type="category", autorange="reversed")
    if reference is not None:
        figure.add_vline(x=reference, line={"dash": "dash", "color": GREY, "width": 2})
    return draw(figure, title, key, height, selects=True, behind=rows[[y, x]], unit=unit)


def _numbers_at_the_edge(figure: go.Figure, rows: pd.DataFrame, x: str, y: str, limit: float) -> None:
    """The shares in a column right of all bars, where the line of the limit can strike none."""
    for name, value in zip(rows[y].astype(str), rows[x], strict=True):
        figure.add_annotation(
            x=1, xref="paper", xanchor="right", y=name, text=written_apart(value, limit), showarrow=False
        )


def draw(
    figure: go.Figure,
    title: str,
    key: str,
    height: int,
    *,
    selects: bool = False,
    behind: pd.DataFrame | None = None,
    unit: str = "",
) -> list[int]:
    """Put the chart on the page under its title; gives the positions of the points selected.

    `behind`: the rows that it draws, to be taken away with it; the last column is of the unit, if one is given.
    """
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        font={"size": TEXT_SIZE},
        legend_font={"size": TEXT_SIZE},
        hoverlabel={"font": {"size": TEXT_SIZE}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        bargap=0.25,
    )
    figure.update_xaxes(automargin=True, fixedrange=True, tickfont={"size": TEXT_SIZE})
    figure.update_yaxes(automargin=True, fixedrange=True, tickfont={"size": TEXT_SIZE})
    record_chart(figure, title, key, behind, unit)
    _ink(figure)
    # The pin makes the title's row higher than the title: the narrow gap makes up for it.
    with st.container(gap="xxsmall"):
        section(title, pin=key)
        if not selects:
            st.plotly_chart(figure, key=key, config=QUIET, alt=title)
            return []
        st.plotly_chart(
            figure, key=widget_key(key), config=QUIET, on_select="rerun", selection_mode="points", alt=title
        )
    return [int(point) for point in clicked(key, "point_indices")]


def _ink(figure: go.Figure) -> None:
    """All words in the theme's own colour of text: its axes' grey is too faint at the back of a room."""
    figure.update_layout(font_color=INK, legend_font_color=INK, hoverlabel_font_color=INK)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont_color=INK, title_font={"color": INK, "size": TEXT_SIZE})


def value_axis(update: Any, values: "pd.Series[Any]", unit: str, *, from_zero: bool = False, room: float = 0.1) -> None:
    """Ticks at round values, written as everywhere else."""
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    low, high = (float(numbers.min()), float(numbers.max())) if len(numbers) else (0.0, 1.0)
    low = min(0.0, low) if from_zero or (low >= 0 and low < high / 2) else low
    ticks = round_ticks(low, high, whole=unit in ("count", "days"))
    update(
        tickmode="array",
        tickvals=ticks,
        ticktext=[_tick(tick, unit) for tick in ticks],
        range=[ticks[0], high + (high - ticks[0]) * room] if from_zero else [ticks[0], ticks[-1] * 1.02],
    )


def round_ticks(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """About `count` round values that cover low to high; whole ones for what is counted."""
    span = (high - low) or abs(high) or 1.0
    rough = span / (count - 1)
    power = 10 ** np.floor(np.log10(rough))
    steps = [float(power * factor) for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999]
    step = next((step for step in steps if not whole or step == int(step)), 1.0)
    first = int(np.floor(low / step + 1e-9))
    last = int(np.ceil(high / step - 1e-9))
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _tick(value: float, unit: str) -> str:
    if unit in ("share", "change"):
        return f"{value:.0%}" if abs(value * 100 - round(value * 100)) < 1e-6 else f"{value:.1%}"
    return re.sub(r"\.0+(?!\d)", "", written(value, unit, language()))


def _hover(rows: pd.DataFrame, label: str, value: str, unit: str, series: str = "") -> list[str]:
    return [
        "<br>".join(part for part in (safe(series), safe(name), written(number, unit, language())) if part)
        for name, number in zip(rows[label], rows[value], strict=True)
    ]


def safe(text: object) -> str:
    """Data as text in a chart, whose labels read a little HTML."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: object, most: float = 12) -> str:
    """A name short enough for an axis, safe as above: at most so many Chinese characters, or twice as many letters."""
    plain = own_words(str(text))
    if _width(plain) <= most:
        return safe(plain)
    kept = plain
    while kept and _width(kept) > most - 1:
        kept = kept[:-1]
    return f"{safe(kept.rstrip())}…"


def told_apart(labels: Iterable[str]) -> list[str]:
    """Labels of an axis, each a place of its own: those that came before are numbered."""
    seen: Counter[str] = Counter()
    found = []
    for label in labels:
        seen[label] += 1
        found.append(label if seen[label] == 1 else f"{label} {seen[label]}")
    return found


def _width(text: str) -> float:
    """In Chinese characters, of which a letter is half a one."""
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.5 for letter in text)
