"""The one table: titles and units from the catalogue, numbers written as everywhere, a download that says its scope."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.scope import UNKNOWN
from ui.export import csv_bytes, provenance, xlsx_bytes
from ui.numbers import NO_DATA, written
from ui.reading import version
from ui.words import _, language, pick

MOST_ROWS = 500
FILES = {
    "csv": (csv_bytes, "text/csv"),
    "xlsx": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
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
        downloads(rows[list(columns)], names, scope=scope, key=key)
        if len(rows) > MOST_ROWS:
            st.caption(
                _("The first {shown} of {all} rows; the download has all.").format(shown=MOST_ROWS, all=len(rows))
            )


def downloads(
    rows: pd.DataFrame, titles: Mapping[str, str], *, scope: Scope | None, key: str, is_extract: bool = False
) -> None:
    """Buttons that give the rows as CSV and as XLSX; the files are made when they are asked for.

    An extract holds nothing but its rows, so that it can be loaded: its scope is told by its name alone.
    """
    period = f"{scope.from_date}-{scope.to_date}-" if scope else ""
    for kind, (make, mime) in FILES.items():
        st.download_button(
            _("Download {kind}").format(kind=kind.upper()),
            partial(make, rows, titles, [] if is_extract else provenance(scope)),
            file_name=f"pinyu-{key}-{period}{version().name}.{kind}",
            mime=mime,
            key=f"{key}_{kind}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
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
