"""The customers behind a number of the portfolio."""

from functools import partial

import streamlit as st

from metrics import Scope
from metrics.brand.behind import BEHIND, customers_in
from metrics.columns import column
from ui.clicks import let_go
from ui.customers import customer_table
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.table import CHANGE
from ui.views import one_of
from ui.words import _, mid_sentence, pick, plain

WHO = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name")
BOUGHT = ("qty", "amount", "last_bought")
COLUMNS = {
    "missing": (*WHO, "all_amount"),
    "on_shelf": (*WHO, "checked", "on_shelf", "last_stock", "qty"),
    "off_shelf": (*WHO, "checked", "on_shelf", "last_stock", "qty"),
    "counted": (*WHO, "available", "sold", "last_stock"),
    "short": (*WHO, "ordered", "delivered", "fill_rate", "amount"),
    "served": (*WHO, "ordered", "delivered", "fill_rate", "amount"),
}
"""What is shown of a group, beside who it is; else what was bought."""


def measure_of(name: str) -> str | None:
    """The number that a column shows, or the change of which it shows; None where no customers make it up."""
    measure = name.removesuffix(CHANGE)
    return "numeric_distribution" if name == "trend" else measure if measure in BEHIND else None


def behind_view(name: str, scope: Scope, measure: str, *, table_key: str) -> None:
    """The customers of a row's number in groups; a button goes back to the picture."""
    titles = _titles()
    rows = read("customers_behind", scope)
    groups = {group: customers_in(group, rows) for group in BEHIND[measure]}
    with st.container(horizontal=True, vertical_alignment="center"):
        section(
            _("{name}: the customers behind {measure}").format(
                name=plain(name), measure=mid_sentence(pick(column(measure).title))
            )
        )
        st.button(_("Back to the picture"), icon=":material/bubble_chart:", on_click=partial(let_go, table_key))
    shown = one_of(
        "list",
        {group: f"{titles[group]} ({len(customers):,})" for group, customers in groups.items()},
        label=_("Customers"),
    )
    if rows.empty:
        no_data(no_data_reason("customers_behind"))
    elif groups[shown].empty:
        st.caption(_("None."))
    else:
        columns = COLUMNS.get(shown, (*WHO, *BOUGHT))
        customer_table(groups[shown], columns, scope=scope, key=f"behind-{shown}", rows_shown=6)


def _titles() -> dict[str, str]:
    return {
        "handlers": _("Carry it"),
        "missing": _("May carry it and don't"),
        "repeaters": _("Came back"),
        "once": _("Ordered on one day only"),
        "on_shelf": _("On the shelf at the last check"),
        "off_shelf": _("Checked and not on the shelf"),
        "counted": _("With two stock counts or more"),
        "buyers": _("Bought it"),
        "short": _("Got less than they ordered"),
        "served": _("Got all they ordered"),
    }
