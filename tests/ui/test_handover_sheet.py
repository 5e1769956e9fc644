"""The printed handover sheet: whole, offline, and no place for markup that came in with the data."""

from html.parser import HTMLParser

from ui.concentration.sheet import Block, sheet_html

HOSTILE = '<script>alert("1")</script><img src=//evil onerror=x>&'


class Seen(HTMLParser):
    """Tags and text of a page, as a browser tells them apart."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_data_stays_text_wherever_it_stands() -> None:
    page = sheet_html(
        HOSTILE,
        HOSTILE,
        [Block(HOSTILE, [(HOSTILE, HOSTILE), ("visits", [HOSTILE, "second"])])],
        language="zh",
        signatures=[HOSTILE],
        notes=[(HOSTILE, HOSTILE)],
    ).decode("utf-8")
    seen = Seen()
    seen.feed(page)
    assert "script" not in seen.tags and "img" not in seen.tags
    assert seen.text.count(HOSTILE) == 10  # the title twice: of the window and of the page
    assert "second" in seen.text


def test_the_page_asks_nothing_of_a_network() -> None:
    page = sheet_html("t", "l", [], language="en", signatures=[], notes=[]).decode("utf-8")
    assert "http" not in page and "url(" not in page and "src=" not in page
