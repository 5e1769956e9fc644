"""The template of all charts: words that are read at the back of a room, and names that leave room for the picture."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ui import chart
from ui.labels import text_width
from ui.managers import score_chart


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[go.Figure]:
    """The figures that are sent to the browser."""
    figures: list[go.Figure] = []

    def kept(figure: go.Figure, **_more: Any) -> None:
        figures.append(figure)

    monkeypatch.setattr(chart.st, "plotly_chart", kept)
    return figures


def test_a_name_is_cut_by_how_wide_it_is() -> None:
    assert chart.shortened("阿不都热合曼", 6) == "阿不都热合曼"
    assert chart.shortened("阿不都热合曼江", 6) == "阿不都热合…"
    assert chart.shortened("Alexandrinos", 6) == "Alexandrinos"  # two letters are as wide as a character
    assert chart.shortened("Alexandrinos I", 6) == "Alexandrin…"
    assert chart.shortened("<b> & so on, and so on", 6) == "&lt;b&gt; &amp; so o…"  # no mark is cut in the middle


def test_names_that_look_alike_when_cut_keep_places_of_their_own() -> None:
    assert chart.told_apart(["a…", "b", "a…", "a…"]) == ["a…", "b", "a… 2", "a… 3"]


def test_words_are_of_the_themes_colour_and_large_enough(sent: list[go.Figure]) -> None:
    rows = pd.DataFrame({"name": ["A", "B"], "value": [0.2, 0.4]})
    chart.bars(rows, x="value", y="name", unit="share", title="t", key="k")
    layout = sent[0].layout
    assert {layout.font.color, layout.hoverlabel.font.color, layout.xaxis.tickfont.color} == {chart.INK}
    assert {layout.yaxis.tickfont.color, layout.xaxis.title.font.color, layout.legend.font.color} == {chart.INK}
    assert min(layout.font.size, layout.hoverlabel.font.size, layout.xaxis.tickfont.size) >= 14


def test_long_names_leave_the_bars_of_the_score_their_room(sent: list[go.Figure]) -> None:
    names = [f"阿不都热合曼·买买提依明江·{number}" for number in range(11)]
    groups = pd.DataFrame({"results": [30.0] * 11, "process": [30.0] * 11, "care": [9.0] * 11})
    total = pd.Series([69.0] * 11)
    score_chart.score_chart(groups, total, teams=["一部"] * 11, names=names, title="t", key="k")
    figure = sent[0]
    labels = figure.data[0].x[1]
    assert len(set(labels)) == 11
    number = " 10"
    assert max(text_width(label) for label in labels) <= 1050 / 11 + text_width(number)
    assert figure.layout.xaxis.tickangle == 0
    assert [text.split("<br>")[0] for text in figure.data[0].hovertext] == names
    assert (figure.layout.legend.yref, figure.layout.legend.yanchor) == ("container", "top")  # never over the bars


def test_what_is_counted_has_ticks_at_whole_numbers() -> None:
    assert chart.round_ticks(0, 10) == [0, 2.5, 5, 7.5, 10]
    assert chart.round_ticks(0, 10, whole=True) == [0, 5, 10]  # 2.5 and 7.5 visits would be written 2 and 8
    assert chart.round_ticks(0, 2, whole=True) == [0, 1, 2]
    assert chart.round_ticks(0, 100, whole=True) == [0, 25, 50, 75, 100]
