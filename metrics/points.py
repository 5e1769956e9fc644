"""Points for figures and weights for points: how any published score is made of its parts.

Everything is a whole number until it is written, so that what stands on the screen can be added up by hand.
"""

import numpy as np
import pandas as pd

from warehouse.scoring import Rule

LEAST_WEIGHT = 0.5
"""With less than this share of the weights a total would say more of what is missing than of what is judged."""


def points_of(values: "pd.Series[float]", rule: Rule) -> "pd.Series[float]":
    """Whole points from 0 at the rule's floor to 100 at its goal, in a straight line; a half is rounded up.

    NaN where there is no value, or no floor and goal.
    """
    if rule.floor is None or rule.goal is None:
        return values * np.nan
    way = (values - rule.floor) / (rule.goal - rule.floor)
    # What is meant as half a point is not always stored as one.
    return ((way.clip(0, 1) * 100).round(9) + 0.5) // 1


def shared_out(weights: np.ndarray, has: np.ndarray) -> np.ndarray:
    """For each row of `has` the weights in whole per cents of those it has, by largest remainders: they add up to 100.

    A row that has too little of the weights gets NaN throughout.
    """
    kept = np.where(has, weights, 0.0)
    sums = kept.sum(axis=1, keepdims=True)
    exact = (kept / np.where(sums > 0, sums, 1) * 100).round(9)
    down = np.floor(exact)
    missing = (100 - down.sum(axis=1, keepdims=True)).round()
    rank = np.argsort(np.argsort(down - exact, axis=1, kind="stable"), axis=1)
    return np.where(sums < LEAST_WEIGHT * weights.sum(), np.nan, down + (rank < missing))
