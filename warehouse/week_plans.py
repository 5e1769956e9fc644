"""The week that a manager's visits are planned for by hand: who is to be seen on which day, in which order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.errors import PinyuError
from warehouse.records import Row, read_record, save_record
from warehouse.settings import Settings

MOST_VISITS = 200
MOST_ID = 200
"""How many visits a week may hold, and how many characters a customer's or manager's number may have."""

_TABLE = "week_plans"


class WeekProblem(PinyuError):
    """A week that cannot be kept as it is, or that the file holds but cannot be read."""


@dataclass(frozen=True)
class WeekPlan:
    """The visits of one manager in the week of a Monday, as (day, customer no.) in the order in which they are made.

    `version` is 0 until it is kept. Raises WeekProblem where a day is not of the week, or there are too many visits.
    """

    manager_id: str
    monday: date
    visits: tuple[tuple[date, str], ...]
    version: int = 0
    changed_at: str = ""

    def __post_init__(self) -> None:
        if self.monday.weekday() or any(not 0 <= (day - self.monday).days < 7 for day, _customer in self.visits):
            raise WeekProblem(f"Not all visits are in the week of {self.monday}.", "Choose days of that week.")
        ids = (self.manager_id, *(customer for _day, customer in self.visits))
        if len(self.visits) > MOST_VISITS or any(not 0 < len(one) <= MOST_ID for one in ids):
            raise WeekProblem(
                f"The week holds {len(self.visits)} visits, or one without a customer.", f"Keep to {MOST_VISITS}."
            )

    @property
    def key(self) -> str:
        """What names it among the records."""
        return _key(self.manager_id, self.monday)


def week_plan(manager_id: str, monday: date, settings: Settings) -> WeekPlan | None:
    """The week kept for a manager, None where there is none."""
    row = read_record(settings, _TABLE, _key(manager_id, monday))
    return None if row is None else read_week(row)


def save_week(plan: WeekPlan, settings: Settings) -> WeekPlan:
    """Keep a week in place of the one of its version; raises warehouse.records.Overtaken where another stands."""
    values: Row = {
        "week_id": plan.key,
        "manager_id": plan.manager_id,
        "monday": plan.monday.isoformat(),
        "visits": json.dumps([[day.isoformat(), customer] for day, customer in plan.visits], ensure_ascii=False),
    }
    return read_week(save_record(settings, _TABLE, values, version=plan.version))


def read_week(row: Row) -> WeekPlan:
    """A week as the records hold it."""
    try:
        return WeekPlan(
            manager_id=str(row["manager_id"]),
            monday=date.fromisoformat(str(row["monday"])),
            visits=tuple(_visit(one) for one in _list(row["visits"])),
            version=int(row["version"] or 0),
            changed_at=str(row["changed_at"]),
        )
    except (ValueError, TypeError) as error:
        raise WeekProblem(
            f"The week kept as {row.get('week_id')} cannot be read: {error}.", "Restore a backup of the records."
        ) from error


def _key(manager_id: str, monday: date) -> str:
    return f"{monday.isoformat()} {manager_id}"


def _list(text: object) -> Sequence[object]:
    found = json.loads(str(text))
    if not isinstance(found, list):
        raise TypeError(f"{str(text)[:40]!r} is no list of visits")
    return found


def _visit(one: object) -> tuple[date, str]:
    if not isinstance(one, list) or len(one) != 2 or not all(isinstance(part, str) for part in one):
        raise TypeError(f"{str(one)[:40]!r} is no visit")
    return date.fromisoformat(one[0]), one[1]
