"""Strengths and weaknesses: where a manager stands out from the others of the team by more than chance."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import metrics
from metrics import Scope
from metrics.managers.strengths import FIGURES, Distance, distances, requests, strongest, weakest
from metrics.scope import UNKNOWN
from ui import chart
from ui.numbers import NO_DATA, written
from ui.page import no_data, section
from ui.reading import no_data_reason, read, read_ahead
from ui.table import table
from ui.words import _, language, pick, plain

COLUMNS = ("measure", "own_value", "team_value", "distance", "counted", "verdict")
CHANCE, CLEAR, FAR = 1.0, 2.0, 3.0
"""Standard errors: within the first chance alone explains it, beyond the second it does in one of twenty."""


def standing_part(own: Scope, manager_id: str, name: str) -> None:
    """A picture of all distances, the first and last three in words, and everything as a table."""
    listed = read("manager_list", own)
    team = UNKNOWN if listed.empty else str(listed["team"].iloc[0])
    read_ahead(requests(own, team))
    found = distances(own, manager_id, team, read=read)
    told = sorted((one for one in found if one.distance is not None), key=lambda one: -(one.distance or 0))
    if not told:
        no_data(
            _("Nothing can be told apart from chance: too few visits, customers or months, or nobody else in the team.")
        )
    else:
        left, right = st.columns([45, 55])
        with left:
            _picture(told)
        with right:
            _words(_("Does better than the team"), strongest(found), _("Nothing stands above the team."))
            _words(_("Does worse than the team"), weakest(found), _("Nothing stands below the team."))
    section(_("{name} beside the others of team {team}").format(name=plain(name), team=plain(team)))
    table(_rows(found), COLUMNS, scope=own, key="manager-standing", rows_shown=6)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _("In brackets: standard errors. Chance alone makes two of them or more in one of twenty figures."),
            width="content",
        )
        with st.popover(_("How it is compared"), icon=":material/functions:"):
            st.markdown(_how())


def _picture(told: Sequence[Distance]) -> None:
    rows = pd.DataFrame({"measure": [_title(one) for one in told], "distance": [one.distance for one in told]})
    chart.bars(
        rows,
        x="distance",
        y="measure",
        unit="rate",
        title=_("How far from the team, in standard errors?"),
        key="manager-distances",
        reference=0.0,
        height=60 + 30 * max(len(rows), 4),
        room=0.25,
    )


def _words(title: str, found: Sequence[Distance], nothing: str) -> None:
    section(title)
    lines = [
        _("**{figure}** {own} against {team}: {verdict} ({distance})").format(
            figure=_title(one),
            own=_value(one, one.value),
            team=_value(one, one.team),
            verdict=_verdict(one),
            distance=f"{one.distance:+.1f}",
        )
        for one in found
    ]
    st.markdown("\n".join(f"- {line}" for line in lines) or nothing)


def _verdict(one: Distance) -> str:
    """In words what the distance says, or why there is none."""
    if one.distance is None:
        return {
            "few": _("too few to tell ({count})").format(count=f"{one.counted:,}"),
            "no_team": _("nobody else in the team has this figure"),
            "no_data": no_data_reason(one.figure),
        }[one.why]
    far, is_above = abs(one.distance), one.distance > 0
    if far < CHANCE:
        return _("hardly different, may well be chance")
    if far < CLEAR:
        return _("a little above, may be chance") if is_above else _("a little below, may be chance")
    if far < FAR:
        return _("clearly above") if is_above else _("clearly below")
    return _("far above") if is_above else _("far below")


def _rows(found: Sequence[Distance]) -> pd.DataFrame:
    order = sorted(found, key=lambda one: (one.distance is None, -(one.distance or 0), FIGURES.index(one.figure)))
    return pd.DataFrame(
        {
            "measure": [_title(one) for one in order],
            "own_value": [_value(one, one.value) for one in order],
            "team_value": [_value(one, one.team) for one in order],
            "distance": [one.distance for one in order],
            "counted": [one.counted or None for one in order],
            "verdict": [_verdict(one) for one in order],
        }
    )


def _title(one: Distance) -> str:
    return pick(metrics.figure(one.figure).title)


def _value(one: Distance, value: float | None) -> str:
    return NO_DATA if value is None else written(value, metrics.figure(one.figure).unit, language())


def _how() -> str:
    return _(
        "Each figure of the manager is held against that of the others of the team taken together, and the distance is "
        "counted in standard errors: how far it would swing by chance.\n\n"
        "- **Rates** of visits and customers: as two binomial shares. Not ranked where fewer than five successes or "
        "five failures were to be expected. Of focus distribution a customer counts once, whatever the number of "
        "products.\n"
        "- **Like for like, fill rate, lines, satisfaction**: from the spread of the customers, ten at least on either "
        "side.\n"
        "- **Attainment**: from the swing of the manager's distance to the team over twelve months, six at least.\n\n"
        "Of {count} figures one in twenty lies beyond two standard errors by chance: look at what stays so."
    ).format(count=len(FIGURES))
