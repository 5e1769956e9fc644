"""What leaves the screen: rows as CSV or XLSX, which say their scope, version and time and start no formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import xlsxwriter

from metrics import Scope
from metrics.scope import CONDITIONS
from ui.numbers import NO_DATA, is_missing
from ui.reading import version_name
from ui.scope_bar import condition_title
from ui.words import _
from warehouse.spreadsheet import columns_wide, harmless

Notes = Sequence[tuple[str, str]]
"""What an exported view says of itself, below its rows."""
WIDEST = 40


def provenance(scope: Scope | None) -> list[tuple[str, str]]:
    """Period, conditions, version and time of what is exported."""
    return [
        *(scope_words(scope) if scope else []),
        (_("Version"), version_name() or NO_DATA),
        (_("Exported at"), f"{datetime.now():%Y-%m-%d %H:%M}"),
    ]


def scope_words(scope: Scope) -> list[tuple[str, str]]:
    """The period and the conditions of a scope."""
    conditions = [
        (condition_title(name), ", ".join(getattr(scope, name))) for name in CONDITIONS if getattr(scope, name)
    ]
    return [(_("Period"), f"{scope.from_date} – {scope.to_date}"), *conditions]


def csv_bytes(rows: pd.DataFrame, titles: Mapping[str, str], notes: Notes) -> bytes:
    """CSV as spreadsheets read it: UTF-8 with its mark, no cell that starts a formula, notes below the rows."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(titles[str(name)]) for name in rows.columns])
    writer.writerows([_plain(value) for value in record] for record in rows.itertuples(index=False, name=None))
    if notes:
        writer.writerow([])
    writer.writerows([harmless(part) for part in note] for note in notes)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: pd.DataFrame, titles: Mapping[str, str], notes: Notes) -> bytes:
    """The same as a workbook: a header that stays in sight, days and numbers as such, texts never as formulas."""
    file = io.BytesIO()
    # Ids such as 000123 stay texts, and a text is written as a text whatever it begins with.
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, name in enumerate(rows.columns):
            texts = [str(titles[str(name)]), *(str(value) for value in rows[name].head(200))]
            sheet.set_column(number, number, min(WIDEST, 2 + max(columns_wide(text) for text in texts)))
            sheet.write_string(0, number, str(harmless(titles[str(name)])), bold)
        sheet.freeze_panes(1, 0)
        for line, record in enumerate(rows.itertuples(index=False, name=None), start=1):
            for number, value in enumerate(record):
                _write(sheet, line, number, value, day)
        for line, note in enumerate(notes, start=len(rows) + 2):
            for number, part in enumerate(note):
                sheet.write_string(line, number, str(harmless(part)))
    return file.getvalue()


def _write(sheet: Any, line: int, number: int, value: Any, day: Any) -> None:
    if isinstance(value, bool) or is_missing(value):
        sheet.write_string(line, number, "" if is_missing(value) else str(value))
    elif isinstance(value, date):
        sheet.write_datetime(line, number, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | float | Decimal) or hasattr(value, "dtype"):
        sheet.write_number(line, number, float(value))
    else:
        sheet.write_string(line, number, str(harmless(value)))


def _plain(value: Any) -> object:
    if is_missing(value):
        return ""
    return harmless(value.date().isoformat() if isinstance(value, pd.Timestamp) else value)
