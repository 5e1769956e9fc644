"""The app's own records: what people write on screen, in one SQLite file that no load ever touches.

Several people may write at once. Each row carries a version number; whoever saves says which version they had before
them, and where another stands by then nothing is written and they are told.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from warehouse.errors import PinyuError
from warehouse.record_tables import KEYS, MIGRATIONS
from warehouse.settings import Settings

Row = dict[str, str | int | None]
"""A row by column, its `version` and `changed_at` among them."""

WAIT_SECONDS = 30
"""How long a writer waits for another to finish."""

APPLICATION_ID = 0x50594A4C
"""Written into the file, so that no other program's file is taken for ours."""


class RecordsProblem(PinyuError):
    """The file of the records cannot be used."""


class Overtaken(PinyuError):
    """Somebody else saved or removed the row in the meantime; `theirs` is how it stands now, None if it is gone."""

    def __init__(self, theirs: Row | None) -> None:
        super().__init__("Somebody else changed this in the meantime.", "Look at theirs, then save again.")
        self.theirs = theirs


@contextmanager
def open_records(settings: Settings) -> Iterator[sqlite3.Connection]:
    """A connection to the records, made or brought up to date where needed; RecordsProblem where that cannot be."""
    path = settings.records
    try:
        _make(path)
        with closing(_connected(path)) as connection:
            _bring_up_to_date(connection, path)
            yield connection
    except (OSError, sqlite3.Error) as error:
        raise RecordsProblem(
            f"The records in {path} cannot be used: {error}.",
            "Check the setting records, the rights on its folder and the space on its disk.",
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write whole or not at all; one writer at a time, others wait."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself where the disk is full
            connection.execute("rollback")
        raise
    connection.execute("commit")


def read_record(settings: Settings, table: str, key: str) -> Row | None:
    """A row as it stands, None where there is none."""
    with open_records(settings) as connection:
        return _stands(connection, table, key)


def read_records(settings: Settings, table: str) -> list[Row]:
    """All rows of a table, by their key."""
    with open_records(settings) as connection:
        return [dict(row) for row in connection.execute(f"select * from {table} order by {KEYS[table]}")]


def save_record(settings: Settings, table: str, values: Mapping[str, str | int | None], *, version: int) -> Row:
    """Write a row in place of the one of that version, 0 for a row that is new; gives it as it stands now.

    `values` has every column but version and changed_at. Raises Overtaken, and writes nothing, where the row is not
    of that version any more.
    """
    with open_records(settings) as connection, transaction(connection):
        return write_record(connection, table, values, version=version)


def write_record(
    connection: sqlite3.Connection, table: str, values: Mapping[str, str | int | None], *, version: int
) -> Row:
    """The same within a transaction that writes more than the row."""
    key = str(values[KEYS[table]])
    _not_overtaken(connection, table, key, version)
    number = connection.execute("update last_version set number = number + 1 returning number").fetchone()[0]
    row: Row = {**values, "version": number, "changed_at": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"insert or replace into {table} ({columns}) values ({marks})", row)
    return row


def remove_record(settings: Settings, table: str, key: str, *, version: int) -> None:
    """Remove a row of that version; raises Overtaken, and removes nothing, where it is another."""
    with open_records(settings) as connection, transaction(connection):
        _not_overtaken(connection, table, key, version)
        connection.execute(f"delete from {table} where {KEYS[table]} = ?", [key])


def back_up(settings: Settings, folder: Path) -> Path:
    """Copy the records, while others read and write, into a new file in the folder; gives its path.

    The copy has its final name only when it is whole.
    """
    if not settings.records.exists():
        raise RecordsProblem(f"There are no records in {settings.records} yet.", "Nothing needs to be copied.")
    folder.mkdir(parents=True, exist_ok=True)
    path = _free(folder / f"{settings.records.stem}-{datetime.now():%Y%m%d-%H%M%S}.sqlite")
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with open_records(settings) as connection, closing(sqlite3.connect(draft)) as copy:
        connection.backup(copy)
        copy.execute("pragma journal_mode = delete")
        found = copy.execute("pragma integrity_check").fetchone()[0]
    if found != "ok":
        raise RecordsProblem(f"The copy of the records is damaged: {found}.", "Check the disk; nothing was replaced.")
    return draft.rename(path)


def _free(path: Path) -> Path:
    """The path, or one with a number where there is a file of that name."""
    number, wanted = 1, path
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem}-{number}")
    return path


def _stands(connection: sqlite3.Connection, table: str, key: str) -> Row | None:
    found = connection.execute(f"select * from {table} where {KEYS[table]} = ?", [key]).fetchone()
    return dict(found) if found else None


def _not_overtaken(connection: sqlite3.Connection, table: str, key: str, version: int) -> None:
    stands = _stands(connection, table, key)
    if (stands["version"] if stands else 0) != version:
        raise Overtaken(stands)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _make(path: Path) -> None:
    """Make the file where there is none; of several that want it at once one does, and it appears when it is whole.

    Its log of changes, by which some read while one writes, is chosen before anybody else can open it: SQLite does not
    wait for others there, but gives up.
    """
    if _is_there(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS):
        if _is_there(path):
            return
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with closing(_connected(draft)) as connection:
            _bring_up_to_date(connection, draft)
            connection.execute("pragma journal_mode = wal")
        draft.replace(path)


def _is_there(path: Path) -> bool:
    """Whether there is more than the empty file that a start cut short may have left."""
    return path.exists() and path.stat().st_size > 0


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Take the steps that the file lacks; of several that open it at once one does, the others wait."""
    if _state(connection) == (APPLICATION_ID, len(MIGRATIONS)):
        return
    with transaction(connection):
        application, done = _state(connection)
        is_new = not connection.execute("select count(*) from sqlite_schema").fetchone()[0]
        if application != APPLICATION_ID and not is_new:
            raise RecordsProblem(f"{path} is another program's file.", "Name another file in the setting records.")
        if done > len(MIGRATIONS):
            raise RecordsProblem(f"{path} was written by a newer release.", "Update this one, or name another file.")
        for number, steps in enumerate(MIGRATIONS[done:], start=done + 1):
            for step in filter(str.strip, steps.split(";")):
                connection.execute(step)
            connection.execute(f"pragma user_version = {number}")
        connection.execute(f"pragma application_id = {APPLICATION_ID}")


def _state(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is, and how many steps it has taken."""
    application: int = connection.execute("pragma application_id").fetchone()[0]
    done: int = connection.execute("pragma user_version").fetchone()[0]
    return application, done
