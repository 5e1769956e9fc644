"""The scorecard: what each manager and each team reached, with the count that every figure rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.scope import UNKNOWN, Scope
from metrics.scorecard import Read, Request

GROUPS: Mapping[str, tuple[str, ...]] = {
    "results": (
        "amount",
        "qty",
        "target_attainment",
        "growth",
        "like_for_like_growth",
        "focus_distribution",
        "gross_margin",
    ),
    "process": (
        "call_coverage",
        "key_call_coverage",
        "plan_compliance",
        "visits_a_day",
        "minutes_a_visit",
        "strike_rate",
        "productive_call_rate",
        "lines_per_productive_call",
    ),
    "care": ("fill_rate", "satisfaction_retailer", "satisfaction_maker", "satisfaction_consumer", "service_gini"),
}
FIGURES = tuple(name for names in GROUPS.values() for name in names)

SUMS: Mapping[str, tuple[str, ...]] = {
    "amount": ("amount",),
    "qty": ("qty",),
    "gross_margin": ("gross_margin",),
    "target_attainment": ("actual", "target"),
    "like_for_like_growth": ("amount", "last_year_amount"),
    "focus_distribution": ("handlers", "eligible"),
    "call_coverage": ("visited", "customers"),
    "key_call_coverage": ("visited", "key_customers"),
    "plan_compliance": ("kept", "planned"),
    "visits_a_day": ("visits", "working_days"),
    "minutes_a_visit": ("minutes", "timed_visits"),
    "strike_rate": ("successes", "attempts"),
    "productive_call_rate": ("productive", "visits"),
    "lines_per_productive_call": ("lines", "productive"),
    "fill_rate": ("delivered", "ordered"),
    "satisfaction_retailer": ("score_sum", "answers"),
    "satisfaction_maker": ("score_sum", "answers"),
    "satisfaction_consumer": ("score_sum", "answers"),
}
"""Figures whose team is the sum of its managers, and the columns that are summed: a sum, or the parts of a ratio."""
BY_TEAM = tuple(name for name in FIGURES if name not in SUMS)
"""Figures that no sum over managers gives: a balance, and growth, which managers without a year before have not."""

COUNTS: Mapping[str, str] = {
    "like_for_like_growth": "customers",
    "focus_distribution": "eligible",
    "call_coverage": "customers",
    "key_call_coverage": "key_customers",
    "plan_compliance": "planned",
    "visits_a_day": "working_days",
    "minutes_a_visit": "timed_visits",
    "strike_rate": "attempts",
    "productive_call_rate": "visits",
    "lines_per_productive_call": "productive",
    "satisfaction_retailer": "answers",
    "satisfaction_maker": "answers",
    "satisfaction_consumer": "answers",
    "service_gini": "customers",
}
"""What a figure is counted over, where it is counted and not a sum of money or quantity."""


@dataclass(frozen=True)
class Card:
    """A row a team and a row a manager, in no particular order, on one index.

    `rows`: team, manager_id (None for a team), customers at the end of the period, and each of FIGURES, NaN without
    data. `counts`: each of COUNTS, what that figure rests on.
    """

    rows: pd.DataFrame
    counts: pd.DataFrame


def requests(scope: Scope) -> list[Request]:
    """What `card` reads, the slowest first, for whoever reads it side by side."""
    slow = ("focus_distribution", "key_call_coverage", "service_gini", "like_for_like_growth")
    ordered = sorted(FIGURES, key=lambda name: name not in slow)
    return [
        *((name, scope, ("manager_id",)) for name in ordered),
        *((name, scope, ("team",)) for name in BY_TEAM),
        ("manager_list", scope, ()),
    ]


def card(scope: Scope, *, read: Read) -> Card:
    """The scorecard of the managers who look after customers at the end of the period, or sold in it.

    A team's ratio is the ratio of the sums over everybody in it, who left and who leads it among them; nothing is
    averaged over managers. Sales that belong to nobody are in no row.
    """
    listed = read("manager_list", scope, ()).set_index("manager_id")
    found = {name: read(name, scope, ("manager_id",)).set_index("manager_id") for name in FIGURES}
    wide = pd.concat({"": listed[["customers"]], **found}, axis=1).drop(index=UNKNOWN, errors="ignore").astype(float)
    wide = wide.sort_index()
    team_of = listed["team"].reindex(wide.index).fillna(UNKNOWN)
    sums = wide.groupby(team_of).sum(min_count=1)
    for name in BY_TEAM:
        rows = read(name, scope, ("team",)).set_index("team").reindex(sums.index)
        for part in rows:
            sums[name, part] = rows[part].astype(float)
    for name, parts in SUMS.items():
        if len(parts) == 2:
            above, below = (sums[name, part] for part in parts)
            sums[name, name] = above / below.where(below != 0) - (1 if name == "like_for_like_growth" else 0)
    shown = (wide["", "customers"] > 0) | wide["amount", "amount"].notna()
    own, teams = wide[shown], list(team_of[shown].unique())
    together = pd.concat([sums.loc[teams], own], ignore_index=True)
    rows = pd.DataFrame({"team": [*teams, *team_of[shown]], "manager_id": [*([None] * len(teams)), *own.index]})
    figures = {name: together[name, name] for name in FIGURES}
    return Card(
        rows.assign(customers=_or_none_at_all(together["", "customers"]), **figures),
        pd.DataFrame({name: together[name, part] for name, part in COUNTS.items()}),
    )


def _or_none_at_all(customers: pd.Series) -> pd.Series:
    """Whoever is not among those who look after customers has none, unless nobody knows who looks after whom."""
    return customers.fillna(0) if customers.notna().any() else customers
