"""How far chance alone moves a measure of concentration: the bootstrap, quick enough for hundreds of thousands.

A resample of n members is drawn with replacement from the n there are, and the measures are taken again; the middle
95 % of many such are the interval (B. Efron 1979, percentile method). Only how often each value was drawn matters, so
the draws are multinomial counts over the sorted values. Beyond `MOST_BINS` values neighbours share a bin that stands
for them by its mean, the largest staying by themselves: drawing from a bin is then drawing its mean, which moves a
resampled measure by less than neighbours differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
RESAMPLES = 200
SEED = 2080
MOST_BINS = 1_000
LARGEST_KEPT = 200
INTERVAL = (2.5, 97.5)
MEASURES = ("top20_share", "needed_for_80_share", "gini", "hhi")
"""Measures with an interval. The share of the first one, three or ten has none: a resample holds the largest twice or
not at all, and the bootstrap is known to fail for extremes."""


@dataclass(frozen=True)
class _Bins:
    """Values from the largest down in bins of neighbours: how many, their mean, and the mean of their squares."""

    sizes: npt.NDArray[np.int64]
    means: Floats
    squares: Floats


def resampled(values: Floats, *, resamples: int = RESAMPLES, seed: int = SEED) -> dict[str, Floats]:
    """Each measure in that many resamples of the values above zero.

    Empty for fewer than two: of one alone there is no chance to tell.
    """
    positive = np.sort(values[values > 0])[::-1]
    if len(positive) < 2:
        return {}
    bins = _binned(positive)
    n = len(positive)
    drawn = np.random.default_rng(seed).multinomial(n, bins.sizes / n, size=resamples).astype(float)
    return _measures(drawn, bins, n)


def intervals(draws: Mapping[str, Floats]) -> dict[str, tuple[float, float]]:
    """The interval of each measure from its resamples."""
    return {name: _interval(found) for name, found in draws.items()}


def news(now: Mapping[str, Floats], before: Mapping[str, Floats]) -> dict[str, bool]:
    """Whether each measure moved by more than chance would: the interval of the difference leaves out zero.

    Takes the resamples of both periods, drawn apart from one another. As much the same members stand in both, this is
    careful: it may miss a small move, and seldom takes chance for news. Empty where a period has no resamples.
    """
    differences = {name: now[name] - before[name] for name in now if before}
    return {name: low > 0 or high < 0 for name, (low, high) in intervals(differences).items()}


def measured(values: Floats) -> dict[str, float]:
    """The measures of the values above zero themselves: each drawn once. Empty where there are none."""
    positive = np.sort(values[values > 0])[::-1]
    if not len(positive):
        return {}
    each = _Bins(np.ones(len(positive), dtype=np.int64), positive, positive**2)
    return {
        name: float(draws[0]) for name, draws in _measures(np.ones((1, len(positive))), each, len(positive)).items()
    }


def _interval(draws: Floats) -> tuple[float, float]:
    low, high = np.percentile(draws, INTERVAL)
    return float(low), float(high)


def _binned(descending: Floats) -> _Bins:
    """Bins of about equal numbers; the largest values one by one, as they are far apart and weigh most."""
    n = len(descending)
    if n <= MOST_BINS:
        starts = np.arange(n)
    else:
        rest = np.linspace(LARGEST_KEPT, n, MOST_BINS - LARGEST_KEPT, endpoint=False).astype(int)
        starts = np.concatenate([np.arange(LARGEST_KEPT), np.unique(rest)])
    sizes = np.diff(np.append(starts, n))
    return _Bins(
        sizes, np.add.reduceat(descending, starts) / sizes, np.add.reduceat(descending * descending, starts) / sizes
    )


def _measures(drawn: Floats, bins: _Bins, n: int) -> dict[str, Any]:
    """The measures of resamples given as counts: a row a resample, a column a bin from the largest value down."""
    counts = np.cumsum(drawn, axis=1)
    weights = drawn * bins.means
    sums = np.cumsum(weights, axis=1)
    totals = sums[:, -1]
    rows = np.arange(len(drawn))
    fifth = -(-n // 5)
    at = np.argmax(counts >= fifth, axis=1)
    beyond = counts[rows, at] - fifth
    top = (sums[rows, at] - beyond * bins.means[at]) / totals
    # The first bin in which four fifths are reached, less what of it is not needed.
    reached = np.argmax(sums >= 0.8 * totals[:, None] * (1 - 1e-12), axis=1)
    spare = np.floor((sums[rows, reached] - 0.8 * totals) / bins.means[reached] + 1e-9)
    needed = counts[rows, reached] - spare
    # Of equals, those in the bin before it count once and those in it half: Σ(n + 1 − 2·rank)·x over mean ranks.
    ranks = counts - drawn / 2 + 0.5
    gini = ((n + 1 - 2 * ranks) * weights).sum(axis=1) / (n * totals)
    return {
        "top20_share": top,
        "needed_for_80_share": needed / n,
        "gini": gini,
        "hhi": (drawn * bins.squares).sum(axis=1) / totals**2,
    }
