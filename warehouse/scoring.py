"""How figures become points and points one score: published rules, which an installation may set anew."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Rule(BaseModel):
    """How one figure is scored.

    A figure at `floor` or beyond earns no points, one at `goal` or beyond a hundred, and in between it is a straight
    line; where less is better the goal is below the floor. `weight` is its share of the score, in proportion to the
    other weights. What rests on fewer than `fewest` customers, visits, days or answers is marked and not scored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: float = Field(default=0, ge=0, allow_inf_nan=False)
    floor: float | None = Field(default=None, allow_inf_nan=False)
    goal: float | None = Field(default=None, allow_inf_nan=False)
    fewest: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _says_how_points_are_made(self) -> "Rule":
        if self.weight and (self.floor is None or self.goal is None or self.floor == self.goal):
            raise ValueError("a figure with a weight needs a floor and a goal that differ")
        return self


RULES: Mapping[str, Rule] = {
    # Sums, growth, and visits and minutes by themselves follow the territory and its handovers: shown, not scored.
    "amount": Rule(),
    "qty": Rule(),
    "target_attainment": Rule(weight=20, floor=0.8, goal=1.05),
    "growth": Rule(floor=-0.1, goal=0.1),
    "like_for_like_growth": Rule(weight=10, floor=-0.1, goal=0.1, fewest=5),
    "focus_distribution": Rule(weight=15, floor=0.2, goal=0.6, fewest=20),
    "gross_margin": Rule(),
    "call_coverage": Rule(weight=6, floor=0.7, goal=1.0, fewest=5),
    "key_call_coverage": Rule(weight=8, floor=0.8, goal=1.0, fewest=3),
    "plan_compliance": Rule(weight=6, floor=0.7, goal=0.95, fewest=10),
    "visits_a_day": Rule(floor=4, goal=8, fewest=5),
    "minutes_a_visit": Rule(floor=10, goal=25, fewest=10),
    "strike_rate": Rule(weight=8, floor=0.3, goal=0.6, fewest=10),
    "productive_call_rate": Rule(weight=4, floor=0.5, goal=0.9, fewest=10),
    "lines_per_productive_call": Rule(weight=3, floor=3, goal=8, fewest=10),
    "fill_rate": Rule(weight=5, floor=0.85, goal=0.97),
    "satisfaction_retailer": Rule(weight=6, floor=60, goal=90, fewest=3),
    "satisfaction_maker": Rule(weight=2, floor=60, goal=90, fewest=3),
    "satisfaction_consumer": Rule(weight=3, floor=60, goal=90, fewest=3),
    "service_gini": Rule(weight=4, floor=0.6, goal=0.2, fewest=5),
}
"""The rules unless an installation sets others; the weights add up to 100."""


def laid_over(rules: Mapping[str, Rule]) -> Callable[[Any], Any]:
    """Lays what an installation states over the rules, figure by figure and value by value."""

    def lay(stated: Any) -> Any:
        if not isinstance(stated, Mapping):
            return stated
        unknown = sorted(set(stated) - set(rules))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no figure of this score; it has {', '.join(rules)}")
        return {
            name: rule.model_dump() | dict(stated[name])
            if isinstance(stated.get(name), Mapping)
            else stated.get(name, rule)
            for name, rule in rules.items()
        }

    return lay


def some_weight(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """The rules, refused where nothing has a weight."""
    if not any(rule.weight for rule in rules.values()):
        raise ValueError("at least one figure needs a weight")
    return rules
