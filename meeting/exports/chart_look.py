"""How a chart of a presentation looks: letters, axes and colours."""

from collections.abc import Mapping
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from meeting.exports.chart_data import plain_text

TEXT_SIZE = Pt(14)
GREY = "#8a8f98"


def look(chart: Any, layout: Mapping[str, Any], *, has_legend: bool, is_across: bool = False) -> None:
    """Sizes that can be read in a room, titles of the axes, numbers as on the screen."""
    chart.font.size = TEXT_SIZE
    chart.has_title = False
    chart.has_legend = has_legend
    if has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    names = ("yaxis", "xaxis") if is_across else ("xaxis", "yaxis")
    for axis, name in zip((chart.category_axis, chart.value_axis), names, strict=True):
        words = layout.get(name, {})
        text = plain_text((words.get("title") or {}).get("text") or "")
        axis.has_title = bool(text)
        if text:
            axis.axis_title.text_frame.text = text
        ticks = [str(tick) for tick in (*(words.get("ticktext") or ()), words.get("tickformat")) if tick]
        if ticks:
            axis.tick_labels.number_format_is_linked = False
            axis.tick_labels.number_format = "0%" if any(tick.endswith("%") for tick in ticks) else "#,##0.##"
        axis.visible = words.get("visible") is not False
        axis.has_major_gridlines = axis is chart.value_axis and axis.visible
        if words.get("range") and words.get("type") != "category" and hasattr(axis, "minimum_scale"):
            axis.minimum_scale, axis.maximum_scale = words["range"] if words["range"][0] is not None else (None, None)


def leave_out_of_legend(chart: Any, number: int) -> None:
    """Have the legend say nothing of a series that only bears texts."""
    legend = chart.legend._element
    entry = legend.makeelement(qn("c:legendEntry"))
    for tag, value in (("c:idx", number), ("c:delete", 1)):
        entry.append(entry.makeelement(qn(tag), {"val": str(value)}))
    legend.find(qn("c:legendPos")).addnext(entry)


def write_label(point: Any, text: str) -> None:
    """Write a text at a point."""
    frame = point.data_label.text_frame
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.size = TEXT_SIZE


def fill(what: Any, colour: str) -> None:
    """Fill what has a colour of its own with one."""
    what.solid()
    what.fore_color.rgb = rgb(colour)


def rgb(colour: str) -> RGBColor:
    """A colour as #rrggbb; what is written otherwise is grey."""
    text = colour if colour.startswith("#") and len(colour) == 7 else GREY
    return RGBColor(*bytes.fromhex(text[1:]))
