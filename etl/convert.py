"""Texts to values, in SQL: a fast cast first, and the careful reading only for what that cast refuses.

Every conversion gives NULL where a text is not a value of the type, which makes the row a reject. Nothing is guessed.
"""

from etl.contract import Choice, Date, Id, Money, Month, Quantity, Text, Type, Whole, YesNo
from etl.sql import literal

FIRST_DAY, LAST_DAY = "date '1900-01-01'", "date '2199-12-31'"
WIDE = "０１２３４５６７８９．，－＋（）／：％￥　"
NARROW = "0123456789.,-+()/:%¥ "
YES = ("是", "y", "yes", "1", "true", "t", "√", "有")
NO = ("否", "n", "no", "0", "false", "f", "×", "无")

FORMATS = {
    "M/D/YY": ("%m/%d/%y", "%m/%d/%Y"),
    "M/D/YYYY": ("%m/%d/%Y",),
    "D/M/YY": ("%d/%m/%y", "%d/%m/%Y"),
    "D/M/YYYY": ("%d/%m/%Y",),
    "D.M.YYYY": ("%d.%m.%Y",),
}
"""Ways to write a day that only a mapping file may allow, since they cannot be told apart by looking."""

Reason = tuple[str, str]


def cleaned(text: str) -> str:
    """The text without spaces of any width, tabs and line breaks at its ends; NULL where nothing is left."""
    broken = f"contains({text}, chr(9)) or contains({text}, chr(10))"
    return (
        f"nullif(trim(case when {broken} then trim({text}, ' ' || chr(9) || chr(10) || chr(13)) else {text} end), '')"
    )


def quick(text: str, kind: Type, date_format: str = "") -> str:
    """SQL for the cheap reading of a raw text, which `converted` takes further; NULL where there is none."""
    if kind in (Text, Id):
        return f"trim({text})"
    if kind == Date and not date_format:
        return f"try_cast({text} as date)"
    if kind in (Quantity, Money, Whole):
        return f"try_cast({text} as decimal(18, 4))"
    return "null"


def converted(quickly: str, text: str, kind: Type, date_format: str = "") -> str:
    """SQL that turns a raw text into a value of the type, or NULL where it is empty or no such value.

    `quickly` is the column that holds its quick reading. Every step is a CASE: of a COALESCE, DuckDB takes repeated
    parts out and works them out for every row.
    """
    if kind in (Text, Id):
        is_broken = f"contains({text}, chr(9)) or contains({text}, chr(10))"
        return f"case when {is_broken} then {cleaned(text)} else nullif({quickly}, '') end"
    if kind == Date and not date_format:
        # DuckDB also takes 'epoch' for a day: a day begins with a digit.
        is_day = f"{quickly} between {FIRST_DAY} and {LAST_DAY} and {text} < 'A'"
        return f"case when {is_day} then {quickly} when {text} is not null then {_careful_date(cleaned(text))} end"
    if kind in (Quantity, Money):
        return f"case when {quickly} is not null then {quickly} else {_careful_number(cleaned(text))} end"
    if kind == Whole:
        careful = _careful_number(cleaned(text))
        return (
            f"case when {quickly} = trunc({quickly}) then try_cast({quickly} as integer)"
            f" when {quickly} is not null then null"
            f" when {careful} = trunc({careful}) then try_cast({careful} as integer) end"
        )
    return _converted(cleaned(text), kind, date_format)


def _converted(text: str, kind: Type, date_format: str) -> str:
    if isinstance(kind, Choice):
        return _choice(text, kind)
    if kind == Month:
        return f"strftime({_month(text, date_format)}, '%Y-%m')"
    if kind == YesNo:
        yes, no = (f"lower({text}) in ({_literals(words)})" for words in (YES, NO))
        return f"case when {yes} then true when {no} then false end"
    return _date(text, date_format)


def reason(kind: Type) -> Reason:
    """Why a text that could not be converted was refused, in English and Chinese."""
    if isinstance(kind, Choice):
        words = ", ".join(f"{word} ({aliases[0]})" if aliases else word for word, aliases in kind.words.items())
        return f"is none of: {words}", f"不在可选值之内：{words}"
    article = "an" if kind.name[0] in "aeiou" else "a"
    return f"is not {article} {kind.name}", f"不是有效的{kind.name_zh}"


EMPTY: Reason = ("is empty but must be filled in", "必填，但为空")


def number(text: str) -> str:
    """A number out of a raw text, for the arithmetic of mapping files; NULL where it is none."""
    return _number(cleaned(text))


def _number(text: str) -> str:
    fast = f"try_cast({text} as decimal(18, 4))"
    return f"case when {fast} is not null then {fast} else {_careful_number(text)} end"


def _careful_number(text: str) -> str:
    """Currency signs, thousands separators, full-width digits, brackets or a trailing minus for negatives."""
    bare = f"regexp_replace(translate({text}, {literal(WIDE)}, {literal(NARROW)}), '[¥$元\\s]', '', 'g')"
    digits = r"(\d{1,3}(,\d{3})+|\d+)(\.\d*)?"
    plain = f"replace({bare}, ',', '')"
    return (
        f"case when regexp_full_match({bare}, '[+-]?{digits}') then try_cast({plain} as decimal(18, 4))"
        f" when regexp_full_match({bare}, '{digits}-') then -try_cast(rtrim({plain}, '-') as decimal(18, 4))"
        f" when regexp_full_match({bare}, '\\({digits}\\)') then -try_cast(trim({plain}, '()') as decimal(18, 4)) end"
    )


def _date(text: str, date_format: str) -> str:
    if date_format:
        formats = ", ".join(literal(form) for form in FORMATS[date_format])
        day = f"split_part(translate({text}, {literal(WIDE)}, {literal(NARROW)}), ' ', 1)"
        return f"cast(try_strptime({day}, [{formats}]) as date)"
    return _careful_date(text)


def _careful_date(text: str) -> str:
    """20261123, 2026年11月3日, 2026.11.3, full-width digits, and a time of day after any of them."""
    narrow = f"translate({text}, {literal(WIDE)}, {literal(NARROW)})"
    time = r"([ T]*\d{1,2}:\d{2}.*)?"
    iso = f"regexp_replace({narrow}, '^(\\d{{4}})[-/.年](\\d{{1,2}})[-/.月](\\d{{1,2}})日?{time}$', '\\1-\\2-\\3')"
    together = f"regexp_replace({iso}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})(\\.0)?{time}$', '\\1-\\2-\\3')"
    is_day = f"regexp_full_match({together}, '\\d{{4}}-\\d{{1,2}}-\\d{{1,2}}')"
    day = f"case when {is_day} then try_cast({together} as date) end"
    return f"case when {day} between {FIRST_DAY} and {LAST_DAY} then {day} end"


def _month(text: str, date_format: str) -> str:
    """The first day of a month written 2026-11, 2026/11, 202611, 2026年11月, or of any of its days."""
    narrow = f"translate({text}, {literal(WIDE)}, {literal(NARROW)})"
    parts = f"regexp_extract({narrow}, '^(\\d{{4}})[-/.年]?(\\d{{1,2}})月?$', ['year', 'month'])"
    first = f"try_cast({parts}.year || '-' || {parts}.month || '-01' as date)"
    return f"coalesce({first}, date_trunc('month', {_date(text, date_format)}))"


def _choice(text: str, kind: Choice) -> str:
    branches = "".join(
        f" when lower({text}) in ({_literals((word.lower(), *map(str.lower, aliases)))}) then {literal(word)}"
        for word, aliases in kind.words.items()
    )
    return f"case{branches} else {'null' if kind.strict else text} end"


def _literals(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word) for word in dict.fromkeys(words))
