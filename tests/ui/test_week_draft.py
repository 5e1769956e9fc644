"""A week's visits while somebody edits them: what the editor reports becomes the new order."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.managers import week_editor
from ui.managers.week_draft import Visit, changed, in_order, lacks_customer, steps
from ui.managers.week_editor import Choices, Draft

MONDAY = date(2026, 11, 2)
TUESDAY = MONDAY + timedelta(1)
DAYS = {name: MONDAY + timedelta(number) for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri"))}
CUSTOMERS = {f"Shop {name} · {name}": name for name in "ABCDEFGH"}
WEEK = [Visit(MONDAY, "A"), Visit(MONDAY, "B"), Visit(MONDAY, "C"), Visit(TUESDAY, "D")]


def after(**changes: Any) -> list[tuple[date, str]]:
    return [(visit.day, visit.customer_id) for visit in changed(WEEK, changes, DAYS, CUSTOMERS)]


def test_each_day_is_numbered_from_one() -> None:
    assert steps(WEEK) == [1, 2, 3, 1]


def test_an_earlier_number_goes_before_and_a_later_one_after_who_had_it() -> None:
    assert [who for _day, who in after(edited_rows={2: {"step": 1}})] == ["C", "A", "B", "D"]
    assert [who for _day, who in after(edited_rows={0: {"step": 2}})] == ["B", "A", "C", "D"]
    assert [who for _day, who in after(edited_rows={0: {"step": 99}})] == ["B", "C", "A", "D"]


def test_a_visit_moved_to_another_day_comes_last_there_unless_numbered() -> None:
    assert after(edited_rows={0: {"day": "Tue"}})[-2:] == [(TUESDAY, "D"), (TUESDAY, "A")]
    assert after(edited_rows={0: {"day": "Tue", "step": 1}})[-2:] == [(TUESDAY, "A"), (TUESDAY, "D")]


def test_rows_are_removed_added_and_given_to_others() -> None:
    assert after(deleted_rows=[0, 3]) == [(MONDAY, "B"), (MONDAY, "C")]
    assert after(edited_rows={1: {"customer": "Shop H · H"}})[1] == (MONDAY, "H")
    assert after(added_rows=[{"day": "Tue", "customer": "Shop E · E"}])[-1] == (TUESDAY, "E")
    assert after(added_rows=[{"customer": "Shop E · E"}])[3] == (MONDAY, "E")
    assert after(added_rows=[{"day": "Mon", "customer": "Shop E · E", "step": 1}])[0] == (MONDAY, "E")


def test_nobody_is_visited_twice_on_a_day_but_may_be_on_two() -> None:
    assert after(added_rows=[{"day": "Mon", "customer": "Shop A · A"}]) == after()
    assert (TUESDAY, "A") in after(added_rows=[{"day": "Tue", "customer": "Shop A · A"}])


def test_words_that_stand_for_nothing_change_nothing() -> None:
    hostile = {"day": "Sun'; --", "customer": "Shop Z", "step": None}
    assert after(edited_rows={0: hostile}) == after()
    assert after(added_rows=[hostile, {}]) == after()


cells = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from([*DAYS, "?"]),
        "customer": st.sampled_from([*CUSTOMERS, "?"]),
        "step": st.one_of(st.none(), st.integers(-3, 99)),
    },
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(DAYS.values())), st.sampled_from("ABCDEFGH")), max_size=9, unique=True),
    st.dictionaries(st.integers(0, 8), cells),
    st.lists(cells, max_size=3),
    st.sets(st.integers(0, 8)),
)
def test_whatever_is_done_the_week_stays_a_week(
    start: list[tuple[date, str]], edited: dict[int, Any], added: list[Any], removed: set[int]
) -> None:
    visits = in_order([Visit(*one) for one in start])
    changes = {"edited_rows": edited, "added_rows": added, "deleted_rows": sorted(removed)}
    found = changed(visits, changes, DAYS, CUSTOMERS)
    assert len(set(found)) == len(found)
    assert [visit.day for visit in found] == sorted(visit.day for visit in found)
    untouched = {visit for place, visit in enumerate(visits) if place not in removed and place not in edited}
    assert untouched <= set(found)
    assert changed(found, {}, DAYS, CUSTOMERS) == found


def test_changes_that_a_browser_sends_twice_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first editor removes the first row, its changes come twice; then the next one removes another."""
    draft = Draft("M1", MONDAY, list(WEEK), None)
    choices = Choices(DAYS, CUSTOMERS)
    state = {"first": {"deleted_rows": [0]}, "second": {"deleted_rows": [0]}}
    monkeypatch.setattr(week_editor.st, "session_state", state)
    for _number in range(2):
        week_editor._apply(draft, 0, WEEK, "first", choices)
    assert draft.visits == WEEK[1:]
    week_editor._apply(draft, draft.edits, tuple(draft.visits), "second", choices)
    assert draft.visits == WEEK[2:]
    week_editor._apply(draft, 0, WEEK, "first", choices)  # too late
    assert draft.visits == WEEK[2:]


def test_all_changes_wait_while_a_row_has_no_customer(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft("M1", MONDAY, list(WEEK), None)
    choices = Choices(DAYS, CUSTOMERS)
    state: dict[str, Any] = {"first": {"deleted_rows": [0], "added_rows": [{"day": "Tue"}]}}
    monkeypatch.setattr(week_editor.st, "session_state", state)
    week_editor._apply(draft, 0, WEEK, "first", choices)
    assert lacks_customer(state["first"], CUSTOMERS)
    assert (draft.visits, draft.edits, draft.is_changed) == (WEEK, 0, False)
    state["first"]["added_rows"][0]["customer"] = "Shop E · E"
    week_editor._apply(draft, 0, WEEK, "first", choices)
    assert not lacks_customer(state["first"], CUSTOMERS)
    assert (draft.visits, draft.edits, draft.is_changed) == ([*WEEK[1:], Visit(TUESDAY, "E")], 1, True)


def test_an_added_row_that_is_removed_again_holds_nothing_up() -> None:
    assert not lacks_customer({"added_rows": [], "edited_rows": {0: {"customer": None}}}, CUSTOMERS)
