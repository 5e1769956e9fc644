"""Doors to knock on in a real browser: picked, clicked, downloaded, loaded back."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

import etl
from tests.browser.conftest import PATIENCE, Watched, in_both_looks
from warehouse.settings import ROOT

pytestmark = pytest.mark.browser

QUARTER = "period=custom&from=2026-08-01&to=2026-10-31"


def downloaded(watched: Watched, words: str, number: int, folder: Path) -> Path:
    """The file that a button gives."""
    with watched.page.expect_download() as caught:
        watched.page.get_by_text(words).nth(number).click()
    kept = folder / caught.value.suggested_filename
    caught.value.save_as(kept)
    return kept


@in_both_looks
def test_the_views_are_drawn_in_both_languages_and_themes(screen: Watched) -> None:
    drawn = screen.page.get_by_test_id("stDataFrame").or_(screen.page.get_by_test_id("stPlotlyChart")).first
    for name, view in (("doors", "doors&sku=0039"), ("lost", "doors&list=lost"), ("treatment", "treatment")):
        screen.shows(f"/brand?{QUARTER}&view={view}", drawn, picture=f"brand-{name}")


@pytest.mark.parametrize("screen", [{"lang": "en"}, {"lang": "zh"}], indirect=True, ids=["en", "zh"])
def test_the_visit_list_is_downloaded_and_loads_as_a_visit_plan(
    screen: Watched, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    language = request.node.callspec.params["screen"]["lang"]
    screen.open(f"/brand?lang={language}&{QUARTER}&view=doors&sku=0039")
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    words = {"en": "Download {}", "zh": "下载 {}"}[language]
    masters = [ROOT / "data" / "sample" / f"{name}.csv" for name in ("customers", "managers")]
    for kind in ("CSV", "XLSX"):
        file = downloaded(screen, words.format(kind), 1, tmp_path)  # the first is the table's
        assert file.suffix == f".{kind.lower()}"
        report = etl.load([*masters, file], warehouse=tmp_path / kind)
        loaded = report.files[-1]
        assert (loaded.extract, loaded.rejected) == ("visit_plan", 0)
        assert loaded.loaded == loaded.read > 50


def test_the_doors_are_downloaded_as_csv_and_xlsx_with_their_reasons(screen: Watched, tmp_path: Path) -> None:
    screen.open(f"/brand?lang=en&{QUARTER}&view=doors&sku=0039")
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    text = downloaded(screen, "Download CSV", 0, tmp_path).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    book = CalamineWorkbook.from_path(str(downloaded(screen, "Download XLSX", 0, tmp_path)))
    cells = book.get_sheet_by_index(0).to_python()
    assert lines[0] == cells[0][: len(lines[0])] and "Why" in lines[0]
    assert lines[1][lines[0].index("Customer no.")] == cells[1][lines[0].index("Customer no.")]
    assert ["Product", "0039"] in [line[:2] for line in lines]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))]


def test_a_product_picked_is_kept_in_the_link(screen: Watched) -> None:
    screen.open(f"/brand?lang=en&{QUARTER}&view=doors")
    screen.page.get_by_test_id("stSelectbox").nth(1).click()
    options = screen.page.get_by_role("option")
    words = options.nth(3).inner_text()
    options.nth(3).click()
    screen.settle()
    assert "sku=" in screen.page.url
    screen.page.goto(screen.page.url)
    screen.settle()
    expect(screen.page.get_by_role("combobox", name="Product")).to_have_value(words)


def test_a_cell_and_a_bar_of_treatment_open_the_customers_behind_them(screen: Watched) -> None:
    screen.open(f"/brand?lang=en&{QUARTER}&view=treatment")
    charts = screen.page.get_by_test_id("stPlotlyChart")
    expect(charts).to_have_count(2, timeout=PATIENCE)
    charts.nth(1).locator("path.point").nth(7).click(force=True)
    screen.settle()
    cell = re.compile(r"^\d\d–\d\d · .+: [\d,]+ customers$")
    expect(screen.page.get_by_role("heading", name=cell)).to_be_visible(timeout=PATIENCE)
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    screen.open(f"/brand?lang=en&{QUARTER}&view=treatment&measure=supplied_share")
    charts.first.locator(".bars .point path").first.click(force=True)
    screen.settle()
    expect(screen.page.get_by_role("heading", name=re.compile(r"^\d\d–\d\d: [\d,]+ customers$"))).to_be_visible(
        timeout=PATIENCE
    )


def test_a_click_on_a_manager_narrows_the_doors(screen: Watched, tmp_path: Path) -> None:
    screen.open(f"/brand?lang=en&{QUARTER}&view=doors&sku=0039")
    screen.page.get_by_test_id("stPlotlyChart").first.locator(".bars .point path").first.click(force=True)
    screen.settle()
    lines = list(csv.reader(io.StringIO(downloaded(screen, "Download CSV", 0, tmp_path).read_text("utf-8-sig"))))
    managers = {line[lines[0].index("Manager")] for line in lines[1:] if len(line) == len(lines[0])}
    assert len(managers) == 1


def test_quick_clicks_through_the_views_end_at_the_last_and_pick_nothing(screen: Watched) -> None:
    """A click that stops a run has the browser send again what pickers showed: a default is nobody's choice."""
    clicks = ("Launch", "Doors to knock on", "Equal treatment", "One product", "Portfolio", "Launch", "Equal treatment")
    for pause in (120, 250, 120, 60):
        screen.open("/brand?view=portfolio&period=custom&from=2026-10-01&to=2026-10-31&lang=en")
        for name in clicks:
            screen.page.get_by_role("radio", name=name, exact=True).first.click()
            screen.page.wait_for_timeout(pause)
        screen.page.wait_for_url("**view=treatment**", timeout=PATIENCE)
        screen.settle()
        stated = screen.parameters()
        assert set(stated) == {"period", "from", "to", "view", "lang"}
        assert stated["view"] == ["treatment"]
