"""Meetings among the records: when, about what, the agenda slide by slide, and the slides as they were frozen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from warehouse.errors import PinyuError
from warehouse.records import Row, open_records, read_record, read_records, save_record, transaction, write_record
from warehouse.settings import Settings

Parameters = Mapping[str, tuple[str, ...]]
"""Parameters of a URL."""
MOST_SLIDES = 60
LONGEST_TITLE, LONGEST_NOTE = 200, 2_000
A_WEEK = timedelta(7)

_TABLE = "meetings"


PRESENT_SECONDS = 12
"""Who presents tells where they are more often than that; after it nobody is taken to present."""
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"


class MeetingProblem(PinyuError):
    """A meeting that is not there, cannot be kept as it is, or cannot be read."""


@dataclass(frozen=True)
class Item:
    """One point of an agenda, which becomes a slide.

    A 'view' shows the blocks of these keys of a page under these URL parameters, with what `selections` says clicked
    (by the key of a chart or table, see ui.recording); other kinds make their slide themselves. Without a title of its
    own it bears that of its kind or page.
    """

    slide_id: str
    kind: str = "view"
    page: str = ""
    parameters: Parameters = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    selections: Mapping[str, Mapping[str, list[Any]]] = field(default_factory=dict)
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting as it is kept; `version` is 0 until it is. `scope` are the URL parameters of items without a period.

    `frozen_version` and `frozen_at` are empty until its slides are frozen. Raises MeetingProblem where the agenda or
    a text is longer than may be, or two items share an id.
    """

    meeting_id: str
    held_on: date
    title: str = ""
    scope: Parameters = field(default_factory=dict)
    agenda: tuple[Item, ...] = ()
    frozen_version: str = ""
    frozen_at: str = ""
    version: int = 0
    changed_at: str = ""

    def __post_init__(self) -> None:
        if len(self.agenda) > MOST_SLIDES or len({item.slide_id for item in self.agenda}) < len(self.agenda):
            raise MeetingProblem(f"The agenda has {len(self.agenda)} slides.", f"Keep to {MOST_SLIDES}, each once.")
        titles = (self.title, *(item.title for item in self.agenda))
        if any(len(title) > LONGEST_TITLE for title in titles) or any(
            len(item.note) > LONGEST_NOTE for item in self.agenda
        ):
            raise MeetingProblem(
                "A title or a note is too long.", f"Keep to {LONGEST_TITLE} and {LONGEST_NOTE} characters."
            )

    def adding(self, item: Item) -> "Meeting":
        """The same with an item at the end, before the new decisions where the agenda ends with them."""
        ends = self.agenda[-1:] if self.agenda and self.agenda[-1].kind == "new_decisions" else ()
        return replace(self, agenda=(*self.agenda[: len(self.agenda) - len(ends)], item, *ends))

    def without(self, slide_id: str) -> "Meeting":
        """The same without that item."""
        return replace(self, agenda=tuple(item for item in self.agenda if item.slide_id != slide_id))

    def moving(self, slide_id: str, places: int) -> "Meeting":
        """The same with that item so many places further down, or up where it is negative; never beyond the ends."""
        agenda = list(self.agenda)
        place = next((place for place, item in enumerate(agenda) if item.slide_id == slide_id), None)
        if place is None:
            return self
        item = agenda.pop(place)
        agenda.insert(min(max(place + places, 0), len(agenda)), item)
        return replace(self, agenda=tuple(agenda))

    def telling(self, slide_id: str, *, title: str, note: str) -> "Meeting":
        """The same with another title and note of that item."""
        return replace(
            self,
            agenda=tuple(
                replace(item, title=title.strip(), note=note.strip()) if item.slide_id == slide_id else item
                for item in self.agenda
            ),
        )

    def parameters_of(self, item: Item) -> Parameters:
        """Under which URL parameters an item's page is shown: its own, over the meeting's unless it has a period."""
        return item.parameters if "period" in item.parameters else {**self.scope, **item.parameters}

    @property
    def row(self) -> Row:
        """The meeting as the records hold it, but for its version and when it was changed."""
        return {
            "meeting_id": self.meeting_id,
            "held_on": self.held_on.isoformat(),
            "title": self.title,
            "scope": json.dumps(self.scope, ensure_ascii=False),
            "agenda": json.dumps([asdict(item) for item in self.agenda], ensure_ascii=False),
            "frozen_version": self.frozen_version,
            "frozen_at": self.frozen_at,
        }


def meetings(settings: Settings) -> list[Meeting]:
    """All meetings, the latest first."""
    found = [read_meeting(row) for row in read_records(settings, _TABLE)]
    return sorted(found, key=lambda meeting: (meeting.held_on, meeting.meeting_id), reverse=True)


def meeting_of(settings: Settings, meeting_id: str) -> Meeting:
    """The meeting of that id; MeetingProblem where there is none."""
    row = read_record(settings, _TABLE, meeting_id)
    if row is None:
        raise _unknown(meeting_id)
    return read_meeting(row)


def meeting_on(settings: Settings, held_on: date) -> Meeting | None:
    """The meeting of that day, the one made last where there are several; None where there is none."""
    return next((meeting for meeting in meetings(settings) if meeting.held_on == held_on), None)


def next_meeting(settings: Settings, today: date) -> Meeting | None:
    """The first meeting from today on that is not frozen yet; None where there is none."""
    coming = [meeting for meeting in meetings(settings) if meeting.held_on >= today and not meeting.frozen_at]
    return coming[-1] if coming else None


def next_day(settings: Settings, today: date) -> date:
    """When the next meeting is to be expected: a week after the latest, or today where that is past or taken."""
    latest = next(iter(meetings(settings)), None)
    return max(latest.held_on + A_WEEK, today) if latest else today


def new_meeting(settings: Settings, held_on: date, *, title: str, scope: Parameters, agenda: Sequence[Item]) -> Meeting:
    """Make a meeting. Several may be held on a day: the id is the day, with a number from the second on."""
    taken = {meeting.meeting_id for meeting in meetings(settings)}
    names = (held_on.isoformat(), *(f"{held_on}-{number}" for number in range(2, len(taken) + 3)))
    free = next(name for name in names if name not in taken)
    return save_meeting(settings, Meeting(free, held_on, title.strip(), scope, tuple(agenda)))


def save_meeting(settings: Settings, meeting: Meeting) -> Meeting:
    """Keep a meeting in place of the one of its version; raises warehouse.records.Overtaken where another stands."""
    return read_meeting(save_record(settings, _TABLE, meeting.row, version=meeting.version))


def keep_frozen(
    settings: Settings, meeting: Meeting, slides: Mapping[tuple[str, str, str], str], *, version: str, at: str
) -> Meeting:
    """Keep the slides, by (slide id, language, way of names), in place of those frozen before: all of them or none.

    Raises warehouse.records.Overtaken, and leaves what was frozen before, where the meeting was changed meanwhile.
    """
    frozen = replace(meeting, frozen_version=version, frozen_at=at)
    with open_records(settings) as connection, transaction(connection):
        row = write_record(connection, _TABLE, frozen.row, version=meeting.version)
        connection.execute("delete from frozen_slides where meeting_id = ?", [meeting.meeting_id])
        connection.executemany(
            "insert into frozen_slides (meeting_id, slide_id, language, names, content) values (?, ?, ?, ?, ?)",
            [(meeting.meeting_id, *key, content) for key, content in slides.items()],
        )
    return read_meeting(row)


def frozen_slides(settings: Settings, meeting_id: str, *, language: str, names: str) -> tuple[Meeting, list[str]]:
    """A meeting, and the contents of the slides that were frozen in a language and a way of calling people, unsorted.

    Both are of one moment. MeetingProblem where there is no such meeting or it is not frozen.
    """
    with open_records(settings) as connection, transaction(connection):
        row = connection.execute("select * from meetings where meeting_id = ?", [meeting_id]).fetchone()
        found = connection.execute(
            "select content from frozen_slides where meeting_id = ? and language = ? and names = ?",
            [meeting_id, language, names],
        ).fetchall()
    if row is None:
        raise _unknown(meeting_id)
    if not found:
        raise MeetingProblem(f"The meeting {meeting_id[:40]} is not frozen yet.", "Freeze it first.")
    return read_meeting(dict(row)), [str(one["content"]) for one in found]


def position(settings: Settings, meeting_id: str) -> int | None:
    """The slide, counted from 1, that whoever presents the meeting shows; None where nobody does at present."""
    with open_records(settings) as connection:
        found = connection.execute(
            "select slide, shown_at from meeting_positions where meeting_id = ?", [meeting_id]
        ).fetchone()
    if found is None or found["shown_at"] < f"{datetime.now() - timedelta(seconds=PRESENT_SECONDS):{_MOMENT}}":
        return None
    return int(found["slide"])


def keep_position(settings: Settings, meeting_id: str, slide: int) -> None:
    """Let those who follow see that slide, counted from 1, for PRESENT_SECONDS: before that it is to be told anew."""
    with open_records(settings) as connection:
        connection.execute(
            "insert or replace into meeting_positions (meeting_id, slide, shown_at) values (?, ?, ?)",
            [meeting_id, slide, f"{datetime.now():{_MOMENT}}"],
        )


def read_meeting(row: Row) -> Meeting:
    """A meeting as the records hold it."""
    try:
        return Meeting(
            meeting_id=str(row["meeting_id"]),
            held_on=date.fromisoformat(str(row["held_on"])),
            title=str(row["title"]),
            scope=_parameters(json.loads(str(row["scope"]))),
            agenda=tuple(_item(one) for one in json.loads(str(row["agenda"]))),
            frozen_version=str(row["frozen_version"]),
            frozen_at=str(row["frozen_at"]),
            version=int(row["version"] or 0),
            changed_at=str(row["changed_at"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MeetingProblem(
            f"The meeting kept as {row.get('meeting_id')} cannot be read: {error}.", "Restore a backup of the records."
        ) from error


def _unknown(meeting_id: str) -> MeetingProblem:
    return MeetingProblem(f"There is no meeting {meeting_id[:40]!r}.", "Choose one of those there are.")


def _item(words: Mapping[str, Any]) -> Item:
    return Item(**{**words, "parameters": _parameters(words["parameters"]), "keys": tuple(words["keys"])})


def _parameters(words: Mapping[str, Any]) -> Parameters:
    return {str(name): tuple(map(str, values)) for name, values in words.items()}
