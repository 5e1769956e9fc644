"""Next week: the visits suggested to a manager, each with its reason, to be put in order, kept and taken along."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.managers.next_week import (
    LONG_OVERDUE,
    LONG_POINTS,
    POINTS,
    SMALL_SHARE,
    WEEK,
    WORKING_DAYS,
    Reason,
    by_day,
    is_beyond_data,
    next_monday,
    suggested,
    visit_reasons,
)
from metrics.managers.overdue import visit_due
from ui.activity import SHEET_SPEAKS_FOR, on_export
from ui.installation import settings
from ui.managers.visit_words import visit_words
from ui.managers.week_draft import Visit, steps
from ui.managers.week_editor import Choices, drafted, keep_buttons, week_editor
from ui.names import weekday_names
from ui.numbers import NO_DATA, written_period
from ui.page import no_data, section
from ui.reading import alias, last_day_with_data, no_data_reason, read
from ui.table import downloads
from ui.visit_plan import plan_titles
from ui.words import _, language, plain
from warehouse.launch_plans import LaunchPlan, launch_plan

PLAN_COLUMNS = ("plan_date", "step", "customer_id", "customer_name", "manager_id", "manager_name", "reason")


def next_week_part(own: Scope, manager_id: str, name: str) -> None:
    """The week after the period's last day, as somebody has put it or as it is suggested."""
    due = visit_due(own, manager_id, settings().visit_cycles, read=read)
    if due.empty:
        no_data(no_data_reason("visit_due"))
        return
    monday = next_monday(own.to_date)
    week = own.over(monday, monday + timedelta(WORKING_DAYS - 1))
    written_week = written_period(week.from_date, week.to_date, language())
    last_day = last_day_with_data()
    if last_day is None or is_beyond_data(monday, last_day, settings().fresh_days):
        no_data(_beyond(written_week, last_day))
        return
    found = read("visit_reasons", own)
    reasons = visit_reasons(due, found, _launch_plans(found))
    chosen = by_day(suggested(due, reasons, settings().visits_a_week), monday)
    suggestion = [
        Visit(day, str(customer)) for day, customer in zip(chosen["plan_date"], chosen["customer_id"], strict=True)
    ]
    draft = drafted(manager_id, monday, suggestion)
    section(
        _("{name}, {week}: 1 visit").format(name=plain(name), week=written_week)
        if len(draft.visits) == 1
        else _("{name}, {week}: {count} visits, each with its reason").format(
            name=plain(name), week=written_week, count=len(draft.visits)
        )
    )
    is_whole = week_editor(draft, _rows(draft.visits, due, reasons), _choices(due, draft.visits, monday))
    with st.container(horizontal=True, vertical_alignment="center"):
        keep_buttons(draft, suggestion, is_whole)
        if is_whole:
            downloads(
                _plan(draft.visits, due, reasons, manager_id, name),
                plan_titles(PLAN_COLUMNS),
                scope=week,
                key="week",
                about=alias(manager_id, name),
                is_extract=True,
                on_export=on_export([manager_id], SHEET_SPEAKS_FOR, own),
            )
        with st.popover(_("How they are chosen"), icon=":material/functions:"):
            st.markdown(_how())
    st.caption(
        _(
            "Change a day or a number to move a visit, tick rows to remove them, add a row for another customer. "
            "The files load as a visit plan."
        )
    )


def _beyond(week: str, last_day: date | None) -> str:
    """Why a week that begins long after the last day with data has no plan."""
    return _("No plan for {week}: the data ends on {day}. Choose a period that ends by then.").format(
        week=week, day=NO_DATA if last_day is None else last_day.isoformat()
    )


def _launch_plans(found: pd.DataFrame) -> dict[str, LaunchPlan]:
    """The plans written for the launches in question: who is outside their circle is not to be won."""
    launched = found.loc[found["kind"] == "launch", "sku_id"].unique()
    plans = {str(sku): launch_plan(str(sku), settings()) for sku in launched}
    return {sku: plan for sku, plan in plans.items() if plan is not None}


def _rows(visits: list[Visit], due: pd.DataFrame, reasons: dict[str, list[Reason]]) -> pd.DataFrame:
    """As the editor shows them."""
    known = due.set_index("customer_id")
    return pd.DataFrame(
        {
            "day": [day_words(visit.day) for visit in visits],
            "step": steps(visits),
            "customer": [_customer_words(visit.customer_id, known) for visit in visits],
            "area": [known["area"].get(visit.customer_id, "") for visit in visits],
            "reason": [_reason(visit.customer_id, reasons) for visit in visits],
        }
    )


def _choices(due: pd.DataFrame, visits: list[Visit], monday: date) -> Choices:
    """What may stand in the cells, and what it stands for."""
    known = due.set_index("customer_id")
    customers = dict.fromkeys([*sorted(known.index), *(visit.customer_id for visit in visits)])
    return Choices(
        days={day_words(day): day for day in (monday + timedelta(number) for number in range(WEEK))},
        customers={_customer_words(str(customer), known): str(customer) for customer in customers},
    )


def day_words(day: date) -> str:
    """A day of the week as it stands in a cell."""
    return f"{weekday_names()[day.weekday()]} {day:%m-%d}"


def _customer_words(customer_id: str, known: pd.DataFrame) -> str:
    name = known["customer_name"].get(customer_id, customer_id)
    mark = "★ " if known["is_key"].get(customer_id, False) else ""
    return f"{mark}{name} · {customer_id}"


def _reason(customer_id: str, reasons: dict[str, list[Reason]]) -> str:
    return visit_words(reasons[customer_id]) if customer_id in reasons else _("added by hand")


def _plan(
    visits: list[Visit], due: pd.DataFrame, reasons: dict[str, list[Reason]], manager_id: str, name: str
) -> pd.DataFrame:
    """The rows of the file."""
    names = due.set_index("customer_id")["customer_name"]
    rows = [
        (
            visit.day,
            step,
            visit.customer_id,
            names.get(visit.customer_id, visit.customer_id),
            manager_id,
            name,
            _reason(visit.customer_id, reasons),
        )
        for visit, step in zip(visits, steps(visits), strict=True)
    ]
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS))


def _how() -> str:
    return _(
        "Every customer of the manager gets points, whatever its size: overdue against the cycle of its tier "
        "{overdue} (a key customer {overdue_key}), {long} more after {cycles:g} cycles; an order missed against its "
        "own rhythm {order_missed}; a focus product that it stopped buying {lost}; a launch it has not tried "
        "{launch}. The {count} with most points are suggested; of equals, who has waited longest.\n\n"
        "**Small customers have their places**: at least {share:.0%} of the visits go to overdue customers of the "
        "smaller half, by twelve months' amount, as long as there are so many.\n\n"
        "**Route**: area by area, from Monday to Friday. ★: key customer."
    ).format(
        **POINTS,
        long=LONG_POINTS,
        cycles=LONG_OVERDUE,
        count=settings().visits_a_week,
        share=SMALL_SHARE,
    )
