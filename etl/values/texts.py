"""Texts without what programs put around them: odd spaces, and the marks by which spreadsheets keep an id a text."""

from etl.sql import literal

ODD_SPACES = " \t\n\r\u3000\u00a0\ufeff\u200b"
"""Spaces of all widths, line breaks, and marks that nobody sees."""
WIDE_SPACES = tuple(sign for sign in ODD_SPACES if not sign.isascii())

WIDE = "０１２３４５６７８９．，－＋（）／：％￥　\u00a0"
NARROW = "0123456789.,-+()/:%¥  "


def cleaned(text: str) -> str:
    """SQL for the text without odd spaces at its ends, and without ="…" or a leading ' around it; NULL if empty."""
    return f"case when {_is_odd(text)} then {_carefully(text)} else {text} end"


def narrowed(text: str) -> str:
    """SQL for the text with full-width digits and signs as plain ones."""
    return f"translate({text}, {literal(WIDE)}, {literal(NARROW)})"


def _is_odd(text: str) -> str:
    """Whether a text is empty or something may be around it; asked of every cell, so by the cheapest means there are.

    How it begins tells most: below 0 lie blanks, signs and the apostrophe, and of others only ranges of their own are
    looked at. The last character tells the rest; of an IN with so many
    values DuckDB would make a join.
    """
    wide = " or ".join(f"{text} between {literal(sign)} and {literal(chr(ord(sign) + 1))}" for sign in WIDE_SPACES)
    around = f"{text} > '~' and ({wide}) or contains({literal(ODD_SPACES)}, right({text}, 1))"
    return f"({text} < '0' or {text} between '=\"' and '=#' or {around})"


def _carefully(text: str) -> str:
    bare = f"trim({text}, {literal(ODD_SPACES)})"
    formula = f"regexp_extract({bare}, '^=\"(.*)\"$', 1, 's')"
    marked = f"regexp_full_match({bare}, '''\\s*[-=+@＝＋－＠0-9].*', 's')"
    return (
        f"nullif(trim(case when starts_with({bare}, '=\"') then {formula}"
        f" when {marked} then substr({bare}, 2) else {bare} end, {literal(ODD_SPACES)}), '')"
    )
