"""Relationship types: how close each customer stands, from non-cooperative to partner, why, and who moved."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.points import LEAST_WEIGHT, points_of
from metrics.scope import PRODUCT_CONDITIONS, Scope
from metrics.scorecard import Read, Request
from warehouse.scoring import Rule

TYPES = ("partner", "cooperative", "ordinary", "non_cooperative")
"""From loyal to not; vocabulary section 5."""
NONE = "none"
"""Stands for a customer that is not of the licensed base of a month, or of whom too little is known."""
PARTS = ("regularity", "breadth", "own_growth", "focus_uptake", "shelf_compliance")
VERSUS = ("previous", "last_year")
"""What a month is compared with: the month before, or the same month a year earlier."""


def month_of(scope: Scope) -> Scope:
    """The last whole month up to the scope's last day, over the whole range: relationships are told by the month."""
    return scope.trailing_months(1).narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ()))


def month_before(scope: Scope, versus: str) -> Scope:
    """The whole month that `month_of` a scope is compared with."""
    month = month_of(scope)
    return month.last_year() if versus == "last_year" else month_of(month.previous())


def request(month: Scope) -> Request:
    """What is read of a month, so that a screen may work it out side by side."""
    return "relationship_parts", month, ()


def relationships(month: Scope, rules: Mapping[str, Rule], least: Mapping[str, float], *, read: Read) -> pd.DataFrame:
    """The licensed base of a month with its relationship types, the highest score first.

    Rows of `relationship_parts`, and for each of PARTS its NAME_points (0 to 100, whole; no data is NaN);
    relationship_score, Σ weight × points ÷ Σ weight over the parts that have data; relationship, one of TYPES: the
    first whose `least` score is reached, None where more than half of the weights has no data; and held_back_by, the
    one of PARTS that costs most points, None where none does.
    """
    rows = read(*request(month))
    parts = [name for name in PARTS if rules[name].weight]
    points = np.column_stack([points_of(rows[name].astype(float), rules[name]) for name in parts])
    stated = np.array([rules[name].weight for name in parts])
    weights = np.where(np.isnan(points), 0.0, stated)
    known = weights.sum(axis=1)
    weights = np.where(known < LEAST_WEIGHT * stated.sum(), np.nan, weights.T / np.maximum(known, 1e-9)).T
    score = (weights * np.nan_to_num(points)).sum(axis=1).round(9)
    lost = np.nan_to_num(weights * (100 - points))
    held_back = np.array([*parts, None], dtype=object)[np.where(lost.max(axis=1) > 0, lost.argmax(axis=1), -1)]
    found = rows.assign(
        **{f"{name}_points": points[:, place] for place, name in enumerate(parts)},
        relationship_score=score,
        relationship=pd.Series(_types(score, least), dtype=object),
        held_back_by=pd.Series(held_back, dtype=object),
    )
    # The figure's rows stand by customer, so that of equal scores the first customer comes first.
    return found.take(np.argsort(-score, kind="stable")).reset_index(drop=True)


def moved(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The customers of either month with relationship_before, score_before and steps: types climbed, below 0 fallen.

    Who is not in one of the months has the type NONE there, and no steps. The furthest first, then the higher score.
    """
    # By hand: a merge of tens of thousands of texts takes several times as long.
    places = pd.Index(before["customer_id"]).get_indexer(pd.Index(now["customer_id"]))
    is_gone = np.ones(len(before), dtype=bool)
    is_gone[places[places >= 0]] = False
    rows = pd.concat([now, before.loc[is_gone, ["customer_id", "customer_name"]]], ignore_index=True)
    for name in ("relationship", "relationship_score"):
        earlier = before[name].reindex(places).to_numpy()
        rows[f"{name}_before"] = np.concatenate([earlier, before[name].to_numpy()[is_gone]])
    for name in ("relationship", "relationship_before"):
        rows[name] = rows[name].fillna(NONE)
    steps = {name: place for place, name in enumerate(TYPES)}
    rows["steps"] = rows["relationship_before"].map(steps) - rows["relationship"].map(steps)
    rows["score_change"] = (rows["relationship_score"] - rows["relationship_score_before"]).round(9)
    order = rows["score_change"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def flows(moves: pd.DataFrame) -> pd.DataFrame:
    """How many customers went from each type to each: relationship_before, relationship, customers."""
    return moves.groupby(["relationship_before", "relationship"]).size().rename("customers").reset_index()


def _types(score: NDArray[np.float64], least: Mapping[str, float]) -> NDArray[np.object_]:
    """The first type whose least score is reached, the last where none is, None where there is no score."""
    reached = np.select([score >= least[name] for name in TYPES[:-1]], TYPES[:-1], TYPES[-1]).astype(object)
    reached[np.isnan(score)] = None
    return reached
