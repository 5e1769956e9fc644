"""Files written by hand, loads into a folder of the test's own, and questions to what was loaded."""

import csv
from pathlib import Path

import duckdb
import pytest

import etl
from etl.comparing.sales import compared
from warehouse.settings import Settings, load_settings
from warehouse.versions import current_version


class Office:
    """A folder of extracts and the warehouse they are loaded into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "extracts"
        self.warehouse = folder / "warehouse"
        self.folder.mkdir()

    def write(self, name, *rows, delimiter=",", encoding="utf-8"):
        """A file of rows, the first being the header."""
        path = self.folder / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    def load(self, *paths, mapping=None, reject_share=None, wishes=None):
        """Load the paths, or the whole folder."""
        settings = load_settings() if reject_share is None else Settings(reject_share=reject_share)
        given = list(paths) or [self.folder]
        return etl.load(given, warehouse=self.warehouse, mapping=mapping, settings=settings, wishes=wishes)

    def ask(self, sql):
        """Rows of the current version."""
        with duckdb.connect(str(current_version(self.warehouse).path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    @property
    def version(self):
        """Name of the current version, or None."""
        version = current_version(self.warehouse)
        return version and version.name


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def sides(office, tmp_path):
    """Load files into a private side and into the shared one, and connect to both."""
    opened = []

    def load(private, shared):
        etl.load(shared, warehouse=tmp_path / "shared")
        etl.load(private, warehouse=tmp_path / "private")
        context = compared(*(current_version(tmp_path / name).path for name in ("private", "shared")))
        opened.append(context)
        return context.__enter__()

    yield load
    for context in opened:
        context.__exit__(None, None, None)
