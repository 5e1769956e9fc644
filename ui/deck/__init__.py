"""The deck of a meeting over the whole window: moved by keys, in large letters, all of it in the browser at once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.offline import get_plotlyjs

from ui.disguise import WAYS
from ui.words import _

HERE = Path(__file__).resolve().parent
SCRIPTS = ("charts.js", "slides.js", "deck.js")
Decks = Mapping[str, Mapping[str, Any]]
"""The plain JSON of the same deck by ways of names, of ui.disguise.WAYS."""


def show_deck(
    deck: Mapping[str, Any], *, slide: int, key: str, names: str, others: Decks, following: bool = False
) -> Mapping[str, Any]:
    """Show a deck of plain JSON at a slide, counted from 1; gives the `slide` just gone to, if one was, and `left`.

    `others`: the same deck by other ways of names, which N switches to; `names` is the way of this one. `following`:
    whether it moves with somebody else's, which it then says.
    """
    plotly, shown = _components()
    # What is large never changes and is a message of its own, which is sent once; a move is told in a small one.
    with st.container(height=1, border=False):
        plotly(key=f"{key}_plotly")
        left = shown(key=f"{key}_pages", data=content({names: deck, **others}), on_left_change=_nothing).left
        place = {"slide": slide, "following": following}
        moved = shown(key=f"{key}_place", data=place, on_slide_change=_nothing).slide
    return {"slide": moved, "left": left}


def content(decks: Decks) -> dict[str, Any]:
    """What the renderer takes, in the language spoken: the decks, first the one to begin with, and its own words."""
    titles = dict(zip(WAYS, (_("Names"), _("Initials"), _("Codes")), strict=True))
    return {
        "decks": [{"title": titles[way], "deck": deck} for way, deck in decks.items()],
        "words": {
            "back": _("Back"),
            "onward": _("Next"),
            "leave": _("Leave"),
            "definitions": _("Definitions"),
            "following": _("Following"),
        },
    }


@cache
def script() -> str:
    """The renderer as one JavaScript module, whose `openFile` takes the content."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def style() -> str:
    """Its looks."""
    return (HERE / "deck.css").read_text(encoding="utf-8")


@cache
def _components() -> tuple[Any, Any]:
    """What brings Plotly, and what shows slides; not in a tree of their own, where Plotly would miss its styles."""
    bringing = f"{get_plotlyjs()}\nexport default () => undefined;"
    return (
        st.components.v2.component("meeting_plotly", js=bringing),
        st.components.v2.component("meeting_deck", css=style(), js=script(), isolate_styles=False),
    )


def _nothing() -> None:
    """What is told is read from the result."""
