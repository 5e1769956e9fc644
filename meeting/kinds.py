"""Slides that are no view of a page: the decisions of the last meeting, and those that are made in this one."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from meeting.deck import Slide
from ui.words import _, speaking

LIVE = ("new_decisions",)
"""Kinds that are read anew each time the deck is, for they come about while it is shown."""


def slide_of_kind(kind: str) -> Callable[..., Slide]:
    """What makes the slide of a kind that is no view, to be called as meeting.decision_slides says."""
    try:
        decision_slides: Any = import_module("meeting.decision_slides")
    except ModuleNotFoundError:
        return _without_decisions
    made: dict[str, Callable[..., Slide]] = {
        "last_decisions": decision_slides.last_decisions,
        "new_decisions": decision_slides.new_decisions,
    }
    return made.get(kind, _unknown)


def _without_decisions(*_settings_and_meeting: object, language: str, **_more: object) -> Slide:
    with speaking(language):
        return Slide("", "", problem=_("Decisions are not kept yet."))


def _unknown(*_settings_and_meeting: object, language: str, **_more: object) -> Slide:
    with speaking(language):
        return Slide("", "", problem=_("This release does not know slides of this kind."))
