"""How the calendar bends sales: Spring Festival, National Day, the warm and the cold months."""

from datetime import date, timedelta

from etl.sample.world.plan import EPOCH

SPRING_FESTIVALS = {
    year: date(year, month, day)
    for year, month, day in (
        (2018, 2, 16),
        (2019, 2, 5),
        (2020, 1, 25),
        (2021, 2, 12),
        (2022, 2, 1),
        (2023, 1, 22),
        (2024, 2, 10),
        (2025, 1, 29),
        (2026, 2, 17),
        (2027, 2, 6),
        (2028, 1, 26),
        (2029, 2, 13),
        (2030, 2, 3),
    )
}
MONTHLY = (1.02, 0.98, 0.95, 0.97, 1.0, 0.98, 0.96, 0.98, 1.03, 1.0, 0.99, 1.04)


def spring_festival(year: int) -> date:
    """New year's day of the lunar calendar; 5 February where the table ends."""
    return SPRING_FESTIVALS.get(year, date(year, 2, 5))


def demand(day_number: int) -> float:
    """What shops want on a day, 1 being usual."""
    day = date.fromordinal(day_number + EPOCH)
    factor = MONTHLY[day.month - 1]
    before = (spring_festival(day.year) - day).days
    if 0 < before <= 24:
        factor *= 1.55
    elif -21 <= before <= -7:
        factor *= 0.72
    if date(day.year, 9, 14) <= day <= date(day.year, 9, 30):
        factor *= 1.28
    return factor


def is_holiday(day_number: int) -> bool:
    """Whether nobody visits and few order: Spring Festival week, first days of National Day."""
    day = date.fromordinal(day_number + EPOCH)
    festival = spring_festival(day.year)
    if festival - timedelta(days=1) <= day <= festival + timedelta(days=6):
        return True
    return (day.month, day.day) in {(10, 1), (10, 2), (10, 3)}
