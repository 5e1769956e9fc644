"""The deck of a meeting, read from what was frozen: the one thing that the screen shows and every export writes."""

import json
from dataclasses import replace
from typing import Any

from meeting.deck import Deck, Slide
from meeting.kinds import LIVE, slide_of_kind
from ui.words import _, speaking
from warehouse.meetings import Meeting, MeetingProblem, frozen_slides
from warehouse.settings import Settings


def read_deck(settings: Settings, meeting_id: str, *, language: str, names: str) -> Deck:
    """A meeting's slides in one of ui.words.LANGUAGES, people called in one of ui.disguise.WAYS.

    No load and no change of the agenda alters it; only the new decisions are those of now. MeetingProblem where there
    is no such meeting or it is not frozen.
    """
    meeting, contents = frozen_slides(settings, meeting_id, language=language, names=names)
    try:
        found = sorted((json.loads(content) for content in contents), key=lambda words: int(words["place"]))
        slides = tuple(_slide(settings, meeting, words, language, names) for words in found)
    except (ValueError, TypeError, KeyError) as error:
        raise MeetingProblem(
            f"What was frozen for {meeting_id} cannot be read: {error}.", "Freeze the meeting anew."
        ) from error
    with speaking(language):
        title = meeting.title or _("Weekly meeting")
    return Deck(
        meeting.meeting_id,
        title,
        meeting.held_on.isoformat(),
        language,
        meeting.frozen_version,
        meeting.frozen_at,
        slides,
    )


def is_as_frozen(meeting: Meeting, deck: Deck) -> bool:
    """Whether the deck has the slides of the agenda as it is now: the same points in the same order."""
    return [item.slide_id for item in meeting.agenda] == [slide.slide_id for slide in deck.slides]


def _slide(settings: Settings, meeting: Meeting, words: dict[str, Any], language: str, names: str) -> Slide:
    frozen = Slide.from_json(words["slide"])
    if words["kind"] not in LIVE:
        return frozen
    live = slide_of_kind(words["kind"])(settings, meeting, language=language, names=names)
    return replace(live, slide_id=frozen.slide_id, title=frozen.title, note=frozen.note)
