"""Data 数据: how fresh it is, what came in, what is missing, what was kept out, and which version everybody sees."""

from collections.abc import Callable
from datetime import date, datetime

import duckdb
import pandas as pd
import streamlit as st

from etl import history
from ui import chart
from ui.address import through_the_front_door, write_address
from ui.installation import settings
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import begin_run, extract_title, guarded, tell, version
from ui.scope_bar import language_switch
from ui.table import selected_row, table
from ui.words import _, language, plain
from warehouse.connection import reading_cursor
from warehouse.errors import PinyuError
from warehouse.versions import Version, go_back, versions

LOAD_COLUMNS = (
    "loaded_at",
    "version",
    "file",
    "extract",
    "read",
    "loaded",
    "duplicates",
    "superseded",
    "rejected",
    "corrections",
    "loaded_by",
    "seconds",
)
DETAIL_COLUMNS = (
    "encoding",
    "furniture",
    "replaced_month",
    "removed",
    "before_amount",
    "read_amount",
    "loaded_amount",
    "after_amount",
    "before_qty",
    "read_qty",
    "loaded_qty",
    "after_qty",
    "sha256",
)
FRESHNESS_COLUMNS = ("extract", "row_count", "first_date", "last_date", "days_old", "version")
MANAGER_COLUMNS = (
    "manager_id",
    "manager_name",
    "team",
    "last_sale",
    "days_since_sale",
    "last_visit",
    "days_since_visit",
)
DAILY = ("sales", "visits")


@st.cache_data(show_spinner=False, max_entries=50, hash_funcs={Version: repr})
def _asked(version: Version, question: str, argument: str | date | None = None) -> pd.DataFrame:
    cursor = reading_cursor(version, settings())
    ask: Callable[..., pd.DataFrame] = getattr(history, question)
    return ask(cursor) if argument is None else ask(cursor, argument)


def books(question: str, argument: str | date | None = None) -> pd.DataFrame:
    """Rows of one of the questions of etl.history about this run's version, with extracts by their names."""
    try:
        rows = _asked(version(), question, argument)
    except duckdb.CatalogException as error:
        raise PinyuError(
            _("This version was made by an earlier release."), _("The next load brings its books up to date.")
        ) from error
    return rows.assign(extract=rows["extract"].map(extract_title)) if "extract" in rows else rows


def finding(fresh: pd.DataFrame, loads: pd.DataFrame) -> str:
    """How far the sales go, and what the last load did."""
    sales = fresh.loc[fresh["extract"] == extract_title("sales")].iloc[0]
    last = loads.loc[loads["load_id"] == loads["load_id"].max()]
    words = _("The last load, {version} at {at}, read {read} rows and kept {rejected} out.").format(
        version=last["version"].iloc[0],
        at=last["loaded_at"].iloc[0],
        read=f"{last['read'].sum():,}",
        rejected=f"{last['rejected'].sum():,}",
    )
    if sales["row_count"] == 0:
        return " ".join((_("No sales are loaded."), words))
    until = _("Sales run to {day}, {days} days ago.").format(
        day=written(sales["last_date"], "date", language()), days=written(sales["days_old"], "days", language())
    )
    return f"{until} {words}"


def freshness_view() -> None:
    """Each extract with its newest day, and the sales of the last ninety days."""
    section(_("How far does each extract go?"))
    table(books("freshness", date.today()), FRESHNESS_COLUMNS, key="freshness", rows_shown=12)
    days = books("rows_by_day", "sales")
    missing = books("missing_days", "sales")["day"].astype(str)
    # Days on which nobody works would hide the ones that are missing.
    days = days[(days["row_count"] > 0) | days["day"].isin(missing)]
    if not days.empty:
        chart.line(days, x="day", y="row_count", unit="count", title=_("Did sales come in every day?"), key="by_day")


def loads_view(loads: pd.DataFrame) -> None:
    """Every file of every load; a click shows its control totals and hash."""
    section(_("Where did every row go? Read = loaded + duplicates + superseded + rejected"))
    table(loads, LOAD_COLUMNS, key="loads", rows_shown=12, selects=True)
    chosen = selected_row("loads", loads)
    if chosen is None:
        st.caption(_("Click a row for its control totals."))
        return
    section(plain(str(loads["file"].iloc[chosen])))
    table(loads.iloc[[chosen]], DETAIL_COLUMNS, key="load-detail")


def gaps_view() -> None:
    """Days without rows where there usually are some, and managers nobody hears of."""
    for column, name in zip(st.columns(2), DAILY, strict=True):
        with column:
            days = books("missing_days", name)
            section(
                _("{extract}: {days} working days of the last 90 without a row").format(
                    extract=extract_title(name).capitalize(), days=len(days)
                )
            )
            if not days.empty:
                table(days, ("day",), key=f"missing-{name}", rows_shown=5)
    unknown = books("unknown_ids")
    section(_("{count} codes are named by sales, visits and the like, and by no master").format(count=len(unknown)))
    if not unknown.empty:
        table(unknown, ("extract", "id"), key="unknown", rows_shown=5)
    managers = books("silent_managers")
    section(_("{count} managers in service have had no sale or no visit for 30 days").format(count=len(managers)))
    if not managers.empty:
        table(managers, MANAGER_COLUMNS, key="silent")


def rejects_view() -> None:
    """The rows kept out, with the reason in the screen's language."""
    rejects = books("rejected_rows")
    if rejects.empty:
        no_data(_("No row was ever kept out."))
        return
    section(_("Which rows were kept out, and why?"))
    reason = "reason_zh" if language() == "zh" else "reason_en"
    table(rejects, ("version", "file", "line", "at_column", "value", reason, "raw"), key="rejects", rows_shown=12)


def versions_view() -> None:
    """The versions that are kept, and the way back to another one."""
    kept = versions(settings().warehouse)[::-1]
    rows = pd.DataFrame(
        {
            "version": [each.name for each in kept],
            "size": [each.path.stat().st_size / 1e6 for each in kept],
            "published_at": [f"{datetime.fromtimestamp(each.path.stat().st_mtime):%Y-%m-%d %H:%M}" for each in kept],
            "state": [_("current") if each.name == version().name else "" for each in kept],
        }
    )
    section(_("Which version does everybody see?"))
    table(rows, tuple(rows.columns), key="versions", selects=settings().may_go_back)
    chosen = selected_row("versions", rows)
    if not settings().may_go_back:
        return
    if chosen is None or kept[chosen].name == version().name:
        st.caption(_("Click another version to make it the current one; nothing is deleted by that."))
        return
    name = kept[chosen].name
    st.warning(
        _("All pages will show {version} to everybody, until the next load or another choice.").format(version=name)
    )
    if st.button(_("Make {version} the current one").format(version=name), type="primary"):
        go_back(settings().warehouse, name, wait_seconds=1)
        st.rerun()


through_the_front_door()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Data"), width="content", anchor=False)
    answer = st.empty()
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
        _("Freshness"): freshness_view,
        _("Loads"): lambda: loads_view(loads),
        _("Gaps"): gaps_view,
        _("Rejects"): rejects_view,
        _("Versions"): versions_view,
    }
    for tab, draw in zip(st.tabs(list(views), on_change="rerun", key="data-views"), views.values(), strict=True):
        if tab.open:
            with tab, guarded():
                draw()
