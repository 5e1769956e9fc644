"""Meetings: made, changed by several at once, and their frozen slides kept whole or not at all."""

from datetime import date
from pathlib import Path

import pytest

from warehouse.meetings import (
    LONGEST_TITLE,
    Item,
    Meeting,
    MeetingProblem,
    frozen_slides,
    keep_frozen,
    keep_position,
    meeting_of,
    meeting_on,
    meetings,
    new_meeting,
    next_day,
    next_meeting,
    position,
    save_meeting,
)
from warehouse.records import Overtaken, RecordsProblem
from warehouse.settings import Settings

MONDAY = date(2026, 11, 30)
ITEMS = (
    Item("first", page="overview", parameters={"area": ("东区", "<b>")}, keys=("headline",), note="说明"),
    Item("second", "last_decisions"),
    Item("third", "new_decisions"),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(records=tmp_path / "records.sqlite")


def made(settings: Settings, day: date = MONDAY) -> Meeting:
    return new_meeting(settings, day, title="周会", scope={"period": ("this_month",)}, agenda=ITEMS)


def order(meeting: Meeting) -> list[str]:
    return [item.slide_id for item in meeting.agenda]


def test_a_meeting_is_read_as_it_was_made(settings: Settings) -> None:
    meeting = made(settings)
    assert meeting_of(settings, "2026-11-30") == meeting
    assert (meeting.agenda, meeting.scope, meeting.title) == (ITEMS, {"period": ("this_month",)}, "周会")
    assert meeting.version > 0 and not meeting.frozen_at


def test_of_two_meetings_on_a_day_each_has_an_id_of_its_own(settings: Settings) -> None:
    made(settings)
    assert made(settings).meeting_id == "2026-11-30-2"
    found = meeting_on(settings, MONDAY)
    assert found is not None and found.meeting_id == "2026-11-30-2"
    assert meeting_on(settings, date(2026, 12, 1)) is None


def test_items_move_and_never_beyond_the_ends(settings: Settings) -> None:
    meeting = made(settings)
    assert order(meeting.moving("first", 1)) == ["second", "first", "third"]
    assert order(meeting.moving("third", -1)) == ["first", "third", "second"]
    assert order(meeting.moving("first", -1)) == order(meeting.moving("third", 1)) == ["first", "second", "third"]
    assert order(meeting.moving("nobody", 1)) == ["first", "second", "third"]
    assert order(meeting.without("second")) == ["first", "third"]


def test_what_is_added_stands_before_the_new_decisions(settings: Settings) -> None:
    meeting = made(settings)
    assert order(meeting.adding(Item("more"))) == ["first", "second", "more", "third"]
    assert order(meeting.without("third").adding(Item("more"))) == ["first", "second", "more"]


def test_an_item_keeps_its_words_and_its_place(settings: Settings) -> None:
    meeting = save_meeting(settings, made(settings).telling("second", title=" 标题 ", note="注"))
    assert (meeting.agenda[1].title, meeting.agenda[1].note, order(meeting)) == ("标题", "注", order(made(settings)))


def test_the_second_of_two_editors_is_told_and_writes_nothing(settings: Settings) -> None:
    meeting = made(settings)
    theirs = save_meeting(settings, meeting.without("first"))
    with pytest.raises(Overtaken) as told:
        save_meeting(settings, meeting.without("second"))
    assert told.value.theirs is not None and told.value.theirs["version"] == theirs.version
    assert meeting_of(settings, meeting.meeting_id) == theirs


def test_an_item_without_a_period_takes_the_meetings_scope_and_one_with_a_period_stands_by_itself() -> None:
    meeting = Meeting("m", MONDAY, scope={"period": ("last_week",), "area": ("A",)})
    assert meeting.parameters_of(Item("i", parameters={"view": ("vital",), "area": ("B",)})) == {
        "period": ("last_week",),
        "area": ("B",),
        "view": ("vital",),
    }
    pinned = Item("i", parameters={"period": ("quarter",)})
    assert meeting.parameters_of(pinned) == {"period": ("quarter",)}


@pytest.mark.parametrize(
    "values",
    [{"title": "x" * (LONGEST_TITLE + 1)}, {"agenda": (ITEMS[0], ITEMS[0])}],
    ids=["long title", "one id twice"],
)
def test_a_meeting_that_cannot_be_kept_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(MeetingProblem):
        Meeting("m", MONDAY, **values)  # type: ignore[arg-type]


def test_the_next_meeting_is_the_first_to_come_that_is_not_frozen(settings: Settings) -> None:
    assert next_day(settings, MONDAY) == MONDAY
    for day in (date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 14)):
        made(settings, day)
    found = next_meeting(settings, MONDAY)
    assert found is not None and found.meeting_id == "2026-12-07"
    keep_frozen(settings, found, {("first", "zh", "names"): "{}"}, version="v000001", at="2026-12-06 18:00")
    following = next_meeting(settings, MONDAY)
    assert following is not None and following.meeting_id == "2026-12-14"
    assert next_day(settings, MONDAY) == date(2026, 12, 21)
    assert next_day(settings, date(2027, 3, 1)) == date(2027, 3, 1)
    assert [meeting.meeting_id for meeting in meetings(settings)] == ["2026-12-14", "2026-12-07", "2026-11-23"]


def test_slides_are_frozen_all_or_none(settings: Settings) -> None:
    slides = {("first", "zh", "names"): "old one", ("second", "zh", "names"): "old two"}
    meeting = keep_frozen(settings, made(settings), slides, version="v000001", at="2026-11-29 18:00")
    broken: dict[tuple[str, str, str], str] = {("first", "zh", "names"): "new", ("second", "zh", "names"): None}  # type: ignore[dict-item]
    with pytest.raises(RecordsProblem):
        keep_frozen(settings, meeting, broken, version="v000002", at="2026-11-30 09:00")
    kept, contents = frozen_slides(settings, meeting.meeting_id, language="zh", names="names")
    assert (kept, sorted(contents)) == (meeting, ["old one", "old two"])
    with pytest.raises(MeetingProblem):
        frozen_slides(settings, meeting.meeting_id, language="en", names="names")
    with pytest.raises(MeetingProblem):
        frozen_slides(settings, "nobody's", language="zh", names="names")


def test_the_slide_that_is_presented_is_kept_for_those_who_follow(settings: Settings) -> None:
    assert position(settings, "2026-11-30") is None
    keep_position(settings, "2026-11-30", 4)
    keep_position(settings, "2026-11-30", 5)
    keep_position(settings, "another", 1)
    assert position(settings, "2026-11-30") == 5
