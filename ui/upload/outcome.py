"""What became of every row: the accounting of each file, and what of the files is no row."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui.page import section
from ui.reading import extract_title
from ui.table import table
from ui.words import _, listed, plain

ACCOUNTING = ("file", "extract", "encoding", "read", "loaded", "duplicates", "superseded", "rejected", "corrections")
HEADERS_SHOWN = 8


def accounting(files: Sequence[Mapping[str, Any]], mended: Collection[str] = ()) -> None:
    """Where the rows of each file went, in a sentence over all of them, a table, and what lies beside the rows.

    `mended` names the files that are rows kept out of one before: these rows are not counted twice.
    """
    rows = pd.DataFrame(list(files), columns=list(ACCOUNTING))
    section(_in_all(rows, rows["file"].isin(mended)))
    table(rows.assign(extract=rows["extract"].map(extract_title)), ACCOUNTING, key="upload-accounting", rows_shown=6)
    for file in files:
        _beside_the_rows(file)


def left_aside(names: Sequence[str]) -> None:
    """Say which files and tables were left aside, where some were."""
    if names:
        st.caption(_("Left aside, nothing of it was loaded: {names}.").format(names=listed(map(plain, names))))


def _in_all(rows: pd.DataFrame, is_mended: pd.Series) -> str:
    loaded, duplicates, superseded = (int(rows[name].sum()) for name in ("loaded", "duplicates", "superseded"))
    back = rows.loc[is_mended, "read"].sum() - rows.loc[is_mended, "rejected"].sum()
    # A spreadsheet may come back with rows that were never kept out.
    kept_out = max(0, int(rows.loc[~is_mended, "rejected"].sum() - back))
    parts = [
        _("{loaded} of {read} rows came in").format(
            loaded=f"{loaded:,}", read=f"{loaded + duplicates + superseded + kept_out:,}"
        )
    ]
    parts += [_("there already: {count}").format(count=f"{duplicates:,}")] if duplicates else []
    parts += [_("replaced by a later row: {count}").format(count=f"{superseded:,}")] if superseded else []
    parts += [_("mended: {count}").format(count=f"{int(back):,}")] if back else []
    return " · ".join([*parts, _("kept out: {count}").format(count=f"{kept_out:,}")])


def _beside_the_rows(file: Mapping[str, Any]) -> None:
    words = []
    if file["unchanged_since"]:
        words.append(_("everybody sees it already, since {version}").format(version=file["unchanged_since"]))
    if file["titles"]:
        words.append(_("rows of titles above the header: {count}").format(count=f"{file['titles']:,}"))
    if file["furniture"]:
        words.append(_("rows of totals or repeated headers: {count}").format(count=f"{file['furniture']:,}"))
    if file["unused"]:
        more = " …" if len(file["unused"]) > HEADERS_SHOWN else ""
        headers = listed(map(plain, file["unused"][:HEADERS_SHOWN])) + more
        words.append(_("nothing is taken from the columns {headers}").format(headers=headers))
    if words:
        told = _("{file}, not counted as rows — {words}").format(file=plain(file["file"]), words=" · ".join(words))
        st.caption(told)
