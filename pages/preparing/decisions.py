"""Decisions on the page of the meeting: those it looks back on and those it makes, and a history by owner."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st

import metrics
from meeting.decision_slides import earlier_decisions
from metrics.decisions import by_owner, moved
from pages.preparing.choose import scope_in_words
from pages.preparing.decision_form import edit_form, new_decision_form, tell_overtaken
from pages.preparing.shared_figures import figures_of, meeting_period, shared_people
from ui.decisions import People, Shown, figure_title, goal_words, shown_state, state_words, then_and_now
from ui.disguise import WAYS
from ui.installation import shared_settings
from ui.numbers import written_period
from ui.page import section
from ui.reading import names_way
from ui.table import selected_row, table
from ui.words import _, language, pick, plain
from warehouse.decisions import (
    Decision,
    close_decision,
    decisions,
    remove_decision,
    reopen_decision,
)
from warehouse.errors import PinyuError
from warehouse.meetings import Meeting

Colour = Literal["orange", "blue", "green", "gray"]
COLOURS: Mapping[Shown, Colour] = {"overdue": "orange", "open": "blue", "done": "green", "dropped": "gray"}
BY_OWNER = ("owner", "decided", "still_open", "overdue", "carried_out", "on_time", "on_time_share", "dropped")
OF_AN_OWNER = ("decision", "owner", "decided_on", "due_on", "closed_on", "state")


def decisions_of(meeting: Meeting) -> None:
    """What became of earlier decisions, what this meeting decides, and how owners have kept theirs."""
    settings, people = shared_settings(), shared_people()
    everything = decisions(settings)
    earlier = earlier_decisions(settings, meeting)
    own = [one for one in everything if one.meeting_id == meeting.meeting_id]
    with st.container(horizontal=True, vertical_alignment="center"):
        section(_("Decisions"))
        with st.popover(_("New decision"), icon=":material/add:", width="content"):
            new_decision_form(meeting, people)
    if earlier or own:
        period = meeting_period(meeting)
        days = written_period(period.from_date, period.to_date, language())
        st.caption(_("Figures now are of {period}, the days of this meeting.").format(period=days))
    for heading, found in ((_("Of earlier meetings"), earlier), (_("Of this meeting"), own)):
        if found:
            st.markdown(f"**{heading}**")
        for one in found:
            with st.container(gap="xxsmall"):
                _row(one, meeting, people)
    if everything:
        with st.expander(_("History by owner"), icon=":material/history:"):
            _history(everything, meeting, people)


def _row(one: Decision, meeting: Meeting, people: People) -> None:
    state = shown_state(one, meeting.held_on)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.badge(state_words(state), color=COLOURS[state])
        about = f"{people.owner(one)} · {one.due_on}"
        st.markdown(f"**{plain(people.text(one.words))}** {plain(about)}", width="stretch")
        _edit(one, meeting, people)
        if one.state == "open":
            _button(_("Done"), "check", "done", close_decision, one, "done", date.today())
            _button(_("Drop"), "block", "drop", close_decision, one, "dropped", date.today())
        else:
            _button(_("Reopen"), "undo", "reopen", reopen_decision, one)
    if one.figure:
        st.caption(_figure_in_words(one, meeting))


def _figure_in_words(one: Decision, meeting: Meeting) -> str:
    """The figure with its scope, then and now, and the goal; where it has no data now, why."""
    figure = moved(one, meeting_period(meeting), read=figures_of(meeting))
    if figure is None:
        return _("This release does not know the figure {name}.").format(name=plain(one.figure))
    goal = goal_words(one, figure)
    parts = [figure_title(one.figure), then_and_now(one, figure), _("Goal {goal}").format(goal=goal) if goal else ""]
    reason = pick(metrics.figure(one.figure).empty) if figure.now is None else ""
    return " · ".join(filter(None, (*map(plain, parts), scope_in_words(one.scope), plain(reason))))


def _edit(one: Decision, meeting: Meeting, people: People) -> None:
    """Its fields hold what was written, names and all: they open only where names may be seen."""
    if names_way() != WAYS[0]:
        return
    with st.popover("", icon=":material/edit:", type="tertiary", help=_("Edit")):
        edit_form(one, meeting, people)
        _button(_("Remove, for it was a mistake"), "delete", "remove", remove_decision, one, label=True)


def _button(
    words: str, icon: str, what: str, do: Callable[..., object], one: Decision, *further: object, label: bool = False
) -> None:
    """A button that does something to a decision; who was overtaken is told, and nothing is overwritten."""
    st.button(
        words if label else "",
        key=f"decision_{what}_{one.decision_id}",
        icon=f":material/{icon}:",
        help=None if label else words,
        type="tertiary",
        on_click=_do,
        args=(do, one, *further),
    )


def _do(do: Callable[..., object], one: Decision, *further: object) -> None:
    try:
        do(shared_settings(), one, *further)
    except PinyuError as problem:
        tell_overtaken(problem, shared_people())


def _history(everything: Sequence[Decision], meeting: Meeting, people: People) -> None:
    """Each owner's decisions counted; those of the one who was clicked in full, else of all."""
    owners = {one.owner.key: people.owner(one) for one in everything}
    counted = by_owner(everything, meeting.held_on)
    row = selected_row("decisions-by-owner", counted)
    wanted = set(owners) if row is None else {counted["owner"].iloc[row]}
    table(counted.assign(owner=counted["owner"].map(owners)), BY_OWNER, key="decisions-by-owner", selects=True)
    found = [one for one in everything if one.owner.key in wanted]
    rows = pd.DataFrame(
        {
            "decision": [people.text(one.words) for one in found],
            "owner": [people.owner(one) for one in found],
            "decided_on": [one.decided_on for one in found],
            "due_on": [one.due_on for one in found],
            "closed_on": [one.closed_on for one in found],
            "state": [state_words(shown_state(one, meeting.held_on)) for one in found],
        }
    )
    table(rows, OF_AN_OWNER, key="decisions-of-owner")
