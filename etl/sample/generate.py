"""Writes the extracts of a made-up city, month by month."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from etl.sample.checks import Checks
from etl.sample.city import build_city, write_masters
from etl.sample.ladder import coaching_frame, plan_lessons
from etl.sample.ledger import Ledger, choose_panel
from etl.sample.results import write_risks, write_surveys, write_targets
from etl.sample.sales import Sales
from etl.sample.visits import Visits
from etl.sample.world.plan import Headers, Plan, last_full_month_end
from etl.sample.writer import Extracts


def generate(
    directory: Path,
    *,
    seed: int = 7,
    customers: int = 2000,
    months: int = 24,
    until: date | None = None,
    managers: int = 12,
    teams: int = 3,
    skus: int = 60,
    brands: int = 18,
    encoding: str = "utf-8",
    headers: Headers = "zh",
    lines: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Write all extracts of the vocabulary into a directory, and count the rows of each file.

    The same arguments write the same bytes. `until` is the last day, by default the last one of
    the month before today's. `lines` is about how many sales lines are wanted; without it the
    customers order as often as they would. Only a few hundred thousand lines are ever held.
    `progress` is called with days done and days in all.
    """
    last = until or last_full_month_end(date.today())
    plan = Plan(seed, customers, months, last, managers, teams, skus, brands, headers, lines)
    city = build_city(plan)
    panel = choose_panel(city)
    lessons = plan_lessons(city)
    sales, visits, checks = Sales.open(city), Visits(city, lessons), Checks(city, panel)
    with Extracts(directory, headers, encoding) as files:
        write_masters(city, files)
        files.add("coaching", coaching_frame(city, lessons))
        for month in plan.months:
            ledger = Ledger.open(city, panel)
            sales.begin_month(month)
            for day in month.days:
                sales.write_day(day, files, ledger)
                if progress is not None:
                    progress(day - plan.first + 1, plan.last - plan.first + 1)
            sales.end_month(month, files)
            visit_counts = visits.write_month(month, files)
            checks.write_month(month, ledger, files)
            write_targets(city, month, ledger, visit_counts, files)
            write_surveys(city, month, files)
            write_risks(city, month, files)
        return {f"{name}.csv": rows for name, rows in files.rows().items()}
