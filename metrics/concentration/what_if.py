"""What if they left: what losing customers, or a manager's business, costs, and how the target would stand then."""

from dataclasses import dataclass

import pandas as pd

from metrics.concentration.shape import ReadRanking
from metrics.ranking import Ranking
from metrics.scope import Scope

MOST_EXPOSURES = 10


@dataclass(frozen=True)
class Loss:
    """What would be lost of the period: `amount`, its `share` of the net of all; `target` and what was `actual`ly
    sold over the whole months that have a target, and `actual_after` without what would be lost. None: no data."""

    amount: float
    share: float | None
    target: float | None
    actual: float | None
    actual_after: float | None

    @property
    def attainment(self) -> float | None:
        """The target's attainment as it stands."""
        return None if self.actual is None or not self.target else self.actual / self.target

    @property
    def attainment_after(self) -> float | None:
        """The attainment as it would stand."""
        return None if self.actual_after is None or not self.target else self.actual_after / self.target


def exposures(scope: Scope, *, read: ReadRanking) -> dict[str, pd.DataFrame]:
    """Rows of `ranking` of the ten largest customers and of the ten largest managers, with their shares."""
    return {
        ranked: read("ranking", scope, (), Ranking(ranked)).head(MOST_EXPOSURES)
        for ranked in ("customer_id", "manager_id")
    }


def loss(scope: Scope, *, read: ReadRanking, **lost: tuple[str, ...]) -> Loss:
    """What it costs to lose what the conditions `lost` name: customer=(…) or manager=(…), within the scope."""
    target = read("target_attainment", scope, ("manager_id", "month"))
    gone = (
        read("amount", scope.narrow(**lost), ("manager_id", "month"))
        if any(lost.values())
        else pd.DataFrame({"manager_id": [], "month": [], "amount": []})
    )
    whole = read("amount", scope)
    total = float(whole["amount"].iloc[0]) if len(whole) and pd.notna(whole["amount"].iloc[0]) else 0.0
    amount = float(gone["amount"].sum())
    share = amount / total if total > 0 else None
    if target.empty:
        return Loss(amount, share, None, None, None)
    actual = float(target["actual"].sum())
    # Only what counts towards the target: whole months, under managers who have one there.
    counted = gone.merge(target[["manager_id", "month"]], on=["manager_id", "month"])
    return Loss(amount, share, float(target["target"].sum()), actual, actual - float(counted["amount"].sum()))
