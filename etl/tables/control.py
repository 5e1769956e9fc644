"""Control totals: what a file's quantities and amounts sum to, and whether all sales moved by just that."""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from etl.contract import Extract
from etl.report import ControlTotals, Totals

STANDING = "rowid not in (select id from marks where mark in ('duplicate', 'superseded'))"


@dataclass(frozen=True)
class Expected:
    """Sums taken before the rows are moved."""

    read: Totals
    loaded: Totals
    replaced: Totals
    before: Totals


def expect(connection: duckdb.DuckDBPyConnection, target: Extract, there: tuple[str, ...]) -> Expected | None:
    """What the marked rows of the staging table sum to, for sales; None for others.

    A column that the file lacks is not replaced by a correction, so its earlier value counts as loaded.
    """
    if target.name != "sales":
        return None
    earlier = "inner join marks on sales.rowid = marks.earlier and marks.mark = 'correction'"
    replaced = _sums(connection, f"sales {earlier}")
    loaded = _sums(connection, f"staged where fault = 0 and {STANDING}")
    kept = replaced if "qty" not in there else Totals()
    return Expected(
        read=_sums(connection, "staged where fault = 0"),
        loaded=loaded + Totals(qty=kept.qty),
        replaced=replaced,
        before=_sums(connection, "sales"),
    )


def compare(connection: duckdb.DuckDBPyConnection, expected: Expected | None) -> ControlTotals | None:
    """The totals with those of all sales after the rows were moved."""
    if expected is None:
        return None
    after = _sums(connection, "sales")
    return ControlTotals(expected.read, expected.loaded, expected.replaced, expected.before, after)


def _sums(connection: duckdb.DuckDBPyConnection, rows: str) -> Totals:
    found = connection.execute(f"select coalesce(sum(qty), 0), coalesce(sum(amount), 0) from {rows}").fetchone()
    return Totals(*(Decimal(part) for part in found)) if found else Totals()
