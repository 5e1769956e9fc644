"""The 135 month: three focuses by five steps, all managers at a glance and one manager's grid in words."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.managers.five_steps import DONE, NO_DATA, STEPS, Cell, FiveSteps, five_steps, requests
from ui import address
from ui.activity import MONTH_SPEAKS_FOR, on_export, recorded
from ui.clicks import let_go
from ui.installation import settings
from ui.managers.month_rules import rules
from ui.managers.month_words import MARKS, cell_words, focus_titles, state_titles, step_titles
from ui.managers.months import picked_month
from ui.managers.picker import WHO, picked_manager
from ui.managers.state_map import state_map
from ui.names import manager_names
from ui.page import no_data, section
from ui.reading import last_day_with_data, no_data_reason, read, read_ahead
from ui.table import downloads
from ui.views import one_of
from ui.words import _, plain
from warehouse.activity import FOCUSES
from warehouse.errors import PinyuError
from warehouse.launch_plans import LaunchPlan, launch_plans

STATE_MAP = "five-steps"
BADGES = {"done": "green", "partly": "blue", "not": "orange", "no_data": "gray"}


def month_view(scope: Scope) -> None:
    """Pick a month, then all managers or one."""
    above = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = picked_month(scope)
        part = one_of("part", {"all": _("All managers"), "one": _("One manager in words")}, label=_("Part"))
        manager = picked_manager(month, above) if part == "one" else None
        with st.popover(_("How the cells are judged"), icon=":material/menu_book:", type="tertiary"):
            st.markdown(rules(settings()))
    last_day = last_day_with_data()
    if last_day is None or last_day < month.from_date:
        no_data(_("No data reaches into this month: nothing can be judged."))
        return
    read_ahead(requests(month))
    names = manager_names(month)
    found = five_steps(month, recorded(f"{month.from_date:%Y-%m}"), _plans(), settings(), read=read).in_order_of(names)
    if found.managers.empty:
        no_data(no_data_reason("territories"))
    elif manager is None:
        _all(found, names)
    else:
        _one(found, manager, names.get(manager, manager))


def _plans() -> list[LaunchPlan]:
    """The launch plans that are kept; none where they cannot be read, which the page of launches tells."""
    try:
        return launch_plans(settings())
    except PinyuError:
        return []


def _all(found: FiveSteps, names: Mapping[str, str]) -> None:
    """Fifteen cells a manager; a click on one opens that manager's grid."""
    clicked = state_map(found, names, title=_all_finding(found), key=STATE_MAP)
    if clicked is not None:
        let_go(STATE_MAP)
        address.keep(address.choices().with_setting("part", "one").with_setting(WHO, clicked))
        st.rerun()
    st.caption(
        " · ".join(f":{BADGES[state]}[{MARKS[state]}] {title}" for state, title in state_titles().items())
        + " · "
        + _("a click opens the manager's grid")
    )
    _download(found, names)


def _all_finding(found: FiveSteps) -> str:
    judged = [cell for cell in found.cells if cell.state != NO_DATA]
    done = sum(cell.state == DONE for cell in judged)
    words = _("{done} of {judged} cells that can be judged are done.").format(
        done=f"{done:,}", judged=f"{len(judged):,}"
    )
    short = pd.Series([(cell.focus, cell.step) for cell in judged if cell.state != DONE], dtype=object).value_counts()
    if short.empty:
        return words
    focus, step = short.index[0]
    most = _("Most is left to do at {focus} · {step}: not fully done by {count} of {managers}.").format(
        focus=focus_titles()[focus], step=step_titles()[step], count=short.iloc[0], managers=len(found.managers)
    )
    return f"{words} {most}"


def _one(found: FiveSteps, manager: str, name: str) -> None:
    """One manager's fifteen cells, each with its state, its figures and what is missing."""
    cells = found.of(manager)
    if not cells:
        no_data(_("{manager} has no customers at the end of this month.").format(manager=plain(name)))
        return
    counted = pd.Series([cell.state for cell in cells.values()]).value_counts()
    section(
        _("{manager}: {done} of 15 cells done, {partly} partly, {not_done} not, {unknown} without data").format(
            manager=plain(name),
            done=counted.get("done", 0),
            partly=counted.get("partly", 0),
            not_done=counted.get("not", 0),
            unknown=counted.get("no_data", 0),
        )
    )
    steps, focuses = step_titles(), focus_titles()
    lines = ["| |" + "".join(f" {steps[step]} |" for step in STEPS), "|---" * (len(STEPS) + 1) + "|"]
    lines += [
        f"| **{focuses[focus]}** |" + "".join(f" {_cell(cells[focus, step], found)} |" for step in STEPS)
        for focus in FOCUSES
    ]
    st.markdown("\n".join(lines))
    _download(found, {manager: name})


def _cell(cell: Cell, found: FiveSteps) -> str:
    badge = f":{BADGES[cell.state]}-badge[{MARKS[cell.state]} {state_titles()[cell.state]}]"
    return f"{badge} {plain(' · '.join(cell_words(cell, found)))}"


def _download(found: FiveSteps, names: Mapping[str, str]) -> None:
    """The cells of the managers named, a row a cell."""
    titles = {
        "manager": _("Manager"),
        "team": _("Team"),
        "focus": _("Focus of the 135 month"),
        "step": _("Step"),
        "state": _("State"),
        "figures": _("Figures and what is missing"),
    }
    teams = dict(zip(found.managers["manager_id"], found.managers["team"], strict=True))
    shown = [cell for cell in found.cells if cell.manager_id in names]
    rows = pd.DataFrame(
        [
            (
                names[cell.manager_id],
                teams[cell.manager_id],
                focus_titles()[cell.focus],
                step_titles()[cell.step],
                state_titles()[cell.state],
                " · ".join(cell_words(cell, found)),
            )
            for cell in shown
        ],
        columns=list(titles),
    )
    with st.container(horizontal=True):
        downloads(
            rows,
            titles,
            scope=found.month,
            key="135-month",
            on_export=on_export({cell.manager_id for cell in shown}, MONTH_SPEAKS_FOR, found.month),
        )
