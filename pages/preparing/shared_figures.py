"""Figures and names as everybody sees them, whatever this session looks at alone: decisions are made on these.

Those of a frozen meeting are of its version and count from the day it was frozen, as on its slides.
"""

from datetime import date
from functools import partial

import streamlit as st

import metrics
from meeting.people import people
from metrics.scope import Scope
from metrics.scorecard import ReadValue
from ui.decisions import People, period_of
from ui.disguise import disguise
from ui.installation import shared_settings
from ui.period import as_of
from ui.reading import ANY_TIME, names_way, newest_day
from warehouse.connection import reading_cursor
from warehouse.meetings import Meeting
from warehouse.versions import Version, current_version, versions


def figures_of(meeting: Meeting) -> ReadValue:
    """What reads a figure as one number of the meeting's version; it gives None where there is no data."""
    version = _version_of(meeting)
    return _nothing if version is None else partial(_value, version)


def shared_people() -> People:
    """What managers are called on this screen; where nothing is loaded nobody has a name."""
    version = current_version(shared_settings().warehouse)
    return People({}, disguise({}, names_way())) if version is None else _people(version, names_way())


def meeting_period(meeting: Meeting) -> Scope:
    """The days that a meeting is about, counted as on its slides, and as on the pages until it is frozen."""
    day = date.fromisoformat(meeting.frozen_at[:10]) if meeting.frozen_at else date.today()
    version = _version_of(meeting)
    return period_of(meeting.scope, day if version is None else _counting_day(version, day))


def _version_of(meeting: Meeting) -> Version | None:
    """The version it is frozen to; the current one until it is frozen, and where its own is kept no more."""
    folder = shared_settings().warehouse
    kept = {version.name: version for version in versions(folder)}
    return kept.get(meeting.frozen_version) or current_version(folder)


def _nothing(_name: str, _scope: Scope) -> float | None:
    """Every figure where nothing is loaded."""
    return None


@st.cache_data(show_spinner=False, max_entries=500, hash_funcs={Scope: repr, Version: repr})
def _value(version: Version, name: str, scope: Scope) -> float | None:
    return metrics.value(name, scope, cursor=reading_cursor(version, shared_settings()))


@st.cache_data(show_spinner=False, max_entries=20, hash_funcs={Version: repr})
def _people(version: Version, names: str) -> People:
    return people(names, cursor=reading_cursor(version, shared_settings()))


@st.cache_data(show_spinner=False, max_entries=20, hash_funcs={Version: repr})
def _counting_day(version: Version, day: date) -> date:
    presence = metrics.run("data_presence", ANY_TIME, cursor=reading_cursor(version, shared_settings()))
    return as_of(day, newest_day(presence), shared_settings().fresh_days).day
