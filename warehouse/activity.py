"""Who was looked into: sheets opened and lists exported that are about one manager, counted once a day.

They stand in the app's own records, which no load touches. Several people may write at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warehouse.records import RecordsProblem, open_records, transaction
from warehouse.settings import Settings

SHEET_OPENED, LIST_EXPORTED = "sheet_opened", "list_exported"
FOCUSES = ("customer", "brand", "market")
"""The three focuses of the 135 month."""
RESTORE = "Restore a backup of the records."


@dataclass(frozen=True)
class Activity:
    """That on a day a sheet was opened, or a list exported, about a manager, which speaks for a focus.

    `month` (YYYY-MM) is the one in which the period shown ended, or the day's own where that has not ended yet.
    """

    day: date
    what: str
    manager_id: str
    focus: str
    month: str


@dataclass(frozen=True)
class Recorded:
    """The activities of a month, and the day since when any are recorded."""

    since: date
    activities: tuple[Activity, ...]


def record_activity(activities: Iterable[Activity], settings: Settings) -> None:
    """Keep activities; one kept already is kept once. Raises RecordsProblem where the file cannot be written."""
    rows = [(each.day.isoformat(), each.what, each.manager_id, each.focus, each.month) for each in activities]
    with open_records(settings) as connection, transaction(connection):
        connection.executemany("insert or ignore into activity values (?, ?, ?, ?, ?)", rows)


def recorded_activity(month: str, settings: Settings) -> Recorded:
    """The activities on the days of a month (YYYY-MM), whatever period they were over; later ones do not change it."""
    with open_records(settings) as connection:
        since = connection.execute("select day from activity_began").fetchone()[0]
        rows = connection.execute(
            "select day, what, manager_id, focus, month from activity "
            "where substr(day, 1, 7) = :month order by day, what, manager_id, focus, month",
            {"month": month},
        ).fetchall()
    try:
        found = (Activity(date.fromisoformat(day), *others) for day, *others in map(tuple, rows))
        return Recorded(date.fromisoformat(since), tuple(found))
    except ValueError as error:
        raise RecordsProblem(f"The activity in {settings.records} cannot be read: {error}.", RESTORE) from error
