"""Versions: nobody waits, nothing is lost, and a killed load leaves what was there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from etl import create_tables
from warehouse.connection import NothingLoaded, latest_version, reading_cursor
from warehouse.errors import PinyuError
from warehouse.settings import ROOT, Settings
from warehouse.versions import current_version, new_version, point_to, versions
from warehouse.writing import LOCK, LoadInProgress


def publish(folder: Path, number: int, keep: int = 5) -> None:
    """A version whose table t holds one number."""
    with new_version(folder, keep=keep) as draft:
        create_tables(draft.connection)
        draft.connection.execute("create or replace table t as select ?::integer as number", [number])
        draft.publish()


def number_in(folder: Path) -> int:
    """The number that a reader of now finds."""
    settings = Settings(warehouse=folder)
    row = reading_cursor(latest_version(settings), settings).execute("select number from t").fetchone()
    assert row is not None
    return int(row[0])


def test_a_reader_keeps_its_version_and_the_next_one_sees_the_new(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    settings = Settings(warehouse=tmp_path)
    held = reading_cursor(latest_version(settings), settings)
    publish(tmp_path, 2)
    assert held.execute("select number from t").fetchone() == (1,)
    assert number_in(tmp_path) == 2


def test_a_load_starts_from_what_is_there(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with new_version(tmp_path) as draft:
        assert draft.connection.execute("select number from t").fetchone() == (1,)


def test_a_draft_that_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with pytest.raises(ZeroDivisionError), new_version(tmp_path) as draft:
        draft.connection.execute("drop table t")
        raise ZeroDivisionError
    assert number_in(tmp_path) == 1
    assert not list(tmp_path.glob("draft-*"))


def test_old_versions_are_kept_by_number_and_the_current_one_always(tmp_path: Path) -> None:
    for number in range(1, 5):
        publish(tmp_path, number, keep=3)
    assert [version.name for version in versions(tmp_path)] == ["v000002", "v000003", "v000004"]
    point_to(tmp_path, versions(tmp_path)[0])
    assert number_in(tmp_path) == 2
    publish(tmp_path, 5, keep=1)  # goes on from version 2, which is no longer current
    assert [version.name for version in versions(tmp_path)] == ["v000005"]


def test_a_load_killed_in_the_middle_changes_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    script = (
        "import pathlib, sys, time\n"
        "from warehouse.versions import new_version\n"
        "with new_version(pathlib.Path(sys.argv[1])) as draft:\n"
        "    draft.connection.execute('create or replace table t as select 99 as number')\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
    )
    load = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert load.stdout is not None and load.stdout.readline() == b"writing\n"
    os.kill(load.pid, signal.SIGKILL)
    load.wait()
    assert list(tmp_path.glob("draft-*"))
    assert number_in(tmp_path) == 1
    publish(tmp_path, 2)
    assert number_in(tmp_path) == 2
    assert not list(tmp_path.glob("draft-*"))


def test_a_second_load_says_that_another_is_at_work(tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / LOCK),
        pytest.raises(LoadInProgress, match="Another load"),
        new_version(tmp_path, wait_seconds=0.1),
    ):
        pytest.fail("two loads at once")


def test_nothing_loaded_and_a_broken_pointer_are_told(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match="Nothing has been loaded"):
        latest_version(Settings(warehouse=tmp_path))
    (tmp_path / "current").write_text("../../etc/passwd")
    with pytest.raises(PinyuError, match="not a version"):
        current_version(tmp_path)


def test_readers_can_neither_write_nor_touch_other_files(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    (tmp_path / "secret.csv").write_text("a\n1\n")
    settings = Settings(warehouse=tmp_path)
    cursor = reading_cursor(latest_version(settings), settings)
    for statement in (
        "drop table t",
        f"select * from read_csv('{tmp_path / 'secret.csv'}')",
        "install httpfs",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(statement)
