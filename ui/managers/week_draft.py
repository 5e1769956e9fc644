"""A week's visits while somebody edits them: rows in, changes of the editor in, rows out. No screen, no state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Visit:
    """A customer on a day."""

    day: date
    customer_id: str


def in_order(visits: Sequence[Visit]) -> list[Visit]:
    """Day by day, the order within a day kept, nobody twice on one."""
    return sorted(dict.fromkeys(visits), key=lambda visit: visit.day)


def steps(visits: Sequence[Visit]) -> list[int]:
    """The number of each visit within its day, from 1."""
    return [1 + sum(one.day == visit.day for one in visits[:place]) for place, visit in enumerate(visits)]


def changed(
    visits: Sequence[Visit], changes: Mapping[str, Any], days: Mapping[str, date], customers: Mapping[str, str]
) -> list[Visit]:
    """The visits after what st.data_editor reports: edited_rows, added_rows and deleted_rows.

    `days` and `customers` say which day and customer no. the words of a cell stand for; a row whose words stand for
    none is left as it was, or left out where it is new. Whoever is given an earlier number comes before who had it,
    whoever is given a later one after; on another day a visit comes last unless it is given a number.
    """
    edited, removed = changes.get("edited_rows", {}), set(changes.get("deleted_rows", ()))
    ranked: list[tuple[date, float, Visit]] = []
    for place, (visit, step) in enumerate(zip(visits, steps(visits), strict=True)):
        if place in removed:
            continue
        cells = edited.get(place, {})
        day = days.get(cells.get("day", ""), visit.day)
        customer = customers.get(cells.get("customer", ""), visit.customer_id)
        number = _number(cells.get("step"))
        rank = step if number is None else number - 0.5 if number < step or day != visit.day else number + 0.5
        ranked.append((day, rank if day == visit.day or number is not None else len(visits) + 1, Visit(day, customer)))
    for cells in changes.get("added_rows", ()):
        if cells.get("customer") in customers:
            number, new_day = _number(cells.get("step")), days.get(cells.get("day", ""), min(days.values()))
            rank = len(visits) + 2 if number is None else number - 0.5
            ranked.append((new_day, rank, Visit(new_day, customers[cells["customer"]])))
    return in_order([visit for _day, _rank, visit in sorted(ranked, key=lambda row: row[:2])])


def lacks_customer(changes: Mapping[str, Any], customers: Mapping[str, str]) -> bool:
    """Whether a row was added that has no customer yet."""
    return any(cells.get("customer") not in customers for cells in changes.get("added_rows", ()))


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, bool) or not isinstance(value, int | float) else float(value)
