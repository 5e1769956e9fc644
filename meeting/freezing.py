"""Freezing a meeting: every slide in every language and way of naming people, all of one version of the warehouse."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import metrics
from meeting.deck import Slide
from meeting.kinds import LIVE, slide_of_kind
from meeting.people import people
from meeting.slides import view_slide
from ui.agenda import default_agenda, slide_title, weekly_scope
from ui.capture import Screen
from ui.disguise import WAYS
from ui.period import as_of
from ui.reading import ANY_TIME, newest_day
from ui.words import LANGUAGES, _, speaking
from warehouse.connection import latest_version, reading_cursor
from warehouse.meetings import Item, Meeting, keep_frozen, meeting_on, new_meeting
from warehouse.settings import Settings
from warehouse.versions import Version

Told = Callable[[int, int, str], None]
"""Is told how many slides of how many are done, and which one is next."""
EVERY_LOOK = tuple((language, names) for language in LANGUAGES for names in WAYS)
"""Languages, and in each the ways of naming people."""
NOT_YET = Slide("", "")
"""Stands for a slide that is read anew with the deck."""


def freeze(
    settings: Settings, meeting: Meeting, *, told: Told, looks: Sequence[tuple[str, str]] = EVERY_LOOK
) -> Meeting:
    """Freeze a meeting to the current version, in place of what was frozen before; gives it as it is then kept.

    What was frozen before stands until the last slide is done. Raises warehouse.records.Overtaken where the meeting
    was changed meanwhile. Must have its process to itself: it runs the pages as their tests do.
    """
    version, frozen_at = latest_version(settings), f"{datetime.now():%Y-%m-%d %H:%M}"
    slides: dict[tuple[str, str, str], str] = {}
    for language, names in looks:
        frozen = _Freezer(settings, meeting, version, frozen_at, language, names)
        for place, item in enumerate(meeting.agenda):
            told(len(slides), len(looks) * len(meeting.agenda), f"{language} {names} {item.slide_id}")
            content = {"place": place, "kind": item.kind, "slide": frozen.slide(item).as_json()}
            slides[item.slide_id, language, names] = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return keep_frozen(settings, meeting, slides, version=version.name, at=frozen_at)


def meeting_to_freeze(settings: Settings, held_on: date, title: str) -> Meeting:
    """The meeting of a day, made with the default agenda and the usual period where there is none."""
    return meeting_on(settings, held_on) or new_meeting(
        settings, held_on, title=title, scope=weekly_scope(counting_day(settings)), agenda=default_agenda()
    )


def counting_day(settings: Settings) -> date:
    """The day that periods count from; NothingLoaded where nothing was ever loaded."""
    return as_of(date.today(), _data_until(settings, latest_version(settings)), settings.fresh_days).day


def _data_until(settings: Settings, version: Version) -> date | None:
    """The newest day of a version's data."""
    return newest_day(metrics.run("data_presence", ANY_TIME, cursor=reading_cursor(version, settings)))


class _Freezer:
    """The slides of a meeting in one language and one way of naming people."""

    def __init__(
        self, settings: Settings, meeting: Meeting, version: Version, frozen_at: str, language: str, names: str
    ) -> None:
        self._settings, self._meeting, self._version = settings, meeting, version
        self._frozen_at, self._language, self._names = frozen_at, language, names
        self._screen = Screen(version, language=language, names=names)
        day = _data_until(settings, version)
        self._data_until = day.isoformat() if day else ""
        self._people = people(names, cursor=reading_cursor(version, settings))

    def slide(self, item: Item) -> Slide:
        """An item's slide. What people wrote names people in the same way as the figures."""
        item = replace(item, title=self._people.text(item.title), note=self._people.text(item.note))
        if item.kind != "view":
            return self._other(item)
        parameters = self._meeting.parameters_of(item)
        return view_slide(
            item,
            self._screen.shows(item.page, parameters, item.selections),
            parameters=parameters,
            language=self._language,
            version=self._version.name,
            data_until=self._data_until,
            frozen_at=self._frozen_at,
        )

    def _other(self, item: Item) -> Slide:
        made = NOT_YET
        if item.kind not in LIVE:
            cursor = reading_cursor(self._version, self._settings)
            make = slide_of_kind(item.kind)
            made = make(self._settings, self._meeting, cursor=cursor, language=self._language, names=self._names)
        with speaking(self._language):
            frozen = ((_("Version"), self._version.name), (_("Frozen at"), self._frozen_at))
            origin = made.provenance if item.kind in LIVE else (*made.provenance, *frozen)
            return replace(made, slide_id=item.slide_id, title=slide_title(item), note=item.note, provenance=origin)
