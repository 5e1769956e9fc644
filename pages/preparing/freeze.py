"""Freezing from the screen: a process of its own, how far it is, and what came of it."""

import streamlit as st

from meeting.job import FreezeJob
from ui.words import _, plain
from warehouse.meetings import Meeting

EVERY_SECONDS = 0.5
_JOB, _PROBLEM = "freeze_job", "freeze_problem"


def freeze_button(meeting: Meeting) -> None:
    """Begin to freeze the meeting, in place of what was frozen before."""
    st.button(
        _("Freeze anew") if meeting.frozen_at else _("Freeze now"),
        key="freeze",
        icon=":material/ac_unit:",
        type="secondary" if meeting.frozen_at else "primary",
        disabled=_JOB in st.session_state or not meeting.agenda,
        on_click=_begin,
        args=(meeting.meeting_id,),
    )


def freeze_progress() -> None:
    """While it runs, how far it is; afterwards what went wrong, if anything did."""
    job: FreezeJob | None = st.session_state.get(_JOB)
    if job is not None and job.is_running:
        _bar(job)
    elif job is not None:
        del st.session_state[_JOB]
        st.session_state[_PROBLEM] = job.problem()
        st.rerun()
    problem: tuple[str, str] | None = st.session_state.get(_PROBLEM)
    if problem is not None:
        message, hint = problem
        words = plain(f"{message} {hint}".strip()) or _("The reason is in the server's log.")
        st.warning(
            _("It could not be frozen, and what was frozen before stands. {why}").format(why=words),
            icon=":material/info:",
        )


@st.fragment(run_every=EVERY_SECONDS)
def _bar(job: FreezeJob) -> None:
    if not job.is_running:
        st.rerun()
    st.progress(job.share, text=_("Freezing the slides in both languages, with names, initials and codes …"))


def _begin(meeting_id: str) -> None:
    st.session_state.pop(_PROBLEM, None)
    st.session_state[_JOB] = FreezeJob(meeting_id)
