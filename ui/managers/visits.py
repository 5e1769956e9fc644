"""Visits: the calendar of the last weeks, and the customers whose cycle is over."""

import streamlit as st

from metrics import Scope
from metrics.managers.overdue import overdue, visit_due
from ui.customers import customer_table
from ui.installation import settings
from ui.managers.visit_calendar import visit_calendar
from ui.page import no_data, section
from ui.reading import guarded, missing_extracts, no_data_reason, read
from ui.words import _, listed, plain

COLUMNS = (
    "customer_name",
    "is_key",
    "tier",
    "cycle",
    "days_since_manager",
    "overdue_days",
    "last_manager_visit",
    "year_amount",
    "area",
    "channel",
    "customer_id",
)


def visits_part(own: Scope, manager_id: str, name: str) -> None:
    """The calendar, and below it who has waited too long."""
    if missing_extracts("visit_days"):
        no_data(no_data_reason("visit_days"))
        return
    with guarded():
        visit_calendar(own, name)
    due = visit_due(own, manager_id, settings().visit_cycles, read=read)
    if due.empty:
        no_data(no_data_reason("visit_due"))
        return
    late = overdue(due)
    section(
        _("Waiting for longer than their cycle: {late} of {all} customers, {key} of them key").format(
            late=f"{len(late):,}", all=f"{len(due):,}", key=f"{int(late['is_key'].sum()):,}"
        )
    )
    if late.empty:
        st.caption(_("None."))
    else:
        marked = late.assign(is_key=[_("★ key") if is_key else "" for is_key in late["is_key"]])
        customer_table(marked, COLUMNS, scope=own, key="manager-overdue", rows_shown=6)
        st.caption(_("First who has waited for most cycles: days since the last visit ÷ days of the cycle."))
    st.caption(cycles_words())


def cycles_words() -> str:
    """The cycles as the settings have them."""
    steps = sorted(settings().visit_cycles.items())
    told = listed(_("from tier {tier} on {days} days").format(tier=tier, days=days) for tier, days in steps)
    return _(
        "Cycle: {cycles} (setting visit_cycles). Days count from this manager's last visit, else from the handover or "
        "the opening; —: none of these is known."
    ).format(cycles=plain(told))
