"""Visit plan and visits, a month at a time: large customers often, on the day before they order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.sample.city import City
from etl.sample.ladder import Lesson
from etl.sample.world.plan import Floats, Integers, Month, weekday
from etl.sample.world.season import is_holiday
from etl.sample.writer import DAY, Extracts

PURPOSES = ("order advice", "new product", "display", "goodwill", "market information")
PURPOSE_SHARES = (0.4, 0.17, 0.16, 0.15, 0.12)
IDLE_PURPOSES = 3
"""From this place in PURPOSES on, many visits have no outcome to speak of."""
NOTES = ("店主外出，改日再访", "建议增加陈列面", "反映到货偏少", "已更换价签", "计划下周补货")
NOTE_SHARE = 0.06
COMPLIANCE = 0.85
COMPLIANCE_SKILL = 0.09
STRIKE = 0.53
STRIKE_SKILL = 0.12
UNPLANNED = 0.13
SUPERVISED_KEY = 0.13
SUPERVISED_OTHER = 0.008
UNSUPERVISED_KEYS = 0.3
SUPERVISOR_ALONE = 0.15
JOINT_PURPOSE = "joint visit"


@dataclass
class Visits:
    """The running number of visits, and which key customers the supervisor never sees."""

    city: City
    lessons: list[Lesson]
    number: int = 0

    def write_month(self, month: Month, files: Extracts) -> Integers:
        """Write a month's plan and visits; the number of visits by account manager."""
        random = self.city.plan.random("visits", month.index)
        customer, day = self.planned(month, random)
        plan = pd.DataFrame(
            {
                "plan_date": day,
                "customer_id": self.customer_ids(customer),
                "manager_id": self.manager_ids(self.city.shops.owner_of(customer, day)),
            }
        )
        visits = self.visited(month, customer, day, random)
        files.add("visit_plan", plan, plan_date=DAY.format("plan_date"))
        counts = np.bincount(visits.pop("owner"), minlength=self.city.staff.count)
        files.add("visits", visits, visit_date=DAY.format("visit_date"))
        return counts

    def customer_ids(self, customer: Integers) -> list[str]:
        """The ids of customers."""
        return [self.city.shops.id_of(int(i)) for i in customer]

    def manager_ids(self, manager: Integers) -> list[str | None]:
        """The ids of managers; blank below 0."""
        ids = self.city.staff.ids()
        return [ids[i] if i >= 0 else None for i in manager]

    def frequency(self, month: Month) -> Floats:
        """Visits that each customer should get in a month, by tier and by manager."""
        shops = self.city.shops
        usual = np.select([shops.tier >= 22, shops.tier >= 13], [2.6, 1.35], 0.8)
        diligence = 1 + 0.15 * self.city.staff.skill[shops.owner(month.first)]
        whole = (month.last - month.first + 1) / 30.4
        return np.asarray(usual * diligence * whole * shops.alive(month.first, month.last))

    def planned(self, month: Month, random: np.random.Generator) -> tuple[Integers, Integers]:
        """Customers and days of the plan, by day."""
        shops = self.city.shops
        count = np.floor(self.frequency(month) + random.random(shops.count)).astype(np.int64)
        customer = np.repeat(np.arange(shops.count), count)
        turn = np.arange(len(customer)) - np.repeat(np.cumsum(count) - count, count)
        length = month.last - month.first + 1
        spread = (turn + random.random(len(customer))) / np.maximum(count[customer], 1)
        day = month.first + (spread * length).astype(np.int64)
        day += (shops.order_weekday[customer] - 1) % 5 - weekday(day)
        return keep_workdays(customer, day, month, shops.opened)

    def visited(self, month: Month, customer: Integers, day: Integers, random: np.random.Generator) -> pd.DataFrame:
        """The visits of a month: most of the plan, some beside it, and the lessons."""
        shops, staff = self.city.shops, self.city.staff
        skill = staff.skill[shops.owner_of(customer, day)]
        done = random.random(len(day)) < COMPLIANCE + COMPLIANCE_SKILL * skill
        moved = day + random.choice([-1, 0, 1], size=len(day), p=[0.08, 0.8, 0.12])
        moved = np.where(weekday(moved) < 5, moved, day)
        extra = np.flatnonzero(random.random(shops.count) < UNPLANNED * self.frequency(month))
        any_day = random.integers(month.first, month.last + 1, size=len(extra))
        customers = np.concatenate([customer[done], extra])
        days = np.concatenate([moved[done], any_day])
        planned = np.arange(len(days)) < int(done.sum())
        keep = workdays(customers, days, month, shops.opened)
        frame = self.describe(customers[keep], days[keep], planned[keep], random)
        frame = pd.concat([frame, self.joint_lessons(month, random)], ignore_index=True)
        frame = frame.sort_values(["visit_date", "customer_id"], kind="stable", ignore_index=True)
        frame.insert(0, "visit_id", [f"V{self.number + i + 1:08d}" for i in range(len(frame))])
        self.number += len(frame)
        return frame

    def describe(
        self, customer: Integers, day: Integers, planned: np.ndarray, random: np.random.Generator
    ) -> pd.DataFrame:
        """The columns of ordinary visits."""
        city = self.city
        owner = city.shops.owner_of(customer, day)
        purpose = random.choice(len(PURPOSES), size=len(day), p=PURPOSE_SHARES)
        chance = STRIKE + STRIKE_SKILL * city.staff.skill[owner]
        chance += 0.3 * (city.shops.order_chance[customer] - 0.85)
        outcome = np.where(random.random(len(day)) < chance, "success", "fail")
        idle = random.random(len(day)) < np.where(purpose >= IDLE_PURPOSES, 0.55, 0.04)
        outcome = np.where(idle, "none", outcome)
        supervised = random.random(len(day)) < self.supervision()[customer]
        alone = supervised & (random.random(len(day)) < SUPERVISOR_ALONE)
        supervisor = city.staff.supervisor(owner)
        note = random.integers(len(NOTES), size=len(day))
        noted = random.random(len(day)) < NOTE_SHARE
        minutes = 8 + random.gamma(4.0, 4.0, size=len(day)) + 6 * supervised
        return pd.DataFrame(
            {
                "visit_date": day,
                "customer_id": self.customer_ids(customer),
                "manager_id": self.manager_ids(np.where(alone, supervisor, owner)),
                "planned": [city.text("yes" if p else "no") for p in planned],
                "purpose": [city.text(PURPOSES[p]) for p in purpose],
                "outcome": [city.text(str(o)) for o in outcome],
                "joint_with": self.manager_ids(np.where(supervised & ~alone, supervisor, -1)),
                "minutes": minutes.astype(np.int64),
                "note": [NOTES[n] if has else None for n, has in zip(note, noted, strict=True)],
                "owner": owner,
            }
        )

    def supervision(self) -> Floats:
        """The chance that the supervisor comes along to each customer; never, to some key ones."""
        shops = self.city.shops
        draw = self.city.plan.random("supervision").random(shops.count)
        overlooked = shops.is_key & (draw < UNSUPERVISED_KEYS)
        chance = np.where(shops.is_key, SUPERVISED_KEY, SUPERVISED_OTHER)
        return np.where(overlooked, 0.0, chance)

    def joint_lessons(self, month: Month, random: np.random.Generator) -> pd.DataFrame:
        """The visits that a coach and an apprentice make together."""
        city = self.city
        here = [x for x in self.lessons if x.is_joint and month.first <= x.day <= month.last]
        lucky = random.random(len(here)) < STRIKE
        return pd.DataFrame(
            {
                "visit_date": np.array([x.day for x in here], dtype=np.int64),
                "customer_id": [city.shops.id_of(x.customer) for x in here],
                "manager_id": self.manager_ids(np.array([x.apprentice for x in here], dtype=int)),
                "planned": [city.text("yes") for _ in here],
                "purpose": [city.text(JOINT_PURPOSE) for _ in here],
                "outcome": [city.text("success" if won else "fail") for won in lucky],
                "joint_with": self.manager_ids(np.array([x.coach for x in here], dtype=int)),
                "minutes": np.full(len(here), 40, dtype=np.int64),
                "note": [None for _ in here],
                "owner": np.array([x.apprentice for x in here], dtype=np.int64),
            }
        )


def workdays(customer: Integers, day: Integers, month: Month, opened: Integers) -> np.ndarray:
    """Which days lie in the month, on a working day, and not before the customer opened."""
    holidays = [d for d in month.days if is_holiday(d)]
    inside = (day >= month.first) & (day <= month.last) & (weekday(day) < 5)
    return np.asarray(inside & ~np.isin(day, holidays) & (day >= opened[customer]))


def keep_workdays(customer: Integers, day: Integers, month: Month, opened: Integers) -> tuple[Integers, Integers]:
    """Customers and days that can be visited, each pair once, by day."""
    keep = workdays(customer, day, month, opened)
    pairs = np.unique(np.stack([day[keep], customer[keep]], axis=1), axis=0)
    return pairs[:, 1], pairs[:, 0]
