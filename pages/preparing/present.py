"""The frozen meeting on the whole window: led by whoever presents it, in step on every screen that opened the link."""

from collections.abc import Mapping

import streamlit as st

from meeting.deck import Deck
from meeting.paging import paged
from ui import address
from ui.deck import show_deck
from ui.installation import shared_settings
from ui.reading import names_way
from ui.views import set_view
from ui.words import _
from warehouse.meetings import keep_position, position

FOLLOW_SECONDS = 1.5
_LEADS, _FOLLOWED, _BY_ONESELF = "meeting_led", "meeting_followed", "meeting_by_oneself"


def present_button(meeting_id: str) -> None:
    """Begin to present: whoever does leads, and who opens the link of a slide follows unless they switch that off."""
    st.button(
        _("Present"), key="present", icon=":material/slideshow:", type="primary", on_click=_begin, args=(meeting_id,)
    )
    st.toggle(_("Go through it by oneself"), key=_BY_ONESELF)


def is_presented() -> bool:
    """Whether the address names a slide."""
    return _slide() > 0


def present(deck: Deck, others: Mapping[str, Deck]) -> None:
    """Show the deck at the slide of the address until it is left; `others`: the same by other ways of names.

    Whoever leads tells so every few seconds. Where nobody does any more, because they left or began anew, the first who
    moves does.
    """
    meeting_id, pages = deck.meeting_id, paged(deck).as_json()
    told = {way: paged(other).as_json() for way, other in others.items()}
    by_oneself = bool(st.session_state.get(_BY_ONESELF))

    @st.fragment(run_every=None if by_oneself else FOLLOW_SECONDS)
    def shown() -> None:
        shown_to_all = None if by_oneself else _in_step(meeting_id)
        slide = min(max(_slide(), 1), max(len(pages["slides"]), 1))
        state = show_deck(
            pages,
            slide=slide,
            key=f"deck_{meeting_id}",
            names=names_way(),
            others=told,
            following=shown_to_all == slide,
        )
        if state.get("left"):
            _leave()
            st.rerun()
        moved = int(state.get("slide") or slide)
        if moved != slide:
            if shown_to_all is None and not by_oneself:
                st.session_state[_LEADS] = meeting_id
            _go_to(meeting_id, moved)

    shown()


def _in_step(meeting_id: str) -> int | None:
    """Tell where we are if we lead, else follow; gives the slide of whoever else presents, None where nobody does."""
    if st.session_state.get(_LEADS) == meeting_id:
        keep_position(shared_settings(), meeting_id, max(_slide(), 1))
        return None
    return _catch_up(meeting_id)


def _begin(meeting_id: str) -> None:
    st.session_state[_LEADS] = meeting_id
    _go_to(meeting_id, 1)


def _leave() -> None:
    st.session_state.pop(_LEADS, None)
    set_view("slide", "")
    address.write_address()


def _go_to(meeting_id: str, slide: int) -> None:
    set_view("meeting", meeting_id)
    set_view("slide", str(slide))
    if st.session_state.get(_LEADS) == meeting_id:
        keep_position(shared_settings(), meeting_id, slide)
    address.write_address()


def _catch_up(meeting_id: str) -> int | None:
    """Go to the slide that is presented, once each time that it changes: between, one may look around. Gives it."""
    told = position(shared_settings(), meeting_id)
    if told is not None and told != st.session_state.get(_FOLLOWED):
        st.session_state[_FOLLOWED] = told
        _go_to(meeting_id, told)
    return told


def _slide() -> int:
    text = address.choices().settings.get("slide", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
