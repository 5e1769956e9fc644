"""What the last meeting was told, and what loads have made of it since."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from metrics import Scope
from metrics.changed.contributions import exact
from metrics.changed.restated import Restated, gone_back_to, loads_since, restated
from metrics.scope import CONDITIONS
from ui.installation import private_warehouse, settings
from ui.reading import names_way, read_value, value_in, version
from ui.words import language
from warehouse.connection import is_soon_ready, reading_cursor
from warehouse.meetings import Meeting, MeetingProblem, frozen_slides, meetings
from warehouse.versions import versions

FIGURE = "amount"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Told:
    """The amount that a meeting was told, of which scope, and from which version."""

    meeting: Meeting
    scope: Scope
    amount: Decimal
    version: str


def restated_since_last_meeting() -> tuple[Told, Restated] | None:
    """The amount as the last meeting was told it, and as this run's version has it; None where none was told.

    A private layer is nobody's restatement: there it is None too.
    """
    told = None if private_warehouse() else _last_told()
    if told is None:
        return None
    now = exact(read_value(FIGURE, told.scope) or 0)
    cursor = reading_cursor(version(), settings())
    loads, base = loads_since(told.version, cursor=cursor), gone_back_to(told.version, cursor=cursor)
    until = [load for load in loads if load.version <= version().name]
    kept = {kept.name: kept for kept in versions(settings().warehouse)}

    def amount_in(name: str) -> Decimal | None:
        if name not in kept or not is_soon_ready(kept[name]):
            return None  # not worth it that all readers wait while a large version is summed up by month
        return exact(value_in(kept[name], FIGURE, told.scope) or 0)

    return told, restated(told.amount, now, loads=until, amount_in=amount_in, gone_back_to=base)


def _last_told() -> Told | None:
    """What the newest frozen meeting before today has among its slides; None where it does not tell the amount."""
    held = [meeting for meeting in meetings(settings()) if meeting.frozen_at and meeting.held_on < date.today()]
    if not held:
        return None
    try:
        meeting, contents = frozen_slides(settings(), held[0].meeting_id, language=language(), names=names_way())
        slides = {one["slide"]["slide_id"]: one["slide"] for one in map(json.loads, contents)}
        found = (_told(meeting, slides.get(item.slide_id), meeting.parameters_of(item)) for item in meeting.agenda)
        return next((told for told in found if told is not None), None)
    except (MeetingProblem, ValueError, TypeError, KeyError):
        return None  # frozen in other looks only, or not readable: the page of the meeting tells of that


def _told(meeting: Meeting, slide: Mapping[str, Any] | None, parameters: Mapping[str, tuple[str, ...]]) -> Told | None:
    """The amount among a slide's tiles; its days are those that the slide says of itself."""
    tiles = [tile for block in slide["blocks"] for tile in block["tiles"]] if slide else []
    numbers = [tile["number"] for tile in tiles if tile["figure"] == FIGURE and tile["number"] is not None]
    days = [_DAY.findall(str(value)) for _title, value in slide["provenance"]] if slide else []
    period = next((found for found in days if len(found) == 2), None)
    if not numbers or period is None:
        return None
    first, last = map(date.fromisoformat, period)
    conditions = {name: tuple(parameters[name]) for name in CONDITIONS if parameters.get(name)}
    scope = Scope(first, last).narrow(**conditions)
    return Told(meeting, scope, exact(numbers[0]), meeting.frozen_version)
