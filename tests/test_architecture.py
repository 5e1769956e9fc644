"""The rooms of the house: who knows whom, and what may stand where."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.settings import ROOT

ROOMS = ("pages", "meeting", "ui", "metrics", "warehouse", "etl")
SOURCES = [ROOT / "app.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
SQL = re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)
MOST_LINES = 300


def test_imports_go_in_the_directions_of_the_house() -> None:
    """In a process of its own: the linter sets up logging anew and silences every logger that was there."""
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    told = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_to_its_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(tree), "a module says what it is for"
    assert "unsafe_allow_html" not in text
    if path.relative_to(ROOT).parts[0] in ("app.py", "ui", "pages"):
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [found for found in texts if SQL.search(found)]


def test_public_functions_say_what_they_give() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
