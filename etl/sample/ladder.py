"""The apprentice ladder: ten joint customers by steps A to D, then E, which is managing from afar."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.sample.city import City, days_text
from etl.sample.world.plan import weekday
from etl.sample.world.season import is_holiday

STEPS = "AAABBBCCCDEEE"
JOINT_STEPS = 10
DAYS_BETWEEN = 4
NOTES = {
    "A": "师傅示范，徒弟观察",
    "B": "师傅主讲，徒弟协助",
    "C": "徒弟主讲，师傅协助",
    "D": "徒弟独立拜访，师傅观察",
    "E": "徒弟独立拜访，师傅督导",
}


@dataclass(frozen=True)
class Lesson:
    """One row of coaching; up to step D it is a joint visit too."""

    day: int
    apprentice: int
    coach: int
    step: str
    customer: int

    @property
    def is_joint(self) -> bool:
        """Whether the coach comes along."""
        return self.step != "E"


def workday_from(day: int) -> int:
    """The day itself, or the first working day after it."""
    while weekday(np.array(day)) >= 5 or is_holiday(day):
        day += 1
    return day


def plan_lessons(city: City) -> list[Lesson]:
    """The lessons of the successor and of the newcomer, as far as the window goes."""
    staff = city.staff
    lessons = []
    for apprentice in (staff.parts.successor, staff.parts.newcomer):
        if apprentice is None:
            continue
        coach = staff.members(int(staff.team[apprentice]))[0]
        theirs = np.flatnonzero(
            (city.shops.second_owner == apprentice) & city.shops.alive(city.plan.last, city.plan.last)
        )
        if not len(theirs):
            continue
        order = theirs[np.argsort(-city.shops.size[theirs], kind="stable")]
        for number, step in enumerate(STEPS):
            day = workday_from(int(staff.hired[apprentice]) + 2 + number * DAYS_BETWEEN)
            if day <= city.plan.last:
                customer = int(order[number % len(order)])
                lessons.append(Lesson(day, apprentice, coach, step, customer))
    return lessons


def coaching_frame(city: City, lessons: list[Lesson]) -> pd.DataFrame:
    """The rows of the coaching extract."""
    ids = city.staff.ids()
    return pd.DataFrame(
        {
            "coached_on": days_text(np.array([x.day for x in lessons], dtype=np.int64)),
            "manager_id": [ids[x.apprentice] for x in lessons],
            "coach_id": [ids[x.coach] for x in lessons],
            "step": [x.step for x in lessons],
            "customer_id": [city.shops.id_of(x.customer) for x in lessons],
            "note": [NOTES[x.step] for x in lessons],
        }
    )
