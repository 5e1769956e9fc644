"""Every word of the screen stands in both catalogues, and no string of the screen outside them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from metrics import figures
from metrics.columns import column
from ui.export import csv_bytes
from ui.told_sentences import CONTEXT, sentences
from ui.words import plain
from warehouse.settings import ROOT
from warehouse.spreadsheet import harmless

SOURCES = [
    ROOT / "app.py",
    *(path for room in ("ui", "pages", "meeting") for path in sorted((ROOT / room).rglob("*.py"))),
]
PLACEHOLDER = re.compile(r"\{(\w*)\}")
SHOWING = {
    *("markdown", "caption", "info", "warning", "error", "subheader", "title", "header", "write", "text", "metric"),
    *("button", "download_button", "selectbox", "multiselect", "segmented_control", "text_input", "date_input"),
    *("popover", "page_link", "expander", "section", "no_data", "Page", "toggle", "success"),
}
SHOWING_KEYWORDS = {"title", "label", "placeholder", "help", "finding", "labels", "mark", "names", "delta"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
NOT_WORDS = {"Pinyu 品育", "Pinyu"}


def catalogue(language: str) -> Catalog:
    """A language's catalogue."""
    with (ROOT / "locale" / language / "LC_MESSAGES" / "pinyu.po").open("rb") as file:
        return read_po(file, locale=language)


def words_asked_for() -> set[str]:
    """Every text given to _() in the sources."""
    return {
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def told_below_the_screen() -> set[str]:
    """Every sentence for people in the rooms that know no screen."""
    rooms = (path for room in ("etl", "warehouse") for path in (ROOT / room).rglob("*.py"))
    return {text for path in rooms for _line, text in sentences(path.read_text(encoding="utf-8"))}


def strings_outside(source: str) -> Iterator[str]:
    """Literal texts with words in them that a showing call gets other than through _()."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SHOWING:
            continue
        shown = [*node.args[:1], *(word.value for word in node.keywords if word.arg in SHOWING_KEYWORDS)]
        for part in shown:
            yield from _literals(part)


def _literals(node: ast.expr) -> Iterator[str]:
    parts: list[ast.expr] = [node]
    if isinstance(node, ast.JoinedStr):
        parts = [part for part in node.values if isinstance(part, ast.Constant)]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            text = re.sub(r"\]\([^)]*\)?|:material/\w+:|pages/\w*(\.py)?|\.py", "", part.value)
            if LETTERS.search(text) and text not in NOT_WORDS:
                yield part.value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_catalogue_holds_just_the_words_that_are_asked_for(language: str) -> None:
    held = {(message.context, message.id) for message in catalogue(language) if message.id}
    assert held == {(None, text) for text in words_asked_for()} | {(CONTEXT, text) for text in told_below_the_screen()}


def test_every_word_is_translated_and_keeps_its_placeholders() -> None:
    for message in catalogue("zh"):
        if message.id:
            assert message.string, message.id
            assert sorted(PLACEHOLDER.findall(str(message.id))) == sorted(PLACEHOLDER.findall(str(message.string)))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_string_of_the_screen_stands_outside_the_catalogues(path: Path) -> None:
    assert list(strings_outside(path.read_text(encoding="utf-8"))) == []


def test_the_check_finds_a_planted_string() -> None:
    assert list(strings_outside('st.info("Hello there")\nsection(f"{x} rows")\nst.caption(_("fine"))')) == [
        "Hello there",
        " rows",
    ]


def test_data_is_no_markdown() -> None:
    assert plain("**A** [x](http://y) <img>") == r"\*\*A\*\* \[x\]\(http\://y\) \<img\>"


def test_an_export_runs_no_formula_and_opens_in_a_spreadsheet() -> None:
    rows = pd.DataFrame({"customer_name": ["=1+1", " @x", "＝1", "-5", "店"], "amount": [-5.5, 1.0, None, 2.0, 3.0]})
    data = csv_bytes(rows, {"customer_name": "客户", "amount": "+额"}, [("期间", "2026-10")])
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert lines == ["客户,'+额", "'=1+1,-5.5", "' @x,1.0", "'＝1,", "-5,2.0", "店,3.0", "", "期间,2026-10"]
    assert harmless(-3) == -3


def test_a_percent_sign_follows_its_number_at_once() -> None:
    """As ui.numbers writes it, so that one sentence has it one way."""
    told = {str(text) for code in ("en", "zh") for entry in catalogue(code) for text in (entry.id, entry.string)}
    for entry in figures().values():
        told |= {*entry.title, *entry.asks, *entry.formula, *entry.rules}
        told |= {title for name, _type in entry.columns for title in column(name).title}
    told |= {title for name in ("interval_written", "needed_for_80_share") for title in column(name).title}
    assert not sorted(text for text in told if re.search(r"[\d}] %", text))
