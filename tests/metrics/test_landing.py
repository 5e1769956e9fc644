"""Where a month will land, against truths worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.managers.landing import Projection, checks, project
from metrics.managers.targets import half_way, month_is_over, month_targets
from tests.world import World

OCTOBER_15 = Scope(date(2026, 10, 1), date(2026, 10, 15))


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def months(*done_and_total: tuple[float, float], manager: str = "M1") -> pd.DataFrame:
    """Earlier months from 2026-01 on."""
    return pd.DataFrame(
        [(manager, f"2026-{n:02d}", done, total) for n, (done, total) in enumerate(done_and_total, start=1)],
        columns=["manager_id", "month", "done", "total"],
    )


def test_a_month_as_all_months_lands_where_they_did_and_is_sure_of_it() -> None:
    found = project(40, months(*[(40, 100)] * 5))
    assert found is not None
    assert (found.landing, found.low, found.high) == pytest.approx((100, 100, 100))
    assert (found.share, found.months, found.is_borrowed) == (0.4, 5, False)


def test_a_faster_month_is_believed_by_the_share_that_is_over() -> None:
    """Done 60 where usually 40 of 100 are: by its pace 150; by a usual month 60 + 0.6 · 100 = 120; weights 0.4, 0.6."""
    found = project(60, months(*[(40, 100)] * 4))
    assert found is not None
    assert found.landing == pytest.approx(0.4 * 150 + 0.6 * 120)


def test_the_interval_reaches_as_far_as_the_fourth_of_four_errors() -> None:
    """Three months of 50 by then in 100, and one of 50 in 140: from the other three that one is projected as 100."""
    found = project(50, months((50, 100), (50, 100), (50, 100), (50, 140)))
    assert found is not None
    share = 200 / 440
    assert found.landing == pytest.approx(50 + (1 - share) * (50 + (1 - share) * 110))
    assert found.high == pytest.approx(found.landing * 1.4)
    assert found.low == pytest.approx(max(50, found.landing / 1.4))


def test_with_few_months_the_teams_are_learned_from_and_with_none_nothing_is_told() -> None:
    own = months((10, 50), (10, 50))
    assert project(10, own) is None
    team = pd.concat([own, *(months(*[(40, 100)] * 6, manager=name) for name in ("M2", "M3"))])
    found = project(10, own, team)
    assert found is not None
    share = (2 * 10 + 12 * 40) / (2 * 50 + 12 * 100)
    assert found.is_borrowed and found.months == 6
    assert found.share == pytest.approx(share)
    assert found.landing == pytest.approx(10 + (1 - share) * (10 + (1 - share) * 50))
    first = project(10, own.head(0), team)
    assert first is not None and first.landing == pytest.approx(10 + (1 - share) * (10 + (1 - share) * 10 / share))


def test_a_month_with_nothing_done_yet_is_expected_to_be_half_lost_and_no_error() -> None:
    found = project(0, months(*[(40, 100)] * 4))
    assert found is not None and found.landing == pytest.approx(0.6 * 0.6 * 100)


def test_a_month_is_checked_by_nothing_but_the_months_before_it() -> None:
    own = months((40, 100), (40, 100), (40, 100), (40, 100), (40, 80), (40, 1000))
    found = checks(own).set_index("month")
    assert list(found.index) == ["2026-06", "2026-05"]
    assert found.loc["2026-05", "projected"] == pytest.approx(100)
    assert found.loc["2026-05", "error"] == pytest.approx(100 / 80 - 1)
    assert not found.loc["2026-05", "is_inside"]  # four months alike: the interval has no width
    changed = checks(own.assign(total=[*own["total"][:5], 5.0])).set_index("month")
    assert changed.loc["2026-05"].equals(found.loc["2026-05"])


def test_the_interval_holds_in_about_eight_of_ten_months() -> None:
    random = np.random.default_rng(7)
    inside = []
    for _number in range(400):
        total = 100 * np.exp(random.normal(0, 0.1, 13))
        done = total * np.clip(0.5 + random.normal(0, 0.05, 13), 0.1, 0.9)
        found = project(done[12], months(*zip(done[:12], total[:12], strict=True)))
        assert found is not None
        inside.append(found.low <= total[12] <= found.high)
    assert 0.74 <= np.mean(inside) <= 0.86


@settings(deadline=None)
@given(
    st.floats(0, 1e6),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 1e6)), min_size=0, max_size=12),
)
def test_a_landing_lies_in_its_interval_and_undoes_nothing(done: float, drawn: list[tuple[float, float]]) -> None:
    found = project(done, months(*((share * total, total) for share, total in drawn)))
    if found is not None:
        assert done <= found.low <= found.landing * (1 + 1e-9)
        assert found.landing <= found.high * (1 + 1e-9)


def a_year(world: World) -> None:
    """M1 sells for 30 on the second and 70 on the last of three days a month, from October 2025 to September 2026.

    Others sell on the first of each month and on the same days, so that they are working days.
    """
    world.manager("M1", team="T1", hired_on="2020-01-01")
    world.customer("A", manager="M1", tier=5)
    world.customer("B", manager="M9")
    world.product("S1", min_tier=3)
    for month in [f"2025-{number}" for number in (10, 11, 12)] + [f"2026-{number:02d}" for number in range(1, 10)]:
        for day in ("01", "12", "25"):
            world.sale(f"{month}-{day}", "B", "S1", 1, 5)
        world.sale(f"{month}-12", "A", "S1", 3, 30)
        world.sale(f"{month}-25", "A", "S1", 7, 70)
        world.visit(f"{month}-12", "A", "M1")
        world.visit(f"{month}-25", "A", "M1")


def test_the_running_month_is_held_against_the_same_working_day_of_others(world: World) -> None:
    a_year(world)
    world.sale("2026-10-05", "B", "S1", 1, 5)  # two working days so far, however many the calendar has
    world.sale("2026-10-15", "A", "S1", 4, 45)
    world.sale("2026-10-16", "A", "S1", 9, 900)  # after the last day of the scope: not looked at
    world.visit("2026-10-15", "A", "M1")
    world.target("2026-10", "M1", 150)
    world.target("2026-10", "M1", 4, measure="visits")
    world.target("2026-10", "M1", 0.5, measure="numeric_distribution", sku_id="S1")
    world.target("2026-09", "M1", 999)
    found = month_targets(OCTOBER_15, "M1", last_day_with_data=date(2026, 10, 16), read=reading(world))
    assert (found.name, found.is_over, found.left_on) == ("2026-10", False, None)
    by_name = {landing.measure: landing for landing in found.landings}
    amount, visits, placed = by_name["amount"], by_name["visits"], by_name["numeric_distribution"]
    assert (amount.done, amount.target, amount.working_days) == (45, 150, 2)
    assert amount.projection is not None and amount.projection.share == pytest.approx(0.3)
    assert amount.landing == pytest.approx(45 + 0.7 * (45 + 0.7 * 100))
    assert by_name["qty"].target is None and by_name["qty"].done == 4
    assert (visits.done, visits.target, visits.working_days) == (1, 4, 1)
    assert visits.projection is not None and visits.projection.share == pytest.approx(0.5)
    assert (placed.done, placed.target) == (1, 0.5)
    assert placed.projection is not None and placed.projection.high == 1  # there is one pair
    assert list(amount.checks["month"])[:2] == ["2026-09", "2026-08"]
    assert amount.checks["error"].abs().max() < 1e-9


def test_no_more_can_come_of_pairs_than_there_are() -> None:
    found = Projection(landing=96, low=74, high=104, share=0.5, months=12, is_borrowed=False)
    assert found.within(100) == replace(found, high=100)
    assert found.within(90) == replace(found, landing=90, high=90)


def test_a_month_that_is_over_is_told_as_done_and_checked_as_of_its_half(world: World) -> None:
    a_year(world)
    world.target("2026-09", "M1", 125)
    scope = Scope(date(2026, 9, 1), date(2026, 9, 30))
    found = month_targets(scope, "M1", last_day_with_data=date(2026, 10, 3), read=reading(world))
    amount = found.landings[0]
    assert (found.is_over, amount.done, amount.target, amount.projection) == (True, 100, 125, None)
    assert amount.landing == 100
    assert amount.working_days == 2 and half_way(date(2026, 9, 30)) == date(2026, 9, 14)
    assert amount.checks["month"].iloc[0] == "2026-09"
    assert amount.checks["projected"].iloc[0] == pytest.approx(100)


def test_the_month_of_hiring_teaches_nothing_and_who_left_has_no_landing(world: World) -> None:
    a_year(world)
    world.manager("M2", team="T1", hired_on="2026-09-20", left_on="2026-10-10")
    world.sale("2026-09-25", "B", "S1", 1, 500, manager="M2")
    world.sale("2026-10-01", "B", "S1", 1, 10, manager="M2")
    world.sale("2026-10-12", "B", "S1", 1, 5)
    found = month_targets(OCTOBER_15, "M2", last_day_with_data=date(2026, 10, 15), read=reading(world))
    assert found.left_on == date(2026, 10, 10)
    assert found.landings[0].projection is None and found.landings[0].checks.empty
    world.sale("2026-10-08", "B", "S1", 1, 5)  # the second working day, by which M1 has done 30 of 100
    scope = Scope(date(2026, 10, 1), date(2026, 10, 9))
    before = month_targets(scope, "M2", last_day_with_data=date(2026, 10, 9), read=reading(world)).landings[0]
    assert before.projection is not None
    assert (before.projection.is_borrowed, before.projection.months) == (True, 12)
    assert before.projection.share == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("to", "last_data", "is_over"),
    [
        (date(2026, 10, 31), date(2026, 11, 2), True),
        (date(2026, 10, 31), date(2026, 10, 30), True),  # Friday; the 31st is a Saturday
        (date(2026, 10, 30), date(2026, 10, 30), True),
        (date(2026, 10, 31), date(2026, 10, 29), False),
        (date(2026, 10, 15), date(2026, 11, 2), False),  # the scope ends within the month
        (date(2026, 10, 31), None, False),
        (date(2026, 10, 31), date(2026, 3, 1), False),
    ],
)
def test_a_month_is_over_when_nothing_more_can_come(to: date, last_data: date | None, is_over: bool) -> None:
    assert month_is_over(to, last_data) is is_over
