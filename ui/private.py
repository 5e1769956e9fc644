"""What a session looks at alone: its layer, which ends with the session, and the banner that says so on every page."""

from datetime import timedelta

import streamlit as st

from ui import address, installation
from ui.words import _, plain
from warehouse.private import MOST_HOURS, PrivateLayer, make_layer, remove_layer

_NAMES_KEY = "private_names"
_OVER_KEY = "private_over"
_FOLDER_KEY = "private_folder"
_MARK = "own"
"""The setting in the URL that says that its session has files of its own; the session itself may have ended since."""


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


def mark_own_files() -> None:
    """Say in the URL that this session has files of its own, so that a page loaded anew can tell that they are gone."""
    st.session_state[_FOLDER_KEY] = own_layer().folder
    address.keep(address.choices().with_setting(_MARK, "files"))


def unmark_own_files() -> None:
    """Say so no more: they were let go of, or everybody sees them."""
    address.keep(address.choices().with_setting(_MARK, ""))
    address.write_address()


def are_lost() -> bool:
    """Whether the URL speaks of files of one's own that this session does not have, or has no longer."""
    folder = st.session_state.get(_FOLDER_KEY)
    return _MARK in address.choices().settings and (folder is None or not folder.exists())


def private_banner() -> None:
    """Above every page, where a private layer is looked at: what it is, that nobody else sees it, and the way out.

    Where one was looked at and is gone, that.
    """
    if are_lost():
        _loss()
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


def _loss() -> None:
    words = _("The files that were looked at here went with their session: you see what everybody sees.")
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f":material/visibility_off: {words}", width="stretch")
        st.button(_("All right"), key="own_files_gone", on_click=unmark_own_files)
