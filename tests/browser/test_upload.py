"""Dropping files in a real browser: hostile, wrong and unknown ones; what is private stays so; publishing is seen."""

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import SCREEN, Watched, serving
from tests.pages.test_upload import public
from warehouse.private import PREFIX
from warehouse.versions import current_version

pytestmark = pytest.mark.browser

HEADERS = "哪天,谁家店,什么烟,几条,多少钱"
ROWS = [f"2026-10-{day:02d},店{day % 7},烟{day % 3},{day},{day * 100}" for day in range(1, 29)]
WAIT = 30_000


@pytest.fixture(scope="module")
def own(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A dashboard on a copy of the sample that may be published to, and its warehouse."""
    warehouse = tmp_path_factory.mktemp("shared") / "warehouse"
    shutil.copytree(sample_warehouse, warehouse)
    with serving(warehouse) as address:
        yield address, warehouse


@contextmanager
def person(chromium: Browser, address: str) -> Iterator[Watched]:
    """Somebody with a browser of their own."""
    context = chromium.new_context(viewport=SCREEN, locale="en-US")
    yield Watched(context.new_page(), address)
    context.close()


def drop(person: Watched, file: Path) -> None:
    """Open the page and drop a file on it."""
    person.open("/upload?lang=en")
    person.page.set_input_files("input[type=file]", str(file))
    person.settle()


def check(person: Watched) -> None:
    """Press Check, and wait for what becomes of the rows."""
    person.page.get_by_role("button", name="Check", exact=False).click()
    expect(person.page.get_by_text("rows came in", exact=False)).to_be_visible(timeout=60_000)
    person.settle()


def test_a_table_without_known_headers_is_seen_by_its_owner_alone(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    address, warehouse = own
    before = current_version(warehouse)
    file = tmp_path / "会上带来的.csv"
    file.write_bytes("\n".join([HEADERS, *ROWS]).encode("gb18030"))
    with person(chromium, address) as owner, person(chromium, address) as other:
        drop(owner, file)
        check(owner)
        expect(owner.page.get_by_text("28 of 28 rows came in · kept out: 0")).to_be_visible()
        owner.page.get_by_role("button", name="Look at it on all pages").click()
        banner = owner.page.get_by_text("Only you see this", exact=False)
        expect(banner).to_be_visible(timeout=WAIT)
        owner.settle()
        owner.page.get_by_text("20/80 concentration").first.click()
        expect(banner).to_be_visible(timeout=WAIT)
        owner.settle()
        expect(owner.page.get_by_text("of the whole", exact=False).first).to_be_visible(timeout=WAIT)
        other.open("/concentration?lang=en")
        expect(other.page.get_by_text("Only you see this", exact=False)).to_have_count(0)
        expect(other.page.get_by_text("店1", exact=False)).to_have_count(0)
        owner.page.get_by_role("button", name="Leave").click()
        expect(banner).to_have_count(0, timeout=WAIT)
        assert owner.errors == other.errors == [], owner.errors + other.errors
        assert owner.strangers == other.strangers == []
    assert current_version(warehouse) == before


def test_what_is_published_is_seen_by_everybody(own: tuple[str, Path], chromium: Browser, tmp_path: Path) -> None:
    address, warehouse = own
    before = current_version(warehouse)
    file = tmp_path / "october.csv"
    file.write_text("\n".join([HEADERS, *ROWS]), encoding="utf-8")
    with person(chromium, address) as owner:
        drop(owner, file)
        check(owner)
        owner.page.get_by_role("button", name="Publish", exact=False).first.click()
        owner.page.get_by_role("button", name="Publish to everybody").click()
        expect(owner.page.get_by_text("Everybody sees it now", exact=False)).to_be_visible(timeout=60_000)
    after = current_version(warehouse)
    assert before is not None
    assert after is not None
    assert after.name > before.name


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "photo.csv"),
        ("empty.csv", b"", "is empty"),
        ("wide.csv", (",".join(f"c{number}" for number in range(1200)) + "\n").encode(), "columns"),
    ],
)
def test_a_wrong_file_is_told_in_words(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with person(chromium, own[0]) as owner:
        drop(owner, file)
        expect(owner.page.get_by_test_id("stAlert").get_by_text(words, exact=False).first).to_be_visible(timeout=WAIT)
        assert owner.page.get_by_role("button", name="Check").is_disabled()
        expect(owner.page.get_by_test_id("stException")).to_have_count(0)


def test_hostile_names_headers_and_cells_are_shown_as_they_are(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "'; DROP TABLE sales; --.csv"
    shop = "<img src=x onerror=document.title='broken'>"
    lines = ["日期,客户,品规,金额", *(f"2026-10-{day:02d},{shop}{day % 3},**烟**,{day}" for day in range(1, 20))]
    file.write_text("\n".join(lines), encoding="utf-8")
    with person(chromium, own[0]) as owner:
        drop(owner, file)
        check(owner)
        expect(owner.page.get_by_text("19 of 19 rows came in")).to_be_visible()
        owner.page.get_by_role("button", name="Look at it on all pages").click()
        expect(owner.page.get_by_text("DROP TABLE sales", exact=False).first).to_be_visible(timeout=WAIT)
        owner.settle()
        owner.page.get_by_text("20/80 concentration").first.click()
        owner.settle()
        assert owner.page.title() != "broken"
        assert owner.errors == [], owner.errors


def test_a_pasted_table_is_taken(own: tuple[str, Path], chromium: Browser) -> None:
    with person(chromium, own[0]) as owner:
        owner.open("/upload?lang=en")
        owner.page.get_by_text("Paste a table").click()
        owner.page.locator("textarea").fill("\n".join([HEADERS, *ROWS]).replace(",", "\t"))
        owner.page.locator("textarea").press("Control+Enter")
        owner.page.get_by_role("button", name="Take it").click()
        owner.settle()
        check(owner)
        expect(owner.page.get_by_text("28 of 28 rows came in")).to_be_visible()


def test_rows_that_were_kept_out_come_back_mended_in_a_spreadsheet_and_are_compared(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "october.csv"
    wrong = [*(row.replace("2026-10", "2026-13") for row in ROWS[:2]), *ROWS[2:]]
    file.write_text("\n".join([HEADERS, *wrong]), encoding="utf-8")
    with person(chromium, own[0]) as owner:
        drop(owner, file)
        check(owner)
        expect(owner.page.get_by_text("26 of 28 rows came in · kept out: 2")).to_be_visible()
        with owner.page.expect_download() as caught:
            owner.page.get_by_text("Kept-out rows as XLSX").click()
        rows = CalamineWorkbook.from_path(caught.value.path()).get_sheet_by_index(0).to_python()
        mended = tmp_path / "mended.xlsx"
        with xlsxwriter.Workbook(mended) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [str(cell).replace("2026-13", "2026-10") for cell in row])
        owner.page.locator("input[type=file]").last.set_input_files(str(mended))
        # Two were kept out of the first file and came in from the second: no row is counted twice.
        expect(owner.page.get_by_text("28 of 28 rows came in · mended: 2 · kept out: 0")).to_be_visible(timeout=60_000)
        owner.page.get_by_text("Compare with what everybody sees").click()
        # Whether they were published by a test before or not, all 28 are compared.
        counted = owner.page.get_by_text(re.compile(r"28 rows only here|28 the same"))
        expect(counted.first).to_be_visible(timeout=WAIT)
        owner.settle()
        assert owner.errors == [], owner.errors


def test_a_workbook_with_titles_and_a_total_is_mended_in_place_and_a_page_loaded_anew_tells_its_loss(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "十月.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "十月销售情况表")
        sheet.write(1, 0, "单位：条、元")
        sheet.write_row(3, 0, ["日期", "零售户", "品规", "金额"])
        for number in range(4):
            sheet.write_row(4 + number, 0, [f"2026-10-0{number + 1}", f"店{number}", "烟1", 10])
        sheet.write_row(8, 0, ["03/04/2026", "店4", "烟1", "1O"])
        sheet.write_row(9, 0, ["合计", "", "", 50])
    with person(chromium, own[0]) as owner:
        drop(owner, file)
        expect(owner.page.get_by_text("In which order are its days written?")).to_be_visible()
        owner.page.get_by_text("month, day, year").click()
        owner.settle()
        check(owner)
        expect(owner.page.get_by_text("4 of 5 rows came in · kept out: 1")).to_be_visible()
        # Line, reason and the column at fault, then the file's own four cells: the amount is the last.
        editor = owner.page.get_by_test_id("stDataFrame").last
        editor.click(position={"x": 30, "y": 52})
        for _step in range(6):
            owner.page.keyboard.press("ArrowRight", delay=60)
        owner.page.keyboard.press("Enter")
        cell = owner.page.locator("#portal textarea, #portal input").first
        expect(cell).to_have_value("1O")
        cell.fill("10")
        cell.press("Enter")
        owner.page.get_by_role("button", name="Load with these changes (1 cells)").click(timeout=WAIT)
        expect(owner.page.get_by_text("5 of 5 rows came in · mended: 1 · kept out: 0")).to_be_visible(timeout=60_000)
        owner.page.get_by_role("button", name="Look at it on all pages").click()
        owner.settle()
        owner.page.reload()
        owner.settle()
        expect(owner.page.get_by_text("went with their session", exact=False)).to_be_visible(timeout=WAIT)
        expect(owner.page.get_by_text("Only you see this", exact=False)).to_have_count(0)
        assert owner.errors == [], owner.errors


@pytest.mark.parametrize(
    ("name", "file", "told", "fewest"),
    [
        # The control figures of the sets: lines, and resellers, of whom a fifth, rounded up, are the first.
        ("adventureworks", "ResellerSales_202006.csv", "3,004 of 3,004 rows came in", "the largest 36 of 179"),
        ("onlineretail", "online_retail.csv.gz", "of 240,007 rows came in", "Customers: the largest"),
    ],
)
def test_a_public_set_is_dropped_as_it_is_and_seen_on_all_pages(
    own: tuple[str, Path], chromium: Browser, name: str, file: str, told: str, fewest: str
) -> None:
    with person(chromium, own[0]) as owner:
        drop(owner, public(name) / file)
        owner.page.get_by_text("By itself").click()
        owner.settle()
        check(owner)
        expect(owner.page.get_by_text(told, exact=False).first).to_be_visible()
        owner.page.get_by_role("button", name="Look at it on all pages").click()
        owner.settle()
        for page in ("20/80 concentration", "Managers", "Overview"):
            owner.page.get_by_role("link", name=page).first.click()
            owner.settle()
            expect(owner.page.get_by_text("Only you see this", exact=False)).to_be_visible(timeout=WAIT)
            if page.startswith("20/80"):
                expect(owner.page.get_by_text(fewest, exact=False).first).to_be_visible(timeout=WAIT)
        assert owner.errors == [], owner.errors


def test_a_check_can_be_stopped_and_the_session_s_end_removes_the_files(
    own: tuple[str, Path], chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    lines = (f"2026-{1 + number % 10:02d}-15,店{number % 5000},烟{number % 50},1,10" for number in range(2_000_000))
    file.write_text("\n".join([HEADERS, *lines]), encoding="utf-8")
    folders = Path(tempfile.gettempdir())
    before = set(folders.glob(f"{PREFIX}*"))
    with person(chromium, own[0]) as owner:
        drop(owner, file)
        expect(owner.page.get_by_role("button", name="Check", exact=False)).to_be_visible(timeout=60_000)
        made = set(folders.glob(f"{PREFIX}*")) - before
        assert len(made) == 1
        owner.page.get_by_role("button", name="Check", exact=False).click()
        owner.page.get_by_role("button", name="Cancel").click(timeout=WAIT)
        expect(owner.page.get_by_text("nothing was published", exact=False)).to_be_visible(timeout=60_000)
    deadline = time.monotonic() + 240
    while any(folder.exists() for folder in made) and time.monotonic() < deadline:
        time.sleep(1)
    assert not any(folder.exists() for folder in made)
