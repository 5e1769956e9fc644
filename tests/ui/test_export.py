"""Rows as files for spreadsheets."""

import io
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pandas as pd
from python_calamine import CalamineWorkbook

from ui.export import csv_bytes, xlsx_bytes

ROWS = pd.DataFrame(
    {
        "customer_id": ["000123", "=HYPERLINK(1)", "+1", "店"],
        "amount": [Decimal("12.50"), -3.0, None, 0.1],
        "last_bought": [pd.Timestamp("2026-10-31"), None, pd.Timestamp("2026-01-02"), None],
        "focus": [True, False, None, True],
    }
)
TITLES = {"customer_id": "客户编码", "amount": "金额", "last_bought": "最近购进", "focus": "重点"}


def test_a_workbook_holds_texts_numbers_and_days_and_no_formula() -> None:
    data = xlsx_bytes(ROWS, TITLES, [("期间", "2026-10-01 – 2026-10-31"), ("片区", "=1+1")])
    cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert cells == [
        ["客户编码", "金额", "最近购进", "重点"],
        ["000123", 12.5, date(2026, 10, 31), "True"],
        ["'=HYPERLINK(1)", -3.0, "", "False"],
        ["'+1", "", date(2026, 1, 2), ""],
        ["店", 0.1, "", "True"],
        ["", "", "", ""],
        ["期间", "2026-10-01 – 2026-10-31", "", ""],
        ["片区", "'=1+1", "", ""],
    ]
    with ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in name for name in parts.namelist())


def test_csv_and_workbook_have_the_same_rows() -> None:
    lines = csv_bytes(ROWS, TITLES, []).decode("utf-8-sig").splitlines()
    assert lines == [
        "客户编码,金额,最近购进,重点",
        "000123,12.50,2026-10-31,True",
        "'=HYPERLINK(1),-3.0,,False",
        "'+1,,2026-01-02,",
        "店,0.1,,True",
    ]
