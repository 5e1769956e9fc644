"""After the check: what became of every row, mending what was kept out, and what is to be done with the files."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from etl.corrections import corrected_file, rejected_table, rejects_workbook, same_value
from pages.uploading.check import begin_check, begin_load, begin_publish
from pages.uploading.compare import compare_view
from pages.uploading.state import Upload, keep
from ui.installation import private_warehouse, shared_settings
from ui.page import section
from ui.private import look_privately, own_layer
from ui.upload.outcome import accounting, rejects_editor
from ui.words import _, plain
from warehouse.connection import reading_cursor
from warehouse.versions import current_version
from warehouse.private import keep_file
from warehouse.settings import in_bytes


def choose(given: Upload) -> None:
    """The accounting, then the three ways on, then what was kept out."""
    outcome = given.outcome
    if outcome is None or outcome.report is None:
        return
    accounting(outcome.report["files"])
    if given.purpose == "publish":
        _published(given)
        return
    _ways_on(given)
    _comparison(given)
    _rejects(given)


def _ways_on(given: Upload) -> None:
    """Look only, compare, publish; or begin anew."""
    settings = shared_settings()
    with st.container(horizontal=True, vertical_alignment="center"):
        is_looked_at = private_warehouse() is not None
        if st.button(
            _("Look at it on all pages"),
            type="primary",
            icon=":material/visibility_lock:",
            disabled=is_looked_at,
            key="upload_look",
        ):
            look_privately(given.names, is_over=given.is_over)
            st.rerun()
        if settings.may_publish:
            with st.popover(_("Publish"), icon=":material/publish:"):
                st.markdown(_("Everybody will see it. It becomes a version of its own, which can be gone back from."))
                if st.button(_("Publish to everybody"), type="primary", key="upload_publish"):
                    begin_publish(given)
                    st.rerun()
        if st.button(_("Change the columns"), icon=":material/edit:", type="tertiary", key="upload_back"):
            keep(replace(given, outcome=None))
            st.rerun()
        if st.button(_("Other files"), icon=":material/restart_alt:", type="tertiary", key="upload_other"):
            keep(Upload())
            st.rerun()
    if not settings.may_publish:
        st.caption(_("Publishing is switched off here (setting may_publish)."))


def _comparison(given: Upload) -> None:
    """This file against what is loaded, where there is something."""
    shared, mine = current_version(shared_settings().warehouse), current_version(own_layer().warehouse)
    if shared is not None and mine is not None and not given.is_over:
        with st.expander(_("Compare with what everybody sees"), icon=":material/compare_arrows:", key="upload_compare"):
            compare_view(mine.path, shared.path)


def _rejects(given: Upload) -> None:
    """What was kept out of each file, to be mended here or in a spreadsheet."""
    version = current_version(own_layer().warehouse)
    if version is None or given.outcome is None or given.outcome.report is None:
        return
    cursor = reading_cursor(version, shared_settings())
    for number, file in enumerate(given.outcome.report["files"]):
        if not file["rejected"]:
            continue
        rejects = rejected_table(cursor, file["file"])
        headers = [name for name in rejects.columns if name not in NOT_CELLS]
        edits, is_for_all = rejects_editor(rejects, headers, key=f"upload-{number}-{len(given.corrected)}")
        _mended(given, str(file["file"]), rejects, edits, is_for_all)
    _dropped_back(given)


def _mended(
    given: Upload, file: str, rejects: pd.DataFrame, edits: dict[tuple[int, str], str], is_for_all: bool
) -> None:
    if is_for_all:
        for (line, header), value in list(edits.items()):
            before = rejects.loc[rejects["line"] == line, header].iloc[0]
            edits = same_value(rejects, header, before, value) | edits
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _("Load {count} mended cells").format(count=len(edits)), disabled=not edits, key=f"upload-mend-{file}"
        ):
            version = current_version(own_layer().warehouse)
            assert version is not None
            target = own_layer().incoming / f"mended-{len(given.corrected) + 1}-{file}"
            corrected_file(reading_cursor(version, shared_settings()), file, edits, target)
            begin_check(replace(given, corrected=(*given.corrected, target)))
            st.rerun()
        st.download_button(
            _("Kept-out rows as XLSX"),
            rejects_workbook(rejects),
            file_name="rejects.xlsx",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"upload-rejects-{file}",
        )


NOT_CELLS = ("line", "at_header", "reason_en", "reason_zh", "value")
