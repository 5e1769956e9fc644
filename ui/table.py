"""The one table: titles and units from the catalogue, numbers written as everywhere, a download that says its scope."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.scope import UNKNOWN
from ui.blocks import Block, Field
from ui.clicks import clicked, widget_key
from ui.export import csv_bytes, provenance, xlsx_bytes
from ui.numbers import NO_DATA, is_missing, written
from ui.pin import pin_button
from ui.reading import version_name
from ui.recording import cell, is_recording, record
from ui.words import _, language, pick, without_markdown

MOST_ROWS = 500
MARK = "°"
"""Stands behind a number that rests on few."""
FILES = {
    "csv": (csv_bytes, "text/csv"),
    "xlsx": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
ROW_HEIGHT = 35
LONGEST_PART = 40
SENTENCES, SENTENCE_WIDTH = ("reason",), 640
"""Columns of whole sentences, which are given room, in pixels."""
CHANGE = "_change"
ROSE, FELL = "color: #0b9b78", "color: #e08a00"


@dataclass(frozen=True)
class Look:
    """How a table departs from the usual look, by column names and the index of its rows.

    `headings`: what stands above columns, together above neighbours of the same. `units`: other units than the
    catalogue's. `pinned`: columns that stay beside the first. `marked`: yes where a number gets MARK. `styles`: CSS.
    `downloaded`: titles of further columns, which stand in the download alone. `in_download`: the rows as the download
    has them, where they are others than on screen, such as figures that the screen writes out in words.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    pinned: Sequence[str] = ()
    marked: pd.DataFrame = field(default_factory=pd.DataFrame)
    styles: pd.DataFrame = field(default_factory=pd.DataFrame)
    downloaded: Mapping[str, str] = field(default_factory=dict)
    in_download: pd.DataFrame | None = None


def _nothing() -> None:
    """What most downloads have to tell."""


def table(
    rows: pd.DataFrame,
    columns: Sequence[str],
    *,
    scope: Scope | None = None,
    key: str,
    titles: Mapping[str, str] | None = None,
    rows_shown: int = 10,
    selects: bool = False,
    selects_cells: bool = False,
    look: Look | None = None,
    on_export: Callable[[], None] = _nothing,
) -> None:
    """Show rows in the given columns with a download below; `selected_row` or `selected_cell` tells what was clicked.

    A column NAME_change stands right of NAME, under a mere ±; what rose is green and what fell is orange. A trend is
    drawn, and left out of the download. `on_export`: see `downloads`.
    """
    look = look or Look()
    shown = rows[list(columns)].head(MOST_ROWS)
    units = {name: column(name).unit for name in columns} | dict(look.units)
    written_columns = [name for name in columns if units[name] != "trend"]
    names = {name: (titles or {}).get(name) or pick(column(name).title) for name in columns}
    if is_recording():
        _record(shown, written_columns, units, names, look, key)
    # Under headings the names of the columns are pairs, which only their places can stand for.
    places: dict[str, Any] = {name: number if look.headings else name for number, name in enumerate(columns)}
    st.dataframe(
        _styled(shown, units, names, look),
        key=widget_key(key),
        hide_index=True,
        height=height_of(len(shown), rows_shown, heads=2 if look.headings else 1),
        column_config={
            places[name]: _column_config(
                name, None if look.headings else names[name], pinned=name in (columns[0], *look.pinned)
            )
            for name in columns
        },
        on_select="rerun" if selects or selects_cells else "ignore",
        selection_mode="single-cell" if selects_cells else "single-row",
        placeholder=NO_DATA,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        source = rows if look.in_download is None else look.in_download
        kept = source[[*(name for name in written_columns if name in source), *look.downloaded]]
        downloads(kept, names | dict(look.downloaded), scope=scope, key=key, on_export=on_export)
        pin_button(key)
        if len(rows) > MOST_ROWS:
            st.caption(
                _("The first {shown} of {all} rows; the download has all.").format(shown=MOST_ROWS, all=len(rows))
            )


def height_of(rows: int, most: int, *, heads: int = 1) -> int:
    """Pixels of a table that shows so many rows, `most` at once, below its rows of heads."""
    return ROW_HEIGHT * (min(rows, most) + heads) + 3


def downloads(
    rows: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    scope: Scope | None,
    key: str,
    about: str = "",
    is_extract: bool = False,
    on_export: Callable[[], None] = _nothing,
) -> None:
    """Buttons that give the rows as CSV and as XLSX; the files are made when they are asked for.

    `about`: what the rows are of, for the file's name, such as a product. `on_export` is called when a file is asked
    for, outside the session.
    An extract holds nothing but its rows, so that it can be loaded: its scope is told by its name alone.
    """
    period = f"{scope.from_date}-{scope.to_date}" if scope else ""
    stem = "-".join(part for part in ("pinyu", key, file_part(about), period, version_name()) if part)
    for kind, (make, mime) in FILES.items():
        st.download_button(
            _("Download {kind}").format(kind=kind.upper()),
            partial(_made, partial(make, rows, titles, [] if is_extract else provenance(scope)), on_export),
            file_name=f"{stem}.{kind}",
            mime=mime,
            key=f"{key}_{kind}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _made(make: Callable[[], bytes], on_export: Callable[[], None]) -> bytes:
    on_export()
    return make()


def file_part(text: str) -> str:
    """Data as a part of a file's name that every system takes: letters, figures, brackets; the rest becomes _."""
    return re.sub(r"[^\w()（）-]+", "_", text).strip("_")[:LONGEST_PART]


def selected_row(key: str, rows: pd.DataFrame) -> int | None:
    """The position of the row clicked in the table of that key, so that what it opens may stand above the table."""
    selected = clicked(key, "rows")
    return int(selected[0]) if selected and selected[0] < len(rows) else None


def selected_cell(key: str, rows: pd.DataFrame) -> tuple[int, str] | None:
    """The position of the row and the name of the column clicked in a table that selects cells."""
    selected = clicked(key, "cells")
    return (int(selected[0][0]), str(selected[0][1])) if selected and selected[0][0] < len(rows) else None


def _record(
    shown: pd.DataFrame,
    columns: Sequence[str],
    units: Mapping[str, str],
    titles: Mapping[str, str],
    look: Look,
    key: str,
) -> None:
    """Keep the rows as they are, and as they are written."""
    written_columns = []
    for name in columns:
        plain, few = _writer(units[name]), _writer(units[name], MARK)
        marks = look.marked.loc[shown.index, name] if name in look.marked else [False] * len(shown)
        written_columns.append(
            [(few if mark else plain)(value) for value, mark in zip(shown[name], marks, strict=True)]
        )
    record(
        Block(
            key,
            "table",
            fields=tuple(Field(name, without_markdown(titles[name]), units[name]) for name in columns),
            rows=tuple(zip(*([cell(value) for value in shown[name]] for name in columns), strict=True)),
            written=tuple(zip(*written_columns, strict=True)),
        )
    )


def _styled(shown: pd.DataFrame, units: Mapping[str, str], names: Mapping[str, str], look: Look) -> Any:
    """The rows as they are written and coloured."""
    keys: dict[Any, Any] = {name: name for name in names}
    if look.headings:  # the browser takes a straight apostrophe for the end of a name
        keys = {name: (look.headings.get(name, ""), title.replace("'", "’")) for name, title in names.items()}
    shown = shown.set_axis(pd.Index(list(keys.values()), tupleize_cols=True), axis=1)
    styled = shown.style.format({keys[name]: _writer(unit) for name, unit in units.items() if unit != "trend"})
    for name in map(str, look.marked):
        few: Any = shown.index[look.marked.loc[shown.index, name]]
        styled = styled.format(_writer(units[name], MARK), subset=(few, [keys[name]])) if len(few) else styled
    changes = [keys[name] for name in units if name.endswith(CHANGE)]
    styled = styled.map(_colour, subset=(shown.index, changes))
    for name in map(str, look.styles):
        styled = styled.apply(lambda _cells, css=look.styles[name]: css.loc[_cells.index], subset=[keys[name]])
    return styled


def _column_config(name: str, title: str | None, *, pinned: bool) -> Any:
    if column(name).unit == "trend":
        return st.column_config.LineChartColumn(title, y_min=0, width=130)
    width = SENTENCE_WIDTH if name in SENTENCES else None
    return st.column_config.Column("±" if name.endswith(CHANGE) else title, pinned=pinned, width=width)


def _colour(moved: Any) -> str:
    return "" if is_missing(moved) or moved == 0 else ROSE if moved > 0 else FELL


def _writer(unit: str, mark: str = "") -> Callable[[Any], str]:
    def write(value: Any) -> str:
        text = _("unknown") if isinstance(value, str) and value == UNKNOWN else written(value, unit, language())
        return text if text == NO_DATA else text + mark

    return write
