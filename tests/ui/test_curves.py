"""The curves of concentration as they are sent to a browser."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from metrics.concentration.shape import first_fifth_point, lorenz
from ui.concentration import curves

CUSTOMERS = 200_000
MOST_POINTS = 1_500


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[go.Figure]:
    """The figures that would be sent."""
    figures: list[go.Figure] = []

    def draw(figure: go.Figure, *_rest: Any) -> None:
        figures.append(figure)

    monkeypatch.setattr(curves, "draw", draw)
    monkeypatch.setattr(curves, "language", lambda: "en")
    monkeypatch.setattr("ui.chart.language", lambda: "en")
    return figures


def ranking(amounts: "np.ndarray[Any, Any]") -> pd.DataFrame:
    """Rows as the figure `ranking` gives them."""
    descending = np.sort(amounts)[::-1]
    names = [f"C{number}" for number in range(len(amounts))]
    return pd.DataFrame(
        {
            "ranked_id": names,
            "ranked_name": names,
            "position": np.arange(1, len(amounts) + 1),
            "amount": descending,
            "amount_share": descending / descending.sum(),
            "running_share": np.cumsum(descending) / descending.sum(),
        }
    )


def points(figure: go.Figure) -> int:
    """How many points all traces of a figure have."""
    return sum(len(trace.x) for trace in figure.data)


def test_two_hundred_thousand_customers_send_few_points(sent: list[go.Figure]) -> None:
    rows = ranking(np.random.default_rng(5).lognormal(8, 1.4, CUSTOMERS))
    curves.lorenz(lorenz(rows), title="", key="", labels=("", ""), mark="", point=(0.8, 0.3))
    curves.pareto(rows, title="", key="", names=("", ""), unit="money")
    assert [points(figure) < MOST_POINTS for figure in sent] == [True, True]


def test_the_pareto_area_begins_and_ends_with_the_largest_and_the_smallest(sent: list[go.Figure]) -> None:
    rows = ranking(np.random.default_rng(5).lognormal(8, 1.4, CUSTOMERS))
    curves.pareto(rows, title="", key="", names=("", ""), unit="money")
    area, line = sent[0].data
    assert (area.x[0], area.x[-1]) == (0.5, CUSTOMERS + 0.5)
    assert (area.y[0], area.y[-1]) == (rows["amount"].max(), rows["amount"].min())
    assert line.y[-1] == pytest.approx(1)
    assert "C0" in area.hovertext[0]


def test_few_are_drawn_as_bars_and_every_one_is_there(sent: list[go.Figure]) -> None:
    curves.pareto(ranking(np.array([5.0, 3.0, 2.0])), title="", key="", names=("", ""), unit="money")
    bars, line = sent[0].data
    assert list(bars.y) == [5, 3, 2]
    assert list(line.y) == pytest.approx([0.5, 0.8, 1])


@pytest.mark.parametrize(
    ("amounts", "share", "others"), [((60, 20, 10, 6, 4), 0.6, 4 / 5), ((60, 20, 8, 6, 4, 2), 0.8, 4 / 6)]
)
def test_the_point_of_the_largest_fifth_lies_on_the_curve(
    sent: list[go.Figure], amounts: tuple[float, ...], share: float, others: float
) -> None:
    rows = ranking(np.array(amounts, dtype=float))
    point = first_fifth_point(len(amounts), share)
    curves.lorenz(lorenz(rows), title="", key="", labels=("", ""), mark="", point=point)
    _equality, curve, mark = sent[0].data
    assert mark.x[0] == pytest.approx(others)
    assert np.interp(mark.x[0], curve.x, curve.y) == pytest.approx(mark.y[0])


def test_a_name_is_no_markup(sent: list[go.Figure]) -> None:
    rows = ranking(np.array([5.0, 3.0]))
    rows["ranked_name"] = "<b>x</b><a href='http://evil'>"
    curves.pareto(rows, title="", key="", names=("", ""), unit="money")
    curves.small_lorenz([("<img src=x>", lorenz(rows))], title="", key="")
    assert "<b>" not in sent[0].data[0].hovertext[0] and "<a" not in sent[0].data[0].hovertext[0]
    assert "<img" not in sent[1].layout.annotations[0].text
