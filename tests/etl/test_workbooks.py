"""Workbooks as offices keep them: titles, merged cells, totals, several sheets, old formats, cells with errors."""

import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from etl.errors import FileProblem, MissingColumns
from etl.load import Wishes
from etl.reading.source import Options

HEADER = ("订单号", "行号", "订单日期", "客户编码", "商品编码", "数量", "金额")


def lines(office):
    return office.ask("select order_id, line_no, customer_id, sku_id, qty::int, amount::int from sales order by rowid")


def test_titles_above_and_totals_below_are_skipped_and_said(office):
    with xlsxwriter.Workbook(str(office.folder / "销售明细.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 6, "某公司10月销售明细表")
        sheet.write_row(1, 0, ["制表日期：2026-11-01", "", "", "", "", "单位：元"])
        sheet.write_row(3, 0, HEADER)
        sheet.write_row(4, 0, ["D1", 1, "2026-10-01", "00017", "S1", 2, 200])
        sheet.write_row(5, 0, ["小 计", "", "", "", "", 2, 200])
        sheet.write_row(6, 0, HEADER)
        sheet.write_row(7, 0, ["D2", 1, "2026-10-02", "00018", "S1", 3, 300])
        sheet.write_row(8, 0, ["D3", 1, "soon", "00018", "S1", 3, 300])
        sheet.write_row(9, 0, ["合计", "", "", "", "", 5, 500])
        sheet.write_row(10, 0, ["制表人：甲", "", "审核：乙"])
    (file,) = office.load(reject_share=0.5).files
    assert (file.read, file.loaded, file.rejected, file.titles, file.furniture) == (3, 2, 1, 2, 4)
    assert lines(office) == [("D1", 1, "00017", "S1", 2, 200), ("D2", 1, "00018", "S1", 3, 300)]
    assert office.ask('select line, "column", value from rejects') == [(9, "order_date", "soon")]
    assert office.ask("select furniture from load_files") == [(6,)]


def test_a_csv_with_titles_and_totals_is_read_like_a_workbook(office):
    (office.folder / "销售明细.csv").write_text(
        "10月销售明细表\n\n" + ",".join(HEADER) + "\nD1,1,2026-10-01,C,S1,2,200\nD2,1,soon,C,S1,2,200\n合计,,,,,2,200\n"
        "D4,1,2026-10-03,C,S1,1,100\n总计：,4\n",
        encoding="gb18030",
    )
    (file,) = office.load(reject_share=0.5).files
    assert (file.read, file.loaded, file.rejected, file.titles, file.furniture) == (3, 2, 1, 1, 2)
    assert office.ask("select line from rejects") == [(5,)]


def test_a_total_in_the_column_of_an_identifier_is_no_row_though_all_else_is_filled(office):
    office.write("customers.csv", ("customer_id", "tier"), ("C1", "1"), ("合计", "1"))
    office.write(
        "flat.csv",
        ("日期", "客户名称", "商品名称", "数量", "金额"),
        ("2026-10-01", "一店", "甲", "1", "10"),
        ("2026-10-01", "一店", "小计", "1", "10"),
    )
    assert [(file.read, file.furniture) for file in office.load().files] == [(1, 1), (1, 1)]
    assert office.ask("select sum(amount)::int from sales") == [(10,)]


def test_merged_ids_and_days_are_filled_and_merged_numbers_are_not(office):
    with xlsxwriter.Workbook(str(office.folder / "销售明细.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, HEADER)
        sheet.merge_range(2, 1, 4, 1, "D1")
        sheet.merge_range(2, 3, 4, 3, "2026-10-01")
        sheet.merge_range(2, 4, 4, 4, 17)
        for number in range(3):
            sheet.write(2 + number, 2, number + 1)
            sheet.write(2 + number, 5, f"S{number}")
            sheet.write(2 + number, 6, 1)
        sheet.write(2, 7, 10)
        sheet.merge_range(3, 7, 4, 7, 50)
    (file,) = office.load(reject_share=0.9).files
    assert (file.read, file.loaded, file.rejected) == (3, 2, 1)
    assert lines(office) == [("D1", 1, "17", "S0", 1, 10), ("D1", 2, "17", "S1", 1, 50)]
    assert office.ask('select line, "column" from rejects') == [(5, "amount")]


def test_every_sheet_that_is_an_extract_is_loaded_and_others_are_left_aside_by_name(office):
    with xlsxwriter.Workbook(str(office.folder / "十月.xlsx")) as book:
        book.add_worksheet("说明").write(0, 0, "Please read")
        customers = book.add_worksheet("零售户")
        customers.write_row(0, 0, ["客户编码", "档位"])
        customers.write_row(1, 0, ["00017", "12档"])
        sales = book.add_worksheet("销售明细")
        sales.write_row(0, 0, HEADER)
        sales.write_row(1, 0, ["D1", 1, "2026-10-01", "00017", "S1", 2, 200])
        hidden = book.add_worksheet("old")
        hidden.write_row(0, 0, ["客户编码"])
        hidden.write_row(1, 0, ["C9"])
        hidden.hide()
        book.add_worksheet("empty")
    report = office.load()
    assert [(file.file, file.extract, file.loaded) for file in report.files] == [
        ("十月.xlsx [零售户]", "customers", 1),
        ("十月.xlsx [销售明细]", "sales", 1),
    ]
    assert report.skipped == ("十月.xlsx [说明]",)
    assert office.ask("select customer_id, tier from customers") == [("00017", 12)]


def test_a_sheet_can_be_named_or_numbered_and_a_wrong_one_is_refused_by_name(office):
    path = office.folder / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("A", "B"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["customer_id"])
            sheet.write_row(1, 0, [f"C{name}"])
    office.load(path, wishes=Wishes(options=Options(sheet="B")))
    assert office.ask("select customer_id from customers") == [("CB",)]
    office.load(path, wishes=Wishes(options=Options(sheet="1")))
    assert office.ask("select customer_id from customers order by 1") == [("CA",), ("CB",)]
    with pytest.raises(FileProblem, match=r"has no sheet 'C'; its sheets are A, B"):
        office.load(path, wishes=Wishes(options=Options(sheet="C")))


def test_a_workbook_none_of_whose_sheets_is_an_extract_stops_the_load(office):
    with xlsxwriter.Workbook(str(office.folder / "销售明细.xlsx")) as book:
        book.add_worksheet("A").write_row(0, 0, ["订单日期", "客户编码", "商品编码", "数量", "金颜"])
    with pytest.raises(MissingColumns, match="amount 金额, closest: 金颜"):
        office.load()
    assert office.version is None


def test_a_cell_that_shows_an_error_is_rejected_with_it_and_not_taken_for_empty(office):
    with xlsxwriter.Workbook(str(office.folder / "零售户.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 1, ["客户编码", "档位"])
        sheet.write_row(1, 1, ["C1", 3])
        sheet.write(2, 1, "C2")
        sheet.write_formula(2, 2, "=NA()", value="#N/A")
        sheet.write_formula(3, 1, "=1/0", value="#DIV/0!")
    (file,) = office.load(reject_share=0.9).files
    assert file.rejected == 1
    assert office.ask('select line, "column", value from rejects') == [(3, "tier", "#N/A")]


def test_days_numbers_and_truths_of_cells_are_read_as_what_they_are(office):
    with xlsxwriter.Workbook(str(office.folder / "拜访记录.xlsx")) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["拜访编号", "拜访日期", "客户编码", "客户经理编码", "计划内", "时长"])
        sheet.write_row(1, 0, ["V1", "", "00017", "M1"])
        sheet.write_datetime(1, 1, datetime.datetime(2026, 10, 1, 9, 30), day)
        sheet.write_boolean(1, 4, True)
        sheet.write_number(1, 5, 30)
        sheet.write_row(2, 0, ["V2", 46297, 17, "M1", "否", "25分钟"])
    office.load()
    assert office.ask("select visit_id, visit_date::varchar, customer_id, planned, minutes from visits order by 1") == [
        ("V1", "2026-10-01", "00017", True, 30),
        ("V2", "2026-10-02", "17", False, 25),
    ]


def test_the_old_format_of_excel_is_read(office):
    book = xlwt.Workbook()
    sheet = book.add_sheet("零售户")
    for column, header in enumerate(("客户编码", "客户名称", "档位", "入网日期")):
        sheet.write(0, column, header)
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, value in enumerate(("00017", "一店", 12, datetime.date(2020, 5, 4))):
        sheet.write(1, column, value, style if column == 3 else xlwt.Style.default_style)
    book.save(str(office.folder / "零售户.xls"))
    assert office.load().files[0].encoding == "xls"
    assert office.ask("select customer_id, customer_name, tier, opened_on::varchar from customers") == [
        ("00017", "一店", 12, "2020-05-04")
    ]


def write_ods(path: Path, rows: list[list[str]]) -> None:
    """A spreadsheet in OpenDocument's format with nothing but texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{name}:office:1.0"'
        f' xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{name}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def test_an_opendocument_spreadsheet_is_read(office):
    write_ods(office.folder / "零售户.ods", [["客户编码", "客户名称", "档位"], ["00017", "一店", "12"]])
    assert office.load().files[0].encoding == "ods"
    assert office.ask("select customer_id, customer_name, tier from customers") == [("00017", "一店", 12)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_text_that_a_system_calls_a_workbook_is_read_as_the_text_it_is(office, encoding):
    text = "客户编码\t客户名称\n" + "".join(f"{n:05}\t城南便利店第{n}号\n" for n in range(50))
    (office.folder / "零售户.xls").write_text(text, encoding=encoding)
    (file,) = office.load().files
    assert (file.encoding, file.loaded) == (encoding, 50)
    assert office.ask("select customer_name from customers where customer_id = '00007'") == [("城南便利店第7号",)]


def test_a_sheet_with_a_stray_cell_far_below_and_to_the_right_is_refused_at_once(office):
    with xlsxwriter.Workbook(str(office.folder / "零售户.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户编码"])
        sheet.write(1_048_575, 99, "x")
    with pytest.raises(FileProblem, match="as far out as row 1,048,576 and column 100"):
        office.load()
