"""Mapping files (TOML): how files with headers of their own become extracts.

only = true                       # files not named here are left aside

[[file]]
pattern = "order_details*.csv"    # of the file's name; with a / in it, of archive.zip/folder/name, so that one
                                  # which begins with / is of files that are in no archive
extract = "sales"                 # empty: found out as usual
guess = false                     # nothing is taken from headers that are not named below
encoding = "gb18030"              # encoding, delimiter and sheet where they cannot be found out;
header_line = 3                   # the line that the headers are in, as a person counts;
header = false                    # a file without a header line, and
names = ["order_id", "price"]     # the names of its columns
date_format = "M/D/YY"
[file.columns]                    # canonical name = header, or an expression (see expressions.py)
amount = {product = ["unit_price", "quantity"]}
customer_id = "orders.customer_id"
[file.units]                      # of numbers that say none, as if it stood behind their header
amount = "万元"
[[file.join]]                     # a file beside it, looked up by a key that is unique there
file = "orders.csv"
on = {order_id = "order_id"}      # header here = header there
[file.unpivot]                    # one row for each of some columns
columns = {M01 = "01", M02 = "02"}
label = "month"                   # new column with the text on the right
value = "target"                  # new column with the cell
skip = ["-"]                      # cells that are no row
"""

import fnmatch
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from etl.contract import Extract, Number
from etl.contracts import BY_NAME
from etl.errors import MappingProblem
from etl.mapping.headers import unit_named
from etl.reading.source import MOST_HEADER_LINE, Options
from etl.values.dates import FORMATS

OPTION_KEYS = {"encoding", "delimiter", "sheet", "header", "header_line", "columns"}
FILE_KEYS = {"pattern", "extract", "guess", "date_format", "columns", "units", "join", "unpivot", "names", *OPTION_KEYS}


@dataclass(frozen=True)
class Join:
    """A file whose columns are looked up by a key."""

    file: str
    on: Mapping[str, str]
    options: Options


@dataclass(frozen=True)
class Unpivot:
    """Columns that become rows: their headers and labels, the two new columns, and the cells that are no row."""

    columns: Mapping[str, str]
    label: str
    value: str
    skip: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """How files of a name are read."""

    pattern: str = "*"
    extract: str = ""
    options: Options = field(default_factory=Options)
    date_format: str = ""
    columns: Mapping[str, object] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    guess: bool = True
    joins: tuple[Join, ...] = ()
    unpivot: Unpivot | None = None
    stated: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def headers(self) -> set[str]:
        """The headers that it speaks of."""
        return {*_texts(list(self.columns.values())), *(self.unpivot.columns if self.unpivot else ())}


@dataclass(frozen=True)
class FileMapping:
    """A whole mapping file."""

    rules: tuple[Rule, ...] = ()
    only: bool = False

    def rules_for(self, file: str) -> list[Rule]:
        """The rules for a file: those whose pattern fits, else the empty one unless only named files count.

        A file in an archive is called archive.zip/name: a pattern with a / is held against all of that, but for a / at
        its beginning, another against the name alone. Case counts only where a file would fit the rules of another that
        differs in it.
        """
        fitting = [rule for rule in self.rules if _fits(rule.pattern.lower(), file.lower())]
        found = [rule for rule in fitting if _fits(rule.pattern, file)] or fitting
        return found or ([] if self.only else [Rule()])


def _fits(pattern: str, file: str) -> bool:
    return fnmatch.fnmatchcase(file if "/" in pattern else PurePosixPath(file).name, pattern.removeprefix("/"))


def read_mapping(path: Path | None) -> FileMapping:
    """The mapping file, checked; an empty mapping where there is no path."""
    if path is None:
        return FileMapping()
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingProblem(f"The mapping file {path} cannot be read: {error}.", "Correct it.") from error
    _refuse_unknown(stated, {"only", "file"}, path.name)
    return FileMapping(tuple(rule(entry, path.name) for entry in stated.get("file", [])), bool(stated.get("only")))


def rule(entry: Mapping[str, object], where: str) -> Rule:
    """One entry of a mapping file, checked; `where` is the file's name for messages."""
    _refuse_unknown(entry, FILE_KEYS, where)
    extract, date_format = str(entry.get("extract", "")), str(entry.get("date_format", ""))
    if extract and extract not in BY_NAME:
        raise MappingProblem(f"{where} names an extract {extract!r}; there are: {', '.join(BY_NAME)}.", "Correct it.")
    if date_format and date_format not in FORMATS:
        raise MappingProblem(
            f"{where} names a date_format {date_format!r}; there are: {', '.join(FORMATS)}.", "Correct it."
        )
    columns = _table(entry, "columns", where)
    if extract:
        _refuse_unknown(columns, set(BY_NAME[extract].names), f"{where}, columns of {extract}")
    units = {name: unit_named(str(unit)) for name, unit in _table(entry, "units", where).items()}
    if extract:
        require_known_units(BY_NAME[extract], units, where)
    joins = entry.get("join", [])
    if not isinstance(entry.get("guess", True), bool):
        raise MappingProblem(f"{where}: guess is true or false.", "Correct it.")
    if not isinstance(joins, list):
        raise MappingProblem(f"{where}: join must be written [[file.join]].", "Correct it.")
    return Rule(
        pattern=str(entry.get("pattern", "*")),
        extract=extract,
        options=_options({**entry, "columns": entry.get("names", [])}, where),
        date_format=date_format,
        columns=columns,
        units=units,
        guess=bool(entry.get("guess", True)),
        joins=tuple(_join(join, where) for join in joins),
        unpivot=_unpivot(_table(entry, "unpivot", where), where),
        stated=entry,
    )


def require_known_units(extract: Extract, units: Mapping[str, str], where: str) -> None:
    """Raise MappingProblem where a unit is stated of a column that the extract lacks, or that does not know it."""
    for name, unit in units.items():
        column = extract.column(name) if name in extract.names else None
        known = column.type.units if column is not None and isinstance(column.type, Number) else {}
        if unit not in known:
            words = f"knows {', '.join(known)}" if known else f"is no number of {extract.name} that has units"
            raise MappingProblem(f"{where} states the unit {unit!r} for {name}, which {words}.", "Correct it.")


def _join(entry: Mapping[str, object], where: str) -> Join:
    _refuse_unknown(entry, {"file", "on", "names", *OPTION_KEYS}, where)
    on = {here: str(there) for here, there in _table(entry, "on", where).items()}
    if not on or not entry.get("file"):
        raise MappingProblem(f"{where}: a join needs file and on.", "Correct it.")
    return Join(str(entry["file"]), on, _options({**entry, "columns": entry.get("names", [])}, where))


def _unpivot(entry: Mapping[str, object], where: str) -> Unpivot | None:
    if not entry:
        return None
    _refuse_unknown(entry, {"columns", "label", "value", "skip"}, where)
    columns = {header: str(label) for header, label in _table(entry, "columns", where).items()}
    skip = entry.get("skip", [])
    if not columns or not entry.get("label") or not entry.get("value") or not isinstance(skip, list):
        raise MappingProblem(f"{where}: unpivot needs columns, label and value.", "Correct it.")
    return Unpivot(columns, str(entry["label"]), str(entry["value"]), tuple(str(cell) for cell in skip))


def _options(entry: Mapping[str, object], where: str) -> Options:
    names = entry.get("columns") or []
    header = entry.get("header", True)
    line = entry.get("header_line", 0)
    if not isinstance(names, list) or not isinstance(header, bool):
        raise MappingProblem(f"{where}: header is true or false, names a list.", "Correct it.")
    if not isinstance(line, int) or isinstance(line, bool) or not 0 <= line <= MOST_HEADER_LINE:
        raise MappingProblem(f"{where}: header_line is a line from 1 to {MOST_HEADER_LINE:,}.", "Correct it.")
    return Options(
        encoding=str(entry.get("encoding", "")),
        delimiter=str(entry.get("delimiter", "")),
        sheet=str(entry.get("sheet", "")),
        header=header,
        header_line=line,
        columns=tuple(str(name) for name in names),
    )


def _table(entry: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    table = entry.get(key, {})
    if not isinstance(table, Mapping):
        raise MappingProblem(f"{where}: {key} must be a table.", "Correct it.")
    return table


def _texts(stated: object) -> Iterator[str]:
    if isinstance(stated, str):
        yield stated
    elif isinstance(stated, Mapping | list):
        for part in stated.values() if isinstance(stated, Mapping) else stated:
            yield from _texts(part)


def _refuse_unknown(entry: Mapping[str, object], known: set[str], where: str) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise MappingProblem(
            f"{where} has {', '.join(unknown)}, which means nothing here; known are {', '.join(sorted(known))}.",
            "Correct it.",
        )
