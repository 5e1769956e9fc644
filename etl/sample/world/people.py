"""Account managers and supervisors, and the parts some of them play."""

from dataclasses import dataclass

import numpy as np

from etl.sample.world.names import person_names
from etl.sample.world.plan import NEVER, Floats, Integers, Plan

HANDOVER_AT = 0.5
NEWCOMER_DAYS = 60
SUCCESSOR_LEAD_DAYS = 20


@dataclass(frozen=True)
class Parts:
    """Who plays which part; a part that finds nobody in a small staff stays empty."""

    leaver: int | None
    successor: int | None
    newcomer: int | None
    star: int | None
    straggler: int | None


@dataclass(frozen=True)
class Staff:
    """Account managers 0 … count-1, then one supervisor a team."""

    count: int
    teams: int
    team: Integers
    names: list[str]
    hired: Integers
    left: Integers
    skill: Floats
    parts: Parts

    def ids(self) -> list[str]:
        """Everybody's manager_id, account managers first."""
        return [f"M{i + 1:03d}" for i in range(self.count)] + [f"M{900 + i + 1}" for i in range(self.teams)]

    def supervisor(self, manager: Integers) -> Integers:
        """The places of the supervisors of account managers."""
        return self.count + self.team[manager]

    def members(self, team: int) -> list[int]:
        """The account managers of a team."""
        return [int(i) for i in np.flatnonzero(self.team == team)]


def assign_parts(team: Integers) -> Parts:
    """The leaver and the successor in the first team, the newcomer in the last."""
    sizes = np.bincount(team)
    first, last = int(sizes[0]), int(sizes[-1])
    leaver = 1 if first >= 3 else None
    successor = 2 if first >= 4 else None
    apart = len(sizes) > 1
    newcomer = len(team) - 1 if last >= (3 if apart else 5) else None
    steady = [i for i in range(len(team)) if i not in (leaver, successor, newcomer)]
    several = len(steady) >= 3
    return Parts(
        leaver,
        successor,
        newcomer,
        star=steady[len(steady) // 2] if several else None,
        straggler=steady[-1] if several else None,
    )


def build_staff(plan: Plan) -> Staff:
    """Hire everybody."""
    random = plan.random("staff")
    count = plan.managers
    team = np.arange(count) * plan.teams // count
    parts = assign_parts(team)
    hired = plan.first - random.integers(400, 5000, size=count + plan.teams)
    left = np.full(count + plan.teams, NEVER)
    skill = random.normal(0.0, 0.25, size=count).clip(-0.4, 0.4)
    for place, value in (
        (parts.star, 1.0),
        (parts.straggler, -1.0),
        (parts.newcomer, -0.3),
        (parts.successor, 0.1),
        (parts.leaver, 0.2),
    ):
        if place is not None:
            skill[place] = value
    leaves = plan.at(HANDOVER_AT)
    if parts.leaver is not None:
        left[parts.leaver] = leaves
    if parts.successor is not None:
        hired[parts.successor] = leaves - SUCCESSOR_LEAD_DAYS
    if parts.newcomer is not None:
        hired[parts.newcomer] = max(plan.last - NEWCOMER_DAYS, plan.first)
    return Staff(
        count,
        plan.teams,
        team,
        person_names(count + plan.teams, random),
        hired,
        left,
        skill,
        parts,
    )
