"""What tests of pages share."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def own_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records in a folder of the test's own."""
    path = tmp_path / "records" / "records.sqlite"
    monkeypatch.setenv("PINYU_RECORDS", str(path))
    return path


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the download buttons of a page give, made as if each was clicked."""
    made: list[bytes] = []
    button = st.download_button

    def caught(label: str, data: Any, **more: Any) -> bool:
        content = data() if isinstance(data, Callable) else data  # type: ignore[arg-type]
        made.append(unpacked(content.encode() if isinstance(content, str) else content))
        return bool(button(label, content, **more))

    monkeypatch.setattr(st, "download_button", caught)
    return made


def unpacked(content: bytes) -> bytes:
    """A file's texts; a workbook is a packed one."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())
