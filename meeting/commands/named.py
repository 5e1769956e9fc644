"""Meetings as they are named on the command line."""

from datetime import date

from warehouse.meetings import Meeting, MeetingProblem, meeting_of, meeting_on
from warehouse.settings import Settings


def day_of(text: str) -> date:
    """The day of --date YYYY-MM-DD; MeetingProblem where it is none or missing."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MeetingProblem(
            f"--date is {text!r}, which is not a day." if text else "--date is missing.",
            "Give it as --date YYYY-MM-DD.",
        ) from error


def meeting_named(settings: Settings, meeting: str, day: str) -> Meeting:
    """The meeting of --meeting, else of --date; MeetingProblem where there is none."""
    if meeting:
        return meeting_of(settings, meeting)
    found = meeting_on(settings, day_of(day))
    if found is None:
        raise MeetingProblem(f"No meeting is held on {day}.", "Freeze one first: python -m meeting freeze --date D")
    return found
