"""A reliability diagram: what came true of what was expected."""

import pandas as pd
import plotly.graph_objects as go

from ui.chart import BLUE, GREY, draw


def reliability(
    rows: pd.DataFrame, *, x: str, y: str, title: str, key: str, labels: tuple[str, str], height: int = 300
) -> None:
    """Group by group the share expected and the share found, against the line on which both are equal."""
    figure = go.Figure()
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dash", "color": GREY}, hoverinfo="skip")
    figure.add_scatter(
        x=rows[x],
        y=rows[y],
        mode="lines+markers",
        line={"width": 3, "color": BLUE},
        marker={"size": 9},
        hovertext=[
            f"{labels[0]} {expected:.0%}<br>{labels[1]} {found:.0%}"
            for expected, found in zip(rows[x], rows[y], strict=True)
        ],
        hoverinfo="text",
    )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.02], title=labels[0])
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], title=labels[1])
    figure.update_layout(showlegend=False)
    draw(figure, title, key, height)
