"""The vital few: the list of key customers, how they move, when they were last seen, and who is late with an order."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.concentration.relationship import month_of, request
from metrics.concentration.vital import SUPERVISOR_DAYS, vital_parts, vital_requests, vital_rows
from ui.concentration.relationship_words import relationship_caption, with_relationships
from ui.customers import customer_table
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import first_day_with_sales, missing_extracts, no_data_reason, read, read_ahead
from ui.views import one_of
from ui.words import _, language

COLUMNS = (
    "position",
    "customer_name",
    "amount",
    "year_growth",
    "days_since_supervisor",
    "days_since_manager",
    "orders_missed",
    "relationship",
    "manager_name",
    "position_before",
    "amount_share",
    "running_share",
    "products",
    "last_order",
    "usual_gap",
    "days_since_order",
    "last_manager_visit",
    "last_supervisor_visit",
    "area",
    "tier",
    "amount_before",
    "customer_id",
)

OF_TWO_YEARS = ("falling", "new", "gone")
"""Parts that hold a year against the one before."""


def vital_view(scope: Scope) -> None:
    """The list in parts, each part a choice with its number of customers."""
    read_ahead([*vital_requests(scope), request(month_of(scope))])
    rows = vital_rows(scope, read=read)
    if rows.empty:
        no_data(no_data_reason("vital_few"))
        return
    rows = with_relationships(rows, scope)
    parts = vital_parts(rows)
    first_day, year_before = first_day_with_sales(), scope.year().last_year()
    has_year_before = first_day is not None and first_day <= year_before.to_date
    if not has_year_before:
        parts = {name: part for name, part in parts.items() if name not in OF_TWO_YEARS}
    has_visits = not missing_extracts("key_call_coverage")
    if not has_visits:
        del parts["unseen"]
    titles = {
        "key": _("All"),
        "unseen": _("Unseen by the supervisor"),
        "falling": _("Falling"),
        "overdue": _("Late with an order"),
        "new": _("New in the list"),
        "gone": _("Gone from the list"),
    }
    section(_finding(parts))
    shown = one_of("list", {name: f"{titles[name]} ({len(part):,})" for name, part in parts.items()}, label=_("Part"))
    if parts[shown].empty:
        st.caption(_("None."))
    else:
        told = {"amount": _("Amount in 12 months")}  # whatever the period of the page is
        customer_table(parts[shown], COLUMNS, scope=scope, key=f"vital-{shown}", titles=told, rows_shown=9)
    st.caption(
        _(
            "Twelve months up to the last day, ranked over the whole business, against the twelve months before. "
            "Usual gap: median of the days between orders in 26 weeks, told from four order days on; missed: due days "
            "passed since the last order."
        )
    )
    if has_visits and parts[shown][["days_since_supervisor", "days_since_manager"]].isna().any(axis=None):
        st.caption(_("Days since a visit —: no visit by them up to the last day is in the visits loaded."))
    st.caption(relationship_caption(scope))
    if first_day is not None and first_day > year_before.from_date:
        words = _("Sales begin on {day}: against the twelve months before, nothing or too little can be told.")
        st.caption(words.format(day=written(first_day, "date", language())))
    if scope.names_products:
        st.caption(_("Key customers are so by all products: brands and products in the scope are not looked at."))
    if not has_visits:
        st.caption(no_data_reason("key_call_coverage"))


def _finding(parts: Mapping[str, pd.DataFrame]) -> str:
    """What the key customers make, and how many of them the supervisor has not seen, where visits tell."""
    key = parts["key"]
    count, share = f"{len(key):,}", written(key["amount_share"].sum(), "share", language())
    if "unseen" not in parts:
        return _("{count} key customers make {share} of the amount").format(count=count, share=share)
    return _(
        "{count} key customers make {share} of the amount; the supervisor has not seen {unseen} of them in {days} days"
    ).format(count=count, share=share, unseen=f"{len(parts['unseen']):,}", days=SUPERVISOR_DAYS)
