"""Names hidden while a screen is shared: initials or codes in their place, in whatever rows are about to be shown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from metrics.scope import UNKNOWN

WAYS = ("names", "initials", "codes")
"""How people are called on screen; these words stand in the URL."""
PERSONS = {
    "manager_name": "manager_id",
    "supervisor_name": "supervisor_id",
    "coach_name": "coach_id",
    "person_name": "person_id",
    "from_name": "from_manager",
    "to_name": "to_manager",
}
"""Columns that name a person, and the column beside them that holds the person's id."""
NAMES_ALONE = ("joint_with",)
"""Columns that name a person where no id is at hand."""
TEXTS = ("note", "last_note")
REJECTED = ("raw", "value", "reason_en", "reason_zh")
"""Columns of text that people wrote, and those of a file's rejected rows, in which a name may stand."""


@dataclass(frozen=True)
class Disguise:
    """What stands for whom: by id, and by name where no id is at hand."""

    by_id: Mapping[str, str]
    by_name: Mapping[str, str]
    in_texts: re.Pattern[str] = field(compare=False)

    def rows(self, rows: pd.DataFrame, ranked_managers: bool = False) -> pd.DataFrame:
        """The same rows with nobody's name in them. `ranked_managers`: the rows rank managers."""
        pairs = PERSONS | ({"ranked_name": "ranked_id"} if ranked_managers else {})
        hidden = {
            name: [self._of(who, called) for who, called in zip(rows[key], rows[name], strict=True)]
            for name, key in pairs.items()
            if name in rows and key in rows
        }
        alone = [name for name in (*NAMES_ALONE, *PERSONS) if name in rows and name not in hidden]
        hidden |= {name: [self.by_name.get(called, called) for called in rows[name]] for name in alone}
        texts = (*TEXTS, *REJECTED) if REJECTED[0] in rows else TEXTS
        hidden |= {name: [self.text(text) for text in rows[name]] for name in texts if name in rows}
        if "label" in rows and "kind" in rows:
            choices = zip(rows["kind"], rows["value"], rows["label"], strict=True)
            hidden["label"] = [self._of(who, label) if kind == "manager" else label for kind, who, label in choices]
        columns = {name: pd.Series(values, rows.index, dtype=rows[name].dtype) for name, values in hidden.items()}
        return rows.assign(**columns)

    def text(self, text: object) -> object:
        """A text with every name in it replaced."""
        return self.in_texts.sub(lambda found: self.by_name[found[0]], text) if isinstance(text, str) else text

    def _of(self, who: object, called: object) -> object:
        return self.by_id.get(str(who), self.by_name.get(str(called), called))


def disguise(names: Mapping[str, str], way: str, shown: Iterable[str] = ()) -> Disguise:
    """Initials or codes for people known by id and name; whoever is in `shown` keeps the name.

    Whom the initials would not tell apart get their code as well.
    """
    hidden = {who: name for who, name in names.items() if who not in shown and name not in (who, UNKNOWN, "")}
    short = {who: initials(name) if way == "initials" else who for who, name in hidden.items()}
    seen = Counter(short.values())
    by_id = {who: letters if seen[letters] == 1 else f"{letters} ({who})" for who, letters in short.items()}
    kept = {names[who] for who in shown if who in names}
    by_name: dict[str, str] = {}
    for who, name in hidden.items():
        # Of two who share a name, a name alone cannot say which one is meant.
        twice = initials(name) if way == "initials" else f"{by_name.get(name)}/{who}"
        by_name[name] = twice if name in by_name else by_id[who]
    by_name = {name: alias for name, alias in by_name.items() if name not in kept}
    longest_first = sorted(by_name, key=len, reverse=True)
    return Disguise(by_id, by_name, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"))


def initials(name: str) -> str:
    """王小明 becomes 王**, Jane Q. Smith becomes J. Q. S."""
    words = name.split()
    if len(words) == 1 and not name.isascii():
        return name[0] + "*" * max(1, len(name) - 1)
    return " ".join(f"{word[0].upper()}." for word in words)
