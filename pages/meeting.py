"""Meeting 周会: choose or make one, set its agenda, freeze it, present it, take it away."""

import streamlit as st

from meeting.decks import is_as_frozen, read_deck
from pages.preparing.agenda import agenda_editor
from pages.preparing.choose import choose
from pages.preparing.decisions import decisions_of
from pages.preparing.freeze import freeze_button, freeze_progress
from pages.preparing.present import is_presented, present, present_button
from pages.preparing.problems import tell_problem
from pages.preparing.take_away import downloads
from ui.address import through_the_front_door, write_address
from ui.disguise import WAYS
from ui.installation import private_warehouse, shared_settings
from ui.page import no_data
from ui.reading import begin_run, guarded, names_way, tell
from ui.scope_bar import language_switch, names_switch
from ui.words import _, language
from warehouse.errors import PinyuError
from warehouse.meetings import Meeting


def in_words(meeting: Meeting) -> str:
    """Whether it is frozen, and to what."""
    if not meeting.frozen_at:
        return _("Not frozen yet: its figures are taken when you freeze it.")
    return _("Frozen to {version} at {time}: no load changes its figures.").format(
        version=meeting.frozen_version, time=meeting.frozen_at
    )


def frozen_view(meeting: Meeting) -> None:
    """What can be done with a meeting once it is frozen."""
    decks = {way: read_deck(shared_settings(), meeting.meeting_id, language=language(), names=way) for way in WAYS}
    deck = decks.pop(names_way())
    if is_presented():
        present(deck, decks)
    with st.container(horizontal=True, vertical_alignment="center"):
        present_button(meeting.meeting_id)
        downloads(deck)
    if not is_as_frozen(meeting, deck):
        st.caption(_("The agenda was changed since; freeze anew to have that on the slides."))


through_the_front_door()
chosen: Meeting | None = None
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Meeting"), width="content", anchor=False)
    with guarded():
        chosen = choose()
    if chosen is not None:
        freeze_button(chosen)
    st.space("stretch")
    names_switch()
    language_switch()
write_address()
tell_problem()
with guarded():
    try:
        begin_run()
    except PinyuError as error:
        tell(error)
    if chosen is None:
        no_data(_("There is no meeting yet. Make one, or pin a chart or table: that makes the next one."))
        st.stop()
    if private_warehouse():
        st.caption(_("A meeting shows what everybody sees, not what you look at alone."))
    freeze_progress()
    st.markdown(in_words(chosen))
    if chosen.frozen_at:
        frozen_view(chosen)
    decisions_of(chosen)
    agenda_editor(chosen)
