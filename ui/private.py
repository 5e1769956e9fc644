"""What a session looks at alone: its layer, which ends with the session, and the banner that says so on every page."""

from datetime import timedelta

import streamlit as st

from ui import installation
from ui.words import _, plain
from warehouse.private import MOST_HOURS, PrivateLayer, make_layer, remove_layer

_NAMES_KEY = "private_names"
_OVER_KEY = "private_over"


@st.cache_resource(
    scope="session", ttl=timedelta(hours=MOST_HOURS), show_spinner=False, on_release=lambda layer: remove_layer(layer)
)
def own_layer() -> PrivateLayer:
    """The layer of this session; removed when the session ends, or after twelve hours."""
    return make_layer()


def look_privately(names: list[str], *, is_over: bool) -> None:
    """From the next run on, every page shows the session's own layer, which was made of the files named."""
    st.session_state[_NAMES_KEY], st.session_state[_OVER_KEY] = names, is_over
    installation.look_at(own_layer().warehouse)


def leave() -> None:
    """Show again what everybody sees; the layer stays until the session ends or other files come."""
    installation.look_at(None)


def is_looking() -> bool:
    """Whether this session looks at its own layer."""
    return installation.private_warehouse() is not None


def private_banner() -> None:
    """Above every page, where a private layer is looked at: what it is, that nobody else sees it, and the way out."""
    if not is_looking():
        return
    names = ", ".join(plain(name) for name in st.session_state.get(_NAMES_KEY, [])[:3])
    words = (
        _("Only you see this: {files}, over what everybody sees.")
        if st.session_state.get(_OVER_KEY)
        else _("Only you see this: {files}, by itself.")
    )
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f":material/visibility_lock: {words.format(files=names)}", width="stretch")
        st.button(_("Leave"), key="leave_private", on_click=leave, icon=":material/logout:")
