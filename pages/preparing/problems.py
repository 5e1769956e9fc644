"""What went wrong when a button was pressed, told where the page is drawn."""

import streamlit as st

from ui.reading import tell
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.meetings import read_meeting
from warehouse.records import Overtaken

_KEY = "meeting_problem"


def tell_later(problem: PinyuError, overtaken: str = "") -> None:
    """Have the run that follows tell it; `overtaken` are the words, as Markdown, where others saved first."""
    st.session_state[_KEY] = (problem, overtaken)


def tell_problem() -> None:
    """Tell what the button pressed last ran into, once."""
    problem, overtaken = st.session_state.pop(_KEY, (None, ""))
    if isinstance(problem, Overtaken):
        st.warning(overtaken or _of_a_meeting(problem), icon=":material/group:")
    elif problem is not None:
        tell(problem)


def _of_a_meeting(problem: Overtaken) -> str:
    if problem.theirs is None:
        return _("Somebody removed this meeting meanwhile.")
    return _("Somebody changed this meeting at {time}. Nothing of yours was kept; below is theirs.").format(
        time=plain(read_meeting(problem.theirs).changed_at)
    )
