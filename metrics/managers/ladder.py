"""The apprentice ladder: a newcomer's joint customers by step, the coaches' load, and what is told of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from metrics.scope import Scope, months_before
from metrics.scorecard import Read, Request
from warehouse.settings import Settings

STEPS = ("A", "B", "C", "D", "E")
LAST_OF = {"A": 3, "B": 6, "C": 9, "D": 10}
"""The number of the last joint customer of each step; after the last the newcomer goes alone, which is step E."""
JOINT_CUSTOMERS = LAST_OF["D"]
CRITICAL_MONTHS = 3
READS = ("manager_list", "coaching_list", "joint_visits")


@dataclass(frozen=True)
class Rung:
    """A customer on the ladder: its number in the order of the first steps, the step recorded then and the rule's.

    `again`: later steps at the same customer, as (day, step). `joint_visits`: of newcomer and coach there.
    """

    number: int
    customer_id: str
    customer_name: str
    step: str
    day: date
    coach_id: str
    joint_visits: int
    again: tuple[tuple[date, str], ...]

    @property
    def rule(self) -> str:
        """The step that the rule has for a customer of this number."""
        return next((step for step, last in LAST_OF.items() if self.number <= last), "E")

    @property
    def is_out_of_order(self) -> bool:
        """Whether another step was recorded than the rule's."""
        return self.step != self.rule


@dataclass(frozen=True)
class Ladder:
    """A newcomer's ladder up to a day.

    `log`: the rows of coaching, newest first; `unrecorded`: names of customers where newcomer and coach went together
    and no step was recorded; `without_customer`: steps that name none; `coaches`: who coached, the newest first.
    """

    manager_id: str
    hired_on: date | None
    today: date
    rungs: tuple[Rung, ...]
    log: pd.DataFrame
    unrecorded: tuple[str, ...]
    without_customer: int
    coaches: tuple[str, ...]

    @property
    def days(self) -> int | None:
        """Days since being hired, 0 on the first; None where that day is not known."""
        return None if self.hired_on is None else (self.today - self.hired_on).days

    @property
    def critical_until(self) -> date | None:
        """The last day of the first three months."""
        if self.hired_on is None:
            return None
        return months_before(self.hired_on, -CRITICAL_MONTHS) - timedelta(1)

    @property
    def is_critical(self) -> bool:
        """Whether the first three months run."""
        return self.critical_until is not None and self.today <= self.critical_until

    @property
    def joint_customers(self) -> int:
        """Customers that were taken together: those of the steps A to D."""
        return len(self._joint)

    @property
    def is_finished(self) -> bool:
        """Whether ten customers were taken together and the newcomer has gone alone, step E, since the tenth."""
        if self.joint_customers < JOINT_CUSTOMERS:
            return False
        alone = self.log.loc[self.log["coaching_step"] == "E", "coached_on"]
        return bool((alone >= pd.Timestamp(self._joint[JOINT_CUSTOMERS - 1].day)).any())

    @property
    def _joint(self) -> list[Rung]:
        return [rung for rung in self.rungs if rung.step != "E"]

    @property
    def is_led(self) -> bool:
        """Whether a coach has to lead the newcomer still."""
        return self.is_critical or not self.is_finished


@dataclass(frozen=True)
class CoachLoad:
    """A coach and the newcomers led now; `state`: 'room', 'full' from the published number on, 'too_many' beyond it."""

    coach_id: str
    newcomers: tuple[str, ...]
    state: str


def requests(scope: Scope) -> list[Request]:
    """What `ladders` reads: of the whole company, since a coach may lead newcomers beyond the scope."""
    return [(name, _whole(scope), ()) for name in READS]


def ladders(scope: Scope, settings: Settings, *, read: Read) -> list[Ladder]:
    """The ladders of all newcomers of the company on the scope's last day, whoever was hired last first.

    A newcomer was hired within so many months, or has begun a ladder and not finished it, and has not left. Who leads
    others without being coached is a supervisor, not a newcomer.
    """
    managers, lessons, visits = (read(*request) for request in requests(scope))
    coached = set(lessons["manager_id"])
    supervisors = set(managers["supervisor_id"].dropna()) - coached
    since = months_before(scope.to_date, settings.newcomer_months)
    found = []
    for row in managers.to_dict("records"):
        manager, hired_on, left_on = str(row["manager_id"]), _day(row["hired_on"]), _day(row["left_on"])
        is_new = hired_on is not None and since < hired_on <= scope.to_date
        if manager in supervisors or not (is_new or manager in coached):
            continue
        if left_on is not None and left_on <= scope.to_date:
            continue
        own, joint = (rows[rows["manager_id"] == manager] for rows in (lessons, visits))
        ladder = climbed(manager, hired_on, scope.to_date, own, joint)
        if is_new or not ladder.is_finished:
            found.append(ladder)
    return sorted(found, key=lambda ladder: (ladder.hired_on or date.min, ladder.manager_id), reverse=True)


def climbed(manager_id: str, hired_on: date | None, today: date, lessons: pd.DataFrame, visits: pd.DataFrame) -> Ladder:
    """A newcomer's ladder from the rows of `coaching_list` and `joint_visits` that are the newcomer's own."""
    joint = {
        str(customer): int(count) for customer, count in visits.groupby("customer_id")["joint_visits"].sum().items()
    }
    rows = lessons.dropna(subset="customer_id").sort_values(["coached_on", "coaching_step", "customer_id"])
    by_customer: dict[str, list[Mapping[str, object]]] = {}
    for row in rows.to_dict("records"):
        by_customer.setdefault(str(row["customer_id"]), []).append(row)  # type: ignore[arg-type]
    names = dict(zip(visits["customer_id"], visits["customer_name"], strict=True))
    return Ladder(
        manager_id,
        hired_on,
        today,
        tuple(_rung(number, steps, joint) for number, steps in enumerate(by_customer.values(), start=1)),
        lessons,
        tuple(str(name) for customer, name in names.items() if customer not in by_customer),
        int(lessons["customer_id"].isna().sum()),
        tuple(dict.fromkeys(str(coach) for coach in lessons["coach_id"])),
    )


def coach_loads(found: Sequence[Ladder], settings: Settings) -> list[CoachLoad]:
    """Every coach of the newcomers who are still led, the most loaded first; one of two coaches counts for both."""
    led: dict[str, list[str]] = {}
    for ladder in found:
        for coach in ladder.coaches:
            led.setdefault(coach, []).extend([ladder.manager_id] if ladder.is_led else [])
    loads = [CoachLoad(coach, tuple(each), _state(len(each), settings)) for coach, each in led.items()]
    return sorted(loads, key=lambda load: (-len(load.newcomers), load.coach_id))


def _state(count: int, settings: Settings) -> str:
    if count > settings.coach_most:
        return "too_many"
    return "full" if count >= settings.coach_full else "room"


def _rung(number: int, steps: Sequence[Mapping[str, object]], joint: Mapping[str, int]) -> Rung:
    first = steps[0]
    days = [_day(step["coached_on"]) or date.min for step in steps]
    return Rung(
        number,
        str(first["customer_id"]),
        str(first["customer_name"]),
        str(first["coaching_step"]),
        days[0],
        str(first["coach_id"]),
        joint.get(str(first["customer_id"]), 0),
        tuple((day, str(step["coaching_step"])) for day, step in zip(days[1:], steps[1:], strict=True)),
    )


def _whole(scope: Scope) -> Scope:
    return Scope(scope.from_date, scope.to_date, viewer=scope.viewer)


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload, arg-type]
