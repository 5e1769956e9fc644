"""What a page shows, kept as blocks while a meeting is frozen. Whatever draws tells it here; else it costs nothing."""

import base64
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics import Scope
from metrics.columns import column
from ui.blocks import Block, Cell, Field
from ui.numbers import is_missing, written
from ui.words import language, pick, without_markdown

RECORDING_KEY = "recording"
"""In the session of a page that is recorded: the Recording."""
FINDING = "finding"
"""Key of the block that holds the page's answer in one sentence."""

Selections = Mapping[str, Mapping[str, list[Any]]]
"""By the key of a chart or table: positions of rows, of points, or pairs of a row's position and a column's name."""


@dataclass
class Recording:
    """What one run of a page has shown: blocks by key, the scope of it, and the figures that it turns on.

    `selections`: by the key of a chart or table what is to count as clicked in it, as `ui.clicks` gives it.
    """

    selections: Selections = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    scope: Scope | None = None
    figures: list[str] = field(default_factory=list)


def is_recording() -> bool:
    """Whether somebody wants to have what this run shows."""
    return _recording() is not None


def pinned_selections() -> Selections | None:
    """What is to count as clicked in the page that is recorded; None where nobody records."""
    recording = _recording()
    return None if recording is None else recording.selections


def record(block: Block) -> None:
    """Keep a block that is shown, in place of an earlier one of its key; does nothing where nobody records."""
    recording = _recording()
    if recording is not None:
        recording.blocks[block.key] = block


def record_scope(scope: Scope) -> None:
    """Keep what the page is about."""
    recording = _recording()
    if recording is not None:
        recording.scope = scope


def record_finding(text: str, about: str) -> None:
    """Keep the page's answer, which is Markdown, and the figure that it turns on."""
    recording = _recording()
    if recording is not None:
        recording.figures.append(about)
        record(Block(FINDING, "sentences", sentences=(without_markdown(text),)))


def record_chart(figure: go.Figure, title: str, key: str, behind: pd.DataFrame | None = None, unit: str = "") -> None:
    """Keep a chart as it is shown, in plain lists and without its template, which is the screen's.

    `behind`: the rows that it draws. Their last column is of the unit, where one is given, and else of the catalogue's.
    """
    if not is_recording():
        return
    words = _with_lists(json.loads(figure.to_json()))
    words["layout"].pop("template", None)
    behind = pd.DataFrame() if behind is None else behind
    fields = [_field(str(name)) for name in behind]
    if unit:
        fields[-1] = replace(fields[-1], unit=unit)
    columns = [list(behind[name]) for name in behind]
    texts = [
        [written(value, one.unit, language()) for value in values] for one, values in zip(fields, columns, strict=True)
    ]
    record(
        Block(
            key,
            "chart",
            without_markdown(title),
            figure=words,
            fields=tuple(fields),
            rows=tuple(zip(*([cell(value) for value in values] for values in columns), strict=True)),
            written=tuple(zip(*texts, strict=True)),
        )
    )


def cell(value: Any) -> Cell:
    """A value of a table as JSON knows it: a day is its ISO text; no data, and what is no number, is None."""
    if is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, np.generic):
        return cell(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _recording() -> Recording | None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    found: Recording | None = st.session_state.get(RECORDING_KEY)
    return found


def _field(name: str) -> Field:
    """A column of the catalogue; one that is none holds texts, which speak for themselves."""
    try:
        known = column(name)
    except KeyError:
        return Field(name, "", "text")
    return Field(name, pick(known.title), known.unit)


def _with_lists(words: Any) -> Any:
    """The same with every array that Plotly packed as base64 unpacked."""
    if isinstance(words, Mapping):
        if "bdata" in words:
            array = np.frombuffer(base64.b64decode(words["bdata"]), dtype=words["dtype"])
            shape = [int(size) for size in str(words.get("shape", len(array))).split(",")]
            return _without_gaps(array.reshape(shape).tolist())
        return {name: _with_lists(value) for name, value in words.items()}
    return [_with_lists(value) for value in words] if isinstance(words, list) else words


def _without_gaps(values: Any) -> Any:
    """Numbers with None where there is none, as JSON has no other word for it."""
    if isinstance(values, list):
        return [_without_gaps(value) for value in values]
    return None if isinstance(values, float) and not math.isfinite(values) else values
