"""The columns of an extract beside the headers of a file: what is proposed, how surely, and open to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui.numbers import NO_DATA
from ui.page import section
from ui.table import height_of
from ui.words import _, listed, plain

ROWS_SHOWN = 12
HEADERS_SHOWN = 12


@dataclass(frozen=True)
class ColumnRow:
    """One column: its name in the screen's language, the header chosen, how surely and why, samples, and its unit."""

    name: str
    title: str
    is_required: bool
    header: str
    confidence: float
    why: str
    samples: Sequence[str]
    unit: str
    units: Sequence[str]


def columns_editor(
    rows: Sequence[ColumnRow], headers: Sequence[str], *, key: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Draw the columns, required ones first; gives the header and the unit of each that has one."""
    whys = {
        "name": _("its very name"),
        "alias": _("a known name"),
        "remembered": _("as last time"),
        "close": _("a similar name"),
        "price": _("quantity times price"),
        "values": _("by its values"),
        "chosen": _("your choice"),
        "none": "",
    }
    section(_("Which header is which column?"))
    frame = pd.DataFrame(
        {
            "column": [f"{row.title} ＊" if row.is_required else row.title for row in rows],
            "header": [row.header or NO_DATA for row in rows],
            "confidence": [row.confidence if row.header else None for row in rows],
            "why": [whys.get(row.why, "") for row in rows],
            "samples": [" · ".join(row.samples) for row in rows],
            "unit": [row.unit or NO_DATA for row in rows],
        }
    )
    units = sorted({unit for row in rows for unit in row.units})
    edited = st.data_editor(
        frame,
        key=f"{key}-columns",
        hide_index=True,
        height=height_of(len(rows), ROWS_SHOWN),
        disabled=["column", "confidence", "why", "samples"],
        column_config={
            "column": st.column_config.TextColumn(_("Column"), pinned=True),
            "header": st.column_config.SelectboxColumn(_("Header"), options=[NO_DATA, *headers], required=True),
            "confidence": st.column_config.ProgressColumn(
                _("How surely"), min_value=0, max_value=1, format="percent", width=110
            ),
            "why": st.column_config.TextColumn(_("Because of")),
            "samples": st.column_config.TextColumn(_("Values"), width=300),
            "unit": st.column_config.SelectboxColumn(_("Unit"), options=[NO_DATA, *units], required=True, width=80),
        },
    )
    st.caption(_("＊ needed. A unit holds where the cells state none."))
    chosen = {
        row.name: header
        for row, header in zip(rows, edited["header"], strict=True)
        if header is not None and header != NO_DATA
    }
    stated = {
        row.name: unit
        for row, unit in zip(rows, edited["unit"], strict=True)
        if unit and unit in row.units and row.name in chosen
    }
    return chosen, stated


def choice_remarks(unused: Sequence[str], doubled: Sequence[str], unlikely: Mapping[str, str]) -> None:
    """What the choice leaves to be seen: headers that serve no column, or two, and values of another kind.

    `unlikely` gives the header by the column's title.
    """
    for title, header in unlikely.items():
        words = _("{column}: the values below “{header}” are not of its kind, they will be kept out.")
        st.warning(words.format(column=title, header=plain(header)), icon=":material/help:")
    if doubled:
        st.warning(_("Chosen for two columns: {headers}").format(headers=_named(doubled)), icon=":material/help:")
    if unused:
        st.caption(_("Nothing is taken from: {headers}").format(headers=_named(unused)))


def _named(headers: Sequence[str]) -> str:
    return listed(map(plain, headers[:HEADERS_SHOWN])) + (" …" if len(headers) > HEADERS_SHOWN else "")
