"""One manager's sheet in a real browser: every part in both languages and themes, and a week put in order."""

import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect

import etl
from tests.browser.conftest import Watched, in_both_looks
from warehouse.settings import ROOT
from warehouse.versions import current_version

pytestmark = pytest.mark.browser

PARTS = ("going", "targets", "moved", "standing", "visits", "week")
HALF_A_MONTH = "period=custom&from=2026-10-01&to=2026-10-14"
MASTERS = [ROOT / "data" / "sample" / f"{name}.csv" for name in ("customers", "managers")]
ROW_HEIGHT, MARKS = 35, 32
STEP_COLUMN, CUSTOMER_COLUMN = MARKS + 130 + 40, MARKS + 130 + 80 + 60
"""Where cells are clicked, in pixels from the table's left edge."""


def address(part: str, who: str = "M001", more: str = "") -> str:
    return f"/managers?view=manager&who={who}&part={part}&{more}"


def clicked(watched: Watched, row: int, x: int) -> None:
    """Click a place of the first table; the header is row 0."""
    grid = watched.page.get_by_test_id("stDataFrame").locator(".dvn-scroller").first
    grid.click(position={"x": x, "y": ROW_HEIGHT * row + ROW_HEIGHT / 2})
    watched.page.wait_for_timeout(300)


def typed(watched: Watched, text: str) -> None:
    """Type into the cell that was clicked."""
    field = watched.page.locator("#portal input").first
    if not field.is_visible():
        watched.page.keyboard.press("Enter")
    expect(field).to_be_visible(timeout=10_000)
    field.fill(text)
    watched.page.wait_for_timeout(300)
    watched.page.keyboard.press("Enter")
    watched.settle()


def downloaded(watched: Watched, words: str, folder: Path) -> Path:
    with watched.page.expect_download() as caught:
        watched.page.get_by_text(words).first.click()
    kept = folder / caught.value.suggested_filename
    caught.value.save_as(kept)
    return kept


def counted(watched: Watched, visits: int) -> None:
    """Wait until the week has so many visits and is drawn anew."""
    expect(watched.page.get_by_role("heading", name=f"{visits} visits, each")).to_be_visible(timeout=15_000)
    watched.settle()


def plan(watched: Watched, folder: Path) -> list[tuple[str, str]]:
    """Day and customer of each visit in the file."""
    text = downloaded(watched, "Download CSV", folder).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert all(row["Why"] and row["Manager no."] for row in rows)
    return [(row["Plan date"], row["Customer no."]) for row in rows]


@in_both_looks
def test_every_part_is_drawn_in_both_languages_and_themes(screen: Watched) -> None:
    drawn = screen.page.get_by_test_id("stDataFrame").or_(screen.page.get_by_test_id("stPlotlyChart")).first
    for part in PARTS:
        path = address(part, more=HALF_A_MONTH if part == "targets" else "")
        screen.shows(path, drawn, picture=f"manager-{part}")


def test_a_week_is_put_in_order_taken_along_and_loaded_as_a_visit_plan(screen: Watched, tmp_path: Path) -> None:
    screen.open(address("week"))
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
    start = plan(screen, tmp_path)
    assert len(start) == 10 and start[0][0] == start[1][0]
    clicked(screen, 2, STEP_COLUMN)  # the first click after one elsewhere does no more than come back to the table
    clicked(screen, 2, STEP_COLUMN)
    typed(screen, "1")
    expect(screen.page.get_by_role("button", name="Back to the suggestion")).to_be_visible(timeout=15_000)
    screen.settle()
    swapped = plan(screen, tmp_path)
    assert swapped == [start[1], start[0], *start[2:]]
    clicked(screen, 1, MARKS // 2)
    screen.page.keyboard.press("Delete")
    counted(screen, 9)
    assert plan(screen, tmp_path) == swapped[1:]
    clicked(screen, 10, CUSTOMER_COLUMN)  # the row below the last
    typed(screen, swapped[0][1])
    counted(screen, 10)
    added = plan(screen, tmp_path)
    assert sorted(added) == sorted(swapped) and added[1] == swapped[0]
    for words in ("Download CSV", "Download XLSX"):
        file = downloaded(screen, words, tmp_path)
        warehouse = tmp_path / words
        report = etl.load([*MASTERS, file], warehouse=warehouse).files[-1]
        assert (report.extract, report.read, report.loaded, report.rejected) == ("visit_plan", 10, 10, 0)
        with duckdb.connect(str(current_version(warehouse).path), read_only=True) as connection:
            loaded = connection.execute("select plan_date::varchar, customer_id, manager_id from visit_plan").fetchall()
        assert sorted(loaded) == sorted((day, customer, "M001") for day, customer in added)
    assert screen.errors == []


def test_an_edited_week_lives_through_other_parts_and_once_kept_is_there_for_others(
    screen: Watched, tmp_path: Path
) -> None:
    path = address("week", "M007")
    screen.open(path)
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
    start = plan(screen, tmp_path)
    clicked(screen, 1, MARKS // 2)
    screen.page.keyboard.press("Delete")
    counted(screen, 9)
    for part in ("Visits", "Next week"):
        screen.page.get_by_test_id("stMain").get_by_text(part, exact=True).first.click()
        screen.settle()
    counted(screen, 9)
    assert plan(screen, tmp_path) == start[1:]
    screen.page.get_by_role("button", name="Keep next week's plan").click()
    screen.settle()
    expect(screen.page.get_by_text(re.compile(r"^kept \d{4}-"))).to_be_visible()
    screen.open(path)  # another session
    assert plan(screen, tmp_path) == start[1:]
    assert screen.errors == []


def test_a_click_on_a_bar_lists_the_customers_behind_it(screen: Watched) -> None:
    screen.open(address("moved"))
    chart = screen.page.get_by_test_id("stPlotlyChart").first
    expect(chart).to_be_visible(timeout=30_000)
    chart.locator(".bars .point path").nth(4).click(force=True)  # lost customers
    screen.page.wait_for_url(re.compile("list=lost"), timeout=15_000)
    screen.settle()
    clicked(screen, 1, MARKS // 2)
    expect(screen.page.get_by_role("dialog")).to_be_visible(timeout=15_000)
    assert screen.errors == []
