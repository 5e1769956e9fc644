"""A look at the sheets of an old xls, by xlrd, which tells errors, formats and calendars that the reader does not."""

import struct
from os import devnull
from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code

from etl.reading.archive import Budget
from etl.reading.inspection.findings import Findings, plain_format

DAMAGE = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    struct.error,
)
"""What xlrd raises of damaged files."""


def look(path: Path, budget: Budget, name: str) -> tuple[dict[str, Findings], bool]:
    """The findings of each sheet by its name, and whether days count from 1904. ValueError where it is damaged.

    The texts of cells, which the reader copies for every cell that shows them, are taken off the budget.
    """
    try:
        with (
            Path(devnull).open("w") as nowhere,
            xlrd.open_workbook(
                str(path), logfile=nowhere, formatting_info=True, on_demand=True, ignore_workbook_corruption=True
            ) as book,
        ):
            zeros = {
                number: plain_format(book.format_map[style.format_key].format_str)
                for number, style in enumerate(book.xf_list)
                if style.format_key in book.format_map
            }
            zeros = {number: code for number, code in zeros.items() if code}
            found = {}
            for title in book.sheet_names():
                sheet = book.sheet_by_name(title)
                for row in range(sheet.nrows):
                    budget.spend(sum(len(v.encode()) for v in sheet.row_values(row) if isinstance(v, str)), name)
                found[title] = _sheet(sheet, zeros)
                book.unload_sheet(title)
            return found, book.datemode == 1
    except DAMAGE as error:
        raise ValueError(str(error) or type(error).__name__) from error


def _sheet(sheet: xlrd.sheet.Sheet, zeros: dict[int, str]) -> Findings:
    findings = Findings(rows=sheet.nrows, columns=sheet.ncols, merged=len(sheet.merged_cells))
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        if xlrd.XL_CELL_ERROR in kinds:
            for column, kind in enumerate(kinds):
                if kind == xlrd.XL_CELL_ERROR:
                    findings.mark(row, column, error_text_from_code.get(sheet.cell_value(row, column), "#N/A"))
        if zeros:
            for column, kind in enumerate(kinds):
                if kind == xlrd.XL_CELL_NUMBER and sheet.cell_xf_index(row, column) in zeros:
                    findings.mark(row, column, zeros[sheet.cell_xf_index(row, column)])
    return findings
