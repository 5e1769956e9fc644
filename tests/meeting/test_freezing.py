"""Freezing: the figures of one version in every look, which nothing that comes later alters."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st

import etl
from meeting.deck import Deck
from meeting.decks import read_deck
from meeting.freezing import EVERY_LOOK, freeze, meeting_to_freeze
from ui.agenda import default_agenda, weekly_scope
from ui.blocks import Block
from ui.capture import Screen
from ui.disguise import WAYS
from warehouse.connection import NothingLoaded, latest_version
from warehouse.meetings import Item, Meeting, MeetingProblem, new_meeting, save_meeting
from warehouse.records import Overtaken
from warehouse.settings import Settings, load_settings

MONDAY = date(2026, 11, 30)
HEADLINE = Item("headline", page="overview", keys=("headline",), note="王小明 reports")
SALES = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
ONE_LOOK = (("en", "names"),)
VIEWS = [item for item in default_agenda() if item.kind == "view"]
Load = Callable[[str], None]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Load one line of sales more into a warehouse of the test's own, where 王小明 is a manager."""
    st.cache_data.clear()
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    (extracts / "managers.csv").write_text("manager_id,manager_name\nM1,王小明\n", encoding="utf-8")

    def add(line: str) -> None:
        (extracts / "sales.csv").write_text(SALES + line + "\n", encoding="utf-8")
        etl.load([extracts], warehouse=tmp_path / "warehouse")

    yield add
    st.cache_data.clear()


@pytest.fixture
def settings(load: Load) -> Settings:
    """Of a warehouse in which 100 were sold."""
    load("1,1,2026-10-05,C1,S1,1,100")
    return load_settings()


def made(settings: Settings, *items: Item) -> Meeting:
    scope = {"from": ("2026-10-01",), "to": ("2026-10-31",), "period": ("custom",)}
    return new_meeting(settings, MONDAY, title="", scope=scope, agenda=items)


def looks(settings: Settings) -> dict[tuple[str, str], Deck]:
    """The deck in every language and way of naming people."""
    return {look: deck_of(settings, *look) for look in EVERY_LOOK}


def deck_of(settings: Settings, language: str = "en", names: str = "names") -> Deck:
    return read_deck(settings, "2026-11-30", language=language, names=names)


def amount(deck: Deck) -> str:
    return deck.slides[0].blocks[0].tiles[0].value


def quiet(_done: int, _all: int, _what: str) -> None:
    """Nobody is told."""


def test_a_load_while_or_after_a_meeting_is_frozen_alters_no_figure(settings: Settings, load: Load) -> None:
    told: list[tuple[int, int, str]] = []

    def tell(done: int, slides: int, what: str) -> None:
        told.append((done, slides, what))
        if done == 1:
            load("2,1,2026-10-06,C1,S1,1,50")

    kept = freeze(settings, made(settings, HEADLINE), told=tell)
    frozen = looks(settings)
    assert {amount(deck) for deck in frozen.values()} == {"100"}
    assert (kept.frozen_version, latest_version(settings).name) == ("v000001", "v000002")
    assert (told[0], told[-1]) == ((0, 6, "zh names headline"), (5, 6, "en codes headline"))
    slide = frozen["zh", "names"].slides[0]
    assert dict(slide.provenance) == {
        "时间": "2026-10-01 – 2026-10-31",
        "数据截至": "2026-10-05",
        "数据版本": "v000001",
        "冻结于": kept.frozen_at,
    }
    assert [one.name for one in slide.definitions][:2] == ["amount", "target_attainment"]
    assert slide.title == "做得怎么样？" and frozen["en", "names"].slides[0].title == "Where do we stand?"
    notes = [frozen["en", names].slides[0].note for names in WAYS]
    assert notes == ["王小明 reports", "王** reports", "M1 reports"]
    load("3,1,2026-10-07,C1,S1,1,25")
    save_meeting(settings, replace(kept, agenda=()))
    assert looks(settings) == frozen


def test_a_freeze_that_fails_leaves_what_was_frozen_before(settings: Settings, load: Load) -> None:
    meeting = freeze(settings, made(settings, HEADLINE), told=quiet, looks=ONE_LOOK)
    frozen = deck_of(settings)
    load("2,1,2026-10-06,C1,S1,1,50")

    def meddle(done: int, _slides: int, _what: str) -> None:
        if done == 0:
            save_meeting(settings, meeting.telling("headline", title="Another", note=""))

    with pytest.raises(Overtaken):
        freeze(settings, meeting, told=meddle, looks=ONE_LOOK)
    assert deck_of(settings) == frozen


def test_what_a_slide_cannot_show_it_says(settings: Settings) -> None:
    items = (
        Item("gone", page="overview", keys=("no-such-chart",)),
        Item("nowhere", page="../app", keys=("headline",)),
        Item("elsewhere", page="overview", parameters={"area": ("<b>Atlantis</b>",)}, keys=("headline",)),
        Item("unheard", "no_such_kind"),
    )
    freeze(settings, made(settings, *items), told=quiet, looks=ONE_LOOK)
    slides = deck_of(settings).slides
    assert [slide.slide_id for slide in slides] == [item.slide_id for item in items]
    assert all(slide.problem and not slide.blocks for slide in slides)
    assert slides[2].problem == "Not known in this version: <b>Atlantis</b>"


def test_a_meeting_that_is_not_frozen_has_no_deck(settings: Settings) -> None:
    made(settings, HEADLINE)
    with pytest.raises(MeetingProblem):
        read_deck(settings, "2026-11-30", language="zh", names="names")


def test_the_meeting_of_a_day_is_made_where_there_is_none(settings: Settings, load: Load) -> None:
    meeting = meeting_to_freeze(settings, MONDAY, "Regional")
    assert (meeting.title, meeting.agenda, meeting.scope) == ("Regional", default_agenda(), {"period": ("last_month",)})
    assert meeting_to_freeze(settings, MONDAY, "Another") == meeting
    empty = settings.model_copy(update={"warehouse": settings.warehouse / "none"})
    with pytest.raises(NothingLoaded):
        meeting_to_freeze(empty, date(2026, 12, 7), "")


@pytest.mark.parametrize(
    ("day", "preset"),
    [
        ("2026-11-28", "this_month"),
        ("2026-11-08", "this_month"),  # Monday the 2nd to Sunday the 8th is a whole week
        ("2026-11-07", "last_month"),
        ("2026-11-01", "last_month"),  # a Sunday, but its week began in October
        ("2026-06-07", "this_month"),  # June began on a Monday
        ("2026-06-06", "last_month"),
    ],
)
def test_a_meeting_is_of_the_month_once_that_holds_a_whole_week(day: str, preset: str) -> None:
    assert weekly_scope(date.fromisoformat(day)) == {"period": (preset,)}


def test_every_view_of_the_default_agenda_is_there(
    sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(sample_warehouse))
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    screen = Screen(latest_version(load_settings()), language="en", names="codes")
    behind = Item(
        "behind",
        page="brand",
        parameters={"view": ("portfolio",)},
        keys=("behind-*",),
        selections={"portfolio-focus": {"cells": [[0, "numeric_distribution"]]}},
    )
    for item in (*VIEWS, behind):
        blocks = screen.shows(item.page, {"period": ["this_month"]} | dict(item.parameters), item.selections).of(
            item.keys
        )
        assert len(blocks) >= len(item.keys)
        assert all(Block.from_json(json.loads(json.dumps(block.as_json()))) == block for block in blocks)
