"""Which column of a file is which of the contract's, and which contract a file is for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from etl.contract import CARTONS, YUAN, Extract, Measure, Money, Quantity
from etl.contracts import EXTRACTS
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.errors import NotRecognised
from etl.values.traditional import simplified

UNITS = "|".join(sorted({*CARTONS, *YUAN}, key=lambda unit: -len(unit)))
UNIT_BEHIND = re.compile(rf"(?:\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|[/_:]\s*({UNITS}))$")
SHOWN = 12
SHOWN_LENGTH = 40


@dataclass(frozen=True)
class Match:
    """Canonical names to the headers found for them, and the required names without one."""

    extract: Extract
    headers: Mapping[str, str]
    missing: tuple[str, ...]


def plain(text: str) -> str:
    """A header without what people vary: width, case, script, spaces, underscores, a unit behind it."""
    narrow = _narrow(text)
    return re.sub(r"[\s_\-./:]+", "", UNIT_BEHIND.sub("", narrow) or narrow)


def unit_of(header: str) -> str:
    """What stands in brackets, or behind a slash, at the end of a header: 箱 of 数量（箱） and of 销量/箱."""
    found = UNIT_BEHIND.search(_narrow(header))
    return next((part for part in found.groups() if part), "").strip() if found else ""


def unit_named(text: str) -> str:
    """A unit as somebody writes it, in the way that the contracts do."""
    return _narrow(text)


def is_known(header: str) -> bool:
    """Whether it is a header of any extract."""
    return plain(header) in _known(summed=False)


def is_summed(header: str) -> bool:
    """Whether it is a header whose numbers are summed."""
    return plain(header) in _known(summed=True)


@cache
def _known(summed: bool) -> frozenset[str]:
    return frozenset(
        plain(word)
        for extract in EXTRACTS
        for column in extract.columns
        if not summed or column.type in (Quantity, Money, Measure)
        for word in (column.name, *column.aliases)
    )


def _narrow(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text).casefold().strip())


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
    raise NotRecognised(
        f"{file} is none of the known extracts: its headers are {', '.join(map(shortened, header[:SHOWN]))}.",
        "Name the file after its extract (customers.csv, 销售明细.csv), or describe it in a mapping file.",
    )


def _fitness(match: Match, stem: str) -> tuple[int, int, int]:
    """Most headers first, then the longest part of the file's name, then the extract with the fewest columns."""
    return len(match.headers), _longest_name(match.extract, stem), -len(match.extract.columns)


def _longest_name(extract: Extract, stem: str) -> int:
    """Length of the longest of the extract's names within the file's name."""
    return max(
        (len(name) for name in map(plain, (extract.name, extract.name_zh, *extract.file_words)) if name in plain(stem)),
        default=0,
    )
