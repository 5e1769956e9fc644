"""The curves of concentration: Lorenz and Pareto, thinned so that no pixel changes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ui.chart import BLUE, GREY, ORANGE, TEXT_SIZE, draw, safe, value_axis
from ui.numbers import written
from ui.thinning import thinned
from ui.words import language

MOST_BARS = 40
"""So many can be told apart as bars; more are drawn as an area."""
SHARE_TICKS = {"tickmode": "array", "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1], "tickformat": ".0%"}
MARK_AT = (0.6, 0.88)
"""Where the words of the marked point end, as shares: above the line of equality by more than their height."""
FILL = "rgba(47,126,188,0.14)"


def lorenz(
    curve: pd.DataFrame,
    *,
    title: str,
    key: str,
    labels: tuple[str, str],
    mark: str,
    point: tuple[float, float],
    height: int = 330,
) -> None:
    """The Lorenz curve under the line of equality, with one point of it marked.

    The words stand above the line of equality, where no curve can strike them.
    """
    figure = go.Figure()
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dash", "color": GREY}, hoverinfo="skip")
    _add_curve(figure, curve)
    figure.add_scatter(
        x=[point[0]],
        y=[point[1]],
        mode="markers",
        marker={"size": 13, "color": ORANGE},
        hoverinfo="skip",
    )
    figure.add_annotation(
        text=mark,
        x=point[0],
        y=point[1],
        axref="x",
        ayref="y",
        ax=MARK_AT[0],
        ay=MARK_AT[1],
        xanchor="right",
        font={"size": TEXT_SIZE + 1},
        arrowcolor=ORANGE,
        standoff=8,
    )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.01], title=labels[0])
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], title=labels[1])
    figure.update_layout(showlegend=False)
    draw(figure, title, key, height)


def small_lorenz(
    curves: Sequence[tuple[str, pd.DataFrame]], *, title: str, key: str, columns: int = 4, row_height: int = 185
) -> None:
    """Small multiples: a Lorenz curve for each (name, curve), all on the same axes."""
    rows = -(-len(curves) // columns)
    figure = make_subplots(
        rows=rows,
        cols=columns,
        shared_xaxes=True,
        shared_yaxes=True,
        subplot_titles=[safe(name) for name, _curve in curves],
        horizontal_spacing=0.03,
        vertical_spacing=0.22 / rows,
    )
    for number, (_name, curve) in enumerate(curves):
        place = {"row": number // columns + 1, "col": number % columns + 1}
        equality = go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dot", "color": GREY}, hoverinfo="skip")
        figure.add_trace(equality, **place)
        _add_curve(figure, curve, **place)
    figure.update_xaxes(tickformat=".0%", range=[0, 1.01], tickvals=[0, 0.5, 1])
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], tickvals=[0, 0.5, 1])
    figure.update_annotations(font_size=TEXT_SIZE)
    figure.update_layout(showlegend=False)
    draw(figure, title, key, 40 + rows * row_height)


def pareto(
    ranking: pd.DataFrame, *, title: str, key: str, names: tuple[str, str], unit: str, height: int = 330
) -> None:
    """Amounts from the largest down, as bars where there are few and else as an area, and their running share."""
    figure = go.Figure()
    if len(ranking) <= MOST_BARS:
        figure.add_bar(
            x=ranking["position"],
            y=ranking["amount"],
            name=names[0],
            marker_color=BLUE,
            hovertext=_hover(ranking, unit),
            hoverinfo="text",
        )
    else:
        _add_area(figure, ranking, names[0], unit)
    line = ranking.iloc[thinned(ranking["position"], ranking["running_share"])]
    figure.add_scatter(
        x=line["position"],
        y=line["running_share"],
        name=names[1],
        yaxis="y2",
        mode="lines",
        line={"width": 3, "color": ORANGE},
        hovertemplate="%{x}: %{y:.1%}<extra></extra>",
    )
    figure.add_hline(y=0.8, yref="y2", line={"dash": "dash", "color": GREY, "width": 2})
    value_axis(figure.update_yaxes, ranking["amount"], unit, from_zero=True)
    figure.update_layout(
        yaxis2={"overlaying": "y", "side": "right", "range": [0, 1.02], "showgrid": False, **SHARE_TICKS},
        legend={"orientation": "h", "y": 1.14},
    )
    figure.update_xaxes(rangemode="tozero")
    draw(figure, title, key, height)


def _add_area(figure: go.Figure, ranking: pd.DataFrame, name: str, unit: str) -> None:
    """Each amount as a step as wide as its place."""
    edges = np.repeat(np.arange(len(ranking) + 1) + 0.5, 2)[1:-1]
    heights = np.repeat(ranking["amount"].to_numpy(dtype=float), 2)
    kept = thinned(edges, heights)
    figure.add_scatter(
        x=edges[kept],
        y=heights[kept],
        name=name,
        mode="lines",
        line={"width": 1, "color": BLUE},
        fill="tozeroy",
        hovertext=_hover(ranking.iloc[kept // 2], unit),
        hoverinfo="text",
    )


def _add_curve(figure: go.Figure, curve: pd.DataFrame, **place: int) -> None:
    kept = curve.iloc[thinned(curve["members_share"], curve["amount_share"])]
    line = go.Scatter(
        x=kept["members_share"],
        y=kept["amount_share"],
        mode="lines",
        line={"width": 4 if not place else 3, "color": BLUE},
        fill="tozeroy",
        fillcolor=FILL,
        hovertemplate="%{x:.0%} · %{y:.1%}<extra></extra>",
    )
    figure.add_trace(line, **place)


def _hover(rows: pd.DataFrame, unit: str) -> list[str]:
    return [
        f"{position:,} · {safe(name)}<br>{written(amount, unit, language())} · {share:.1%}"
        for position, name, amount, share in zip(
            rows["position"], rows["ranked_name"], rows["amount"], rows["amount_share"], strict=True
        )
    ]
