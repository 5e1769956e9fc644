"""The settings as the screen reads them: once for each state of the environment, not once for each word."""

import os
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from warehouse.settings import Settings, load_settings

_PRIVATE_KEY = "private_warehouse"


def settings() -> Settings:
    """The settings of this installation, of which a private layer that this session looks at is the warehouse.

    A change of the settings file shows after a restart.
    """
    return _settings(_environment(), private_warehouse())


def shared_settings() -> Settings:
    """The same with the warehouse that everybody sees, whatever this session looks at."""
    return _settings(_environment(), None)


def private_warehouse() -> Path | None:
    """The warehouse of the private layer that this session looks at; None where it sees what everybody sees."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    shown: Path | None = st.session_state.get(_PRIVATE_KEY)
    return shown if shown is not None and shown.exists() else None


def look_at(warehouse: Path | None) -> None:
    """Have all pages of this session show a private warehouse, or what everybody sees."""
    st.session_state[_PRIVATE_KEY] = warehouse


def _environment() -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("PINYU_")))


@lru_cache(maxsize=16)
def _settings(environment: tuple[tuple[str, str], ...], private: Path | None) -> Settings:
    settings = load_settings()
    return settings if private is None else settings.model_copy(update={"warehouse": private})
