"""What the tests of the pages share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's records are a test's own: no test writes into those of this installation."""
    path = tmp_path / "records" / "records.sqlite"
    monkeypatch.setenv("PINYU_RECORDS", str(path))
    return path
