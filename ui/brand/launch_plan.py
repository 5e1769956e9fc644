"""The launch plan: its four answers, and how far the circle that it names is covered."""

from datetime import date
from zlib import crc32

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.brand.launch import Coverage, circle, coverage
from ui import chart
from ui.brand.plan_form import form, is_open, new_plan, open_form
from ui.brand.plan_words import four_answers, said
from ui.customers import customer_table
from ui.installation import settings
from ui.names import dimension_title, manager_names, named
from ui.numbers import written
from ui.page import no_data
from ui.reading import no_data_reason, read, read_value
from ui.views import one_of
from ui.words import _, language, plain
from warehouse.launch_plans import LaunchPlan, launch_plan

PARTS = ("area", "channel", "tier_band", "manager_id")
COLUMNS = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "tried_on", "order_days")
MOST_BARS = 12


def plan_part(sku: str, name: str, launched_on: date, scope: Scope) -> None:
    """The plan of a product, or the form to write it."""
    if is_open(sku):
        form(sku, name)
        return
    plan = launch_plan(sku, settings())
    if plan is None:
        no_data(_("No plan has been written for {name} yet.").format(name=plain(name)))
        st.button(_("Write the plan"), icon=":material/edit:", on_click=open_form, args=(new_plan(sku, launched_on),))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(four_answers(plan), width="stretch")
        st.button(_("Change"), icon=":material/edit:", on_click=open_form, args=(plan,))
    _coverage(plan, scope)


def _coverage(plan: LaunchPlan, scope: Scope) -> None:
    """How many of the circle tried it, carry it and came back, and where it is missing."""
    around = circle(plan, scope)
    if around is None:
        no_data(_("The plan names nobody in this scope."))
        return
    by = one_of("split", {part: dimension_title(part) for part in PARTS}, label=_("Across"))
    found = coverage(plan, around, by, read=read)
    if found.whole.empty:
        eligible = read_value("eligible", around)
        no_data(
            _("Not on sale yet; {count} of the planned customers may carry it.").format(
                count=written(eligible, "count", language())
            )
            if eligible
            else no_data_reason("launch_coverage")
        )
        return
    left, right = st.columns(2)
    with left:
        _steps(plan, found)
    with right:
        clicked = _parts(found, by, around)
    _untried(around, by, clicked)


def _steps(plan: LaunchPlan, found: Coverage) -> None:
    """From the customers named to those that came back, each a part of those before; and those that carry it now."""
    whole = found.whole.iloc[0]
    steps = [
        (_("Named"), whole["licensed"]),
        (_("May carry it"), whole["eligible"]),
        (_("Tried it"), whole["triers"]),
        *([(_("Tried it by {day}").format(day=plan.covered_by), found.in_time)] if found.in_time is not None else []),
        (_("Bought again"), whole["repeaters"]),
        (_("Carry it now"), whole["handlers"]),
    ]
    rows = pd.DataFrame(steps, columns=["step", "customers"])
    chart.bars(rows, x="customers", y="step", unit="count", title=_finding(plan, found), key="plan-steps")
    st.caption(
        _("Carry it now: whoever bought it in the period, for the first time or again; no part of the bar above.")
    )


def _finding(plan: LaunchPlan, found: Coverage) -> str:
    whole = found.whole.iloc[0]
    share = written(whole["launch_coverage"], "share", language())
    if found.in_time is None:
        return _("{share} of the planned customers covered; planned day {day}").format(share=share, day=plan.covered_by)
    in_time = written(found.in_time / whole["eligible"], "share", language())
    return _("{in_time} of the planned customers covered by the planned day, {share} to date").format(
        in_time=in_time, share=share
    )


def _parts(found: Coverage, by: str, around: Scope) -> str | None:
    """Where the least have tried it; gives the part clicked."""
    rows = found.parts.sort_values(["launch_coverage", by], ignore_index=True).head(MOST_BARS)
    shown = named(rows, by, manager_names(around)) if by == "manager_id" else rows
    labels = [
        f"{said(part)} · {triers:,}/{eligible:,}"
        for part, triers, eligible in zip(shown[by], rows["triers"], rows["eligible"], strict=True)
    ]
    clicked = chart.bars(
        rows.assign(part=labels),
        x="launch_coverage",
        y="part",
        unit="share",
        title=_("Where have the fewest tried it?"),
        key=f"plan-parts-{crc32(repr((around, by)).encode())}",
    )
    return str(rows[by].iloc[clicked[0]]) if clicked and clicked[0] < len(rows) else None


def _untried(around: Scope, by: str, part: str | None) -> None:
    """The customers of the circle that have not tried it yet, of the part clicked or of all."""
    rows = read("launch_customers", around)
    rows = rows[rows["order_days"] == 0]
    if part is not None:
        rows = rows[rows[by] == part]
    names = manager_names(around) if by == "manager_id" else {}
    where = _("everywhere; click a bar to narrow") if part is None else plain(names.get(part, said(part)))
    untried = _("{count} have not tried it yet").format(count=written(len(rows), "count", language()))
    st.markdown(f"**{untried}** · {where}")
    if not rows.empty:
        rows = rows.sort_values(["tier", "customer_id"], ascending=[False, True], ignore_index=True)
        customer_table(rows, COLUMNS[:6], scope=around, key="plan-untried", rows_shown=4)
