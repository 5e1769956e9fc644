"""Rows that were kept out, to be mended in place: which cell is at fault, and why."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.columns import column
from ui.page import section
from ui.table import height_of
from ui.words import _, language, pick, plain

MOST_EDITED = 200
ROWS_SHOWN = 7


def rejects_editor(
    rejects: pd.DataFrame, headers: Sequence[str], *, file: str, key: str
) -> tuple[dict[tuple[int, str], str], bool]:
    """Draw the rows and give the cells that a person changed, by line and header.

    `rejects` has line, at_column (the header of the cell at fault), reason_en, reason_zh and a column for each of
    `headers`. The second value says whether a change holds for all rows with the same value there.
    """
    section(
        _("Kept out of {file}: which rows, and why? Correct them here, or in a spreadsheet").format(file=plain(file))
    )
    reason = "reason_zh" if language() == "zh" else "reason_en"
    shown = rejects.head(MOST_EDITED).reset_index(drop=True)
    cells = shown[list(headers)].astype("str").where(shown[list(headers)].notna(), "")
    # What can be edited cannot be coloured, so that the cell at fault is named.
    before = pd.concat([shown[["line", reason, "at_column"]], cells], axis=1)
    edited = st.data_editor(
        before,
        key=f"{key}-rejects",
        hide_index=True,
        height=height_of(len(before), ROWS_SHOWN),
        disabled=["line", reason, "at_column"],
        column_config={
            "line": st.column_config.NumberColumn(pick(column("line").title), pinned=True),
            reason: st.column_config.TextColumn(pick(column(reason).title), pinned=True),
            "at_column": st.column_config.TextColumn(_("At fault"), pinned=True),
        },
    )
    if len(rejects) > MOST_EDITED:
        st.caption(_("The first {count}; the spreadsheet has all.").format(count=MOST_EDITED))
    is_for_all = st.checkbox(_("A change holds for all rows with the same value"), value=True, key=f"{key}-for-all")
    changed = {
        (int(line), header): str(after or "")
        for header in headers
        for line, old, after in zip(before["line"], before[header], edited[header], strict=True)
        if (after or "") != old
    }
    return changed, is_for_all
