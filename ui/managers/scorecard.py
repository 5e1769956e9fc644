"""Scorecard: who does well, and at what. Figures of managers and teams, and the score that they make."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.managers.score import Score, ranked
from metrics.managers.scorecard import COUNTS, FIGURES, GROUPS, Card, card, requests
from ui.activity import SCORECARD_SPEAKS_FOR, on_export
from ui.clicks import let_go
from ui.installation import settings
from ui.managers.calculation import calculation, how_it_is_made
from ui.managers.picker import open_sheet
from ui.managers.score_chart import score_chart
from ui.names import manager_names
from ui.numbers import NO_DATA, written
from ui.page import no_data, section
from ui.reading import no_data_reason, read, read_ahead
from ui.table import MARK, Look, selected_row, table
from ui.views import narrow_to, one_of
from ui.words import _, language, pick, plain

MOST_COLUMNS = 30
"""More managers than these cannot be told apart in one picture: it shows their teams."""
BOLD, FAINT, BELOW_LINE = "font-weight: 700;", "color: #8a8f98;", "color: #e08a00;"
TABLE = "scorecard"
_OPENED_KEY = "calculation_opened"


def scorecard_view(scope: Scope) -> None:
    """All managers and teams side by side: the score as a picture, and everything it is made of as a table."""
    read_ahead(requests(scope))
    found, scored = ranked(card(scope, read=read), settings().score)
    if found.rows.empty:
        no_data(no_data_reason("amount"))
        return
    names = row_names(found, scope)
    _open_what_was_clicked(found)
    _picture(found, scored, names)
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = one_of(
            "part",
            {"figures": _("Figures"), "points": _("Points, 0 to 100"), "parts": _("Parts of the score")},
            label=_("The table shows"),
        )
        with st.popover(_("How the score is made"), icon=":material/functions:"):
            how_it_is_made()
    _table(found, scored, names, shown, scope)
    _remarks(found, scored, shown)


def row_names(found: Card, scope: Scope) -> list[str]:
    """What each row is called: a manager by name, a team with the number of its managers."""
    names = manager_names(scope)
    sizes = found.rows.dropna(subset="manager_id").groupby("team").size()
    return [
        _team_words(_team(team), sizes.get(team, 0))
        if manager is None or pd.isna(manager)
        else names.get(manager, manager)
        for team, manager in zip(found.rows["team"], found.rows["manager_id"], strict=True)
    ]


def _team_words(team: str, count: int) -> str:
    return (
        _("{team}: 1 manager").format(team=team)
        if count == 1
        else _("{team}: {count} managers").format(team=team, count=count)
    )


def _team(team: str) -> str:
    return _("unknown") if team == "unknown" else team


def _open_what_was_clicked(found: Card) -> None:
    """A manager's row opens the sheet, a team's narrows the scope to it."""
    clicked = selected_row(TABLE, found.rows)
    if clicked is None:
        return
    team, manager = found.rows.loc[clicked, ["team", "manager_id"]]
    if pd.notna(manager):
        open_sheet(str(manager), TABLE)
    let_go(TABLE)
    narrow_to(team=str(team))
    st.rerun()


def _picture(found: Card, scored: Score, names: list[str]) -> None:
    """The score by group of figures; a click on a manager's column opens its calculation, on a team's narrows to it."""
    is_own = found.rows["manager_id"].notna()
    places = found.rows.index[is_own if is_own.sum() <= MOST_COLUMNS else ~is_own][:MOST_COLUMNS]
    is_of_teams = not is_own[places].any()
    total = scored.total[places].dropna()
    if total.empty:
        section(_("Nobody has data for half of the score's weight: the figures stand by themselves"))
        return
    lost = (scored.weights * (100 - scored.points)).loc[places].sum()
    words = (
        _("{name} has {total} of 100; most points are left at {figure}")
        if len(total) == 1
        else _("{name} is ahead with {total} of 100; most points are left at {figure}")
    )
    title = words.format(
        name=plain(names[total.index[int(total.to_numpy().argmax())]]),
        total=written(total.max(), "tenths", language()),
        figure=pick(column(str(lost.idxmax())).title),
    )
    teams = [_team(team) for team in found.rows["team"]]
    key = f"score-of-{'teams' if is_of_teams else 'managers'}"
    clicked = score_chart(
        scored.groups.loc[total.index],
        total,
        teams=[teams[place] for place in total.index],
        names=[names[place] for place in total.index],
        title=title,
        key=key,
    )
    place = None if clicked is None else int(total.index[clicked])
    if place is not None and is_of_teams:
        let_go(key)
        narrow_to(team=str(found.rows["team"][place]))
        st.rerun()
    st.caption(
        _("Team by team; a click opens the team. Narrow by team to see its managers.")
        if is_of_teams
        else _("Managers team by team, the best first. A click on a column opens how its score is worked out.")
    )
    opened = None if place is None else str(found.rows["manager_id"][place])
    # What was closed stays closed until another column, or the same one anew, is clicked.
    if opened != st.session_state.get(_OPENED_KEY):
        st.session_state[_OPENED_KEY] = opened
        if place is not None:
            calculation(found, scored, place, names[place])


def _table(found: Card, scored: Score, names: list[str], shown: str, scope: Scope) -> None:
    titles = {"manager_id": _("Manager"), "score": _("Score")}
    headings = {name: group_title(group) for group, members in GROUPS.items() for name in members}
    rows = found.rows.assign(manager_id=names, score=scored.total)
    weighty = [name for name in FIGURES if name in scored.points]
    units = {"score": "tenths"}
    columns: tuple[str, ...] = ("manager_id", "score", "customers", *FIGURES)
    marked = scored.is_small
    if shown != "figures":
        rows[weighty] = scored.points[weighty] if shown == "points" else scored.parts[weighty]
        units |= dict.fromkeys(weighty, "count" if shown == "points" else "rate")
        marked, columns = pd.DataFrame(), ("manager_id", "score", *weighty)
    if shown == "parts":
        rows = rows.assign(**scored.groups)
        units["score"] = "rate"  # the parts have two digits and add up as they are written
        headings |= {group: group_title(group) for group in GROUPS}
        titles |= dict.fromkeys(GROUPS, _("Together"))
        columns = ("manager_id", "score", *(name for group in GROUPS for name in (group, *_of(group, weighty))))
    section(
        {
            "figures": _("What did each of them reach? A click on a row opens the manager's own sheet, or the team"),
            "points": _("Where are points left? 0 stands for the floor, 100 for the goal"),
            "parts": _("What is the score made of? Weight × points; the parts of a row add up to its score"),
        }[shown]
    )
    counts = {f"{name}_of": found.counts[name] for name in COUNTS} if shown == "figures" else {}
    rows = rows.assign(**counts)
    # A spreadsheet sums what it is given: it gets the managers, with their team beside them, and no team's row.
    people = rows.assign(team_name=rows["team"].map(_team))[found.rows["manager_id"].notna()]
    downloaded = {"team_name": _("Team"), **_count_titles(counts)}
    look = Look(headings, units, ("score",), marked, _styles(found, scored, columns, shown), downloaded, people)
    table(
        rows,
        columns,
        scope=scope,
        key=TABLE,
        titles=titles,
        rows_shown=14,
        selects=True,
        look=look,
        on_export=on_export(found.rows["manager_id"].dropna(), SCORECARD_SPEAKS_FOR, scope),
    )


def _count_titles(counts: Iterable[str]) -> dict[str, str]:
    """What the download says of the count that a figure rests on, as it shows no marks."""
    figures = [name.removesuffix("_of") for name in counts]
    return {f"{name}_of": f"{pick(column(name).title)}: {pick(column(COUNTS[name]).title)}" for name in figures}


def _of(group: str, names: list[str]) -> list[str]:
    return [name for name in GROUPS[group] if name in names]


def group_title(group: str) -> str:
    """A group of figures' name on screen."""
    return {"results": _("Results"), "process": _("Process"), "care": _("Care")}[group]


def _styles(found: Card, scored: Score, columns: tuple[str, ...], shown: str) -> pd.DataFrame:
    """Teams in bold; of figures, what rests on few is faint and a strike rate below the line stands out."""
    bold = found.rows["manager_id"].isna().map({True: BOLD, False: ""})
    styles = pd.DataFrame(dict.fromkeys(columns, bold))
    if shown == "figures":
        for name in scored.is_small:
            styles[name] += scored.is_small[name].map({True: FAINT, False: ""})
        below = (found.rows["strike_rate"] < settings().strike_rate_reference) & ~scored.is_small["strike_rate"]
        styles["strike_rate"] += below.map({True: BELOW_LINE, False: ""})
    return styles


def _remarks(found: Card, scored: Score, shown: str) -> None:
    """What the marks mean, and why there is no data where nobody has any."""
    remarks = []
    if shown == "figures":
        if scored.is_small.any(axis=None):
            remarks.append(
                _("{mark} rests on too few customers, visits or answers to judge by: shown, and not scored.").format(
                    mark=MARK
                )
            )
        remarks.append(
            _("Orange: strike rate below the line of {line}.").format(
                line=written(settings().strike_rate_reference, "share", language())
            )
        )
    else:
        remarks.append(
            _("{no_data}: without data, or with too little; the weight is shared out over the others.").format(
                no_data=NO_DATA
            )
        )
    if scored.total.isna().any():
        remarks.append(_("No score: less than half of the weight has data."))
    st.caption(" ".join(remarks))
    without: dict[str, list[str]] = {}
    for name in FIGURES:
        if found.rows[name].isna().all():
            without.setdefault(no_data_reason(name), []).append(pick(column(name).title))
    for reason, titles in without.items():
        st.caption(f"{', '.join(titles)} {NO_DATA} {reason}")
