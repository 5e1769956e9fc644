"""Dropping files, or pasting a table out of a spreadsheet."""

import io
from collections.abc import Sequence
from typing import IO

import streamlit as st

from ui.upload.file_choice import file_choice
from ui.words import _

PASTED = "pasted.tsv"
_TURN_KEY = "upload_turn"


def drop_zone(most_megabytes: int) -> list[tuple[str, IO[bytes]]]:
    """Draw the two ways in, and give the names and contents of what has just been given.

    Any file may be dropped: of a wrong kind the browser would show a red mark, where we have words.
    """
    turn = st.session_state.get(_TURN_KEY, 0)
    given = file_choice(
        _("Drop files here: CSV, TSV, Excel, Parquet, or these packed as zip or gz"),
        most_megabytes=most_megabytes,
        key=f"upload_files_{turn}",
    )
    with st.popover(_("Paste a table"), icon=":material/content_paste:"):
        st.caption(_("Copy cells in a spreadsheet, headers included, and paste them here."))
        pasted = st.text_area(_("Table"), key=f"upload_pasted_{turn}", height=160, label_visibility="collapsed")
        is_pasted = st.button(_("Take it"), key="upload_take_pasted") and bool(pasted.strip())
    if is_pasted:
        given.append((PASTED, io.BytesIO(pasted.encode("utf-8"))))
    return given


def empty_the_zone() -> None:
    """Let go of what the browser sent: the files are kept elsewhere by now."""
    st.session_state[_TURN_KEY] = st.session_state.get(_TURN_KEY, 0) + 1


def table_choice(names: Sequence[str], marks: Sequence[str], first: int) -> int:
    """Which of several tables is looked at, at first the one in that place; each with what it is behind its name."""
    if len(names) == 1:
        return 0
    titles = [f"{name} — {mark}" for name, mark in zip(names, marks, strict=True)]
    return int(
        st.selectbox(
            _("Table: {count} were found").format(count=len(names)),
            range(len(names)),
            index=first,
            format_func=titles.__getitem__,
            key="upload_table",
            width=620,
        )
    )
