"""The page of the meeting: made and pinned to, edited by two at once, frozen from the screen, followed by link."""

import json
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
from meeting.deck import Slide
from meeting.decks import read_deck
from meeting.exports import EXPORTS
from meeting.freezing import EVERY_LOOK
from tests.pages.test_pages import opened, said
from ui.agenda import default_agenda
from warehouse.meetings import Item, Meeting, keep_frozen, keep_position, meeting_of, meetings, new_meeting, position
from warehouse.settings import Settings, load_settings

TODAY = date.today()
OCTOBER = {"from_": "2026-10-01", "to": "2026-10-31"}
HEADLINE = Item("headline", page="overview", parameters={"period": ("last_month",)}, keys=("headline",))
FREEZE_SECONDS = 120


@pytest.fixture(scope="module")
def one_sale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which one sale is recorded."""
    folder = tmp_path_factory.mktemp("one-sale")
    load(folder, "1,1,2026-10-05,C1,S1,1,100")
    return folder / "warehouse"


@pytest.fixture(autouse=True)
def small_warehouse(one_sale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same for the test's own."""
    st.cache_data.clear()
    warehouse = shutil.copytree(one_sale, tmp_path / "warehouse")
    monkeypatch.setenv("PINYU_WAREHOUSE", str(warehouse))
    yield warehouse
    st.cache_data.clear()


def load(folder: Path, line: str) -> None:
    header = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
    (folder / "sales.csv").write_text(f"{header}{line}\n", encoding="utf-8")
    etl.load([folder / "sales.csv"], warehouse=folder / "warehouse")


@pytest.fixture
def settings() -> Settings:
    return load_settings()


def made(settings: Settings, *items: Item) -> Meeting:
    return new_meeting(settings, TODAY, title="", scope={"period": ("this_month",)}, agenda=items)


def frozen_by_hand(settings: Settings, count: int = 3) -> Meeting:
    items = tuple(Item(f"s{number}") for number in range(count))
    slides = {
        (item.slide_id, *look): json.dumps(
            {"place": place, "kind": "view", "slide": Slide(item.slide_id, f"{look[1]} {place + 1}").as_json()}
        )
        for place, item in enumerate(items)
        for look in EVERY_LOOK
    }
    return keep_frozen(settings, made(settings, *items), slides, version="v000001", at="2026-11-29 18:00")


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception and not app.error
    return app


def test_a_pin_makes_the_next_meeting_and_puts_the_view_on_its_agenda(settings: Settings) -> None:
    assert "no meeting yet" in said(opened("meeting", lang="en"))
    app = click(opened(lang="en", names="codes", **OCTOBER), "pin_headline")
    assert app.toast[0].value == f"Pinned to the meeting of {TODAY}."
    (meeting,) = meetings(settings)
    assert [item.slide_id for item in meeting.agenda if item in default_agenda()] == [
        item.slide_id for item in default_agenda()
    ]
    pinned, last = meeting.agenda[-2:]
    assert (pinned.page, pinned.keys, last.kind) == ("overview", ("headline",), "new_decisions")
    assert pinned.parameters == {"period": ("custom",), "from": ("2026-10-01",), "to": ("2026-10-31",)}
    click(app, "pin_headline")
    assert app.toast[0].value == f"Already on the agenda of the meeting of {TODAY}."
    assert meetings(settings) == [meeting]
    assert (
        f"{TODAY} Weekly meeting" in app.switch_page("pages/meeting.py").run().selectbox(key="meeting_chosen").options
    )


def test_a_meeting_is_made_edited_and_its_words_are_no_markdown(settings: Settings) -> None:
    app = opened("meeting", lang="en")
    app.date_input(key="meeting_day").set_value(TODAY + timedelta(3))
    app.text_input(key="meeting_title").set_value("<img src=x onerror=alert(1)>")
    click(app, "meeting_make")
    (meeting,) = meetings(settings)
    assert (meeting.held_on, meeting.title) == (TODAY + timedelta(3), "<img src=x onerror=alert(1)>")
    click(app, "agenda_down_headline")
    click(app, "agenda_remove_brands")
    meeting = meeting_of(settings, meeting.meeting_id)
    assert [item.slide_id for item in meeting.agenda][:4] == ["last-decisions", "changed", "headline", "customers"]
    app.text_input(key=f"agenda_title_changed_{meeting.version}").set_value("**Why**")
    app.text_area(key=f"agenda_note_changed_{meeting.version}").set_value("[a](http://b)")
    click(app, "agenda_keep_changed")
    assert [(item.title, item.note) for item in meetings(settings)[0].agenda][1] == ("**Why**", "[a](http://b)")
    assert r"2. **\*\*Why\*\***" in said(app) and r"\[a\]\(http\://b\)" in said(app)


def test_the_second_of_two_who_edit_is_told_and_sees_what_the_first_did(settings: Settings) -> None:
    meeting = made(settings, Item("one"), Item("two"), Item("three"))
    first, second = opened("meeting", lang="en"), opened("meeting", lang="en")
    click(first, "agenda_remove_one")
    click(second, "agenda_down_two")
    assert "Somebody changed this meeting" in second.warning[0].value
    kept = meeting_of(settings, meeting.meeting_id)
    assert [item.slide_id for item in kept.agenda] == ["two", "three"]
    click(second, "agenda_down_two")
    assert not second.warning
    assert [item.slide_id for item in meeting_of(settings, meeting.meeting_id).agenda] == ["three", "two"]


def test_a_meeting_is_frozen_from_the_screen_and_a_load_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    meeting = made(settings, HEADLINE)
    app = click(opened("meeting", lang="en"), "freeze")
    until = time.monotonic() + FREEZE_SECONDS
    while not meeting_of(settings, meeting.meeting_id).frozen_at and time.monotonic() < until:
        time.sleep(0.2)
    while "Frozen to v000001" not in said(app) and time.monotonic() < until:
        app.run()
    assert not app.exception and not app.warning and app.button(key="present")
    deck = read_deck(settings, meeting.meeting_id, language="zh", names="codes")
    load(tmp_path, "2,1,2026-10-06,C1,S1,1,50")
    assert read_deck(settings, meeting.meeting_id, language="zh", names="codes") == deck
    assert deck.version == "v000001" and not deck.slides[0].problem


def test_a_freeze_that_fails_says_why_and_what_was_frozen_stands(settings: Settings, small_warehouse: Path) -> None:
    meeting = frozen_by_hand(settings)
    app = opened("meeting", lang="en")
    (small_warehouse / "current").rename(small_warehouse / "elsewhere")
    click(app, "freeze")
    job = app.session_state["freeze_job"]
    assert job.problem() is not None
    (small_warehouse / "elsewhere").rename(small_warehouse / "current")
    app.run()
    assert "what was frozen before stands" in app.warning[0].value and "Nothing has been loaded" in app.warning[0].value
    assert meeting_of(settings, meeting.meeting_id) == meeting


def test_a_frozen_meeting_is_taken_away_in_every_format(settings: Settings, files: list[bytes]) -> None:
    frozen_by_hand(settings)
    opened("meeting", lang="en", names="codes")
    assert len(files) == len(EXPORTS)
    assert all(b"codes 2" in content and b"names 2" not in content for content in files)


def test_who_opens_the_link_of_a_slide_follows_whoever_presents(settings: Settings) -> None:
    meeting = frozen_by_hand(settings)
    leader = click(opened("meeting", lang="en"), "present")
    assert position(settings, meeting.meeting_id) == 1
    assert leader.query_params["slide"] == "1" and leader.query_params["meeting"] == meeting.meeting_id
    follower = opened("meeting", lang="en", names="codes", slide="1", meeting=meeting.meeting_id)
    keep_position(settings, meeting.meeting_id, 3)
    assert follower.run().query_params["slide"] == "3"
    assert leader.run().query_params["slide"] == "1"
    follower.toggle(key="meeting_by_oneself").set_value(True).run()
    keep_position(settings, meeting.meeting_id, 2)
    assert follower.run().query_params["slide"] == "3"
    assert not follower.exception and not leader.exception


@pytest.mark.parametrize("slide", ["99", "²"])
def test_a_link_to_no_slide_and_no_meeting_opens_all_the_same(settings: Settings, slide: str) -> None:
    frozen_by_hand(settings)
    app = opened("meeting", lang="en", slide=slide, meeting="<b>")
    assert not app.exception and not app.error
    assert "slide" not in app.query_params  # it was one of a meeting that there is not
    assert "Frozen to v000001" in said(app)
