"""Archives made to unpack to too much, or to lead out of their folder: refused, and nothing is written."""

import gzip
import os

import pytest

import etl
from etl.errors import FileProblem
from tests.etl.hostile import HEADER, MANY, names_loaded, nested_zip, shops, workbook_of, zipped
from warehouse.settings import Settings


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


def test_limits_are_settings(office):
    path = office.write("customers.csv", ("customer_id", "tier", "area"), ("C1", "1", "A"))
    with pytest.raises(FileProblem, match="has 3 columns; at most 2"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(column_limit=2))
