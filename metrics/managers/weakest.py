"""The figure that was a manager's weakest last month, held against the team or a reference, and how it stands now."""

from dataclasses import dataclass

from metrics.managers.month_measures import Measure, Month
from warehouse.settings import Settings

COMPARED = {
    "customer": ("call_coverage", "key_call_coverage", "plan_compliance", "productive_call_rate"),
    "brand": ("strike_rate", "distribution_attainment", "brand_visits"),
    "market": ("target_attainment", "places_visited", "customers_checked"),
}
"""The figures of each focus among which the weakest is sought; of equally weak ones the first."""
OF_VISITS = ("strike_rate", "productive_call_rate", "brand_visits")
"""Rates whose base are visits: of few they are not judged."""


@dataclass(frozen=True)
class Weakest:
    """A figure's name, its value last month and what that was held against, this month's measure and value, and whether
    this is not below its reference now."""

    name: str
    before: float
    reference: float
    now: Measure
    value: float
    is_strong_now: bool


def risen(before: Month, now: Month, manager: str, team: str, focus: str, settings: Settings) -> Weakest | None:
    """The figure of a focus farthest below its reference last month, in proportion to it; None without any.

    The reference is the figure of `team`, the ratio of its sums; the strike rate has one of its own in the settings.
    Only figures that have data in both months are compared.
    """
    found: list[tuple[float, Weakest]] = []
    for name in COMPARED[focus]:
        then, today = (month.own.get(name, {}).get(manager) for month in (before, now))
        fewest = settings.fewest_visits if name in OF_VISITS else 0
        if then is None or today is None or min(then.base, today.base) < fewest:
            continue
        reference, reference_now = (_reference(month, name, team, settings) for month in (before, now))
        if then.value is None or today.value is None or not reference or reference_now is None:
            continue
        weakest = Weakest(name, then.value, reference, today, today.value, today.value >= reference_now)
        found.append((then.value / reference - 1, weakest))
    return min(found, key=lambda gap_and_figure: gap_and_figure[0])[1] if found else None


def _reference(month: Month, name: str, team: str, settings: Settings) -> float | None:
    if name == "strike_rate":
        return settings.strike_rate_reference
    measure = month.teams.get(name, {}).get(team)
    return None if measure is None else measure.value
