"""What a weekly meeting speaks of unless somebody changes it: its slides, their titles, and its period."""

from datetime import date, timedelta

from ui.words import _
from warehouse.meetings import Item, Parameters

PAGES = ("overview", "brand", "concentration", "managers")
"""Pages that a slide may show: all that they show is told by their URL."""


def default_agenda() -> tuple[Item, ...]:
    """From last week's decisions by the figures to new decisions."""
    return (
        Item("last-decisions", "last_decisions"),
        Item("headline", page="overview", keys=("headline",)),
        Item(
            "changed",
            page="overview",
            parameters={"view": ("changed",)},
            keys=("changed-waterfall", "changed-sentences"),
        ),
        Item("brands", page="brand", parameters={"view": ("portfolio",)}, keys=("quadrant-*",)),
        Item("customers", page="concentration", parameters={"view": ("vital",)}, keys=("vital-*",)),
        Item("managers", page="managers", parameters={"view": ("scorecard",)}, keys=("score-of-*", "scorecard")),
        Item("exceptions", page="overview", keys=("attention",)),
        Item("new-decisions", "new_decisions"),
    )


def slide_title(item: Item) -> str:
    """An item's title in the screen's language: its own, that of the default agenda, or its page's."""
    return item.title or _default_titles().get(item.slide_id) or page_title(item.page) or item.slide_id


def page_title(page: str) -> str:
    """The title of a page that a slide may show; nothing for others."""
    return {
        "overview": _("Overview"),
        "brand": _("Brand cultivation"),
        "concentration": _("20/80 concentration"),
        "managers": _("Managers"),
    }.get(page, "")


def weekly_scope(day: date) -> Parameters:
    """The period of a meeting: the month, for that is what targets are by; `day` is the one that periods count from.

    As long as the month holds no whole week from Monday on, it is the one before.
    """
    sunday = day - timedelta((day.weekday() + 1) % 7)
    monday = sunday - timedelta(6)
    return {"period": ("this_month" if monday.month == day.month else "last_month",)}


def _default_titles() -> dict[str, str]:
    return {
        "last-decisions": _("What became of last week's decisions?"),
        "headline": _("Where do we stand?"),
        "changed": _("What changed, and why?"),
        "brands": _("How do the focus brands do?"),
        "customers": _("Who are the key customers?"),
        "managers": _("How does each manager do?"),
        "exceptions": _("What needs attention?"),
        "new-decisions": _("What do we decide?"),
    }
