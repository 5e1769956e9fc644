"""The deck of a meeting over the whole window: moved by keys, in large letters, all of it in the browser at once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.offline import get_plotlyjs

from ui.words import _

HERE = Path(__file__).resolve().parent
NAME = "meeting_deck"


def show_deck(
    deck: Mapping[str, Any],
    *,
    slide: int,
    key: str,
    names: str,
    others: Mapping[str, Mapping[str, Any]],
    following: bool = False,
) -> Mapping[str, Any]:
    """Show a deck of plain JSON at a slide, counted from 1; gives the `slide` just gone to, if one was, and `left`.

    `others`: the same deck by other ways of names, which N switches to; `names` is the way of this one. `following`:
    whether it moves when `slide` does. Plotly itself is sent once, and kept by the browser.
    """
    state: Mapping[str, Any] = st.session_state.get(key) or {}
    has_plotly = bool(state.get("has_plotly"))
    shown: Any = _component()(
        key=key,
        data={
            "decks": {names: deck, **others},
            "order": [names, *others],
            "words": words(),
            "slide": slide,
            "following": following,
            "has_plotly": has_plotly,
            "plotly": None if has_plotly else get_plotlyjs(),
            "css": style(),
        },
        default={"has_plotly": False},
        on_slide_change=_nothing,
        on_left_change=_nothing,
        on_has_plotly_change=_nothing,
    )
    return {"slide": shown.slide, "left": shown.left}


def words() -> dict[str, str]:
    """What the deck's buttons are called."""
    return {"back": _("Back"), "onward": _("Next"), "leave": _("Leave"), "definitions": _("Definitions")}


@cache
def script() -> str:
    """The renderer, as JavaScript that shows a deck when `showDeck` is called."""
    return (HERE / "deck.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """Its looks."""
    return (HERE / "deck.css").read_text(encoding="utf-8")


@cache
def _component() -> Any:
    code = script() + (HERE / "component.js").read_text(encoding="utf-8")
    return st.components.v2.component(NAME, js=code, html="<div></div>", isolate_styles=False)


def _nothing() -> None:
    """A change of the deck is read from its state."""
