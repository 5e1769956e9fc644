"""For each column of an extract the header that most likely holds it, how sure that is, and why; a person decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.contract import Column, Date, Extract, Number, Text
from etl.look import Look
from etl.mapping.by_values import guess, recognise_by_values, taken_for
from etl.mapping.headers import match_headers, plain, unit_of
from etl.mapping.profile import Profile
from etl.mapping.suggestions import CLOSE_ENOUGH, likeness
from etl.mapping.worked_out import amounts, factors, named

SAMPLES = 3
BESIDE = {"ordered_qty": "qty"}
"""What only makes sense beside another: a single quantity is what was sold, even where it is called ordered."""
OF_A_PRICE = 0.8

__all__ = ["Proposal", "propose", "proposed_unit", "recognise_by_values", "samples", "taken_for"]


@dataclass(frozen=True)
class Proposal:
    """A column with the header proposed for it, empty where there is none.

    `header` may be a quantity times a price (worked_out.py). `confidence` is from 0 to 1. `why` is name (the canonical
    one), alias, remembered, close (a name much like one), price (no amount is there, but a price is), values (the cells
    look like it) or none. A remembered mapping may make the column of several headers in another way: then `header` is
    empty and `why` remembered. `samples` are three different cells below the header; `units` are those that titles
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

    One header serves once, but for a quantity that gives the amount with its price. What is remembered comes before
    names, names before what is close, that before a price, and that before values.
    """
    columns = {column.header: column for column in look.profiles}
    found = _remembered(extract, look)
    for header_of in (_named, _close, _priced, _guessed):
        taken = {part for header, _, _ in found.values() for part in factors(header, look.header) or (header,)}
        free = [column for header, column in columns.items() if header not in taken]
        served = {name: columns[header] for name, (header, _, _) in found.items() if header in columns}
        found |= header_of(extract, free, {**dict.fromkeys(found), **served})
    return tuple(_proposal(column, found.get(column.name), columns, look) for column in _in_order(extract))


def samples(look: Look, header: str) -> tuple[str, ...]:
    """Three different values below a header, or of a quantity times a price; none where there is no such header."""
    return _samples(header, {column.header: column for column in look.profiles}, look)


def proposed_unit(proposal: Proposal) -> str:
    """The unit that the header, or else a title above the table, states for a number; empty where neither does."""
    kind = proposal.column.type
    if not isinstance(kind, Number) or not proposal.header:
        return ""
    return next((unit for unit in (unit_of(proposal.header), *proposal.units) if unit in kind.units), "")


def unlikely(extract: Extract, look: Look, columns: Mapping[str, str]) -> list[str]:
    """Of columns with the headers chosen for them, those whose first values are of another kind than theirs."""
    known = {column.header: column for column in look.profiles}
    return [
        name
        for name, header in columns.items()
        if header in known and extract.column(name).type != Text and not _may_be(extract.column(name), known[header])
    ]


Found = dict[str, tuple[str, float, str]]


def _remembered(extract: Extract, look: Look) -> Found:
    rule = look.rule
    if rule is None or (rule.extract and rule.extract != extract.name):
        return {}
    return {
        name: (named(stated, look.header), 1.0, "remembered")
        for name, stated in rule.columns.items()
        if name in extract.names
    }


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
        other = BESIDE.get(column.name)
        has_other = other is None or other in found or other in close
        if is_free and has_other and alike >= CLOSE_ENOUGH:
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
    if column.type == Text:
        return not (each.is_code and each.is_numeric)
    return not isinstance(column.type, Number) or each.is_numeric


def _priced(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile | None]) -> Found:
    """The amount as the quantity times its price, where nothing is called an amount."""
    quantity = found.get("qty")
    if "amount" in found or "amount" not in extract.names or quantity is None:
        return {}
    header = [quantity.header, *(each.header for each in free if each.is_numeric)]
    worked_out = amounts(header, quantity.header)
    return {"amount": (worked_out[0], OF_A_PRICE, "price")} if worked_out else {}


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
    return Proposal(column, header, confidence, why, _samples(header, columns, look), look.units)


def _samples(header: str, columns: Mapping[str, Profile], look: Look) -> tuple[str, ...]:
    if header in columns:
        return tuple(columns[header].distinct[:SAMPLES])
    parts = factors(header, look.header)
    if parts is None:
        return ()
    rows = zip(*(columns[part].numbers for part in parts), strict=True)
    products = (one * other for one, other in rows if one is not None and other is not None)
    return tuple(dict.fromkeys(f"{product.normalize():f}" for product in products))[:SAMPLES]
