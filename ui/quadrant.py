"""The classic quadrant: how far each product reaches against how fast it sells, and where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui import chart
from ui.labels import LINE_HEIGHT, Box, Bubble, place_labels, text_width
from ui.numbers import is_missing, written
from ui.words import language

HEIGHT = 300
LEAST_MOVE = 0.03
"""Of the width or height that the bubbles take up."""
LARGEST = 52
"""Diameter of the largest bubble, in pixels."""
MOST_BUBBLES = 100
MOST_LABELS = 12
MOST_ARROWS = 12
"""More arrows hide the bubbles and one another."""
SMALLEST = 10
"""Diameter of the smallest bubble, in pixels."""
FEWEST_FOR_MEDIANS = 3
PLOT_WIDTH, PLOT_HEIGHT = 1050, HEIGHT - 100
"""Roughly the pixels between the axes on the screen of a notebook: enough to see labels collide."""


@dataclass(frozen=True)
class Corner:
    """What a corner of the quadrant says, and where it stands: at the right, at the top."""

    words: str
    is_right: bool
    is_top: bool


def quadrant(
    now: pd.DataFrame,
    before: pd.DataFrame,
    *,
    x: str,
    y: str,
    size: str,
    names: Sequence[str],
    units: tuple[str, str, str],
    axes: tuple[str, str],
    corners: Sequence[Corner],
    title: str,
    key: str,
) -> list[int]:
    """A bubble a row, of the MOST_ARROWS largest an arrow from where it stood before, medians as lines; gives the
    positions of those clicked.

    `now` and `before` have the same rows in the same order, of which at most the first MOST_BUBBLES are drawn, and none
    without x or y. With fewer than FEWEST_FOR_MEDIANS there are no medians worth a line.
    """
    told = now[[x, y]].notna().all(axis=1).to_numpy()
    places = [int(place) for place in np.flatnonzero(told)[:MOST_BUBBLES]]
    drawn = now.iloc[places]
    shown = [names[place] for place in places]
    figure = go.Figure(
        go.Scatter(
            x=drawn[x],
            y=drawn[y],
            mode="markers+text",
            textfont={"size": chart.TEXT_SIZE},
            cliponaxis=False,
            marker={
                "size": drawn[size].fillna(0).clip(lower=0),
                "sizemode": "area",
                "sizeref": 2 * max(float(drawn[size].max() or 0), 1.0) / LARGEST**2,
                "sizemin": SMALLEST / 2,
                "color": chart.BLUE,
                "opacity": 0.75,
            },
            hovertext=[_told(row, name, (x, y, size), units) for row, name in zip(_records(drawn), shown, strict=True)],
            hoverinfo="text",
        )
    )
    spans = (_span(drawn[x]), _span(drawn[y]))
    for place in drawn[size].fillna(0).astype(float).to_numpy().argsort(kind="stable")[::-1][:MOST_ARROWS]:
        _arrow(figure, drawn.iloc[place], before.iloc[places[place]], (x, y), spans)
    both = pd.concat([drawn[[x, y]], before[[x, y]].iloc[places].dropna()])
    chart.value_axis(figure.update_xaxes, _with_room(both[x]), units[0])
    chart.value_axis(figure.update_yaxes, _with_room(both[y]), units[1])
    figure.update_xaxes(title=axes[0])
    figure.update_yaxes(title=axes[1])
    has_medians = len(drawn) >= FEWEST_FOR_MEDIANS
    _label(figure, drawn, x, y, size, shown, corners if has_medians else ())
    if has_medians:
        _medians(figure, drawn, x, y, corners)
    figure.update_layout(showlegend=False)
    behind = drawn.assign(name=shown)[["name", size, x, y]]
    clicked = chart.draw(figure, title, key, HEIGHT, selects=True, behind=behind)
    return [places[point] for point in clicked if point < len(places)]


def _label(
    figure: go.Figure,
    drawn: pd.DataFrame,
    x: str,
    y: str,
    size: str,
    names: Sequence[str],
    corners: Sequence[Corner],
) -> None:
    """Write the names for which there is room; the rest is told on hover. With corners there are median lines."""
    x_range, y_range = figure.layout.xaxis.range, figure.layout.yaxis.range
    across = (drawn[x].astype(float).to_numpy() - x_range[0]) / (x_range[1] - x_range[0]) * PLOT_WIDTH
    up = (drawn[y].astype(float).to_numpy() - y_range[0]) / (y_range[1] - y_range[0]) * PLOT_HEIGHT
    largest = max(float(drawn[size].max() or 0), 1.0)
    radii = np.sqrt(drawn[size].fillna(0).clip(lower=0).astype(float).to_numpy() / largest) * LARGEST / 2
    bubbles = [
        Bubble(float(left), float(height), max(float(radius), SMALLEST / 2), chart.shortened(name, 7))
        for left, height, radius, name in zip(across, up, radii, names, strict=True)
    ]
    taken = [Box(PLOT_WIDTH, -HEIGHT, 2 * PLOT_WIDTH, 2 * HEIGHT)]  # beyond the right edge a name is cut off
    lines: list[Box] = []
    if corners:
        middle, level = float(np.median(across)), float(np.median(up))
        lines = [Box(middle, -HEIGHT, middle, HEIGHT), Box(0, level, PLOT_WIDTH, level)]
    for corner in corners:
        wide = text_width(corner.words)
        left = PLOT_WIDTH - wide if corner.is_right else 0.0
        bottom = float(PLOT_HEIGHT) if corner.is_top else 0.0
        taken.append(Box(left, bottom, left + wide, bottom + LINE_HEIGHT))
    placed = place_labels(bubbles, taken, most=MOST_LABELS, lines=lines)
    figure.update_traces(
        text=[bubble.name if position else "" for bubble, position in zip(bubbles, placed, strict=True)],
        textposition=[position or "top center" for position in placed],
    )


def _medians(figure: go.Figure, drawn: pd.DataFrame, x: str, y: str, corners: Sequence[Corner]) -> None:
    line = {"dash": "dash", "color": chart.GREY, "width": 1.5}
    figure.add_vline(x=float(drawn[x].median()), line=line)
    figure.add_hline(y=float(drawn[y].median()), line=line)
    for corner in corners:
        figure.add_annotation(
            text=corner.words,
            x=1.0 if corner.is_right else 0.0,
            y=1.0 if corner.is_top else 0.0,
            xref="paper",
            yref="paper",
            xanchor="right" if corner.is_right else "left",
            yanchor="bottom",
            yshift=4 if corner.is_top else 2,
            showarrow=False,
            font={"size": chart.TEXT_SIZE},
        )


def _arrow(
    figure: go.Figure,
    now: "pd.Series[float]",
    before: "pd.Series[float]",
    axes: tuple[str, str],
    spans: tuple[float, float],
) -> None:
    """Where a bubble came from; a move shorter than its arrowhead is none that can be seen."""
    x, y = axes
    if is_missing(before[x]) or is_missing(before[y]):
        return
    if all(abs(now[axis] - before[axis]) < LEAST_MOVE * span for axis, span in zip(axes, spans, strict=True)):
        return
    figure.add_annotation(
        x=now[x],
        y=now[y],
        ax=before[x],
        ay=before[y],
        axref="x",
        ayref="y",
        showarrow=True,
        arrowhead=2,
        arrowsize=1.2,
        arrowwidth=1.5,
        arrowcolor=chart.ORANGE,
        text="",
    )


def _span(values: "pd.Series[float]") -> float:
    return float(values.max() - values.min()) or 1.0


def _with_room(values: "pd.Series[float]") -> "pd.Series[float]":
    """The values, and nought beside a single one: an axis around it alone would run beyond what a share can be."""
    return pd.concat([values, pd.Series([0.0])]) if values.nunique() == 1 else values


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _told(row: dict[str, object], name: str, columns: tuple[str, str, str], units: tuple[str, str, str]) -> str:
    numbers = [written(row[column], unit, language()) for column, unit in zip(columns, units, strict=True)]
    return "<br>".join([chart.safe(name), " · ".join(numbers)])
