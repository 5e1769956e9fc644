"""What reading, loading and keeping say when something goes wrong, in the screen's language.

These rooms know no screen: they say it in English, as a sentence with the file, the line and the value in it. The
catalogues hold such sentences with {0}, {1} … in their places, under the context `told`; see ui/told_sentences.py.
"""

import re
from functools import cache

from ui.told_sentences import CONTEXT
from ui.words import catalogue_entries, language, own_words, plain

PLACE = re.compile(r"\{(\d+)\}")


def in_words(message: str, hint: str = "") -> str:
    """What happened and what to do, as text for a Markdown reader in the screen's language."""
    return "\n\n".join(plain(in_screens_language(told)) for told in (message, hint) if told)


def in_screens_language(told: str) -> str:
    """A sentence in the screen's language where the catalogue has it; as it came where it has not."""
    for pattern, translated in _sentences(language()):
        found = pattern.fullmatch(told)
        if found:
            return own_words(_filled(translated, found))
    return told


def _filled(translated: str, found: re.Match[str]) -> str:
    return PLACE.sub(lambda place: found[f"p{place[1]}"], translated)


@cache
def _sentences(code: str) -> list[tuple[re.Pattern[str], str]]:
    """What each sentence looks like and what stands for it, those with most words of their own first."""
    known = [(english, said) for english, said in catalogue_entries(code, CONTEXT) if said]
    known.sort(key=lambda pair: -len(PLACE.sub("", pair[0])))
    return [(re.compile(_pattern(english), re.DOTALL), said) for english, said in known]


def _pattern(english: str) -> str:
    parts = PLACE.split(english)
    literal = [re.escape(part) for part in parts[::2]]
    places = [f"(?P<p{number}>.*?)" for number in parts[1::2]]
    return "".join(part for pair in zip(literal, [*places, ""], strict=True) for part in pair)
