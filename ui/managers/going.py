"""How it goes: a manager's figures at a glance, the trend, and the key customers in the manager's care."""

import streamlit as st

from metrics import Scope
from ui import chart
from ui.customers import customer_table
from ui.page import no_data, section
from ui.reading import guarded, no_data_reason, read
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


def going_part(own: Scope, _manager_id: str, name: str) -> None:
    """Six tiles, and below them the trend or the key customers."""
    section(_("{name}: how is it going?").format(name=plain(name)), pin="manager-figures")
    tiles(FIGURES, own, columns=3, key="manager-figures")
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
            customer_table(customers, COLUMNS, scope=own, key="manager-key-customers")
