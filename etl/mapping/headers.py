"""Which column of a file is which of the contract's, and which contract a file is for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from etl.contract import Column, Extract
from etl.contracts import EXTRACTS
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.errors import FileProblem

CLOSEST = 3
SHOWN = 12
SHOWN_LENGTH = 40


@dataclass(frozen=True)
class Match:
    """Canonical names to the headers found for them, and the required names without one."""

    extract: Extract
    headers: Mapping[str, str]
    missing: tuple[str, ...]


def plain(text: str) -> str:
    """A header without what people vary: width, case, spaces, underscores, a unit in brackets."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-./:]+", "", re.sub(r"\([^)]*\)$", "", narrow.strip()) or narrow)


def shortened(text: str) -> str:
    """A header as a message can show it."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_LENGTH else line[:SHOWN_LENGTH] + "…"


def match_headers(extract: Extract, header: Iterable[str], given: Iterable[str] = ()) -> Match:
    """Find a header for each column: canonical names first, then aliases in order; each header serves once.

    Columns named in `given` are provided for by a mapping and need none.
    """
    free: dict[str, str] = {}
    for name in header:
        free.setdefault(plain(name), name)
    found: dict[str, str] = {}
    open_columns = [column for column in extract.columns if column.name not in set(given)]
    for names in (lambda column: (column.name,), lambda column: column.aliases):
        for column in open_columns:
            key = next((key for key in map(plain, names(column)) if key in free), None)
            if key is not None and column.name not in found:
                found[column.name] = free.pop(key)
    there = {*found, *given}
    missing = tuple(
        column.name for column in extract.columns if column.required and not {column.name, column.instead} & there
    )
    return Match(extract, found, missing)


def recognise(file: str, stem: str, header: tuple[str, ...]) -> Match:
    """The extract that a file is: of those its name allows, or of all, the one that most of its headers fit."""
    named = [extract for extract in EXTRACTS if _longest_name(extract, stem)]
    allowed = [*named, FLAT_SALES] if SALES in named else named or list(EXTRACTS)
    matches = [match_headers(extract, header) for extract in allowed]
    whole = [match for match in matches if not match.missing]
    if whole or named:
        return max(whole or matches, key=lambda match: _fitness(match, stem))
    raise FileProblem(
        f"{file} is none of the known extracts: its headers are {', '.join(map(shortened, header[:SHOWN]))}.",
        "Name the file after its extract (customers.csv, 销售明细.csv), or describe it in a mapping file.",
    )


def require_all(match: Match, file: str, header: tuple[str, ...]) -> None:
    """Stop where a required column has no header, naming the headers that come closest."""
    if not match.missing:
        return
    wanted = [match.extract.column(name) for name in match.missing]
    words = "; ".join(
        f"{_in_both(column)}, closest: {', '.join(_closest(column, header)) or 'none'}" for column in wanted
    )
    raise FileProblem(
        f"{file} ({match.extract.name} {match.extract.name_zh}) lacks required columns: {words}.",
        "Rename the header, or map it in a mapping file (--mapping).",
    )


def _closest(column: Column, header: tuple[str, ...]) -> list[str]:
    scores = {
        name: max(fuzz.ratio(plain(name), plain(known)) for known in (column.name, *column.aliases)) for name in header
    }
    return [shortened(name) for name in sorted(scores, key=lambda name: -scores[name])[:CLOSEST]]


def _in_both(column: Column) -> str:
    chinese = next((alias for alias in column.aliases if not alias.isascii()), "")
    return f"{column.name} {chinese}".strip()


def _fitness(match: Match, stem: str) -> tuple[int, int, int]:
    """Most headers first, then the longest part of the file's name, then the extract with the fewest columns."""
    return len(match.headers), _longest_name(match.extract, stem), -len(match.extract.columns)


def _longest_name(extract: Extract, stem: str) -> int:
    """Length of the longest of the extract's names within the file's name."""
    return max(
        (len(name) for name in map(plain, (extract.name, extract.name_zh, *extract.file_words)) if name in plain(stem)),
        default=0,
    )
