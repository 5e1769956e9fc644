"""Decisions among the records: kept whole, never over somebody else's, and there after the app was killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from warehouse.decisions import (
    Decision,
    DecisionProblem,
    Owner,
    close_decision,
    decision_of,
    decisions,
    new_decision_id,
    remove_decision,
    reopen_decision,
    save_decision,
)
from warehouse.records import Overtaken, save_record
from warehouse.settings import ROOT, Settings

MONDAY, DUE = date(2026, 11, 30), date(2026, 12, 7)
ENOUGH = 25
SAVING = """
import sys
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from warehouse.decisions import Decision, Owner, save_decision
from warehouse.settings import Settings

settings = Settings(records=Path(sys.argv[1]))
for number in count():
    one = Decision(f"d{number}", "m", date(2026, 11, 30), f"words {number}", Owner("M1"), date(2026, 12, 7))
    kept = save_decision(settings, one)
    kept = save_decision(settings, replace(kept, words=f"changed {number}"))
    print(kept.decision_id, kept.version, flush=True)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(records=tmp_path / "records.sqlite")


def decision(**changed: object) -> Decision:
    one = Decision("d1", "2026-11-30", MONDAY, "Visit the ten largest", Owner("M1"), DUE)
    return replace(one, **changed)  # type: ignore[arg-type]


def test_a_decision_comes_back_as_it_was_kept(settings: Settings) -> None:
    scope = {"period": ("custom",), "from": ("2026-11-01",), "to": ("2026-11-29",), "area": ("城区", "<b>")}
    one = decision(
        words="=1+1 <img onerror>",
        owner=Owner(words="Office, “二科”"),
        figure="strike_rate",
        scope=scope,
        baseline=0.1 + 0.2,
    )
    kept = save_decision(settings, replace(one, goal=0.35))
    assert (kept.version, kept.baseline, kept.goal) == (1, 0.1 + 0.2, 0.35)
    assert decision_of(settings, "d1") == kept == replace(one, goal=0.35, version=1, changed_at=kept.changed_at)
    with pytest.raises(DecisionProblem, match="no decision"):
        decision_of(settings, "d2")


def test_marks_that_cannot_be_seen_are_not_kept(settings: Settings) -> None:
    kept = save_decision(settings, decision(words="拜访\u202e前\x1b[31m十", owner=Owner(words="王\u200b\x00")))
    assert (kept.words, kept.owner.words) == ("拜访前[31m十", "王")
    with pytest.raises(DecisionProblem, match="needs words"):
        decision(words="\u200b\x00")


def test_it_is_done_dropped_reopened_and_removed(settings: Settings) -> None:
    kept = save_decision(settings, decision())
    done = close_decision(settings, kept, "done", DUE)
    assert (done.state, done.closed_on, done.was_on_time) == ("done", DUE, True)
    again = reopen_decision(settings, done)
    assert (again.state, again.closed_on) == ("open", None)
    late = close_decision(settings, again, "done", date(2026, 12, 8))
    assert not late.was_on_time
    dropped = close_decision(settings, reopen_decision(settings, late), "dropped", MONDAY)
    assert (dropped.state, dropped.was_on_time) == ("dropped", False)
    remove_decision(settings, dropped)
    assert decisions(settings) == []


def test_it_is_overdue_from_the_day_after_it_was_due_while_it_is_open() -> None:
    assert [decision().is_overdue(day) for day in (DUE, date(2026, 12, 8))] == [False, True]
    assert not decision(state="done", closed_on=DUE).is_overdue(date(2026, 12, 8))


def test_the_second_of_two_who_save_overwrites_nothing_and_is_given_theirs(settings: Settings) -> None:
    kept = save_decision(settings, decision())
    theirs = save_decision(settings, replace(kept, words="Theirs"))
    for save in (
        lambda: save_decision(settings, replace(kept, words="Mine")),
        lambda: close_decision(settings, kept, "done", DUE),
        lambda: remove_decision(settings, kept),
        lambda: save_decision(settings, decision(words="As if new")),
    ):
        with pytest.raises(Overtaken) as told:
            save()
        assert told.value.theirs is not None and told.value.theirs["words"] == "Theirs"
    assert decisions(settings) == [theirs]
    remove_decision(settings, theirs)
    with pytest.raises(Overtaken) as told:
        save_decision(settings, kept)
    assert told.value.theirs is None


@pytest.mark.parametrize(
    "changed",
    [
        {"words": " "},
        {"words": "x" * 501},
        {"owner": Owner()},
        {"owner": Owner(words="x" * 61)},
        {"goal": float("nan")},
        {"baseline": float("inf")},
        {"state": "done"},
        {"closed_on": DUE},
        {"state": "lost", "closed_on": DUE},
    ],
)
def test_what_cannot_be_a_decision_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DecisionProblem):
        decision(**changed)


@pytest.mark.parametrize("broken", [{"owner": "M1"}, {"due_on": "soon"}, {"scope": "[1]"}, {"goal": "much"}])
def test_a_row_that_cannot_be_read_is_named(settings: Settings, broken: dict[str, str]) -> None:
    save_record(settings, "decisions", decision().row | broken, version=0)
    with pytest.raises(DecisionProblem, match="kept as d1"):
        decisions(settings)


def test_those_due_first_come_first_and_no_two_ids_are_the_same(settings: Settings) -> None:
    for name, due in (("d1", DUE), ("d2", MONDAY)):
        save_decision(settings, decision(decision_id=name, due_on=due))
    assert [one.decision_id for one in decisions(settings)] == ["d2", "d1"]
    assert len({new_decision_id() for _ in range(100)}) == 100


def test_every_save_that_was_acknowledged_is_there_after_the_app_was_killed(settings: Settings) -> None:
    acknowledged: dict[str, int] = {}
    for _ in range(2):
        settings.records.unlink(missing_ok=True)
        for beside in settings.records.parent.glob("records.sqlite-*"):
            beside.unlink()
        child = subprocess.Popen(
            [sys.executable, "-c", SAVING, str(settings.records)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(ENOUGH)]
        os.kill(child.pid, signal.SIGKILL)
        lines += child.stdout.readlines()
        child.wait()
        # The last line may have been cut by the kill.
        acknowledged = {
            name: int(version) for name, version in map(str.split, filter(lambda line: line[-1:] == "\n", lines))
        }
        assert child.returncode == -signal.SIGKILL and len(acknowledged) >= ENOUGH
        with closing(sqlite3.connect(settings.records)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        kept = {one.decision_id: one for one in decisions(settings)}
        assert all(kept[name].version == version for name, version in acknowledged.items())
        assert all(kept[name].words == f"changed {name[1:]}" for name in acknowledged)
        assert 0 <= len(kept) - len(acknowledged) <= 1
