"""The meeting as a file that opens offline, walked by keys in a real browser at the size of a video call."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from meeting.deck import Slide
from meeting.exports.html import html_bytes
from meeting.paging import paged
from tests.browser.conftest import PICTURES, SCREEN
from tests.meeting.deck import CUSTOMERS, DECK, HOSTILE, SENTENCES, WATERFALL

pytestmark = pytest.mark.browser
SMALLEST_TEXT, MOST_MILLISECONDS = 20, 300
SMALL_OR_OVERFLOWING = """() => {
    const found = [];
    const shown = document.querySelector('.deck-page.is-shown');
    for (const one of [...shown.querySelectorAll('*'), ...document.querySelectorAll('.deck-foot *')]) {
        const isSeen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const isText = isSeen && !one.children.length && one.textContent.trim();
        if (isText && parseFloat(getComputedStyle(one).fontSize) < 20) found.push(['small', one.textContent]);
        const isCutWithASign = getComputedStyle(one).webkitLineClamp !== 'none';
        if (!one.closest('svg') && one.clientHeight && one.scrollHeight > one.clientHeight + 1 && !isCutWithASign)
            found.push(['high', one.className]);
        const box = one.getBoundingClientRect();
        if (isText && (box.left < 0 || box.top < 0 || box.right > 1280 || box.bottom > 720))
            found.push(['outside', one.textContent]);
    }
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) found.push(['scrolls', '']);
    return found;
}"""
MILLISECONDS_TO_NEXT = """() => new Promise((done) => {
    const began = performance.now();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""

LONG = "一句很长的话，说了又说，直到没有人再听下去。" * 12
CROWDED = Slide(
    "crowded",
    LONG,
    LONG,
    LONG,
    (
        WATERFALL,
        replace(SENTENCES, sentences=(LONG,) * 5),
        replace(CUSTOMERS, written=tuple((*row[:1], LONG, *row[2:]) for row in CUSTOMERS.written)),
    ),
    provenance=(("时间", LONG),),
)


def shown_slide(page: Page) -> str:
    return page.locator(".deck-page:visible .deck-title").inner_text()


def test_the_file_is_walked_by_keys_without_a_network(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "meeting.html"
    deck = replace(DECK, slides=(*DECK.slides, CROWDED))
    file.write_bytes(html_bytes(deck, others={"codes": replace(deck, slides=deck.slides[1:])}))
    context = chromium.new_context(viewport=SCREEN, color_scheme="dark")
    page, asked, failed = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    titles = [slide.title for slide in paged(deck).slides]
    for number, title in enumerate(titles, start=1):
        expect(page.locator(".deck-page:visible .deck-title")).to_have_text(title)
        assert page.evaluate(SMALL_OR_OVERFLOWING) == [], title
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"deck-offline-{number}.png")
        page.wait_for_timeout(300)  # as long as a slide is looked at, at the very least
        if number < len(titles):
            assert page.evaluate(MILLISECONDS_TO_NEXT) <= MOST_MILLISECONDS, title
    assert page.url.endswith(f"#{len(titles)}")
    assert page.locator("img").count() == 0 and page.get_by_text(HOSTILE).count() > 0
    page.keyboard.press("Home")
    assert shown_slide(page) == titles[0]
    page.keyboard.press("d")
    expect(page.locator(".deck-definitions")).to_contain_text("Σ 金额")
    page.keyboard.press("d")
    expect(page.locator(".deck-definitions")).to_have_count(0)
    page.keyboard.press("n")  # the deck by codes lacks the first slide
    assert shown_slide(page) == titles[1]
    page.keyboard.press("b")
    expect(page.locator(".deck-blank")).to_be_visible()
    page.keyboard.press("b")
    page.goto(f"{file.as_uri()}#3")
    expect(page.locator(".deck-count")).to_have_text(f"3 / {len(titles) - 1}")
    assert asked == [file.as_uri()] and failed == []
    context.close()
