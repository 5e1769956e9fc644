"""Which earlier days a period is compared with."""

from datetime import timedelta

from metrics.scope import Scope, end_of_month, months_before

A_WEEK = timedelta(7)


def compared_periods(scope: Scope) -> dict[str, tuple[Scope, Scope]]:
    """What may be compared, now and then, by code, the usual one first.

    'last_year' are the same days a year earlier and 'month' a month earlier; whole months have the whole month before.
    'week' is the last week of the scope against the seven days before it. 'previous' is the period of the same length
    just before. Within a week there is no other: 'previous' is then the same days a week earlier.
    """
    month, last_year = (scope, _a_month_earlier(scope)), (scope, scope.last_year())
    if is_within_a_week(scope):
        return {"previous": (scope, _a_week_earlier(scope)), "month": month, "last_year": last_year}
    week = scope.over(max(scope.from_date, scope.to_date - timedelta(6)), scope.to_date)
    return {
        "last_year": last_year,
        "month": month,
        "week": (week, _a_week_earlier(week)),
        "previous": (scope, scope.previous()),
    }


def is_within_a_week(scope: Scope) -> bool:
    """Whether no Monday begins another week in it."""
    monday = scope.from_date - timedelta(scope.from_date.weekday())
    return scope.to_date < monday + A_WEEK


def _a_week_earlier(scope: Scope) -> Scope:
    return scope.over(scope.from_date - A_WEEK, scope.to_date - A_WEEK)


def _a_month_earlier(scope: Scope) -> Scope:
    first, last = months_before(scope.from_date, 1), months_before(scope.to_date, 1)
    is_whole = scope.from_date.day == 1 and scope.to_date == end_of_month(scope.to_date)
    return scope.over(first, end_of_month(last) if is_whole else last)
