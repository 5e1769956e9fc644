"""A week planned by hand: kept whole, never overwritten unseen, refused in words where it cannot be."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from warehouse.records import Overtaken, open_records
from warehouse.settings import Settings
from warehouse.week_plans import MOST_VISITS, WeekPlan, WeekProblem, save_week, week_plan

MONDAY = date(2026, 11, 2)
PLAN = WeekPlan(
    "M001", MONDAY, ((date(2026, 11, 3), "000123"), (date(2026, 11, 2), '客户"; drop table week_plans; --'))
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Records in a folder of the test's own, which is not there yet."""
    return Settings(records=tmp_path / "kept" / "records.sqlite")


def test_a_week_is_read_as_it_was_kept_in_its_order_and_for_its_manager_and_monday_alone(settings: Settings) -> None:
    assert week_plan("M001", MONDAY, settings) is None
    kept = save_week(PLAN, settings)
    assert replace(kept, version=0, changed_at="") == PLAN
    assert week_plan("M001", MONDAY, settings) == kept
    assert week_plan("M002", MONDAY, settings) is None
    assert week_plan("M001", date(2026, 11, 9), settings) is None
    shorter = save_week(replace(kept, visits=kept.visits[:1]), settings)
    assert shorter.version > kept.version and week_plan("M001", MONDAY, settings) == shorter


def test_the_second_of_two_who_plan_the_same_week_is_told(settings: Settings) -> None:
    seen = save_week(PLAN, settings)
    save_week(replace(seen, visits=()), settings)
    with pytest.raises(Overtaken) as told:
        save_week(replace(seen, visits=seen.visits[:1]), settings)
    assert told.value.theirs is not None and told.value.theirs["visits"] == "[]"


@pytest.mark.parametrize(
    "wrong",
    [
        {"visits": ((date(2026, 11, 9), "A"),)},
        {"visits": ((date(2026, 11, 1), "A"),)},
        {"monday": date(2026, 11, 3), "visits": ()},
        {"visits": ((MONDAY, ""),)},
        {"visits": ((MONDAY, "A"),) * (MOST_VISITS + 1)},
    ],
)
def test_a_week_that_cannot_be_is_refused_in_words(wrong: dict[str, object]) -> None:
    with pytest.raises(WeekProblem) as told:
        replace(PLAN, **wrong)  # type: ignore[arg-type]
    assert told.value.message and told.value.hint


@pytest.mark.parametrize("text", ["{}", "[1]", '[["2026-11-03"]]', '[["soon", "A"]]', "[", "null"])
def test_a_week_that_somebody_altered_by_hand_is_told_in_words(settings: Settings, text: str) -> None:
    save_week(PLAN, settings)
    with open_records(settings) as connection:
        connection.execute("update week_plans set visits = ?", [text])
    with pytest.raises(WeekProblem, match="cannot be read"):
        week_plan("M001", MONDAY, settings)
