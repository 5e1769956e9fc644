"""The frozen meeting as files, each made when it is asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

import streamlit as st

from meeting.deck import Deck
from ui.words import _

MIMES = {
    "html": "text/html",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def downloads(deck: Deck) -> None:
    """A button for each format that a deck can be had in."""
    for kind, make in _exports().items():
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


def _exports() -> Mapping[str, Callable[[Deck], bytes]]:
    try:
        exports: Mapping[str, Callable[[Deck], bytes]] = import_module("meeting.exports").EXPORTS
    except ModuleNotFoundError:
        return {}
    return exports
