"""Which earlier days a period is compared with."""

from datetime import timedelta

from metrics.scope import Scope, end_of_month, months_before

A_WEEK = timedelta(7)


def earlier_periods(scope: Scope) -> dict[str, Scope]:
    """The periods that a scope may be compared with by code, the usual one first.

    'last_year' are the same days a year earlier and 'month' a month earlier; whole months have the whole month before.
    'previous' is the period of the same length just before; within a week it is the same days a week earlier.
    """
    month, last_year = _a_month_earlier(scope), scope.last_year()
    if is_within_a_week(scope):
        week = scope.over(scope.from_date - A_WEEK, scope.to_date - A_WEEK)
        return {"previous": week, "month": month, "last_year": last_year}
    return {"last_year": last_year, "month": month, "previous": scope.previous()}


def is_within_a_week(scope: Scope) -> bool:
    """Whether no Monday begins another week in it."""
    monday = scope.from_date - timedelta(scope.from_date.weekday())
    return scope.to_date < monday + A_WEEK


def _a_month_earlier(scope: Scope) -> Scope:
    first, last = months_before(scope.from_date, 1), months_before(scope.to_date, 1)
    is_whole = scope.from_date.day == 1 and scope.to_date == end_of_month(scope.to_date)
    return scope.over(first, end_of_month(last) if is_whole else last)
