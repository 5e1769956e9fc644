"""Mappings that people gave or confirmed, kept beside the warehouse for files with the same headers."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from etl.mapping.headers import plain, unit_of
from etl.mapping.rules import Rule, read_mapping

FOLDER = "mappings"


def fingerprint(header: tuple[str, ...]) -> str:
    """A name for files with these headers, however they are spaced and written; their units count."""
    words = (f"{plain(name)}\x1e{unit_of(name)}" for name in header)
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def recall(warehouse: Path) -> dict[str, Rule]:
    """The remembered rules by the fingerprint of their headers."""
    return {path.stem: rule for path in sorted((warehouse / FOLDER).glob("*.toml")) for rule in _rules(path)}


def remember(warehouse: Path, header: tuple[str, ...], rule: Mapping[str, object]) -> Path:
    """Keep a rule for files with this header; the file is a mapping file like any other."""
    folder = warehouse / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{fingerprint(header)}.toml"
    entry = {key: part for key, part in rule.items() if key != "pattern"}
    words = " ".join(" | ".join(header).split())
    fresh = path.with_suffix(".new")
    fresh.write_text(f"# {words}\n{tomli_w.dumps({'file': [entry]})}", encoding="utf-8")
    fresh.replace(path)
    return path


def forget(warehouse: Path, name: str) -> bool:
    """Drop the rule of that fingerprint; False where there was none."""
    known = {path.stem: path for path in (warehouse / FOLDER).glob("*.toml")}
    if name not in known:
        return False
    known[name].unlink()
    return True


def _rules(path: Path) -> tuple[Rule, ...]:
    return read_mapping(path).rules[:1]
