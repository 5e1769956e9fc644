"""Cells of workbooks that show something else than they hold: errors, leading zeros, lost digits, days from 1904."""

import datetime
import struct

import pytest
import xlsxwriter
import xlwt

from tests.etl.handmade import inline, ods, ods_cell, xlsb

NOT_AVAILABLE = b"\x2a"
ERROR = 'calcext:value-type="error" office:string-value="" table:formula="of:=NA()"'


def xlsx_of(path, rows, number_format="General", **options):
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet, style = book.add_worksheet("S"), book.add_format({"num_format": number_format})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value == "#N/A":
                    sheet.write_formula(number, column, "=NA()", None, "#N/A")
                else:
                    sheet.write(number, column, value, *([] if column else [style]))
    return path


def xls_of(path, rows, number_format="General", is_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    sheet, style = book.add_sheet("S"), xlwt.easyxf(num_format_str=number_format)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value == "#N/A":
                sheet.row(number).set_cell_error(column, NOT_AVAILABLE[0])
            else:
                sheet.write(number, column, value, *([] if column else [style]))
    book.save(str(path))
    return path


def xlsb_of(path, rows):
    def cell(value):
        if value == "#N/A":
            return 3, NOT_AVAILABLE
        return (6, inline(value)) if isinstance(value, str) else (5, struct.pack("<d", value))

    path.write_bytes(
        xlsb([(line, column, *cell(value)) for line, row in enumerate(rows) for column, value in enumerate(row)])
    )
    return path


def ods_of(path, rows):
    def cell(value):
        if isinstance(value, str):
            return ods_cell(value, ERROR if value == "#N/A" else "")
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    path.write_bytes(ods("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)))
    return path


WRITERS = {"xlsx": xlsx_of, "xls": xls_of, "xlsb": xlsb_of, "ods": ods_of}


@pytest.mark.parametrize("kind", WRITERS)
def test_an_error_in_a_cell_rejects_its_row_and_is_told(office, kind):
    rows = [("customer_id", "tier"), ("C1", "#N/A"), ("C2", 3), ("C3", "#N/A"), ("C4", "#N/A")]
    WRITERS[kind](office.folder / f"customers.{kind}", rows)
    office.load(reject_share=1)
    assert office.ask("select customer_id, tier from customers") == [("C2", 3)]
    assert office.ask('select line, "column", value from rejects order by 1') == [
        (line, "tier", "#N/A") for line in (2, 4, 5)
    ]


def test_an_error_that_an_ods_repeats_rejects_all_its_rows(office):
    header = f"<table:table-row>{ods_cell('customer_id')}{ods_cell('tier')}</table:table-row>"
    row = f'<table:table-row table:number-rows-repeated="3">{ods_cell("C1")}{ods_cell("#N/A", ERROR)}</table:table-row>'
    (office.folder / "customers.ods").write_bytes(ods(header + row))
    (file,) = office.load(reject_share=1).files
    assert (file.read, file.rejected) == (3, 3)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("000000", ("000123", "1234567")),
        ("000000;-000000", ("000123", "1234567")),
        ("000-000", ("000-123", "1234-567")),
        ("0", ("123", "1234567")),
        ("00", ("123", "1234567")),
        ("0.00", ("123", "1234567")),
        ("#,##0", ("123", "1234567")),
        ("General", ("123", "1234567")),
    ],
)
def test_a_code_kept_as_a_number_has_the_leading_zeros_that_its_cell_shows(office, kind, number_format, shown):
    rows = [("customer_id", "tier"), (123, 1), (1234567, 2)]
    WRITERS[kind](office.folder / f"customers.{kind}", rows, number_format=number_format)
    office.load()
    assert office.ask("select customer_id, tier from customers order by tier") == [(shown[0], 1), (shown[1], 2)]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_code_of_more_digits_than_a_spreadsheet_keeps_is_rejected_and_never_loaded_wrong(office, kind):
    rows = [
        ("customer_id", "licence_no"),
        (420115000000123, "420115199001011234"),
        (4201150000001234567, "1"),
        ("C3", 420115199001011234),
    ]
    WRITERS[kind](office.folder / f"customers.{kind}", rows)
    office.load(reject_share=1)
    assert office.ask("select customer_id, licence_no from customers") == [("420115000000123", "420115199001011234")]
    assert office.ask('select line, "column", value from rejects order by 1') == [
        (3, "customer_id", "4.20115000000123E+18"),
        (4, "licence_no", "4.20115199001011E+17"),
    ]
    assert "rounded by a spreadsheet" in office.ask("select any_value(reason_en) from rejects")[0][0]


def test_a_licence_that_a_spreadsheet_rounded_in_a_csv_is_rejected(office):
    office.write("customers.csv", ("customer_id", "licence_no"), ("C1", "4.20115E+17"), ("C2", "X1E+2"))
    office.load(reject_share=1)
    assert office.ask("select customer_id from customers") == [("C2",)]
    assert office.ask('select line, "column", value from rejects') == [(2, "licence_no", "4.20115E+17")]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_days_kept_as_bare_numbers_count_from_where_their_workbook_counts(office, kind):
    # 5 October 2026 is 46,300 days after the last of 1899, and 44,838 after the first of 1904.
    header = ("order_date", "customer_id", "sku_id", "qty", "amount")
    WRITERS[kind](office.folder / f"sales.{kind}", [header, (46300, "C", "S", 1, 1)])
    office.load()
    rows = [header, (44838, "C", "S", 2, 2)]
    later = office.folder / f"sales-1904.{kind}"
    if kind == "xlsx":
        xlsx_of(later, rows, date_1904=True)
    else:
        xls_of(later, rows, is_1904=True)
    office.load(later)
    assert office.ask("select distinct order_date, count(*) from sales group by all") == [
        (datetime.date(2026, 10, 5), 2)
    ]
