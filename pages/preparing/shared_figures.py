"""Figures and names as everybody sees them, whatever this session looks at alone: decisions are made on these."""

from datetime import date

import streamlit as st

import metrics
from meeting.freezing import counting_day
from meeting.people import people
from metrics.scope import Scope
from ui.decisions import People, period_of
from ui.disguise import disguise
from ui.installation import shared_settings
from ui.reading import names_way
from warehouse.connection import reading_cursor
from warehouse.meetings import Meeting
from warehouse.versions import Version, current_version


def shared_value(name: str, scope: Scope) -> float | None:
    """A figure as one number of the current version; None where there is no data."""
    version = current_version(shared_settings().warehouse)
    return None if version is None else _value(version, name, scope)


def shared_people() -> People:
    """What managers are called on this screen; where nothing is loaded nobody has a name."""
    version = current_version(shared_settings().warehouse)
    return People({}, disguise({}, names_way())) if version is None else _people(version, names_way())


def meeting_period(meeting: Meeting) -> Scope:
    """The days that a meeting is about, counted as on the pages."""
    version, today = current_version(shared_settings().warehouse), date.today()
    return period_of(meeting.scope, today if version is None else _counting_day(version, today))


@st.cache_data(show_spinner=False, max_entries=500, hash_funcs={Scope: repr, Version: repr})
def _value(version: Version, name: str, scope: Scope) -> float | None:
    return metrics.value(name, scope, cursor=reading_cursor(version, shared_settings()))


@st.cache_data(show_spinner=False, max_entries=20, hash_funcs={Version: repr})
def _people(version: Version, names: str) -> People:
    return people(names, cursor=reading_cursor(version, shared_settings()))


@st.cache_data(show_spinner=False, max_entries=20, hash_funcs={Version: repr})
def _counting_day(version: Version, today: date) -> date:
    return counting_day(shared_settings())
