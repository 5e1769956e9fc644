"""The ways to identify rows: the keys of an extract in order, each for the rows that none before it identifies."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from etl.contract import Extract


@dataclass(frozen=True)
class Level:
    """One way to identify rows: the columns, and the SQL condition (of a table) for rows it applies to.

    Where a finer key merely numbers rows, as lines of an order are, `numbering` is that number's column and `finer`
    that key: a row without the number and one that has it may be the same.
    """

    columns: tuple[str, ...]
    condition: str
    is_whole_row: bool = False
    numbering: str = ""
    finer: tuple[str, ...] = ()

    def of(self, table: str) -> str:
        """The condition for a table of that name."""
        return self.condition.replace("{t}", table)

    def same_key(self) -> str:
        """SQL for whether a staged and an earlier row have the same key."""
        return " and ".join(f"staged.{name} = earlier.{name}" for name in self.columns)

    def are_alike(self) -> str:
        """SQL for whether a staged and an earlier row are both identified by this key and by none before it."""
        return f"({self.of('staged')} and {self.of('earlier')})"

    def may_meet(self, connection: duckdb.DuckDBPyConnection, table: str) -> str:
        """SQL for whether a staged row may be an earlier one of `table` that has its key; empty where none may.

        Rows are alike, or one of the two lacks its number. Where either side has no such rows, which statistics tell,
        nothing of it is looked at.
        """
        staged_lack = _holds(connection, f"staged where fault = 0 and {self.of('staged')}")
        if not self.numbering:
            return self.are_alike() if staged_lack else ""
        unnumbered = f"earlier.{self.numbering} is null and {self.of('earlier')}"
        earlier_lack = _holds(connection, f"{table} as earlier where {unnumbered}")
        lack = [self.of("staged")] * staged_lack + [f"({unnumbered})"] * earlier_lack
        return f"({' or '.join(lack)})" if lack else ""


def levels(extract: Extract, target: Extract, there: tuple[str, ...]) -> Iterator[Level]:
    """The levels for a file of `extract` that has the columns `there`; the whole row, as `target` keeps it, is last."""
    before: list[str] = []
    for columns in extract.keys:
        filled = " and ".join(f"{{t}}.{name} is not null" for name in columns if not _is_filled(extract, name))
        condition = " and ".join([*(f"not ({earlier})" for earlier in before), *([filled] if filled else [])]) or "true"
        if all(name in there or _is_filled(extract, name) for name in columns):
            is_numbered = bool(before) and extract.numbering and extract.numbering not in columns
            yield Level(columns, condition, False, *((extract.numbering, extract.keys[0]) if is_numbered else ()))
        if not filled:
            return
        before.append(filled)
    condition = " and ".join(f"not ({earlier})" for earlier in before) or "true"
    yield Level(target.stored, condition, is_whole_row=True)


def _is_filled(extract: Extract, name: str) -> bool:
    return extract.column(name).required


def _holds(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return connection.execute(f"select 1 from {rows} limit 1").fetchone() is not None
