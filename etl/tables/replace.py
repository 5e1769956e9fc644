"""Reloading a month: its rows make room for those of the files given."""

import re
from dataclasses import dataclass
from datetime import date

import duckdb

from etl.contract import Date, Extract
from etl.errors import FileProblem

FORM = re.compile(r"^month=(\d{4})-(\d{2})$")


@dataclass(frozen=True)
class Month:
    """A month to be reloaded."""

    first: date

    @property
    def name(self) -> str:
        """Written 2026-10."""
        return f"{self.first:%Y-%m}"


def parse_month(text: str) -> Month:
    """The month of month=2026-10. Raises FileProblem where it is none."""
    found = FORM.match(text.strip())
    try:
        return Month(date(int(found[1]), int(found[2]), 1)) if found else _refuse(text)
    except ValueError:
        return _refuse(text)


def is_replaceable(target: Extract) -> bool:
    """Whether rows of the table belong to a month."""
    return bool(target.sort)


def remove_month(connection: duckdb.DuckDBPyConnection, target: Extract, month: Month) -> int:
    """Delete the month's rows of the table, and give their number."""
    row = connection.execute(f"delete from {target.name} where {_within(target)}", [month.name]).fetchone()
    return int(row[0]) if row else 0


def require_rows(connection: duckdb.DuckDBPyConnection, target: Extract, month: Month, load_id: int) -> None:
    """Stop where the load brought no row of the month: replacing it by nothing is surely a mistake."""
    found = connection.execute(
        f"select 1 from {target.name} where {_within(target)} and load_id = ? limit 1", [month.name, load_id]
    ).fetchone()
    if found is None:
        raise FileProblem(
            f"The files have no {target.name} ({target.name_zh}) of {month.name}; nothing was replaced.",
            "Check the month, or the files.",
        )


def _within(target: Extract) -> str:
    name = target.sort[0]
    return f"strftime({name}, '%Y-%m') = ?" if target.column(name).type == Date else f"{name} = ?"


def _refuse(text: str) -> Month:
    raise FileProblem(f"{text!r} is no month to replace.", "Write it as month=2026-10.")
