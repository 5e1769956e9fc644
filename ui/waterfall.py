"""The way from one total to another, step by step, each of which may open what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.chart import BLUE, GREY, ORANGE, TEXT_SIZE, draw


@dataclass(frozen=True)
class Step:
    """A total that stands from zero, or a step up or down from what stands before it."""

    title: str
    value: float
    written: str
    is_total: bool = False


def waterfall(steps: Sequence[Step], *, title: str, key: str, height: int = 270) -> int | None:
    """Draw the steps; gives the position of the one clicked."""
    bottoms, stands = [], 0.0
    for step in steps:
        bottoms.append(0.0 if step.is_total else stands)
        stands = step.value if step.is_total else stands + step.value
    tops = [bottom + step.value for bottom, step in zip(bottoms, steps, strict=True)]
    highest, lowest = max(0.0, *bottoms, *tops), min(0.0, *bottoms, *tops)
    figure = go.Figure()
    figure.add_bar(
        x=[step.title for step in steps],
        base=bottoms,
        y=[step.value for step in steps],
        marker_color=[GREY if step.is_total else BLUE if step.value >= 0 else ORANGE for step in steps],
        hoverinfo="none",  # nothing to say, but to be clicked, which "skip" prevents
        # Nothing fades when a step is clicked: the list below says which one it is.
        unselected={"marker": {"opacity": 0.75}},
    )
    figure.add_scatter(
        x=[step.title for step in steps],
        y=[max(bottom, top) for bottom, top in zip(bottoms, tops, strict=True)],
        text=[step.written for step in steps],
        mode="text",
        textposition="top center",
        textfont={"size": TEXT_SIZE},
        hoverinfo="skip",
        cliponaxis=False,
    )
    span = (highest - lowest) or 1.0
    figure.update_yaxes(visible=False, range=[lowest - span * 0.02, highest + span * 0.14])
    figure.update_xaxes(type="category")
    figure.update_layout(showlegend=False)
    clicked = draw(figure, title, key, height, selects=True)
    return clicked[0] if clicked else None
