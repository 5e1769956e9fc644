"""Fair comparison and distinguished salesperson in a real browser, in both languages and themes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, in_both_looks
from ui.table import ROW_HEIGHT

pytestmark = pytest.mark.browser

YEAR = "period=custom&from=2025-11-01&to=2026-10-31"
VIEWS = {
    "view=fair": {"en": "stands out beyond chance", "zh": "超出偶然"},
    "view=fair&part=ranks": {"en": "Bars that overlap", "zh": "横条重叠"},
    "view=fair&measure=strike_rate": {"en": "None of 11 stands out", "zh": "无人超出偶然"},
    "view=fair&measure=growth": {"en": "is likely to last", "zh": "去除偶然后"},
    "view=distinguished": {"en": "nominated", "zh": "提名"},
}


@in_both_looks
def test_every_view_fits_the_screen_in_both_languages_and_themes(screen: Watched) -> None:
    for number, (view, words) in enumerate(VIEWS.items()):
        found = screen.page.get_by_text(words[screen.lang]).first
        screen.shows(f"/managers?{YEAR}&{view}", found, picture=f"managers-fair-{number}")


def test_the_figure_chosen_stands_in_the_link(screen: Watched) -> None:
    screen.open(f"/managers?lang=en&{YEAR}&view=fair")
    screen.page.get_by_role("combobox", name="Figure").click()
    screen.page.get_by_role("option", name="Plan compliance").click()
    screen.settle()
    assert screen.parameters()["measure"] == ["plan_compliance"]
    screen.page.get_by_text("Ranks, and how sure", exact=True).click()
    screen.settle()
    assert screen.parameters()["part"] == ["ranks"]
    assert screen.errors == []


def test_the_funnel_names_who_stands_out_and_draws_the_limits(screen: Watched) -> None:
    screen.open(f"/managers?lang=en&{YEAR}&view=fair")
    chart = screen.page.locator(".js-plotly-plot").first
    expect(chart.get_by_text("99.8%")).to_be_visible(timeout=20_000)
    title = screen.page.get_by_role("heading", name="stands out beyond chance").inner_text()
    name = title.split(": ")[1].split(" ")[0]
    expect(chart.get_by_text(name)).to_be_visible()


@pytest.mark.parametrize("view", ["fair", "distinguished"])
def test_a_click_on_a_row_opens_the_managers_own_sheet(screen: Watched, view: str) -> None:
    screen.open(f"/managers?lang=en&{YEAR}&view={view}")
    table = screen.page.locator("[data-testid=stDataFrame] .dvn-scroller:visible").first
    table.click(position={"x": 17, "y": ROW_HEIGHT * 1.5})
    screen.page.wait_for_url("**view=manager**", timeout=20_000)
    screen.settle()
    assert screen.parameters()["who"]
    assert screen.errors == []
