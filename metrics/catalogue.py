"""The catalogue of figures: what the header of each .sql file says of it, and the shared relations.

A header line reads `-- key: value`; a value may go on over lines that begin with `--` and two spaces.
Nothing about a figure is written in a second place, so that its description cannot drift from its SQL.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.errors import PinyuError

HERE = Path(__file__).resolve().parent
UNITS = ("share", "change", "money", "quantity", "count", "index", "rate", "list")
DIMENSIONS = (
    "area",
    "market",
    "channel",
    "tier",
    "tier_band",
    "team",
    "manager_id",
    "brand",
    "maker",
    "price_class",
    "sku_id",
    "customer_id",
    "month",
    "week",
)
REQUIRED = ("title", "asks", "formula", "unit", "columns", "source", "rules", "by", "needs", "empty")
_HEADER_LINE = re.compile(r"^--\s?(\w+):\s*(.*)$")


class UnknownFigure(PinyuError):
    """A name that is in no catalogue."""


class HeaderError(PinyuError):
    """A figure's file whose header is incomplete or contradicts itself."""


@dataclass(frozen=True)
class Figure:
    """One figure as its file describes it.

    `columns` are (name, DuckDB type) in the order of the result, after the columns it is split by. `by` are
    the dimensions it may be split by, `needs` the extracts without which there is no data. `periods` says how
    it is split by month or week: 'grouped' where it depends on nothing but the rows of the period, so that one
    query can group them; 'each' where every period is computed by itself. Pairs are (English, Chinese).
    """

    name: str
    title: tuple[str, str]
    asks: tuple[str, str]
    formula: tuple[str, str]
    unit: str
    columns: tuple[tuple[str, str], ...]
    by: tuple[str, ...]
    periods: str
    needs: tuple[str, ...]
    source: str
    rules: tuple[str, str]
    empty: tuple[str, str]
    sql: str

    @property
    def is_list(self) -> bool:
        """Whether the result is a list of rows of its own, such as customers, rather than a number."""
        return self.unit == "list"

    @property
    def is_ranking(self) -> bool:
        """Whether it ranks customers, and may rank products, brands, areas or managers as well."""
        return "ranked_amounts" in self.sql

    @property
    def is_priced(self) -> bool:
        """Whether it reads the prices of what was sold, and so must be told each product."""
        return "list_price" in self.sql


@cache
def figures() -> dict[str, Figure]:
    """Every figure by name, in alphabetical order."""
    return {path.stem: _read_figure(path) for path in sorted((HERE / "figures").glob("*.sql"))}


def figure(name: str) -> Figure:
    """The figure of that name; UnknownFigure with the nearest names otherwise."""
    found = figures().get(name)
    if found is None:
        from rapidfuzz import process

        nearest = [match[0] for match in process.extract(name, figures().keys(), limit=3)]
        raise UnknownFigure(
            f"There is no figure {name!r}.",
            f"Did you mean {', '.join(nearest)}? `python -m metrics list` lists all.",
        )
    return found


@cache
def relations() -> dict[str, str]:
    """SQL of the shared relations by name; a figure uses one by naming it."""
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in (HERE / "relations").glob("*.sql")}


def _read_figure(path: Path) -> Figure:
    text = path.read_text(encoding="utf-8")
    header = _read_header(text)
    missing = [key for key in REQUIRED if key not in header]
    if missing:
        raise HeaderError(f"{path.name} lacks the header line {missing[0]!r}.", "Add it; see any other figure.")
    if header.get("metric") != path.stem:
        raise HeaderError(f"{path.name} says that it is {header.get('metric')!r}.", "Give both the same name.")
    if header["unit"] not in UNITS:
        raise HeaderError(f"{path.name} has the unit {header['unit']!r}.", f"Units are {', '.join(UNITS)}.")
    by = tuple(header["by"].split())
    unknown = set(by) - set(DIMENSIONS)
    if unknown:
        raise HeaderError(f"{path.name} is split by {sorted(unknown)[0]!r}.", f"Known are {', '.join(DIMENSIONS)}.")
    return Figure(
        name=path.stem,
        title=_pair(header["title"]),
        asks=_pair(header["asks"]),
        formula=_pair(header["formula"]),
        unit=header["unit"],
        columns=tuple(_column(part) for part in header["columns"].split(",")),
        by=by,
        periods=header.get("periods", "each"),
        needs=tuple(header["needs"].split()),
        source=header["source"],
        rules=_pair(header["rules"]),
        empty=_pair(header["empty"]),
        sql=text,
    )


def _read_header(text: str) -> dict[str, str]:
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        match = _HEADER_LINE.match(line)
        if match:
            key = match[1]
            header[key] = match[2].strip()
        elif key:
            header[key] += " " + line.removeprefix("--").strip()
    return header


def _pair(text: str) -> tuple[str, str]:
    """'English · 中文' as a pair; a formula that is the same in both stands once."""
    english, _, chinese = text.partition(" · ")
    return english.strip(), (chinese or english).strip()


def _column(text: str) -> tuple[str, str]:
    name, _, kind = text.strip().partition(" ")
    return name, kind.strip()
