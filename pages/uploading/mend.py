"""Rows that were kept out: mended here or in a spreadsheet, and loaded on top of what came in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st

from etl.contracts import BY_NAME
from etl.corrections import FIXED, corrected_file, corrected_rule, rejected_table, rejects_workbook, same_value
from pages.uploading.check import load_mended
from pages.uploading.columns import column_title
from pages.uploading.state import Mended, Upload
from ui.installation import shared_settings
from ui.private import own_layer
from ui.reading import without_names
from ui.upload.file_choice import file_choice
from ui.upload.rejects import rejects_editor
from ui.words import _
from warehouse.connection import reading_cursor
from warehouse.private import keep_file, new_path
from warehouse.settings import in_bytes
from warehouse.versions import current_version


def mend_rejects(given: Upload, files: Sequence[Mapping[str, Any]]) -> None:
    """Draw what was kept out of the newest load, file by file, and the ways to bring it back."""
    version = current_version(own_layer().warehouse)
    if version is None or not any(file["rejected"] for file in files):
        return
    cursor = reading_cursor(version, shared_settings())
    for number, file in enumerate(files):
        if file["rejected"]:
            _mend(given, str(file["file"]), str(file["extract"]), cursor, key=f"upload-{number}-{len(given.mended)}")


def _mend(given: Upload, file: str, extract: str, cursor: duckdb.DuckDBPyConnection, *, key: str) -> None:
    rejects = rejected_table(cursor, file)
    headers = [name for name in rejects.columns if name not in FIXED]
    # A column that is made of several headers is named as the screen names it.
    made = {name: column_title(extract, name) for name in BY_NAME[extract].names if name not in headers}
    rejects["at_column"] = rejects["at_column"].replace(made)
    edits, is_for_all = rejects_editor(without_names(rejects), headers, file=file, key=key)
    if is_for_all:
        for (line, header), value in list(edits.items()):
            before = rejects.loc[rejects["line"] == line, header].iloc[0]
            edits = same_value(rejects, header, before, value) | edits
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = _("Load with these changes ({count} cells)").format(count=f"{len(edits):,}")
        if st.button(words, type="primary", disabled=not edits, key=f"{key}-mend"):
            target = new_path(own_layer(), "mended.csv")
            corrected_file(cursor, file, edits, target)
            _load(given, file, cursor, target)
        st.download_button(
            _("Kept-out rows as XLSX"),
            partial(_workbook, cursor, file, own_layer().folder / "rejects.xlsx"),
            file_name="rejects.xlsx",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"{key}-xlsx",
        )
        most = in_bytes(shared_settings().upload_limit)
        words = _("The same workbook, corrected")
        back = file_choice(words, most_megabytes=round(most / 1e6), kinds=["xlsx"], key=f"{key}-back", width=360)
    for name, content in back[:1]:
        _load(given, file, cursor, keep_file(own_layer(), name, content, most))


def _load(given: Upload, file: str, cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Load a mended file by the rule that its original was loaded by."""
    rule = corrected_rule(cursor, file, _rule(given, file), target.name)
    load_mended(replace(given, mended=(*given.mended, Mended(target, rule))))
    st.rerun()


def _rule(given: Upload, file: str) -> Mapping[str, object]:
    """The rule of the table, or of the mended file, that is called so in the report."""
    mended = {each.path.name: each.rule for each in given.mended}
    if file in mended:
        return mended[file]
    return next(table.rule for table in given.taken if table.look.name == file)


def _workbook(cursor: duckdb.DuckDBPyConnection, file: str, target: Path) -> bytes:
    """The kept-out rows as XLSX; made when it is asked for, where there is no session any more."""
    rejects_workbook(cursor, file, target)
    return target.read_bytes()
