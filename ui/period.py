"""The period presets, counted from the last day that can have data. Plain dates in, plain dates out."""

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.scope import end_of_month, months_before

PRESETS = ("this_week", "last_week", "this_month", "last_month", "quarter", "year_to_date", "custom")
DEFAULT_PRESET = "this_month"


@dataclass(frozen=True)
class AsOf:
    """The day that periods count from, and whether that is the last day with data rather than today."""

    day: date
    is_old: bool


def as_of(today: date, last_day_with_data: date | None, fresh_days: int) -> AsOf:
    """Today, unless the newest data is older than `fresh_days`: then the last day with data.

    Where only a weekend is left of that day's month, the month is taken as whole: a month whose last order came on
    Friday the 30th has ended, and its targets count.
    """
    if last_day_with_data is None or last_day_with_data >= today - timedelta(fresh_days):
        return AsOf(today, False)
    last = end_of_month(last_day_with_data)
    left = [last_day_with_data + timedelta(days) for days in range(1, (last - last_day_with_data).days + 1)]
    return AsOf(last if all(day.weekday() >= 5 for day in left) else last_day_with_data, True)


def resolve(preset: str, day: date) -> tuple[date, date]:
    """First and last day of a preset counted from `day`; weeks begin on Monday, open periods end on `day`."""
    monday = day - timedelta(day.weekday())
    if preset == "this_week":
        return monday, day
    if preset == "last_week":
        return monday - timedelta(7), monday - timedelta(1)
    if preset == "last_month":
        first = months_before(day.replace(day=1), 1)
        return first, end_of_month(first)
    if preset == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1), day
    if preset == "year_to_date":
        return date(day.year, 1, 1), day
    return day.replace(day=1), day
