"""The scorecard in a real browser: looks, links, clicks, the calculation, and a shared screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, in_both_looks
from ui.table import ROW_HEIGHT

pytestmark = pytest.mark.browser

AUTUMN = "period=custom&from=2026-08-01&to=2026-10-31"
FINDING = {"en": "is ahead with", "zh": "分领先"}
TABLES = {
    "figures": {"en": "What did each of them reach?", "zh": "各自做到了多少？"},
    "points": {"en": "Where are points left?", "zh": "哪里还在失分？"},
    "parts": {"en": "What is the score made of?", "zh": "总分由什么构成？"},
}
BEST = "邬苇坞"


def opened(screen: Watched, more: str = "") -> None:
    """The scorecard as a link opens it."""
    screen.open(f"/managers?lang=en&{AUTUMN}&view=scorecard{more}")
    expect(screen.page.get_by_text("is ahead with")).to_be_visible(timeout=20_000)


@in_both_looks
def test_the_scorecard_fits_the_screen_in_both_languages_and_themes(screen: Watched) -> None:
    for part, words in TABLES.items():
        found = screen.page.get_by_text(FINDING[screen.lang])
        screen.shows(f"/managers?{AUTUMN}&view=scorecard&part={part}", found, picture=f"scorecard-{part}")
        expect(screen.page.get_by_text(words[screen.lang])).to_be_attached()


def test_what_the_table_shows_stands_in_the_link(screen: Watched) -> None:
    opened(screen)
    screen.page.get_by_text("Parts of the score", exact=True).click()
    screen.settle()
    assert screen.parameters()["part"] == ["parts"]
    expect(screen.page.get_by_text("the parts of a row add up")).to_be_visible()
    assert screen.errors == []


def row_clicked(screen: Watched, row: int, then: str) -> None:
    """Tick the row of that number, and wait for the link to say so; two lines of headings stand above the first."""
    table = screen.page.locator("[data-testid=stDataFrame] .dvn-scroller:visible").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 17, "y": ROW_HEIGHT * (row + 2.5)})
    screen.page.wait_for_url(lambda url: then in url, timeout=20_000)
    screen.settle()


def test_a_click_on_a_row_opens_the_managers_sheet(screen: Watched) -> None:
    opened(screen)
    row_clicked(screen, 1, "who=")
    assert (screen.parameters()["view"], screen.parameters()["who"]) == (["manager"], ["M007"])
    assert screen.errors == []


def test_a_click_on_a_teams_row_narrows_to_the_team(screen: Watched) -> None:
    opened(screen)
    row_clicked(screen, 0, "team=")
    assert (screen.parameters()["team"], screen.parameters()["view"]) == (["二部"], ["scorecard"])
    expect(screen.page.get_by_text(f"{BEST} is ahead with")).to_be_visible()
    assert screen.errors == []


def test_a_click_on_a_column_opens_how_its_score_is_worked_out(screen: Watched) -> None:
    opened(screen)
    column = screen.page.locator(".js-plotly-plot .barlayer .point path").first.bounding_box()
    assert column
    screen.page.mouse.click(column["x"] + column["width"] / 2, column["y"] + column["height"] / 2)
    dialog = screen.page.get_by_role("dialog")
    expect(dialog.get_by_text("the parts add up to the score")).to_be_visible(timeout=20_000)
    total = screen.page.get_by_role("heading", name="is ahead with").inner_text().split("with ")[1].split(" ")[0]
    expect(dialog.get_by_text(f"{BEST}: {total} of 100")).to_be_visible()
    screen.page.keyboard.press("Escape")
    screen.page.get_by_text("Points, 0 to 100", exact=True).click()
    screen.settle()
    expect(screen.page.get_by_role("dialog")).to_have_count(0)  # closed stays closed
    assert screen.errors == []


def test_the_rules_of_the_score_open_beside_the_table(screen: Watched) -> None:
    opened(screen)
    screen.page.get_by_role("button", name="How the score is made").click()
    expect(screen.page.get_by_text("earns no points at its floor")).to_be_visible()
    expect(screen.page.get_by_text("Shown and not scored")).to_be_attached()


def test_a_shared_screen_shows_initials_or_codes_on_every_page_and_in_downloads(screen: Watched) -> None:
    opened(screen)
    assert BEST in screen.page.content()
    screen.page.get_by_role("button", name="Names").click()
    screen.page.get_by_text("Codes", exact=True).click()
    screen.settle()
    assert screen.parameters()["names"] == ["codes"]
    expect(screen.page.get_by_text("M007 is ahead with")).to_be_visible()
    expect(screen.page.locator("body")).not_to_contain_text(BEST)
    assert BEST not in screen.page.content()
    screen.page.keyboard.press("Escape")
    with screen.page.expect_download() as caught:
        screen.page.get_by_role("button", name="Download CSV").last.click()
    saved = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    assert "M007" in saved and BEST not in saved
    screen.page.get_by_text("20/80 concentration", exact=True).click()
    screen.settle()
    screen.page.get_by_text("The vital few", exact=True).click()
    screen.settle()
    assert screen.parameters()["names"] == ["codes"]
    assert BEST not in screen.page.content()
    assert screen.errors == []
