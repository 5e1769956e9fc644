"""Drawing the books of loads: freshness, files, gaps, rejects and versions, each from rows that it is given."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from ui import chart
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import extract_title, version
from ui.table import selected_row, table
from ui.words import _, language, plain
from warehouse.versions import Version

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


def finding(freshness: pd.DataFrame, loads: pd.DataFrame) -> str:
    """How far the sales go, and what the last load did."""
    sales = freshness.loc[freshness["extract"] == extract_title("sales")].iloc[0]
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


def freshness_view(freshness: pd.DataFrame, sales_by_day: pd.DataFrame, missing: pd.DataFrame) -> None:
    """Each extract with its newest day, and the sales of the last ninety days."""
    section(_("How far does each extract go?"))
    table(freshness, FRESHNESS_COLUMNS, key="freshness", rows_shown=12)
    # Days on which nobody works would hide the ones that are missing.
    is_told = (sales_by_day["row_count"] > 0) | sales_by_day["day"].isin(missing["day"].astype(str))
    days = sales_by_day[is_told]
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


def gaps_view(missing: Mapping[str, pd.DataFrame], unknown: pd.DataFrame, managers: pd.DataFrame) -> None:
    """Days without rows where there usually are some, codes that no master knows, managers nobody hears of."""
    for column, (name, days) in zip(st.columns(len(missing)), missing.items(), strict=True):
        with column:
            section(
                _("{extract}: {days} working days of the last 90 without a row").format(
                    extract=extract_title(name).capitalize(), days=len(days)
                )
            )
            if not days.empty:
                table(days, ("day",), key=f"missing-{name}", rows_shown=5)
    section(_("{count} codes are named by sales, visits and the like, and by no master").format(count=len(unknown)))
    if not unknown.empty:
        table(unknown, ("extract", "id"), key="unknown", rows_shown=5)
    section(_("{count} managers in service have had no sale or no visit for 30 days").format(count=len(managers)))
    if not managers.empty:
        table(managers, MANAGER_COLUMNS, key="silent")


def rejects_view(rejects: pd.DataFrame) -> None:
    """The rows kept out, with the reason in the screen's language."""
    if rejects.empty:
        no_data(_("No row was ever kept out."))
        return
    section(_("Which rows were kept out, and why?"))
    reason = "reason_zh" if language() == "zh" else "reason_en"
    table(rejects, ("version", "file", "line", "at_column", "value", reason, "raw"), key="rejects", rows_shown=12)


def versions_view(kept: Sequence[Version], may_go_back: bool) -> Version | None:
    """The versions that are kept, newest first; gives the one that a person wants to make the current one."""
    rows = pd.DataFrame(
        {
            "version": [each.name for each in kept],
            "size": [each.path.stat().st_size / 1e6 for each in kept],
            "published_at": [f"{datetime.fromtimestamp(each.path.stat().st_mtime):%Y-%m-%d %H:%M}" for each in kept],
            "state": [_("current") if each.name == version().name else "" for each in kept],
        }
    )
    section(_("Which version does everybody see?"))
    table(rows, tuple(rows.columns), key="versions", selects=may_go_back)
    chosen = selected_row("versions", rows)
    if not may_go_back:
        return None
    if chosen is None or kept[chosen].name == version().name:
        st.caption(_("Click another version to make it the current one; nothing is deleted by that."))
        return None
    name = kept[chosen].name
    st.warning(
        _("All pages will show {version} to everybody, until the next load or another choice.").format(version=name)
    )
    return kept[chosen] if st.button(_("Make {version} the current one").format(version=name), type="primary") else None
