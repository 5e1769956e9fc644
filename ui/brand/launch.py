"""A launch: is it taking, beside earlier ones; how often those who tried it came back; and its plan."""

from datetime import timedelta
from zlib import crc32

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.brand.launch import Launch, all_products, launch
from ui import chart
from ui.brand.curves import curves
from ui.brand.launch_plan import plan_part
from ui.brand.launch_reading import reading_words
from ui.brand.picker import Choice, pick
from ui.customers import customer_table
from ui.names import names_of
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import extracts, no_data_reason, read
from ui.views import one_of
from ui.words import _, language

COLUMNS = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "tried_on", "order_days")
MOST_ORDER_DAYS = 5


def launch_view(scope: Scope) -> None:
    """Which launch, and its curves or its plan."""
    products = launches(scope)
    if products.empty:
        no_data(no_data_reason("launch_curve"))
        return
    names = names_of("sku", products)
    sku = _chosen(products, scope)
    row = products[products["sku_id"] == sku].iloc[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        titles: dict[Choice, str] = {
            ("sku", (one,)): f"{names[one]} · {written(day, 'date', language())}"
            for one, day in zip(products["sku_id"], products["launched_on"], strict=True)
        }
        pick(titles, ("sku", (sku,)), key="launch_of")
        part = one_of("part", {"curve": _("Curve"), "plan": _("Plan")}, label=_("Part"))
    if part == "plan":
        plan_part(sku, names[sku], pd.Timestamp(row["launched_on"]).date(), scope)
    else:
        _curve_part(launch(sku, scope, read=read), names, scope)


def launches(scope: Scope) -> pd.DataFrame:
    """Products whose launch lies within the sales or is still to come, the latest first."""
    products = read("product_list", all_products(scope)).dropna(subset=["launched_on"])
    presence = extracts()
    begins = presence.loc[presence["extract"] == "sales", "first_date"]
    if begins.empty or pd.isna(begins.iloc[0]):
        return products.head(0)
    seen = products[pd.to_datetime(products["launched_on"]) > pd.Timestamp(begins.iloc[0]) - timedelta(7)]
    return seen.sort_values(["launched_on", "sku_id"], ascending=[False, True], ignore_index=True)


def _chosen(products: pd.DataFrame, scope: Scope) -> str:
    """The latest launch on sale of the products in scope, else the latest of all on sale, else the next to come."""
    in_scope = set(read("product_list", scope)["sku_id"])
    on_sale = pd.to_datetime(products["launched_on"]) <= pd.Timestamp(scope.to_date)
    order = products.assign(mine=products["sku_id"].isin(in_scope), on_sale=on_sale)
    order = order.sort_values(["mine", "on_sale", "launched_on"], ascending=False, kind="stable")
    return str(order["sku_id"].iloc[0])


def _curve_part(found: Launch, names: dict[str, str], scope: Scope) -> None:
    """The reading in words, trial and repeat curve, and how often those who tried came back."""
    verdict, reasons = reading_words(found)
    section(verdict)
    st.markdown(reasons)
    if found.curves.empty or found.depth.empty:
        return
    trial, repeat, depth = st.columns(3)
    with trial:
        curves(found, "trial_rate", names, title=_("Who may carry it: how many have tried?"), key="launch-trial")
    with repeat:
        curves(
            found,
            "repeat_of_triers",
            names,
            title=_("Who tried it: how many bought again?"),
            key="launch-repeat",
        )
    with depth:
        clicked = _depth(found.depth, key=f"launch-depth-{crc32(repr((found.sku_id, scope)).encode())}")
    st.caption(
        _(
            "Blue: this launch. Grey: the latest launches before it. Orange: their median. Bars open customers. Bought "
            "again: of all who ever tried it; the portfolio's repeat rate is of those who carry it in the period."
        )
    )
    if clicked is not None:
        _stopped_at(found.sku_id, clicked, scope)


def _depth(rows: pd.DataFrame, *, key: str) -> int | None:
    """Of those who tried, how many reached each order day; gives the one clicked."""
    shown = rows.assign(
        step=[
            _("Order {number}+").format(number=step)
            if step == MOST_ORDER_DAYS
            else _("Order {number}").format(number=step)
            for step in rows["order_step"]
        ]
    )
    clicked = chart.bars(
        shown,
        x="of_triers",
        y="step",
        unit="share",
        title=_("How deep does the repeat go?"),
        key=key,
        height=260,
        room=0.3,
    )
    return int(rows["order_step"].iloc[clicked[0]]) if clicked and clicked[0] < len(rows) else None


def _stopped_at(sku: str, step: int, scope: Scope) -> None:
    """The customers that reached an order day, those that went no further first."""
    rows = read("launch_customers", all_products(scope).narrow(sku=sku))
    rows = rows[rows["order_days"] >= step].sort_values(["order_days", "tried_on", "customer_id"], ignore_index=True)
    if rows.empty:
        no_data(no_data_reason("launch_depth"))
        return
    st.caption(
        _("{count} customers ordered on {step} days or more; those who stopped there come first.").format(
            count=f"{len(rows):,}", step=step
        )
    )
    customer_table(rows, COLUMNS, scope=scope, key=f"launch-step-{step}", rows_shown=6)
