"""This file against what everybody sees: sums side by side, where they differ, and the rows behind it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ui.page import section
from ui.reading import without_names
from ui.table import table
from ui.views import one_of
from ui.words import _

SUMS = ("side", "lines_compared", "qty", "amount", "customers")
DIFFERENCES = ("id", "name", "here", "there", "difference")


def sums_side_by_side(rows: pd.DataFrame, title: str) -> None:
    """Lines, quantity, amount and customers of the file and of what is loaded."""
    section(title)
    table(rows, SUMS, key="upload-sums", rows_shown=2)


def part_choice(counts: Sequence[int]) -> str:
    """What is looked at: differences by something, or the rows added, missing or changed; gives its code."""
    added, missing, changed = counts
    parts = {
        "month": _("By month"),
        "manager": _("By manager"),
        "product": _("By product"),
        "customer": _("By customer"),
        "added": _("Only here ({count})").format(count=f"{added:,}"),
        "missing": _("Only there ({count})").format(count=f"{missing:,}"),
        "changed": _("Changed ({count})").format(count=f"{changed:,}"),
    }
    return one_of("list", parts, label=_("List"))


def differences(rows: pd.DataFrame, *, are_managers: bool) -> None:
    """Sums side by side, the largest differences first."""
    if are_managers:
        hidden = without_names(rows.rename(columns={"id": "manager_id", "name": "manager_name"}))
        rows = hidden.rename(columns={"manager_id": "id", "manager_name": "name"})
    table(rows, DIFFERENCES, key="upload-differences", rows_shown=8)


def rows_of_a_kind(rows: pd.DataFrame) -> None:
    """Rows that are on one side alone, or differ."""
    if rows.empty:
        st.caption(_("None."))
        return
    st.dataframe(rows, hide_index=True, height=300, key="upload-rows")
    st.caption(_("At most the first {count}.").format(count=500))
