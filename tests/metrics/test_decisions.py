"""The figure of a decision then and now, worked out by hand, and how owners have kept theirs."""

from datetime import date
from functools import partial

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.decisions import Moved, by_owner, movable_figures, moved
from tests.world import World
from warehouse.decisions import Decision, Owner

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))
SCOPE = {"period": ("custom",), "from": ("2026-09-01",), "to": ("2026-09-30",), "manager": ("M1",)}


def decision(name: str = "d", **more: object) -> Decision:
    stated = {"words": "Sell", "owner": Owner("M1"), "due_on": date(2026, 10, 10)} | more
    return Decision(name, "m", date(2026, 10, 1), **stated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("baseline", "now", "goal", "way", "is_reached"),
    [
        (0.2, 0.2, 0.3, 0.0, False),
        (0.2, 0.25, 0.3, 0.5, False),
        (0.2, 0.3, 0.3, 1.0, True),
        (0.2, 0.35, 0.3, 1.5, True),
        (0.2, 0.15, 0.3, -0.5, False),
        (0.4, 0.35, 0.3, 0.5, False),  # less is better: the goal lies below
        (0.4, 0.3, 0.3, 1.0, True),
        (0.4, 0.5, 0.3, -1.0, False),
        (-0.1, 0.0, 0.1, 0.5, False),
        (0.3, 0.3, 0.3, None, None),
        (None, 0.3, 0.3, None, None),
        (0.2, None, 0.3, None, None),
        (0.2, 0.3, None, None, None),
    ],
)
def test_the_way_to_the_goal_goes_in_the_direction_that_the_goal_lies(
    baseline: float | None, now: float | None, goal: float | None, way: float | None, is_reached: bool | None
) -> None:
    figure = Moved(baseline, now, goal)
    assert figure.way == (None if way is None else pytest.approx(way))
    assert figure.is_reached is is_reached


def test_now_is_read_over_the_days_of_the_meeting_and_the_conditions_of_the_decision(world: World) -> None:
    world.manager("M1")
    world.manager("M2")
    world.customer("A", manager="M1")
    world.customer("B", manager="M2")
    world.product("S1")
    world.sale("2026-09-05", "A", "S1", 7)  # the decision's days, not the meeting's
    world.sale("2026-10-05", "A", "S1", 30)
    world.sale("2026-10-31", "A", "S1", 12)
    world.sale("2026-10-06", "B", "S1", 100)  # not the decision's manager
    world.settle()
    read = partial(metrics.value, cursor=world.connection)
    one = decision(figure="amount", scope=SCOPE, baseline=7.0, goal=50.0)
    assert moved(one, OCTOBER, read=read) == Moved(7.0, 42.0, 50.0)
    # Conditions of the meeting are not the decision's.
    assert moved(one, OCTOBER.narrow(manager="M2"), read=read) == Moved(7.0, 42.0, 50.0)
    nobody = decision(figure="strike_rate", scope=SCOPE, goal=0.5)
    assert moved(nobody, OCTOBER, read=read) == Moved(None, None, 0.5)  # no visits: no data, not 0
    assert moved(decision(), OCTOBER, read=read) is None
    assert moved(decision(figure="of_another_release"), OCTOBER, read=read) is None


def test_a_decision_may_pick_what_is_one_number_and_nothing_else() -> None:
    offered = movable_figures()
    assert {"amount", "numeric_distribution", "growth", "gini"} <= set(offered)
    assert not {"ranking", "scope_choices", "joint_visits", "customer_list"} & set(offered)


def test_owners_are_counted_by_what_they_kept() -> None:
    due, late = date(2026, 10, 10), date(2026, 10, 11)
    found = [
        decision("a"),  # open and overdue
        decision("b", due_on=late),  # open, due on the day itself
        decision("c", state="done", closed_on=due),
        decision("d", state="done", closed_on=late),
        decision("e", state="dropped", closed_on=due),
        decision("f", owner=Owner(words="M1"), state="dropped", closed_on=due),  # words are no id
    ]
    rows = by_owner(found, late)
    assert rows.drop(columns=["owner", "on_time_share"]).to_numpy().tolist() == [[5, 2, 1, 2, 1, 1], [1, 0, 0, 0, 0, 1]]
    assert rows["owner"].tolist() == [Owner("M1").key, Owner(words="M1").key]
    assert rows["on_time_share"].iloc[0] == 0.5 and pd.isna(rows["on_time_share"].iloc[1])
    assert by_owner([], late).empty
