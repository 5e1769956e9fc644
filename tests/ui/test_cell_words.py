"""Words on heat maps: readable on every colour of the scale, in both themes."""

import json

import numpy as np
import plotly.graph_objects as go
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from meeting.exports.chart_data import chart_table
from ui.cell_words import cell_colour, cell_words, luminance


def test_every_colour_of_the_scale_has_words_with_a_contrast_of_four_and_a_half() -> None:
    shares = np.linspace(0, 1, 101)
    heat = go.Heatmap(x=[f"{share:.2f}" for share in shares], y=["a"], z=[shares])
    figure = go.Figure()
    cell_words(figure, heat, [["x"] * len(shares)])
    for share, words in zip(shares, figure.data[1].textfont.color, strict=True):
        light = {"#000000": 0.0, "#ffffff": 1.0}[words]
        below = luminance(cell_colour(share))
        assert (max(light, below) + 0.05) / (min(light, below) + 0.05) >= 4.5


def test_a_cell_without_a_value_has_words_of_the_theme_and_no_grid_through_them() -> None:
    figure = go.Figure()
    cell_words(figure, go.Heatmap(x=["a", "b"], y=["c"], z=[[np.nan, 0.0]]), [["—", "0.0%"]])
    assert list(figure.data[1].textfont.color) == [GRAY_90, "#000000"]
    assert figure.layout.xaxis.showgrid is False and figure.layout.yaxis.showgrid is False


def test_luminance_is_that_of_wcag() -> None:
    assert luminance((255, 255, 255)) == 1
    assert luminance((0, 0, 0)) == 0
    assert round(luminance((255, 0, 0)), 4) == 0.2126
    assert round(luminance((119, 119, 119)), 3) == 0.184  # the grey that just fails on white, 4.48 : 1


def test_what_is_taken_away_has_each_cell_once() -> None:
    figure = go.Figure()
    cell_words(figure, go.Heatmap(x=["a", "b"], y=["c"], z=[[0.25, 0.5]]), [["25.0%", "50.0%"]])
    assert chart_table(json.loads(figure.to_json())).rows == (("a", "c", 0.25), ("b", "c", 0.5))
