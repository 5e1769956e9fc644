"""What a manager does better and worse than the team, each distance held against what chance alone would make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read

RATES = {
    "call_coverage": ("visited", "customers"),
    "key_call_coverage": ("visited", "key_customers"),
    "plan_compliance": ("kept", "planned"),
    "strike_rate": ("successes", "attempts"),
    "productive_call_rate": ("productive", "visits"),
    "focus_distribution": ("handlers", "eligible"),
}
"""Counts of what was reached, and of all."""

SUMS = {
    "fill_rate": ("delivered", "ordered"),
    "lines_per_productive_call": ("lines", "productive"),
    "satisfaction_retailer": ("score_sum", "answers"),
}
"""Ratios of sums over customers."""

FIGURES = (*RATES, "target_attainment", "like_for_like_growth", *SUMS)
FEWEST_OF_EACH = 5
"""A rate is ranked where so many successes, and so many failures, were to be expected."""

FEWEST_CUSTOMERS = 10
FEWEST_MONTHS = 6
SPREAD_MONTHS = 12
SHOWN = 3


@dataclass(frozen=True)
class Distance:
    """A figure of the manager and of the team's others, and how far apart they are in standard errors.

    `distance` is None where it is not told: `why` says 'few' (too few counts, `counted` of them), 'no_data', or
    'no_team' where the others have none. `counted` is the number of visits, customers or months behind it.
    """

    figure: str
    value: float | None
    team: float | None
    distance: float | None
    counted: int
    why: str = ""


def requests(scope: Scope, team: str) -> Iterator[tuple[str, Scope, tuple[str, ...]]]:
    """What `distances` reads, for whoever can read it side by side."""
    whole = scope.narrow(team=team, manager=())
    yield from ((name, whole, ("manager_id",)) for name in RATES)
    yield "target_attainment", whole, ("manager_id",)
    yield "target_attainment", whole.trailing_months(SPREAD_MONTHS), ("manager_id", "month")
    yield "customer_growth", whole, ()
    yield from ((name, whole, ("manager_id", "customer_id")) for name in SUMS)


def distances(scope: Scope, manager_id: str, team: str, *, read: Read) -> list[Distance]:
    """Each of FIGURES for the manager against the others of the team taken together, over the scope's period.

    Rates are compared as two binomial shares: p1 − p2 over √(p(1 − p)(1 ÷ n1 + 1 ÷ n2)), p that of both together; a
    focus product at a customer is no independent trial, so of distribution a customer counts once. Sums of customers
    are compared as ratio estimates, standard error √(n ÷ (n − 1)·Σ(y − R·x)²) ÷ Σx of each side (Cochran 1977, 6.4).
    Attainment: the manager's distance from the others month by month over twelve months, its standard deviation over
    the root of the number of months in the period.
    """
    whole = scope.narrow(team=team, manager=())
    found = [_rate(name, read(name, whole, ("manager_id",)), manager_id) for name in RATES]
    found.append(_attainment(whole, manager_id, read))
    growth = read("customer_growth", whole, ())
    found.append(_ratio("like_for_like_growth", growth, "amount", "last_year_amount", manager_id, less=1))
    for name, parts in SUMS.items():
        found.append(_ratio(name, read(name, whole, ("manager_id", "customer_id")), *parts, manager_id))
    return found


def strongest(found: Sequence[Distance]) -> list[Distance]:
    """The figures that stand furthest above the team, three at most."""
    told = [one for one in found if one.distance is not None and one.distance > 0]
    return sorted(told, key=lambda one: -(one.distance or 0))[:SHOWN]


def weakest(found: Sequence[Distance]) -> list[Distance]:
    """The figures that stand furthest below the team, three at most."""
    told = [one for one in found if one.distance is not None and one.distance < 0]
    return sorted(told, key=lambda one: one.distance or 0)[:SHOWN]


def _rate(name: str, rows: pd.DataFrame, manager_id: str) -> Distance:
    reached_name, all_name = RATES[name]
    is_own = rows["manager_id"] == manager_id
    (reached, count), (others_reached, others) = (
        (float(part[reached_name].sum()), float(part[all_name].sum())) for part in (rows[is_own], rows[~is_own])
    )
    if missing := _missing(name, count, others):
        return missing
    value, team = reached / count, others_reached / others
    trials = float(rows["focus_skus"].max()) if name == "focus_distribution" else 1.0
    count, others = count / trials, others / trials
    together = (value * count + team * others) / (count + others)
    if min(together, 1 - together) * count < FEWEST_OF_EACH:
        return Distance(name, value, team, None, round(count), "few")
    error = float(np.sqrt(together * (1 - together) * (1 / count + 1 / others)))
    return Distance(name, value, team, (value - team) / error, round(count))


def _ratio(name: str, rows: pd.DataFrame, over: str, under: str, manager_id: str, *, less: float = 0) -> Distance:
    """A ratio of sums over customers."""
    is_own = rows["manager_id"] == manager_id
    own, others = rows[is_own], rows[~is_own]
    if missing := _missing(name, float(own[under].sum()), float(others[under].sum())):
        return missing
    (value, error), (team, teams_error) = (_estimate(part, over, under) for part in (own, others))
    both = float(np.hypot(error, teams_error))
    if min(len(own), len(others)) < FEWEST_CUSTOMERS or both == 0:
        return Distance(name, value - less, team - less, None, len(own), "few")
    return Distance(name, value - less, team - less, (value - team) / both, len(own))


def _estimate(rows: pd.DataFrame, over: str, under: str) -> tuple[float, float]:
    """A ratio of sums and its standard error from the spread of its members."""
    y, x = rows[over].to_numpy(dtype=float), rows[under].to_numpy(dtype=float)
    ratio = float(y.sum() / x.sum())
    scale = len(x) / max(len(x) - 1, 1)
    return ratio, float(np.sqrt(scale * np.sum((y - ratio * x) ** 2)) / x.sum())


def _attainment(whole: Scope, manager_id: str, read: Read) -> Distance:
    name = "target_attainment"
    rows = read(name, whole, ("manager_id",))
    is_own = rows["manager_id"] == manager_id
    own, others = rows[is_own], rows[~is_own]
    if missing := _missing(name, float(own["target"].sum()), float(others["target"].sum())):
        return missing
    value, team = (float(part["actual"].sum() / part["target"].sum()) for part in (own, others))
    months = read(name, whole.trailing_months(SPREAD_MONTHS), ("manager_id", "month"))
    mine = months["manager_id"] == manager_id
    monthly, teams = (part.groupby("month")[["actual", "target"]].sum() for part in (months[mine], months[~mine]))
    apart = (monthly["actual"] / monthly["target"] - teams["actual"] / teams["target"]).dropna()
    in_period = sum(1 for _ in whole.months())
    if len(apart) < FEWEST_MONTHS or float(apart.std()) == 0:
        return Distance(name, value, team, None, len(apart), "few")
    error = float(apart.std()) / in_period**0.5
    return Distance(name, value, team, (value - team) / error, len(apart))


def _missing(name: str, own: float, others: float) -> Distance | None:
    """Why there is nothing to compare, None where there is."""
    if own <= 0:
        return Distance(name, None, None, None, 0, "no_data")
    return Distance(name, None, None, None, 0, "no_team") if others <= 0 else None
