"""Customers: where they are, how large, how they order, and whose they are."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from etl.sample.world.goods import GROUPS
from etl.sample.world.names import SHOP_KINDS, area_name, shop_names
from etl.sample.world.people import Staff
from etl.sample.world.plan import NEVER, Flags, Floats, Integers, Plan

CHANNELS = tuple(SHOP_KINDS)
URBAN_CHANNELS = (0.26, 0.3, 0.12, 0.04, 0.16, 0.08, 0.04)
RURAL_CHANNELS = (0.62, 0.1, 0.1, 0.01, 0.08, 0.04, 0.05)
CHANNEL_SIZE = (-0.25, 0.1, 0.4, 0.5, 0.65, -0.2, -0.5)
SIZE_SPREAD = 1.4
KEY_SHARE = 0.2
CLOSED_SHARE = 0.04
LAPSED_SHARE = 0.02
OPENED_SHARE = 0.07


@dataclass(frozen=True)
class Shops:
    """Customers 0 … count-1; `size` is relative, 1 being the middle."""

    count: int
    names: list[str]
    area_names: list[str]
    area: Integers
    urban: Flags
    channel: Integers
    size: Floats
    tier: Integers
    group: Integers
    opened: Integers
    closed: Flags
    buys_until: Integers
    order_weekday: Integers
    order_weeks: Integers
    order_chance: Floats
    breadth: Floats
    quantity: Floats
    trend: Floats
    first_owner: Integers
    second_owner: Integers
    handed_on: Integers
    """First day of the second owner; NEVER where there is none."""

    @property
    def id_width(self) -> int:
        """Digits of a customer_id."""
        return max(6, len(str(self.count)))

    def id_of(self, place: int) -> str:
        """A customer_id, with its leading zeros."""
        return f"{place + 1:0{self.id_width}d}"

    def ids(self) -> list[str]:
        """Every customer_id."""
        return [self.id_of(i) for i in range(self.count)]

    def owner(self, day: int) -> Integers:
        """The account manager of every customer on a day."""
        return np.where(self.handed_on <= day, self.second_owner, self.first_owner)

    def owner_of(self, customer: Integers, days: Integers) -> Integers:
        """The account manager of each customer on the day beside it."""
        handed = self.handed_on[customer] <= days
        return np.where(handed, self.second_owner[customer], self.first_owner[customer])

    def alive(self, first: int, last: int) -> Flags:
        """Customers that may buy on some day of a period."""
        return (self.opened <= last) & (self.buys_until >= first)

    @cached_property
    def is_key(self) -> Flags:
        """The largest fifth, by planned size."""
        rank = np.argsort(np.argsort(-self.size, kind="stable"), kind="stable")
        return np.asarray(rank < np.ceil(KEY_SHARE * self.count))


def spread_territory(area: Integers, areas: int, staff: Staff, random: np.random.Generator) -> Integers:
    """The owner of each customer at the start: neighbours share a manager."""
    parts = staff.parts
    owner = np.zeros(len(area), dtype=np.int64)
    area_team = np.arange(areas) * staff.teams // areas
    for team in range(staff.teams):
        present = [m for m in staff.members(team) if m not in (parts.successor, parts.newcomer)]
        mine = np.flatnonzero(area_team[area] == team)
        nearby = mine[np.argsort(area[mine] + random.random(len(mine)) * 1.15, kind="stable")]
        owner[nearby] = np.array(present)[np.arange(len(mine)) * len(present) // max(len(mine), 1)]
    return owner


def hand_over(owner: Integers, staff: Staff, plan: Plan, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Second owner and first day of theirs: the leaver's customers, and some for the newcomer."""
    parts = staff.parts
    second = owner.copy()
    since = np.full(len(owner), NEVER)
    if parts.leaver is not None:
        mine = np.flatnonzero(owner == parts.leaver)
        colleague = staff.members(int(staff.team[parts.leaver]))[0]
        heir = colleague if parts.successor is None else parts.successor
        second[mine] = np.where(random.random(len(mine)) < 0.75, heir, colleague)
        since[mine] = staff.left[parts.leaver] + 1
    if parts.newcomer is not None:
        team = staff.team[parts.newcomer]
        free = (staff.team[owner] == team) & (since == NEVER)
        mine = np.flatnonzero(free & (random.random(len(owner)) < 0.22))
        second[mine] = parts.newcomer
        since[mine] = staff.hired[parts.newcomer]
    return second, since


def live(plan: Plan, random: np.random.Generator) -> tuple[Integers, Flags, Integers]:
    """Day of opening, closed or not, and last day that each customer buys."""
    count = plan.customers
    opened = plan.first - random.integers(30, 5500, size=count)
    young = random.random(count) < OPENED_SHARE
    span = plan.last - plan.first
    opened[young] = plan.first + (span * random.random(int(young.sum()))).astype(np.int64)
    fate = random.random(count)
    closed = ~young & (fate < CLOSED_SHARE)
    lapsed = ~young & ~closed & (fate < CLOSED_SHARE + LAPSED_SHARE)
    end = plan.first + (span * (0.2 + 0.77 * random.random(count))).astype(np.int64)
    return opened, closed, np.where(closed | lapsed, end, NEVER)


def place_shops(areas: int, random: np.random.Generator, count: int) -> tuple[Integers, Flags, Integers]:
    """Area, urban or not, and channel of each customer."""
    weight = 1.0 + 0.5 * np.cos(np.arange(areas) * 2.0)
    area = np.searchsorted(np.cumsum(weight / weight.sum()), random.random(count)).clip(max=areas - 1)
    urban_share = np.where(np.arange(areas) % 3 == 2, 0.25, 0.72 - 0.08 * (np.arange(areas) % 2))
    urban = random.random(count) < urban_share[area]
    draw = random.random(count)
    channel = np.where(
        urban,
        np.searchsorted(np.cumsum(URBAN_CHANNELS), draw),
        np.searchsorted(np.cumsum(RURAL_CHANNELS), draw),
    ).clip(max=len(CHANNELS) - 1)
    return area, urban, channel


def build_shops(plan: Plan, staff: Staff) -> Shops:
    """Settle the city."""
    random = plan.random("shops")
    count = plan.customers
    areas = max(6, 2 * plan.teams)
    area, urban, channel = place_shops(areas, random, count)
    log_size = SIZE_SPREAD * random.standard_normal(count) + np.array(CHANNEL_SIZE)[channel]
    log_size += np.where(urban, 0.15, -0.2)
    size = np.exp(log_size)
    seen = log_size + 0.3 * random.standard_normal(count)
    tier = np.round(14.5 + 6.0 * (seen - seen.mean()) / (seen.std() or 1.0)).astype(np.int64)
    first_owner = spread_territory(area, areas, staff, random)
    second_owner, handed_on = hand_over(first_owner, staff, plan, random)
    opened, closed, buys_until = live(plan, random)
    biweekly = size < np.quantile(size, 0.4) * random.uniform(0.6, 1.4, size=count)
    return Shops(
        count,
        shop_names([CHANNELS[i] for i in channel], random),
        [area_name(i) for i in range(areas)],
        area,
        urban,
        channel,
        size,
        tier.clip(1, 30),
        random.integers(GROUPS, size=count),
        opened,
        closed,
        buys_until,
        random.integers(5, size=count),
        np.where(biweekly, 2, 1),
        (0.97 - 0.35 * random.random(count) ** 2).clip(0.5, 0.97),
        (2.6 * size**0.3).clip(1.3, 13.0),
        1.6 * size**0.7,
        0.1 * random.standard_normal(count),
        first_owner,
        second_owner,
        handed_on,
    )
