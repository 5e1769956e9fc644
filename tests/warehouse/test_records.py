"""What people write in the app: kept whole, never overwritten unseen, safe from a kill."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as checking
from hypothesis import strategies as st

import warehouse.records
from warehouse.launch_plans import (
    MOST_NAMES,
    MOST_TEXT,
    LaunchPlan,
    PlanProblem,
    launch_plan,
    plain_text,
    remove_plan,
    save_plan,
)
from warehouse.records import APPLICATION_ID, Overtaken, RecordsProblem, back_up, open_records, transaction
from warehouse.settings import ROOT, Settings

PLAN = LaunchPlan(
    "000123",
    date(2026, 9, 1),
    date(2026, 10, 31),
    offer="两条赠一条陈列架 <b>5 %</b>",
    areas=("城东", "城西"),
    channels=("便利店",),
    tier_bands=("11–15", "unknown"),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Records in a folder of the test's own, which is not there yet."""
    return Settings(records=tmp_path / "kept" / "records.sqlite")


def test_a_plan_is_read_as_it_was_written_and_a_second_save_takes_its_place(settings: Settings) -> None:
    assert launch_plan("000123", settings) is None
    first = save_plan(PLAN, settings)
    assert replace(first, version=0, changed_at="") == PLAN
    assert launch_plan("000123", settings) == first
    second = save_plan(replace(first, areas=()), settings)
    assert second.version > first.version
    assert launch_plan("000123", settings) == second
    assert launch_plan("123", settings) is None


def test_the_second_of_two_writers_is_told_and_overwrites_nothing(settings: Settings) -> None:
    seen = save_plan(PLAN, settings)
    theirs = save_plan(replace(seen, offer="theirs"), settings)
    with pytest.raises(Overtaken) as told:
        save_plan(replace(seen, offer="mine"), settings)
    assert told.value.theirs is not None and told.value.theirs["offer"] == "theirs"
    assert launch_plan("000123", settings) == theirs
    with pytest.raises(Overtaken):
        remove_plan(seen, settings)
    assert save_plan(replace(seen, offer="mine", version=theirs.version), settings).offer == "mine"


def test_two_who_write_the_first_plan_of_a_product_do_not_overwrite_each_other(settings: Settings) -> None:
    save_plan(replace(PLAN, offer="theirs"), settings)
    with pytest.raises(Overtaken):
        save_plan(replace(PLAN, offer="mine"), settings)


def test_a_plan_removed_and_written_anew_is_not_taken_for_the_old_one(settings: Settings) -> None:
    seen = save_plan(PLAN, settings)
    remove_plan(seen, settings)
    with pytest.raises(Overtaken) as told:
        save_plan(seen, settings)
    assert told.value.theirs is None
    save_plan(replace(PLAN, offer="anew"), settings)
    with pytest.raises(Overtaken):
        save_plan(seen, settings)


def test_many_writers_at_once_lose_no_save(settings: Settings) -> None:
    """Eight threads open a file that is not there yet and each append ten marks, trying again when overtaken."""

    def append(name: int) -> int:
        overtaken = 0
        for _ in range(10):
            while True:
                stands = launch_plan("000123", settings) or replace(PLAN, offer="")
                try:
                    save_plan(replace(stands, offer=f"{stands.offer}{name}"), settings)
                    break
                except Overtaken:
                    overtaken += 1
        return overtaken

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(8)))
    kept = launch_plan("000123", settings)
    assert kept is not None
    assert sorted(kept.offer) == sorted("01234567" * 10)
    assert kept.version == 80


def test_a_file_wanted_by_many_at_once_is_made_once(tmp_path: Path) -> None:
    """SQLite gives up at once, where it would wait elsewhere, when two choose a new file's log of changes together."""
    for number in range(20):
        settings = Settings(records=tmp_path / f"{number}" / "records.sqlite")
        with ThreadPoolExecutor(16) as pool:
            assert list(pool.map(lambda _, wanted=settings: launch_plan("000123", wanted), range(16))) == [None] * 16
        assert {path.name for path in settings.records.parent.iterdir()} <= {"records.sqlite", "records.lock"}


def test_an_empty_file_is_made_anew(settings: Settings) -> None:
    settings.records.parent.mkdir(parents=True)
    settings.records.touch()
    assert save_plan(PLAN, settings) == launch_plan("000123", settings)


HALF_SAVED = """
import sys, time
from pathlib import Path
from warehouse.records import open_records, transaction
from warehouse.settings import Settings
with open_records(Settings(records=Path(sys.argv[1]))) as connection, transaction(connection):
    connection.execute("pragma cache_size = 1")
    connection.execute("update launch_plans set offer = 'half', version = 99")
    print("written", flush=True)
    time.sleep(60)
"""

SAVES_FOREVER = """
import sys
from dataclasses import replace
from pathlib import Path
from warehouse.launch_plans import launch_plan, save_plan
from warehouse.settings import Settings
settings = Settings(records=Path(sys.argv[1]))
print("begun", flush=True)
while True:
    plan = launch_plan("000123", settings)
    save_plan(replace(plan, offer=str(plan.version), areas=(str(plan.version),) * 50), settings)
"""


def run_until(line: str, program: str, settings: Settings) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(settings.records)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline().strip() == line
    return process


def test_a_kill_in_the_middle_of_a_save_leaves_the_old_row(settings: Settings) -> None:
    kept = save_plan(PLAN, settings)
    process = run_until("written", HALF_SAVED, settings)
    assert launch_plan("000123", settings) == kept  # readers are not held up by a writer
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert launch_plan("000123", settings) == kept
    assert save_plan(replace(kept, offer="after"), settings).offer == "after"  # and the lock is gone


def test_kills_at_any_moment_leave_a_whole_row(settings: Settings) -> None:
    save_plan(PLAN, settings)
    moments, written = random.Random(4), set()
    for _ in range(5):
        process = run_until("begun", SAVES_FOREVER, settings)
        time.sleep(moments.uniform(0.02, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept = launch_plan("000123", settings)
        assert kept is not None
        assert kept == replace(PLAN, version=1, changed_at=kept.changed_at) or kept.areas == (kept.offer,) * 50
        written.add(kept.version)
    assert max(written) > 5


def test_a_copy_is_whole_while_others_write(settings: Settings, tmp_path: Path) -> None:
    kept = save_plan(PLAN, settings)
    process = run_until("written", HALF_SAVED, settings)
    try:
        copies = [back_up(settings, tmp_path / "backups") for _ in range(2)]
    finally:
        process.kill()
        process.wait()
    assert copies[0] != copies[1]
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {path.name for path in copies}
    for path in copies:
        assert launch_plan("000123", Settings(records=path)) == kept


def test_nothing_to_copy_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(RecordsProblem, match="no records"):
        back_up(settings, tmp_path)


def test_the_command_copies_and_says_where(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from warehouse.__main__ import program

    monkeypatch.setenv("PINYU_RECORDS", str(settings.records))
    nothing = CliRunner().invoke(program, ["backup", "--to", str(tmp_path)])
    assert nothing.exit_code == 1 and "no records" in nothing.output
    save_plan(PLAN, settings)
    done = CliRunner().invoke(program, ["backup", "--to", str(tmp_path / "copies")])
    assert done.exit_code == 0
    assert launch_plan("000123", Settings(records=next((tmp_path / "copies").iterdir()))) is not None


def test_a_file_that_is_not_ours_is_left_alone(settings: Settings) -> None:
    settings.records.parent.mkdir()
    settings.records.write_text("no database, but a letter " * 100, encoding="utf-8")
    with pytest.raises(RecordsProblem, match="cannot be used"):
        launch_plan("000123", settings)
    settings.records.unlink()
    with closing(sqlite3.connect(settings.records)) as other:
        other.execute("create table recipes (name text)")
    before = settings.records.read_bytes()
    with pytest.raises(RecordsProblem, match="another program's file"):
        save_plan(PLAN, settings)
    assert settings.records.read_bytes() == before


def test_a_file_of_a_newer_release_is_left_alone(settings: Settings) -> None:
    save_plan(PLAN, settings)
    with closing(sqlite3.connect(settings.records)) as connection:
        connection.execute("pragma user_version = 999")
    with pytest.raises(RecordsProblem, match="newer release"):
        launch_plan("000123", settings)


def test_a_file_of_an_earlier_release_takes_the_steps_it_lacks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = save_plan(PLAN, settings)
    steps = (*warehouse.records.MIGRATIONS, "create table more (id integer primary key) strict;")
    monkeypatch.setattr(warehouse.records, "MIGRATIONS", steps)
    assert launch_plan("000123", settings) == kept
    with open_records(settings) as connection:
        assert connection.execute("select count(*) from more").fetchone()[0] == 0
        assert connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"


def test_a_step_that_fails_leaves_the_file_as_it_was(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = save_plan(PLAN, settings)
    steps = warehouse.records.MIGRATIONS
    monkeypatch.setattr(warehouse.records, "MIGRATIONS", (*steps, "create table more (id integer); not sql;"))
    with pytest.raises(RecordsProblem, match="cannot be used"):
        launch_plan("000123", settings)
    monkeypatch.setattr(warehouse.records, "MIGRATIONS", steps)
    assert launch_plan("000123", settings) == kept


def test_a_writer_that_fails_leaves_nothing_behind(settings: Settings) -> None:
    kept = save_plan(PLAN, settings)
    with pytest.raises(ZeroDivisionError), open_records(settings) as connection, transaction(connection):
        connection.execute("delete from launch_plans")
        raise ZeroDivisionError
    assert launch_plan("000123", settings) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"covered_by": date(2026, 8, 31)},
        {"starts_on": date(1, 1, 1)},
        {"offer": "长" * (MOST_TEXT + 1)},
        {"areas": ("城东",) * (MOST_NAMES + 1)},
        {"channels": ("x" * 201,)},
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused_in_words(wrong: dict[str, object]) -> None:
    with pytest.raises(PlanProblem) as told:
        replace(PLAN, **wrong)  # type: ignore[arg-type]
    assert told.value.message and told.value.hint


def test_a_row_that_somebody_altered_by_hand_is_told_in_words(settings: Settings) -> None:
    save_plan(PLAN, settings)
    for column, value in (("areas", "城东"), ("areas", '{"a": 1}'), ("areas", "[1]"), ("starts_on", "tomorrow")):
        with open_records(settings) as connection:
            connection.execute("delete from launch_plans")
        save_plan(PLAN, settings)
        with open_records(settings) as connection:
            connection.execute(f"update launch_plans set {column} = ?", [value])
        with pytest.raises(PlanProblem, match="cannot be read"):
            launch_plan("000123", settings)


@checking(deadline=None, max_examples=40)  # each example waits for the disk
@given(st.text(max_size=MOST_TEXT), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_comes_back_without_what_cannot_be_seen(
    tmp_path_factory: pytest.TempPathFactory, offer: str, areas: list[str]
) -> None:
    settings = Settings(records=tmp_path_factory.getbasetemp() / "any" / "records.sqlite")
    sayable = tuple(area.encode("utf-8", "replace").decode("utf-8") for area in areas)
    stands = launch_plan("any", settings)
    plan = replace(PLAN, sku_id="any", offer=offer, areas=sayable, version=stands.version if stands else 0)
    saved = save_plan(plan, settings)
    assert saved == launch_plan("any", settings)
    assert saved.areas == sayable
    assert saved.offer == plain_text(offer)
    assert not set(saved.offer) & {"\x00", "\x1b", "\u202e", "\u200b", "\ufeff"}
