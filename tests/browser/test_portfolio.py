"""The portfolio in a real browser: a bubble opens its product, a number its customers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, in_both_looks
from ui.table import ROW_HEIGHT

pytestmark = pytest.mark.browser

QUARTER = "period=custom&from=2026-08-01&to=2026-10-31"


@pytest.mark.parametrize("level", ["focus", "brand"])
def test_a_click_on_a_bubble_narrows_the_scope_and_opens_the_detail(screen: Watched, level: str) -> None:
    screen.open(f"/brand?lang=en&view=portfolio&level={level}&{QUARTER}")
    bubble = screen.page.locator(".js-plotly-plot .scatterlayer .points path").first
    expect(bubble).to_be_visible(timeout=20_000)
    place = bubble.bounding_box()
    assert place
    screen.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    screen.page.wait_for_timeout(300)
    screen.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    screen.page.wait_for_url("**view=detail*")
    screen.settle()
    said = screen.parameters()
    assert len(said["sku" if level == "focus" else "brand"]) == 1
    assert said["from"] == ["2026-08-01"]
    assert screen.errors == []
    address = screen.page.url
    screen.page.goto(address)
    screen.settle()
    assert screen.parameters() == said


def test_a_click_on_a_number_opens_its_customers_and_the_button_goes_back(screen: Watched) -> None:
    screen.open(f"/brand?lang=en&view=portfolio&level=focus&{QUARTER}")
    table = screen.page.locator("[data-testid=stDataFrame] .dvn-scroller:visible").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 330, "y": ROW_HEIGHT * 1.5})
    expect(screen.page.get_by_text("the customers behind numeric distribution", exact=False)).to_be_visible(
        timeout=20_000
    )
    expect(screen.page.get_by_text("May carry it and don't (", exact=False)).to_be_visible()
    screen.page.get_by_role("button", name="Back to the picture").click()
    screen.settle()
    expect(screen.page.locator(".js-plotly-plot")).to_be_visible()
    assert screen.errors == []


@in_both_looks
def test_no_words_of_the_quadrant_stand_on_one_another_s_corner(screen: Watched) -> None:
    chart = screen.page.get_by_test_id("stPlotlyChart").first
    corners = screen.page.locator(".js-plotly-plot .annotation-text")
    screen.shows(f"/brand?view=portfolio&level=focus&{QUARTER}", chart, picture="portfolio")
    boxes = [box for number in range(corners.count()) if (box := corners.nth(number).bounding_box())]
    assert len(boxes) >= 4
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
