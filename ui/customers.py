"""Customers on screen: the one table of them, and the card that a click on one opens."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope
from ui import chart
from ui.numbers import NO_DATA, is_missing, written
from ui.page import no_data
from ui.pin import without_pins
from ui.reading import guarded, no_data_reason, read, read_ahead
from ui.table import selected_row, table
from ui.words import _, language, plain

PRODUCT_COLUMNS = ("sku_name", "qty", "amount", "last_year_qty", "year_amount", "last_bought", "focus")
VISIT_COLUMNS = ("visit_date", "manager_name", "was_planned", "purpose", "outcome", "joint_with", "minutes", "note")
CHECK_COLUMNS = ("check_date", "sku_name", "found_on_shelf", "stock_qty", "retail_price")
MONTHS = 13
TILE_HEIGHT = 104
_OPENED_KEY = "customer_opened"


def customer_table(
    rows: pd.DataFrame,
    columns: Sequence[str],
    *,
    scope: Scope,
    key: str,
    titles: Mapping[str, str] | None = None,
    rows_shown: int = 10,
) -> None:
    """A table whose rows are customers: a click on one opens its card. `rows` have a column customer_id."""
    table(rows, columns, scope=scope, key=key, titles=titles, rows_shown=rows_shown, selects=True)
    st.caption(_("Click a row for the customer's card."))
    clicked = selected_row(key, rows)
    customer = None if clicked is None else str(rows["customer_id"].iloc[clicked])
    # A card that was closed stays closed until another row, or the same row anew, is clicked.
    if customer != st.session_state.get(f"{_OPENED_KEY}_{key}"):
        st.session_state[f"{_OPENED_KEY}_{key}"] = customer
        if customer is not None:
            customer_card(customer, scope)


def customer_card(customer_id: str, scope: Scope) -> None:
    """Open a customer's card over the page: who it is, what it buys, from whom, visits and shelf checks."""
    own = Scope(scope.from_date, scope.to_date, viewer=scope.viewer).narrow(customer=customer_id)
    read_ahead([(name, own, ()) for name in ("customer_facts", "customer_products", "visit_list", "check_list")])
    facts = read("customer_facts", own)
    name = customer_id if facts.empty else str(facts["customer_name"].iloc[0])
    st.dialog(f"{plain(name)} · {plain(customer_id)}", width="large", icon=":material/storefront:")(_card)(facts, own)


def _card(facts: pd.DataFrame, own: Scope) -> None:
    with without_pins(), guarded():
        if facts.empty:
            no_data(no_data_reason("customer_facts"))
            return
        fact = facts.iloc[0]
        st.caption(_description(fact))
        with st.container(horizontal=True):
            for title, value in (
                (_("Amount, twelve months"), written(fact["amount"], "money", language())),
                (_("Products"), written(fact["products"], "count", language())),
                (_("Last order"), _day(fact["last_bought"])),
                (_("Manager's last visit"), _day(fact["last_manager_visit"])),
                (_("Supervisor's last visit"), _day(fact["last_supervisor_visit"])),
            ):
                st.metric(title, value, border=True, height=TILE_HEIGHT)
    products, visits, checks, months = st.tabs([_("What it buys"), _("Visits"), _("Shelf checks"), _("Months")])
    with products, without_pins(), guarded():
        _list("customer_products", PRODUCT_COLUMNS, own)
    with visits, without_pins(), guarded():
        _list("visit_list", VISIT_COLUMNS, own)
    with checks, without_pins(), guarded():
        _list("check_list", CHECK_COLUMNS, own)
    with months, without_pins(), guarded():
        _months(own)


def _description(fact: Any) -> str:
    """Where it is, what it is, whose it is."""
    manager = fact["manager_id"] if is_missing(fact["manager_name"]) else fact["manager_name"]
    parts = {
        _("Manager"): manager,
        _("Team"): fact["team"],
        _("Area"): fact["area"],
        _("Market"): code_words().get(str(fact["market"]), fact["market"]),
        _("Channel"): fact["channel"],
        _("Tier"): NO_DATA if is_missing(fact["tier"]) else str(fact["tier"]),
        _("Status"): code_words().get(str(fact["status"]), fact["status"]),
        _("Opened"): _day(fact["opened_on"]),
    }
    return " · ".join(f"{title}: {plain(code_words().get(str(value), value))}" for title, value in parts.items())


def _list(name: str, columns: Sequence[str], own: Scope) -> None:
    rows = read(name, own)
    if rows.empty:
        no_data(no_data_reason(name))
        return
    if "outcome" in rows:
        rows = rows.assign(outcome=[code_words().get(str(value), value) for value in rows["outcome"]])
    table(rows, columns, scope=own, key=f"card-{name}", rows_shown=7)


def _months(own: Scope) -> None:
    rows = read("amount", own.trailing_months(MONTHS), "month")
    if rows.empty:
        no_data(no_data_reason("amount"))
        return
    chart.line(
        rows, x="month", y="amount", unit="money", title=_("Does it buy more or less?"), key="card-months", height=260
    )


def code_words() -> dict[str, str]:
    """Codes of the extracts as people say them."""
    return {
        "urban": _("urban"),
        "rural": _("rural"),
        "active": _("active"),
        "closed": _("closed"),
        "success": _("success"),
        "fail": _("no success"),
        "none": _("nothing tried"),
        "unknown": _("unknown"),
    }


def _day(value: object) -> str:
    return written(value, "date", language())
