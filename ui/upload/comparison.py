"""This file against what everybody sees: sums side by side, where they differ, and the rows behind it."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from ui.numbers import NO_DATA, is_missing
from ui.page import section
from ui.reading import extract_title, without_names
from ui.table import MOST_ROWS, downloads, height_of, table
from ui.views import one_of
from ui.words import _, language, plain

SUMS = ("side", "lines_compared", "qty", "amount", "customers")
DIFFERENCES = ("id", "name", "here", "there", "difference")
THERE = "there_"
ROWS_SHOWN = 8


def which_table(extracts: Sequence[str]) -> str:
    """The choice among the tables that the files are; empty where they are none."""
    if len(extracts) <= 1:
        return next(iter(extracts), "")
    chosen = st.segmented_control(
        _("Table"),
        list(extracts),
        default=extracts[0],
        required=True,
        format_func=extract_title,
        label_visibility="collapsed",
        key="upload_compared",
    )
    return str(chosen)


def sums_side_by_side(rows: pd.DataFrame, title: str) -> None:
    """Lines, quantity, amount and customers of the file and of what is loaded."""
    section(title)
    table(rows, SUMS, key="upload-sums", rows_shown=2)


def records_side_by_side(
    name: str, period: tuple[str, str] | None, counts: Sequence[int], changes: Sequence[tuple[str, int]]
) -> None:
    """How many rows of an extract were added, are missing, have changed and are the same; and in which columns."""
    title = extract_title(name)
    if period:
        ends = " – " if language() == "en" else " 至 "
        title = f"{title}, {period[0] if period[0] == period[1] else ends.join(period)}"
    added, missing, changed, same = (f"{count:,}" for count in counts)
    section(
        _("{period}: {added} rows only here, {missing} only there, {changed} changed, {same} the same").format(
            period=title, added=added, missing=missing, changed=changed, same=same
        )
    )
    if changes:
        columns = ", ".join(f"{plain(column)} ({count:,})" for column, count in changes)
        st.caption(_("What has changed, and in how many rows: {columns}").format(columns=columns))


def part_choice(counts: Sequence[int]) -> str:
    """What is looked at: differences by something, or the rows added, missing or changed; gives its code."""
    by = {
        "month": _("By month"),
        "manager": _("By manager"),
        "product": _("By product"),
        "customer": _("By customer"),
    }
    return one_of("list", by | _kinds(counts), label=_("List"))


def kind_choice(counts: Sequence[int]) -> str:
    """Which rows are looked at: added, missing or changed; gives its code."""
    return one_of("list", _kinds(counts), label=_("List"))


def _kinds(counts: Sequence[int]) -> dict[str, str]:
    added, missing, changed = (f"{count:,}" for count in counts)
    return {
        "added": _("Only here ({count})").format(count=added),
        "missing": _("Only there ({count})").format(count=missing),
        "changed": _("Changed ({count})").format(count=changed),
    }


def differences(rows: pd.DataFrame, *, by: str) -> None:
    """Sums by month, manager, product or customer side by side, the largest differences first."""
    if by == "manager":
        hidden = without_names(rows.rename(columns={"id": "manager_id", "name": "manager_name"}))
        rows = hidden.rename(columns={"manager_id": "id", "manager_name": "name"})
    columns = [name for name in DIFFERENCES if not (by == "month" and name == "name")]
    table(rows, columns, key="upload-differences", rows_shown=ROWS_SHOWN)


def rows_of_a_kind(rows: pd.DataFrame, titles: Mapping[str, str]) -> None:
    """Rows that are on one side alone, or differ: then a cell says what stands there, and what here.

    `titles` names the columns; there_NAME is what stands there for NAME.
    """
    if rows.empty:
        st.caption(_("None."))
        return
    changed = [name for name in titles if f"{THERE}{name}" in rows]
    here = without_names(rows[list(titles)])
    there = without_names(here.assign(**{name: rows[f"{THERE}{name}"] for name in changed}))
    shown = here.assign(
        **{
            name: [_cell(now, before) for now, before in zip(here[name], there[name], strict=True)]
            for name in titles
            if name in changed or here[name].dtype.kind == "M"
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        height=height_of(len(shown), ROWS_SHOWN),
        column_config={name: st.column_config.Column(title) for name, title in titles.items()},
        placeholder=NO_DATA,
        key="upload-rows",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        kept = here.assign(**{f"{THERE}{name}": there[name] for name in changed})
        before = {f"{THERE}{name}": _("{column}, as everybody sees it").format(column=titles[name]) for name in changed}
        downloads(kept, dict(titles) | before, scope=None, key="upload-rows")
        if len(rows) >= MOST_ROWS:
            st.caption(_("At most the first {count}.").format(count=MOST_ROWS))


def _cell(now: object, before: object) -> str:
    after, earlier = _written(now), _written(before)
    return after if after == earlier else f"{earlier} → {after}"


def _written(value: object) -> str:
    if is_missing(value):
        return NO_DATA
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
