"""In which order days are written, where looking at one cannot tell (03/04/2026): what fits the cells, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.errors import FileProblem
from etl.look import Look, asked
from etl.plan import Knowledge, Limits, surroundings
from etl.reading.archive import documents
from etl.reading.source import Options, Source, open_sources
from etl.sql import listed
from etl.values.dates import ORDERS, careful_day, day
from etl.values.texts import cleaned, narrowed

SAMPLES = 3


@dataclass(frozen=True)
class DayOrder:
    """One order, named as a rule's date_format: how many cells it reads, and what it makes of some.

    `samples` are of the same cells in each order: the text, and its day or None where this order cannot read it.
    """

    date_format: str
    fits: int
    samples: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True)
class DayOrders:
    """The orders that read any of a table's cells that are no days by themselves, those that read most first.

    `cells` is how many such cells some order reads; what none reads is no day in any.
    """

    cells: int
    orders: tuple[DayOrder, ...]

    @property
    def certain(self) -> str:
        """The one order that reads more than each other; empty where only a person can tell."""
        first, *others = self.orders
        return "" if any(other.fits == first.fits for other in others) else first.date_format


def day_orders(
    path: Path, look: Look, headers: Sequence[str], options: Options, workdir: Path, limits: Limits
) -> DayOrders | None:
    """The orders that the days below the headers may be written in; None where they leave no doubt.

    The file is opened, and every cell looked at, only where its first rows are in doubt. A mapping has one order for a
    table, so that the cells of all its columns of days count together. Raises FileProblem where it cannot be read.
    """
    if not any(column.header in headers and column.doubtful_share for column in look.profiles):
        return None
    source = _source(path, look, options, workdir, limits)
    columns = [source.header.index(header) for header in headers if header in source.header]
    rows = asked(source, workdir, lambda reading: _question(reading, columns))
    fits = {order: sum(row[1] for row in rows if row[place] is not None) for place, order in enumerate(ORDERS, start=2)}
    usable = sorted((order for order in ORDERS if fits[order]), key=lambda order: -fits[order])
    places = [2 + ORDERS.index(order) for order in usable]
    shown = _telling(rows, places)
    orders = [
        DayOrder(order, fits[order], tuple((row[0], row[place]) for row in shown))
        for order, place in zip(usable, places, strict=True)
    ]
    return DayOrders(sum(row[1] for row in rows), tuple(orders)) if orders else None


def _telling(rows: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """Cells by which a person can tell: one that some order cannot read, then those that most differ, and are most."""
    ranked = sorted(rows, key=lambda row: (-len({row[place] for place in places}), -row[1], row[0]))
    partly = [row for row in ranked if None in [row[place] for place in places]]
    return [*partly[:1], *(row for row in ranked if row not in partly[:1])][:SAMPLES]


def _source(path: Path, look: Look, options: Options, workdir: Path, limits: Limits) -> Source:
    around = surroundings(Knowledge(), workdir, limits)
    found, _ = documents(path, workdir, around.budget)
    for document in found:
        if document.name == look.file:
            for source in open_sources(document, options, around):
                if source.name == look.name:
                    return source
    raise FileProblem(f"{look.name} is not found in {path.name}.", "Drop the file again.")


def _question(reading: str, places: Sequence[int]) -> str:
    """Each different text that is no day by itself, without its time of day, how often it comes, its day per order."""
    texts = listed(cleaned(f"c{place}") for place in places)
    days = listed(f"{day('text', order)} as in_order_{number}" for number, order in enumerate(ORDERS))
    return f"""
        select *
        from (
            select text, lines, {days}
            from (
                select split_part({narrowed("text")}, ' ', 1) as text, count(*) as lines
                from (select unnest([{texts}]) as text from ({reading}))
                group by 1
            )
            where {careful_day("text")} is null
        )
        where coalesce({listed(f"in_order_{number}" for number in range(len(ORDERS)))}) is not null
        order by text
    """
