"""Sales summed over the periods that figures compare: only the stretches that a statement asks for and that have days.

Most of what a small figure costs is planning, and a statement that reads four periods in three stretches each has
twelve to plan where one or two are asked for.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from metrics.scope import Scope, prefix

MONTHS = {
    "summed_sales": "sales_by_month",
    "summed_customer_sales": "customer_sales_by_month",
    "summed_product_sales": "product_sales_by_month",
}
"""The relations of summed sales, and where the whole months of each come from."""
LINES = "sales_lines"
BOUNDS = ("from_date", "whole_from", "whole_until", "day_after")
"""Where the stretches of a period begin and end: `Scope.stretches` by the names that SQL knows them by."""
_QUOTED = re.compile(r"'([a-z_]+)'")


def periods_named(texts: Iterable[str], scope: Scope) -> list[str]:
    """The compared periods that the SQL names; all of them where it names none."""
    named = {word for text in texts for word in _QUOTED.findall(text)}
    return [period for period in scope.compared() if period in named] or list(scope.compared())


def summed(template: str, months: str, periods: Iterable[str], scope: Scope, *, by_day: bool) -> str:
    """SQL of the sales of these periods: the template, of the relation summed_sales, for each stretch that has days.

    `months` is the relation that whole months are read from; `by_day` as for `Scope.stretches`.
    """
    stretches = (
        template.format(period=period, stretch=stretch, first_day=f"${first}", day_after=f"${after}")
        for period in periods
        for stretch, first, after in _with_days(period, scope, months, by_day)
    )
    return "\nunion all\n".join(stretches)


def _with_days(period: str, scope: Scope, months: str, by_day: bool) -> Iterator[tuple[str, str, str]]:
    """What each stretch is read from, and the names of its first day and of the day after its last."""
    days = scope.compared()[period].stretches(by_day=by_day)
    names = (f"{prefix(period)}{name}" for name in BOUNDS)
    for stretch, (first, after), (name, name_after) in zip(
        (LINES, months, LINES), pairwise(days), pairwise(names), strict=True
    ):
        if first < after:
            yield stretch, name, name_after
