"""The pin beside a chart or table: puts it, as it is shown now, on the agenda of the next meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from uuid import uuid4

import streamlit as st

from ui import address
from ui.agenda import PAGES, default_agenda, weekly_scope
from ui.clicks import selections
from ui.installation import private_warehouse, shared_settings
from ui.period import as_of
from ui.reading import last_day_with_data
from ui.recording import is_recording
from ui.told import in_words
from ui.words import _
from warehouse.errors import PinyuError
from warehouse.meetings import Item, Meeting, meetings, new_meeting, next_day, next_meeting, save_meeting
from warehouse.records import Overtaken

NOT_PINNED = ("names", "meeting", "slide", "own")
"""Parameters that say how a page is looked at and not what it shows."""
ATTEMPTS = 5
_PAGE_KEY = "page_shown"
_UNPINNED: ContextVar[bool] = ContextVar("unpinned", default=False)


def begin_page(page: str) -> None:
    """Tell which page this run shows, by the name of its file."""
    st.session_state[_PAGE_KEY] = page


@contextmanager
def without_pins() -> Iterator[None]:
    """Draw no pins in here, because no link opens it."""
    token = _UNPINNED.set(True)
    try:
        yield
    finally:
        _UNPINNED.reset(token)


def pin_button(key: str) -> None:
    """Draw the pin of the block of that key, where a meeting could show it."""
    page = st.session_state.get(_PAGE_KEY)
    if page not in PAGES or is_recording() or private_warehouse() or _UNPINNED.get():
        return
    st.button(
        "",
        key=f"pin_{key}",
        icon=":material/keep:",
        type="tertiary",
        help=_("Pin to the meeting"),
        on_click=_pin,
        args=(page, key),
    )


def _pin(page: str, key: str) -> None:
    chosen = address.choices()
    for name in NOT_PINNED:
        chosen = chosen.with_setting(name, "")
    parameters = {name: tuple(values) for name, values in chosen.parameters().items()}
    try:
        item = Item(uuid4().hex[:8], page=page, parameters=parameters, keys=(key,), selections=selections())
        meeting, is_new = _with(item)
    except PinyuError as problem:
        st.toast(in_words(problem.message, problem.hint), icon=":material/info:")
        return
    words = _("Pinned to the meeting of {day}.") if is_new else _("Already on the agenda of the meeting of {day}.")
    st.toast(words.format(day=meeting.held_on.isoformat()), icon=":material/keep:")


def _with(item: Item) -> tuple[Meeting, bool]:
    """The meeting with the item on its agenda, and whether that is news; tried anew where others write meanwhile."""
    for attempt in range(1, ATTEMPTS + 1):
        meeting = meeting_in_preparation()
        if any(replace(one, slide_id=item.slide_id, title="", note="") == item for one in meeting.agenda):
            return meeting, False
        try:
            return save_meeting(shared_settings(), meeting.adding(item)), True
        except Overtaken:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("the last attempt returns or raises")


def meeting_in_preparation() -> Meeting:
    """The meeting chosen on its page if it is not frozen, else the next one; made anew where none is coming."""
    settings, today = shared_settings(), date.today()
    chosen = address.choices().settings.get("meeting", "")
    for meeting in meetings(settings):
        if meeting.meeting_id == chosen and not meeting.frozen_at:
            return meeting
    coming = next_meeting(settings, today)
    return coming or make_meeting(next_day(settings, today), "")


def make_meeting(held_on: date, title: str) -> Meeting:
    """A new meeting with the default agenda and the usual period."""
    settings = shared_settings()
    day = as_of(date.today(), last_day_with_data(), settings.fresh_days).day
    return new_meeting(settings, held_on, title=title, scope=weekly_scope(day), agenda=default_agenda())
