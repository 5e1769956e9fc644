"""Ranks as what they are: a stretch of places a person may hold, not a place."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui import chart

MOST_ROWS = 12
ROW_HEIGHT = 22


def rank_intervals(
    rows: pd.DataFrame,
    *,
    names: Sequence[str],
    texts: Sequence[str],
    top: int,
    last: int,
    words: tuple[str, str, str],
    title: str,
    key: str,
) -> None:
    """A bar a row from rank_low to rank_high in its `colour`, with a text at the right; the first `top` are shaded.

    At most the first MOST_ROWS rows are drawn. `words`: what the axis, the shaded part and the texts are.
    """
    rows, names, texts = rows.head(MOST_ROWS), list(names)[:MOST_ROWS], list(texts)[:MOST_ROWS]
    labels = chart.told_apart(chart.shortened(name) for name in names)
    figure = go.Figure(
        go.Bar(
            x=rows["rank_high"] - rows["rank_low"] + 0.8,
            base=rows["rank_low"] - 0.4,
            y=labels,
            orientation="h",
            marker_color=rows["colour"],
            opacity=0.8,
            hovertext=[f"{chart.safe(name)}<br>{chart.safe(text)}" for name, text in zip(names, texts, strict=True)],
            hoverinfo="text",
        )
    )
    for label, text in zip(labels, texts, strict=True):
        figure.add_annotation(x=1, xref="paper", xanchor="right", y=label, text=chart.safe(text), showarrow=False)
    figure.add_vrect(x0=0.5, x1=top + 0.5, fillcolor=chart.GREEN, opacity=0.15, line_width=0, layer="below")
    figure.add_annotation(x=top / 2 + 0.5, y=1, yref="paper", yanchor="bottom", text=words[1], showarrow=False)
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=1, yref="paper", yanchor="bottom", text=words[2], showarrow=False
    )
    step = max(1, round(last / 12))
    figure.update_xaxes(
        title=words[0],
        tickmode="array",
        tickvals=[1, *range(step + 1 if step == 1 else step, last + 1, step)],
        range=[0.4, last + 0.6 + last * 0.16],
        zeroline=False,
    )
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_layout(showlegend=False, barmode="overlay")
    chart.draw(figure, title, key, 96 + ROW_HEIGHT * max(len(rows), 4))
