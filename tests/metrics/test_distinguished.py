"""Distinguished salesperson: each criterion at its border, by hand; nobody is nominated on no data."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.managers.distinguished import Criteria, UnknownCriterion, distinguished, missing
from tests.world import World

TO = date(2026, 9, 30)
SCOPE = Scope(date(2026, 9, 1), TO)
CRITERIA = Criteria(
    years=3, figure="strike_rate", probability=0.8, strike_rate=0.5, fewest_attempts=10, fewest_answers=3
)


def judged(world: World, criteria: Criteria = CRITERIA, scope: Scope = SCOPE) -> pd.DataFrame:
    """The evidence by manager."""
    world.settle()

    def read(name: str, part: Scope, by: Any = ()) -> pd.DataFrame:
        return metrics.run(name, part, by, cursor=world.connection.cursor())

    return distinguished(scope, criteria, read=read).set_index("manager_id")


def successes(world: World, manager: str, good: int, bad: int) -> None:
    """So many visits that succeeded and that failed, over the manager's two customers."""
    for number in range(good + bad):
        world.visit(
            f"2026-03-{number % 28 + 1:02d}", f"{manager}{number % 2}", manager, "success" if number < good else "fail"
        )


@pytest.fixture
def team(world: World) -> World:
    """Team T: Ann is good and everything else too, the others do as everybody does; Z of team U is alone there."""
    for manager, hired in (("M1", "2023-09-30"), ("M2", "2023-10-01"), ("M3", "2010-01-01"), ("M4", "2010-01-01")):
        world.manager(manager, team="T", hired_on=hired)
    world.manager("M5", team="U", hired_on="2010-01-01")
    for manager in ("M1", "M2", "M3", "M4", "M5"):
        world.customer(f"{manager}0", manager=manager)
        world.customer(f"{manager}1", manager=manager)
    successes(world, "M1", 36, 4)
    successes(world, "M2", 20, 20)
    successes(world, "M3", 19, 21)
    successes(world, "M4", 20, 20)
    successes(world, "M5", 20, 20)
    for manager, scores in (("M1", (80, 90, 85)), ("M2", (80, 80, 80)), ("M3", (90, 90, 90)), ("M5", (99, 99, 99))):
        for score in scores:
            world.survey("2026-01-05", "retailer", score, manager=manager)
    world.survey("2026-01-05", "retailer", 99, manager="M4")  # one answer tells nothing
    world.survey("2026-01-05", "retailer", 99, manager="M4")
    world.survey("2025-09-30", "retailer", 99, manager="M4")  # a day before the twelve months
    world.survey("2026-01-05", "maker", 99, manager="M4")
    return world


def test_who_meets_every_criterion_is_nominated(team: World) -> None:
    rows = judged(team)
    assert rows.index[0] == "M1"
    assert rows["is_nominated"].to_dict() == {"M1": True, "M2": False, "M3": False, "M4": False, "M5": False}
    first = rows.loc["M1"]
    assert first["met"] == 4 and missing(first) == []
    assert (first["service"], first["service_met"]) == (3, True)  # on the third anniversary
    assert (first["strike"], first["strike_count"]) == (0.9, 40)
    assert first["top_third"] > 0.95 and first["top_third_count"] == 2  # customers
    assert (first["satisfaction"], first["satisfaction_threshold"], first["satisfaction_met"]) == (85, 85, True)


def test_what_is_missing_is_told_criterion_by_criterion(team: World) -> None:
    rows = judged(team)
    assert rows.loc["M2", "service"] == pytest.approx(2 + 364 / 365)
    assert missing(rows.loc["M2"]) == ["service", "top_third", "satisfaction"]  # 80 against the median of 80, 85, 90
    assert rows.loc["M2", "strike_met"] is True  # half is enough
    assert missing(rows.loc["M3"]) == ["top_third", "strike"]
    assert rows.loc["M3", "strike"] == 19 / 40


def test_years_of_service_are_full_years_and_the_part_that_has_passed_of_the_next(world: World) -> None:
    days = {"M1": "2017-03-18", "M2": "2024-02-29", "M3": "2026-10-01", "M4": None, "M5": "2026-09-30"}
    for manager, hired in days.items():
        world.manager(manager, team="T", hired_on=hired)
        world.customer(manager, manager=manager)
    served = judged(world)["service"]
    assert served["M1"] == pytest.approx(9 + 196 / 365)  # 18 March to 30 September
    assert served["M2"] == pytest.approx(2 + 214 / 365)  # from 28 February 2026
    assert served["M3"] == pytest.approx(-1 / 365)
    assert pd.isna(served["M4"]) and served["M5"] == 0
    leap = judged(world, scope=Scope(date(2026, 2, 1), date(2026, 2, 28)))["service"]
    assert leap["M2"] == 2


def test_no_data_is_neither_met_nor_missed(team: World) -> None:
    rows = judged(team)
    fourth = rows.loc["M4"]
    assert fourth["satisfaction_met"] is None and fourth["satisfaction_count"] == 2
    assert missing(fourth) == ["top_third", "satisfaction"]
    alone = rows.loc["M5"]
    assert alone["satisfaction"] == 99 and pd.isna(alone["satisfaction_threshold"])  # a team of one has no median
    assert alone["satisfaction_met"] is None


def test_without_surveys_hiring_dates_or_visits_nobody_is_nominated(team: World) -> None:
    team.connection.execute("delete from surveys")
    rows = judged(team)
    assert not rows["is_nominated"].any()
    assert rows["satisfaction_met"].isna().all()
    assert rows.loc["M1", "met"] == 3
    team.connection.execute("update managers set hired_on = null")
    assert judged(team)["service_met"].isna().all()
    team.connection.execute("delete from visits")
    bare = judged(team)
    assert bare[["top_third_met", "strike_met"]].isna().all(axis=None)
    assert (bare["met"] == 0).all()


def test_of_too_few_selling_visits_the_strike_rate_is_not_judged(team: World) -> None:
    rows = judged(team, replace(CRITERIA, fewest_attempts=41))
    assert rows["strike_met"].isna().all()
    assert rows["strike_count"].tolist() == [40] * 5


def test_who_left_or_looks_after_nobody_is_not_listed(team: World) -> None:
    team.manager("M9", team="T", hired_on="2001-01-01")
    team.connection.execute("update managers set left_on = '2026-09-30' where manager_id = 'M3'")
    team.connection.execute("update managers set left_on = '2026-10-01' where manager_id = 'M4'")
    assert sorted(judged(team).index) == ["M1", "M2", "M4", "M5"]


def test_a_scope_of_one_is_judged_against_the_whole_team(team: World) -> None:
    whole, one = judged(team).loc[["M1"]], judged(team, scope=SCOPE.narrow(manager="M1"))
    pd.testing.assert_frame_equal(one, whole)


def test_other_criteria_can_be_published(team: World) -> None:
    rows = judged(team, replace(CRITERIA, years=4, strike_rate=0.95, probability=1.0))
    assert missing(rows.loc["M1"])[:1] == ["service"]
    assert "strike" in missing(rows.loc["M1"])


def test_a_figure_that_managers_are_not_compared_by_is_named() -> None:
    with pytest.raises(UnknownCriterion, match="'gini'") as failure:
        replace(CRITERIA, figure="gini")
    assert "focus_distribution" in failure.value.hint
