"""What became of every row: the accounting of each file, and the rows that were kept out, to be mended in place."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from metrics.columns import column
from ui.page import section
from ui.reading import extract_title
from ui.table import table
from ui.words import _, language, pick

ACCOUNTING = ("file", "extract", "encoding", "read", "loaded", "duplicates", "superseded", "rejected", "corrections")
AT_FAULT = "background-color: rgba(224, 138, 0, 0.35)"
MOST_EDITED = 500
ROW_HEIGHT, ROWS_SHOWN = 35, 8


def accounting(files: Sequence[Mapping[str, object]]) -> None:
    """Where the rows of each file went."""
    rows = pd.DataFrame(list(files), columns=list(ACCOUNTING))
    rows["extract"] = [extract_title(str(name)) for name in rows["extract"]]
    read, loaded, rejected = (int(rows[name].sum()) for name in ("read", "loaded", "rejected"))
    section(
        _("{loaded} of {read} rows came in, {rejected} were kept out").format(
            loaded=f"{loaded:,}", read=f"{read:,}", rejected=f"{rejected:,}"
        )
    )
    table(rows, ACCOUNTING, key="upload-accounting", rows_shown=6)


def rejects_editor(
    rejects: pd.DataFrame, headers: Sequence[str], *, key: str
) -> tuple[dict[tuple[int, str], str], bool]:
    """The rows kept out, the cell at fault marked; gives the cells that a person changed, by line and header.

    `rejects` has line, at_header, reason_en, reason_zh and a column for each of `headers`. The second value says
    whether a change holds for all rows with the same value in that column.
    """
    section(_("Which rows were kept out, and why? Mend them here"))
    reason = "reason_zh" if language() == "zh" else "reason_en"
    shown = rejects.head(MOST_EDITED).reset_index(drop=True)
    columns = ["line", reason, *headers]
    styles = pd.DataFrame("", index=shown.index, columns=columns)
    for place, header in enumerate(shown["at_header"]):
        if header in styles:
            styles.loc[place, header] = AT_FAULT
    edited = st.data_editor(
        shown[columns].style.apply(lambda _frame: styles, axis=None),
        key=f"{key}-rejects",
        hide_index=True,
        height=ROW_HEIGHT * (min(len(shown), ROWS_SHOWN) + 1) + 3,
        disabled=["line", reason],
        column_config={
            "line": st.column_config.NumberColumn(pick(column("line").title), pinned=True),
            reason: st.column_config.TextColumn(_("Reason"), width="large"),
        },
    )
    if len(rejects) > MOST_EDITED:
        st.caption(_("The first {count}; the download has all.").format(count=MOST_EDITED))
    is_for_all = st.checkbox(_("A change holds for all rows with the same value"), value=True, key=f"{key}-for-all")
    changed = {
        (int(shown["line"].iloc[place]), header): str(edited[header].iloc[place] or "")
        for header in headers
        for place in range(len(shown))
        if (edited[header].iloc[place] or "") != (shown[header].iloc[place] or "")
    }
    return changed, is_for_all
