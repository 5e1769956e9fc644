"""Files that no office should send: each gets a clear message and publishes nothing, or is read for what it is."""

import csv
import gzip
import io
import os
import subprocess
import sys
import zipfile
from contextlib import suppress

import duckdb
import pytest
import xlsxwriter
import xlwt

import etl
from etl.errors import FileProblem, TooManyRejects
from etl.load import Wishes
from etl.reading.source import Options
from warehouse.errors import PinyuError
from warehouse.settings import ROOT, Settings

HEADER = "customer_id,customer_name\n"
MANY = "".join(f"C{n},shop {n}\n" for n in range(40_000))
CHINESE = "".join(f"C{n},便利店{n}号\n" for n in range(40_000))
FORMULA_STARTS = ("=", "+", "-", "@")
ADDRESS_SPACE = 4 << 30


def workbook():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_row(0, 0, ["customer_id"])
        book.worksheets()[0].write_row(1, 0, ["C1"])
    return buffer.getvalue()


def workbook_of(rows, last_cell="A1"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if last_cell != "A1":
            sheet.write(last_cell, "x")
    return buffer.getvalue()


def shops(count):
    return [("customer_id", "customer_name"), *((f"C{n}", f"shop {n}") for n in range(count))]


def old_workbook():
    buffer, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "customer_id")
    book.save(buffer)
    return buffer.getvalue()


def without_middle(content, start, end):
    return content[:start] + content[end:]


def with_forged_sizes(archive):
    """The zip with a directory that says every member unpacks to 10 bytes."""
    content, mark = bytearray(archive), b"PK\x01\x02"
    place = content.find(mark)
    while place != -1:
        content[place + 24 : place + 28] = (10).to_bytes(4, "little")
        place = content.find(mark, place + 46)
    return bytes(content)


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged_zip(method):
    content = bytearray(zipped(("customers.csv", HEADER + MANY[:50_000]), method=method))
    content[200:240] = bytes(byte ^ 0x5A for byte in content[200:240])
    return bytes(content)


def names_loaded(office, path):
    """The names in the warehouse, none where the file is refused."""
    with suppress(PinyuError):
        office.load(path, reject_share=1)
    return {name for (name,) in office.ask("select customer_name from customers")} if office.version else set()


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
    "a mark of UTF-8 and nothing behind it": ("customers.csv", lambda: b"\xef\xbb\xbf\n", "customers.csv is empty"),
    "UTF-16 that ends within a sign": (
        "customers.csv",
        lambda: (HEADER + "C1,x\n").encode("utf-16")[:-1],
        "customers.csv is not utf-16 throughout",
    ),
    "a workbook that lost its middle": (
        "customers.xlsx",
        lambda: without_middle(workbook(), 300, -22),
        "customers.xlsx cannot be read as a workbook",
    ),
    "a workbook with a damaged directory": (
        "customers.xlsx",
        lambda: workbook().replace(b"PK\x01\x02", b"PK\x01\x07", 1),
        "customers.xlsx cannot be read as a workbook",
    ),
    "a workbook that says it is small": (
        "customers.xlsx",
        lambda: with_forged_sizes(workbook_of(shops(20_000))),
        "customers.xlsx cannot be read as a workbook",
    ),
    "an old workbook called xlsx": ("customers.xlsx", old_workbook, "customers.xlsx cannot be read as a workbook"),
    "a workbook called old": ("customers.xls", workbook, "customers.xls cannot be read as a workbook"),
    "an old workbook called CSV": (
        "customers.csv",
        old_workbook,
        r"customers.csv is an old workbook \(.xls\), though its name says it is text",
    ),
    "CSV called Parquet": ("customers.parquet", lambda: HEADER.encode(), "customers.parquet is not a Parquet file"),
    "gzip of nothing": ("customers.csv.gz", lambda: gzip.compress(b""), "customers.csv.gz is empty"),
    "gzip with a wrong checksum": (
        "customers.csv.gz",
        lambda: gzip.compress(HEADER.encode())[:-8] + bytes(8),
        "customers.csv.gz cannot be unpacked: CRC check failed",
    ),
    "gzip with rubbish behind it": (
        "customers.csv.gz",
        lambda: gzip.compress(HEADER.encode()) + b"rubbish",
        "customers.csv.gz cannot be unpacked",
    ),
    "an empty zip": ("a.zip", zipped, "a.zip holds nothing that can be loaded"),
    "a damaged zip": ("a.zip", lambda: damaged_zip(zipfile.ZIP_DEFLATED), "a.zip cannot be unpacked"),
    "a damaged zip by bzip2": ("a.zip", lambda: damaged_zip(zipfile.ZIP_BZIP2), "a.zip cannot be unpacked"),
    "a damaged zip by LZMA": ("a.zip", lambda: damaged_zip(zipfile.ZIP_LZMA), "a.zip cannot be unpacked"),
    "a zip that lost its middle": (
        "a.zip",
        lambda: without_middle(zipped(("customers.csv", HEADER + MANY)), 100, 200),
        "a.zip cannot be unpacked",
    ),
    "a zip whose names are no text": (
        "a.zip",
        lambda: zipped(("客户.csv", HEADER)).replace("客户".encode(), b"\xff\xfe" * 3),
        "a.zip cannot be unpacked",
    ),
    "a zip with a file that is a folder too": (
        "a.zip",
        lambda: zipped(("customers.csv", HEADER), ("customers.csv/x.csv", HEADER)),
        r"^a\.zip",
    ),
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


@pytest.mark.parametrize(
    "case",
    [
        "NUL",
        "10,000 columns",
        "gzip cut off",
        "a workbook cut off",
        "a workbook that lost its middle",
        "a locked zip",
        "a damaged zip by LZMA",
        "SQL for a header",
    ],
)
def test_on_the_command_line_no_traceback_is_seen(office, case):
    name, make, _ = CORPUS[case]
    path = office.folder / name
    path.write_bytes(make())
    command = [sys.executable, "-m", "etl", "load", str(path), "--warehouse", str(office.warehouse)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr.replace("\n", "") and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows bounds no address space")
@pytest.mark.parametrize("cell", ["XFD3", "XFD1048576"])
def test_a_small_workbook_with_a_cell_far_out_is_refused_for_its_columns(office, cell):
    path = office.folder / "customers.xlsx"
    path.write_bytes(workbook_of(shops(1), cell))
    # Bounded, for the reader asks for 400 GB where it makes room for all the cells between.
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({ADDRESS_SPACE}, {ADDRESS_SPACE}));"
        " from etl.__main__ import app; app()"
    )
    command = [sys.executable, "-c", program, "load", str(path), "--warehouse", str(office.warehouse)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "customers.xlsx has 16,384 columns" in done.stderr and "panicked" not in done.stderr
    assert office.version is None


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


@pytest.mark.parametrize("kind", ["zip", "gz", "xlsx", "many"])
def test_a_bomb_is_refused_before_it_goes_off(office, kind):
    text = HEADER + MANY + MANY
    name, content = {
        "zip": ("a.zip", zipped(("customers.csv", text))),
        "gz": ("customers.csv.gz", gzip.compress(text.encode())),
        "xlsx": ("customers.xlsx", workbook_of(shops(20_000))),
        "many": ("a.zip", zipped(*((f"customers{n}.csv", HEADER + MANY[:100_000]) for n in range(12)))),
    }[kind]
    path = office.folder / name
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=f"{name} unpacks to more than"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(unpacked_limit="1MB"))
    assert office.version is None
    assert not list(office.warehouse.glob("scratch-*"))


@pytest.mark.parametrize(
    "name", ["../x.csv", "/pinyu-abs.csv", "..\\x.csv", "C:\\x.csv", "C:/x.csv", "\\\\host\\x.csv", "a/../../x.csv"]
)
def test_a_path_out_of_a_zip_is_refused_and_nothing_is_written_outside(office, name):
    path = office.folder / "a.zip"
    path.write_bytes(zipped(("customers.csv", HEADER + "C1,x\n"), (name, HEADER + "C2,x\n")))
    with pytest.raises(FileProblem, match=r"a\.zip holds a file whose path leads out of the archive"):
        office.load(path)
    assert office.version is None
    assert [found.name for found in office.folder.parent.rglob("*.csv")] == []
    assert not os.path.lexists("/pinyu-abs.csv")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["customers.csv", "./customers.csv"])
def test_two_files_of_one_name_in_a_zip_are_both_read_or_refused(office, second):
    path = office.folder / "a.zip"
    path.write_bytes(zipped(("customers.csv", HEADER + "C1,one\n"), (second, HEADER + "C2,two\n")))
    assert names_loaded(office, path) in (set(), {"one", "two"})


def test_a_zip_in_a_zip_is_left_aside_and_the_rest_loaded(office):
    path = office.folder / "a.zip"
    path.write_bytes(zipped(("inner.zip", nested_zip()), ("customers.csv", HEADER + "C1,x\n")))
    report = office.load(path)
    assert (report.skipped, report.files[0].loaded) == (("a.zip/inner.zip",), 1)


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


@pytest.mark.parametrize(
    "name", ["it's [1].csv", 'a"b.csv', "a%20b*.csv", "零售户 (副本).csv", "two\nlines.csv", "$(touch x).csv", "-q.csv"]
)
def test_a_file_may_be_called_anything(office, name):
    path = office.folder / name
    path.write_text("customer_id,customer_name,tier\nC1,=x,first\nC2,y,2\n", encoding="utf-8")
    assert office.load(path, reject_share=0.5).files[0].loaded == 1
    assert len(list((office.warehouse / "rejects").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are texts there")
@pytest.mark.parametrize("kind", ["csv", "zip"])
def test_a_file_whose_name_is_no_utf8_is_read(office, kind):
    path = office.folder / f"{os.fsdecode('零售户'.encode('gb18030'))}.{kind}"
    content = (HEADER + "C1,x\n").encode()
    path.write_bytes(zipped(("customers.csv", content)) if kind == "zip" else content)
    assert office.load(path).files[0].loaded == 1


@pytest.mark.parametrize("name", ["c" * 246 + ".csv", "客" * 82 + ".csv"], ids=["English", "Chinese"])
def test_a_file_with_the_longest_name_there_may_be_can_have_rejects(office, name):
    path = office.folder / name
    path.write_text("customer_id,tier\nC1,first\nC2,2\n", encoding="utf-8")
    assert office.load(path, reject_share=0.5).files[0].rejected == 1


def test_a_link_that_leads_to_itself_does_not_keep_its_folder_from_being_read(office):
    loop = office.folder / "loop.csv"
    loop.symlink_to(loop)
    office.write("customers.csv", ("customer_id",), ("C1",))
    assert [file.file for file in office.load().files] == ["customers.csv"]


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
