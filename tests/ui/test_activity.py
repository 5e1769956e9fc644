"""Telling of a manager's analysis: only what is about one manager counts, and a failure to keep it breaks nothing."""

import logging
from datetime import date
from pathlib import Path

import pytest

from metrics import Scope
from ui.activity import on_export, sheet_opened
from ui.installation import settings
from warehouse.activity import Activity, recorded_activity

SCOPE = Scope(date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's records, in a folder of the test's own."""
    path = tmp_path / "records.sqlite"
    monkeypatch.setenv("PINYU_RECORDS", str(path))
    return path


def kept() -> list[Activity]:
    """What is recorded of the present month."""
    return list(recorded_activity(f"{date.today():%Y-%m}", settings()).activities)


def test_a_sheet_opened_speaks_for_customers_and_market_and_tells_the_month_it_shows(records: Path) -> None:
    sheet_opened("M1", SCOPE)
    assert [(each.what, each.manager_id, each.focus, each.month, each.day) for each in kept()] == [
        ("sheet_opened", "M1", focus, "2026-09", date.today()) for focus in ("customer", "market")
    ]


def test_a_period_that_has_not_ended_is_of_the_present_month(records: Path) -> None:
    sheet_opened("M1", Scope(date(2026, 9, 1), date(2199, 1, 1)))
    assert {each.month for each in kept()} == {f"{date.today():%Y-%m}"}


def test_a_list_about_one_manager_counts_when_it_is_asked_for_and_not_before(records: Path) -> None:
    keep = on_export(["M1", "M1", "unknown"], ("brand",), SCOPE)
    assert kept() == []
    keep()
    assert [(each.what, each.manager_id, each.focus) for each in kept()] == [("list_exported", "M1", "brand")]


def test_a_list_about_several_managers_or_nobody_is_nobodys_analysis(records: Path) -> None:
    on_export(["M1", "M2"], ("brand",), SCOPE)()
    on_export(["unknown"], ("brand",), SCOPE)()
    on_export([], ("brand",), SCOPE)()
    assert kept() == []


def test_where_it_cannot_be_kept_the_log_says_so_and_the_page_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "file" / "records.sqlite"))
    with caplog.at_level(logging.WARNING, logger="pinyu"):
        sheet_opened("M1", SCOPE)
    assert "could not be recorded" in caplog.text and "records.sqlite" in caplog.text
