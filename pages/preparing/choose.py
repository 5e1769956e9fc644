"""Which meeting: the one of the link, else the next to come, else the latest; or a new one."""

from datetime import date

import streamlit as st

from metrics.scope import CONDITIONS
from pages.preparing.problems import tell_later
from ui import address
from ui.installation import shared_settings
from ui.period import PRESETS
from ui.pin import make_meeting
from ui.scope_bar import condition_title, preset_title
from ui.views import known_choice, one_of_many, set_view
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.meetings import LONGEST_TITLE, Meeting, Parameters, meetings, next_day

OF_A_SCOPE = ("period", "from", "to", *CONDITIONS)


def choose() -> Meeting | None:
    """Draw the choice among all meetings and the way to a new one; gives the one chosen, None where there is none."""
    found = {meeting.meeting_id: meeting for meeting in meetings(shared_settings())}
    chosen = None
    if found:
        coming = [name for name, meeting in found.items() if meeting.held_on >= date.today()]
        first = coming[-1] if coming else next(iter(found))
        if address.choices().settings.get("meeting", "") not in ("", *found):
            set_view("slide", "")  # of a meeting that there is not
        chosen = known_choice("meeting", [first, *found])
        titles = {name: meeting_title(meeting) for name, meeting in found.items()}
        one_of_many("meeting", chosen, titles, label=_("Meeting"), width=320, key="meeting_chosen")
    with st.popover(_("New meeting"), icon=":material/add:"):
        st.date_input(_("Day"), next_day(shared_settings(), date.today()), key="meeting_day", format="YYYY-MM-DD")
        st.text_input(_("Title"), key="meeting_title", max_chars=LONGEST_TITLE, placeholder=_("Weekly meeting"))
        st.button(_("Make it"), key="meeting_make", type="primary", on_click=_make)
    return None if chosen is None else found[chosen]


def meeting_title(meeting: Meeting) -> str:
    """A meeting's day and title; the number of it where several are held on a day."""
    number = meeting.meeting_id.removeprefix(meeting.held_on.isoformat()).removeprefix("-")
    return " ".join(
        part
        for part in (meeting.held_on.isoformat(), number and f"({number})", meeting.title or _("Weekly meeting"))
        if part
    )


def scope_in_words(parameters: Parameters) -> str:
    """The period and the conditions that URL parameters state; Markdown."""
    preset = parameters.get("period", ("",))[0]
    days = " – ".join(parameters[name][0] for name in ("from", "to") if name in parameters)
    period = days or (preset_title(preset) if preset in PRESETS else preset)
    conditions = [
        f"{condition_title(name)}: {', '.join(parameters[name])}" for name in CONDITIONS if name in parameters
    ]
    return plain(" · ".join((period, *conditions)))


def scope_on_the_pages() -> dict[str, tuple[str, ...]]:
    """The period and the conditions that this session has chosen on the other pages, as URL parameters."""
    return {name: tuple(values) for name, values in address.choices().parameters().items() if name in OF_A_SCOPE}


def _make() -> None:
    try:
        made = make_meeting(st.session_state["meeting_day"], st.session_state["meeting_title"])
    except PinyuError as problem:
        tell_later(problem)
    else:
        set_view("meeting", made.meeting_id)
