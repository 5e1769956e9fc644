"""Rejected rows on their way back: shown with the cell at fault, corrected in place or in a workbook, loaded again.

Every row that a load rejected is a row of the corrected file, corrected or not, so that the counts of both add up:
rejected of the first = read of the second, and read of the first = loaded + duplicates + superseded of the first and
read of the second.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import xlsxwriter

from etl.contract import Date, Number
from etl.contracts import BY_NAME
from etl.errors import FileProblem
from etl.mapping.headers import unit_of
from etl.mapping.written import pattern_of
from etl.reading.returned import REASONS
from warehouse.spreadsheet import harmless

MOST_SHOWN = 10_000
MOST_IN_WORKBOOK = 1_000_000
BATCH = 10_000
WIDE, DAYS_1904 = 40, 1462
OWN_WAY = ("encoding", "delimiter", "sheet", "header", "header_line", "names")
FIXED = ("line", "at_column", "value", "reason_en", "reason_zh")
TITLE = "被拒绝的行 · rejected rows: {file} ({count:,}). 改正后拖回即可 · correct them, then drop this file."

Edits = Mapping[tuple[int, str], str]
"""New texts of cells, by the row's line and the header as `rejected_table` shows it."""


@dataclass(frozen=True)
class _Layout:
    """How a file was read: its header as shown, the header of each canonical column, what titles and days mean."""

    load_id: int
    extract: str
    header: tuple[str, ...]
    shown: tuple[str, ...]
    taken: Mapping[str, str]
    units: tuple[str, ...]
    is_1904: bool

    def header_at(self, column: str | None) -> str:
        """The shown header that a canonical column comes from, or its own name where that is no single one."""
        stand_in = BY_NAME[self.extract].column(column).instead if column in BY_NAME[self.extract].names else ""
        header = self.taken.get(column or "") or self.taken.get(stand_in)
        return self.shown[self.header.index(header)] if header in self.header else column or ""


@dataclass(frozen=True)
class _Reject:
    line: int
    column: str | None
    value: str | None
    reason_en: str
    reason_zh: str
    raw: str | None
    cells: list[str | None] | None


def rejected_table(cursor: duckdb.DuckDBPyConnection, file: str) -> pd.DataFrame:
    """The rows that the newest load of a file rejected, at most ten thousand.

    Columns: line, at_column (the file's header of the cell at fault; empty where it is the whole line), value,
    reason_en, reason_zh; then the row's cells by the file's own headers, made different where they repeat, and further
    ones where a line had too many cells. Columns without a header, which nothing is taken from, are left out. Raises
    FileProblem where the file was not loaded.
    """
    layout = _layout(cursor, file)
    rejects = [reject for reject, _ in zip(_rejects(cursor, file, layout), range(MOST_SHOWN), strict=False)]
    width = max([len(layout.header), *(len(reject.cells or []) for reject in rejects)])
    columns = [*FIXED, *layout.shown, *(f"column {number}" for number in range(len(layout.header) + 1, width + 1))]
    rows = pd.DataFrame(
        [
            [
                reject.line,
                layout.header_at(reject.column),
                reject.value,
                reject.reason_en,
                reject.reason_zh,
                *(reject.cells or []),
                *[None] * (width - len(reject.cells or [])),
            ]
            for reject in rejects
        ],
        columns=columns,
    )
    nameless = [shown for name, shown in zip(layout.header, layout.shown, strict=True) if not name.strip()]
    return rows.drop(columns=nameless)


def same_value(rejects: pd.DataFrame, header: str, value: str | None, replacement: str) -> dict[tuple[int, str], str]:
    """The edits that put a replacement into all rejected rows whose cell below a header holds a value."""
    cells = rejects[header]
    alike = cells.isna() | (cells == "") if value in (None, "") else cells == value
    return {(int(line), header): replacement for line in rejects.loc[alike, "line"]}


def corrected_file(cursor: duckdb.DuckDBPyConnection, file: str, edits: Edits, target: Path) -> int:
    """Write the rejected rows of a file with the edits made as UTF-8 CSV below its own headers; give their number.

    A line that had too few or too many cells stays as it was, to be rejected again, unless it is edited. Raises
    FileProblem where an edit is of no rejected row, would leave a row empty, or where one row became several.
    """
    layout = _layout(cursor, file)
    open_edits = dict(edits)
    count = 0
    with target.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(layout.header)
        for reject in _rejects(cursor, file, layout):
            cells = _corrected(reject, layout, open_edits, file)
            writer.writerow(cells)
            count += 1
    if open_edits:
        line, header = next(iter(open_edits))
        raise FileProblem(f"{file} has no rejected row in line {line} with a cell {header!r}.", "Look at it again.")
    return count


def corrected_rule(
    cursor: duckdb.DuckDBPyConnection, file: str, rule: Mapping[str, object], name: str
) -> dict[str, object]:
    """The rule by which a corrected file of that name is read just as `file` was by its rule.

    What was particular to the file, its encoding say, goes; units that its titles stated are stated by the rule.
    """
    layout = _layout(cursor, file)
    stated = rule.get("units", {})
    units = dict(stated) if isinstance(stated, Mapping) else {}
    for column in BY_NAME[layout.extract].columns:
        known = column.type.units if isinstance(column.type, Number) else {}
        said = next((unit for unit in layout.units if unit in known), "")
        if said and column.name in layout.taken and unit_of(layout.taken[column.name]) not in known:
            units.setdefault(column.name, said)
    kept = {key: part for key, part in rule.items() if key not in (*OWN_WAY, "pattern", "units")}
    return {**kept, "pattern": pattern_of(name), "extract": layout.extract, **({"units": units} if units else {})}


def rejects_workbook(cursor: duckdb.DuckDBPyConnection, file: str, target: Path) -> int:
    """Write the rejected rows of a file as XLSX: its own headers, then the reasons; give the number of rows.

    The cell at fault is marked. A cell that would start a formula is led by an apostrophe, which loading takes off.
    Cells beyond the header of a line that had too many stand in its last one. Dropped back, the title and the columns
    of reasons are known and left aside.
    """
    layout = _layout(cursor, file)
    rejects = list(zip(_rejects(cursor, file, layout), range(MOST_IN_WORKBOOK), strict=False))
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("rejects")
        bold, marked = book.add_format({"bold": True}), book.add_format({"bg_color": "#F8D7DA"})
        sheet.freeze_panes(2, 0)
        sheet.set_column(0, len(layout.header) + len(REASONS), WIDE // 2)
        sheet.write_string(0, 0, TITLE.format(file=file, count=len(rejects)))
        for place, name in enumerate((*layout.header, *REASONS)):
            sheet.write_string(1, place, str(harmless(name)) if place < len(layout.header) else name, bold)
        for reject, number in rejects:
            cells = _folded(reject.cells or [], len(layout.header))
            at_fault = layout.header_at(reject.column)
            for place, cell in enumerate(cells):
                mark = marked if place < len(layout.shown) and layout.shown[place] == at_fault else None
                sheet.write_string(number + 2, place, str(harmless(cell)), mark)
            why = (str(reject.line), at_fault, reject.value or "", reject.reason_zh, reject.reason_en)
            for place, cell in enumerate(why, start=len(layout.header)):
                sheet.write_string(number + 2, place, str(harmless(cell)))
    return len(rejects)


def _corrected(
    reject: _Reject, layout: _Layout, open_edits: dict[tuple[int, str], str], file: str
) -> Sequence[str | None]:
    if reject.cells is None:
        raise FileProblem(
            f"{file}, line {reject.line}: its row became several, so that it cannot be corrected by itself.",
            "Correct the file, then load it again.",
        )
    edits = {
        header: open_edits.pop((reject.line, header)) for header in layout.shown if (reject.line, header) in open_edits
    }
    cells = reject.cells if not edits else [*reject.cells, *[None] * len(layout.header)][: len(layout.header)]
    cells = _of_1900(cells, layout) if layout.is_1904 else cells
    done = [edits.get(header, cell) for header, cell in zip(layout.shown, cells, strict=False)]
    done += cells[len(done) :]
    if not any(cell and cell.strip() for cell in done):
        raise FileProblem(f"{file}: line {reject.line} would be empty.", "Leave it as it is, or correct it.")
    return done


def _of_1900(cells: list[str | None], layout: _Layout) -> list[str | None]:
    """Excel's numbers of days, which the workbook counted from 1904, as others count them."""
    days = {header for name, header in layout.taken.items() if BY_NAME[layout.extract].column(name).type == Date}
    return [
        str(int(cell) + DAYS_1904) if cell and header in days and re.fullmatch(r"\d{5}", cell) else cell
        for header, cell in zip(layout.header, cells, strict=False)
    ]


def _folded(cells: Sequence[str | None], width: int) -> list[str]:
    texts = [cell or "" for cell in cells]
    return texts if len(texts) <= width else [*texts[: width - 1], ",".join(texts[width - 1 :])]


def _layout(cursor: duckdb.DuckDBPyConnection, file: str) -> _Layout:
    row = cursor.execute(
        "select load_id, extract, layout from load_files where file = ? and layout is not null order by load_id desc",
        [file],
    ).fetchone()
    if row is None:
        raise FileProblem(f"{file} was not loaded, or by an earlier release.", "Load it again.")
    load_id, extract, text = row
    layout = json.loads(text)
    header = tuple(layout["header"])
    return _Layout(load_id, extract, header, _shown(header), layout["taken"], tuple(layout["units"]), layout["is_1904"])


def _shown(header: Sequence[str]) -> tuple[str, ...]:
    """Headers by which columns can be told apart, from each other and from those that say why."""
    shown: list[str] = []
    for place, name in enumerate(header, start=1):
        wanted, number = name.strip() or f"column {place}", 1
        while (name := wanted if number == 1 else f"{wanted} ({number})") in (*FIXED, *shown):
            number += 1
        shown.append(name)
    return tuple(shown)


def _rejects(cursor: duckdb.DuckDBPyConnection, file: str, layout: _Layout) -> Iterator[_Reject]:
    rows = cursor.execute(
        'select line, "column", value, reason_en, reason_zh, raw, cells from rejects where load_id = ? and file = ?'
        " order by line",
        [layout.load_id, file],
    )
    while batch := rows.fetchmany(BATCH):
        yield from (_Reject(*row) for row in batch)
