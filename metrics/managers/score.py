"""The total score of a manager: figures become points by published rules, points times weights are parts, parts add up.

Everything is a whole number until it is written, so that what stands on the screen can be added up by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.managers.scorecard import COUNTS, GROUPS, Card
from warehouse.scoring import Rule

LEAST_WEIGHT = 0.5
"""With less than this share of the weights a total would say more of what is missing than of the manager."""


@dataclass(frozen=True)
class Score:
    """All on the card's index, with a column for each figure that has a weight.

    `points`: 0 to 100, whole; NaN where there is no data or too little. `weights`: whole per cents that add up to 100
    over the figures with points; 0 for the others and NaN where there is no total. `parts`: weights × points ÷ 100.
    `groups`: the parts summed by group. `total`: their sum, 0 to 100. `is_small`: for each of the card's counts
    whether it is too small to judge by.
    """

    points: pd.DataFrame
    weights: pd.DataFrame
    parts: pd.DataFrame
    groups: pd.DataFrame
    total: "pd.Series[float]"
    is_small: pd.DataFrame


def score(card: Card, rules: Mapping[str, Rule]) -> Score:
    """The score of every row of the card."""
    is_small = pd.DataFrame({name: card.counts[name] < rules[name].fewest for name in COUNTS})
    weighty = [name for name, rule in rules.items() if rule.weight]
    points = pd.DataFrame({name: points_of(card.rows[name], rules[name]) for name in weighty})
    points = points.mask(is_small.reindex(columns=weighty, fill_value=False))
    stated = np.array([rules[name].weight for name in weighty])
    weights = pd.DataFrame(shared_out(stated, points.notna().to_numpy()), index=points.index, columns=weighty)
    parts = weights * points / 100
    total = (weights * points).sum(axis=1, min_count=1) / 100
    groups = pd.DataFrame(
        {
            group: (weights * points)[[name for name in names if name in weighty]].sum(axis=1) / 100
            for group, names in GROUPS.items()
        }
    ).where(total.notna(), axis=0)
    return Score(points, weights, parts, groups, total, is_small)


def ranked(card: Card, rules: Mapping[str, Rule]) -> tuple[Card, Score]:
    """The card in the order of its score, and the score: teams, each with its managers below it; without one last."""
    rows = card.rows.assign(total=score(card, rules).total, is_own=card.rows["manager_id"].notna())
    of_team = rows[~rows["is_own"]].set_index("team")["total"].fillna(-1)
    rows = rows.assign(of_team=rows["team"].map(of_team))
    keys = ["of_team", "team", "is_own", "total", "manager_id"]
    places = rows.sort_values(keys, ascending=[False, True, True, False, True], na_position="last").index
    ordered = Card(*(part.loc[places].reset_index(drop=True) for part in (card.rows, card.counts)))
    return ordered, score(ordered, rules)


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
