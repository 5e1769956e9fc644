"""The editor of a week's visits: what somebody changed lives in the session, and in the records once it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
import streamlit as st

from metrics.columns import column
from ui.installation import settings
from ui.managers.week_draft import Visit, changed, in_order, lacks_customer
from ui.reading import tell
from ui.table import height_of
from ui.words import _, pick, plain
from warehouse.errors import PinyuError
from warehouse.records import Overtaken
from warehouse.week_plans import WeekPlan, read_week, save_week, week_plan

ROWS_SHOWN = 12
_DRAFTS = "week_drafts"


@dataclass(frozen=True)
class Choices:
    """What may stand in the cells of day and customer, and what it stands for."""

    days: Mapping[str, date]
    customers: Mapping[str, str]


@dataclass
class Draft:
    """A week as it is on screen: its visits, the plan that was kept when it was opened, and what became of saving.

    `edits` counts the changes: after each the week has an editor of its own, of that number. `edited_by` is the number
    of the editor whose changes made the visits what they are. `theirs`: what somebody else kept meanwhile.
    """

    manager_id: str
    monday: date
    visits: list[Visit]
    kept: WeekPlan | None
    edits: int = 0
    edited_by: int = -1
    is_changed: bool = False
    theirs: WeekPlan | None = None
    problem: PinyuError | None = field(default=None)


def drafted(manager_id: str, monday: date, suggestion: Sequence[Visit]) -> Draft:
    """The week as this session has it, else as it is kept, else as it is suggested."""
    drafts: dict[tuple[str, date], Draft] = st.session_state.setdefault(_DRAFTS, {})
    draft = drafts.get((manager_id, monday))
    if draft is None:
        kept = week_plan(manager_id, monday, settings())
        draft = drafts[manager_id, monday] = Draft(manager_id, monday, [], kept)
        if kept is not None:
            draft.visits = _visits(kept)
    if draft.kept is None and not draft.is_changed:
        draft.visits = list(suggestion)
    return draft


def week_editor(draft: Draft, rows: pd.DataFrame, choices: Choices) -> bool:
    """The visits as a table to be edited; `rows` has day, step, customer, area and reason.

    Gives whether it shows what the week is: not while a row without a customer stands in it, which is told.
    """
    key = f"week_{draft.manager_id}_{draft.monday}_{draft.edits}"
    st.data_editor(
        rows,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        disabled=["area", "reason"],
        height=height_of(len(rows) + 1, ROWS_SHOWN),
        column_config={
            "day": st.column_config.SelectboxColumn(
                _("Day"), options=list(choices.days), required=True, default=next(iter(choices.days)), width=130
            ),
            "step": st.column_config.NumberColumn(_("No."), min_value=1, step=1, width=80),
            "customer": st.column_config.SelectboxColumn(
                _("Customer"),
                options=list(choices.customers),
                width=220,  # not required: the browser would keep a row without one to itself
            ),
            "area": st.column_config.TextColumn(pick(column("area").title), width=90),
            "reason": st.column_config.TextColumn(pick(column("reason").title), width=660),
        },
        on_change=_apply,
        args=(draft, draft.edits, tuple(draft.visits), key, choices),
    )
    if not lacks_customer(st.session_state[key], choices.customers):
        return True
    st.warning(
        _("A row has no customer. Choose one, or tick the row and remove it: until then no change is kept."),
        icon=":material/person_search:",
    )
    return False


def keep_buttons(draft: Draft, suggestion: Sequence[Visit], is_whole: bool) -> None:
    """Keep the week for everybody, or go back to what is suggested; and what stands in the way of keeping.

    `is_whole`: every row on screen is a visit.
    """
    st.button(
        _("Keep next week's plan"),
        icon=":material/save:",
        type="primary",
        disabled=not is_whole or (draft.kept is not None and not draft.is_changed),
        on_click=_keep,
        args=(draft,),
    )
    if not is_whole or draft.visits != in_order(suggestion):
        st.button(_("Back to the suggestion"), icon=":material/undo:", on_click=_take, args=(draft, list(suggestion)))
    if draft.kept is not None:
        kept = _("kept {time}").format(time=plain(draft.kept.changed_at))
        st.caption(_("changed since {kept}").format(kept=kept) if draft.is_changed else kept, width="content")
    _told(draft)


def _apply(draft: Draft, number: int, visits: Sequence[Visit], key: str, choices: Choices) -> None:
    """Take over what was changed in the editor of that number, which was drawn with these visits.

    The next run draws another for it. A browser may send the changes of the old one once more before it has drawn the
    new: they start from the same visits again, and are left alone once the new one has been used. While a row has no
    customer the editor stays, and all that is changed in it waits.
    """
    changes = st.session_state[key]
    if number in (draft.edits, draft.edited_by) and not lacks_customer(changes, choices.customers):
        draft.visits = changed(visits, changes, choices.days, choices.customers)
        draft.edits, draft.edited_by, draft.is_changed = draft.edits + 1, number, True


def _take(draft: Draft, visits: list[Visit]) -> None:
    draft.visits, draft.is_changed, draft.theirs = visits, True, None
    draft.edits, draft.edited_by = draft.edits + 1, -1


def _keep(draft: Draft) -> None:
    """Keep it in place of the one that was there when it was opened, and say so where another is by now."""
    draft.problem = draft.theirs = None
    visits = tuple((visit.day, visit.customer_id) for visit in draft.visits)
    try:
        base = draft.kept or WeekPlan(draft.manager_id, draft.monday, ())
        draft.kept = save_week(replace(base, visits=visits), settings())
        draft.is_changed = False
    except Overtaken as overtaken:
        draft.theirs = None if overtaken.theirs is None else read_week(overtaken.theirs)
    except PinyuError as problem:
        draft.problem = problem


def _told(draft: Draft) -> None:
    """What stood in the way of keeping, and the ways on."""
    if draft.problem is not None:
        tell(draft.problem)
    if draft.theirs is None:
        return
    st.warning(
        _("Somebody kept this week at {time} with {count} visits. Nothing of yours has been kept yet.").format(
            time=plain(draft.theirs.changed_at), count=len(draft.theirs.visits)
        ),
        icon=":material/group:",
    )
    st.button(_("Take theirs"), on_click=_take_theirs, args=(draft, draft.theirs))
    st.button(_("Go on with mine"), on_click=_go_on, args=(draft, draft.theirs))


def _take_theirs(draft: Draft, theirs: WeekPlan) -> None:
    _take(draft, _visits(theirs))
    draft.kept, draft.is_changed = theirs, False


def _go_on(draft: Draft, theirs: WeekPlan) -> None:
    """From here on what is kept takes the place of theirs, which has now been seen."""
    draft.kept, draft.theirs, draft.is_changed = theirs, None, True


def _visits(plan: WeekPlan) -> list[Visit]:
    return [Visit(day, customer) for day, customer in plan.visits]
