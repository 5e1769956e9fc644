"""The curves of a launch beside those of earlier ones, week by week."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from metrics.brand.launch import Launch
from ui.chart import BLUE, GREY, ORANGE, draw, safe, shortened, value_axis
from ui.numbers import written
from ui.words import _, language


def curves(launch: Launch, column: str, names: Mapping[str, str], *, title: str, key: str, height: int = 260) -> None:
    """One line a launch: this one thick, the earlier ones thin, their median dashed."""
    figure = go.Figure()
    for sku in launch.earlier:
        part = launch.curves[launch.curves["sku_id"] == sku]
        _line(figure, part, column, names.get(sku, sku), {"width": 1.5, "color": GREY}, opacity=0.7)
    if len(launch.earlier) > 1:
        _line(
            figure,
            launch.median,
            column,
            _("Median of earlier launches"),
            {"width": 3, "color": ORANGE, "dash": "dash"},
        )
    own = launch.curves[launch.curves["sku_id"] == launch.sku_id]
    _line(figure, own, column, names.get(launch.sku_id, launch.sku_id), {"width": 4, "color": BLUE})
    shown = pd.concat([launch.curves[column], launch.median[column]])
    value_axis(figure.update_yaxes, shown, "share", from_zero=True)
    figure.update_xaxes(title=_("Weeks since launch"), range=[0.5, max(8, launch.curves["launch_week"].max()) + 0.5])
    figure.update_layout(showlegend=False)
    if len(own) and pd.notna(own[column].iloc[-1]):
        figure.add_annotation(
            x=own["launch_week"].iloc[-1],
            y=own[column].iloc[-1],
            text=written(own[column].iloc[-1], "share", language()),
            showarrow=False,
            yshift=14,
            font={"size": 16, "color": BLUE},
        )
    draw(figure, title, key, height)


def _line(
    figure: go.Figure, rows: pd.DataFrame, column: str, name: str, line: dict[str, object], opacity: float = 1
) -> None:
    week_title = _("Week {week}")
    figure.add_scatter(
        x=rows["launch_week"],
        y=rows[column],
        name=shortened(name),
        mode="lines",
        line=line,
        opacity=opacity,
        hovertext=[
            f"{safe(name)}<br>{week_title.format(week=week)}: {written(value, 'share', language())}"
            for week, value in zip(rows["launch_week"], rows[column], strict=True)
        ],
        hoverinfo="text",
    )
