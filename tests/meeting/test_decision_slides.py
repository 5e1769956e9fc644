"""Decisions on slides: looked back on as they were frozen, and made anew as they are now."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import etl
from meeting.deck import Slide
from meeting.decks import read_deck
from meeting.freezing import freeze
from meeting.paging import paged
from warehouse.decisions import Decision, Owner, close_decision, save_decision
from warehouse.meetings import Item, new_meeting
from warehouse.settings import Settings, load_settings

MONDAY = date(2026, 11, 30)
WEEK = timedelta(7)
NOVEMBER = {"period": ("custom",), "from": ("2026-11-01",), "to": ("2026-11-30",)}
OCTOBER = NOVEMBER | {"from": ("2026-10-01",), "to": ("2026-10-31",)}
AGENDA = (Item("last", "last_decisions"), Item("new", "new_decisions"))
SALES = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n1,1,2026-11-05,C1,S1,1,150\n"
SALE_MORE = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n2,1,2026-11-06,C1,S1,1,999\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Of a warehouse in which 150 were sold in November and 王小明 is a manager."""
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    (tmp_path / "managers.csv").write_text("manager_id,manager_name\nM1,王小明\n", encoding="utf-8")
    load(tmp_path, SALES)
    yield load_settings()


def load(folder: Path, sales: str) -> None:
    (folder / "sales.csv").write_text(sales, encoding="utf-8")
    etl.load([folder / "managers.csv", folder / "sales.csv"], warehouse=folder / "warehouse")


def decided(settings: Settings, name: str, **more: object) -> Decision:
    """A decision of the meeting a week before that 150 should become 200, due on this Monday."""
    one = Decision(
        name, "2026-11-23", MONDAY - WEEK, f"{name} by 王小明", Owner("M1"), MONDAY, "amount", OCTOBER, 100.0, 200.0
    )
    return save_decision(settings, replace(one, **more))  # type: ignore[arg-type]


def slides(settings: Settings, language: str = "en", names: str = "names") -> tuple[Slide, ...]:
    return read_deck(settings, "2026-11-30", language=language, names=names).slides


def test_what_a_meeting_looks_back_on_is_frozen_and_what_it_decides_is_live(settings: Settings, tmp_path: Path) -> None:
    for held_on in (MONDAY - WEEK, MONDAY):
        meeting = new_meeting(settings, held_on, title="", scope=NOVEMBER, agenda=AGENDA)
    decided(settings, "long done", state="done", closed_on=MONDAY - WEEK - timedelta(1))
    decided(settings, "done", state="done", closed_on=MONDAY - WEEK)
    decided(settings, "open")
    decided(settings, "late", due_on=MONDAY - timedelta(1), figure="strike_rate", baseline=None, goal=0.3)
    decided(settings, "of another day", decided_on=MONDAY + WEEK)
    frozen = freeze(settings, meeting, told=lambda *_: None, looks=(("en", "names"), ("zh", "codes")))
    last, new = slides(settings)
    (table, reasons) = last.blocks
    assert [field.title for field in table.fields] == [
        *("State", "Decision", "Owner", "Due", "Figure", "Then → now", "Goal")
    ]
    assert table.written == (
        ("Overdue", "late by 王小明", "王小明", "11-29", "Strike rate", "— → —", "30.0%"),
        ("Open", "open by 王小明", "王小明", "11-30", "Amount", "100 → 150", "200 · 50%"),
        ("Done", "done by 王小明", "王小明", "11-30", "Amount", "100 → 150", "200 · 50%"),
    )
    whole = ("Open", "open by 王小明", "王小明", "2026-11-30", "Amount", "100 → 150", "200, 50% of the way")
    assert table.rows[1] == whole
    assert last.finding == "Overdue 1 · Open 1 · Done 1" and not last.problem
    assert reasons.sentences[0].startswith("Strike rate: ")
    assert [one.name for one in last.definitions] == ["strike_rate", "amount"]
    assert dict(last.provenance) == {
        "Period": "2026-11-01 – 2026-11-30",
        "Version": "v000001",
        "Frozen at": frozen.frozen_at,
    }
    assert new.finding == "Nothing is decided yet." and not new.blocks
    hidden = json.dumps([slide.as_json() for slide in slides(settings, "zh", "codes")], ensure_ascii=False)
    assert "王小明" not in hidden and "late by M1" in hidden and "已逾期 1" in hidden

    load(tmp_path, SALE_MORE)
    close_decision(settings, decided(settings, "now", meeting_id="2026-11-30", decided_on=MONDAY), "done", MONDAY)
    again, new = slides(settings)
    assert again == last
    assert new.blocks[0].written == (("Done", "now by 王小明", "王小明", "11-30", "Amount", "100", "200"),)
    assert "王小明" not in json.dumps(slides(settings, "zh", "codes")[1].as_json(), ensure_ascii=False)


def test_a_first_meeting_looks_back_on_nothing_and_says_so(settings: Settings) -> None:
    meeting = new_meeting(settings, MONDAY, title="", scope=NOVEMBER, agenda=AGENDA)
    freeze(settings, meeting, told=lambda *_: None, looks=(("zh", "names"),))
    last, _new = slides(settings, "zh")
    assert (last.finding, last.blocks) == ("以往会议没有未完成的决议。", ())


def test_long_words_are_cut_on_the_slide_and_stand_whole_below(settings: Settings) -> None:
    meeting = new_meeting(settings, MONDAY, title="", scope=NOVEMBER, agenda=AGENDA)
    fits, long = "每人每周补铺十户以上直到月底", "把二季度以来两周未访的重点客户全部走一遍"
    decided(settings, "a", words=fits, figure="focus_distribution", baseline=0.31, goal=0.36)
    decided(settings, "b", words=f"{long}\n{long}", due_on=date(2027, 1, 5))
    freeze(settings, meeting, told=lambda *_: None, looks=(("zh", "names"), ("en", "names")))
    table, words, _reasons = slides(settings, "zh")[0].blocks
    assert [row[1] for row in table.written] == [fits, "把二季度以来两周未访的重点…"]
    assert words.sentences == (f"王小明: {long} {long}",)
    assert [row[3] for row in table.written] == ["11-30", "2027-01-05"]
    for language in ("zh", "en"):
        deck = paged(read_deck(settings, "2026-11-30", language=language, names="names"))
        assert [field.name for field in deck.slides[0].blocks[0].fields] == [field.name for field in table.fields]
