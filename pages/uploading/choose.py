"""After the check: what became of every row, what was kept out, and what is to be done with the files."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.uploading.check import begin_publish
from pages.uploading.compare import compare_view
from pages.uploading.drop import other_files
from pages.uploading.mend import mend_rejects
from pages.uploading.state import Upload, keep
from ui.installation import shared_settings
from ui.page import no_data, section
from ui.private import is_looking, leave, look_privately, own_layer
from ui.reading import extract_title, guarded
from ui.upload.outcome import accounting, left_aside
from ui.words import _, listed, plain
from warehouse.versions import current_version

IDS_SHOWN = 8


def choose(given: Upload) -> None:
    """The accounting, then the ways on, then what was kept out."""
    outcome = given.outcome
    if outcome is None or outcome.report is None:
        return
    if given.purpose == "publish":
        _published(given, outcome.report)
        return
    files = [*given.told, *outcome.report["files"]]
    has_rows = any(file["loaded"] for file in files)
    if has_rows:
        _ways_on(given)
    else:
        no_data(_("Not one row came in: there is nothing to look at. See below what was kept out, or go back."))
        _ways_back(given)
    accounting(files, [mended.path.name for mended in given.mended])
    _remarks(outcome.report)
    left_aside(_aside(given))
    if has_rows:
        _comparison(given)
    mend_rejects(given, outcome.report["files"])


def _comparison(given: Upload) -> None:
    """The files against what is loaded, where there is something."""
    shared, own = current_version(shared_settings().warehouse), current_version(own_layer().warehouse)
    if shared is None or own is None:
        return
    if st.toggle(_("Compare with what everybody sees"), key="upload_compare"):
        with guarded():
            compare_view(own.path, shared.path, is_over=given.is_over)


def _ways_on(given: Upload) -> None:
    """Look only, or publish; or go back to the columns, or to other files."""
    may_publish = shared_settings().may_publish
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_looking():
            st.button(_("Leave"), on_click=leave, icon=":material/logout:", key="upload_leave")
        else:
            st.button(
                _("Look at it on all pages"),
                type="primary",
                icon=":material/visibility_lock:",
                on_click=look_privately,
                args=(given.names,),
                kwargs={"is_over": given.is_over},
                key="upload_look",
            )
        with st.popover(_("Publish"), icon=":material/publish:", disabled=not may_publish):
            told = _("The rows of {files} are added to what everybody sees; those of a known key take its place.")
            st.markdown(told.format(files=listed(map(plain, given.names))))
            st.markdown(_("Everybody will see it, as a version of its own that can be gone back from."))
            if st.button(_("Publish to everybody"), type="primary", key="upload_publish"):
                begin_publish(given)
                st.rerun()
        _ways_back(given)
    if not may_publish:
        st.caption(_("Publishing from the screen is switched off here (setting may_publish)."))


def _ways_back(given: Upload) -> None:
    """To the columns, or to other files."""
    if st.button(_("Change the columns"), icon=":material/edit:", type="tertiary", key="upload_back"):
        leave()
        keep(replace(given, outcome=None, mended=(), told=()))
        st.rerun()
    other_files("upload_other")


def _aside(given: Upload) -> list[str]:
    """What was dropped and is no table that was loaded."""
    return [table.look.name for table in given.tables if table not in given.taken]


def _remarks(report: Any) -> None:
    """What the rows refer to that nobody knows: they are shown as unknown, and counted."""
    for name in ("customers", "products", "managers"):
        ids: Sequence[str] = report["unknown"].get(name, [])
        count = report["unknown"]["counts"].get(name, len(ids))
        if count:
            codes = listed(plain(code) for code in ids[:IDS_SHOWN])
            more = " …" if count > IDS_SHOWN else ""
            st.caption(
                _("Not in the list of {what}: {count} ({ids}). They count all the same, as unknown.").format(
                    what=extract_title(name), count=f"{count:,}", ids=codes + more
                )
            )


def _published(given: Upload, report: Any) -> None:
    is_new = report["published"] and any(file["loaded"] for file in report["files"])
    section(
        _("Everybody sees it now: version {version}").format(version=report["version"])
        if is_new
        else _("Nothing new in it: what everybody sees stays as it was")
    )
    accounting(report["files"])
    st.caption(_("The page Data goes back to an earlier version."))
    other_files("upload_after_publish")
