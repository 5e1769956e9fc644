"""The settings as the screen reads them: once for each state of the environment, not once for each word."""

import os
from functools import lru_cache

from warehouse.settings import Settings, load_settings


def settings() -> Settings:
    """The settings of this installation; a change of the settings file shows after a restart."""
    return _settings(tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("PINYU_"))))


@lru_cache(maxsize=4)
def _settings(environment: tuple[tuple[str, str], ...]) -> Settings:
    return load_settings()
