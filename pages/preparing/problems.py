"""What went wrong when a button was pressed, told where the page is drawn."""

import streamlit as st

from ui.reading import tell
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.meetings import read_meeting
from warehouse.records import Overtaken

_KEY = "meeting_problem"


def tell_later(problem: PinyuError) -> None:
    """Have the run that follows tell it."""
    st.session_state[_KEY] = problem


def tell_problem() -> None:
    """Tell what the button pressed last ran into, once."""
    problem: PinyuError | None = st.session_state.pop(_KEY, None)
    if isinstance(problem, Overtaken):
        words = _("Somebody removed this meeting meanwhile.")
        if problem.theirs is not None:
            words = _("Somebody changed this meeting at {time}. Nothing of yours was kept; below is theirs.").format(
                time=plain(read_meeting(problem.theirs).changed_at)
            )
        st.warning(words, icon=":material/group:")
    elif problem is not None:
        tell(problem)
