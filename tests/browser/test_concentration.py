"""20/80 in a real browser: every view at 1280×720 in both languages and themes, links, the card, the printed sheet."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Watched, in_both_looks
from ui.table import ROW_HEIGHT

pytestmark = pytest.mark.browser

AUTUMN = "period=custom&from=2026-08-01&to=2026-10-31"
VIEWS = {
    "shape": {"en": "of the whole", "zh": "个中最大的"},
    "multiples": {"en": "hangs most on its first three", "zh": "最依赖前三名"},
    "vital": {"en": "key customers make", "zh": "户重点客户贡献"},
    "movement": {"en": "came into the first fifth", "zh": "个进入前20%"},
    "relationship": {"en": "Customers who climbed", "zh": "上升客户"},
    "what_if": {"en": "It would cost", "zh": "将损失"},
    "handover": {"en": "a year hang on", "zh": "手里有"},
    "balance": {"en": "The largest tenth", "zh": "最大的10%客户"},
}


def opened(screen: Watched, view: str, more: str = "") -> None:
    """A view as a link opens it."""
    screen.open(f"/concentration?lang=en&{AUTUMN}&view={view}{more}")


@in_both_looks
def test_every_view_fits_the_screen_in_both_languages_and_themes(screen: Watched) -> None:
    for view, words in VIEWS.items():
        found = screen.page.get_by_text(words[screen.lang]).first
        screen.shows(f"/concentration?{AUTUMN}&view={view}", found, picture=f"concentration-{view}")


@in_both_looks
@pytest.mark.parametrize("view", ["movement", "relationship"])
def test_no_label_of_a_flow_is_cut_at_the_edge(screen: Watched, view: str) -> None:
    screen.open(f"/concentration?lang={screen.lang}&{AUTUMN}&view={view}")
    flow = screen.page.locator(".js-plotly-plot").first
    expect(flow.locator(".annotation-text").first).to_be_visible(timeout=PATIENCE)
    edges = flow.bounding_box()
    labels = [label.bounding_box() for label in flow.locator(".annotation-text").all()]
    assert edges is not None and len(labels) >= 6
    for label in labels:
        assert label is not None
        assert edges["x"] <= label["x"] and label["x"] + label["width"] <= edges["x"] + edges["width"]


def test_what_is_chosen_stands_in_the_link_and_a_friend_sees_the_same(screen: Watched) -> None:
    opened(screen, "shape")
    screen.page.get_by_text("Brands", exact=True).click()
    screen.settle()
    screen.page.get_by_text("Quantity", exact=True).first.click()
    screen.settle()
    assert (screen.parameters()["ranked"], screen.parameters()["measure"]) == (["brand"], ["qty"])
    heading = screen.page.get_by_role("heading", name="of the whole").inner_text()
    assert heading.startswith("Brands")
    screen.page.get_by_text("Movement", exact=True).click()
    screen.settle()
    assert screen.parameters()["view"] == ["movement"]
    screen.open(f"/concentration?lang=en&{AUTUMN}&view=shape&ranked=brand&measure=qty")
    assert screen.page.get_by_role("heading", name="of the whole").inner_text() == heading
    assert screen.errors == []


def test_the_curves_are_drawn_with_the_point_of_the_largest_fifth(screen: Watched) -> None:
    opened(screen, "shape")
    expect(screen.page.get_by_text("The first 48 of").first).to_be_visible(timeout=20_000)
    assert screen.page.locator(".js-plotly-plot").count() >= 2


def test_a_click_on_one_of_the_vital_few_opens_its_card(screen: Watched) -> None:
    opened(screen, "vital", "&list=falling")
    table = screen.page.locator("[data-testid=stDataFrame] .dvn-scroller:visible").first
    table.click(position={"x": 17, "y": ROW_HEIGHT * 1.5})
    expect(screen.page.get_by_role("dialog").get_by_text("What it buys")).to_be_visible(timeout=20_000)
    assert screen.errors == []


def test_the_handover_sheet_downloads_and_prints_offline(screen: Watched) -> None:
    opened(screen, "handover")
    with screen.page.expect_download() as caught:
        screen.page.get_by_role("button", name="Handover sheet to print").click()
    sheet = screen.page.context.new_page()
    asked: list[str] = []
    sheet.on("request", lambda request: asked.append(request.url))
    page = Path(caught.value.path()).read_text(encoding="utf-8")
    sheet.set_content(page)
    expect(sheet.get_by_role("heading", level=1)).to_contain_text("key customers")
    assert sheet.get_by_role("heading", level=2).count() >= 1
    expect(sheet.get_by_text("Handed over by")).to_be_visible()
    assert "2026-08-01 – 2026-10-31" in page
    assert asked == []


def test_losing_a_manager_can_be_asked_by_a_click(screen: Watched) -> None:
    opened(screen, "what_if")
    cost = screen.page.get_by_test_id("stMetricValue").first.inner_text()
    screen.page.get_by_text("A manager leaves", exact=True).click()
    screen.page.wait_for_url("**part=manager**", timeout=PATIENCE)
    screen.settle()
    assert screen.parameters()["part"] == ["manager"]
    assert screen.page.get_by_test_id("stMetricValue").first.inner_text() != cost
    assert screen.errors == []
