"""What a command may be asked for: other words are misspelt (exit code 2)."""

from enum import StrEnum


class Language(StrEnum):
    """Language of what is written."""

    zh = "zh"
    en = "en"


class Names(StrEnum):
    """How people are called."""

    names = "names"
    initials = "initials"
    codes = "codes"
