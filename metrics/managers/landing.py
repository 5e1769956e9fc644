"""Where a month will land, told from what is done and from what earlier months still brought after the same day."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

FEWEST_MONTHS = 4
"""With fewer earlier months of a manager's own, those of the whole team are learned from."""

CHECKED_MONTHS = 6
CONFIDENCE = 0.8
"""The interval is to hold in 8 of 10 months."""

CHECKS = ("month", "projected", "low", "high", "came", "error", "is_inside")


@dataclass(frozen=True)
class Projection:
    """What a month is expected to come to, and the interval around it, in the unit of the measure.

    `share` of a month that is usually done by the same working day, told from `months` earlier months, of the team's
    managers where `is_borrowed`.
    """

    landing: float
    low: float
    high: float
    share: float
    months: int
    is_borrowed: bool

    def within(self, most: float) -> "Projection":
        """The same of something of which there can be no more than `most`."""
        return replace(self, landing=min(self.landing, most), low=min(self.low, most), high=min(self.high, most))


def project(done: float, own: pd.DataFrame, team: pd.DataFrame | None = None) -> Projection | None:
    """Project a month of which `done` is done; None where no earlier month tells anything.

    `own` and `team` have a row an earlier whole month of the manager, or of each manager of the team: manager_id,
    month, done (by the same working day) and total. With fewer than FEWEST_MONTHS of the manager's own the share is
    learned from the team's.

    With s the share usually done by that day and u a usual month, the mean of the manager's own: what is still to come
    is reckoned by this month's pace, done ÷ s, with the weight s, and by a usual month with the weight 1 − s:
    done + (1 − s)·(done + (1 − s)·u) (Benktander 1976; Mack 2000). The interval reaches as far as the method was off in
    8 of 10 of those earlier months, each projected from the others: of the n errors, as logarithms, the one whose rank
    is nearest to 0.8·(n + 1) (the jackknife prediction interval; Barber and others 2021), which takes four months.
    Nothing done is undone, so it begins at `done`.
    """
    is_borrowed = len(own) < FEWEST_MONTHS
    learned = own if not is_borrowed else pd.DataFrame(columns=own.columns) if team is None else team
    months = learned["month"].nunique()
    if months < FEWEST_MONTHS or learned["done"].sum() <= 0:
        return None
    share = min(1.0, float(learned["done"].sum() / learned["total"].sum()))
    usual = float(own["total"].mean()) if len(own) else done / share
    landing = done + (1 - share) * (done + (1 - share) * usual)
    errors = _errors(learned)
    if len(errors) < FEWEST_MONTHS:
        return None
    half = float(np.sort(np.abs(errors))[round((len(errors) + 1) * CONFIDENCE) - 1])
    return Projection(
        landing=landing,
        low=max(done, landing * float(np.exp(-half))),
        high=landing * float(np.exp(half)),
        share=share,
        months=months,
        is_borrowed=is_borrowed,
    )


def checks(own: pd.DataFrame, team: pd.DataFrame | None = None) -> pd.DataFrame:
    """The last CHECKED_MONTHS of `own`, each projected as of the same working day from the months before it alone.

    A row a month, newest first: month, projected, low, high, came, error (projected ÷ came − 1), is_inside. A month
    with too little before it has none.
    """
    rows = []
    for month, done, came in zip(own["month"], own["done"].astype(float), own["total"].astype(float), strict=True):
        before = own[own["month"] < month]
        found = project(done, before, None if team is None else team[team["month"] < month])
        if found is not None:
            is_inside = found.low <= came <= found.high
            rows.append((month, found.landing, found.low, found.high, came, found.landing / came - 1, is_inside))
    checked = pd.DataFrame(rows, columns=list(CHECKS)).sort_values("month", ascending=False, ignore_index=True)
    return checked.head(CHECKED_MONTHS)


def _errors(rows: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Logarithm of what came over what would have been projected, each month from the others."""
    done, total = rows["done"].to_numpy(dtype=float), rows["total"].to_numpy(dtype=float)
    by_manager = rows.groupby("manager_id")["total"]
    others = by_manager.transform("count").to_numpy() - 1
    share = np.minimum(1.0, (done.sum() - done) / (total.sum() - total))
    rest = by_manager.transform("sum").to_numpy(dtype=float) - total
    usual = np.where(others > 0, rest / np.maximum(others, 1), done / np.maximum(share, 1e-9))
    projected = done + (1 - share) * (done + (1 - share) * usual)
    errors: np.ndarray[tuple[int], np.dtype[np.float64]] = np.log(total[projected > 0] / projected[projected > 0])
    return errors
