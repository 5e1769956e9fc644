"""A heat map whose cells can be clicked."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui.cell_words import cell_words
from ui.chart import draw, safe, shortened
from ui.numbers import written
from ui.words import _, language

MOST_ROWS = 16
ROW_HEIGHT = 24


def cells(
    rows: pd.DataFrame, *, x: str, y: str, z: str, unit: str, hover: list[str], title: str, key: str
) -> int | None:
    """A cell a row, coloured and labelled by `z`; gives the position of the row whose cell was clicked.

    `hover`: what each cell says when pointed at, as plain text.
    """
    values = rows.pivot(index=y, columns=x, values=z)
    values = values.reindex(index=rows[y].unique(), columns=sorted(rows[x].unique(), key=_last_if_unknown))
    texts = values.map(lambda value: written(value, unit, language()))
    across, down = [shortened(name) for name in values.columns], [shortened(name) for name in values.index]
    figure = go.Figure()
    heat = go.Heatmap(x=across, y=down, z=values.to_numpy(dtype=float), hoverinfo="skip")
    cell_words(figure, heat, texts.to_numpy().tolist())
    # A heat map cannot be clicked in Plotly: an unseen mark on each cell can.
    figure.add_scatter(
        x=[shortened(name) for name in rows[x]],
        y=[shortened(name) for name in rows[y]],
        mode="markers",
        marker={"symbol": "square", "size": ROW_HEIGHT, "color": "rgba(0,0,0,0)"},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[
            f"{safe(down_name)} · {safe(across_name)}<br>{safe(text)}"
            for down_name, across_name, text in zip(rows[y], rows[x], hover, strict=True)
        ],
        hoverinfo="text",
    )
    figure.update_layout(showlegend=False)
    height = 70 + ROW_HEIGHT * int(np.clip(len(values), 4, MOST_ROWS))
    clicked = draw(figure, title, key, height, selects=True)
    if values.isna().any(axis=None):
        st.caption(_("Cell —: nobody and nothing of that kind is there to work the figure out of."))
    return clicked[0] if clicked and clicked[0] < len(rows) else None


def _last_if_unknown(name: str) -> tuple[bool, str]:
    return not name[:1].isdigit(), name
