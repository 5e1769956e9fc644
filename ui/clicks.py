"""What is clicked in charts and tables, by the key of each, and how a click that has led somewhere is let go of."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.recording import Selections, pinned_selections

SELECTED = ("rows", "cells", "point_indices")
_TURNS_KEY = "clicks_let_go"
_TURN = "#"


def widget_key(key: str) -> str:
    """The key of the widget that the chart or table of that key is now."""
    turn = st.session_state.get(_TURNS_KEY, {}).get(key, 0)
    return f"{key}{_TURN}{turn}" if turn else key


def clicked(key: str, kind: str) -> list[Any]:
    """What is selected in the chart or table of that key, of a kind of SELECTED; of a recorded page what is pinned."""
    pinned = pinned_selections()
    if pinned is not None:
        return list(pinned.get(key, {}).get(kind, ()))
    state: Any = st.session_state.get(widget_key(key))
    return list(state["selection"][kind]) if state else []


def let_go(key: str) -> None:
    """Forget what is clicked in the chart or table of that key, as it has led where it leads.

    A browser says again what was clicked until it has drawn a run to its end, and the next click may be quicker.
    Therefore another widget is drawn from now on, in which nobody can have clicked yet.
    """
    turns: dict[str, int] = st.session_state.setdefault(_TURNS_KEY, {})
    turns[key] = turns.get(key, 0) + 1


def selections() -> Selections:
    """All that is selected on screen."""
    kept = {}
    for name, value in st.session_state.items():
        key = str(name).partition(_TURN)[0]
        if _is_selection(value) and widget_key(key) == name:
            kept[key] = {kind: list(value["selection"][kind]) for kind in SELECTED if value["selection"].get(kind)}
    return {key: one for key, one in sorted(kept.items()) if one}


def _is_selection(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("selection"), Mapping)
