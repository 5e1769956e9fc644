"""The dashboard in a real browser: opened, clicked, read, and looked at."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

import etl
import metrics
from metrics import Scope
from tests.browser.conftest import SCREEN, Watched, in_both_looks, serving
from tests.titles import PAGES, TITLES
from ui.numbers import written
from ui.table import ROW_HEIGHT
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings
from warehouse.versions import current_version

pytestmark = pytest.mark.browser

PATHS = {page: "/" if page == "overview" else f"/{page}" for page in PAGES}
SEPTEMBER = Scope(date(2026, 9, 1), date(2026, 9, 30))


def tile(watched: Watched, label: str) -> Locator:
    """The figure on a tile."""
    return watched.page.get_by_test_id("stMetric").filter(has_text=label).first.get_by_test_id("stMetricValue")


def expected(warehouse: Path, name: str, scope: Scope) -> str:
    """The figure as the same code writes it without a screen."""
    settings = load_settings().model_copy(update={"warehouse": warehouse})
    value = metrics.value(name, scope, cursor=reading_cursor(latest_version(settings), settings))
    return written(value, metrics.figure(name).unit, "en")


@in_both_looks
def test_every_page_opens_in_both_languages_and_themes_without_a_word_to_strangers(screen: Watched) -> None:
    for (name, path), heading in zip(PATHS.items(), TITLES[screen.lang], strict=True):
        screen.shows(path, screen.page.get_by_role("heading", name=heading, exact=True).first, picture=name)


def test_the_browsers_language_is_the_first_choice(chromium: Browser, served: str) -> None:
    context = chromium.new_context(viewport=SCREEN, locale="zh-CN")
    watched = Watched(context.new_page(), served)
    watched.open("/")
    expect(watched.page.get_by_role("heading", name="总览", exact=True)).to_be_visible()
    context.close()


def test_a_change_of_scope_changes_figures_and_address_and_the_link_opens_the_same(
    screen: Watched, sample_warehouse: Path, chromium: Browser, served: str
) -> None:
    screen.open("/?lang=en")
    screen.page.get_by_test_id("stSelectbox").first.click()
    screen.page.get_by_role("option", name="Last month").click()
    screen.settle()
    assert screen.parameters()["period"] == ["last_month"]
    expect(tile(screen, "Amount")).to_have_text(expected(sample_warehouse, "amount", SEPTEMBER), timeout=20_000)
    screen.page.get_by_test_id("stPopover").first.get_by_role("button").first.click()
    screen.page.get_by_test_id("stMultiSelect").first.click()
    option = screen.page.get_by_role("option").nth(1)
    area = option.inner_text().strip()
    option.click()
    screen.settle()
    assert screen.parameters()["area"] == [area]
    narrowed = expected(sample_warehouse, "amount", SEPTEMBER.narrow(area=area))
    expect(tile(screen, "Amount")).to_have_text(narrowed, timeout=20_000)
    context = chromium.new_context(viewport=SCREEN)
    friend = Watched(context.new_page(), served)
    friend.page.goto(screen.page.url)
    friend.settle()
    expect(tile(friend, "Amount")).to_have_text(narrowed, timeout=20_000)
    context.close()


def test_the_scope_and_language_go_along_to_other_pages_and_back(screen: Watched) -> None:
    screen.open("/?lang=zh&period=last_month")
    screen.page.get_by_test_id("stTopNavLink").nth(3).click()
    screen.page.wait_for_url("**/managers*")
    screen.settle()
    assert screen.parameters()["period"] == ["last_month"]
    expect(screen.page.get_by_role("heading", name="客户经理", exact=True)).to_be_visible()
    screen.page.get_by_text("English", exact=True).click()
    screen.settle()
    expect(screen.page.get_by_role("heading", name="Managers", exact=True)).to_be_visible()
    assert screen.parameters()["lang"] == ["en"]
    assert screen.errors == []


def test_what_needs_attention_links_to_what_it_speaks_of(screen: Watched) -> None:
    screen.open("/?lang=en")
    links = screen.page.get_by_test_id("stPageLink")
    assert 1 <= links.count() <= 7
    link = screen.page.locator("[data-testid=stPageLink] a[href*='manager']").first
    link.click()
    screen.page.wait_for_url("**/managers*")
    screen.settle()
    assert screen.parameters()["manager"]
    assert screen.errors == []


def test_a_first_request_to_a_page_of_its_own_brings_the_navigation(screen: Watched) -> None:
    screen.open("/brand?lang=en")
    assert screen.page.get_by_test_id("stTopNavLink").count() == len(PAGES)


def test_a_definition_is_one_click_away(screen: Watched) -> None:
    screen.open("/concentration?lang=en")
    screen.page.get_by_role("button", name="Definition").click()
    expect(screen.page.get_by_text("How much of the business hangs on the largest fifth").first).to_be_visible()
    screen.page.get_by_role("dialog").get_by_role("link", name="Metric dictionary").click()
    screen.page.wait_for_url("**/dictionary*figure=top20_share*")
    expect(screen.page.get_by_text("1 of", exact=False).first).to_be_visible(timeout=20_000)


def test_the_list_of_doors_downloads_with_its_scope(screen: Watched) -> None:
    screen.open("/brand?lang=en&period=last_month&view=doors")
    with screen.page.expect_download() as caught:
        screen.page.get_by_text("Download CSV").first.click()
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert "Customer no." in rows[0]
    assert ["Period", "2026-09-01 – 2026-09-30"] in rows
    assert len(rows) > 100


def test_the_page_data_goes_back_to_an_earlier_version_and_everybody_sees_it(chromium: Browser, tmp_path: Path) -> None:
    header = "customer_id,sku_id,order_date,qty,amount\n"
    for number, amount in enumerate((10, 32)):
        (tmp_path / "sales.csv").write_text(f"{header}C,S{number},2026-10-0{number + 1},1,{amount}\n", encoding="utf-8")
        etl.load(tmp_path / "sales.csv", warehouse=tmp_path / "warehouse")
    with serving(tmp_path / "warehouse") as address:
        context = chromium.new_context(viewport=SCREEN)
        watched, friend = Watched(context.new_page(), address), Watched(context.new_page(), address)
        watched.open("/data?lang=en")
        watched.page.get_by_role("tab", name="Loads").click()
        watched.settle()
        click_row(watched, 0)
        expect(watched.page.get_by_role("heading", name="sales.csv")).to_be_visible()
        watched.page.get_by_role("tab", name="Versions").click()
        watched.settle()
        click_row(watched, 1)
        watched.page.get_by_role("button", name="Make v000001 the current one").click()
        watched.settle()
        assert current_version(tmp_path / "warehouse").name == "v000001"
        friend.open("/?lang=en&period=custom&from=2026-10-01&to=2026-10-31")
        expect(tile(friend, "Amount")).to_have_text("10", timeout=20_000)
        assert watched.errors == friend.errors == []
        context.close()


def click_row(watched: Watched, row: int) -> None:
    """Click the mark of a row in the table that is shown."""
    table = watched.page.locator("[data-testid=stDataFrame] .dvn-scroller:visible").first
    table.click(position={"x": 17, "y": ROW_HEIGHT * (row + 1) + ROW_HEIGHT / 2})
    watched.settle()


def test_a_click_on_a_cell_and_on_a_step_lists_the_customers_behind_it(screen: Watched) -> None:
    period = "period=custom&from=2026-08-01&to=2026-10-31&lang=en"
    screen.open(f"/brand?{period}&view=detail&sku=0010&part=where")
    page = screen.page
    page.locator(".js-plotly-plot .scatterlayer .points path").nth(3).click(force=True)
    screen.settle()
    assert page.get_by_text(re.compile(r"Don.t carry it \(\d+\)")).is_visible()
    screen.open(f"/brand?{period}&view=detail&sku=0010&part=moved")
    page.locator(".js-plotly-plot").first.locator(".barlayer .point path").nth(3).click(force=True)
    page.wait_for_url(re.compile("list=gained"), timeout=10_000)
    assert screen.errors == []


def test_a_launch_plan_is_written_and_stands_for_the_next_who_opens_the_link(screen: Watched) -> None:
    path = "/brand?period=custom&from=2026-08-01&to=2026-10-31&lang=en&view=launch&sku=0020&part=plan"
    screen.open(path)
    page = screen.page
    page.get_by_role("button", name="Write the plan").click()
    page.get_by_label("What: goods").fill("two cartons <b>free</b>")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Change").wait_for()
    screen.open(path)
    page.get_by_text("two cartons <b>free</b>").wait_for()
    assert page.get_by_text("have not tried it yet").is_visible()
    assert screen.errors == []
