"""The shape of the concentration: its measures now, before and a year ago, with intervals, its curve and its trend."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from metrics.concentration.resampling import SEED, Floats, intervals, measured, news, resampled
from metrics.ranking import CUSTOMERS_BY_AMOUNT, Ranking
from metrics.scope import Scope

MEASURES = (
    "top20_share",
    "needed_for_80",
    "needed_for_80_share",
    "gini",
    "hhi",
    "top1_share",
    "top3_share",
    "top10_share",
    "top100_share",
)
FIRST = (1, 3, 10, 100)
OWN_FIGURES = ("top20_share", "gini", "hhi")
"""Measures that are figures of their own: one alone is read faster than all together."""
TREND_MONTHS = 13
SAME_PART = 0.02
"""Two fifths of so few that they differ by more of the whole than this are not held against each other."""


class ReadRanking(Protocol):
    """Gives the rows of a figure, as `metrics.run` on a cursor or a cached reading of it does."""

    def __call__(
        self, name: str, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT, /
    ) -> pd.DataFrame:
        """Rows of the figure over the scope, split by `by`."""


@dataclass(frozen=True)
class Shape:
    """How concentrated a scope is.

    `ranking` are the rows of the figure of that name; `now`, `previous` and `last_year` the measures by name, empty
    where there is no data; `intervals` hold the bounds that chance explains, by measure; `news` the measures that
    moved from last year by more; `months` has the measure of the trend by month. `count_before` is how many there were
    last year: of few, the first fifth, rounded up, may be another part of the whole then, and its share is no news.
    """

    ranking: pd.DataFrame
    now: dict[str, float]
    previous: dict[str, float]
    last_year: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    news: dict[str, bool]
    months: pd.DataFrame
    count_before: int

    @property
    def has_same_fifth(self) -> bool:
        """Whether the first fifth is about the same part of all as it was last year."""
        return has_same_fifth(len(self.ranking), self.count_before)


def has_same_fifth(*counts: int) -> bool:
    """Whether the first fifth of each of these numbers is about the same part of it; of none there is no part."""
    parts = [first_fifth(count) / count for count in counts if count]
    return max(parts, default=0.0) - min(parts, default=0.0) <= SAME_PART


def first_fifth(count: int) -> int:
    """How many are the first fifth of so many: a fifth, rounded up."""
    return -(-count // 5)


def first_fifth_point(count: int, share: float) -> tuple[float, float]:
    """Where the first fifth of so many, which makes `share`, stands on the Lorenz curve: the others."""
    return 1 - first_fifth(count) / count, 1 - share


def trend_request(scope: Scope, ranking: Ranking, measure: str) -> tuple[str, Scope, tuple[str, ...], Ranking]:
    """What the trend of one measure reads: the figure of that name where there is one, else all measures at once."""
    name = measure if measure in OWN_FIGURES else "concentration"
    return name, scope.trailing_months(TREND_MONTHS), ("month",), ranking


def requests(
    scope: Scope, ranking: Ranking, measure: str = MEASURES[0]
) -> list[tuple[str, Scope, tuple[str, ...], Ranking]]:
    """What `shape` reads, so that a screen may work it out side by side: now, last year, before, and one
    measure by month."""
    return [
        ("ranking", scope, (), ranking),
        ("ranking", scope.last_year(), (), ranking),
        ("concentration", scope.previous(), (), ranking),
        trend_request(scope, ranking, measure),
    ]


def shape(scope: Scope, ranking: Ranking, *, read: ReadRanking, measure: str = MEASURES[0]) -> Shape:
    """The shape over a scope of what is ranked, by the measure it is ranked by; the trend is of `measure` alone."""
    rows, year_before, previous, months = (read(*request) for request in requests(scope, ranking, measure))
    now, before = _amounts(rows), _amounts(year_before)
    draws, draws_before = resampled(now), resampled(before, seed=SEED + 1)
    told = news(draws, draws_before)
    if not has_same_fifth(len(now), len(before)):
        told.pop("top20_share", None)
    return Shape(
        ranking=rows,
        now=_measures(now),
        previous=_first(previous),
        last_year=_measures(before),
        intervals=intervals(draws),
        news=told,
        months=months,
        count_before=len(before),
    )


def lorenz(ranking: pd.DataFrame) -> pd.DataFrame:
    """The Lorenz curve of the rows of `ranking`: running shares of members and amount, smallest first, from 0 to 1.

    M. O. Lorenz 1905. Empty where there are no rows.
    """
    amounts = _amounts(ranking)[::-1]
    if not len(amounts):
        return pd.DataFrame({"members_share": [], "amount_share": []}, dtype=float)
    reached = np.concatenate([[0.0], np.cumsum(amounts)])
    return pd.DataFrame({"members_share": np.linspace(0, 1, len(reached)), "amount_share": reached / reached[-1]})


def _amounts(ranking: pd.DataFrame) -> Floats:
    return ranking["amount"].to_numpy(dtype=np.float64)


def _measures(amounts: Floats) -> dict[str, float]:
    """All measures of amounts above zero that stand from the largest down."""
    if not len(amounts):
        return {}
    shares = amounts / amounts.sum()
    found = measured(amounts)
    first = {f"top{count}_share": float(shares[:count].sum()) for count in FIRST}
    return found | first | {"needed_for_80": round(found["needed_for_80_share"] * len(amounts))}


def _first(rows: pd.DataFrame) -> dict[str, float]:
    """The measures in the one row of `concentration`, or none."""
    return {} if rows.empty else {name: float(rows[name].iloc[0]) for name in MEASURES}
