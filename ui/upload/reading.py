"""What a table was taken for, and how it is read: shown with its first rows, and open to change."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui.numbers import NO_DATA
from ui.reading import extract_title
from ui.table import height_of
from ui.words import _

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
DELIMITERS = {",": ",", ";": ";", "\t": "tab", "|": "|"}
ASIDE = ""
ROWS_SHOWN = 6


@dataclass(frozen=True)
class Reading:
    """How a table is read: empty means that it was found out."""

    extract: str
    encoding: str
    delimiter: str
    header_line: int


def reading_choice(found: Reading, extracts: Sequence[str], *, is_text: bool, key: str) -> Reading:
    """Draw what was found out, and give what a person made of it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choices = [*extracts, ASIDE]
        extract = st.selectbox(
            _("This is"),
            choices,
            index=choices.index(found.extract),
            format_func=lambda name: extract_title(name) if name else _("nothing to load"),
            key=f"{key}-extract",
            width=230,
        )
        line = st.number_input(
            _("Header in line"), min_value=0, value=found.header_line, step=1, key=f"{key}-line", width=150
        )
        encoding, delimiter = found.encoding, found.delimiter
        if is_text:
            encodings = list(dict.fromkeys((found.encoding, *ENCODINGS)))
            encoding = st.selectbox(
                _("Encoding"), encodings, format_func=lambda name: name or NO_DATA, key=f"{key}-encoding", width=150
            )
            delimiters = list(dict.fromkeys((found.delimiter, *DELIMITERS)))
            delimiter = st.selectbox(
                _("Delimiter"),
                delimiters,
                format_func=lambda mark: DELIMITERS.get(mark, mark) or NO_DATA,
                key=f"{key}-delimiter",
                width=110,
            )
    return Reading(str(extract), str(encoding), str(delimiter), int(line))


def preview(header: Sequence[str], rows: Sequence[Sequence[str | None]], *, key: str) -> None:
    """The first rows as they lie in the file."""
    if not rows:
        st.caption(_("There are no rows below the header."))
        return
    names = [f"{number}. {name}" for number, name in enumerate(header, start=1)]
    cut = [[*row[: len(names)], *[None] * (len(names) - len(row))] for row in rows]
    st.dataframe(
        pd.DataFrame(cut, columns=names, dtype="str"),
        hide_index=True,
        height=height_of(len(cut), ROWS_SHOWN),
        key=f"{key}-preview",
    )
    st.caption(_("As it lies in the file; rows shown: {count}.").format(count=len(cut)))
