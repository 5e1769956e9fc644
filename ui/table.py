"""The one table: titles and units from the catalogue, numbers written as everywhere, a download that says its scope."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.scope import CONDITIONS, UNKNOWN
from ui.numbers import NO_DATA, is_missing, written
from ui.reading import version
from ui.scope_bar import condition_title
from ui.words import _, language, pick
from warehouse.spreadsheet import harmless

MOST_ROWS = 500
ROW_HEIGHT = 35


def table(
    rows: pd.DataFrame,
    columns: Sequence[str],
    *,
    scope: Scope | None = None,
    key: str,
    titles: Mapping[str, str] | None = None,
    rows_shown: int = 10,
    selects: bool = False,
) -> None:
    """Show rows in the given columns with a download below; `selected_row` tells which one was clicked."""
    shown = rows[list(columns)].head(MOST_ROWS)
    period = f"{scope.from_date}-{scope.to_date}-" if scope else ""
    names = {name: (titles or {}).get(name) or pick(column(name).title) for name in columns}
    st.dataframe(
        shown.style.format({name: _writer(column(name).unit) for name in columns}),
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(shown), rows_shown) + 1) + 3,
        column_config={name: st.column_config.Column(names[name], pinned=name == columns[0]) for name in columns},
        on_select="rerun" if selects else "ignore",
        selection_mode="single-row",
        placeholder=NO_DATA,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Download CSV"),
            lambda: csv_bytes(rows[list(columns)], names, provenance(scope)),
            file_name=f"pinyu-{key}-{period}{version().name}.csv",
            mime="text/csv",
            key=f"{key}_download",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        if len(rows) > MOST_ROWS:
            st.caption(
                _("The first {shown} of {all} rows; the download has all.").format(shown=MOST_ROWS, all=len(rows))
            )


def selected_row(key: str, rows: pd.DataFrame) -> int | None:
    """The position of the row clicked in the table of that key, so that what it opens may stand above the table."""
    state: Any = st.session_state.get(key)
    selected = state["selection"]["rows"] if state else []
    return int(selected[0]) if selected and selected[0] < len(rows) else None


def _writer(unit: str) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        return _("unknown") if isinstance(value, str) and value == UNKNOWN else written(value, unit, language())

    return write


def provenance(scope: Scope | None) -> list[tuple[str, str]]:
    """What an exported view says of itself: period, conditions, version and time."""
    conditions = [
        (condition_title(name), ", ".join(getattr(scope, name)))
        for name in CONDITIONS
        if scope and getattr(scope, name)
    ]
    return [
        *([(_("Period"), f"{scope.from_date} – {scope.to_date}")] if scope else []),
        *conditions,
        (_("Version"), version().name),
        (_("Exported at"), f"{datetime.now():%Y-%m-%d %H:%M}"),
    ]


def csv_bytes(rows: pd.DataFrame, titles: Mapping[str, str], notes: Sequence[tuple[str, str]]) -> bytes:
    """CSV as spreadsheets read it: UTF-8 with its mark, no cell that starts a formula, notes below the rows."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(titles[str(name)]) for name in rows.columns])
    writer.writerows([_exported(value) for value in record] for record in rows.itertuples(index=False, name=None))
    writer.writerow([])
    writer.writerows([harmless(part) for part in note] for note in notes)
    return text.getvalue().encode("utf-8-sig")


def _exported(value: Any) -> object:
    if is_missing(value):
        return ""
    return harmless(value.date().isoformat() if isinstance(value, pd.Timestamp) else value)
