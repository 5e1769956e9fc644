"""How a customer's month becomes a relationship type: published rules, which an installation may set anew."""

from collections.abc import Mapping
from itertools import pairwise

from warehouse.scoring import Rule

RULES: Mapping[str, Rule] = {
    "regularity": Rule(weight=30, floor=0, goal=1),
    "breadth": Rule(weight=25, floor=0, goal=0.4),
    "own_growth": Rule(weight=15, floor=-0.5, goal=0.25),
    "focus_uptake": Rule(weight=20, floor=0, goal=0.6),
    "shelf_compliance": Rule(weight=10, floor=0.4, goal=1),
}
"""How the parts of vocabulary section 5 make the score; the weights add up to 100."""

LEAST: Mapping[str, float] = {"partner": 75, "cooperative": 55, "ordinary": 30}
"""The least score of each type, from loyal to not; below the last a customer is non-cooperative."""


def falling(stated: Mapping[str, float]) -> Mapping[str, float]:
    """The least scores in the order of the types, refused unless each is below the one before."""
    unknown = sorted(set(stated) - set(LEAST))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no relationship type with a least score; they are {', '.join(LEAST)}")
    least = {name: stated.get(name, LEAST[name]) for name in LEAST}
    scores = list(least.values())
    if any(higher <= lower for higher, lower in pairwise(scores)):
        raise ValueError("the least scores must fall from partner to ordinary")
    return least
