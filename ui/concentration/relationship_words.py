"""Relationship types in words: what each is called, and what holds a customer back."""

import pandas as pd

from metrics import Scope
from metrics.columns import column
from metrics.concentration.relationship import NONE, month_of, relationships
from ui.chart import BLUE, GREEN, GREY, ORANGE, PINK
from ui.installation import settings
from ui.numbers import NO_DATA, written_period
from ui.reading import read
from ui.words import _, language, pick

COLOURS = {"partner": GREEN, "cooperative": BLUE, "ordinary": ORANGE, "non_cooperative": PINK, NONE: GREY}


def type_titles() -> dict[str, str]:
    """The types, from loyal to not, and what is said where there is none."""
    return {
        "partner": _("Partner"),
        "cooperative": _("Cooperative"),
        "ordinary": _("Ordinary"),
        "non_cooperative": _("Non-cooperative"),
        NONE: _("Not in the base"),
    }


def of_month(month: Scope) -> pd.DataFrame:
    """The relationships of a whole month by the installation's rules."""
    return relationships(month, settings().relationship, settings().relationship_least, read=read)


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with types and what holds them back as people say them."""
    titles = type_titles()
    said = {
        name: [titles.get(code, NO_DATA) if code != NONE else NO_DATA for code in rows[name]]
        for name in ("relationship", "relationship_before")
        if name in rows
    }
    said["held_back_by"] = [pick(column(part).title) if part else NO_DATA for part in rows["held_back_by"]]
    return rows.assign(**said)


def with_relationships(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Rows of customers with a column relationship in words: the type in the last whole month, — if there is none."""
    found = of_month(month_of(scope))
    types = dict(zip(found["customer_id"], found["relationship"], strict=True))
    titles = type_titles()
    return rows.assign(
        relationship=[titles.get(types.get(customer) or "", NO_DATA) for customer in rows["customer_id"]]
    )


def relationship_caption(scope: Scope) -> str:
    """Of which month the types are, and why some have none."""
    month = month_of(scope)
    return _(
        "Relationship: by the score of {month}, the last whole month; — not in the licensed base of that month, or too "
        "little known."
    ).format(month=written_period(month.from_date, month.to_date, language()))
