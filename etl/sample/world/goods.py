"""Products: prices, minimum tiers, focus skus and launches."""

from dataclasses import dataclass

import numpy as np

from etl.sample.world.names import MAKERS, brand_name, variant_name
from etl.sample.world.plan import NEVER, Flags, Floats, Integers, Plan

PRICE_CLASSES = ("一类", "二类", "三类", "四类", "五类")
PRICES = ((220, 560), (150, 200), (80, 145), (42, 76), (22, 38))
CLASS_SHARES = (0.22, 0.2, 0.3, 0.18, 0.1)
GROUPS = 4
FOCUS_ESTABLISHED = 6
LAUNCH_CENTS = (16800, 17600, 9600, 11200, 12800)


@dataclass(frozen=True)
class Launch:
    """A new sku: how many shops try it, how long that takes, how many come back for more."""

    sku: int
    day: int
    willing: float
    spread_days: int
    loyal: float
    is_focus: bool


@dataclass(frozen=True)
class Goods:
    """Skus 0 … count-1."""

    count: int
    names: list[str]
    brands: list[str]
    makers: list[str]
    price_class: Integers
    cents: Integers
    retail: Integers
    launched: Integers
    focus: Flags
    min_tier: Integers
    popularity: Floats
    group: Integers
    scarce: Flags
    launches: tuple[Launch, ...]

    def ids(self) -> list[str]:
        """The sku_ids."""
        return [f"{i + 1:04d}" for i in range(self.count)]

    @property
    def taking(self) -> Launch | None:
        """The focus launch that takes."""
        return self.launches[0] if self.launches else None

    @property
    def failing(self) -> Launch | None:
        """The focus launch that is tried once and not again."""
        return self.launches[1] if self.launches else None

    @property
    def focus_established(self) -> list[int]:
        """The focus skus that were there before the window."""
        new = {launch.sku for launch in self.launches}
        return [int(i) for i in np.flatnonzero(self.focus) if int(i) not in new]


def plan_launches(plan: Plan) -> tuple[Launch, ...]:
    """Two focus launches, one that takes and one that fails, and three ordinary ones before."""
    if plan.skus < 10:
        return ()
    step = plan.skus // 6
    shapes = (
        (0.58, 0.8, 150, 0.78, True),
        (0.66, 0.6, 70, 0.07, True),
        (0.08, 0.45, 120, 0.45, False),
        (0.2, 0.5, 160, 0.5, False),
        (0.34, 0.4, 110, 0.38, False),
    )
    return tuple(
        Launch(step * (i + 1) - 1, plan.at(at), willing, spread, loyal, focus)
        for i, (at, willing, spread, loyal, focus) in enumerate(shapes)
    )


def draw_prices(plan: Plan, random: np.random.Generator) -> tuple[Integers, Integers, Integers]:
    """Price class, wholesale price in cents and suggested retail price in yuan of each sku."""
    edges = np.cumsum(CLASS_SHARES)
    price_class = np.searchsorted(edges, random.permutation(plan.skus) / plan.skus, side="right")
    low = np.array([p[0] for p in PRICES])[price_class]
    high = np.array([p[1] for p in PRICES])[price_class]
    yuan = low + (high - low) * random.random(plan.skus)
    cents = np.round(yuan * 2).astype(np.int64) * 50
    retail = (np.ceil(cents / 100 * 1.12 / 5) * 5).astype(np.int64)
    return price_class, cents, retail


def build_goods(plan: Plan) -> Goods:
    """Put the range together."""
    random = plan.random("goods")
    count = plan.skus
    launches = plan_launches(plan)
    new = {launch.sku: launch for launch in launches}
    price_class, cents, retail = draw_prices(plan, random)
    popularity: Floats = np.power(2.0 + random.permutation(count), -0.55)
    launched = plan.first - random.integers(300, 6000, size=count)
    launched[random.random(count) < 0.08] = NEVER
    min_tier = np.where(price_class <= 1, random.integers(6, 16, size=count), 0)
    min_tier[random.random(count) < 0.35] = 0
    middle = [int(i) for i in np.argsort(-popularity) if int(i) not in new][count // 8 :]
    focus = np.zeros(count, dtype=bool)
    focus[middle[: min(FOCUS_ESTABLISHED, max(1, count // 8))]] = True
    for sku, launch in new.items():
        launched[sku] = launch.day
        focus[sku] = launch.is_focus
        min_tier[sku] = 6 if launch.is_focus else 0
        price_class[sku] = 1 if launch.is_focus else 2
        cents[sku] = LAUNCH_CENTS[launches.index(launch)]
        retail[sku] = -(-cents[sku] * 112 // 10000 // 5) * 5
    scarce = (price_class == 0) & (popularity > np.median(popularity))
    if launches:
        scarce[launches[0].sku] = True
    return Goods(
        count,
        [f"{brand_name(i % plan.brands)}({variant_name(i % plan.brands, i // plan.brands)})" for i in range(count)],
        [brand_name(i % plan.brands) for i in range(count)],
        [MAKERS[i % plan.brands % len(MAKERS)] for i in range(count)],
        price_class,
        cents,
        retail,
        launched,
        focus,
        min_tier,
        popularity,
        random.integers(GROUPS, size=count),
        scarce,
        launches,
    )
