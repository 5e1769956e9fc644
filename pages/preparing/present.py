"""The frozen meeting on the whole window: led by whoever presents it, in step on every screen that opened the link."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import streamlit as st

from meeting.deck import Deck
from ui import address
from ui.installation import shared_settings
from ui.views import set_view
from ui.words import _, plain
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
    """Show the deck at the slide of the address until it is left; `others`: the same by other ways of names."""
    follows = st.session_state.get(_LEADS) != deck.meeting_id and not st.session_state.get(_BY_ONESELF)

    @st.fragment(run_every=FOLLOW_SECONDS if follows else None)
    def shown() -> None:
        if follows:
            _catch_up(deck.meeting_id)
        slide = min(max(_slide(), 1), max(len(deck.slides), 1))
        state = _show(deck, others, slide, follows)
        if state.get("left"):
            _leave()
            st.rerun()
        moved = int(state.get("slide") or slide)
        if moved != slide:
            _go_to(deck.meeting_id, moved)

    shown()


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


def _catch_up(meeting_id: str) -> None:
    """Go to the slide that is presented, once each time that it changes: between, one may look around."""
    told = position(shared_settings(), meeting_id)
    if told is not None and told != st.session_state.get(_FOLLOWED):
        st.session_state[_FOLLOWED] = told
        _go_to(meeting_id, told)


def _slide() -> int:
    text = address.choices().settings.get("slide", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _show(deck: Deck, others: Mapping[str, Deck], slide: int, follows: bool) -> Mapping[str, Any]:
    try:
        show_deck = import_module("ui.deck").show_deck
    except ModuleNotFoundError:
        return _listing(deck, slide)
    told = {way: other.as_json() for way, other in others.items()}
    state: Mapping[str, Any] = show_deck(
        deck.as_json(), slide=slide, key=f"deck_{deck.meeting_id}", others=told, following=follows
    )
    return state


def _listing(deck: Deck, slide: int) -> Mapping[str, Any]:
    """The slide in words, where nothing can show it better."""
    shown, last = deck.slides[slide - 1], len(deck.slides)
    st.subheader(plain(f"{slide}/{last} {shown.title}"), anchor=False)
    for words in (
        shown.problem,
        shown.finding,
        shown.note,
        *(line for block in shown.blocks for line in block.sentences),
    ):
        st.markdown(plain(words))
    with st.container(horizontal=True):
        for key, icon, to in (("back", "arrow_back", slide - 1), ("onward", "arrow_forward", slide + 1)):
            st.button(
                "",
                key=f"slide_{key}",
                icon=f":material/{icon}:",
                disabled=not 1 <= to <= last,
                on_click=_go_to,
                args=(deck.meeting_id, to),
            )
        left = st.button(_("Leave"), icon=":material/logout:", key="slide_leave")
    return {"left": left}
