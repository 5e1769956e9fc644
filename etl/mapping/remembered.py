"""Mappings that people gave or confirmed, kept beside the warehouse for files with the same headers."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import tomli_w

from etl.mapping.headers import plain, unit_of
from etl.mapping.rules import Rule, read_mapping
from warehouse.versions import MAPPINGS

OF_ONE_FILE = ("pattern", "sheet")
"""What a rule says of the file that it was given for, and not of others with its headers."""


def fingerprint(header: tuple[str, ...]) -> str:
    """A name for files with these headers, however they are spaced and written; their units count.

    Columns without a header do not: so rejected rows that come back corrected are known by the headers they came with.
    """
    words = (f"{plain(name)}\x1e{unit_of(name)}" for name in header if name.strip())
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def recall(*warehouses: Path) -> dict[str, tuple[Rule, ...]]:
    """The remembered rules by the fingerprint of their headers, of several warehouses the newest.

    A file may hold several extracts.
    """
    paths = [path for warehouse in warehouses for path in (warehouse / MAPPINGS).glob("*.toml")]
    newest = {path.stem: path for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns)}
    return {name: read_mapping(path).rules for name, path in sorted(newest.items())}


def remember(warehouse: Path, header: tuple[str, ...], rules: Sequence[Mapping[str, object]]) -> Path:
    """Keep the rules for files with this header; the file is a mapping file like any other."""
    folder = warehouse / MAPPINGS
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{fingerprint(header)}.toml"
    entries: list[dict[str, object]] = []
    for rule in rules:
        entry = {key: part for key, part in rule.items() if key not in OF_ONE_FILE}
        entries += [] if entry in entries else [entry]
    words = " ".join(" | ".join(header).split())
    fresh = path.with_suffix(".new")
    fresh.write_text(f"# {words}\n{tomli_w.dumps({'file': entries})}", encoding="utf-8")
    fresh.replace(path)
    return path


def forget(warehouse: Path, name: str) -> bool:
    """Drop the rule of that fingerprint; False where there was none."""
    known = {path.stem: path for path in (warehouse / MAPPINGS).glob("*.toml")}
    if name not in known:
        return False
    known[name].unlink()
    return True
