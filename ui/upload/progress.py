"""How far a load is, and the way to stop it."""

from collections.abc import Callable

import streamlit as st

from ui.words import _, plain

EVERY_SECONDS = 0.5


def progress(
    told: Callable[[], tuple[str, str, float, int] | None], is_running: Callable[[], bool], cancel: Callable[[], None]
) -> None:
    """Draw the bar until the load has ended, then run the page anew.

    `told` gives the file, the stage, the share of the file that was read and its rows, as far as they are known.
    """

    @st.fragment(run_every=EVERY_SECONDS)
    def bar() -> None:
        if not is_running():
            st.rerun()
        step = told()
        if step is None:
            st.progress(0.0, text=_("Beginning …"))
        else:
            file, stage, share, rows = step
            words = stage_title(stage).format(file=plain(file))
            if share and rows:
                words += " " + _("{rows} rows").format(rows=f"{round(share * rows):,}")
            st.progress(min(max(share, 0.0), 1.0), text=words)
        st.button(_("Cancel"), on_click=cancel, key="upload_cancel", icon=":material/cancel:")

    bar()


def stage_title(stage: str) -> str:
    """A stage of a load in words."""
    titles = {
        "reading": _("Reading {file}"),
        "checking": _("Checking {file}"),
        "publishing": _("Putting it together"),
    }
    return titles.get(stage, stage)
