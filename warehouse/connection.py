"""Read-only connections: one a version file, shared by all threads, with a cursor of its own for each call."""

import threading
from collections import OrderedDict
from pathlib import Path

import duckdb

from warehouse.errors import PinyuError
from warehouse.monthly import attach_months, has_months
from warehouse.settings import Settings
from warehouse.versions import Version, current_version

OPEN_VERSIONS = 4
SMALL_FILE_BYTES = 64 * 1024**2

_connections: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()
_guard = threading.Lock()


class NothingLoaded(PinyuError):
    """There is no published version to read."""


def latest_version(settings: Settings) -> Version:
    """The current version of the configured warehouse; NothingLoaded where there is none."""
    version = current_version(settings.warehouse)
    if version is None:
        raise NothingLoaded(
            f"Nothing has been loaded into {settings.warehouse} yet.",
            "Load extracts with: python -m etl load DIR",
        )
    return version


def is_ready(version: Version) -> bool:
    """Whether a version can be read at once: its sums by month, which the first reader makes, are there."""
    return version.path in _connections or has_months(version)


def is_soon_ready(version: Version) -> bool:
    """Whether reading a version keeps nobody waiting: it is ready, or so small that its sums are made at once."""
    return is_ready(version) or _is_small(version)


def reading_cursor(version: Version, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A cursor for one call on a version, opened read-only and kept from files and network.

    The oldest connections beyond a few are let go; cursors still at work keep their database open themselves.
    """
    with _guard:
        connection = _connections.get(version.path)
        if connection is None:
            connection = _opened(version, settings)
            _connections[version.path] = connection
        _connections.move_to_end(version.path)
        while len(_connections) > OPEN_VERSIONS:
            _connections.popitem(last=False)
        return connection.cursor()


def _opened(version: Version, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A connection to the version and its sums by month; from then on it can touch nothing else."""
    connection = duckdb.connect(str(version.path), read_only=True, config=reading_config(version, settings))
    attach_months(connection, version, settings)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def reading_config(version: Version, settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    """DuckDB's settings for readers: bounded and offline.

    A small file is read with one thread a query: sharing it out costs more than it saves, and pages ask side by side.
    """
    return {
        "memory_limit": settings.memory_limit,
        "threads": 1 if _is_small(version) else settings.threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def _is_small(version: Version) -> bool:
    return version.path.stat().st_size < SMALL_FILE_BYTES
