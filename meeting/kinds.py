"""Slides that are no view of a page: the decisions of earlier meetings, and those that are made in this one."""

from collections.abc import Callable

from meeting.decision_slides import last_decisions, new_decisions
from meeting.deck import Slide
from ui.words import _, speaking

LIVE = ("new_decisions",)
"""Kinds that are read anew each time the deck is, for they come about while it is shown."""


def slide_of_kind(kind: str) -> Callable[..., Slide]:
    """What makes the slide of a kind that is no view, to be called as meeting.decision_slides says."""
    made: dict[str, Callable[..., Slide]] = {"last_decisions": last_decisions, "new_decisions": new_decisions}
    return made.get(kind, _unknown)


def _unknown(*_settings_and_meeting: object, language: str, **_more: object) -> Slide:
    with speaking(language):
        return Slide("", "", problem=_("This release does not know slides of this kind."))
