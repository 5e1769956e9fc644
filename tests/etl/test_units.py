"""Cases become cartons and 万元 becomes yuan, wherever the unit is said."""

import pytest
import xlsxwriter

HEAD = ("order_id", "line_no", "order_date", "customer_id", "sku_id")


def loaded(office):
    return office.ask("select order_id, qty::double, amount::double, ordered_qty::double from sales order by order_id")


@pytest.mark.parametrize(
    ("qty", "amount", "expected"),
    [
        ("数量", "金额", (2, 3)),
        ("数量(条)", "金额（元）", (2, 3)),
        ("数量（箱）", "金额（万元）", (500, 30000)),
        ("数量[箱]", "金额(千元)", (500, 3000)),
        ("数量/件", "金额_万元", (100, 30000)),
        ("销量（包）", "销售额(含税)", (0.2, 3)),
    ],
)
def test_a_unit_in_the_header_counts_for_its_column(office, qty, amount, expected):
    office.write("sales.csv", (*HEAD, qty, amount), ("1", "1", "2026-10-01", "C", "S", "2", "3"))
    office.load()
    assert loaded(office) == [("1", *expected, None)]


def test_a_cell_that_says_its_unit_overrules_the_header(office):
    office.write(
        "sales.csv",
        (*HEAD, "数量（箱）", "金额（万元）"),
        ("1", "1", "2026-10-01", "C", "S", "7条", "1,200元"),
        ("2", "1", "2026-10-01", "C", "S", "1.5", "（0.5）"),
    )
    office.load()
    assert loaded(office) == [("1", 7, 1200, None), ("2", 375, -5000, None)]


def test_a_column_of_units_counts_row_by_row_and_an_unknown_unit_is_rejected(office):
    office.write(
        "sales.csv",
        (*HEAD, "数量", "金额", "需求量", "单位"),
        ("1", "1", "2026-10-01", "C", "S", "2", "3", "4", "箱"),
        ("2", "1", "2026-10-01", "C", "S", "2", "3", "4", "条"),
        ("3", "1", "2026-10-01", "C", "S", "2", "3", "4", ""),
        ("4", "1", "2026-10-01", "C", "S", "2", "3", "4", "吨"),
    )
    office.load(reject_share=0.5)
    assert loaded(office) == [("1", 500, 3, 1000), ("2", 2, 3, 4), ("3", 2, 3, 4)]
    assert office.ask('select line, "column", value from rejects') == [(5, "unit", "吨")]


def test_a_product_may_say_how_many_cartons_its_case_holds(office):
    office.write("products.csv", ("商品编码", "箱装条数"), ("S1", "200"), ("S2", ""))
    office.write(
        "sales.csv",
        (*HEAD, "数量", "金额"),
        ("1", "1", "2026-10-01", "C", "S1", "1箱", "3"),
        ("2", "1", "2026-10-01", "C", "S2", "1箱", "3"),
        ("3", "1", "2026-10-01", "C", "S1", "1条", "3"),
    )
    office.load()
    assert loaded(office) == [("1", 200, 3, None), ("2", 250, 3, None), ("3", 1, 3, None)]


def test_stock_counted_in_cases_is_stock_in_cartons(office):
    office.write(
        "shelf_checks.csv",
        ("核查日期", "客户编码", "商品编码", "上柜", "库存（箱）"),
        ("2026-10-01", "C", "S", "是", "0.1"),
    )
    office.load()
    assert office.ask("select stock_qty::double from shelf_checks") == [(25,)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_unit_stated_above_the_table_counts_for_columns_that_state_none(office, kind):
    rows = [
        ["10月销售", "", "", "", "", "（单位：箱、万元）"],
        ["日期", "客户名称", "商品名称", "数量", "金额", "需求量(条)"],
        ["2026-10-01", "一店", "甲", "2", "0.3", "600"],
    ]
    if kind == "csv":
        office.write("汇总销售.csv", *rows)
    else:
        with xlsxwriter.Workbook(str(office.folder / "汇总销售.xlsx")) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    office.load()
    assert office.ask("select qty::int, amount::int, ordered_qty::int from sales") == [(500, 3000, 600)]
