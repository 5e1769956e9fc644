"""The comparison: the checked files against what everybody sees, one table after another."""

from pathlib import Path

import pandas as pd
import streamlit as st

from etl.comparing.records import KINDS, Records, brought, compare_records, records_of
from etl.comparing.sales import Comparison, compare, compared, difference, rows_of
from pages.uploading.columns import column_title
from ui.installation import shared_settings
from ui.numbers import written_period
from ui.upload.comparison import (
    THERE,
    differences,
    kind_choice,
    part_choice,
    records_side_by_side,
    rows_of_a_kind,
    sums_side_by_side,
    which_table,
)
from ui.words import _, language

SALES = "sales"


def compare_view(private: Path, shared: Path, *, is_over: bool) -> None:
    """Sums or rows side by side, then what a person chooses: differences by something, or rows."""
    sides = str(private), str(shared)
    name = which_table(_brought(*sides, is_over))
    if name == SALES:
        _sales_view(sides, is_over)
    elif name:
        _records_view(sides, name)


def _sales_view(sides: tuple[str, str], is_over: bool) -> None:
    found = _compared(*sides)
    title = _("{period}: {added} rows only here, {missing} only there, {changed} changed, {same} the same").format(
        period=written_period(found.from_date, found.to_date, language()),
        **{name: f"{getattr(found, name):,}" for name in (*KINDS, "same")},
    )
    here = _("With these files") if is_over else _("These files")
    sums = ((here, found.here), (_("What everybody sees"), found.there))
    sums_side_by_side(
        pd.DataFrame(
            {
                "side": [words for words, _sums in sums],
                "lines_compared": [each.lines for _words, each in sums],
                "qty": [None if each.qty is None else float(each.qty) for _words, each in sums],
                "amount": [float(each.amount) for _words, each in sums],
                "customers": [each.customers for _words, each in sums],
            }
        ),
        title,
    )
    part = part_choice([found.added, found.missing, found.changed])
    rows = _part(*sides, part)
    if part in KINDS:
        rows_of_a_kind(rows, _titles(SALES, rows))
    else:
        differences(rows.rename(columns={"change": "difference"}), by=part)


def _records_view(sides: tuple[str, str], name: str) -> None:
    found = _records(*sides, name)
    changes = [(column_title(name, column), count) for column, count in found.changes.items()]
    records_side_by_side(name, found.period, [found.added, found.missing, found.changed, found.same], changes)
    kind = kind_choice([found.added, found.missing, found.changed])
    rows = _rows_of_records(*sides, name, kind)
    rows_of_a_kind(rows, _titles(name, rows))


def _titles(extract: str, rows: pd.DataFrame) -> dict[str, str]:
    names = [name for name in map(str, rows.columns) if not name.startswith(THERE)]
    return {name: _("rows") if name == "lines" else column_title(extract, name) for name in names}


@st.cache_data(show_spinner=False, max_entries=20)
def _brought(private: str, shared: str, is_over: bool) -> list[str]:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return brought(connection, is_over=is_over)


@st.cache_data(show_spinner=False, max_entries=20)
def _compared(private: str, shared: str) -> Comparison:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return compare(connection)


@st.cache_data(show_spinner=False, max_entries=60)
def _part(private: str, shared: str, part: str) -> pd.DataFrame:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return rows_of(connection, part) if part in KINDS else difference(connection, part)


@st.cache_data(show_spinner=False, max_entries=20)
def _records(private: str, shared: str, name: str) -> Records:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return compare_records(connection, name)


@st.cache_data(show_spinner=False, max_entries=60)
def _rows_of_records(private: str, shared: str, name: str, kind: str) -> pd.DataFrame:
    with compared(Path(private), Path(shared), shared_settings()) as connection:
        return records_of(connection, name, kind)
