"""Headers and cells of any text: read for what they are, or refused, and harmless wherever they are shown."""

import csv

import pytest

from etl.errors import TooManyRejects
from etl.load import Wishes
from etl.reading.source import Options
from tests.etl.hostile import HEADER, names_loaded
from warehouse.errors import PinyuError

FORMULA_STARTS = ("=", "+", "-", "@")


@pytest.mark.parametrize(
    ("sound", "encoding", "hostile"),
    [
        ("店", "utf-8", "X,店\n".encode("gb18030")),
        ("店", "utf-8", b"X,caf\xe9\n"),
        ("店", "gb18030", b"X,\xff\n"),
        ("便利店7号", "utf-8", "X,中华\n".encode("gb18030")),
        ("便利店7号", "gb18030", b"X,\xff\n"),
    ],
    ids=[
        "GB18030 in UTF-8",
        "Latin in UTF-8",
        "rubbish in GB18030",
        "GB18030 in more UTF-8",
        "rubbish in more GB18030",
    ],
)
@pytest.mark.parametrize("lines", [1, 40_000])
def test_lines_in_another_encoding_never_make_gibberish_of_the_others(office, sound, encoding, hostile, lines):
    path = office.folder / "customers.csv"
    rows = "".join(f"C{n},{sound}\n" for n in range(40_000)).encode(encoding)
    path.write_bytes(HEADER.encode() + rows + hostile * lines)
    assert names_loaded(office, path) <= {sound}


@pytest.mark.parametrize("delimiter", ["ab", "\\n"])
def test_a_delimiter_that_cannot_be_one_is_refused(office, delimiter):
    path = office.write("customers.csv", ("customer_id",), ("C1",))
    with pytest.raises(PinyuError, match="delimit"):
        office.load(path, wishes=Wishes(options=Options(delimiter=delimiter)))
    assert office.version is None


def test_a_header_alone_publishes_no_rows(office):
    (office.folder / "customers.csv").write_text(HEADER, encoding="utf-8")
    assert office.load().files[0].read == 0


def test_a_single_column_is_enough_where_the_extract_asks_for_no_more(office):
    (office.folder / "customers.csv").write_text("customer_id\n00017\n", encoding="utf-8")
    office.load()
    assert office.ask("select customer_id from customers") == [("00017",)]


def test_formulas_and_sql_in_cells_are_texts_and_harmless_in_the_rejects_file(office):
    names = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(A1)",
        "-2+3",
        "'); drop table customers; --",
        '<img src=x onerror="x">',
    ]
    rows = [(f"C{n}", name, "1") for n, name in enumerate(names)]
    bad = ("C9", "x", "=1+1")
    office.write("customers.csv", ("customer_id", "customer_name", "tier"), *rows, bad)
    office.load(reject_share=0.5)
    assert [row[0] for row in office.ask("select customer_name from customers order by customer_id")] == names
    (path,) = (office.warehouse / "rejects").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][2] == "'=1+1"


def test_no_cell_of_the_rejects_file_begins_as_a_formula(office):
    cells = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1"]
    office.write("customers.csv", ("customer_id", "customer_name", "tier"), *((cell, cell, cell) for cell in cells))
    office.load(reject_share=1)
    (path,) = (office.warehouse / "rejects").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    assert len(rows) == len(cells)
    assert [cell for row in rows for cell in row if cell.strip().startswith((*FORMULA_STARTS, "＝"))] == []


@pytest.mark.parametrize("header", ['say "hi"', "a;b|c", '"; drop table customers; --', "x" * 10_000, "'", "{c0}"])
def test_a_header_of_any_text_beside_known_ones_is_read(office, header):
    office.write("customers.csv", ("customer_id", header, "tier"), ("C1", "a", "3"), ("C2", "b", "4"))
    office.load()
    assert office.ask("select customer_id, tier from customers order by 1") == [("C1", 3), ("C2", 4)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_header_that_breaks_within_its_cell_as_in_excel_costs_no_rows(office, line_end):
    lines = ['customer_id,"shop\nname",tier', *(f"C{n},x,3" for n in range(50)), ""]
    (office.folder / "customers.csv").write_bytes(line_end.join(lines).encode())
    assert office.load().files[0].loaded == 50


def test_the_same_header_twice_and_headers_without_names_are_read(office):
    office.write("customers.csv", ("customer_id", "", "tier", "tier", ""), ("C1", "a", "3", "4", "b"))
    office.load()
    assert office.ask("select customer_id, tier from customers") == [("C1", 3)]


def test_an_identifier_that_a_spreadsheet_rounded_is_rejected(office):
    office.write("customers.csv", ("customer_id",), ("4.20115E+14",), ("C+E1",))
    office.load(reject_share=0.5)
    assert office.ask("select customer_id from customers") == [("C+E1",)]
    assert office.ask("select line, value from rejects") == [(2, "4.20115E+14")]


def test_an_identifier_of_a_megabyte_is_kept_whole(office):
    office.write("customers.csv", ("customer_id",), ("x" * 1_000_000,))
    office.load()
    assert office.ask("select length(customer_id) from customers") == [(1_000_000,)]


def test_a_table_of_nonsense_stops_at_its_rejects(office):
    office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "amount"), *([("?",) * 5] * 200))
    with pytest.raises(TooManyRejects, match="200 of 200 rows are rejected, more than 5%"):
        office.load()
    assert office.version is None
