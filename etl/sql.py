"""The two ways in which names and texts from outside may enter SQL, and nothing else does."""

from collections.abc import Iterable


def quoted(name: str) -> str:
    """An identifier of a file's own header, quoted."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal, for the places where DuckDB takes no bound value."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str]) -> str:
    """Names, comma-separated."""
    return ", ".join(names)
