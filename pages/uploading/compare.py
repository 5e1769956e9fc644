"""The comparison: the checked files against what everybody sees."""

from pathlib import Path

import pandas as pd
import streamlit as st

from etl.compare import Comparison, compare, compared, difference, rows_of
from ui.installation import shared_settings
from ui.numbers import written_period
from ui.upload.comparison import differences, part_choice, rows_of_a_kind, sums_side_by_side
from ui.words import _, language

ROWS = ("added", "missing", "changed")


def compare_view(private: Path, shared: Path) -> None:
    """Sums side by side, then what a person chooses: differences by something, or rows."""
    found = _compared(str(private), str(shared))
    title = _("{period}: {added} rows only here, {missing} only there, {changed} changed, {same} the same").format(
        period=written_period(found.from_date, found.to_date, language()),
        **{name: f"{getattr(found, name):,}" for name in (*ROWS, "same")},
    )
    sides = ((_("This file"), found.here), (_("What everybody sees"), found.there))
    sums_side_by_side(
        pd.DataFrame(
            {
                "side": [words for words, _sums in sides],
                "lines_compared": [sums.lines for _words, sums in sides],
                "qty": [float(sums.qty) for _words, sums in sides],
                "amount": [float(sums.amount) for _words, sums in sides],
                "customers": [sums.customers for _words, sums in sides],
            }
        ),
        title,
    )
    part = part_choice([found.added, found.missing, found.changed])
    rows = _part(str(private), str(shared), part)
    if part in ROWS:
        rows_of_a_kind(rows)
    else:
        differences(rows.rename(columns={"change": "difference"}), are_managers=part == "manager")


@st.cache_data(show_spinner=False, max_entries=20)
def _compared(private: str, shared: str) -> Comparison:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return compare(connection)


@st.cache_data(show_spinner=False, max_entries=60)
def _part(private: str, shared: str, part: str) -> pd.DataFrame:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return rows_of(connection, part) if part in ROWS else difference(connection, part)
