"""Data 数据: how fresh it is, what came in, what is missing, what was kept out, and which version everybody sees."""

from collections.abc import Callable
from datetime import date

import duckdb
import pandas as pd
import streamlit as st

from etl import history
from ui.address import through_the_front_door, write_address
from ui.books import finding, freshness_view, gaps_view, loads_view, rejects_view, versions_view
from ui.installation import settings
from ui.page import no_data
from ui.private import is_looking
from ui.reading import begin_run, extract_title, guarded, tell, version, without_names
from ui.scope_bar import language_switch, names_switch
from ui.words import _
from warehouse.connection import reading_cursor
from warehouse.errors import PinyuError
from warehouse.versions import Version, go_back, versions

DAILY = ("sales", "visits")


@st.cache_data(show_spinner=False, max_entries=50, hash_funcs={Version: repr})
def _asked(version: Version, question: str, argument: str | date | None = None) -> pd.DataFrame:
    cursor = reading_cursor(version, settings())
    ask: Callable[..., pd.DataFrame] = getattr(history, question)
    return ask(cursor) if argument is None else ask(cursor, argument)


def books(question: str, argument: str | date | None = None) -> pd.DataFrame:
    """Rows of a question of etl.history about this run's version, as the screen calls extracts and people."""
    try:
        rows = _asked(version(), question, argument)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise PinyuError(
            _("This version was made by an earlier release."), _("The next load brings its books up to date.")
        ) from error
    rows = without_names(rows)
    return rows.assign(extract=rows["extract"].map(extract_title)) if "extract" in rows else rows


def show_freshness() -> None:
    """How far each extract goes."""
    missing = books("missing_days", "sales")
    freshness_view(books("freshness", date.today()), books("rows_by_day", "sales"), missing)


def show_gaps() -> None:
    """What is not there."""
    gaps_view({name: books("missing_days", name) for name in DAILY}, books("unknown_ids"), books("silent_managers"))


def show_versions() -> None:
    """What can be gone back to."""
    wanted = versions_view(versions(settings().warehouse)[::-1], settings().may_go_back and not is_looking())
    if wanted is not None:
        go_back(settings().warehouse, wanted.name, wait_seconds=1)
        st.rerun()


through_the_front_door()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Data"), width="content", anchor=False)
    answer = st.empty()
    names_switch()
    language_switch()
write_address()
with guarded():
    try:
        begin_run()
    except PinyuError as error:
        tell(error)
        st.stop()
    loads = books("load_history")
    if loads.empty:
        no_data(_("Not loaded: no file has come in yet."))
        st.stop()
    answer.markdown(finding(books("freshness", date.today()), loads), width="stretch")
    views: dict[str, Callable[[], None]] = {
        _("Freshness"): show_freshness,
        _("Loads"): lambda: loads_view(loads),
        _("Gaps"): show_gaps,
        _("Rejects"): lambda: rejects_view(books("rejected_rows")),
        _("Versions"): show_versions,
    }
    for tab, draw in zip(st.tabs(list(views), on_change="rerun", key="data-views"), views.values(), strict=True):
        if tab.open:
            with tab, guarded():
                draw()
