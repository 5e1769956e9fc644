"""Numbers as people write them: thousands separators, full-width digits, currency signs, units, brackets for minus."""

from collections.abc import Mapping

from etl.sql import literal
from etl.values.texts import narrowed
from etl.values.traditional import spellings

PARTS = "['before', 'opened', 'sign', 'currency', 'inner', 'digits', 'unit', 'behind', 'closed', 'after']"
DECIMALS = 4
FLOAT_DIGITS, NOISE = 15, "1e-12"
"""A number with so many digits was worked out in binary: what it has beyond the fourth decimal nobody meant."""


def quick_number(text: str) -> str:
    """SQL for the number in a raw text that is written plainly, or NULL.

    Asked of every number, hence cheap. DuckDB alone would round 0.00001 to nothing and read 1_000 for a thousand: what
    is not the same as a floating-point number is read with care.
    """
    number = f"try_cast({text} as decimal(18, 4))"
    return f"case when {number} = try_cast({text} as double) and not contains({text}, '_') then {number} end"


def careful_number(text: str, units: Mapping[str, str], unstated: str = "1") -> str:
    """SQL for the number in a clean text, or NULL.

    `units` maps what may stand behind it to SQL for its factor; `unstated` is the factor where nothing does. Commas or
    spaces may part groups of three digits, and a sign of currency stands at an end. What four decimals cannot hold is
    no number here, unless it is off by less than 10⁻¹², as sums in binary are, or has at least fifteen digits: such a
    one, 88.49557522123894 say, was worked out by a program, and is rounded to four decimals.
    """
    units = {spelling: factor for unit, factor in units.items() for spelling in spellings(unit)}
    named = "|".join(sorted(units, key=lambda unit: -len(unit)))
    digits = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,2})?|\.\d+(?:e[+-]?\d{1,2})?"
    form = rf"^([¥$])?\s*(\()?\s*([+-])?\s*([¥$])?\s*([+-])?({digits})\s*({named})?\s*([¥$])?\s*(\))?\s*(-)?$"
    parts = f"regexp_extract(lower({narrowed(text)}), {literal(form)}, {PARTS})"
    # An optional group that is missing reads as ''. One minus and one currency at most, and brackets in pairs.
    minuses, currencies = (
        " + ".join(f"cast(p.{name} <> '' as integer)" for name in names)
        for names in (("opened", "sign", "inner", "after"), ("before", "currency", "behind"))
    )
    is_number = f"p.digits <> '' and (p.opened = '') = (p.closed = '') and {minuses} <= 1 and {currencies} <= 1"
    is_negative = "p.opened <> '' or '-' in (p.sign, p.inner, p.after)"
    factors = "".join(f" when {literal(unit)} then {factor}" for unit, factor in units.items())
    factor = f"case p.unit when '' then {unstated}{factors} end"
    bare = "replace(replace(p.digits, ',', ''), ' ', '')"
    # Fourteen digits before the point, as many as are kept, and twenty-four behind it.
    value = f"try_cast({bare} as decimal(38, 20)) * cast({factor} as decimal(14, 4))"
    written = "trim(replace(regexp_replace(p.digits, 'e.*|[, ]', '', 'g'), '.', ''), '0')"
    is_exact = f"(abs(v - round(v, {DECIMALS})) < {NOISE} or length({written}) >= {FLOAT_DIGITS})"
    signed = f"case when {is_negative} then -v else v end"
    kept = f"case when {is_exact} then try_cast({signed} as decimal(18, 4)) end"
    read = f"list_transform([try({value})], lambda v: {kept})[1]"
    return f"list_transform([{parts}], lambda p: case when {is_number} then {read} end)[1]"
