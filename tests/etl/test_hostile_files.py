"""Files that no office should send: each gets a clear message and publishes nothing, or is read for what it is."""

import gzip
import sys
import zipfile

import duckdb
import pytest

from etl.__main__ import app
from etl.errors import FileProblem
from tests.etl.handmade import inline, xlsb
from tests.etl.hostile import (
    CHINESE,
    HEADER,
    MANY,
    damaged_zip,
    locked_zip,
    nested_zip,
    old_workbook,
    shops,
    with_forged_sizes,
    without_middle,
    workbook,
    workbook_of,
    zipped,
)
from warehouse.errors import PinyuError


def parquet(folder):
    path = folder / "made.parquet"
    duckdb.sql("select 'C' || range as customer_id from range(10000)").write_parquet(str(path))
    content = path.read_bytes()
    path.unlink()
    return content


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
    "a zip called ods": (
        "customers.ods",
        lambda: zipped(("customers.csv", HEADER)),
        "customers.ods cannot be read as a workbook: it has no part 'content.xml'",
    ),
    "a binary workbook that lost a sheet": (
        "customers.xlsb",
        lambda: xlsb([(0, 0, 6, inline("customer_id"))]).replace(b"worksheets/sheet1.bin", b"worksheets/sheet2.bin", 1),
        "customers.xlsb cannot be read as a workbook",
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
def test_on_the_command_line_no_traceback_is_seen(office, case, capsys, monkeypatch):
    name, make, _ = CORPUS[case]
    path = office.folder / name
    path.write_bytes(make())
    monkeypatch.setattr(sys, "argv", ["etl", "load", str(path), "--warehouse", str(office.warehouse)])
    with pytest.raises(SystemExit) as ended:
        app()
    seen = capsys.readouterr()
    assert (ended.value.code, seen.out) == (1, "")
    assert name in seen.err.replace("\n", "") and "Traceback" not in seen.err
