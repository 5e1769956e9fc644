"""Sales summed by month: made once a version and kept beside it, so that a year need not be read line by line.

Figures read the lines themselves only for the days at both ends of a period that fill no month.
"""

import atexit
import hashlib
import logging
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb
from filelock import FileLock

from warehouse.settings import Settings
from warehouse.versions import Version, months_path

ATTACHED = "months"
"""Under this name the sums are attached: figures read months.monthly_sales and the like."""

RECIPES = tuple(sorted((Path(__file__).resolve().parent / "sums").glob("*.sql")))
"""What is made, in this order: a later table may stand on an earlier one."""

MOST_ORDER_DAYS = 5
"""Up to this many order days of a customer are told apart after a launch; the last stands for all that follow."""


def sum_by_month(connection: duckdb.DuckDBPyConnection, source: str = "") -> None:
    """Make the sums in the database that is attached as `months`, of the tables in the one attached as `source`."""
    prefix = f"{source}." if source else ""
    for recipe in _recipes():
        connection.execute(recipe.replace("{source}", prefix).replace("{most}", str(MOST_ORDER_DAYS)))


@cache
def _recipes() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in RECIPES)


def attach_months(connection: duckdb.DuckDBPyConnection, version: Version, settings: Settings) -> None:
    """Attach the sums of a version to a connection that reads it; made first where they are not there yet.

    Where the folder cannot be written to, they are made among the machine's temporary files, for this process alone.
    """
    try:
        path = _made(version, settings, version.path.parent)
    except (OSError, duckdb.IOException):
        logging.getLogger(__name__).info("The sums by month are kept among temporary files", exc_info=True)
        path = _made(version, settings, _own_folder())
    connection.execute(f"attach {_quoted(path)} as {ATTACHED} (read_only)")


def has_months(version: Version) -> bool:
    """Whether the sums of just this file are there, beside it."""
    return _serves(months_path(version.path), version)


def _serves(path: Path, version: Version) -> bool:
    if not path.exists():
        return False
    with duckdb.connect() as connection:
        try:
            connection.execute(f"attach {_quoted(path)} as {ATTACHED} (read_only)")
            made_from = connection.execute(f"select made_from from {ATTACHED}.origin").fetchone()
        except (duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException):
            return False
    return made_from == (_origin(version),)


def _made(version: Version, settings: Settings, folder: Path) -> Path:
    """The file of the sums in a folder. One process makes it, others that want it wait."""
    path = folder / months_path(version.path).name
    if _serves(path, version):
        return path
    with FileLock(path.with_suffix(".lock")):
        if not _serves(path, version):
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            with duckdb.connect(
                config={"threads": settings.threads, "memory_limit": settings.memory_limit}
            ) as connection:
                connection.execute(f"attach {_quoted(version.path)} as source (read_only)")
                connection.execute(f"attach {_quoted(draft)} as {ATTACHED}")
                sum_by_month(connection, "source")
                connection.execute(f"create table {ATTACHED}.origin as select ? as made_from", [_origin(version)])
                connection.execute(f"detach {ATTACHED}")
            draft.replace(path)
    return path


@cache
def _own_folder() -> Path:
    """A folder that lasts as long as the process."""
    folder = tempfile.mkdtemp(prefix="pinyu-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _origin(version: Version) -> str:
    """What the sums were made from, and how: other bytes under the same name, or another release, want new ones."""
    found = version.path.stat()
    recipe = hashlib.sha256("".join(_recipes()).encode()).hexdigest()
    return f"{version.path.name} {found.st_size} {found.st_mtime_ns} {recipe}"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
