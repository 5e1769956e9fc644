"""What a page is set to show: choices among a few, kept in the URL by their codes, so that a link opens the same."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from ui import address
from ui.page import tell_left_out


def one_of(name: str, titles: Mapping[str, str], *, label: str) -> str:
    """Draw the choice among codes, shown by their titles, and give the code chosen; the first where none is.

    `name` is one of `address.SETTINGS` and stands in the URL. As with the scope, the choices are the truth and the
    widget their picture. What another page left under the same name is dropped, and what a link made up is told too.
    """
    code = known_choice(name, titles)
    widget = f"one_of_{name}"
    st.session_state[widget] = code
    st.segmented_control(
        label,
        list(titles),
        key=widget,
        required=True,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        on_change=_choose,
        args=(name, widget, code),
    )
    return code


def one_of_many(name: str, code: str, titles: Mapping[str, str], *, label: str, width: int, key: str) -> None:
    """Draw the same as a select box, where there are many or their order is not that of preference.

    `code` is the one chosen, as `known_choice` gives it.
    """
    st.session_state[key] = code
    st.selectbox(
        label,
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        width=width,
        on_change=_choose,
        args=(name, key, code),
    )


def chosen(name: str, codes: Iterable[str]) -> str:
    """The code chosen among these, or the first: for what must be known before the choice is drawn."""
    known = list(codes)
    code = address.choices().settings.get(name, "")
    return code if code in known else known[0]


def known_choice(name: str, codes: Iterable[str], tell: Callable[[str], None] | None = None) -> str:
    """The code chosen among these, or the first; one that is none of them is let go, and told if a link stated it.

    `tell` tells it in other words than those of `tell_left_out`.
    """
    known = list(codes)
    stated = address.choices().settings.get(name, "")
    if stated not in ("", *known):
        set_view(name, "")
        address.write_address()
        if address.was_stated(name):
            tell(stated) if tell else tell_left_out([stated])
    return chosen(name, known)


def is_chosen(name: str, code: str) -> bool:
    """Whether somebody chose this code, rather than nobody any."""
    return address.choices().settings.get(name, "") == code


def set_view(name: str, code: str) -> None:
    """Set what a page shows, as a click on it would; holds from the next run."""
    address.keep(address.choices().with_setting(name, code))


def narrow_to(**conditions: str) -> None:
    """Narrow the scope as the bar would; holds from the next run."""
    chosen = address.choices()
    for name, value in conditions.items():
        chosen = chosen.with_condition(name, (value,))
    address.keep(chosen)


def was_picked(widget: str, shown: object) -> bool:
    """Whether somebody picked in a widget something else than it showed. Asked in every `on_change` of a default.

    A click that interrupts a run has the browser send again what widgets show that the run before had let go. Streamlit
    takes them for changed, and calls their `on_change`.
    """
    return bool(st.session_state[widget] != shown)


def _choose(name: str, widget: str, shown: str) -> None:
    # What is set is asked before what was shown: of two quick clicks, the first may never have been drawn.
    now = address.choices().settings.get(name) or shown
    if was_picked(widget, now):
        set_view(name, st.session_state[widget])
