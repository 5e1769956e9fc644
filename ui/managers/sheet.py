"""A manager's own sheet: figures, trend, and the key customers in the manager's care."""

import streamlit as st

from metrics import Scope
from ui import chart
from ui.activity import sheet_opened
from ui.managers.picker import picked_manager
from ui.page import no_data, section
from ui.reading import guarded, no_data_reason, read
from ui.table import table
from ui.tile import TREND_MONTHS, tiles
from ui.words import _, plain

FIGURES = ("amount", "target_attainment", "call_coverage", "key_call_coverage", "strike_rate", "focus_distribution")
COLUMNS = (
    "position",
    "customer_id",
    "customer_name",
    "amount",
    "last_manager_visit",
    "days_since_manager",
    "last_supervisor_visit",
    "days_since_supervisor",
)


def sheet_view(scope: Scope) -> None:
    """Pick a manager and draw the sheet over the scope's period."""
    manager_id = picked_manager(scope)
    if manager_id is None:
        return
    sheet_opened(manager_id, scope)
    own = scope.narrow(manager=manager_id)
    listed = read("manager_list", own)
    name = str(listed["manager_name"].iloc[0]) if len(listed) else manager_id
    section(_("{name}: how is it going?").format(name=plain(name)))
    with guarded():
        tiles(FIGURES, own, columns=6)
    trend, key_customers = st.tabs([_("Trend"), _("Key customers")])
    with trend, guarded():
        months = read("amount", own.trailing_months(TREND_MONTHS), "month")
        if months.empty:
            no_data(no_data_reason("amount"))
        else:
            chart.line(
                months, x="month", y="amount", unit="money", title=_("Is the amount growing?"), key="manager_trend"
            )
    with key_customers, guarded():
        customers = read("key_customers", own)
        if customers.empty:
            no_data(no_data_reason("key_customers"))
        else:
            table(customers, COLUMNS, scope=own, key="manager-key-customers")
