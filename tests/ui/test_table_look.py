"""The one table's departures from its usual look: headings, marks, other units, colours."""

import pandas as pd

from ui.table import MARK, Look, _styled


def test_marks_units_and_styles_go_to_their_cells_alone_also_under_headings() -> None:
    rows = pd.DataFrame({"team": ["A", "B"], "strike_rate": [0.5, 0.25], "amount": [None, 12.0]})
    names = {"team": "Team", "strike_rate": "Strikers' rate", "amount": "Amount"}
    units = {"team": "text", "strike_rate": "share", "amount": "rate"}
    few = pd.DataFrame({"strike_rate": [False, True], "amount": [True, False]})
    styles = pd.DataFrame({"strike_rate": ["", "color: red"]})
    look = Look({"strike_rate": "Process", "amount": "Results"}, {}, (), few, styles)
    written = _styled(rows, units, names, look)
    assert list(written.columns) == [("", "Team"), ("Process", "Strikers’ rate"), ("Results", "Amount")]
    lines = written.to_string(delimiter="|").splitlines()
    assert lines[2:4] == ["0|A|50.0%|—", f"1|B|25.0%{MARK}|12.00"]  # no mark where there is no number
    assert written.to_html().count("color: red") == 1


def test_a_table_without_headings_keeps_its_columns() -> None:
    rows = pd.DataFrame({"team": ["A"], "growth": [0.1], "growth_change": [-0.2]})
    names = {name: name for name in rows}
    written = _styled(rows, {"team": "text", "growth": "change", "growth_change": "change"}, names, Look())
    assert list(written.columns) == list(rows.columns)
    assert "+10.0%" in written.to_string() and "#e08a00" in written.to_html()
