"""The figure that a decision should move: what it was, what it is now, and how much of the way to the goal is gone.

The baseline is of the days in the decision's scope; 'now' keeps the decision's conditions and takes the period of the
meeting that asks, so that all on its slides is of the same days. Amounts and numbers of visits grow with the days of a
period: a decision on them is best made and asked over periods of one kind, such as the month up to the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.catalogue import Figure, figures
from metrics.scope import CONDITIONS, Scope
from metrics.scorecard import ReadValue
from warehouse.decisions import Decision
from warehouse.meetings import Parameters


@dataclass(frozen=True)
class Moved:
    """A figure then, now and as it should be, in its own unit; None where there is no data or nothing was set."""

    baseline: float | None
    now: float | None
    goal: float | None

    @property
    def way(self) -> float | None:
        """The share of the way from the baseline to the goal that is gone: 1 there, more beyond, below 0 if away.

        None where any of the three is missing, or where there was no way to go.
        """
        if self.baseline is None or self.now is None or self.goal is None or self.goal == self.baseline:
            return None
        return (self.now - self.baseline) / (self.goal - self.baseline)

    @property
    def is_reached(self) -> bool | None:
        """Whether it is at the goal or beyond, on the side that the goal lies of the baseline; None as for `way`.

        It is compared with the goal itself: a share of a way may be off by a rounding.
        """
        if self.baseline is None or self.now is None or self.goal is None or self.goal == self.baseline:
            return None
        return self.now >= self.goal if self.goal > self.baseline else self.now <= self.goal


def movable_figures() -> Mapping[str, Figure]:
    """The figures of the dictionary that a decision may pick: those that are one number over a scope."""
    return {name: one for name, one in figures().items() if not one.is_list and name in dict(one.columns)}


def conditions_of(scope: Parameters) -> dict[str, tuple[str, ...]]:
    """The conditions among URL parameters."""
    return {name: tuple(scope[name]) for name in CONDITIONS if scope.get(name)}


def moved(decision: Decision, period: Scope, *, read: ReadValue) -> Moved | None:
    """The decision's figure over its own conditions in the days of `period`; None where it moves none that is known."""
    if decision.figure not in movable_figures():
        return None
    asked = Scope(period.from_date, period.to_date).narrow(**conditions_of(decision.scope))
    return Moved(decision.baseline, read(decision.figure, asked), decision.goal)


def by_owner(found: Sequence[Decision], day: date) -> pd.DataFrame:
    """How many decisions each owner has had, by `owner` (warehouse.decisions.Owner.key), most open first.

    `overdue` are among those still open and `on_time` among those carried out; `on_time_share` is of these, and no
    data where none is.
    """
    rows = pd.DataFrame(
        {
            "owner": [one.owner.key for one in found],
            "decided": 1,
            "still_open": [int(one.state == "open") for one in found],
            "overdue": [int(one.is_overdue(day)) for one in found],
            "carried_out": [int(one.state == "done") for one in found],
            "on_time": [int(one.was_on_time) for one in found],
            "dropped": [int(one.state == "dropped") for one in found],
        }
    )
    counted = rows.groupby("owner", as_index=False).sum()
    shares = counted["on_time"] / counted["carried_out"].where(counted["carried_out"] > 0)
    return counted.assign(on_time_share=shares).sort_values(
        ["still_open", "decided", "owner"], ascending=[False, False, True], ignore_index=True
    )
