"""The words on the cells of a heat map, which stand out from whatever colour is below them, in both themes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale, unlabel_rgb

from ui.chart import INK, LOW_TO_HIGH, TEXT_SIZE

BLACK, WHITE = "#000000", "#ffffff"


def cell_words(figure: go.Figure, heat: go.Heatmap, texts: Sequence[Sequence[str]]) -> None:
    """Put a heat map, coloured from 0 up by LOW_TO_HIGH, on the figure, and a text on each of its cells.

    A cell without a value has no colour of its own: its text has the theme's, and no line of the grid goes through it.
    """
    values = np.asarray(heat.z, dtype=float)
    highest = float(np.nanmax(values, initial=0.0)) or 1.0
    heat.update(colorscale=LOW_TO_HIGH, zmin=0, zmax=highest, showscale=False, xgap=2, ygap=2)
    figure.add_trace(heat)
    places = [(across, down) for down in range(len(heat.y)) for across in range(len(heat.x))]
    figure.add_scatter(
        x=[heat.x[across] for across, _down in places],
        y=[heat.y[down] for _across, down in places],
        mode="text",
        text=[texts[down][across] for across, down in places],
        textfont={"size": TEXT_SIZE, "color": [_on(values[down, across] / highest) for across, down in places]},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_xaxes(type="category", side="top", showgrid=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False)


def _on(share: Any) -> str:
    """The colour of words on a cell that lies so far up the scale."""
    if np.isnan(share):
        return INK
    # Black and white have 21 : 1 between them: whatever lies between, one of them has 4.5 : 1 to it.
    return WHITE if luminance(cell_colour(share)) < (1.05 * 0.05) ** 0.5 - 0.05 else BLACK


def cell_colour(share: float) -> tuple[float, ...]:
    """Red, green and blue, 0 to 255, of a cell that lies so far up the scale."""
    colour: tuple[float, ...] = unlabel_rgb(sample_colorscale(LOW_TO_HIGH, [share])[0])
    return colour


def luminance(colour: Sequence[float]) -> float:
    """The relative luminance of a colour by WCAG 2."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in colour)
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
