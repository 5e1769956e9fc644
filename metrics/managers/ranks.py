"""Ranks with their uncertainty: what a league table would have to admit.

Source: Goldstein and Spiegelhalter, League tables and their limitations (JRSS A 159, 1996); Laird and Louis, Empirical
Bayes ranking methods (Journal of Educational Statistics 14, 1989).
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
LEVEL = 0.95
SEED = 531


def ranks(draws: Numbers) -> NDArray[np.int64]:
    """Rank of each row within each column, 1 for the largest; equal ones are put in order by lot, always the same."""
    lots = np.random.default_rng(SEED).random(draws.shape)
    order = np.lexsort((lots, -draws), axis=0)
    ranked = np.empty_like(order)
    np.put_along_axis(ranked, order, np.arange(1, len(draws) + 1)[:, None], axis=0)
    return ranked


def third_of(count: int) -> int:
    """How many make the top third, rounded up."""
    return -(-count // 3)


def probability_of_top_third(ranked: NDArray[np.int64]) -> Numbers:
    """For each row the share of columns in which it is among the first third, rounded up; they sum to that third."""
    probability: Numbers = (ranked <= third_of(len(ranked))).mean(axis=1)
    return probability


def rank_intervals(ranked: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row the ranks between which 95 % of the columns put it."""
    low, high = np.quantile(ranked, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1, method="nearest")
    return low.astype(np.int64), high.astype(np.int64)
