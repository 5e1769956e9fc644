"""Days and months as people and programs write them."""

from etl.sql import listed, literal
from etl.values.texts import narrowed

FIRST_DAY, LAST_DAY = "date '1900-01-01'", "date '2199-12-31'"
SERIAL_ZERO, SERIAL_ZERO_1904 = "date '1899-12-30'", "date '1904-01-01'"
FIRST_SERIAL_DAY, LAST_SERIAL_DAY = "date '1980-01-01'", "date '2119-01-10'"
"""Excel counts days from the end of 1899, and in some workbooks from 1904; between these two days numbers can be
nothing else in a column of days."""

CLOCK = r"([01]?\d|2[0-4]):[0-5]?\d(:([0-5]?\d|60)([.,]\d+)?)? *(上午|下午|AM|PM)? *(Z|UTC|[+-]\d{2}(:?\d{2})?)?"
"""A time of day; it is not kept, but where it is none, neither is the day beside it."""

FORMATS = {
    "M/D/YY": ("%m/%d/%y", "%m/%d/%Y"),
    "M/D/YYYY": ("%m/%d/%Y",),
    "D/M/YY": ("%d/%m/%y", "%d/%m/%Y"),
    "D/M/YYYY": ("%d/%m/%Y",),
    "D.M.YYYY": ("%d/%m/%Y",),
    "YY/M/D": ("%y/%m/%d",),
}
"""Ways to write a day that only a mapping file may allow, since they cannot be told apart by looking. Whether - . or /
stands between the parts does not matter."""
ORDERS = ("D/M/YY", "M/D/YY", "YY/M/D")
"""The widest way of each order of day, month and year."""


def order_of(date_format: str) -> str:
    """The widest way with the same order; empty where no way is stated."""
    return next((order for order in ORDERS if order[0] == date_format[:1]), "")


def day(text: str, date_format: str, zero: str = SERIAL_ZERO) -> str:
    """SQL for the day in a clean text, written in the stated way, if one is, or else in one that leaves no doubt.

    A spreadsheet turns some cells of a column into real days and leaves others as they were typed, so that both ways
    come in one column. `zero` is SQL for the day that Excel's numbers count from.
    """
    if not date_format:
        return careful_day(text, zero)
    formats = listed(literal(form) for form in FORMATS[date_format])
    parts = f"translate(split_part({narrowed(text)}, ' ', 1), '-.', '//')"
    stated = f"cast(try_strptime({parts}, [{formats}]) as date)"
    return f"case when {stated} is not null then {stated} else {careful_day(text, zero)} end"


def careful_day(text: str, zero: str = SERIAL_ZERO) -> str:
    """20261123, 2026年11月3日, 2026.11.3, in digits of any width and with a time of day; Excel's number of a day."""
    narrow = narrowed(text)
    time = rf"([ T]*(上午|下午|AM|PM)? *{CLOCK})?"
    iso = f"regexp_replace({narrow}, '^(\\d{{4}})[-/.年](\\d{{1,2}})[-/.月](\\d{{1,2}})日?{time}$', '\\1-\\2-\\3')"
    together = f"regexp_replace({iso}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})(\\.0|\\d{{6}})?{time}$', '\\1-\\2-\\3')"
    is_day = f"regexp_full_match({together}, '\\d{{4}}-\\d{{1,2}}-\\d{{1,2}}')"
    found = f"case when {is_day} then try_cast({together} as date) end"
    is_serial = f"regexp_full_match({narrow}, '\\d{{5}}(\\.\\d+)?')"
    serial = f"({zero} + try_cast(case when {is_serial} then left({narrow}, 5) end as integer))"
    return (
        f"case when {found} between {FIRST_DAY} and {LAST_DAY} then {found}"
        f" when {serial} between {FIRST_SERIAL_DAY} and {LAST_SERIAL_DAY} then {serial} end"
    )


def first_of_month(text: str, date_format: str, zero: str = SERIAL_ZERO) -> str:
    """The first day of a month written 2026-11, 2026/11, 202611, 2026年11月, or of any of its days."""
    parts = f"regexp_extract({narrowed(text)}, '^(\\d{{4}})[-/.年]?(\\d{{1,2}})月?$', ['year', 'month'])"
    first = f"try_cast({parts}.year || '-' || {parts}.month || '-01' as date)"
    # Five digits may be Excel's number of a day, and are never a year and a month of one digit.
    is_serial = f"regexp_full_match({narrowed(text)}, '\\d{{5}}')"
    return (
        f"case when {first} is not null and not {is_serial} then {first}"
        f" else date_trunc('month', {day(text, date_format, zero)}) end"
    )
