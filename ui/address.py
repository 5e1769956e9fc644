"""What a link says: period and conditions, kept in the URL and across pages.

A page switch clears the URL, so the choices live in the session and are written back on every run; a URL that says
something else than what was written last is a link somebody opened, and wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from metrics.scope import CONDITIONS
from ui.period import DEFAULT_PRESET, PRESETS
from ui.words import LANGUAGE_KEY

PAGE_KEY = "page"
_CHOICES_KEY = "choices"
_PAGE_KEY = "page_of_last_run"
_WRITTEN_KEY = "address_written"
_NOT_OURS = ("embed", "embed_options", "figure", "opened")


@dataclass(frozen=True)
class Choices:
    """A preset, or a custom period from–to, and for each condition the values kept."""

    preset: str = DEFAULT_PRESET
    from_date: date | None = None
    to_date: date | None = None
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_condition(self, name: str, values: tuple[str, ...]) -> "Choices":
        """The same choices with other values for one condition; none removes it."""
        conditions = {key: kept for key, kept in self.conditions.items() if key != name}
        return replace(self, conditions=conditions | {name: values} if values else conditions)

    def parameters(self) -> dict[str, list[str]]:
        """The choices as URL parameters."""
        period = {"period": [self.preset]}
        if self.preset == "custom" and self.from_date and self.to_date:
            period |= {"from": [self.from_date.isoformat()], "to": [self.to_date.isoformat()]}
        return period | {name: list(values) for name, values in sorted(self.conditions.items())}


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
    ignored += [name for name in parameters if name not in _KNOWN]
    return Choices(preset, first, last, conditions), ignored


def choices() -> tuple[Choices, list[str], bool]:
    """The choices of this run, what of the URL was ignored, and whether the widgets must be told of them.

    They must after a link and after a page switch, because widgets forget what they held when their page goes.
    """
    stated = _stated()
    page_before, page = st.session_state.get(_PAGE_KEY), st.session_state.get(PAGE_KEY)
    st.session_state[_PAGE_KEY] = page
    if _CHOICES_KEY not in st.session_state or (stated and stated != st.session_state.get(_WRITTEN_KEY)):
        opened, ignored = read_parameters(stated)
        keep(opened)
        return opened, ignored, True
    return st.session_state[_CHOICES_KEY], [], page != page_before


def keep(chosen: Choices) -> None:
    """Remember the choices for the next run and page."""
    st.session_state[_CHOICES_KEY] = chosen


def write_address() -> None:
    """Put the choices and the language into the URL, so that it opens exactly what is seen."""
    chosen: Choices | None = st.session_state.get(_CHOICES_KEY)
    wanted = chosen.parameters() if chosen else {}
    language = st.session_state.get(LANGUAGE_KEY)
    ours = wanted | ({LANGUAGE_KEY: [language]} if language else {})
    others = {name: st.query_params.get_all(name) for name in _NOT_OURS if name in st.query_params}
    st.session_state[_WRITTEN_KEY] = wanted
    if {name: st.query_params.get_all(name) for name in st.query_params} != ours | others:
        st.query_params.from_dict(ours | others)


def link(**conditions: str) -> dict[str, list[str]]:
    """URL parameters of the present choices with some conditions set anew, for a link to another page."""
    chosen: Choices = st.session_state.get(_CHOICES_KEY, Choices())
    for name, value in conditions.items():
        chosen = chosen.with_condition(name, (value,))
    language = st.session_state.get(LANGUAGE_KEY)
    return chosen.parameters() | ({LANGUAGE_KEY: [language]} if language else {})


def _stated() -> dict[str, list[str]]:
    return {
        name: st.query_params.get_all(name)
        for name in sorted(st.query_params)
        if name not in _NOT_OURS and name != LANGUAGE_KEY
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_KNOWN = {"period", "from", "to", LANGUAGE_KEY, *CONDITIONS, *_NOT_OURS}
