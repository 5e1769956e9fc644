"""The digest: what it takes of a deck, as Markdown and HTML in which hostile names stay text, and its command."""

import html
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner, Result

from meeting.__main__ import app
from meeting.deck import Deck, Slide
from meeting.digest import digest, html_page, markdown
from meeting.freezing import EVERY_LOOK
from tests.meeting.digests import HOSTILE, deck
from warehouse.meetings import Item, keep_frozen, new_meeting
from warehouse.settings import load_settings


class Tags(HTMLParser):
    """Which tags a page has, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_digest_tells_figures_changes_exceptions_and_what_is_to_be_done() -> None:
    of = digest(deck())
    assert [(part.heading, len(part.lines)) for part in of.parts] == [
        ("主要指标", 2),
        ("变化与原因", 1),
        ("异常", 1),
        ("待办决议", 2),
    ]
    figures, _changes, exceptions, to_do = of.parts
    assert figures.lines == (("销售额", "120万", "+5.0%", "同比 +2.0%"), ("拜访成功率", "—", "", "没有拜访。"))
    assert exceptions.lines == (("C1 两周未拜访",),)
    # Overdue first; what is done is not to be done.
    assert [(line[0].split()[-1], line[-1]) for line in to_do.lines] == [("next", "已逾期"), ("开着的", "进行中")]
    assert dict(of.about) == {
        "日期": "2026-11-30",
        "时间": "2026-11-01 – 2026-11-30",
        "片区": HOSTILE,
        "数据版本": "v000001",
        "冻结于": "2026-11-29 18:00",
    }


def test_of_a_deck_without_such_slides_only_decisions_are_told() -> None:
    empty = digest(Deck("m", "Weekly", "2026-11-30", "en", "v1", "then", (Slide("a", "b"),)))
    assert [(part.heading, part.lines) for part in empty.parts] == [
        ("Decisions to carry out", (("No decision is open.",),))
    ]


def test_hostile_names_stay_text_in_html() -> None:
    page = Tags(html_page(digest(deck())))
    assert page.tags == {
        *("html", "head", "meta", "title", "body", "main", "h1", "h2", "section", "footer"),
        *("ul", "li", "table", "tr", "th", "td"),
    }
    assert page.attributes == {"lang", "charset", "style", "scope"}
    assert page.text.count(HOSTILE) == 5 and "http" not in page.text.replace(HOSTILE, "")


def test_hostile_names_stay_text_in_markdown() -> None:
    text = markdown(digest(deck()))
    rendered = Tags(MarkdownIt("gfm-like", {"linkify": False}).render(text))
    assert rendered.tags == {"h1", "h2", "ul", "li", "p", "strong"}
    assert rendered.text.count(HOSTILE) == 4
    assert html.unescape(rendered.text).splitlines()[0].startswith("周会 <img")


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A meeting that is frozen with the slides of the deck made by hand."""
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    settings = load_settings()
    slides = deck().slides
    agenda = [Item(slide.slide_id) for slide in slides]
    meeting = new_meeting(settings, date(2026, 11, 30), title="", scope={}, agenda=agenda)
    contents = {
        (slide.slide_id, *look): json.dumps({"place": place, "kind": "view", "slide": slide.as_json()})
        for place, slide in enumerate(slides)
        for look in EVERY_LOOK
    }
    keep_frozen(settings, meeting, contents, version="v000001", at="2026-11-29 18:00")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["digest", *words])


def test_the_command_writes_the_digest_of_a_day_to_a_file_or_to_standard_output(frozen: Path) -> None:
    printed = run("--date", "2026-11-30", "--language", "zh")
    assert printed.exit_code == 0 and printed.stdout.startswith("# 周会 2026-11-30\n")
    file = frozen / "digest.html"
    written = run("--date", "2026-11-30", "--language", "en", "--format", "html", "--out", str(file))
    assert (written.exit_code, written.stdout) == (0, "")
    assert "<h1" in file.read_text(encoding="utf-8") and "Weekly meeting 2026-11-30" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--date", "2026-12-07"], "No meeting is held on 2026-12-07."),
        (["--date", "Monday"], "which is not a day"),
        ([], "--date is missing"),
        (["--meeting", "none"], "There is no meeting 'none'"),
        (["--date", "2026-11-30", "--out", "/no/such/folder/digest.md"], "cannot be written"),
        (["--date", "2026-11-30", "--send", "smtp"], "No mail server is set"),
        (["--date", "2026-11-30", "--send", "webhook"], "No webhook is set"),
    ],
)
def test_what_the_command_cannot_do_it_says(frozen: Path, words: list[str], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 1 and told in result.stderr and not result.stdout


def test_where_one_way_fails_the_digest_is_written_all_the_same(frozen: Path) -> None:
    file = frozen / "digest.md"
    result = run("--date", "2026-11-30", "--send", "smtp", "--send", "webhook", "--out", str(file))
    assert result.exit_code == 1 and result.stderr.count("Error: ") == 2
    assert "主要指标" in file.read_text(encoding="utf-8")
