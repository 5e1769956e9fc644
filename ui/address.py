"""What a link says: period and conditions, kept in the URL and across pages.

A page switch clears the URL, so the choices live in the session and are written back on every run; a URL that says
something else than what was written last is a link somebody opened, and wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics.scope import CONDITIONS
from ui.period import DEFAULT_PRESET, PRESETS
from ui.words import LANGUAGE_KEY, LANGUAGES
from warehouse.settings import ROOT

FIRST_PAGE = "overview"
"""The page that the bare address opens."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days beyond these are no periods of anybody's sales, and their year before could not be told."""

SETTINGS = (
    *("view", "part", "level", "across", "versus", "measure"),
    *("ranked", "split", "step", "list", "names", "month", "who", "meeting", "slide", "own"),
)
"""What pages may be set to show, see ui.views."""

KEPT = 50
"""How many addresses are remembered, of which the browser may have told us late."""
CHOICES_KEY = "choices"
_WRITTEN_KEY = "address_written"
_STOOD_KEY = "addresses_stood"
_PAGE_KEY = "address_page"
_IGNORED_KEY = "address_ignored"
_STATED_KEY = "address_stated"
_WRONG_DAYS_KEY = "address_wrong_days"
_NOT_OURS = ("embed", "embed_options", "figure")


@dataclass(frozen=True)
class Choices:
    """A preset, or a custom period from–to, for each condition the values kept, and what a page is set to show."""

    preset: str = DEFAULT_PRESET
    from_date: date | None = None
    to_date: date | None = None
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    def with_condition(self, name: str, values: tuple[str, ...]) -> "Choices":
        """The same choices with other values for one condition; none removes it."""
        conditions = {key: kept for key, kept in self.conditions.items() if key != name}
        return replace(self, conditions=conditions | {name: values} if values else conditions)

    def with_setting(self, name: str, code: str) -> "Choices":
        """The same choices with a page set otherwise; no code leaves it to the page."""
        settings = {key: kept for key, kept in self.settings.items() if key != name}
        return replace(self, settings=settings | {name: code} if code else settings)

    def parameters(self) -> dict[str, list[str]]:
        """The choices as URL parameters."""
        period = {"period": [self.preset]}
        if self.preset == "custom" and self.from_date and self.to_date:
            period |= {"from": [self.from_date.isoformat()], "to": [self.to_date.isoformat()]}
        conditions = {name: list(values) for name, values in sorted(self.conditions.items())}
        return period | conditions | {name: [code] for name, code in sorted(self.settings.items())}


class WrongDays(NamedTuple):
    """Of two days those that are none, an empty one being missing; or both, the last lying before the first."""

    texts: tuple[str, ...]
    is_reversed: bool


def read_parameters(parameters: Mapping[str, list[str]]) -> tuple[Choices, list[str]]:
    """The choices a URL states, and the parts of it that say nothing we know. Never fails, whatever the URL."""
    ignored: list[str] = []
    preset = (parameters.get("period") or [DEFAULT_PRESET])[0]
    if preset not in PRESETS:
        ignored.append(preset)
        preset = DEFAULT_PRESET
    first, last = (_day((parameters.get(name) or [""])[0]) for name in ("from", "to"))
    if first and last and first <= last:
        preset = "custom"
    elif preset == "custom":
        ignored.append("custom")
        preset, first, last = DEFAULT_PRESET, None, None
    conditions = {name: tuple(dict.fromkeys(parameters[name])) for name in CONDITIONS if parameters.get(name)}
    settings = {name: parameters[name][0] for name in SETTINGS if parameters.get(name)}
    ignored += [name for name in parameters if name not in _KNOWN]
    return Choices(preset, first, last, conditions, settings), ignored


def wrong_days(parameters: Mapping[str, list[str]]) -> WrongDays | None:
    """What keeps the days that a URL states from being a period; None where nothing does, or none is stated."""
    texts = tuple((parameters.get(name) or [""])[0] for name in ("from", "to"))
    if not any(texts):
        return None
    days = [_day(text) for text in texts]
    faulty = tuple(text for text, day in zip(texts, days, strict=True) if day is None)
    if faulty:
        return WrongDays(faulty, is_reversed=False)
    return WrongDays(texts, is_reversed=True) if days != sorted(day for day in days if day) else None


def through_the_front_door() -> None:
    """Have app.py run first. Called by pages before anything else.

    Streamlit takes the folder pages/ for its own until `st.navigation` has been called once in the server's life:
    where the first request is for a page, it runs that page's file without app.py. Call it, and begin again.
    """
    if CHOICES_KEY not in st.session_state:
        files = sorted((ROOT / "pages").glob("[!_]*.py"))
        st.navigation([st.Page(_nothing, title="Pinyu", default=True), *map(st.Page, files)], position="hidden")
        st.rerun()


def _nothing() -> None:
    """A page for a run that begins again before it is drawn."""


def open_link() -> None:
    """Take over what a link says. Called once, before anything is drawn.

    A page switch clears the URL, and a run that we caused finds what we wrote last; anything else was put there by
    somebody, or by the browser's back button, and wins: the language too. But the second of two quick clicks comes
    from where the first came from, as the browser has not heard yet of what we wrote since: that is no link.
    """
    stated = _stated()
    st.session_state[_IGNORED_KEY] = []
    st.session_state[_STATED_KEY] = []
    st.session_state[_WRONG_DAYS_KEY] = None
    if CHOICES_KEY not in st.session_state:
        keep(Choices())
    stood = st.session_state.setdefault(_STOOD_KEY, [])
    if not stated or stated == st.session_state.get(_WRITTEN_KEY) or (stated in stood and not _was_gone_to()):
        return
    _remember(stated)
    spoken = stated.pop(LANGUAGE_KEY, [""])[0]
    if spoken in LANGUAGES:
        st.session_state[LANGUAGE_KEY] = spoken
    if stated:
        opened, left_out = read_parameters(stated)
        st.session_state[_WRONG_DAYS_KEY] = wrong = wrong_days(stated)
        st.session_state[_IGNORED_KEY] = [part for part in left_out if not (wrong and part == "custom")]
        st.session_state[_STATED_KEY] = list(opened.settings)
        keep(opened)


def choices() -> Choices:
    """The choices of this run."""
    chosen: Choices = st.session_state[CHOICES_KEY]
    return chosen


def ignored() -> list[str]:
    """What of the link said nothing that we know."""
    return list(st.session_state[_IGNORED_KEY])


def days_at_fault() -> WrongDays | None:
    """What `wrong_days` found in a link that this run opened."""
    wrong: WrongDays | None = st.session_state.get(_WRONG_DAYS_KEY)
    return wrong


def was_stated(name: str) -> bool:
    """Whether one of SETTINGS stands in a link that this run opened."""
    return name in st.session_state.get(_STATED_KEY, [])


def keep(chosen: Choices) -> None:
    """Remember the choices for the next run and page."""
    st.session_state[CHOICES_KEY] = chosen


def write_address() -> None:
    """Put the choices and the language into the URL, so that it opens exactly what is seen."""
    ours = choices().parameters() | _language_parameter()
    others = {name: st.query_params.get_all(name) for name in _NOT_OURS if name in st.query_params}
    st.session_state[_WRITTEN_KEY] = ours
    st.session_state[_PAGE_KEY] = _page()
    _remember(ours)
    st.query_params.from_dict(ours | others)


def link(**conditions: str) -> dict[str, list[str]]:
    """URL parameters of the present choices with some conditions set anew, for a link to another page."""
    chosen: Choices = st.session_state.get(CHOICES_KEY, Choices())
    for name, value in conditions.items():
        chosen = chosen.with_condition(name, (value,))
    return chosen.parameters() | _language_parameter()


def _remember(parameters: Mapping[str, list[str]]) -> None:
    stood = st.session_state.setdefault(_STOOD_KEY, [])
    if parameters not in stood[-1:]:
        st.session_state[_STOOD_KEY] = [*stood, dict(parameters)][-KEPT:]


def _was_gone_to() -> bool:
    """Whether somebody went to an address: back or forward in the browser, or from another page."""
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context and context.is_history_navigation) or st.session_state.get(_PAGE_KEY) != _page()


def _page() -> str:
    """Streamlit's mark of the page that this run is of, which is sure once the navigation has been drawn."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.page_script_hash if context else ""


def _language_parameter() -> dict[str, list[str]]:
    language = st.session_state.get(LANGUAGE_KEY)
    return {LANGUAGE_KEY: [language]} if language in LANGUAGES else {}


def _stated() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params) if name not in _NOT_OURS}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


_KNOWN = {"period", "from", "to", LANGUAGE_KEY, *CONDITIONS, *SETTINGS, *_NOT_OURS}
