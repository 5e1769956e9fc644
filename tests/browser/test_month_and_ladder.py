"""The 135 month and the apprentice ladder in a real browser: languages and themes, clicks, and what they record."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Watched, in_both_looks

pytestmark = pytest.mark.browser

OCTOBER = "period=custom&from=2026-10-01&to=2026-10-31"
VIEWS = {
    "month": {"en": "cells that can be judged are done", "zh": "可评判的"},
    "month&part=one&who=M011": {"en": "of 15 cells done", "zh": "15格中完成"},
    "ladder": {"en": "10 of 10 joint customers", "zh": "同访客户10/10户"},
}


def opened(screen: Watched, view: str) -> None:
    """A view as a link opens it."""
    screen.open(f"/managers?lang=en&{OCTOBER}&view={view}")


@in_both_looks
def test_every_view_fits_the_screen_in_both_languages_and_themes(screen: Watched) -> None:
    for view, words in VIEWS.items():
        name = view.replace("&part=", "-").split("&")[0]
        found = screen.page.get_by_text(words[screen.lang]).first
        screen.shows(f"/managers?{OCTOBER}&view={view}", found, picture=f"managers-{name}")
        if "one" in view:
            grid = screen.page.get_by_role("table").bounding_box()
            assert grid is not None and grid["y"] + grid["height"] <= 720, "the grid is not whole on the screen"


def test_a_sheet_opened_after_the_month_does_not_change_its_analysis(screen: Watched) -> None:
    opened(screen, "month&part=one&who=M006")
    analysis = screen.page.get_by_role("table").get_by_role("row").nth(1).get_by_role("cell").nth(1)
    expect(analysis).to_contain_text("no data", timeout=20_000)
    screen.page.get_by_text("One manager", exact=True).click()
    expect(screen.page.get_by_text("how is it going?", exact=False).first).to_be_visible(timeout=20_000)
    screen.settle()
    opened(screen, "month&part=one&who=M006")  # the sheet has parts of its own
    expect(analysis).to_contain_text("not recorded then", timeout=20_000)
    assert screen.errors == []


def test_a_download_of_one_managers_grid_after_the_month_does_not_change_its_analysis(screen: Watched) -> None:
    opened(screen, "month&part=one&who=M010")
    analysis = screen.page.get_by_role("table").get_by_role("row").nth(2).get_by_role("cell").nth(1)
    expect(analysis).to_contain_text("no data", timeout=20_000)
    with screen.page.expect_download() as caught:
        screen.page.get_by_role("button", name="Download CSV").click()
    lines = Path(caught.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len([line for line in lines if "Analyse" in line]) == 3
    opened(screen, "month&part=one&who=M010")
    expect(analysis).to_contain_text("not recorded then", timeout=20_000)


def test_a_click_on_a_square_opens_the_managers_grid_and_back_again(screen: Watched) -> None:
    opened(screen, "month")
    squares = screen.page.locator(".js-plotly-plot .scatterlayer .point:visible")
    expect(squares.first).to_be_visible(timeout=20_000)
    box = squares.nth(20).bounding_box()
    assert box is not None
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(screen.page.get_by_role("table")).to_be_visible(timeout=20_000)
    assert "part=one" in screen.page.url and "who=" in screen.page.url
    screen.page.get_by_text("All managers", exact=True).click()
    screen.page.wait_for_url("**part=all**", timeout=PATIENCE)
    expect(screen.page.get_by_text("cells that can be judged are done")).to_be_visible(timeout=20_000)
    screen.settle()
    assert screen.errors == []
