"""The quadrant: axes within what its values can be, and what is written and drawn of many bubbles."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ui import chart
from ui.quadrant import quadrant


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[go.Figure]:
    """Every figure that is drawn."""
    figures: list[go.Figure] = []

    def draw(figure: go.Figure, *_words: Any, **_rest: Any) -> list[int]:
        figures.append(figure)
        return []

    monkeypatch.setattr(chart, "draw", draw)
    return figures


def show(now: pd.DataFrame, before: pd.DataFrame | None = None) -> None:
    """A quadrant of rows with reach, speed and size."""
    quadrant(
        now,
        now if before is None else before,
        x="reach",
        y="speed",
        size="size",
        names=[f"No. {number}" for number in range(len(now))],
        units=("share", "rate", "money"),
        axes=("Reach", "Speed"),
        corners=(),
        title="",
        key="quadrant",
    )


def test_a_share_of_all_stands_on_an_axis_that_ends_with_all(drawn: list[go.Figure]) -> None:
    show(pd.DataFrame({"reach": [1.0], "speed": [2.0], "size": [5.0]}))
    axis = drawn[0].layout.xaxis
    assert axis.tickvals[0] == 0 and axis.tickvals[-1] == pytest.approx(1)
    assert axis.range[1] < 1.05


def arrows(figure: go.Figure) -> set[float]:
    """Where arrows end."""
    return {note.x for note in figure.layout.annotations if note.showarrow}


def test_of_many_bubbles_the_twelve_largest_have_an_arrow(drawn: list[go.Figure]) -> None:
    now = pd.DataFrame({"reach": [number / 100 for number in range(30)], "speed": 2.0, "size": range(30)})
    show(now, now.assign(reach=now["reach"] + 0.2))
    assert arrows(drawn[0]) == {number / 100 for number in range(18, 30)}
    show(now.head(8), now.head(8).assign(reach=0.5))
    assert len(arrows(drawn[1])) == 8


def test_the_arrow_of_a_bubble_begins_where_that_bubble_stood(drawn: list[go.Figure]) -> None:
    now = pd.DataFrame({"reach": [None, 0.2, 0.4], "speed": 2.0, "size": [9.0, 1.0, 2.0]}).astype(float)
    before = now.assign(reach=[0.9, 0.5, 0.6])
    show(now, before)
    assert {note.x: note.ax for note in drawn[0].layout.annotations if note.showarrow} == {0.2: 0.5, 0.4: 0.6}


def test_a_name_at_the_right_edge_stands_within_the_plot(drawn: list[go.Figure]) -> None:
    show(pd.DataFrame({"reach": [1.0, 1.0], "speed": [2.0, 9.0], "size": [5.0, 5.0]}))
    trace = drawn[0].data[0]
    assert list(trace.text) == ["No. 0", "No. 1"]
    assert all(position.endswith("left") for position in trace.textposition)
