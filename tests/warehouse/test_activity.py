"""What was looked into: counted once a day, by several writers at once, lost by nothing."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

import etl
import warehouse.records
from warehouse.activity import Activity, record_activity, recorded_activity
from warehouse.launch_plans import LaunchPlan, launch_plan, launch_plans, save_plan
from warehouse.records import RecordsProblem, back_up, open_records
from warehouse.settings import ROOT, Settings

OPENED = Activity(date(2026, 11, 3), "sheet_opened", "M1", "customer", "2026-10")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Records in a folder of the test's own, which is not there yet."""
    return Settings(records=tmp_path / "kept" / "records.sqlite")


def test_an_activity_speaks_for_the_month_of_its_day_and_changes_none_that_is_over(settings: Settings) -> None:
    record_activity([OPENED], settings)
    assert recorded_activity("2026-11", settings).activities == (OPENED,)
    assert recorded_activity("2026-10", settings).activities == ()  # which it looked back at
    assert recorded_activity("2026-12", settings).activities == ()
    assert recorded_activity("%", settings).activities == recorded_activity("2026-1", settings).activities == ()


def test_the_same_on_one_day_counts_once_and_on_another_day_again(settings: Settings) -> None:
    again = Activity(OPENED.day + timedelta(1), OPENED.what, "M1", "customer", "2026-10")
    for _ in range(3):
        record_activity([OPENED, OPENED], settings)
    record_activity([again], settings)
    assert recorded_activity("2026-11", settings).activities == (OPENED, again)


def test_it_is_told_since_when_activities_are_recorded(settings: Settings) -> None:
    before = date.today()
    assert before <= recorded_activity("2026-11", settings).since <= date.today()


WRITES = """
import sys
from datetime import date, timedelta
from pathlib import Path
from warehouse.activity import Activity, record_activity
from warehouse.settings import Settings
settings = Settings(records=Path(sys.argv[1]))
for number in range(60):
    day = date(2026, 10, 1) + timedelta(number % 30)
    record_activity([
        Activity(day, "sheet_opened", "both", "market", "2026-10"),
        Activity(day, "list_exported", sys.argv[2], "brand", "2026-10"),
    ], settings)
"""


def test_two_processes_that_write_at_once_lose_nothing_and_count_nothing_twice(settings: Settings) -> None:
    """Both make the file, write the same thirty rows twice over, and thirty of their own."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITES, str(settings.records), name], cwd=ROOT) for name in ("a", "b")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    found = recorded_activity("2026-10", settings).activities
    assert sorted(each.manager_id for each in found) == ["a"] * 30 + ["b"] * 30 + ["both"] * 30


def test_a_load_leaves_what_was_recorded(settings: Settings, tmp_path: Path) -> None:
    record_activity([OPENED], settings)
    extract = tmp_path / "managers.csv"
    extract.write_text("manager_id,manager_name\nM1,Ann\n", encoding="utf-8")
    etl.load([extract], warehouse=settings.records.parent, settings=settings)
    assert recorded_activity("2026-11", settings).activities == (OPENED,)


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordsProblem, match="cannot be used"):
        record_activity([OPENED], Settings(records=tmp_path / "file" / "records.sqlite"))


def test_a_row_that_somebody_altered_by_hand_is_told_in_words(settings: Settings) -> None:
    record_activity([OPENED], settings)
    with open_records(settings) as connection:
        connection.execute("update activity set day = '2026-10-32'")
    with pytest.raises(RecordsProblem, match="cannot be read"):
        recorded_activity("2026-10", settings)


def test_records_of_the_release_before_keep_their_plans_and_take_activities(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(warehouse.records, "MIGRATIONS", warehouse.records.MIGRATIONS[:1])
        plan = save_plan(LaunchPlan("S1", date(2026, 9, 1), date(2026, 9, 30)), settings)
    record_activity([OPENED], settings)
    assert launch_plan("S1", settings) == plan
    assert recorded_activity("2026-11", settings).activities == (OPENED,)


def test_a_copy_holds_the_activities(settings: Settings, tmp_path: Path) -> None:
    record_activity([OPENED], settings)
    copy = back_up(settings, tmp_path / "backups")
    assert recorded_activity("2026-11", Settings(records=copy)).activities == (OPENED,)


def test_all_launch_plans_are_read_by_product(settings: Settings) -> None:
    assert launch_plans(settings) == []
    kept = [save_plan(LaunchPlan(sku, date(2026, 9, 1), date(2026, 9, 30)), settings) for sku in ("S2", "S1")]
    assert launch_plans(settings) == kept[::-1]
