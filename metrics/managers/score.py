"""The total score of a manager: figures become points by published rules, points times weights are parts, parts add up.

Everything is a whole number until it is written, so that what stands on the screen can be added up by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.counting_order import counting_order
from metrics.managers.scorecard import COUNTS, GROUPS, Card
from metrics.points import points_of, shared_out
from warehouse.scoring import Rule


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
    rows = rows.assign(of_team=rows["team"].map(of_team), counted=rows["team"].map(counting_order))
    keys = ["of_team", "counted", "is_own", "total", "manager_id"]
    places = rows.sort_values(keys, ascending=[False, True, True, False, True], na_position="last").index
    ordered = Card(*(part.loc[places].reset_index(drop=True) for part in (card.rows, card.counts)))
    return ordered, score(ordered, rules)
