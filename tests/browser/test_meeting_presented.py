"""A frozen meeting presented in one browser and followed in another, while somebody loads."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import etl
from meeting.freezing import EVERY_LOOK
from tests.browser.conftest import PATIENCE, SCREEN, Watched, serving
from tests.meeting.deck import DECK
from warehouse.meetings import Item, keep_frozen, new_meeting
from warehouse.settings import load_settings

pytestmark = pytest.mark.browser


@pytest.fixture
def dashboard(sample_warehouse: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A dashboard with a frozen meeting, and the folder of its warehouse."""
    warehouse = shutil.copytree(sample_warehouse, tmp_path / "warehouse")
    settings = load_settings().model_copy(update={"warehouse": warehouse, "records": tmp_path / "records.sqlite"})
    items = tuple(Item(slide.slide_id) for slide in DECK.slides)
    slides = {
        (slide.slide_id, *look): json.dumps({"place": place, "kind": "view", "slide": slide.as_json()})
        for place, slide in enumerate(DECK.slides)
        for look in EVERY_LOOK
    }
    meeting = new_meeting(settings, date(2026, 11, 30), title="周会", scope={}, agenda=items)
    keep_frozen(settings, meeting, slides, version="v000001", at="2026-11-29 18:00")
    with serving(warehouse) as address:
        yield address, warehouse


def count(page: Page, number: int) -> None:
    expect(page.locator(".deck-count")).to_contain_text(f"{number} / ", timeout=PATIENCE)


def test_two_browsers_stay_in_step_and_a_load_changes_nothing(
    chromium: Browser, dashboard: tuple[str, Path], tmp_path: Path
) -> None:
    address, warehouse = dashboard
    context = chromium.new_context(viewport=SCREEN)
    leads, follows = (Watched(context.new_page(), address) for _ in range(2))
    leads.open("/meeting?lang=zh&meeting=2026-11-30")
    leads.page.get_by_role("button", name="开始放映").click()
    count(leads.page, 1)
    leads.page.keyboard.press("ArrowRight")
    count(leads.page, 2)
    leads.page.wait_for_url("**slide=2**", timeout=PATIENCE)
    follows.page.goto(leads.page.url)
    count(follows.page, 2)
    shown = follows.page.locator(".deck-page:visible").inner_text()
    file = tmp_path / "late.csv"
    file.write_text(
        "order_id,line_no,order_date,customer_id,sku_id,qty,amount\nX1,1,2026-10-30,NEW,NEW,1000,9999999\n", "utf-8"
    )
    etl.load([file], warehouse=warehouse)
    leads.page.keyboard.press("ArrowRight")
    count(follows.page, 3)
    leads.page.keyboard.press("ArrowLeft")
    count(follows.page, 2)
    assert follows.page.locator(".deck-page:visible").inner_text() == shown
    leads.page.keyboard.press("Escape")
    expect(leads.page.locator(".deck")).to_have_count(0)
    leads.page.wait_for_url(lambda url: "slide=" not in url, timeout=PATIENCE)
    for one in (leads, follows):
        assert one.errors == [] and one.strangers == []
    context.close()
