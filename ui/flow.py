"""The flow chart: how many went from each place before, on the left, to each place now, on the right."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.chart import TEXT_SIZE, draw
from ui.labels import text_width

FAINT = 0.35
PAD, THICKNESS = 18, 16
OUTERMOST = (0.001, 0.999)
"""Plotly takes a place of 0 or 1 for none given."""
CHART_WIDTH = 540
"""Of half a page on a screen of 1280."""
BESIDE = THICKNESS / 2 + 6
Names = Mapping[str, str]


def flow(
    flows: pd.DataFrame,
    places: Sequence[str],
    titles: Names,
    colours: Names,
    *,
    title: str,
    key: str,
    height: int,
) -> None:
    """Draw `flows`, with columns before, now and members, as wide as there are members.

    `places` are in the order from top to bottom; each has a title and a colour. One that nobody is in is left out.
    """
    counts = [flows.groupby(side)["members"].sum() for side in ("before", "now")]
    nodes = [(side, place) for side in (0, 1) for place in places if counts[side].get(place, 0)]
    middles = [_middles([counts[side][place] for each, place in nodes if each == side], height) for side in (0, 1)]
    heights = [*middles[0], *middles[1]]
    labels = [f"{titles[place]} {counts[side][place]:,}" for side, place in nodes]
    room = _room(labels)
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "x": [OUTERMOST[side] for side, _place in nodes],
                "y": heights,
                "customdata": [titles[place] for _side, place in nodes],
                "color": [colours[place] for _side, place in nodes],
                "pad": PAD,
                "thickness": THICKNESS,
                "line": {"width": 0},
                "hovertemplate": "%{customdata}: %{value:,}<extra></extra>",
            },
            link={
                "source": [nodes.index((0, place)) for place in flows["before"]],
                "target": [nodes.index((1, place)) for place in flows["now"]],
                "value": flows["members"],
                "color": [_faint(colours[place]) for place in flows["before"]],
                "hovertemplate": "%{source.customdata} → %{target.customdata}: %{value:,}<extra></extra>",
            },
            domain={"x": [room, 1 - room]},
        )
    )
    for (side, _place), middle, label in zip(nodes, heights, labels, strict=True):
        # Beside the nodes: Plotly's own labels lie upon the flows, which strike them.
        figure.add_annotation(
            text=label,
            x=room if side == 0 else 1 - room,
            xanchor="right" if side == 0 else "left",
            y=1 - middle,
            yanchor="middle",
            xshift=BESIDE * (-1 if side == 0 else 1),
            xref="paper",
            yref="paper",
            showarrow=False,
            font={"size": TEXT_SIZE},
        )
    draw(figure, title, key, height)


def _room(labels: Sequence[str]) -> float:
    """How much of the width is left on each side for the widest label."""
    widest = max((text_width(label) for label in labels), default=0.0)
    return (widest + BESIDE) / CHART_WIDTH


def _middles(counts: Sequence[int], height: int) -> list[float]:
    """How far down the middle of each node is, as a share of the height, with a pad between each two."""
    pad = PAD / (height - 36)
    room = 1 - pad * (len(counts) - 1)
    reached = [sum(counts[:number]) for number in range(len(counts))]
    return [
        pad * number + room * (before + count / 2) / sum(counts)
        for number, (before, count) in enumerate(zip(reached, counts, strict=True))
    ]


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{FAINT})"
