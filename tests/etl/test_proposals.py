"""Which header is proposed for which column, how surely, and why."""

import random

import pytest
import xlsxwriter

from etl.contracts import BY_NAME
from etl.look import look_at
from etl.mapping.proposals import propose, proposed_unit, recognise_by_values, samples, taken_for
from etl.mapping.remembered import recall
from etl.mapping.worked_out import expression_of, factors

FLAT = BY_NAME["flat_sales"]


@pytest.fixture
def look(tmp_path):
    work = tmp_path / "work"
    work.mkdir()

    def at(path, **more):
        (seen,) = look_at(path, work, **more)
        return seen

    return at


def proposed(seen, extract=FLAT):
    return {each.column.name: (each.header, each.why) for each in propose(extract, seen) if each.why != "none"}


def invoices(count=400, seed=7):
    """Sales of 60 shops, 20 products, 5 people: order, shop, shop's code, product, person, pieces, price, sum, day."""
    chance = random.Random(seed)
    persons = ["王伟", "李娜", "张敏", "刘洋", "陈静"]
    rows = []
    for number in range(count):
        shop, product = chance.randrange(60), chance.randrange(20)
        pieces, price = chance.randint(1, 9), 50 + product * 7.5
        day = f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
        rows.append(
            (
                f"DD{number // 2:07}" if number % 2 == 0 else rows[-1][0],
                f"{'东西南北中'[shop % 5]}街{shop}号店",
                f"{shop:06}",
                f"品{product}(硬)",
                persons[shop % 5],
                pieces,
                price,
                pieces * price,
                day if number % 2 == 0 else rows[-1][8],
            )
        )
    return rows


def test_names_aliases_and_close_names_come_required_first_and_each_header_serves_once(office, look):
    header = ("order_date", "零售户编码", "店名", "品规名称", "销售金额合计", "数量", "备注", "合计金额")
    path = office.write("x.csv", header, ("2026-10-01", "01", "a", "b", "1.5", "2", "n", "x"))
    found = propose(FLAT, look(path))
    assert [each.column.name for each in found[:6]] == [
        *("order_date", "customer_id", "customer_name", "sku_id", "sku_name", "amount")
    ]
    why = {each.column.name: (each.header, each.why, each.confidence) for each in found}
    assert why["order_date"] == ("order_date", "name", 1)
    assert why["customer_id"] == ("零售户编码", "alias", 1) and why["customer_name"][0] == "店名"
    assert why["sku_name"] == ("品规名称", "alias", 1)
    # 销售金额 and 销售金额合计 share four characters of ten: 2 · 4 / 10.
    assert why["amount"] == ("销售金额合计", "close", 0.76)
    headers = [each.header for each in found if each.header]
    assert len(headers) == len(set(headers)) and "备注" not in headers
    assert {each.column.name for each in found} == set(FLAT.names)


def test_a_close_name_over_values_of_another_kind_is_not_proposed(office, look):
    header = ("order_date", "customer_id", "sku_id", "销售金额合计")
    path = office.write("x.csv", header, ("2026-10-01", "1", "2", "东街店"), ("2026-10-02", "1", "2", "西街店"))
    assert "amount" not in proposed(look(path))


def test_samples_are_three_different_values_without_totals(office, look):
    rows = [(f"2026-10-0{1 + n // 2}", f"C{n}", "S", "1") for n in range(8)]
    path = office.write("x.csv", ("日期", "客户编码", "sku", "金额"), *rows, ("合计", "", "", "8"))
    found = {each.column.name: each.samples for each in propose(FLAT, look(path))}
    assert found["order_date"] == ("2026-10-01", "2026-10-02", "2026-10-03")
    assert found["amount"] == ("1",) and found["qty"] == ()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chinese_headers_of_no_known_alias_are_told_from_their_values(office, look, encoding, seed):
    header = ("票号", "往来单位", "往来码", "货品", "业务人", "件数目", "开价", "价税总", "开票日")
    seen = look(office.write("导出.csv", header, *invoices(seed=seed), encoding=encoding))
    assert (seen.extract, recognise_by_values(seen)) == ("", "flat_sales")
    assert proposed(seen) == {
        "order_date": ("开票日", "values"),
        "customer_id": ("往来码", "values"),
        "customer_name": ("往来单位", "values"),
        "sku_name": ("货品", "values"),
        "amount": ("价税总", "values"),
        "qty": ("件数目", "values"),
        "order_id": ("票号", "values"),
        "manager_name": ("业务人", "values"),
    }
    sure = {each.column.name: each.confidence for each in propose(FLAT, seen)}
    assert sure["order_date"] == sure["amount"] == 0.9 and sure["order_id"] < sure["customer_name"] < 0.9


def test_without_a_price_the_larger_number_is_the_amount_and_the_whole_one_the_quantity(office, look):
    rows = [(row[8], row[2], f"P{number % 7}", row[7], row[5]) for number, row in enumerate(invoices())]
    seen = look(office.write("x.csv", ("a", "b", "c", "d", "e"), *rows))
    assert recognise_by_values(seen) == "flat_sales"
    assert proposed(seen) == {
        name: (header, "values")
        for name, header in zip(("order_date", "customer_id", "sku_id", "amount", "qty"), "abcde", strict=True)
    }


def test_four_columns_in_two_rows_are_enough(office, look):
    rows = [("20261001", "东街店", "青瓷", "12.5"), ("20261002", "西街店", "青瓷", "7")]
    seen = look(office.write("x.csv", ("一", "二", "三", "四"), *rows))
    assert recognise_by_values(seen) == "flat_sales"
    found = proposed(seen)
    assert {name: header for name, (header, _) in found.items()} == {
        "order_date": "一",
        "customer_name": "二",
        "sku_name": "三",
        "amount": "四",
    }


def test_numbers_of_rows_codes_and_numbers_of_days_are_no_amounts(office, look):
    rows = [(n, f"{n % 7:04}", 46000 + n % 9, "x", 1.5 + n * n % 11) for n in range(1, 40)]
    seen = look(office.write("x.csv", ("甲", "乙", "丙", "丁", "戊"), *rows))
    assert proposed(seen)["amount"] == ("戊", "values") and "order_date" not in proposed(seen)
    assert "甲" not in {header for header, _ in proposed(seen).values()}


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "b"), ("c", "d")],
        [("2026-10-01", "a", "b"), ("2026-10-02", "a", "b")],
        [("2026-10-01", "a", "5"), ("2026-10-02", "b", "6")],
        [],
    ],
    ids=["words", "no number", "one name", "no rows"],
)
def test_what_has_no_day_number_and_two_names_is_not_taken_for_sales(office, look, rows):
    width = max(map(len, rows), default=3)
    assert recognise_by_values(look(office.write("x.csv", tuple("甲乙丙"[:width]), *rows))) == ""


@pytest.mark.parametrize(
    ("expression", "header"),
    [
        ('{product = ["pieces", "price"]}', "pieces × price"),
        ('{product = ["pieces", "price", {one_minus = "amount"}]}', ""),
        ('{first_of = ["price", "amount"]}', ""),
    ],
)
def test_what_is_remembered_comes_first_also_where_it_is_no_single_header(office, look, expression, header):
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(
        '[[file]]\nextract = "flat_sales"\n[file.columns]\norder_date = "day"\ncustomer_id = "who"\nsku_id = "what"\n'
        f"amount = {expression}\n",
        encoding="utf-8",
    )
    path = office.write(
        "x.csv", ("day", "who", "what", "pieces", "price", "amount"), ("2026-10-01", "1", "2", "3", "4", "5")
    )
    office.load(path, mapping=mapping)
    found = proposed(look(path, remembered=recall(office.warehouse)))
    assert found["order_date"] == ("day", "remembered") and found["amount"] == (header, "remembered")


def test_a_quantity_and_a_price_make_the_amount_where_there_is_none(office, look):
    rows = [("2026-10-01", "店1", "烟1", "3", "2.50"), ("2026-10-02", "店2", "烟2", "-2", "0.125")]
    for header in (("日期", "客户", "品规", "数量", "单价"), ("date", "customer", "sku", "quantity", "Unit Price")):
        seen = look(office.write("x.csv", header, *rows))
        assert proposed(seen)["amount"] == (f"{header[3]} × {header[4]}", "price")
        assert samples(seen, f"{header[3]} × {header[4]}") == ("7.5", "-0.25")
        amounted = look(office.write("y.csv", (*header, "sales"), *((*row, "9") for row in rows)))
        assert proposed(amounted)["amount"] == ("sales", "alias")


@pytest.mark.parametrize("price", ["单价", "unit_price", "Sales Price"])
def test_a_price_without_a_quantity_and_a_suggested_price_are_no_amount(office, look, price):
    rows = [(f"2026-10-0{n}", f"店{n}", f"烟{n % 3}", f"{n * n}.5") for n in range(1, 9)]
    assert "amount" not in proposed(look(office.write("x.csv", ("日期", "店", "烟", price), *rows)))
    suggested = [(*row[:3], str(n), row[3]) for n, row in enumerate(rows, start=1)]
    found = proposed(look(office.write("y.csv", ("日期", "店", "烟", "数量", "建议零售价"), *suggested)))
    assert found["qty"] == ("数量", "alias") and "amount" not in found


def test_where_amounts_have_decimal_commas_no_other_number_is_taken_for_them(office, look):
    rows = [(f"{n:02}.10.2026", f"Laden {n % 4}", f"Ware {n % 3}", str(n % 3), f"1.0{n:02},50") for n in range(10, 25)]
    seen = look(office.write("x.csv", ("Datum", "Kunde", "Produkt", "Menge", "Betrag"), *rows, delimiter=";"))
    assert {"qty", "amount"}.isdisjoint(proposed(seen))


def test_words_in_headers_tell_what_numbers_are_the_codes_of(office, look):
    header = ("When", "ResellerKey", "ArticleNo", "Salesperson Code", "Promotion ID", "OrderQuantity", "Paid", "LineNo")
    rows = [(f"2026-10-{n:02}", n % 9, 90 + n % 20, n % 4, n % 3, 1 + n % 5, n * 1.5, 1) for n in range(1, 29)]
    found = proposed(look(office.write("x.csv", header, *rows)))
    wanted = zip(
        ("customer_id", "sku_id", "manager_id", "qty", "amount", "line_no"), (*header[1:4], *header[5:]), strict=True
    )
    assert {name: header for name, (header, _) in found.items()} == {"order_date": "When", **dict(wanted)}


def test_a_header_like_a_product_of_two_is_a_header():
    header = ("date", "customer", "sku", "a × b", "a", "b")
    assert factors("a × b", header) is None and expression_of("a × b", header) == "a × b"
    assert factors("a × c", header) is None and factors("a × a × b", header) == ("a", "a × b")
    assert expression_of("a × a", header) == {"product": ["a", "a"]}


def test_units_come_from_the_header_else_from_titles_where_the_column_knows_them(office, look):
    path = office.folder / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["单位：箱、万元"])
        sheet.write_row(1, 0, ["日期", "客户编码", "sku", "数量", "金额（千元）", "需求量（元）"])
        sheet.write_row(2, 0, ["2026-10-01", "C", "S", "1", "2", "3"])
    units = {each.column.name: proposed_unit(each) for each in propose(FLAT, look(path))}
    assert (units["qty"], units["amount"], units["ordered_qty"]) == ("箱", "千元", "箱")
    assert units["order_date"] == units["tier"] == ""


def test_a_table_whose_code_of_a_product_keeps_coming_again_is_no_list_of_products(office, look):
    header = ("StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "Who")
    days = [f"2026-10-{day:02}" for day in range(1, 21)]
    again = [(f"S{n % 3}", f"杯{n % 3}", str(n % 4), day, f"{n % 5}.5", f"店{n % 7}") for n, day in enumerate(days)]
    once = [(f"S{n}", *row[1:]) for n, row in enumerate(again)]
    assert taken_for(look(office.write("x.csv", header, *again))) == "flat_sales"
    assert taken_for(look(office.write("y.csv", header, *once))) == "products"


@pytest.mark.parametrize("name", list(BY_NAME))
def test_every_extract_has_a_proposal_for_each_of_its_columns_and_hostile_headers_are_only_text(office, look, name):
    header = ("<img onerror=x>", "'; DROP TABLE sales;--", "../../x", "", "a", "a", "=1+1")
    seen = look(office.write("x.csv", header, tuple("1234567"), tuple("abcdefg")))
    assert {each.column.name for each in propose(BY_NAME[name], seen)} == set(BY_NAME[name].names)
