"""Managers 客户经理: one row a manager; a click opens the manager's own sheet."""

from metrics.scorecard import scorecard
from ui.findings import managers_finding
from ui.manager_sheet import manager_sheet
from ui.names import named, names_of
from ui.page import no_data, section, title
from ui.reading import guarded, no_data_reason, read
from ui.scope_bar import scope_bar
from ui.table import table
from ui.words import _

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

scope = scope_bar()
title(_("Managers"), finding=managers_finding(scope), about="target_attainment")
with guarded():
    managers = read("manager_list", scope)
    rows = scorecard(FIGURES, scope, "manager_id", read=read)
    rows = rows.merge(managers[["manager_id", "team", "customers"]], on="manager_id", how="left")
    rows = rows.sort_values("amount", ascending=False, ignore_index=True)
    if rows.empty:
        no_data(no_data_reason("amount"))
    else:
        section(_("Who does well, and at what? A click opens the manager's own sheet."))
        clicked = table(
            named(rows, "manager_id", names_of("manager", managers)),
            ("manager_id", "team", "customers", *FIGURES),
            scope=scope,
            key="scorecard",
            titles={"manager_id": _("Manager")},
            rows_shown=14,
            selects=True,
        )
        if clicked is not None:
            manager_sheet(str(rows["manager_id"].iloc[clicked]), scope)
