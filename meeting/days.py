"""Days as they are given on the command line."""

from datetime import date

from warehouse.meetings import MeetingProblem


def day_of(text: str) -> date:
    """The day of --date YYYY-MM-DD; MeetingProblem where it is none or missing."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MeetingProblem(
            f"--date is {text!r}, which is not a day." if text else "--date is missing.",
            "Give it as --date YYYY-MM-DD.",
        ) from error
