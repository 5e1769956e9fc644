"""For each column of an extract the header that most likely holds it, how sure that is, and why; a person decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.contract import Column, Date, Extract, Number
from etl.look import Look
from etl.mapping.by_values import guess, recognise_by_values, taken_for
from etl.mapping.expressions import header_named
from etl.mapping.headers import match_headers, plain, unit_of
from etl.mapping.profile import Profile, profiles
from etl.mapping.suggestions import CLOSE_ENOUGH, likeness

SAMPLES = 3

__all__ = ["Proposal", "propose", "proposed_unit", "recognise_by_values", "taken_for"]


@dataclass(frozen=True)
class Proposal:
    """A column with the header proposed for it, empty where there is none.

    `confidence` is from 0 to 1. `why` is name (the canonical one), alias, remembered, close (a name much like one),
    values (the cells look like it) or none. A remembered mapping may make the column of several headers: then `header`
    is empty and `why` remembered. `samples` are three different cells below the header; `units` are those that titles
    state for the whole table.
    """

    column: Column
    header: str = ""
    confidence: float = 0.0
    why: str = "none"
    samples: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def propose(extract: Extract, look: Look) -> tuple[Proposal, ...]:
    """A proposal for each column of the extract: required ones first, each with what may stand in for it.

    One header serves once. What is remembered comes before names, names before what is close, and that before values.
    """
    columns = {column.header: column for column in profiles(look)}
    found = _remembered(extract, look)
    for header_of in (_named, _close, _guessed):
        taken = {header for header, _, _ in found.values()}
        free = [column for header, column in columns.items() if header not in taken]
        served = {name: columns[header] for name, (header, _, _) in found.items() if header in columns}
        found |= header_of(extract, free, {**dict.fromkeys(found), **served})
    return tuple(_proposal(column, found.get(column.name), columns, look) for column in _in_order(extract))


def proposed_unit(proposal: Proposal) -> str:
    """The unit that the header, or else a title above the table, states for a number; empty where neither does."""
    kind = proposal.column.type
    if not isinstance(kind, Number) or not proposal.header:
        return ""
    return next((unit for unit in (unit_of(proposal.header), *proposal.units) if unit in kind.units), "")


Found = dict[str, tuple[str, float, str]]


def _remembered(extract: Extract, look: Look) -> Found:
    rule = look.rule
    if rule is None or (rule.extract and rule.extract != extract.name):
        return {}
    places = dict.fromkeys(look.header, "")
    found: Found = {}
    for name, stated in rule.columns.items():
        header = header_named(stated, places) if isinstance(stated, str) else ""
        if name in extract.names:
            found[name] = (header if header in places else "", 1.0, "remembered")
    return found


def _named(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile | None]) -> Found:
    match = match_headers(extract, [column.header for column in free], found)
    return {
        name: (header, 1.0, "name" if plain(header) == plain(name) else "alias")
        for name, header in match.headers.items()
    }


def _close(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile | None]) -> Found:
    """The closest pairs first; values that are none of the column's kind speak against a name."""
    pairs = sorted(
        ((likeness(column, each.header), column, each.header) for column, each in _pairs(extract, free, found)),
        key=lambda pair: -pair[0],
    )
    close: Found = {}
    for alike, column, header in pairs:
        is_free = column.name not in close and header not in {taken for taken, _, _ in close.values()}
        if is_free and alike >= CLOSE_ENOUGH:
            close[column.name] = (header, round(alike / 100 * 0.95, 2), "close")
    return close


def _pairs(
    extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile | None]
) -> Iterator[tuple[Column, Profile]]:
    for column in extract.columns:
        for each in free:
            if column.name not in found and _may_be(column, each):
                yield column, each


def _may_be(column: Column, each: Profile) -> bool:
    if not each.filled:
        return True
    if column.type == Date:
        return each.is_day or each.day_share > 0
    return not isinstance(column.type, Number) or each.is_numeric


def _guessed(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile | None]) -> Found:
    known = {name: each for name, each in found.items() if each is not None}
    # A column that a remembered mapping makes of several headers is served, though no single one holds it.
    guessed = guess(extract, free, known)
    return {name: (header, confidence, "values") for name, (header, confidence) in guessed.items() if name not in found}


def _in_order(extract: Extract) -> list[Column]:
    stand_ins = {column.instead: column for column in extract.columns if column.required and column.instead}
    required = [column for column in extract.columns if column.required]
    first = [
        part
        for column in required
        for part in (column, *(extract.column(name) for name in stand_ins if stand_ins[name] is column))
    ]
    return [*first, *(column for column in extract.columns if column not in first)]


def _proposal(
    column: Column, found: tuple[str, float, str] | None, columns: Mapping[str, Profile], look: Look
) -> Proposal:
    header, confidence, why = found or ("", 0.0, "none")
    samples = tuple(columns[header].distinct[:SAMPLES]) if header in columns else ()
    return Proposal(column, header, confidence, why, samples, look.units)
