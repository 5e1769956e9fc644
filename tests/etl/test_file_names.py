"""Files of any name, and links in their place."""

import os
import sys

import pytest

from etl.errors import FileProblem
from tests.etl.hostile import HEADER, zipped
from warehouse.errors import PinyuError


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
