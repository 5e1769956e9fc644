"""The apprentice ladder on small worlds: steps and their rule, newcomers, coaches' loads, and first weeks; by hand."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.managers.earlier_newcomers import FirstWeeks, first_weeks
from metrics.managers.ladder import CoachLoad, Ladder, coach_loads, ladders
from tests.world import World
from warehouse.settings import Settings

TODAY = date(2026, 9, 30)
SETTINGS = Settings()


def reading(world: World) -> Any:
    """A reading of the world as it is now."""
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def found(world: World, today: date = TODAY, settings: Settings = SETTINGS) -> dict[str, Ladder]:
    """The ladders of all newcomers on a day, by manager."""
    listed = ladders(Scope(today, today), settings, read=reading(world))
    return {ladder.manager_id: ladder for ladder in listed}


@pytest.fixture
def pair(world: World) -> World:
    """Nina was hired on the first of July; Carl coaches; fifteen customers."""
    world.manager("N", manager_name="Nina", team="T", hired_on="2026-07-01")
    world.manager("C", manager_name="Carl", team="T", hired_on="2015-01-01")
    for number in range(1, 16):
        world.customer(f"K{number:02}", customer_name=f"Shop {number}", manager="N")
    return world


def climb(world: World, steps: str, newcomer: str = "N", coach: str = "C") -> None:
    """A step a day at one customer after another, each a joint visit up to step D."""
    for number, step in enumerate(steps, start=1):
        on = f"2026-07-{number + 1:02}"
        world.coach(on, newcomer, coach, step, f"K{number:02}")
        if step != "E":
            world.visit(on, f"K{number:02}", newcomer, joint_with=coach)


def test_a_ladder_by_the_rule_has_no_remarks_and_ends_with_the_first_customer_alone(pair: World) -> None:
    climb(pair, "AAABBBCCCD")
    ladder = found(pair)["N"]
    assert [rung.rule for rung in ladder.rungs] == list("AAABBBCCCD")
    assert not any(rung.is_out_of_order or rung.again for rung in ladder.rungs)
    assert [rung.joint_visits for rung in ladder.rungs] == [1] * 10
    assert (ladder.joint_customers, ladder.is_finished) == (10, False)  # the tenth is not the end
    pair.coach("2026-07-20", "N", "C", "E", "K11")
    ladder = found(pair)["N"]
    assert (ladder.joint_customers, ladder.rungs[-1].rule, ladder.is_finished) == (10, "E", True)


@pytest.mark.parametrize(
    ("steps", "out"),
    [
        ("AAAA", [4]),  # the fourth is B's
        ("AB", [2]),  # B too early
        ("AAABBBCCCC", [10]),  # the tenth is D's
        ("AAABBBCCCDD", [11]),  # after ten the newcomer goes alone
        ("AAABBBE", [7]),  # alone too early
        ("AAABBBCCCDEE", []),
    ],
)
def test_a_step_against_the_rule_is_out_of_order(pair: World, steps: str, out: list[int]) -> None:
    climb(pair, steps)
    assert [rung.number for rung in found(pair)["N"].rungs if rung.is_out_of_order] == out


def test_going_alone_early_does_not_finish_the_ladder(pair: World) -> None:
    climb(pair, "AAABBBCCCE")
    assert found(pair)["N"].joint_customers == 9 and not found(pair)["N"].is_finished
    pair.coach("2026-07-20", "N", "C", "D", "K11")
    ladder = found(pair)["N"]
    assert (ladder.joint_customers, ladder.is_finished) == (10, False)  # alone before the tenth, not since
    pair.coach("2026-07-21", "N", "C", "E", "K01")  # at a customer taken before
    assert found(pair)["N"].is_finished


def test_the_same_customer_twice_is_one_rung_and_is_told(pair: World) -> None:
    pair.coach("2026-07-02", "N", "C", "A", "K01")
    pair.coach("2026-07-03", "N", "C", "A", "K02")
    pair.coach("2026-07-09", "N", "C", "B", "K01")
    ladder = found(pair)["N"]
    assert [(rung.number, rung.customer_id) for rung in ladder.rungs] == [(1, "K01"), (2, "K02")]
    assert ladder.rungs[0].again == ((date(2026, 7, 9), "B"),)
    assert ladder.joint_customers == 2


def test_joint_visits_are_those_of_newcomer_and_coach_either_way(pair: World) -> None:
    pair.coach("2026-07-02", "N", "C", "A", "K01")
    pair.visit("2026-07-02", "K01", "N", joint_with="C")
    pair.visit("2026-07-05", "K01", "C", joint_with="N")
    pair.visit("2026-07-06", "K01", "N")  # alone
    pair.visit("2026-07-07", "K01", "N", joint_with="S")  # with somebody who is no coach
    pair.visit("2026-07-08", "K02", "N", joint_with="C")  # no step is recorded there
    pair.visit("2026-10-01", "K03", "N", joint_with="C")  # after the last day
    ladder = found(pair)["N"]
    assert ladder.rungs[0].joint_visits == 2
    assert ladder.unrecorded == ("Shop 2",)


def test_a_step_without_a_customer_is_counted_apart_and_logged(pair: World) -> None:
    pair.coach("2026-07-02", "N", "C", "A")
    pair.coach("2026-07-04", "N", "C", "A", "K01")
    pair.coach("2026-10-01", "N", "C", "A", "K02")  # after the last day
    ladder = found(pair)["N"]
    assert (len(ladder.rungs), ladder.without_customer) == (1, 1)
    assert [day.day for day in ladder.log["coached_on"]] == [4, 2]  # newest first


def test_the_critical_months_end_the_day_before_the_same_day_three_months_on(pair: World) -> None:
    """Hired on 1 July: 30 September is day 91 and the last of 92 days; 1 October is day 92 and beyond them."""
    ladder = found(pair, date(2026, 9, 30))["N"]
    assert (ladder.days, ladder.critical_until, ladder.is_critical) == (91, date(2026, 9, 30), True)
    later = found(pair, date(2026, 10, 1))["N"]
    assert (later.days, later.is_critical) == (92, False)
    assert found(pair, date(2026, 7, 1))["N"].days == 0


def test_newcomers_are_who_was_hired_within_the_months_or_has_a_ladder_unfinished(pair: World) -> None:
    pair.manager("OLD", hired_on="2025-09-30")  # twelve months ago to the day
    pair.manager("NEW", hired_on="2025-10-01")
    pair.manager("SOON", hired_on="2026-10-01")
    pair.manager("LEFT", hired_on="2026-07-01", left_on="2026-09-30")
    pair.manager("LEAVES", hired_on="2026-07-01", left_on="2026-10-01")
    pair.manager("BOSS", hired_on="2026-07-01")
    pair.manager("LATE", hired_on="2020-01-01", supervisor="BOSS")
    pair.coach("2026-07-02", "LATE", "C", "A", "K01")
    pair.manager("UNKNOWN")
    assert list(found(pair)) == ["N", "LEAVES", "NEW", "LATE"]
    assert "OLD" in found(pair, settings=Settings(newcomer_months=13))
    pair.connection.execute("update managers set hired_on = null where manager_id = 'LATE'")
    unknown = found(pair)["LATE"]
    assert (unknown.days, unknown.critical_until, unknown.is_critical, unknown.is_led) == (None, None, False, True)


def test_a_newcomer_of_two_coaches_counts_for_both(pair: World) -> None:
    pair.coach("2026-07-02", "N", "C", "A", "K01")
    pair.coach("2026-07-09", "N", "D", "A", "K02")
    ladder = found(pair)["N"]
    assert ladder.coaches == ("D", "C")  # the newest first
    assert coach_loads([ladder], SETTINGS) == [CoachLoad("C", ("N",), "room"), CoachLoad("D", ("N",), "room")]


@pytest.mark.parametrize(("count", "state"), [(3, "room"), (4, "full"), (5, "full"), (6, "too_many")])
def test_a_coachs_load_stands_against_four_to_five(pair: World, count: int, state: str) -> None:
    for number in range(count):
        pair.manager(f"P{number}", hired_on="2026-08-01")
        pair.coach("2026-08-02", f"P{number}", "C", "A", "K01")
    (load,) = coach_loads(list(found(pair).values()), SETTINGS)
    assert (load.coach_id, len(load.newcomers), load.state) == ("C", count, state)


def test_who_has_finished_is_led_until_the_critical_months_end(pair: World) -> None:
    climb(pair, "AAABBBCCCDE")
    assert coach_loads(list(found(pair).values()), SETTINGS)[0].newcomers == ("N",)
    assert coach_loads(list(found(pair, date(2026, 10, 1)).values()), SETTINGS)[0].newcomers == ()


def weeks(world: World, manager: str, today: date = TODAY) -> FirstWeeks:
    """A newcomer's first weeks against those of earlier ones."""
    read = reading(world)
    scope = Scope(date(2026, 9, 1), today)
    hired = read("manager_list", scope).set_index("manager_id")["hired_on"].dropna()
    return first_weeks(manager, read("first_weeks", scope), hired)


@pytest.fixture
def service(world: World) -> World:
    """Sales and visits begin on the first of January; Nina was hired on 7 September with two customers of hers."""
    world.manager("N", hired_on="2026-09-07")
    world.manager("VET", hired_on="2025-12-31")  # before the days of the data
    world.product("S1")
    world.customer("A", manager="N")
    world.customer("B", manager="N")
    world.customer("X", manager="N", status="closed")
    world.customer("FUTURE", manager="N", opened_on="2026-10-01")
    world.customer("V", manager="VET")
    world.sale("2026-01-01", "V", "S1", 1)
    world.visit("2026-01-01", "V", "VET")
    world.sale(str(TODAY), "V", "S1", 1)
    return world


def test_the_first_weeks_are_counted_from_the_day_of_hiring(service: World) -> None:
    service.sale("2026-09-06", "A", "S1", 1, 1000)  # the day before
    service.sale("2026-09-07", "A", "S1", 1, 10)  # the first day of the first week
    service.sale("2026-09-13", "B", "S1", 1, 20)  # its last
    service.sale("2026-09-14", "B", "S1", 1, 40)  # the second week
    service.sale("2026-09-28", "B", "S1", 1, 5000)  # in the fourth week, which is not over
    service.visit("2026-09-13", "A", "N", "success")
    service.visit("2026-09-14", "A", "N", "fail")
    service.visit("2026-09-14", "B", "VET", "success")  # another's visit
    service.visit("2026-09-21", "B", "N", "none")
    rows = service.rows("first_weeks", last=TODAY)
    assert rows.to_numpy().tolist() == [
        ["N", 1, 30, 1, 1, 1, 2, 1],
        ["N", 2, 40, 1, 0, 1, 2, 1],
        ["N", 3, 0, 1, 0, 0, 2, 2],
    ]
    mine = {each.name: each.own for each in weeks(service, "N").figures}
    assert weeks(service, "N").week == 3
    assert mine == {
        "amount_per_customer": pytest.approx(70 / 2 / 3),
        "visits_a_week": 1,
        "call_coverage": 1,
        "strike_rate": 0.5,
    }


def test_weeks_beyond_the_days_of_the_data_are_none_whatever_period_is_chosen(service: World) -> None:
    service.sale("2026-09-07", "A", "S1", 1, 10)
    beyond = service.rows("first_weeks", last=date(2027, 12, 31))
    pd.testing.assert_frame_equal(beyond, service.rows("first_weeks", last=TODAY))


def test_customers_in_care_follow_the_assignments_of_the_weeks_last_day(service: World) -> None:
    service.assign("A", "VET", "2024-01-01", "2026-09-13")  # the last day of the first week
    service.assign("A", "N", "2026-09-14")
    service.assign("V", "N", "2026-09-20")  # begins on the last day of the second week
    service.assign("B", "N", "2024-01-01")
    service.assign("B", "VET", "2026-09-21", "2026-09-27")  # overlaps; the one that began last holds
    rows = service.rows("first_weeks", last=TODAY)
    assert rows["customers"].tolist() == [1, 3, 2]


def hire_before(world: World, count: int) -> None:
    """Earlier newcomers of three weeks with 1, 2, 3 … visits in the first; the last one left after two weeks."""
    for number in range(1, count + 1):
        hired = date(2026, 2, 2) + timedelta(number)
        world.manager(f"E{number}", hired_on=str(hired))
        for _ in range(number):
            world.visit(str(hired), "V", f"E{number}", "success")


def test_fewer_than_three_earlier_newcomers_are_told_and_not_compared_with(service: World) -> None:
    hire_before(service, 2)
    found = weeks(service, "N")
    assert found.earlier == 2
    assert all(each.middle is None and each.lowest is None for each in found.figures)


def test_the_median_and_range_are_of_who_was_hired_before_and_had_that_week(service: World) -> None:
    hire_before(service, 4)
    service.manager("SHORT", hired_on="2026-03-01", left_on="2026-03-20")  # a day short of three weeks
    service.manager("PEER", hired_on="2026-09-07")  # on the same day: not earlier
    service.visit("2026-09-07", "A", "N")
    found = weeks(service, "N")
    assert found.earlier == 4
    visits = {each.name: each for each in found.figures}["visits_a_week"]
    assert (visits.own, visits.count) == (pytest.approx(1 / 3), 4)
    assert [visits.lowest, visits.middle, visits.highest] == pytest.approx([1 / 3, 2.5 / 3, 4 / 3])
    coverage = {each.name: each for each in found.figures}["call_coverage"]
    assert (coverage.count, coverage.middle) == (0, None)  # earlier ones had no customers: no data


def test_without_a_whole_week_there_is_nothing_to_compare(service: World) -> None:
    assert weeks(service, "N", date(2026, 9, 12)) == FirstWeeks(0, 0, ())
    assert weeks(service, "N", date(2026, 9, 13)).week == 1
    assert weeks(service, "VET") == FirstWeeks(0, 0, ())


def test_a_world_without_rows_has_no_ladders(world: World) -> None:
    assert found(world) == {}
    assert isinstance(world.rows("first_weeks"), pd.DataFrame) and world.rows("first_weeks").empty
