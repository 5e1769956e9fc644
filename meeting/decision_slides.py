"""The slides of decisions: what became of those made before, and those that this meeting makes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import duckdb

import metrics
from meeting.deck import Definition, Slide
from meeting.people import people
from metrics.decisions import Moved, movable_figures, moved
from ui.blocks import Block, Field
from ui.decisions import (
    SHOWN,
    People,
    figure_title,
    goal_words,
    period_of,
    short_goal,
    shown_state,
    state_words,
    then_and_now,
)
from ui.disguise import WAYS, disguise
from ui.numbers import written_period
from ui.period import as_of
from ui.reading import ANY_TIME, newest_day
from ui.words import _, pick, speaking
from ui.words import language as spoken
from warehouse.connection import NothingLoaded, latest_version, reading_cursor
from warehouse.decisions import Decision, decisions
from warehouse.meetings import Meeting, meetings
from warehouse.settings import Settings
from warehouse.spreadsheet import columns_wide

STATE = "state"
"""The column that tells in words what became of a decision."""
MOST_COLUMNS = 28
"""How wide a decision's words may be on a slide, a Chinese character counting twice."""


def last_decisions(
    settings: Settings, meeting: Meeting, *, cursor: duckdb.DuckDBPyConnection, language: str, names: str
) -> Slide:
    """Decisions of earlier meetings that are open, or were closed since the last one, their figures then and now.

    `cursor` reads the version that the meeting is frozen to; 'now' is over the meeting's own period.
    """
    presence = metrics.run("data_presence", ANY_TIME, cursor=cursor)
    period = period_of(meeting.scope, as_of(date.today(), newest_day(presence), settings.fresh_days).day)
    found = earlier_decisions(settings, meeting)
    figures = {one.decision_id: moved(one, period, read=partial(metrics.value, cursor=cursor)) for one in found}
    with speaking(language):
        if not found:
            return Slide("", "", finding=_("No decision of an earlier meeting is open."))
        return Slide(
            "",
            "",
            finding=_finding(found, meeting.held_on),
            blocks=(
                *_table("last-decisions", found, meeting.held_on, figures, people(names, cursor=cursor)),
                *_reasons(found, figures),
            ),
            definitions=tuple(_definition(name) for name in dict.fromkeys(one.figure for one in found) if name),
            provenance=((_("Period"), written_period(period.from_date, period.to_date, spoken())),),
        )


def new_decisions(settings: Settings, meeting: Meeting, *, language: str, names: str) -> Slide:
    """The decisions of this meeting as they are now."""
    found = [one for one in decisions(settings) if one.meeting_id == meeting.meeting_id]
    with speaking(language):
        if not found:
            return Slide("", "", finding=_("Nothing is decided yet."))
        figures = {
            one.decision_id: Moved(one.baseline, None, one.goal) for one in found if one.figure in movable_figures()
        }
        return Slide(
            "",
            "",
            finding=_("Decided: {count}").format(count=len(found)),
            blocks=tuple(_table("new-decisions", found, meeting.held_on, figures, _present_people(settings, names))),
        )


def earlier_decisions(settings: Settings, meeting: Meeting) -> list[Decision]:
    """What a meeting looks back on: overdue first, then what is open, then what was closed, by the day it is due."""
    last = next((one.held_on for one in meetings(settings) if one.held_on < meeting.held_on), date.min)
    found = [
        one
        for one in decisions(settings)
        if one.meeting_id != meeting.meeting_id
        and one.decided_on <= meeting.held_on
        and (one.closed_on is None or one.closed_on >= last)
    ]
    return sorted(found, key=lambda one: SHOWN.index(shown_state(one, meeting.held_on)))


def _table(
    key: str, found: Sequence[Decision], day: date, figures: Mapping[str, Moved | None], who: People
) -> Iterator[Block]:
    """A row a decision, as short as slides need it, and below it the words of those that are longer."""
    titles = {
        STATE: _("State"),
        "words": _("Decision"),
        "owner": _("Owner"),
        "due_on": _("Due"),
        "figure": _("Figure"),
        "moved": _("Then → now"),
        "goal": _("Goal"),
    }
    rows = [_row(one, day, figures.get(one.decision_id), who) for one in found]
    yield Block(
        key,
        "table",
        fields=tuple(Field(name, title, "text") for name, title in titles.items()),
        rows=tuple(rows),
        written=tuple(
            _short(one, day, figures.get(one.decision_id), row) for one, row in zip(found, rows, strict=True)
        ),
    )
    long = [f"{row[2]}: {row[1]}" for row in rows if _cut(row[1]) != row[1]]
    if long:
        yield Block(f"{key}-words", "sentences", sentences=tuple(long))


def _row(one: Decision, day: date, figure: Moved | None, who: People) -> tuple[str, ...]:
    return (
        state_words(shown_state(one, day)),
        " ".join(who.text(one.words).split()),
        who.owner(one),
        one.due_on.isoformat(),
        figure_title(one.figure),
        then_and_now(one, figure, is_new=one.decided_on == day),
        goal_words(one, figure),
    )


def _short(one: Decision, day: date, figure: Moved | None, row: Sequence[str]) -> tuple[str, ...]:
    """The same so that all columns have room beside one another."""
    due = one.due_on.isoformat() if one.due_on.year != day.year else f"{one.due_on:%m-%d}"
    state, words, owner, _due, title, then_now, _goal = row
    return (state, _cut(words), owner, due, title, then_now, short_goal(one, figure))


def _cut(words: str) -> str:
    if columns_wide(words) <= MOST_COLUMNS:
        return words
    kept = words[:MOST_COLUMNS]
    while columns_wide(kept) >= MOST_COLUMNS:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _finding(found: Sequence[Decision], day: date) -> str:
    states = [shown_state(one, day) for one in found]
    return " · ".join(f"{state_words(state)} {states.count(state)}" for state in SHOWN if state in states)


def _reasons(found: Sequence[Decision], figures: Mapping[str, Moved | None]) -> tuple[Block, ...]:
    """Why figures have no data now, each reason once."""
    without = [one for one in found if (figure := figures[one.decision_id]) is not None and figure.now is None]
    told = dict.fromkeys(f"{figure_title(one.figure)}: {pick(metrics.figure(one.figure).empty)}" for one in without)
    return (Block("last-decisions-reasons", "sentences", sentences=tuple(told)),) if told else ()


def _definition(name: str) -> Definition:
    figure = metrics.figure(name)
    return Definition(name, pick(figure.title), pick(figure.asks), pick(figure.formula), pick(figure.rules))


def _present_people(settings: Settings, names: str) -> People:
    """Managers of the current version; where nothing is loaded nobody has a name."""
    try:
        return people(names, cursor=reading_cursor(latest_version(settings), settings))
    except NothingLoaded:
        return People({}, disguise({}, WAYS[0]))
