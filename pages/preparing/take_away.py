"""The frozen meeting as files, each made when it is asked for."""

from functools import partial

import streamlit as st

from meeting.deck import Deck
from meeting.exports import EXPORTS
from ui.words import _

MIMES = {
    "html": "text/html",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def downloads(deck: Deck) -> None:
    """A button for each format that a deck can be had in."""
    for kind, make in EXPORTS.items():
        st.download_button(
            _("Download {kind}").format(kind=kind.upper()),
            partial(make, deck),
            file_name=f"pinyu-{deck.meeting_id}-{deck.version}.{kind}",
            mime=MIMES.get(kind),
            key=f"meeting_{kind}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
