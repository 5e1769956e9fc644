"""What moved between two periods: who came into and fell out of the first fifth, and what the change of the total owes
to new, lost, grown and shrunk members; it adds up to the last ten-thousandth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.concentration.shape import ReadRanking, first_fifth
from metrics.ranking import Ranking
from metrics.scope import Scope

PLACES = ("top", "middle", "rest", "none")
"""The first fifth; those up to the half; the others; and nothing bought (or no more than returned)."""
PARTS = ("new", "lost", "grown", "shrunk")
_EXACT = 10_000
"""Amounts have four decimals at most: in ten-thousandths they are whole, and sums of them are exact."""


@dataclass(frozen=True)
class Movement:
    """`rows`: one a member of either period, with amount and place before and now and the part it belongs to;
    `flows`: how many went from each place to each; `before`, `now`: totals of the members; `shares`: what each part
    contributed, adding up to now − before; `counts`: how many members each part has, and how many were kept."""

    rows: pd.DataFrame
    flows: pd.DataFrame
    before: float
    now: float
    shares: dict[str, float]
    counts: dict[str, int]


def movement(scope: Scope, earlier: Scope, ranking: Ranking, *, read: ReadRanking) -> Movement:
    """From the earlier period to the scope's own. A member has a net above zero; ties by code, as everywhere."""
    now, before = (
        _placed(read("ranking", period, (), ranking), suffix)
        for period, suffix in ((scope, "now"), (earlier, "before"))
    )
    rows = now.merge(before, on="ranked_id", how="outer", suffixes=("", "_before"))
    rows["ranked_name"] = rows["ranked_name"].fillna(rows.pop("ranked_name_before"))
    for period in ("now", "before"):
        rows[f"place_{period}"] = rows[f"place_{period}"].fillna("none")
        rows[f"exact_{period}"] = rows[f"exact_{period}"].fillna(0).astype("int64")
    change = rows["exact_now"] - rows["exact_before"]
    rows["change"] = change / _EXACT
    rows["part"] = np.select(
        [rows["place_before"] == "none", rows["place_now"] == "none", change > 0, change < 0], PARTS, "unchanged"
    )
    totals = change.groupby(rows["part"]).sum()
    return Movement(
        rows=rows.sort_values("change", key=abs, ascending=False, kind="stable", ignore_index=True),
        flows=rows.groupby(["place_before", "place_now"]).size().rename("members").reset_index(),
        before=int(rows["exact_before"].sum()) / _EXACT,
        now=int(rows["exact_now"].sum()) / _EXACT,
        shares={part: int(totals.get(part, 0)) / _EXACT for part in PARTS},
        counts={part: int((rows["part"] == part).sum()) for part in (*PARTS, "unchanged")},
    )


def came_and_went(moved: Movement) -> dict[str, pd.DataFrame]:
    """Members that came into the first fifth, and those that fell out of it, the largest first."""
    is_top, was_top = moved.rows["place_now"] == "top", moved.rows["place_before"] == "top"
    return {
        "came": moved.rows[is_top & ~was_top].sort_values("amount", ascending=False, ignore_index=True),
        "went": moved.rows[was_top & ~is_top].sort_values("amount_before", ascending=False, ignore_index=True),
    }


def _placed(ranking: pd.DataFrame, period: str) -> pd.DataFrame:
    """The ranking with each member's place, and its amount in whole ten-thousandths."""
    n, position = len(ranking), ranking["position"]
    places = np.select([position <= first_fifth(n), position <= -(-n // 2)], PLACES[:2], PLACES[2])
    return ranking[["ranked_id", "ranked_name", "position", "amount"]].assign(
        **{f"place_{period}": places, f"exact_{period}": np.rint(ranking["amount"] * _EXACT)}
    )
