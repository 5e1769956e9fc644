"""Decisions on the page of the meeting: made, edited by two at once, carried out, and looked back on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
from metrics import Scope
from pages.preparing.shared_figures import figures_of, meeting_period
from tests.pages.test_meeting import click
from tests.pages.test_pages import WAIT_SECONDS, said
from warehouse.decisions import Decision, Owner, decisions, save_decision
from warehouse.meetings import Meeting, keep_frozen, new_meeting
from warehouse.settings import ROOT, Settings, load_settings

TODAY = date.today()
NOVEMBER = {"period": ("custom",), "from": ("2026-11-01",), "to": ("2026-11-30",)}
OCTOBER_OF_EAST = NOVEMBER | {"from": ("2026-10-01",), "to": ("2026-10-31",), "area": ("East",)}
EXTRACTS = {
    "managers": "manager_id,manager_name\nM1,王小明\nM2,李四\n",
    "customers": "customer_id,manager_id,area\nC1,M1,East\nC2,M2,West\n",
    "sales": "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
    "1,1,2026-10-05,C1,S1,1,100\n2,1,2026-11-05,C1,S1,1,150\n3,1,2026-11-06,C2,S1,1,1000\n",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse in which East sold 100 in October and 150 in November; what is cached of it stays true throughout."""
    st.cache_data.clear()
    folder = tmp_path_factory.mktemp("office")
    for name, text in EXTRACTS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    etl.load(sorted(folder.glob("*.csv")), warehouse=folder / "warehouse")
    yield folder / "warehouse"
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def own_warehouse(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(office))


@pytest.fixture
def settings() -> Settings:
    return load_settings()


@pytest.fixture
def meeting(settings: Settings) -> Meeting:
    return new_meeting(settings, TODAY, title="", scope=NOVEMBER, agenda=())


def earlier(settings: Settings, **more: object) -> Decision:
    """A decision of a week ago that East should reach 200, due yesterday."""
    one = Decision(
        "d1",
        "before",
        TODAY - timedelta(7),
        "王小明 sells in <b>East</b>",
        Owner("M1"),
        TODAY - timedelta(1),
        "amount",
        OCTOBER_OF_EAST,
        100.0,
        200.0,
    )
    return save_decision(settings, replace(one, **more))  # type: ignore[arg-type]


def opened(**parameters: str) -> AppTest:
    """The page of the meeting as a link opens it, without any page before it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT_SECONDS).switch_page("pages/meeting.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def new_key(app: AppTest) -> str:
    return f"decision_{app.session_state['decision_next_id']}_0"


def test_a_decision_is_made_with_the_scope_of_the_pages_over_the_days_of_the_meeting(
    settings: Settings, meeting: Meeting
) -> None:
    app = opened(lang="en", area="East")
    key = new_key(app)
    app.text_area(key=f"{key}_words").set_value("Sell more")
    app.selectbox(key=f"{key}_manager").set_value("M1").run()
    app.selectbox(key=f"{key}_figure").set_value("amount").run()
    assert "it is 150 there" in said(app) and r"Area\: East" in said(app)
    app.text_input(key=f"{key}_goal_amount").set_value("lots")
    click(app, "decision_keep_new")
    assert "“lots” is no goal" in app.warning[0].value and decisions(settings) == []
    assert app.text_area(key=f"{key}_words").value == "Sell more"
    app.text_input(key=f"{key}_goal_amount").set_value("1.2万")
    click(app, "decision_keep_new")
    (kept,) = decisions(settings)
    assert (kept.words, kept.owner, kept.meeting_id, kept.decided_on) == ("Sell more", Owner("M1"), str(TODAY), TODAY)
    assert (kept.figure, kept.baseline, kept.goal, kept.due_on) == ("amount", 150.0, 12_000.0, TODAY + timedelta(7))
    assert kept.scope == NOVEMBER | {"area": ("East",)}
    assert new_key(app) != key and "Of this meeting" in said(app)
    app.text_area(key=f"{new_key(app)}_words").set_value("Ask the office")
    click(app, "decision_keep_new")
    assert "Fill in both" in app.warning[0].value
    app.text_input(key=f"{new_key(app)}_somebody").set_value("The office")
    click(app, "decision_keep_new")
    owners = {one.words: (one.owner, one.figure, one.goal) for one in decisions(settings)}
    assert owners["Ask the office"] == (Owner(words="The office"), "", None) and len(owners) == 2


def test_an_earlier_decision_is_shown_then_and_now_and_its_words_are_no_markup(
    settings: Settings, meeting: Meeting
) -> None:
    earlier(settings)
    app = opened(lang="en")
    words = said(app)
    assert "Overdue" in words and r"**王小明 sells in \<b\>East\</b\>** 王小明" in words
    assert "Amount · 100 → 150 · Goal 200, 50% of the way" in words
    hidden = opened(lang="en", names="codes")
    assert "王小明" not in said(hidden) and r"**M1 sells in" in said(hidden)
    assert not [
        one
        for one in (*hidden.text_area, *hidden.selectbox)
        if "王小明" in str(one.value) + str(getattr(one, "options", ""))
    ]
    assert "王小明" not in "".join(str(frame.value) for frame in hidden.dataframe)


def test_where_the_figure_has_no_data_now_the_reason_is_told(settings: Settings, meeting: Meeting) -> None:
    earlier(settings, figure="strike_rate", baseline=0.2, goal=0.3)
    words = said(opened(lang="zh"))
    assert r"20.0% → — · 目标 30.0%" in words and "拜访" in words.split("20.0% → —")[1].split("\n")[0]


def test_a_decision_is_done_reopened_dropped_and_removed(settings: Settings, meeting: Meeting) -> None:
    earlier(settings)
    app = click(opened(lang="en"), "decision_done_d1")
    assert (decisions(settings)[0].state, decisions(settings)[0].closed_on) == ("done", TODAY)
    owners = app.dataframe[0].value
    assert owners.iloc[0].tolist()[:7] == ["王小明", 1, 0, 0, 1, 0, 0.0]  # done, a day late
    click(app, "decision_reopen_d1")
    assert decisions(settings)[0].state == "open"
    click(app, "decision_drop_d1")
    assert decisions(settings)[0].state == "dropped"
    click(app, "decision_remove_d1")
    assert decisions(settings) == [] and not app.dataframe


def test_the_second_of_two_who_edit_is_told_with_theirs_and_overwrites_nothing(
    settings: Settings, meeting: Meeting
) -> None:
    one = earlier(settings)
    first, second = opened(lang="en"), opened(lang="en")
    field = f"decision_d1_{one.version}_words"
    first.text_area(key=field).set_value("Theirs *now*")
    click(first, "decision_keep_d1")
    second.text_area(key=field).set_value("Mine [link](http://x)")
    click(second, "decision_keep_d1")
    told = second.warning[0].value
    assert "Somebody changed this decision" in told and r"Theirs \*now\* · 王小明" in told
    assert r"Yours was not kept: Mine \[link\]\(http\://x\)" in told
    (kept,) = decisions(settings)
    assert (kept.words, kept.baseline, kept.goal, kept.scope) == ("Theirs *now*", 100.0, 200.0, OCTOBER_OF_EAST)
    click(first, "decision_remove_d1")
    click(second, "decision_done_d1")
    assert second.warning[0].value == "Somebody removed this decision meanwhile." and decisions(settings) == []


def test_another_figure_of_a_decision_is_asked_over_the_days_of_the_old(settings: Settings, meeting: Meeting) -> None:
    one = earlier(settings)
    app = opened(lang="en")
    key = f"decision_d1_{one.version}"
    assert app.text_input(key=f"{key}_goal_amount").value == "200"
    app.selectbox(key=f"{key}_figure").set_value("active_customers").run()
    app.text_input(key=f"{key}_goal_active_customers").set_value("1")
    click(app, "decision_keep_d1")
    assert "The goal is where the figure is already." in app.warning[0].value
    app.text_input(key=f"{key}_goal_active_customers").set_value("3")
    click(app, "decision_keep_d1")
    (kept,) = decisions(settings)
    assert (kept.figure, kept.baseline, kept.goal) == ("active_customers", 1.0, 3.0)  # C1 in October


def test_figures_of_a_frozen_meeting_stay_those_of_its_version_and_its_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    settings, late = load_settings(), tmp_path / "sales.csv"
    late.write_text(EXTRACTS["sales"], encoding="utf-8")
    etl.load([late], warehouse=settings.warehouse)
    made = new_meeting(settings, date(2026, 11, 9), title="", scope={"period": ("this_month",)}, agenda=())
    frozen = keep_frozen(settings, made, {}, version="v000001", at="2026-11-09 18:00")
    late.write_text(f"{EXTRACTS['sales'].splitlines()[0]}\n4,1,2026-11-07,C1,S1,1,50\n5,1,2026-12-01,C1,S1,1,7\n")
    etl.load([late], warehouse=settings.warehouse)
    month = Scope(date(2026, 11, 1), date(2026, 11, 9))
    assert meeting_period(frozen) == month and figures_of(frozen)("amount", month) == 1150
    assert meeting_period(made) != month and figures_of(made)("amount", month) == 1200
    (settings.warehouse / "v000001.duckdb").unlink()  # as when it is one too many to keep
    assert meeting_period(frozen) == month and figures_of(frozen)("amount", month) == 1200
