"""Goals as people write them, and decisions in words."""

from datetime import date

import pytest

from metrics import Scope
from metrics.decisions import Moved
from ui.decisions import (
    GoalProblem,
    People,
    goal_words,
    period_of,
    read_goal,
    short_goal,
    shown_state,
    state_words,
    then_and_now,
)
from ui.disguise import disguise
from ui.words import speaking
from warehouse.decisions import Decision, Owner

SATURDAY = date(2026, 11, 28)
PEOPLE = {"M1": "王小明", "M2": "Jane Smith"}


def decision(**more: object) -> Decision:
    stated = {"words": "Sell", "owner": Owner("M1"), "due_on": SATURDAY} | more
    return Decision("d", "m", date(2026, 11, 2), **stated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit", "goal"),
    [
        ("35%", "share", 0.35),
        (" 35.5 % ", "share", 0.355),
        ("３５％", "share", 0.35),
        ("0.35", "share", 0.35),
        ("1", "share", 1.0),
        ("0", "share", 0.0),
        ("-5%", "change", -0.05),
        ("+12%", "change", 0.12),
        ("105%", "share", 1.05),
        ("29%", "share", 0.29),
        ("1200", "money", 1200.0),
        ("1,200,000", "money", 1_200_000.0),
        ("120万", "money", 1_200_000.0),
        ("1.2亿", "money", 120_000_000.0),
        ("1.2M", "quantity", 1_200_000.0),
        ("3k", "count", 3_000.0),
        ("0.412", "index", 0.412),
        ("", "share", None),
        (" — ", "money", None),
    ],
)
def test_a_goal_is_read_as_people_write_it(text: str, unit: str, goal: float | None) -> None:
    with speaking("en"):
        assert read_goal(text, unit) == goal


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("35", "share"),  # 35 % or 3,500 %?
        ("much", "money"),
        ("12,00", "money"),
        ("35%", "money"),
        ("1e400", "money"),
        ("inf", "money"),
        ("nan%", "share"),
        ("=1+1", "count"),
        ("%", "share"),
        ("9" * 400, "money"),
        ("1 200", "money"),
        ("12万亿", "money"),  # two sizes: neither is meant alone
        ("3%%", "share"),
    ],
)
def test_what_is_no_goal_is_refused_and_how_to_write_it_is_told(text: str, unit: str) -> None:
    with speaking("en"), pytest.raises(GoalProblem) as told:
        read_goal(text, unit)
    assert told.value.hint.startswith("Write it as")


def test_a_figure_is_told_then_and_now_against_its_goal() -> None:
    one = decision(figure="strike_rate")
    with speaking("zh"):
        assert then_and_now(one, Moved(0.25, 0.3, 0.35)) == "25.0% → 30.0%"
        assert goal_words(one, Moved(0.25, 0.3, 0.35)) == "35.0%，已走完 50%"
        assert goal_words(one, Moved(0.25, 0.36, 0.35)) == "35.0%，已达成"
        assert goal_words(one, Moved(0.25, 0.2, 0.35)) == "35.0%，比当时更远"
        assert [short_goal(one, Moved(0.25, now, 0.35)) for now in (0.2, 0.3, 0.36, None)] == [
            *("35.0%", "35.0% · 50%", "35.0% ✓", "35.0%")
        ]
        assert then_and_now(one, Moved(None, None, 0.35)) == "— → —"
        assert goal_words(one, Moved(None, 0.4, 0.35)) == "35.0%"
        assert then_and_now(decision(figure="amount"), Moved(1_200_000, 900, None)) == "120万 → 900"
        assert then_and_now(decision(), None) == "" == goal_words(decision(), None)


def test_the_state_is_that_of_the_day() -> None:
    with speaking("en"):
        assert state_words(shown_state(decision(), SATURDAY)) == "Open"
        assert state_words(shown_state(decision(), date(2026, 11, 29))) == "Overdue"
        assert state_words(shown_state(decision(state="dropped", closed_on=SATURDAY), date(2026, 12, 1))) == "Dropped"


@pytest.mark.parametrize(
    ("way", "manager", "somebody", "text"),
    [
        ("names", "王小明", "Jane Smith", "王小明 visits"),
        ("initials", "王**", "J. S.", "王** visits"),
        ("codes", "M1", "M2", "M1 visits"),
    ],
)
def test_nobody_is_named_where_names_are_hidden(way: str, manager: str, somebody: str, text: str) -> None:
    hiding = disguise(PEOPLE if way != "names" else {}, way)
    called = {who: hiding.by_id.get(who, name) for who, name in PEOPLE.items()}
    people = People(called, hiding)
    assert people.owner(decision()) == manager
    assert people.owner(decision(owner=Owner(words="Jane Smith"))) == somebody
    assert people.owner(decision(owner=Owner("M9"))) == "M9"
    assert people.text("王小明 visits") == text


def test_the_period_of_a_meeting_is_that_of_its_parameters() -> None:
    assert period_of({"period": ("last_month",), "area": ("城区",)}, SATURDAY) == Scope(
        date(2026, 10, 1), date(2026, 10, 31)
    )
    custom = {"period": ("custom",), "from": ("2026-11-02",), "to": ("2026-11-08",)}
    assert period_of(custom, SATURDAY) == Scope(date(2026, 11, 2), date(2026, 11, 8))
    assert period_of({"period": ("ever",)}, SATURDAY) == Scope(date(2026, 11, 1), SATURDAY)
