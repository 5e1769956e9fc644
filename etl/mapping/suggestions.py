"""Headers that nobody knows but that come close to one: offered, and taken only once a person has said yes."""

from collections.abc import Callable, Mapping

from rapidfuzz import fuzz

from etl.contract import Column
from etl.errors import MissingColumns
from etl.mapping.headers import Match, plain, shortened

CLOSEST = 3
CLOSE_ENOUGH = 75
"""How alike, of 100, a header must be to be offered."""

Confirm = Callable[[str, Mapping[str, str]], bool]
"""Asked with a file's name and the headers offered for its columns; says whether a person takes them."""


def complete(match: Match, file: str, header: tuple[str, ...], confirm: Confirm | None) -> dict[str, str]:
    """The headers that a person takes for the required columns that have none.

    Raises MissingColumns, naming the headers that come closest, where some has none to offer or they are not taken.
    """
    if not match.missing:
        return {}
    offered = _offered(match, header)
    if confirm is not None and len(offered) == len(match.missing) and confirm(file, offered):
        return offered
    wanted = (match.extract.column(name) for name in match.missing)
    words = "; ".join(
        f"{_in_both(column)}, closest: {', '.join(map(shortened, _closest(column, header)[:CLOSEST])) or 'none'}"
        for column in wanted
    )
    raise MissingColumns(
        f"{file} ({match.extract.name} {match.extract.name_zh}) lacks required columns: {words}.",
        "Rename the header, map it in a mapping file (--mapping), or take the closest (--accept-suggestions)."
        if len(offered) == len(match.missing)
        else "Rename the header, or map it in a mapping file (--mapping).",
    )


def _offered(match: Match, header: tuple[str, ...]) -> dict[str, str]:
    free = [name for name in header if name not in match.headers.values()]
    offered: dict[str, str] = {}
    for column in map(match.extract.column, match.missing):
        best = next(iter(_closest(column, tuple(name for name in free if name not in offered.values()))), "")
        if best and likeness(column, best) >= CLOSE_ENOUGH:
            offered[column.name] = best
    return offered


def _closest(column: Column, header: tuple[str, ...]) -> list[str]:
    return sorted(header, key=lambda name: -likeness(column, name))


def likeness(column: Column, header: str) -> float:
    """How alike a header is to the closest known one of a column, 0 to 100."""
    return max(fuzz.ratio(plain(header), plain(known)) for known in (column.name, *column.aliases))


def _in_both(column: Column) -> str:
    chinese = next((alias for alias in column.aliases if not alias.isascii()), "")
    return f"{column.name} {chinese}".strip()
