"""The words of the screen: gettext catalogues in locale/, the configured words of an installation laid over them."""

import gettext
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import streamlit as st
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ui.installation import settings
from warehouse.settings import ROOT

LANGUAGES = {"zh": "中文", "en": "English"}
LANGUAGE_KEY = "lang"
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


def language() -> str:
    """The screen's language: chosen on screen or by the URL, else configured, else the browser's.

    Where there is no screen it is the one of `speaking`.
    """
    if _SPOKEN.get():
        return _SPOKEN.get()
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    if settings().language:
        return settings().language
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Have all words in one of LANGUAGES, where there is no screen to ask."""
    token = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _(text: str) -> str:
    """The text in the screen's language."""
    return own_words(_catalogue(language()).gettext(text))


def pick(pair: tuple[str, str]) -> str:
    """Of a figure's (English, Chinese) text, the one in the screen's language."""
    return own_words(pair[LANGUAGES_IN_PAIRS.index(language())])


def own_words(text: str) -> str:
    """The text with the installation's own words in place of ours."""
    for word, replacement in settings().words.get(language(), {}).items():
        text = text.replace(word, replacement)
    return text


def mid_sentence(title: str) -> str:
    """A title as it stands within a sentence: without its capital, unless that is the first of an abbreviation's."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def listed(names: Iterable[str]) -> str:
    """Names one after another, as the screen's language lists them."""
    return _(", ").join(names)


def plain(text: object) -> str:
    """Data as text that no Markdown reader takes for formatting, links or images."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]()<>#+!|~$:" else character for character in str(text))


def without_markdown(text: str) -> str:
    """Text that was written for a Markdown reader as people read it: no marks, no escapes, no hair spaces."""
    return _MARKS.sub(r"\1", text).strip()


LANGUAGES_IN_PAIRS = ("en", "zh")
_MARKS = re.compile(r"\\([\\`*_{}\[\]()<>#+!|~$:])|\u200a|\*\*|:material/\w+:")


def catalogue_entries(code: str, context: str) -> list[tuple[str, str]]:
    """The texts of a context and what stands for each in a language, empty where nothing does."""
    return [(str(entry.id), str(entry.string)) for entry in _source(code) if entry.context == context]


@cache
def _catalogue(code: str) -> gettext.GNUTranslations:
    """A catalogue, compiled in memory, so that no step between a translator's file and the screen can be forgotten."""
    compiled = io.BytesIO()
    write_mo(compiled, _source(code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _source(code: str) -> Catalog:
    with (ROOT / "locale" / code / "LC_MESSAGES" / "pinyu.po").open("rb") as file:
        return read_po(file, locale=code)
