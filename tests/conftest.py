"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import etl
from tests.world import World
from warehouse.settings import ROOT


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty small world."""
    made = World(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed sample, loaded."""
    folder = tmp_path_factory.mktemp("sample") / "warehouse"
    etl.load([ROOT / "data" / "sample"], warehouse=folder)
    return folder
