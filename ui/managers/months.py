"""Picking a month; which one stands in the URL, so that a link opens the same."""

from metrics import Scope
from ui.views import known_choice, one_of_many
from ui.words import _

MONTH = "month"
MOST_MONTHS = 13


def offered_months(scope: Scope) -> dict[str, Scope]:
    """The last whole months up to the scope's last day, the newest first, then the one begun, by YYYY-MM."""
    whole = scope.trailing_months(MOST_MONTHS)
    months = dict(list(whole.months())[::-1])
    if scope.to_date > whole.to_date:
        months[f"{scope.to_date:%Y-%m}"] = scope.over(scope.to_date.replace(day=1), scope.to_date)
    return months


def picked_month(scope: Scope) -> Scope:
    """Draw the choice and give the month picked, the last whole one where none is; what is unknown is told."""
    months = offered_months(scope)
    picked = known_choice(MONTH, months)
    begun = list(months)[-1] if len(months) > MOST_MONTHS else ""
    titles = {code: code for code in sorted(months, reverse=True)}
    if begun:
        titles[begun] = _("{month}, so far").format(month=begun)
    one_of_many(MONTH, picked, titles, label=_("Month"), width=170, key=MONTH)
    return months[picked]
