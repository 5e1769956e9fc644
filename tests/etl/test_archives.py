"""What comes packed is unpacked within limits, and never outside its own folder."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

import etl
from etl.errors import FileProblem
from warehouse.settings import Settings


def pack(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_all_extracts_of_an_archive_are_loaded_and_other_files_left_aside(office):
    pack(
        office.folder / "十月.zip",
        {
            "extracts/customers.csv": "customer_id,tier\n001,1\n",
            "extracts/products.csv": "sku_id,brand\nS1,B\n",
            "extracts/readme.pdf": "%PDF",
            "__MACOSX/extracts/._customers.csv": "junk",
            "extracts/.DS_Store": "junk",
        },
    )
    report = office.load()
    assert [(file.file, file.loaded) for file in report.files] == [
        ("十月.zip/extracts/products.csv", 1),
        ("十月.zip/extracts/customers.csv", 1),
    ]
    assert report.skipped == ("十月.zip/extracts/readme.pdf",)


def test_an_archive_that_chinese_windows_wrote_names_its_files_rightly(office):
    path = pack(office.folder / "a.zip", {"XXXXXX.csv": "customer_id\nC1\n"})
    name = "零售户".encode("gb18030")
    path.write_bytes(path.read_bytes().replace(b"XXXXXX", name))
    assert office.load().files[0].file == "a.zip/零售户.csv"


def test_workbooks_and_parquet_may_be_packed_too(office):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_row(0, 0, ["customer_id"])
        book.worksheets()[0].write_row(1, 0, ["C1"])
    (office.folder / "customers.xlsx.gz").write_bytes(gzip.compress(buffer.getvalue()))
    pack(office.folder / "b.zip", {"customers.xlsx": buffer.getvalue()})
    assert [(file.file, file.loaded) for file in office.load().files] == [
        ("b.zip/customers.xlsx", 1),
        ("customers.xlsx.gz", 0),
    ]


def test_a_file_joined_to_one_in_an_archive_is_found_in_the_archive(office):
    pack(
        office.folder / "a.zip",
        {"lines.csv": "order,sku,qty,amount\n1,S,2,20\n", "heads.csv": "no,day,who\n1,2026-10-01,C\n"},
    )
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(
        'only = true\n[[file]]\npattern = "lines.csv"\nextract = "sales"\n[file.columns]\norder_id = "order"\n'
        'order_date = "heads.day"\ncustomer_id = "heads.who"\nsku_id = "sku"\n'
        '[[file.join]]\nfile = "heads.csv"\non = {order = "no"}\n',
        encoding="utf-8",
    )
    report = office.load(mapping=mapping)
    assert report.skipped == ("a.zip/heads.csv",)
    assert office.ask("select order_id, order_date::varchar, customer_id, qty::int from sales") == [
        ("1", "2026-10-01", "C", 2)
    ]


@pytest.mark.parametrize("kind", ["zip", "gz", "xlsx"])
def test_what_unpacks_to_more_than_the_limit_is_refused(office, kind):
    content = b"customer_id\n" + b"0" * 3_000_000
    if kind == "gz":
        path = office.folder / "customers.csv.gz"
        path.write_bytes(gzip.compress(content))
    else:
        path = pack(office.folder / f"customers.{kind}", {"customers.csv": content})
    with pytest.raises(FileProblem, match="unpacks to more than"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(unpacked_limit="2MB"))
    assert office.version is None
    assert not list(office.warehouse.glob("scratch-*"))


@pytest.mark.parametrize("name", ["../customers.csv", "/customers.csv", "a/../../customers.csv", "..\\customers.csv"])
def test_a_path_out_of_the_archive_is_refused(office, name):
    path = pack(office.folder / "a.zip", {name: "customer_id\nC1\n"})
    with pytest.raises(FileProblem, match="leads out of the archive"):
        office.load(path)
    assert not list(office.folder.parent.rglob("customers.csv"))


def test_the_same_table_packed_or_not_is_known_to_be_the_same(office):
    plain = office.write("customers.csv", ("customer_id",), ("C1",))
    office.load(plain)
    path = pack(office.folder / "a.zip", {"customers.csv": plain.read_bytes()})
    assert office.load(path).files[0].unchanged_since == "v000001"
