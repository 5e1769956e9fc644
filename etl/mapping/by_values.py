"""Which column is which where no header is known: guessed from the values, and never surer than that.

Only sales are guessed at. Days tell the day of an order; of numbers, two that multiply to a third tell quantity and
amount, else their size and decimals do, and what is called a price is neither; of codes and names, a word in the header
tells, else what they look like, else how many there are: more customers than products than managers. A code and a name
that go together are of the same thing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from statistics import fmean

from etl.contract import Extract
from etl.contracts import BY_NAME
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.look import Look
from etl.mapping.header_words import is_called_any_price, is_called_for
from etl.mapping.headers import match_headers
from etl.mapping.profile import MOST, Profile

SURE, LIKELY, HALF, FAINT = 0.9, 0.6, 0.4, 0.3
SEVERAL_ROWS = 3
MOST_MEASURES, MOST_NAMINGS = 8, 24
ENTITIES = {
    "customer": ("customer_id", "customer_name"),
    "product": ("sku_id", "sku_name"),
    "manager": ("manager_id", "manager_name"),
}
LOOKS_LIKE = {
    "customer": re.compile(r".*(店|超市|商行|商场|便利|烟酒|副食|批发|公司|shop|store|mart|ltd|inc|gmbh).*", re.I),
    "product": re.compile(r".*([（(].{1,6}[)）]|\d ?(ml|g|kg|支|片|盒|装)).*", re.I),
    "manager": re.compile(r"[\u4e00-\u9fff]{2,3}"),
}
"""What names of each look like; a person's name has two or three characters."""

Found = Mapping[str, tuple[str, float]]
"""Columns with the headers guessed for them and how sure that is, 0 to 1."""


@dataclass(frozen=True)
class Naming:
    """One kind of thing that rows name: by a code, by a name, or by both."""

    code: Profile | None
    name: Profile | None

    @property
    def profile(self) -> Profile:
        """The column that tells most."""
        found = self.name or self.code
        if found is None:
            raise ValueError("a naming needs a column")
        return found

    @property
    def count(self) -> int:
        """How many different ones there are."""
        return len(self.profile.distinct)


def recognise_by_values(look: Look) -> str:
    """The name of the extract that a table most likely is, judged by its values alone; empty where nothing tells.

    A table with a day, a number and two columns that name things is taken for flat sales.
    """
    columns = look.profiles
    has_day = any(column.is_day for column in columns)
    has_measure = any(column.is_measure for column in columns)
    return FLAT_SALES.name if has_day and has_measure and len(_namings(columns)) > 1 else ""


def taken_for(look: Look) -> str:
    """The name of the extract that a table most likely is, by its headers, else by its values.

    Headers that fit a list of products may be those of sales: a code that keeps coming again is of no list.
    """
    if look.rule is not None or not look.extract or not BY_NAME[look.extract].is_master:
        return look.extract or recognise_by_values(look)
    key = match_headers(BY_NAME[look.extract], look.header).headers.get(BY_NAME[look.extract].keys[0][0])
    repeats = any(each.header == key and len(each.distinct) < MOST * len(each.filled) for each in look.profiles)
    return (repeats and recognise_by_values(look)) or look.extract


def guess(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile]) -> Found:
    """Headers for the columns of sales that have none yet, out of the columns that are free."""
    if extract not in (SALES, FLAT_SALES):
        return _only_day(extract, free, found)
    guessed: dict[str, tuple[str, float]] = {}
    guessed |= _only_day(extract, free, found)
    # Where numbers have decimal commas the amount may be among them, and another column is not to stand in for it.
    if not any(column.has_decimal_commas for column in free):
        guessed |= _measures([column for column in free if column.is_measure], found)
    days = next((column for column in free if column.header == guessed.get("order_date", ("", 0))[0]), None)
    guessed |= _things(extract, _namings(free), found, days or found.get("order_date"))
    return {name: place for name, place in guessed.items() if name in extract.names}


def _only_day(extract: Extract, free: Sequence[Profile], found: Mapping[str, Profile]) -> Found:
    """The first column of days for the day that every row must have."""
    wanted = [column.name for column in extract.columns if column.type.sql == "date" and column.required]
    days = [column for column in free if column.is_day]
    if len(wanted) != 1 or wanted[0] in found or not days:
        return {}
    return {wanted[0]: (days[0].header, SURE if len(days) == 1 else LIKELY)}


def _measures(free: Sequence[Profile], found: Mapping[str, Profile]) -> Found:
    """Quantity and amount: of a product of two numbers both; else the larger is the amount, whole ones the quantity."""
    wanted = [name for name in ("qty", "amount") if name not in found]
    if not wanted or not free:
        return {}
    if len(wanted) == len(("qty", "amount")):
        for one, other, product in permutations(free[:MOST_MEASURES], 3):
            if one.is_whole and _multiply(one, other, product) and (not other.is_whole or _size(one) <= _size(other)):
                return {"qty": (one.header, SURE), "amount": (product.header, SURE)}
    ranked = sorted(
        (column for column in free if not is_called_any_price(column.header)),
        key=lambda column: (-_size(column), column.header),
    )
    guessed: dict[str, tuple[str, float]] = {}
    if "amount" in wanted and ranked:
        guessed["amount"] = (ranked.pop(0).header, LIKELY if len(free) <= len(wanted) else HALF)
    whole = [column for column in ranked if column.is_whole]
    if "qty" in wanted and whole:
        guessed["qty"] = (whole[-1].header, HALF if len(ranked) == 1 else FAINT)
    return guessed


def _size(column: Profile) -> float:
    return fmean(abs(number) for number in column.numbers if number is not None)


def _multiply(one: Profile, other: Profile, product: Profile) -> bool:
    rows = [
        (a * b, c)
        for a, b, c in zip(one.numbers, other.numbers, product.numbers, strict=True)
        if a is not None and b is not None and c is not None and b not in (0, 1)
    ]
    right = sum(abs(worked_out - stated) <= max(Decimal("0.01"), abs(stated) / 1000) for worked_out, stated in rows)
    is_telling = len({worked_out for worked_out, _ in rows}) >= SEVERAL_ROWS
    return is_telling and right >= MOST * len(rows)


def _namings(columns: Sequence[Profile]) -> list[Naming]:
    """The things that rows name, most numerous first; a code and a name that always go together are one."""
    naming = [column for column in columns if column.is_naming][:MOST_NAMINGS]
    codes, names = ([column for column in naming if column.is_code is is_code] for is_code in (True, False))
    pairs: list[Naming] = []
    for code, name in ((code, name) for code in codes for name in names):
        taken = [part for pair in pairs for part in (pair.code, pair.name)]
        if code not in taken and name not in taken and _determines(code, name) and _determines(name, code):
            pairs.append(Naming(code, name))
    paired = [part for pair in pairs for part in (pair.code, pair.name)]
    single = [Naming(column, None) if column.is_code else Naming(None, column) for column in naming]
    pairs += [each for each in single if each.profile not in paired]
    return sorted(pairs, key=lambda each: -each.count)


def _determines(one: Profile, other: Profile) -> bool:
    """Whether equal values of one column always come with equal values of the other, and some do repeat."""
    seen = {(a, b) for a, b in zip(one.cells, other.cells, strict=True) if a and b}
    values = {a for a, _ in seen}
    return 1 < len(values) == len(seen) < len(one.filled)


def _things(extract: Extract, namings: list[Naming], found: Mapping[str, Profile], day: Profile | None) -> Found:
    guessed: dict[str, tuple[str, float]] = {}
    order = None if "order_id" in found else _order(namings, day)
    if order is not None:
        guessed["order_id"] = (order.profile.header, HALF)
    left = [each for each in namings if each is not order]
    wanted = [kind for kind, names in ENTITIES.items() if not set(names) & set(found)]
    placed: dict[str, tuple[Naming, float]] = {}
    for kind in wanted:
        alike = [each for each in left if _is_called_for(kind, each)]
        alike += [each for each in left if each.name and _looks_like(kind, each.name)]
        # Who sold it is left open where a customer or a product would be missing then.
        needed = 0 if kind != "manager" else len([other for other in wanted if other not in {kind, *placed}])
        if alike and len(left) > needed:
            placed[kind] = (alike[0], LIKELY)
            left.remove(alike[0])
    for kind in wanted:
        if left and kind not in placed and kind != "manager":
            placed[kind] = (left.pop(0), HALF)
    for kind, (naming, confidence) in placed.items():
        guessed |= _columns_of(extract, kind, naming, confidence)
    return guessed


def _columns_of(extract: Extract, kind: str, naming: Naming, confidence: float) -> Found:
    code, name = ENTITIES[kind]
    if name not in extract.names:
        # Sales know things by their code alone, and a name will do for one.
        return {code: ((naming.code or naming.profile).header, confidence)}
    parts = ((code, naming.code), (name, naming.name))
    return {column: (part.header, confidence) for column, part in parts if part is not None}


def _order(namings: Sequence[Naming], day: Profile | None) -> Naming | None:
    """The numbers of orders: the most numerous codes without a name, of which each has one day, and that are many."""
    if day is None or len(set(day.filled)) < SEVERAL_ROWS or len(namings) <= len(("customer", "product")):
        return None
    # In one month a customer may well have ordered on one day alone.
    first = next((each for each in namings if not any(_is_called_for(kind, each) for kind in ENTITIES)), namings[0])
    is_one_day = _determines(first.profile, day) or len(first.profile.distinct) == len(first.profile.filled)
    return first if first.name is None and is_one_day else None


def _is_called_for(kind: str, naming: Naming) -> bool:
    return any(part is not None and is_called_for(kind, part.header) for part in (naming.code, naming.name))


def _looks_like(kind: str, column: Profile) -> bool:
    values = column.distinct
    return sum(bool(LOOKS_LIKE[kind].fullmatch(value)) for value in values) >= MOST * len(values)
