"""From a prepared file to the staging table: typed columns, and for a faulty row what is wrong with it.

Reading, conversion and checks are one streaming statement. A row keeps its raw texts only where it is at fault, so
that a clean file costs no more than its values. The staging table's rowid is the order of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from etl.contract import Column, Extract, Id, Number, Text
from etl.errors import FileProblem
from etl.mapping.expressions import header_named
from etl.mapping.headers import unit_of
from etl.mapping.prepare import Prepared
from etl.sql import listed, literal
from etl.staging.ambiguous import SEVERAL_BEFORE, SEVERAL_NOW, mark_ambiguous
from etl.staging.furniture import FURNITURE, is_furniture, mark_totals
from etl.staging.rejects import BLANK, Fault, collect_rejects
from etl.staging.units import factors, unstated_factor
from etl.values.convert import EMPTY, ROUNDED, converted, quick, reason
from etl.values.dates import SERIAL_ZERO, SERIAL_ZERO_1904
from etl.values.texts import cleaned

MIXED_LINE_ENDS = "invalid state"
"""What DuckDB says of a file whose lines end in different ways."""
EDGE_CELLS = 3
"""How many of a row's first cells may say that it is a total."""


@dataclass(frozen=True)
class Staged:
    """The columns that the file says something about, and how many of its rows are totals and headings, no data."""

    columns: tuple[str, ...]
    furniture: int


def stage(
    connection: duckdb.DuckDBPyConnection,
    prepared: Prepared,
    extract: Extract,
    headers: Mapping[str, str],
    kept: Extract | None,
) -> Staged:
    """Make the temporary tables staged and staged_rejects; `kept` is whose table rows of earlier loads stay in."""
    texts = {name: prepared.text(header) for name, header in headers.items()}
    texts |= {name: prepared.text(expression) for name, expression in prepared.rule.columns.items()}
    mapped = {name: part for name, part in prepared.rule.columns.items() if isinstance(part, str)}
    stated = {name: header_named(header, prepared.columns) for name, header in {**headers, **mapped}.items()}
    task = _Task(prepared, extract, texts, stated, factors(connection, extract, texts))
    try:
        _read(connection, task.statement())
    except duckdb.Error as error:
        if MIXED_LINE_ENDS not in str(error) or not prepared.source.keeps_rejects:
            raise _unreadable(prepared, error) from error
        task = _Task(prepared.with_plain_line_ends(), extract, texts, stated, task.factors)
        try:
            _read(connection, task.statement())
        except duckdb.Error as still:
            raise _unreadable(prepared, still) from still
    mark_totals(connection, extract)
    faults = task.faults()
    columns = tuple(column.name for column in extract.columns if {column.name, column.instead} & set(task.there))
    if kept and extract.numbering:
        faults += [Fault(extract.numbering, "false", why) for why in (SEVERAL_BEFORE, SEVERAL_NOW)]
        mark_ambiguous(connection, extract, kept, columns, len(faults) - 1)
    furniture = collect_rejects(connection, prepared, task.there, faults)
    connection.execute(f"delete from staged where fault in ({BLANK}, {FURNITURE})")
    return Staged(columns, furniture)


def _read(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    for leftover in ("staged", "malformed", "malformed_scans", "staged_rejects"):
        connection.execute(f"drop table if exists {leftover}")
    connection.execute(statement)


def _unreadable(prepared: Prepared, error: duckdb.Error) -> Exception:
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException | duckdb.InterruptException):
        return error
    first = str(error).splitlines()[0]
    return FileProblem(f"{prepared.source.name} cannot be read: {first}", "Check the file and its mapping.")


@dataclass(frozen=True)
class _Task:
    """The statement that reads, converts and judges, in parts.

    `texts` are the columns' raw texts as SQL, `stated` the headers they come from, `factors` those of units.
    """

    prepared: Prepared
    extract: Extract
    texts: Mapping[str, str]
    stated: Mapping[str, str]
    factors: Mapping[str, str]

    @property
    def there(self) -> list[str]:
        return [name for name in self.extract.names if name in self.texts]

    def statement(self) -> str:
        row, order = ("", "") if self.prepared.is_plain else ("source_row, ", "order by source_row")
        raw = listed(f"raw_{name}" for name in self.there)
        kept = listed(cleaned(f"raw_{name}") for name in self.there)
        own = [f"c{index}" for index in range(len(self.prepared.source.header))]
        edges = own[:EDGE_CELLS]
        # Of a row of its own the file's cells are kept; where one row became several they would be in each of them.
        whole = own if self.prepared.rule.unpivot is None else edges
        own_cells = f"[{listed(own)}]" if self.prepared.rule.unpivot is None else "cast(null as varchar[])"
        cells = listed([*(f"{self.texts[name]} as raw_{name}" for name in self.there), *whole])
        values = listed(self._typed(column) for column in self.extract.columns)
        date_format = self.prepared.rule.date_format
        quickly = listed(
            f"{quick(f'raw_{name}', self.extract.column(name).type, date_format)} as quick_{name}"
            for name in self.there
        )
        return f"""
            create temp table staged as
            select
                {row}{listed(self.extract.names)},
                fault,
                case when fault > 0 then [{kept}] end as raw,
                case when fault > 0 then {own_cells} end as cells,
            from (
                select *, cast({self._fault_number(edges)} as utinyint) as fault
                from (
                    select {row}{values}, {raw}, {listed(whole)}
                    from (
                        select *, {quickly}
                        from (select {row}{cells} from ({self.prepared.reading("malformed")}))
                    )
                )
            )
            {order}
        """

    def _typed(self, column: Column) -> str:
        """The column's value: of its own text, else of the one that stands in, else its default."""
        text = f"raw_{column.name}"
        value, is_empty = f"cast(null as {column.type.sql})", "true"
        if column.name in self.there:
            value, is_empty = self._converted(column), f"{cleaned(text)} is null"
        if column.instead in self.there:
            value = f"coalesce({value}, {cleaned(f'raw_{column.instead}')})"
        if column.default:
            value = f"coalesce({value}, case when {is_empty} then {literal(column.default)} end)"
        return f"{value} as {column.name}"

    def _converted(self, column: Column) -> str:
        quickly, text, date_format = f"quick_{column.name}", f"raw_{column.name}", self.prepared.rule.date_format
        if not isinstance(column.type, Number):
            zero = SERIAL_ZERO_1904 if self.prepared.source.is_1904 else SERIAL_ZERO
            return converted(quickly, text, column.type, date_format, zero=zero)
        own = {unit: factor for unit, factor in self.factors.items() if unit in column.type.units}
        units = {**column.type.units, **own}
        unit = self.extract.column(column.unit_in) if column.unit_in in self.texts else None
        own_word = self.prepared.rule.units.get(column.name) or unit_of(self.stated.get(column.name, ""))
        unstated = unstated_factor(units, [own_word, *self.prepared.source.units], unit)
        return converted(quickly, text, column.type, date_format, units, unstated)

    def faults(self) -> list[Fault]:
        """All ways for a row to be wrong."""
        faults = []
        for column in self.extract.columns:
            if column.name in self.there and column.type not in (Id, Text):
                is_bad = f"{column.name} is null and {cleaned(f'raw_{column.name}')} is not null"
                faults.append(Fault(column.name, is_bad, reason(column.type)))
            if column.name in self.there and column.type == Id:
                faults.append(Fault(column.name, _is_rounded(column.name), ROUNDED))
            if column.required:
                faults.append(Fault(column.name, f"{column.name} is null", EMPTY))
        for check in self.extract.checks:
            if check.column in self.there:
                why = (f"breaks the rule: {check.rule}", check.rule_zh)
                faults.append(Fault(check.column, check.condition, why))
        return faults

    def _fault_number(self, edges: list[str]) -> str:
        """SQL for 0 where a row is sound, which one cheap condition tells of nearly all, else its fault's number."""
        faults = self.faults()
        sound = [
            f"{column.name} is not null"
            if column.required
            else f"({column.name} is not null or raw_{column.name} is null)"
            for column in self.extract.columns
            if column.required or (column.name in self.there and column.type not in (Id, Text))
        ]
        ids = [column for column in self.extract.columns if column.name in self.there and column.type == Id]
        sound += [f"coalesce(not contains({column.name}, 'E+'), true)" for column in ids]
        sound += [
            f"coalesce(not ({check.condition}), true)" for check in self.extract.checks if check.column in self.there
        ]
        is_blank = " and ".join(f"{cleaned(f'raw_{name}')} is null" for name in self.there)
        headings = {name: self.stated[name] for name in self.extract.required if name in self.stated}
        naming = [f"raw_{column.name}" for column in ids]
        describing = [f"raw_{name}" for name in self.there if not isinstance(self.extract.column(name).type, Number)]
        branches = " ".join(f"when {fault.condition} then {number}" for number, fault in enumerate(faults, start=1))
        return (
            f"case when {' and '.join(sound)} then 0 when {is_blank} then {BLANK}"
            f" when {is_furniture(naming, edges, describing, headings)} then {FURNITURE} {branches} else 0 end"
        )


def _is_rounded(name: str) -> str:
    return f"regexp_full_match({name}, '\\d(\\.\\d+)?E\\+\\d+')"
