"""What arrives in one encoding, delimiter, language or kind of file arrives the same in all."""

import csv
import gzip

import duckdb
import pytest
import xlsxwriter

from etl.errors import FileProblem

CHINESE = [
    ("订单号", "行号", "订单日期", "客户编码", "商品编码", "数量", "金额"),
    ("单0001", "1", "2026年7月1日", "00017", "红双喜（硬）", "１２", "￥1,234.50"),
    ("单0002", "1", "2026/7/2", "00018", "中华", "3-", "(90.00)"),
]
LOADED = [
    ("单0001", "2026-07-01", "00017", "红双喜（硬）", "12.0000", "1234.5000"),
    ("单0002", "2026-07-02", "00018", "中华", "-3.0000", "-90.0000"),
]


def sales(office):
    return office.ask(
        "select order_id, order_date::varchar, customer_id, sku_id, qty::varchar, amount::varchar from sales order by 1"
    )


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_chinese_headers_and_values_come_back_from_every_encoding_and_delimiter(office, encoding, reported, delimiter):
    rows = [tuple(cell.replace("￥", "¥") if encoding == "gbk" else cell for cell in row) for row in CHINESE]
    if encoding == "gbk":
        rows = [tuple(cell.replace("¥", "") for cell in row) for row in rows]
    office.write("销售明细.csv", *rows, encoding=encoding, delimiter=delimiter)
    report = office.load()
    assert (report.files[0].extract, report.files[0].encoding) == ("sales", reported)
    assert sales(office) == LOADED


def test_traditional_characters_in_big5_come_back(office):
    rows = [("customer_id", "customer_name", "area")] + [
        (str(number), f"萬華區便利商店第{number}號分店", "臺北市中正區") for number in range(1, 40)
    ]
    office.write("customers.csv", *rows, encoding="big5")
    assert office.load().files[0].encoding == "big5"
    assert office.ask("select customer_name, area from customers where customer_id = '7'") == [
        ("萬華區便利商店第7號分店", "臺北市中正區")
    ]


def test_a_gzipped_file_is_read_in_any_encoding(office):
    for encoding in ("utf-8", "gb18030"):
        plain = office.write("part.csv", *CHINESE, encoding=encoding)
        packed = office.folder / f"销售明细_{encoding}.csv.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
    report = office.load()
    assert [file.loaded for file in report.files] == [2, 0]
    assert sales(office) == LOADED


def test_the_first_sheet_of_a_workbook_is_read_with_its_days_and_numbers(office):
    import datetime

    with xlsxwriter.Workbook(str(office.folder / "零售户.xlsx")) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户编码", "客户名称", "档位", "入网日期"])
        sheet.write_row(1, 0, ["00017", "一店", 12])
        sheet.write_datetime(1, 3, datetime.datetime(2020, 5, 4), day)
    assert office.load().files[0].encoding == "xlsx"
    assert office.ask("select customer_id, customer_name, tier, opened_on::varchar from customers") == [
        ("00017", "一店", 12, "2020-05-04")
    ]


def test_parquet_is_read(office):
    duckdb.sql("select 'C1' as customer_id, 7 as tier, date '2020-05-04' as opened_on").write_parquet(
        str(office.folder / "customers.parquet")
    )
    assert office.load().files[0].encoding == "parquet"
    assert office.ask("select customer_id, tier, opened_on::varchar from customers") == [("C1", 7, "2020-05-04")]


def test_quoted_line_breaks_and_delimiters_stay_within_their_cell(office):
    note = 'says "no",\nperhaps next week'
    office.write(
        "visits.csv",
        ("visit_id", "visit_date", "customer_id", "manager_id", "note"),
        ("V1", "2026-07-01", "C", "M", note),
        ("V2", "2026-07-02", "C", "M", ""),
    )
    assert office.load().files[0].read == 2
    assert office.ask("select note from visits order by visit_id") == [(note,), (None,)]


def test_a_file_whose_name_looks_like_a_pattern_is_read_alone(office):
    office.write("customers[1].csv", ("customer_id",), ("A",))
    office.write("customers1.csv", ("customer_id",), ("B",))
    assert office.load(office.folder / "customers[1].csv").files[0].read == 1
    assert office.ask("select customer_id from customers") == [("A",)]


def test_a_line_cut_off_at_the_end_is_rejected_and_the_rest_loaded(office):
    path = office.write(
        "customers.csv", ("customer_id", "customer_name", "tier"), *((str(n), "x", "1") for n in range(40))
    )
    path.write_bytes(path.read_bytes()[:-5])
    report = office.load().files[0]
    assert (report.read, report.loaded, report.rejected) == (40, 39, 1)
    assert office.ask("select line, reason_zh from rejects") == [(41, "列数少于表头")]


@pytest.mark.parametrize("headers", ["zh", "en", "other"])
def test_headers_are_found_in_chinese_in_english_and_in_other_usual_words(office, headers):
    names = {
        "zh": ("拜访编号", "拜访日期", "客户编码", "客户经理编码", "计划内", "结果"),
        "en": ("visit_id", "visit_date", "customer_id", "manager_id", "planned", "outcome"),
        "other": ("Visit ID", "Date", "客户代码", "工号", "是否计划内", "拜访结果"),
    }[headers]
    office.write("visits.csv", names, ("V1", "2026-07-01", "C", "M", "是", "未成功"))
    office.load()
    assert office.ask("select visit_id, customer_id, manager_id, planned, outcome from visits") == [
        ("V1", "C", "M", True, "fail")
    ]


def test_an_extract_is_known_by_its_headers_where_its_name_says_nothing(office):
    office.write("export (3).csv", *CHINESE)
    office.write("2026.csv", ("月份", "客户经理编码", "指标", "目标值"), ("2026年7月", "M", "销量", "10"))
    assert [file.extract for file in office.load().files] == ["sales", "targets"]


def test_the_plan_of_visits_is_not_taken_for_visits(office):
    office.write("拜访计划.csv", ("计划日期", "客户编码", "客户经理编码"), ("2026-07-01", "C", "M"))
    office.write("客户经理目标.csv", ("月份", "客户经理编码", "指标", "目标值"), ("2026-07", "M", "amount", "10"))
    assert [file.extract for file in office.load().files] == ["visit_plan", "targets"]


def test_a_required_column_that_is_missing_stops_the_load_naming_the_closest_headers(office):
    office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "amuont", "x"), ("2026-07-01", *"CS12y"))
    with pytest.raises(FileProblem, match=r"sales.csv .*lacks required columns: amount 金额, closest: amuont"):
        office.load()
    assert office.version is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("customers.csv", b"", "is empty"),
        ("customers.csv", b"\n\n", "is empty"),
        ("customers.xlsx", b"PK\x03\x04 no workbook", "cannot be read as a workbook"),
        ("customers.parquet", b"not parquet", "is not a Parquet file"),
        ("customers.csv.gz", b"not gzip", "cannot be unpacked"),
        ("suppliers.csv", b"a,b\n1,2\n", "is none of the known extracts"),
        ("customers.pdf", b"%PDF", "of a kind that cannot be loaded"),
    ],
)
def test_a_file_that_cannot_be_understood_stops_the_load_with_a_clear_message(office, name, content, message):
    path = office.folder / name
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=message):
        office.load(path)
    assert office.version is None


def test_a_folder_without_extracts_says_so(office):
    with pytest.raises(FileProblem, match="nothing to load"):
        office.load()


def test_a_header_alone_is_a_file_of_no_rows(office):
    office.write("customers.csv", ("customer_id", "tier"))
    assert office.load().files[0].read == 0


def test_csv_as_the_standard_library_writes_it_is_read_whole(office):
    rows = [(f"C{number}", f"name {number}, y{'x' * (number % 50)}") for number in range(5000)]
    path = office.folder / "customers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("customer_id", "customer_name"), *rows])
    office.load()
    assert office.ask("select customer_id, customer_name from customers order by rowid") == rows


def test_lines_that_end_in_different_ways_are_read_all_the_same(office):
    (office.folder / "customers.csv").write_bytes(b"customer_id,tier\r\nA,1\nB,2\r\nC,3\n")
    assert office.load().files[0].loaded == 3


def test_a_quote_that_never_closes_stops_the_load_since_it_hides_the_lines_after_it(office):
    lines = [f"{number},x" for number in range(1000)]
    lines[500] = '500,"x'
    (office.folder / "customers.csv").write_text("customer_id,customer_name\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(FileProblem, match="a quote that opens in line 502 does not close"):
        office.load()


def test_a_row_with_bytes_that_are_no_text_far_into_the_file_is_rejected_alone(office):
    lines = [f"{number},东区第{number}店".encode() for number in range(300_000)]
    lines[150_000] = b"150000,\xff\xfe\xff"
    (office.folder / "customers.csv").write_bytes(b"customer_id,customer_name\n" + b"\n".join(lines))
    report = office.load().files[0]
    assert (report.encoding, report.read, report.loaded, report.rejected) == ("utf-8", 300_000, 299_999, 1)
    assert office.ask("select line, reason_zh from rejects") == [(150_002, "含有无法识别的字节")]


def test_a_single_chinese_word_far_into_a_file_of_digits_is_read(office):
    lines = [b"%d,x" % number for number in range(100_000)]
    lines[99_990] = "99990,中华".encode("gb18030")
    (office.folder / "customers.csv").write_bytes(b"customer_id,customer_name\n" + b"\n".join(lines))
    assert office.load().files[0].encoding == "gb18030"
    assert office.ask("select customer_name from customers where customer_id = '99990'") == [("中华",)]


def test_western_letters_are_read(office):
    rows = [(str(number), "Müller & Söhne, Straße, Größe, Übung") for number in range(30)]
    office.write("customers.csv", ("customer_id", "customer_name"), *rows, encoding="cp1252")
    office.load()
    assert office.ask("select distinct customer_name from customers") == [(rows[0][1],)]


def test_messages_show_no_more_of_a_header_than_fits(office):
    (office.folder / "customers.csv").write_bytes(b"x" * 100_000 + b"\n1\n")
    with pytest.raises(FileProblem) as problem:
        office.load()
    assert len(str(problem.value)) < 400
