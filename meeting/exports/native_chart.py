"""Charts that a presentation can edit: what Plotly draws as bars, lines, points or bubbles, in the presentation's own.

A presentation knows no picture of two kinds in one, no heat map and no flow: of these there is none here, and the data
stands in a table instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)

from meeting.exports.chart_data import categories, names_places, plain_text
from meeting.exports.chart_look import fill, leave_out_of_legend, look, rgb, write_label

MOST_LABELS = 30
SIDES = {
    "left": XL_LABEL_POSITION.LEFT,
    "right": XL_LABEL_POSITION.RIGHT,
    "top": XL_LABEL_POSITION.ABOVE,
    "bottom": XL_LABEL_POSITION.BELOW,
}
"""By the words that Plotly has for where a text stands at its point."""


@dataclass(frozen=True)
class Series:
    """A series of a Plotly chart as plain lists."""

    name: str
    x: list[Any]
    y: list[Any]
    base: list[float] | None
    sizes: list[float] | None
    texts: list[str] | None
    sides: list[str]
    colours: list[str] | None
    mode: str
    is_bar: bool
    is_across: bool


def add_native_chart(shapes: Any, figure: Mapping[str, Any], box: Sequence[int]) -> Any:
    """Put a chart into the box (left, top, width, height) and give it; None where the presentation has no such kind."""
    traces = [trace for trace in figure.get("data", ()) if (trace.get("x") or trace.get("y"))]
    if not traces or any(trace.get("type", "scatter") not in ("bar", "scatter") for trace in traces):
        return None
    if any(trace.get("xaxis", "x") != "x" or trace.get("yaxis", "y") != "y" for trace in traces):
        return None
    series = [_series(trace) for trace in traces]
    bars = [one for one in series if one.is_bar]
    drawn = [one for one in series if not one.is_bar and one.mode != "text"]
    layout = figure.get("layout", {})
    if any(names_places(layout.get(axis, {})) for axis in ("xaxis", "yaxis")):
        return None  # marks in a grid of names
    if bars and not drawn:
        return _bars(shapes, bars, [one for one in series if one.mode == "text"], layout, box)
    if bars or not drawn:
        return None
    if any(one.sizes for one in drawn):
        return _bubbles(shapes, drawn, layout, box)
    if all(isinstance(value, str) for one in drawn for value in one.x):
        return _lines(shapes, drawn, layout, box)
    return _points(shapes, drawn, layout, box)


def _series(trace: Mapping[str, Any]) -> Series:
    marker, is_bar = trace.get("marker") or {}, trace.get("type") == "bar"
    colour = marker.get("color") or (trace.get("line") or {}).get("color")
    x, y = (list(categories(trace.get(axis)) or []) for axis in ("x", "y"))
    count, sizes, sides = len(x), marker.get("size"), trace.get("textposition")
    is_across = trace.get("orientation") == "h"
    return Series(
        plain_text(trace.get("name") or ""),
        [plain_text(value) if isinstance(value, str) else value for value in x],
        [plain_text(value) if isinstance(value, str) else value for value in y],
        base if isinstance(base := trace.get("base"), list) else None,
        sizes if isinstance(sizes, list) else None,
        [plain_text(text or "") for text in texts] if isinstance(texts := trace.get("text"), list) else None,
        sides if isinstance(sides, list) else [str(sides or "")] * count,
        [str(one) for one in colour] if isinstance(colour, list) else [str(colour)] * count if colour else None,
        trace.get("mode") or ("" if is_bar else "lines"),
        is_bar,
        is_across,
    )


def _bars(
    shapes: Any, bars: Sequence[Series], over: Sequence[Series], layout: Mapping[str, Any], box: Sequence[int]
) -> Any:
    """Bars upright or across, side by side or stacked; what starts from a base stands on one that cannot be seen.

    `over`: texts above the bars. Those above stacked ones stand on a last bar without a height.
    """
    is_across = bars[0].is_across
    names = list(dict.fromkeys(str(value) for one in bars for value in (one.y if is_across else one.x)))
    data = CategoryChartData()
    data.categories = names
    has_base = len(bars) == 1 and bars[0].base is not None
    is_stacked = has_base or layout.get("barmode") in ("stack", "relative")
    columns = [_by_name(one, names, is_across) for one in bars]
    if has_base:
        bases = dict(zip(map(str, bars[0].x), bars[0].base or [], strict=True))
        lows = [min(bases[name], bases[name] + (value or 0)) for name, value in zip(names, columns[0], strict=True)]
        if min(lows) < 0:
            return None  # a step below zero cannot stand on a bar
        data.add_series(" ", lows)
        columns = [[abs(value or 0) for value in columns[0]]]
    for one, column in zip(bars, columns, strict=True):
        data.add_series(one.name or " ", column)
    above = {
        name: text
        for one in over
        for name, text in zip(map(str, one.x), one.texts or [], strict=False)
        if name in names
    }
    if above and is_stacked:
        data.add_series(" ", [0] * len(names))
    kinds = {
        (True, True): XL_CHART_TYPE.BAR_STACKED,
        (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
        (False, True): XL_CHART_TYPE.COLUMN_STACKED,
        (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    }
    chart = shapes.add_chart(kinds[is_across, is_stacked], *box, data).chart
    plot = chart.plots[0]
    plot.gap_width = 40
    if is_stacked:
        plot.overlap = 100
    shown = list(plot.series)
    if has_base:
        shown[0].format.fill.background()
        shown = shown[1:]
    for one, drawn in zip(bars, shown, strict=False):
        if one.colours:  # what the legend shows
            fill(drawn.format.fill, one.colours[0])
        places = {str(value): place for place, value in enumerate(one.y if is_across else one.x)}
        for number, name in enumerate(names):
            place = places.get(name)
            if place is None:
                continue
            if one.colours and len(set(one.colours)) > 1:
                fill(drawn.points[number].format.fill, one.colours[place])
            if one.texts and one.texts[place] and len(names) <= MOST_LABELS:
                write_label(drawn.points[number], one.texts[place])
    for name, text in above.items():
        write_label(shown[-1].points[names.index(name)], text)
        shown[-1].points[names.index(name)].data_label.position = (
            XL_LABEL_POSITION.INSIDE_BASE if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
        )
    look(chart, layout, has_legend=len(bars) > 1, is_across=is_across)
    if chart.has_legend and len(shown) > len(bars):
        leave_out_of_legend(chart, len(plot.series) - 1)
    if is_across:
        chart.category_axis.reverse_order = True
        if any(one.texts and any(one.texts) for one in bars):
            chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        else:  # the axis of values stands at the end of the reversed names
            chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    return chart


def _by_name(one: Series, names: Sequence[str], is_across: bool) -> list[Any]:
    keys, values = (one.y, one.x) if is_across else (one.x, one.y)
    known = dict(zip(map(str, keys), values, strict=True))
    return [known.get(name) for name in names]


def _lines(shapes: Any, drawn: Sequence[Series], layout: Mapping[str, Any], box: Sequence[int]) -> Any:
    data = CategoryChartData()
    names = list(dict.fromkeys(str(value) for one in drawn for value in one.x))
    data.categories = names
    for one in drawn:
        data.add_series(one.name or " ", _by_name(one, names, False))
    chart = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data).chart
    _colour_lines(chart, drawn)
    look(chart, layout, has_legend=len(drawn) > 1)
    return chart


def _points(shapes: Any, drawn: Sequence[Series], layout: Mapping[str, Any], box: Sequence[int]) -> Any:
    """Points by two numbers, joined where Plotly joins them."""
    if not all(_is_number(value) for one in drawn for value in (*one.x, *one.y) if value is not None):
        return None
    data = XyChartData()
    for one in drawn:
        series = data.add_series(one.name or " ")
        for x, y in zip(one.x, one.y, strict=True):
            if x is not None and y is not None:
                series.add_data_point(x, y)
    chart = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box, data).chart
    for one, shown in zip(drawn, chart.plots[0].series, strict=True):
        if "lines" not in one.mode:
            shown.format.line.fill.background()
            shown.marker.style, shown.marker.size = XL_MARKER_STYLE.CIRCLE, 8
            if one.colours:
                fill(shown.marker.format.fill, one.colours[0])
        elif one.colours:
            shown.format.line.color.rgb = rgb(one.colours[0])
        shown.smooth = False
        if len(set(one.colours or ())) > 1 and "markers" in one.mode:
            for number, colour in enumerate(one.colours or ()):
                marker = shown.points[number].marker
                marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 8
                fill(marker.format.fill, colour)
        _name_points(shown, one)
    look(chart, layout, has_legend=len([one for one in drawn if one.name]) > 1)
    return chart


def _bubbles(shapes: Any, drawn: Sequence[Series], layout: Mapping[str, Any], box: Sequence[int]) -> Any:
    if not all(_is_number(value) for one in drawn for value in (*one.x, *one.y)):
        return None
    data = BubbleChartData()
    for one in drawn:
        series = data.add_series(one.name or " ")
        sizes = one.sizes or [1.0] * len(one.x)
        for x, y, size in zip(one.x, one.y, sizes, strict=True):
            series.add_data_point(x, y, max(float(size or 0), 0.0))
    chart = shapes.add_chart(XL_CHART_TYPE.BUBBLE, *box, data).chart
    for one, shown in zip(drawn, chart.plots[0].series, strict=True):
        _name_points(shown, one)
        if one.colours:
            fill(shown.format.fill, one.colours[0])
    chart.plots[0].bubble_scale = 40
    look(chart, layout, has_legend=len(drawn) > 1)
    return chart


def _name_points(shown: Any, one: Series) -> None:
    """Write the names for which Plotly had room, at the side where it had it."""
    texts = one.texts or [] if "text" in one.mode else []
    for number, (text, side) in enumerate(zip(texts[:MOST_LABELS], one.sides, strict=False)):
        if text:
            write_label(shown.points[number], text)
            shown.points[number].data_label.position = next(
                (position for word, position in SIDES.items() if word in side), XL_LABEL_POSITION.RIGHT
            )


def _colour_lines(chart: Any, drawn: Sequence[Series]) -> None:
    for one, shown in zip(drawn, chart.plots[0].series, strict=True):
        shown.smooth = False
        if one.colours:
            shown.format.line.color.rgb = rgb(one.colours[0])
            fill(shown.marker.format.fill, one.colours[0])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
