"""The same curve and measures for every team, area or manager: who depends on three."""

from dataclasses import dataclass

import pandas as pd

from metrics.concentration.shape import ReadRanking, lorenz
from metrics.ranking import Ranking
from metrics.scope import Scope

MOST_DRAWN = 12
FEWEST_RANKED = 4
"""Where three are all there are, the first three have everything, and that says nothing."""


@dataclass(frozen=True)
class Multiples:
    """`groups`: rows of `concentration`, the one that hangs most on its first three at the top, groups too small to
    tell at the end; `curves`: name and Lorenz curve of the first few."""

    groups: pd.DataFrame
    curves: list[tuple[str, pd.DataFrame]]


def multiples(scope: Scope, split: str, ranking: Ranking, *, read: ReadRanking) -> Multiples:
    """Every group of the dimension `split`, and the curves of those that hang most on their first three."""
    groups = read("concentration", scope, (split,), ranking)
    groups = groups.assign(can_tell=groups["ranked_count"] >= FEWEST_RANKED).sort_values(
        ["can_tell", "top3_share", split], ascending=[False, False, True], kind="stable", ignore_index=True
    )
    rows = dict(list(read("ranking", scope, (split,), ranking).groupby(split)))
    drawn = groups.loc[groups["can_tell"], split].head(MOST_DRAWN)
    return Multiples(groups=groups.drop(columns="can_tell"), curves=[(str(name), lorenz(rows[name])) for name in drawn])
