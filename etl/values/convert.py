"""Which reading serves which type, and what a refused text is told."""

from collections.abc import Mapping

from etl.contract import Choice, Date, Id, Month, Number, Text, Type, Whole, YesNo
from etl.sql import listed, literal
from etl.values.dates import FIRST_DAY, LAST_DAY, SERIAL_ZERO, careful_day, day, first_of_month
from etl.values.numbers import careful_number, quick_number
from etl.values.texts import cleaned
from etl.values.traditional import spellings

YES = ("是", "y", "yes", "1", "true", "t", "√", "有")
NO = ("否", "n", "no", "0", "false", "f", "×", "无")

LONGEST_DAY = len("2026-10-23")

Reason = tuple[str, str]
EMPTY: Reason = ("is empty but must be filled in", "必填，但为空")
ROUNDED: Reason = (
    "was rounded by a spreadsheet, so that the code is lost: format the column as text",
    "编码被表格软件转成科学计数法，已失真：请把该列设为文本格式",
)


def quick(text: str, kind: Type, date_format: str = "") -> str:
    """SQL for the cheap reading of a raw text, which `converted` takes further; NULL where there is none."""
    if kind == Date and not date_format:
        return f"try_cast({text} as date)"
    if isinstance(kind, Number):
        return quick_number(text)
    return "null"


def converted(
    quickly: str,
    text: str,
    kind: Type,
    date_format: str = "",
    units: Mapping[str, str] | None = None,
    unstated: str = "1",
    zero: str = SERIAL_ZERO,
) -> str:
    """SQL that turns a raw text into a value of the type, or NULL where it is empty or no such value.

    `quickly` is the column that holds its quick reading. Of a number, `units` gives the factor of what may stand
    behind it, by default what its type says, and `unstated` the one that holds where nothing does; `zero` is the day
    that Excel's numbers of days count from. Every step is a CASE: of a COALESCE, DuckDB takes repeated parts out and
    works them out for every row.
    """
    if kind in (Text, Id):
        return cleaned(text)
    if kind == Date and not date_format:
        # DuckDB also takes 'epoch' for a day, which begins with no digit, a backslash for what parts one, and any word
        # behind a day's time for a time zone.
        is_day = (
            f"{quickly} between {FIRST_DAY} and {LAST_DAY} and {text} < 'A' and not contains({text}, chr(92))"
            f" and (strlen({text}) <= {LONGEST_DAY} or {_has_time_behind(text)})"
        )
        return f"case when {is_day} then {quickly} when {text} is not null then {careful_day(cleaned(text), zero)} end"
    if isinstance(kind, Number):
        times = "" if unstated == "1" else f" * cast({unstated} as decimal(14, 4))"
        fast = f"try_cast(try({quickly}{times}) as decimal(18, 4))" if times else quickly
        careful = careful_number(cleaned(text), kind.units if units is None else units, unstated)
        if kind != Whole:
            return f"case when {quickly} is not null then {fast} else {careful} end"
        whole = "case when n = trunc(n) then try_cast(n as integer) end"
        return (
            f"case when {fast} = trunc({fast}) then try_cast({fast} as integer) when {quickly} is not null then null"
            f" else list_transform([{careful}], lambda n: {whole})[1] end"
        )
    if isinstance(kind, Choice):
        return _choice(cleaned(text), kind)
    if kind == Month:
        return f"strftime({first_of_month(cleaned(text), date_format, zero)}, '%Y-%m')"
    if kind == YesNo:
        yes, no = (f"lower({cleaned(text)}) in ({_literals(words)})" for words in (YES, NO))
        return f"case when {yes} then true when {no} then false end"
    return day(cleaned(text), date_format, zero)


def number(text: str) -> str:
    """A number out of a raw text, for the arithmetic of mapping files; NULL where it is none."""
    fast = quick_number(text)
    return f"case when {fast} is not null then {fast} else {careful_number(cleaned(text), {'%': '0.01'})} end"


def reason(kind: Type) -> Reason:
    """Why a text that could not be converted was refused, in English and Chinese."""
    if isinstance(kind, Choice):
        words = ", ".join(f"{word} ({aliases[0]})" if aliases else word for word, aliases in kind.words.items())
        return f"is none of: {words}", f"不在可选值之内：{words}"
    article = "an" if kind.name[0] in "aeiou" else "a"
    exact, exact_zh = (" of at most four decimals", "（最多四位小数）") if kind.sql == "decimal(18, 4)" else ("", "")
    return f"is not {article} {kind.name}{exact}", f"不是有效的{kind.name_zh}{exact_zh}"


def _has_time_behind(text: str) -> str:
    """SQL for whether what stands behind a day of ten letters is a time: cheaper than a look at the whole text."""
    return f"try_cast(substring({text}, {LONGEST_DAY + 2}) as time) is not null"


def _choice(text: str, kind: Choice) -> str:
    branches = "".join(
        f" when lower({text}) in ({_literals((word.lower(), *map(str.lower, aliases)))}) then {literal(word)}"
        for word, aliases in kind.words.items()
    )
    return f"case{branches} else {'null' if kind.strict else text} end"


def _literals(words: tuple[str, ...]) -> str:
    return listed(literal(spelling) for word in dict.fromkeys(words) for spelling in spellings(word))
