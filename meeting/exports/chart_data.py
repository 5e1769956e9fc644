"""The data behind a chart, as a table: what is drawn of each series, point by point."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from ui.blocks import Cell
from ui.words import _

MOST_LONGER = 100_000
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[-+−]?[\d.]")


@dataclass(frozen=True)
class ChartTable:
    """Titles of the columns, and a row a point; nothing where a point has no such value."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def plain_text(text: object) -> str:
    """Text of a chart, whose labels read a little HTML, as people read it."""
    return html.unescape(_TAG.sub(" ", str(text).replace("<br>", " "))).strip()


def chart_table(figure: Mapping[str, Any]) -> ChartTable:
    """Series, horizontal and vertical value, size and label of every point that a chart of plain JSON draws.

    Columns that no point fills are left out. Of a heat map the value of each cell, of a flow where it comes from, where
    it goes to and how much it is; of marks at places with names these names, and all that is told of the mark.
    """
    layout = figure.get("layout", {})
    is_grid = any(names_places(layout.get(axis, {})) for axis in ("xaxis", "yaxis"))
    points = [point for trace in _telling(figure) for point in (_marks(trace, layout) if is_grid else _points(trace))]
    titles = _titles(layout)
    filled = [name for name in titles if any(point.get(name) not in (None, "") for point in points)]
    return ChartTable(
        tuple(titles[name] for name in filled),
        tuple(tuple(point.get(name) for name in filled) for point in points[:MOST_LONGER]),
    )


def _telling(figure: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The traces that tell something: the words on the cells of a heat map repeat their values."""
    traces = list(figure.get("data", ()))
    is_heat_map = any(trace.get("type") == "heatmap" for trace in traces)
    return [trace for trace in traces if not (is_heat_map and trace.get("mode") == "text")]


def categories(values: Any) -> Any:
    """The values of an axis; where categories stand in two levels, such as team and manager, both in one text."""
    if isinstance(values, list) and values and all(isinstance(level, list) for level in values):
        return [" · ".join(map(str, levels)) for levels in zip(*values, strict=True)]
    return values


def names_places(axis: Mapping[str, Any]) -> bool:
    """Whether the places along an axis are called by names, and not by the numbers that they are at."""
    return any(not _NUMBER.match(plain_text(text)) for text in axis.get("ticktext") or ())


def _labels(trace: Mapping[str, Any]) -> list[str] | None:
    """The text at each point; of marks, of which not all have room for one, what is told first on hover."""
    texts, told = trace.get("text"), trace.get("hovertext")
    if "markers" in (trace.get("mode") or "") and isinstance(told, list):
        return [plain_text(str(words).split("<br>")[0]) for words in told]
    return [plain_text(text or "") for text in texts] if isinstance(texts, list) else None


def _titles(layout: Mapping[str, Any]) -> dict[str, str]:
    def axis(name: str, otherwise: str) -> str:
        title = layout.get(name, {}).get("title", {})
        return plain_text(title.get("text") or "") or otherwise

    return {
        "series": _("Series"),
        "x": axis("xaxis", _("Horizontal axis")),
        "y": axis("yaxis", _("Vertical axis")),
        "base": _("From"),
        "size": _("Size"),
        "source": _("From"),
        "target": _("To"),
        "value": _("Value"),
        "label": _("Label"),
    }


def _points(trace: Mapping[str, Any]) -> list[dict[str, Cell]]:
    if trace.get("type") == "sankey":
        return _flows(trace)
    if trace.get("type") == "heatmap":
        return _cells(trace)
    name = plain_text(trace.get("name") or "")
    columns = {
        "x": categories(trace.get("x")),
        "y": categories(trace.get("y")),
        "base": trace.get("base"),
        "size": (trace.get("marker") or {}).get("size"),
    }
    lists = {key: [_cell(value) for value in values] for key, values in columns.items() if isinstance(values, list)}
    lists |= {"label": list(found)} if (found := _labels(trace)) else {}
    return [{"series": name, **dict(zip(lists, values, strict=True))} for values in zip_longest(*lists.values())]


def _marks(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> list[dict[str, Cell]]:
    """Marks at places with names; texts upon them say nothing more."""
    if trace.get("mode") == "text":
        return []
    told = trace.get("hovertext")
    points = _points({**trace, "hovertext": None, "text": told if isinstance(told, list) else trace.get("text")})
    for letter in ("x", "y"):
        axis = layout.get(f"{letter}axis", {})
        names = dict(zip(axis.get("tickvals") or (), map(plain_text, axis.get("ticktext") or ()), strict=False))
        # A name may also be that of a band in whose middle a mark stands by chance.
        if names_places(axis) and all(point.get(letter) in names for point in points):
            points = [{**point, letter: names[point[letter]]} for point in points]
    return points


def _cells(trace: Mapping[str, Any]) -> list[dict[str, Cell]]:
    across, down, values, texts = (trace.get(name) or [] for name in ("x", "y", "z", "text"))
    return [
        {
            "x": _cell(x),
            "y": _cell(y),
            "value": _cell(value),
            "label": _cell(texts[row][column]) if row < len(texts) and column < len(texts[row]) else None,
        }
        for row, (y, line) in enumerate(zip(down, values, strict=False))
        for column, (x, value) in enumerate(zip(across, line, strict=False))
    ]


def _flows(trace: Mapping[str, Any]) -> list[dict[str, Cell]]:
    node, link = trace["node"], trace["link"]
    names = node.get("label") or node["customdata"]  # ours are named beside the flows, and in what is told on hover
    return [
        {"source": _cell(names[source]), "target": _cell(names[target]), "value": _cell(value)}
        for source, target, value in zip(link["source"], link["target"], link["value"], strict=True)
    ]


def _cell(value: Any) -> Cell:
    return plain_text(value) if isinstance(value, str) else value
