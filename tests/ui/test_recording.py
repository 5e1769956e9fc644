"""What a page shows, as blocks: the texts and figures of the screen as plain data, only while it is recorded."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from ui.blocks import Block, Field
from ui.recording import RECORDING_KEY, Recording, cell
from ui.words import plain, without_markdown


def recorded(script: Any, *, is_wanted: bool = True) -> dict[str, Block]:
    """What a script shows under the keys of its blocks."""
    app = AppTest.from_function(script)
    recording = Recording()
    app.session_state["choices"] = None
    app.session_state["lang"] = "en"
    if is_wanted:
        app.session_state[RECORDING_KEY] = recording
    app.run()
    assert not app.exception
    return recording.blocks


def _a_table() -> None:
    import pandas as pd

    from ui.table import Look, table

    rows = pd.DataFrame(
        {
            "manager_id": ["M1", "unknown"],
            "amount": [12_345.0, float("nan")],
            "amount_change": [-0.25, 0.5],
            "trend": [[1, 2], [2, 3]],
        }
    )
    marked = pd.DataFrame({"amount": [True, False]})
    look = Look(headings={"amount": "Results"}, marked=marked)
    table(
        rows, ("manager_id", "amount", "amount_change", "trend"), key="some", titles={"amount": "So\\_much"}, look=look
    )


def _a_chart() -> None:
    import numpy as np
    import plotly.graph_objects as go

    from ui.chart import draw

    figure = go.Figure(go.Scatter(x=np.array([1, 2, 3]), y=np.array([0.5, np.nan, 2.0])))
    draw(figure, "A \\*title\\* of **ours**", "line", 200)


def test_a_table_is_recorded_as_it_is_and_as_it_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    import etl

    etl.publish_empty(tmp_path)
    block = recorded(_a_table)["some"]
    assert [one.name for one in block.fields] == ["manager_id", "amount", "amount_change"]
    assert block.fields[1] == Field("amount", "So_much", "money")
    assert block.rows == (("M1", 12_345.0, -0.25), ("unknown", None, 0.5))
    assert block.written == (("M1", "12.35K°", "-25.0%"), ("unknown", "—", "+50.0%"))
    assert Block.from_json(json.loads(json.dumps(block.as_json()))) == block


def test_a_chart_is_recorded_in_plain_lists_under_a_plain_title() -> None:
    block = recorded(_a_chart)["line"]
    assert block.figure is not None and block.title == "A *title* of ours"
    trace = block.figure["data"][0]
    assert trace["x"] == [1, 2, 3]
    assert trace["y"] == [0.5, None, 2.0]
    assert "bdata" not in json.dumps(block.as_json())
    assert "template" not in block.figure["layout"]
    assert go.Figure(dict(block.figure)).layout.height == 200


def _bars() -> None:
    import pandas as pd

    from ui.chart import bars

    rows = pd.DataFrame({"who": ["甲", "乙"], "amount": [12_345.0, float("nan")]})
    bars(rows, x="amount", y="who", unit="count", title="Bars", key="bars")


def test_a_chart_carries_the_rows_that_it_draws() -> None:
    block = recorded(_bars)["bars"]
    assert block.fields == (Field("who", "", "text"), Field("amount", "Amount", "count"))
    assert block.rows == (("甲", 12_345.0), ("乙", None))
    assert block.written == (("甲", "12,345"), ("乙", "—"))


def test_nothing_is_kept_where_nobody_records() -> None:
    assert recorded(_a_chart, is_wanted=False) == {}


def _what_is_clicked() -> None:
    import plotly.graph_objects as go
    import streamlit as st

    from ui.chart import draw
    from ui.clicks import clicked, selections

    st.session_state["shown"] = (
        draw(go.Figure(go.Bar(x=[1, 2, 3])), "Bars", "line", 200, selects=True),
        [clicked("some", kind) for kind in ("rows", "cells")],
        selections(),
    )


@pytest.mark.parametrize(
    ("is_recorded", "expected"),
    [
        (True, ([2], [[1], [[0, "amount"]]], {"other": {"rows": [4]}})),
        (False, ([], [[], []], {"other": {"rows": [4]}})),
    ],
)
def test_what_was_pinned_counts_as_clicked_while_a_page_is_recorded(is_recorded: bool, expected: object) -> None:
    app = AppTest.from_function(_what_is_clicked)
    app.session_state["other"] = {"selection": {"rows": [4], "columns": [], "cells": []}}
    if is_recorded:
        app.session_state[RECORDING_KEY] = Recording(
            selections={"line": {"point_indices": [2]}, "some": {"rows": [1], "cells": [[0, "amount"]]}}
        )
    app.run()
    assert not app.exception
    assert app.session_state["shown"] == expected


def _a_sheet() -> None:
    import datetime as dt

    from metrics import Scope
    from ui.activity import sheet_opened

    sheet_opened("M001", Scope(dt.date(2026, 10, 1), dt.date(2026, 10, 31)))


def test_a_sheet_that_is_frozen_is_not_told_as_looked_into(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    recorded(_a_sheet)
    assert not (tmp_path / "records.sqlite").exists()
    recorded(_a_sheet, is_wanted=False)
    assert (tmp_path / "records.sqlite").exists()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pd.Timestamp("2026-10-05 13:00"), "2026-10-05"),
        (dt.date(2026, 10, 5), "2026-10-05"),
        (Decimal("1.50"), 1.5),
        (np.int64(7), 7),
        (np.float64("nan"), None),
        (np.bool_(True), True),
        (float("inf"), None),
        (pd.NA, None),
        (["a"], "['a']"),
    ],
)
def test_a_cell_is_something_that_json_knows(value: Any, expected: Any) -> None:
    found = cell(value)
    assert found == expected and type(found) is type(expected)


def test_the_marks_of_markdown_go_and_the_text_of_data_stays() -> None:
    hostile = "<img src=x onerror=alert(1)> 50% *x* [a](b) $1$ back\\slash"
    assert without_markdown(f"\u200a**{plain(hostile)}**\u200a fell.") == f"{hostile} fell."
