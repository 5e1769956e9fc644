"""The form of a decision: a new one of this meeting, or one that is edited in fields of its own for each version."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from metrics.decisions import conditions_of, movable_figures
from metrics.scope import CONDITIONS, Scope
from metrics.scorecard import ReadValue
from pages.preparing.choose import scope_in_words, scope_on_the_pages
from pages.preparing.problems import tell_later
from pages.preparing.shared_figures import figures_of, meeting_period
from ui.decisions import People, read_goal
from ui.installation import shared_settings
from ui.numbers import written
from ui.words import _, language, pick, plain
from warehouse.decisions import (
    LONGEST_OWNER,
    LONGEST_WORDS,
    Decision,
    DecisionProblem,
    Owner,
    new_decision_id,
    read_decision,
    save_decision,
)
from warehouse.errors import PinyuError
from warehouse.meetings import Meeting, Parameters
from warehouse.records import Overtaken

A_WEEK = timedelta(7)
NO_ONE, NO_FIGURE = "", ""
_NEXT_KEY = "decision_next_id"


def new_decision_form(meeting: Meeting, people: People) -> None:
    """The fields of a decision that this meeting makes."""
    st.session_state.setdefault(_NEXT_KEY, new_decision_id())
    decision_id = str(st.session_state[_NEXT_KEY])
    key = f"decision_{decision_id}_0"
    _fields(key, people, words="", owner=Owner(), due_on=meeting.held_on + A_WEEK, figure=NO_FIGURE)
    scope = present_scope(meeting)
    baseline = _goal_fields(key, scope, figures_of(meeting), goal=None, figure=NO_FIGURE)

    def keep_new() -> None:
        if _keep(key, people, decision_id, meeting.meeting_id, meeting.held_on, scope, baseline):
            del st.session_state[_NEXT_KEY]

    st.button(_("Keep"), key="decision_keep_new", type="primary", on_click=keep_new)


def edit_form(decision: Decision, meeting: Meeting, people: People) -> None:
    """The same of one that is there; its scope stays, and a baseline of another figure is of the days of the old."""
    key = f"decision_{decision.decision_id}_{decision.version}"
    _fields(key, people, words=decision.words, owner=decision.owner, due_on=decision.due_on, figure=decision.figure)
    baseline = _goal_fields(
        key,
        decision.scope,
        figures_of(meeting),
        goal=decision.goal,
        figure=decision.figure,
        baseline=decision.baseline,
    )

    def keep_edited() -> None:
        _keep(
            key,
            people,
            decision.decision_id,
            decision.meeting_id,
            decision.decided_on,
            decision.scope,
            baseline,
            decision,
        )

    st.button(_("Keep"), key=f"decision_keep_{decision.decision_id}", type="primary", on_click=keep_edited)


def present_scope(meeting: Meeting) -> Parameters:
    """The conditions chosen on the pages, over the days of the meeting: so that then and now are of like periods."""
    period = meeting_period(meeting)
    days = {"period": ("custom",), "from": (period.from_date.isoformat(),), "to": (period.to_date.isoformat(),)}
    return days | conditions_of(scope_on_the_pages())


def tell_overtaken(problem: PinyuError, people: People, yours: str = "") -> None:
    """Have the next run tell it: who was overtaken sees theirs, and the words of one's own that were not kept."""
    words = ""
    if isinstance(problem, Overtaken) and problem.theirs is None:
        words = _("Somebody removed this decision meanwhile.")
    elif isinstance(problem, Overtaken) and problem.theirs is not None:
        theirs = read_decision(problem.theirs)
        words = _("Somebody changed this decision at {time}. Theirs stands: {theirs}").format(
            time=plain(theirs.changed_at),
            theirs=plain(f"{people.text(theirs.words)} · {people.owner(theirs)} · {theirs.due_on}"),
        )
    if words and yours:
        words += "\n\n" + _("Yours was not kept: {yours}").format(yours=plain(people.text(yours)))
    tell_later(problem, words)


def _fields(key: str, people: People, *, words: str, owner: Owner, due_on: date, figure: str) -> None:
    st.text_area(_("What is to be done"), words, key=f"{key}_words", max_chars=LONGEST_WORDS, height=80)
    managers = [NO_ONE, *people.called]
    if owner.manager_id and owner.manager_id not in people.called:
        managers.append(owner.manager_id)
    with st.container(horizontal=True):
        st.selectbox(
            _("Owner"),
            managers,
            managers.index(owner.manager_id),
            key=f"{key}_manager",
            format_func=lambda who: people.called.get(who, who) or _("Somebody else"),
        )
        if st.session_state[f"{key}_manager"] == NO_ONE:
            st.text_input(_("Who"), owner.words, key=f"{key}_somebody", max_chars=LONGEST_OWNER)
        st.date_input(_("Due"), due_on, key=f"{key}_due", format="YYYY-MM-DD")
    titles = {NO_FIGURE: _("None")} | {name: pick(one.title) for name, one in movable_figures().items()}
    if figure not in titles:
        titles[figure] = figure
    st.selectbox(
        _("Figure that it should move"),
        list(titles),
        list(titles).index(figure),
        key=f"{key}_figure",
        format_func=titles.__getitem__,
    )


def _goal_fields(
    key: str, scope: Parameters, read: ReadValue, *, goal: float | None, figure: str, baseline: float | None = None
) -> float | None:
    """The figure's scope and value, and where it should get to; gives the baseline."""
    chosen = str(st.session_state[f"{key}_figure"])
    known = movable_figures().get(chosen)
    if known is None:
        return baseline if chosen == figure else None
    if chosen != figure:
        baseline, goal = read(chosen, _over(scope)), None
    written_now = written(baseline, known.unit, language())
    st.caption(_("{scope} · it is {value} there").format(scope=scope_in_words(scope), value=plain(written_now)))
    if baseline is None:
        st.caption(plain(pick(known.empty)))
    st.text_input(
        _("Goal"),
        _typed(goal, known.unit),
        key=f"{key}_goal_{chosen}",
        placeholder="35%" if known.unit in ("share", "change") else "",
    )
    return baseline


def _over(scope: Parameters) -> Scope:
    first, last = (date.fromisoformat(scope[name][0]) for name in ("from", "to"))
    return Scope(first, last).narrow(**{name: scope[name] for name in CONDITIONS if name in scope})


def _typed(goal: float | None, unit: str) -> str:
    """A goal as it would be typed, every digit of it."""
    if goal is None:
        return ""
    return f"{round(goal * 100, 8):.10g}%" if unit in ("share", "change") else f"{goal:.15g}"


def _keep(
    key: str,
    people: People,
    decision_id: str,
    meeting_id: str,
    decided_on: date,
    scope: Parameters,
    baseline: float | None,
    stands: Decision | None = None,
) -> bool:
    """Keep what the fields say; whether that could be. What could not is told by the next run, and the fields stay."""
    said = {
        part: st.session_state.get(f"{key}_{part}", "") for part in ("words", "manager", "somebody", "due", "figure")
    }
    known = movable_figures().get(said["figure"])
    owner = Owner(said["manager"]) if said["manager"] else Owner(words=said["somebody"].strip())
    try:
        if not said["words"].strip() or not (owner.manager_id or owner.words):
            raise DecisionProblem(_("A decision says what is to be done, and who does it."), _("Fill in both."))
        if said["due"] is None:
            raise DecisionProblem(_("A decision needs a day by which it is done."), _("Choose a day."))
        goal = read_goal(st.session_state.get(f"{key}_goal_{said['figure']}", ""), known.unit) if known else None
        if goal is not None and goal == baseline:
            raise DecisionProblem(_("The goal is where the figure is already."), _("Write what it should become."))
        decision = Decision(
            decision_id,
            meeting_id,
            decided_on,
            said["words"].strip(),
            owner,
            said["due"],
            said["figure"],
            scope,
            baseline,
            goal,
        )
        if stands is not None:
            decision = replace(decision, state=stands.state, closed_on=stands.closed_on, version=stands.version)
        save_decision(shared_settings(), decision)
    except PinyuError as problem:
        tell_overtaken(problem, people, said["words"])
        return False
    return True
