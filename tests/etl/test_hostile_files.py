"""Files that no office should send: each gets a clear message and publishes nothing, or is read for what it is."""

import csv
import gzip
import io
import os
import subprocess
import sys
import zipfile

import duckdb
import pytest
import xlsxwriter

import etl
from etl.errors import FileProblem, TooManyRejects
from warehouse.errors import PinyuError
from warehouse.settings import ROOT, Settings

HEADER = "customer_id,customer_name\n"
MANY = "".join(f"C{n},shop {n}\n" for n in range(40_000))
CHINESE = "".join(f"C{n},便利店{n}号\n" for n in range(40_000))


def workbook():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_row(0, 0, ["customer_id"])
        book.worksheets()[0].write_row(1, 0, ["C1"])
    return buffer.getvalue()


def parquet(folder):
    path = folder / "made.parquet"
    duckdb.sql("select 'C' || range as customer_id from range(10000)").write_parquet(str(path))
    content = path.read_bytes()
    path.unlink()
    return content


def locked_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("customers.csv", HEADER)
    content = bytearray(buffer.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def nested_zip():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("customers.csv", HEADER)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return outer.getvalue()


CORPUS = {
    "empty": ("customers.csv", lambda: b"", "customers.csv is empty"),
    "blank lines": ("customers.csv", lambda: b"\r\n\r\n \n", "customers.csv is empty"),
    "10,000 columns": (
        "customers.csv",
        lambda: (",".join(f"c{n}" for n in range(10_000)) + "\n").encode(),
        "has 10,000 columns; at most 1,000",
    ),
    "NUL": ("customers.csv", lambda: b"customer_id,tier\nC1\x00,3\n", "customers.csv holds a NUL character at byte 20"),
    "NUL in GB18030": (
        "customers.csv",
        lambda: (HEADER + CHINESE).encode("gb18030") + b"C\x00,x\n",
        r"holds a NUL character in line 40,002",
    ),
    "one line of 100 MB": (
        "customers.csv",
        lambda: HEADER.encode() + b"C1," + b"x" * 100_000_000 + b"\n",
        "customers.csv.*(too long|cannot be read)",
    ),
    "GB18030, then rubbish": (
        "customers.csv",
        lambda: (HEADER + CHINESE).encode("gb18030") + b"C,\xff\xff\xff\n" + CHINESE.encode("gb18030"),
        "customers.csv is not .* throughout: it cannot be read some way after line",
    ),
    "UTF-8, then GB18030": (
        "customers.csv",
        lambda: (HEADER + CHINESE[: len(CHINESE) // 2]).encode() + CHINESE.encode("gb18030"),
        "customers.csv",
    ),
    "a quote that never closes": (
        "customers.csv",
        lambda: (HEADER + 'C1,"open\n' + MANY).encode(),
        "a quote that opens in line 2 does not close",
    ),
    "a workbook called CSV": (
        "customers.csv",
        workbook,
        r"customers.csv is a workbook .* though its name says it is text",
    ),
    "a web page called a workbook": ("customers.xls", lambda: b"<html><table><tr><td>1", "customers.xls is a web page"),
    "rubbish called a workbook": ("customers.xlsx", lambda: b"\x01\x00\x02" * 99, "cannot be read as a workbook"),
    "a workbook cut off": ("customers.xlsx", lambda: workbook()[:3000], "cannot be read as a workbook"),
    "gzip cut off": ("customers.csv.gz", lambda: gzip.compress(MANY.encode())[:2000], "cannot be unpacked"),
    "zip cut off": ("a.zip", lambda: nested_zip()[:60], "a.zip cannot be unpacked"),
    "a locked zip": ("a.zip", locked_zip, "a.zip/customers.csv is locked with a password"),
    "a zip in a zip": ("a.zip", nested_zip, "a.zip holds nothing that can be loaded"),
    "SQL for a header": (
        "customers.csv",
        lambda: b'"""; drop table sales; --",tier\nC1,3\n',
        r"lacks required columns: customer_id 客户编码, closest: .*drop table sales",
    ),
    "a header of 10 kB": ("customers.csv", lambda: b"x" * 10_000 + b",tier\nC1,3\n", "lacks required columns"),
    "one unknown column": ("whatever.csv", lambda: b"abc\n1\n2\n", "is none of the known extracts"),
}


@pytest.mark.parametrize(("name", "make", "message"), CORPUS.values(), ids=CORPUS)
def test_a_hostile_file_gets_a_clear_message_and_publishes_nothing(office, name, make, message):
    path = office.folder / name
    path.write_bytes(make())
    with pytest.raises(PinyuError, match=message) as refused:
        office.load(path)
    assert refused.value.hint and len(str(refused.value)) < 1500
    assert office.version is None
    assert not list(office.warehouse.glob("scratch-*")) and not list(office.warehouse.glob("draft-*"))


def test_parquet_cut_off_gets_a_clear_message(office):
    path = office.folder / "customers.parquet"
    path.write_bytes(parquet(office.folder)[:-200])
    with pytest.raises(FileProblem, match="is not a Parquet file that can be read"):
        office.load(path)


@pytest.mark.parametrize("case", ["NUL", "10,000 columns", "gzip cut off", "a workbook cut off", "SQL for a header"])
def test_on_the_command_line_no_traceback_is_seen(office, case):
    name, make, _ = CORPUS[case]
    path = office.folder / name
    path.write_bytes(make())
    command = [sys.executable, "-m", "etl", "load", str(path), "--warehouse", str(office.warehouse)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr.replace("\n", "") and "Traceback" not in done.stderr


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


@pytest.mark.parametrize(
    "name", ["it's [1].csv", 'a"b.csv', "a%20b*.csv", "零售户 (副本).csv", "two\nlines.csv", "$(touch x).csv", "-q.csv"]
)
def test_a_file_may_be_called_anything(office, name):
    path = office.folder / name
    path.write_text("customer_id,customer_name,tier\nC1,=x,first\nC2,y,2\n", encoding="utf-8")
    assert office.load(path, reject_share=0.5).files[0].loaded == 1
    assert len(list((office.warehouse / "rejects").iterdir())) == 1


def test_a_folder_called_like_a_file_is_read_as_a_folder(office):
    inner = office.folder / "x.csv"
    inner.mkdir()
    (inner / "customers.csv").write_text("customer_id\nC1\n", encoding="utf-8")
    assert office.load(inner).files[0].loaded == 1


def test_links_that_lead_nowhere_are_said_to(office):
    path = office.folder / "customers.csv"
    path.symlink_to(path)
    with pytest.raises(FileProblem, match="There is no file"):
        office.load(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(office):
    path = office.write("customers.csv", ("customer_id",), ("C1",))
    path.chmod(0)
    with pytest.raises(PinyuError, match=r"customers\.csv"):
        office.load(path)


def test_a_table_of_nonsense_stops_at_its_rejects(office):
    office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "amount"), *([("?",) * 5] * 200))
    with pytest.raises(TooManyRejects, match="200 of 200 rows are rejected, more than 5%"):
        office.load()
    assert office.version is None


def test_limits_are_settings(office):
    path = office.write("customers.csv", ("customer_id", "tier", "area"), ("C1", "1", "A"))
    with pytest.raises(FileProblem, match="has 3 columns; at most 2"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(column_limit=2))
