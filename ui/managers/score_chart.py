"""The score as a picture: a column a manager, stacked from the parts of results, process and care."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.chart import BLUE, GREEN, TEXT_SIZE, VIOLET, draw, safe, shortened, told_apart
from ui.numbers import written
from ui.words import _, language

COLOURS = {"results": BLUE, "process": GREEN, "care": VIOLET}
MOST_NUMBERED = 16
"""Up to so many columns are wide enough for the numbers of their parts."""
WIDTH, FEWEST_LETTERS, MOST_LETTERS = 950, 4, 12
"""Pixels that all columns share, and how many Chinese characters of a name stand under one."""
LOWEST_NUMBERED = 9
"""A part of fewer points is too low for its number."""


def adding_up(groups: pd.DataFrame) -> pd.DataFrame:
    """Parts to a tenth that add up to the total to a tenth; each may differ from its own rounding by a tenth."""
    sums = groups.cumsum(axis=1).round(6).map(lambda value: written(value, "tenths", "en")).astype(float)
    return sums.diff(axis=1).fillna({groups.columns[0]: sums[groups.columns[0]]})


def score_chart(
    groups: pd.DataFrame, total: "pd.Series[float]", *, teams: Sequence[str], names: Sequence[str], title: str, key: str
) -> int | None:
    """Draw parts and total of each row, neighbours of a team together; gives the row whose column was clicked."""
    titles = {"results": _("Results"), "process": _("Process"), "care": _("Care")}
    most = min(max(WIDTH / len(names) / TEXT_SIZE, FEWEST_LETTERS), MOST_LETTERS)
    across = [[shortened(team) for team in teams], told_apart(shortened(name, most) for name in names)]
    totals = [written(value, "tenths", language()) for value in total]
    shown = adding_up(groups)
    figure = go.Figure()
    for group in groups:
        texts = [written(value, "tenths", language()) for value in shown[group]]
        figure.add_bar(
            x=across,
            y=groups[group],
            name=titles[str(group)],
            marker_color=COLOURS[str(group)],
            text=[
                text if len(groups) <= MOST_NUMBERED and value >= LOWEST_NUMBERED else ""
                for text, value in zip(texts, groups[group], strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": TEXT_SIZE, "color": "white"},
            hovertext=[
                f"{safe(name)}<br>{titles[str(group)]} {text}<br>{_('Score')} {whole}"
                for name, text, whole in zip(names, texts, totals, strict=True)
            ],
            hoverinfo="text",
            unselected={"marker": {"opacity": 0.75}},
        )
    figure.add_scatter(
        x=across,
        y=total,
        text=totals,
        mode="text",
        textposition="top center",
        textfont={"size": TEXT_SIZE},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_layout(
        barmode="stack",
        uniformtext={"minsize": 12, "mode": "hide"},
        legend={"orientation": "h", "yref": "container", "y": 1, "yanchor": "top", "traceorder": "normal"},
    )
    if len(names) <= MOST_NUMBERED:
        figure.update_xaxes(tickangle=0)
    figure.update_yaxes(range=[0, 108], tickvals=[0, 25, 50, 75, 100])
    clicked = draw(figure, title, key, 300, selects=True)
    return clicked[0] if clicked else None
