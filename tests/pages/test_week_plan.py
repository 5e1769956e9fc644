"""Next week on a manager's sheet: suggested, edited, kept, taken away, and kept by two at once."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
import streamlit as st

from metrics.managers.next_week import by_day, suggested, visit_reasons
from metrics.managers.overdue import visit_due
from tests.pages.test_manager_sheet import (
    MONDAY,
    OCTOBER,
    forget_cached_figures,
    on_sample,
    read,
    sheet,
)
from tests.pages.test_pages import said
from warehouse.settings import load_settings
from warehouse.week_plans import WeekPlan, save_week

__all__ = ["forget_cached_figures", "on_sample"]


def week_of(app: object) -> list[str]:
    """The customers of the editor, by number."""
    return [str(words).rpartition(" · ")[2] for words in app.dataframe[0].value["customer"]]  # type: ignore[attr-defined]


def test_the_week_is_the_suggested_one_each_visit_with_a_reason(on_sample: Path) -> None:
    due = visit_due(OCTOBER, "M001", {1: 45, 11: 30, 21: 15}, read=read)
    reasons = visit_reasons(due, read("visit_reasons", OCTOBER.narrow(manager="M001")))
    expected = by_day(suggested(due, reasons, 10), MONDAY)
    app = sheet("week")
    assert week_of(app) == list(expected["customer_id"])
    assert all(app.dataframe[0].value["reason"])
    assert "2026-11-02 – 2026-11-06: 10 visits" in said(app)


def test_a_week_long_after_the_data_has_no_plan(on_sample: Path) -> None:
    app = sheet("week", from_="2027-05-01", to="2027-05-31")
    assert "No plan for 2027-06-07 – 2027-06-11: the data ends on 2026-10-30" in said(app)
    assert not app.dataframe and not app.button


def test_a_row_without_a_customer_is_told_and_nothing_is_kept_meanwhile(
    on_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.managers.week_editor.lacks_customer", lambda changes, customers: True)
    app = sheet("week")
    assert "A row has no customer" in said(app)
    assert next(button for button in app.button if button.label == "Keep next week's plan").disabled
    assert not app.get("download_button")


def test_the_file_of_the_week_is_named_by_the_week_and_numbers_each_day(on_sample: Path, files: list[bytes]) -> None:
    sheet("week")
    lines = list(csv.reader(io.StringIO(files[0].decode("utf-8-sig"))))
    assert lines[0][:3] == ["Plan date", "No.", "Customer no."]
    assert [line[:2] for line in lines[1:6]] == [
        ["2026-11-02", "1"], ["2026-11-02", "2"], ["2026-11-03", "1"], ["2026-11-03", "2"], ["2026-11-04", "1"],
    ]  # fmt: skip


@pytest.mark.parametrize(("way", "called"), [("names", "桑澜隐"), ("codes", "M001"), ("initials", "桑")])
def test_the_name_of_the_file_hides_the_name_that_is_hidden(
    on_sample: Path, monkeypatch: pytest.MonkeyPatch, way: str, called: str
) -> None:
    named: list[str] = []
    button = st.download_button
    monkeypatch.setattr(
        st, "download_button", lambda *words, **more: (named.append(more["file_name"]), button(*words, **more))
    )
    sheet("week", names=way)
    assert named[0].startswith(f"pinyu-week-{called}-2026-11-02-2026-11-06-")


def test_the_number_of_visits_is_a_setting(on_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_VISITS_A_WEEK", "4")
    assert len(week_of(sheet("week"))) == 4


def test_a_week_that_was_kept_is_what_everybody_sees(on_sample: Path) -> None:
    suggestion = week_of(sheet("week"))
    visits = ((MONDAY, suggestion[3]), (MONDAY + dt.timedelta(2), "000999"))
    save_week(WeekPlan("M001", MONDAY, visits), load_settings())
    app = sheet("week")
    assert week_of(app) == [suggestion[3], "000999"]
    assert app.dataframe[0].value["reason"].iloc[1] == "added by hand"
    app.button[0].click() if not app.button[0].disabled else None
    back = next(button for button in app.button if button.label == "Back to the suggestion")
    back.click().run()
    assert week_of(app) == suggestion


def test_who_keeps_second_is_told_and_decides(on_sample: Path) -> None:
    app = sheet("week")
    mine = week_of(app)
    save_week(WeekPlan("M001", MONDAY, ((MONDAY, mine[5]),)), load_settings())
    next(button for button in app.button if button.label == "Keep next week's plan").click().run()
    assert "Nothing of yours has been kept yet" in said(app)
    next(button for button in app.button if button.label == "Take theirs").click().run()
    assert week_of(app) == [mine[5]]
    assert not app.exception and not app.error


def test_an_edit_lives_through_a_look_at_another_part(on_sample: Path) -> None:
    app = sheet("week")
    before = week_of(app)
    drafts = app.session_state["week_drafts"]
    draft = drafts["M001", MONDAY]
    draft.visits, draft.is_changed = draft.visits[::-1], True
    app.segmented_control(key="one_of_part").set_value("visits").run()
    app.segmented_control(key="one_of_part").set_value("week").run()
    assert week_of(app) == before[::-1]
