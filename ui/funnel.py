"""The funnel plot: a dot a manager, the more to the right the more stands behind it, between the limits of chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui import chart
from ui.labels import LINE_HEIGHT, Box, Bubble, label_box, place_labels, text_width

Numbers = NDArray[np.float64]
HEIGHT = 320
PLOT_WIDTH, PLOT_HEIGHT = 1050, HEIGHT - 100
"""Roughly the pixels between the axes on the screen of a notebook: enough to see labels collide."""
MOST_LABELS = 14
MOST_NAMED = 12
"""Of so many dots all are named for which there is any room at all."""
STEPS = 120
DOT = 12


@dataclass(frozen=True)
class Limit:
    """A pair of lines: its words, how it is dashed, and the heights of the lower and the upper one, step by step."""

    words: str
    dash: str
    heights: tuple[Numbers, Numbers]


def steps(points: pd.DataFrame) -> Numbers:
    """Where along the axis of looks the limits are worked out."""
    counted = points["looks"]
    return np.linspace(max(float(counted.min()) * 0.5, 1.0), float(counted.max()) * 1.06, STEPS)


def funnel(
    points: pd.DataFrame,
    *,
    limits: tuple[Limit, Limit],
    middle: tuple[str, float],
    names: Sequence[str],
    hover: Sequence[str],
    unit: str,
    axes: tuple[str, str],
    title: str,
    key: str,
) -> list[int]:
    """A dot a row of `points` at (looks, adjusted), with a stem to shrunk_adjusted; gives the positions clicked.

    `colour` and `is_outside` of each row say how it is drawn; dots outside are named first. `limits`: the inner and the
    outer pair, over `steps(points)`. `middle`: words and height of the line of all together. `hover` is plain text.
    """
    figure = go.Figure()
    across = steps(points)
    _axes(figure, points, limits, unit, axes, across)
    lines, words = _lines(figure, limits, middle, across)
    for x, top, foot, colour in zip(
        *(points[name] for name in ("looks", "adjusted", "shrunk_adjusted", "colour")), strict=True
    ):
        figure.add_scatter(
            x=[x, x], y=[top, foot], mode="lines", line={"color": colour, "width": 2}, opacity=0.55, hoverinfo="skip"
        )
        # No name may stand on a stem.
        words.append(_stretch(_pixels(figure, float(x), float(top)), _pixels(figure, float(x), float(foot))))
    figure.add_scatter(
        x=points["looks"],
        y=points["adjusted"],
        mode="markers+text",
        marker={"size": DOT, "color": points["colour"]},
        textfont={"size": chart.TEXT_SIZE},
        cliponaxis=False,
        hovertext=[chart.safe(text).replace("\n", "<br>") for text in hover],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    _name(figure, points, names, lines, words)
    figure.update_layout(showlegend=False)
    clicked = chart.draw(figure, title, key, HEIGHT, selects=True)
    return [place for place in clicked if place < len(points)]


def _axes(
    figure: go.Figure,
    points: pd.DataFrame,
    limits: tuple[Limit, Limit],
    unit: str,
    axes: tuple[str, str],
    across: Numbers,
) -> None:
    """Both axes; the limits are seen from the median of the looks on, further left they may leave the plot."""
    seen = [points["adjusted"], points["shrunk_adjusted"]]
    half = int(np.searchsorted(across, float(points["looks"].median())))
    seen += [pd.Series([float(heights[min(half, STEPS - 1)])]) for heights in limits[1].heights]
    chart.value_axis(figure.update_yaxes, pd.concat(seen), unit)
    ticks = chart.round_ticks(0.0, float(across[-1]))
    figure.update_xaxes(
        title=axes[0],
        tickmode="array",
        tickvals=ticks,
        ticktext=[f"{tick:,.0f}" for tick in ticks],
        range=[0, float(across[-1]) * 1.08],
    )
    figure.update_yaxes(title=axes[1])


def _lines(
    figure: go.Figure, limits: tuple[Limit, Limit], middle: tuple[str, float], across: Numbers
) -> tuple[list[Box], list[Box]]:
    """Draw the limits and the middle and say what each is; gives the room that the lines take, and the words."""
    for line in limits:
        for heights in line.heights:
            figure.add_scatter(
                x=across,
                y=heights,
                mode="lines",
                line={"color": chart.GREY, "width": 1.5, "dash": line.dash},
                hoverinfo="skip",
            )
    figure.add_hline(y=middle[1], line={"color": chart.GREY, "width": 1})
    end = float(across[-1])
    inner, outer = limits
    words = [
        _say(figure, middle[0], 0.0, middle[1], "bottom", 0),
        _say(figure, inner.words, end, float(inner.heights[1][-1]), "top", 8),
        _say(figure, outer.words, end, float(outer.heights[1][-1]), "bottom", -8),
    ]
    lines = []
    for heights in (*inner.heights, *outer.heights, np.full_like(across, middle[1])):
        path = [_pixels(figure, float(x), float(y)) for x, y in zip(across, heights, strict=True)]
        lines += [_stretch(start, stop) for start, stop in pairwise(path)]
    return lines, words


def _stretch(start: tuple[float, float], stop: tuple[float, float]) -> Box:
    """The room of a piece of a line, rising or falling."""
    return Box(start[0], min(start[1], stop[1]), stop[0], max(start[1], stop[1]))


def _say(figure: go.Figure, text: str, x: float, y: float, anchor: str, shift: int) -> Box:
    """Words right of a point, above or below its height; gives the room that they take."""
    figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xanchor="left",
        yanchor=anchor,
        xshift=4,
        yshift=shift,
        showarrow=False,
        font={"size": chart.TEXT_SIZE},
    )
    left, up = _pixels(figure, x, y)
    return Box(left, up - LINE_HEIGHT, left + text_width(text), up + LINE_HEIGHT)


def _pixels(figure: go.Figure, x: float, y: float) -> tuple[float, float]:
    across, up = figure.layout.xaxis.range, figure.layout.yaxis.range
    return (
        (x - across[0]) / (across[1] - across[0]) * PLOT_WIDTH,
        (y - up[0]) / (up[1] - up[0]) * PLOT_HEIGHT,
    )


def _name(
    figure: go.Figure, points: pd.DataFrame, names: Sequence[str], lines: Sequence[Box], words: Sequence[Box]
) -> None:
    """Write the names for which there is room, the rest is told on hover.

    First those outside the limits, across a line only where there is no other place; then the others, who touch one
    only where all are few enough to be named.
    """
    columns = (points[name] for name in ("looks", "adjusted"))
    bubbles = [
        Bubble(*_pixels(figure, float(x), float(y)), DOT / 2, chart.shortened(name, 7))
        for x, y, name in zip(*columns, names, strict=True)
    ]
    placed = [""] * len(bubbles)
    taken = list(words)
    passes = [(True, lines), (True, ()), (False, lines)]
    for is_outside, also in [*passes, (False, ())] if len(bubbles) <= MOST_NAMED else passes:
        own = [
            place
            for place, outside in enumerate(points["is_outside"])
            if bool(outside) == is_outside and not placed[place]
        ]
        others = [bubble.box for place, bubble in enumerate(bubbles) if place not in own]
        positions = place_labels([bubbles[place] for place in own], [*taken, *also, *others], most=MOST_LABELS)
        for place, position in zip(own, positions, strict=True):
            placed[place] = position
            if position:
                taken.append(label_box(bubbles[place], position))
    figure.update_traces(
        text=[bubble.name if position else "" for bubble, position in zip(bubbles, placed, strict=True)],
        textposition=[position or "top center" for position in placed],
        selector={"mode": "markers+text"},
    )
