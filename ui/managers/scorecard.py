"""Scorecard: one row a manager; a click opens the manager's own sheet."""

import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.scorecard import scorecard
from ui import chart
from ui.activity import SCORECARD_SPEAKS_FOR, on_export
from ui.installation import settings
from ui.managers.picker import open_sheet
from ui.names import manager_names, named
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.table import selected_row, table
from ui.words import _, pick

FIGURES = (
    "amount",
    "target_attainment",
    "growth",
    "like_for_like_growth",
    "call_coverage",
    "key_call_coverage",
    "plan_compliance",
    "strike_rate",
    "productive_call_rate",
    "focus_distribution",
)


def scorecard_view(scope: Scope) -> None:
    """All managers side by side, as bars and as a table."""
    managers = read("manager_list", scope)
    rows = scorecard(FIGURES, scope, "manager_id", read=read)
    rows = rows.merge(managers[["manager_id", "customers"]], on="manager_id", how="left")
    rows = rows.sort_values("amount", ascending=False, ignore_index=True)
    if rows.empty:
        no_data(no_data_reason("amount"))
        return
    clicked = selected_row("scorecard", rows)
    if clicked is not None:
        open_sheet(str(rows["manager_id"].iloc[clicked]), "scorecard")
    _side_by_side(scope)
    section(_("Who does well, and at what? A click opens the manager's own sheet."))
    table(
        named(rows, "manager_id", manager_names(scope)),
        ("manager_id", "customers", *FIGURES),
        scope=scope,
        key="scorecard",
        titles={"manager_id": _("Manager")},
        rows_shown=14,
        selects=True,
        on_export=on_export(rows["manager_id"], SCORECARD_SPEAKS_FOR, scope),
    )


def _side_by_side(scope: Scope) -> None:
    """One figure of all managers as bars, with its reference line where it has one."""
    titles = {name: pick(column(name).title) for name in FIGURES}
    shown = st.selectbox(
        _("Figure"),
        FIGURES,
        index=FIGURES.index("target_attainment"),
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        width=260,
        key="compared",
    )
    bars = named(read(shown, scope, "manager_id"), "manager_id", manager_names(scope))
    if bars.empty:
        no_data(no_data_reason(shown))
        return
    references = {"target_attainment": 1.0, "strike_rate": settings().strike_rate_reference, "growth": 0.0}
    chart.bars(
        bars.sort_values(shown, ascending=False, ignore_index=True),
        x=shown,
        y="manager_id",
        unit=column(shown).unit,
        title=_("{figure}: who is ahead, who is behind?").format(figure=titles[shown]),
        key="side_by_side",
        reference=references.get(shown),
        height=330,
    )
