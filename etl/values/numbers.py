"""Numbers as people write them: thousands separators, full-width digits, currency signs, units, brackets for minus."""

from collections.abc import Mapping

from etl.sql import literal
from etl.values.texts import narrowed

PARTS = "['opened', 'sign', 'digits', 'unit', 'closed', 'after']"


def careful_number(text: str, units: Mapping[str, str], unstated: str = "1") -> str:
    """SQL for the number in a clean text, or NULL.

    `units` maps what may stand behind it to SQL for its factor; `unstated` is the factor where nothing does.
    """
    bare = f"regexp_replace(lower({narrowed(text)}), '[¥$\\s]', '', 'g')"
    named = "|".join(sorted(units, key=lambda unit: -len(unit)))
    digits = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
    form = f"^(\\()?([+-])?({digits})({named})?(\\))?(-)?$"
    parts = f"regexp_extract({bare}, {literal(form)}, {PARTS})"
    # An optional group that is missing reads as ''. One minus at most, and brackets in pairs.
    minuses = "(cast(p.opened <> '' as integer) + cast(p.sign <> '' as integer) + cast(p.after <> '' as integer))"
    is_number = f"p.digits <> '' and (p.opened = '') = (p.closed = '') and {minuses} <= 1"
    sign = "case when p.opened <> '' or p.sign = '-' or p.after <> '' then -1 else 1 end"
    factors = "".join(f" when {literal(unit)} then {factor}" for unit, factor in units.items())
    factor = f"case p.unit when '' then {unstated}{factors} end"
    value = f"try_cast(replace(p.digits, ',', '') as decimal(24, 8)) * cast({factor} as decimal(14, 4)) * {sign}"
    read = f"case when {is_number} then try_cast(try({value}) as decimal(18, 4)) end"
    return f"list_transform([{parts}], lambda p: {read})[1]"
