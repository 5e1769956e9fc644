"""A dropped file seen before anything is loaded: its tables, how they read, and why one cannot be read."""

import gzip
import time
import zipfile

import pytest
import xlsxwriter

from etl.look import look_at
from etl.mapping.remembered import recall
from etl.mapping.rules import read_mapping
from etl.plan import Limits
from etl.reading.source import Options

HEADER = ("开票日", "购货单位", "货品", "价税合计")
ROWS = [("2026-10-01", "东街店", "青瓷", "12.5"), ("2026-10-02", "西街店", "白露", "7")]


@pytest.fixture
def look(tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    return lambda path, *more, **named: look_at(path, work, *more, **named)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_is_seen_with_its_encoding_delimiter_header_and_first_rows(office, look, encoding, delimiter):
    path = office.write("x.csv", ("某公司销售表",), HEADER, *ROWS, encoding=encoding, delimiter=delimiter)
    (seen,) = look(path)
    assert seen.encoding == encoding.removesuffix("-sig")
    assert (seen.name, seen.file, seen.delimiter, seen.header_line) == ("x.csv", "x.csv", delimiter, 2)
    assert (seen.header, list(seen.rows), seen.extract, seen.problem) == (HEADER, ROWS, "", "")


def test_fifty_rows_are_shown_and_damaged_lines_and_mixed_line_ends_stop_nothing(office, look):
    path = office.folder / "x.csv"
    lines = [b"a,b", b"1,2,3", *(b"%d,x" % number for number in range(60))]
    path.write_bytes(b"\r\n".join(lines[:30]) + b"\n" + b"\n".join(lines[30:]) + b"\r\xff,y\n")
    (seen,) = look(path)
    assert len(seen.rows) == 50 and seen.rows[0] == ("0", "x") and seen.rows[49] == ("49", "x")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_only_the_beginning_of_a_large_text_is_read(office, look, encoding, packed):
    path = office.folder / ("x.csv.gz" if packed else "x.csv")
    with (gzip.open if packed else open)(
        path, "wt", encoding=encoding, newline="", **{"compresslevel": 1} if packed else {}
    ) as file:
        file.write(",".join(HEADER) + "\n")
        for _ in range(20):
            file.write(",".join(ROWS[0]) + "\n" + (",".join(ROWS[1]) + "\n") * 40_000)
    began = time.perf_counter()
    (seen,) = look(path)
    assert time.perf_counter() - began < 1
    assert (seen.encoding, seen.header, seen.rows[:2], len(seen.sample)) == (encoding, HEADER, tuple(ROWS), 2000)
    read = sum(each.stat().st_size for each in office.folder.parent.glob("work/**/*") if each.is_file())
    assert read < 9e6


def test_each_sheet_and_each_member_of_an_archive_is_a_look_and_what_cannot_be_read_says_why(office, look):
    book = office.folder / "book.xlsx"
    with xlsxwriter.Workbook(book) as made:
        for name, rows in (
            ("十月", [("titles",), HEADER, *ROWS]),
            ("空", []),
            ("客户", [("客户编码", "客户名称"), ("1", "a")]),
        ):
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    first, second = look(book)
    assert (first.name, first.file, first.sheet, first.header_line) == ("book.xlsx [十月]", "book.xlsx", "十月", 2)
    assert (first.header, first.rows, first.is_only_sheet) == (HEADER, tuple(ROWS), False)
    assert (second.extract, second.encoding, second.delimiter) == ("customers", "xlsx", "")
    archive = office.folder / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(book, "in/book.xlsx")
        packed.writestr("in/photo.png", b"\x89PNG")
        packed.writestr("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF")
    names = {seen.file: seen.problem for seen in look(archive)}
    assert list(names) == ["all.zip/in/book.xlsx", "all.zip/photo.csv", "all.zip/in/photo.png"]
    assert names["all.zip/in/book.xlsx"] == "" and "a picture (.jpg)" in names["all.zip/photo.csv"]
    assert "kind that cannot be loaded" in names["all.zip/in/photo.png"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "kind that cannot be loaded"),
        ("photo.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "cannot be read as a workbook"),
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n \n", "is empty"),
        ("nothing.xlsx", b"PK\x03\x04 not a zip", "cannot be read"),
        ("damaged.zip", b"PK\x03\x04 not a zip", "cannot be unpacked"),
        ("x.parquet", b"PAR1", "not a Parquet file"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(300)) + b"\n", "300 columns"),
        ("nul.csv", b"a,b\n1,\0\n" + b"1,2\n" * 2000, "NUL character in line 2"),
    ],
)
def test_what_cannot_be_read_gives_a_look_that_says_why(office, look, name, content, why):
    path = office.folder / name
    path.write_bytes(content)
    (seen,) = look(path, limits=Limits(columns=200))
    assert why in seen.problem and seen.header == ()


def test_a_wide_table_within_the_limit_is_shown(office, look):
    header = tuple(f"栏{number}" for number in range(200))
    (seen,) = look(office.write("wide.csv", header, *[tuple(map(str, range(200)))] * 700))
    assert (seen.header, len(seen.rows), len(seen.sample)) == (header, 50, 500)


def test_what_a_person_states_counts_for_the_look(office, look):
    path = office.write("x.csv", ("a;b", "c"), ("Kunde", "Tag"), ("1", "2"))
    (seen,) = look(path, Options(header_line=2))
    assert (seen.header, seen.rows, seen.header_line) == (("Kunde", "Tag"), (("1", "2"),), 2)
    (seen,) = look(path, Options(header=False))
    assert (seen.header, len(seen.rows), seen.header_line) == (("column 1", "column 2"), 3, 0)
    (seen,) = look(path, Options(delimiter=";", header_line=1))
    assert seen.header == ("a", "b,c")
    (seen,) = look(path, Options(header_line=4))
    assert "line 4 cannot be the header" in seen.problem


def test_a_remembered_mapping_is_found_by_the_headers(office, look):
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(
        '[[file]]\nextract = "flat_sales"\n[file.columns]\norder_date = "开票日"\ncustomer_name = "购货单位"\n'
        'sku_name = "货品"\namount = "价税合计"\n[file.units]\namount = "万元"\n',
        encoding="utf-8",
    )
    office.load(office.write("first.csv", HEADER, *ROWS), mapping=mapping)
    assert office.ask("select amount::int from sales order by 1") == [(70_000,), (125_000,)]
    (seen,) = look(office.write("next.csv", ("标题",), HEADER, *ROWS), remembered=recall(office.warehouse))
    assert (seen.is_recalled, seen.extract, seen.rule.units) == (True, "flat_sales", {"amount": "万元"})
    assert seen.rule.columns == read_mapping(mapping).rules[0].columns


def test_a_name_alone_does_not_make_sales_of_unknown_headers_but_makes_customers(office, look):
    (seen,) = look(office.write("销售明细.csv", HEADER, *ROWS))
    assert seen.extract == ""
    (seen,) = look(office.write("零售户.csv", ("某列",), ("1",)))
    assert seen.extract == "customers"
