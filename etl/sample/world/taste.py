"""Which customer carries which sku: the affinities that a model can find and size alone cannot.

The odds of carrying add up from the sku's popularity, the customer's latent group against the
sku's, channel and market against price class, and tier. Focus skus spread with the manager's skill.
"""

from dataclasses import dataclass

import numpy as np

from etl.sample.world.goods import Goods, Launch
from etl.sample.world.people import Staff
from etl.sample.world.plan import NEVER, Floats, Integers, Plan, Rates
from etl.sample.world.shops import Shops

GROUP_PULL = 2.6
CHANNEL_PULL = (
    (-0.9, -0.3, 0.3, 0.6, 0.6),
    (0.2, 0.5, 0.3, -0.3, -0.8),
    (0.2, 0.3, 0.2, 0.1, 0.0),
    (0.9, 0.4, -0.2, -0.9, -1.2),
    (1.3, 0.7, -0.1, -0.7, -1.1),
    (0.7, 0.6, 0.0, -0.8, -1.0),
    (-0.4, 0.0, 0.2, 0.2, 0.1),
)
FOCUS_RATE = 0.3
BLOCK = 10_000


@dataclass(frozen=True)
class Trial:
    """For a launch and each customer: the day from which it would try, and how it goes on."""

    launch: Launch
    from_day: Integers
    repeat_chance: Rates


@dataclass
class Taste:
    """`line_chance[c, s]`: the chance that an order of customer c has a line of sku s."""

    line_chance: Rates
    focus: list[int]
    focus_odds: Rates
    focus_threshold: Rates
    trials: tuple[Trial, ...]

    def follow_focus(self, years: float, owner: Integers, staff: Staff) -> None:
        """Let the focus skus spread as far as they have after some years."""
        drift = (0.35 + 0.8 * staff.skill[owner]) * (years + 0.4)
        carried = self.focus_threshold < self.focus_odds + drift[:, None]
        self.line_chance[:, self.focus] = np.where(carried, FOCUS_RATE, 0.0)


def carry_odds(shops: Shops, goods: Goods, part: slice) -> Floats:
    """The log odds that each customer of a part carries each sku, whatever the manager does."""
    channel_pull = np.array(CHANNEL_PULL)[shops.channel[part]][:, goods.price_class]
    same_group = shops.group[part][:, None] == goods.group[None, :]
    dearness = (2 - goods.price_class)[None, :]
    tier = (shops.tier[part][:, None] - 15) / 15
    odds: Floats = (
        -1.7
        + 1.1 * np.log(goods.popularity / goods.popularity.mean())[None, :]
        + GROUP_PULL * same_group
        + channel_pull
        + np.where(shops.urban[part][:, None], 0.15, -0.2) * dearness
        + tier * (0.9 + 0.5 * dearness)
    )
    odds[shops.tier[part][:, None] < goods.min_tier[None, :]] = -50.0
    return odds


def logistic(random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Draws whose being below the odds has just those odds."""
    draw = random.random(shape).clip(1e-9, 1 - 1e-9)
    return np.asarray(np.log(draw / (1 - draw)))


def plan_trials(launch: Launch, odds: Floats, shops: Shops, random: np.random.Generator) -> Trial:
    """Who tries a launch and when, likely carriers first and more of them."""
    count = shops.count
    pull = odds - np.median(odds[odds > -40]) if (odds > -40).any() else odds
    base = np.log(launch.willing / (1 - launch.willing))
    tries = (logistic(random, (count,)) < base + 0.6 * pull) & (odds > -40)
    wait = launch.spread_days * random.gamma(1.6, 0.45, size=count) * np.exp(-0.12 * pull)
    from_day = np.where(tries, launch.day + np.minimum(wait, 2000).astype(np.int64), NEVER)
    comes_back = random.random(count) < launch.loyal
    repeat = np.where(comes_back, 0.38 + 0.2 * random.random(count), 0.0)
    return Trial(launch, from_day, repeat.astype(np.float32))


def build_taste(plan: Plan, shops: Shops, goods: Goods) -> Taste:
    """Draw everybody's range."""
    chance = np.zeros((shops.count, goods.count), dtype=np.float32)
    focus = goods.focus_established
    focus_odds = np.zeros((shops.count, len(focus)), dtype=np.float32)
    new = [launch.sku for launch in goods.launches]
    launch_odds = np.zeros((shops.count, len(new)))
    for index, start in enumerate(range(0, shops.count, BLOCK)):
        part = slice(start, start + BLOCK)
        random = plan.random("taste", index)
        odds = carry_odds(shops, goods, part)
        focus_odds[part] = odds[:, focus]
        launch_odds[part] = odds[:, new]
        carried = logistic(random, odds.shape) < odds
        weight = np.where(carried, goods.popularity * random.gamma(2.0, 0.5, size=odds.shape), 0.0)
        weight[:, focus + new] = 0.0
        total = weight.sum(axis=1, keepdims=True)
        chance[part] = np.minimum(shops.breadth[part][:, None] * weight / np.maximum(total, 1e-9), 0.9)
    random = plan.random("focus")
    return Taste(
        chance,
        focus,
        focus_odds,
        logistic(random, focus_odds.shape).astype(np.float32),
        tuple(
            plan_trials(launch, launch_odds[:, i], shops, plan.random("launch", i))
            for i, launch in enumerate(goods.launches)
        ),
    )
