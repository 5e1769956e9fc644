"""A watched folder: what is dropped is loaded once it is complete, and put away with its report."""

import json
import threading
import time

import pytest

from etl.errors import FileProblem
from etl.watch import watch_folder

SETTLE = 0.5


@pytest.fixture
def watched(office):
    """The office's folder, watched until the end of the test; gives what was told."""
    told, until = [], threading.Event()
    thread = threading.Thread(
        target=watch_folder,
        args=(office.folder,),
        kwargs={"warehouse": office.warehouse, "settle": SETTLE, "told": told.append, "until": until},
    )
    thread.start()
    yield told
    until.set()
    thread.join()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_files_dropped_together_are_loaded_together_and_put_away_with_the_report(office, watched):
    office.write("customers.csv", ("customer_id",), ("C1",))
    office.write("products.csv", ("sku_id",), ("S1",))
    done = office.folder / "done"
    wait_for(lambda: len(list(done.glob("*.report.json"))) == 2)
    assert office.version == "v000001"
    assert sorted(path.name for path in office.folder.iterdir()) == ["done"]
    report = json.loads((done / "customers.csv.report.json").read_text(encoding="utf-8"))
    assert {file["file"] for file in report["files"]} == {"customers.csv", "products.csv"}


def test_a_bad_file_goes_to_failed_with_the_reason_and_holds_up_no_other(office, watched):
    office.write("customers.csv", ("customer_id",), ("C1",))
    office.write("sales.csv", ("a", "b"), ("1", "2"))
    (office.folder / "letter.pdf").write_bytes(b"%PDF")
    failed = office.folder / "failed"
    wait_for(lambda: len(list(failed.glob("*.report.json"))) == 2 and (office.folder / "done").exists())
    wait_for(lambda: (office.folder / "done" / "customers.csv.report.json").exists())
    words = json.loads((failed / "sales.csv.report.json").read_text(encoding="utf-8"))
    assert "lacks required columns" in words["error"]
    assert (failed / "letter.pdf").exists()
    assert any("sales.csv" in line for line in watched)


def test_a_file_still_growing_is_left_until_it_is_complete(office, watched):
    path = office.folder / "customers.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("customer_id\n")
        for number in range(8):
            file.write(f"C{number}\n")
            file.flush()
            time.sleep(SETTLE / 2)
            assert office.version is None
    wait_for(lambda: office.version is not None)
    assert office.ask("select count(*) from customers") == [(8,)]


def test_a_second_file_of_the_same_name_does_not_overwrite_the_first(office, watched):
    for number in range(2):
        office.write("customers.csv", ("customer_id",), (f"C{number}",))
        wait_for(lambda: not (office.folder / "customers.csv").exists())
    wait_for(lambda: len(list((office.folder / "done").glob("*customers.csv"))) == 2)


def test_a_folder_that_is_not_there_is_said(office):
    with pytest.raises(FileProblem, match="There is no folder"):
        watch_folder(office.folder / "gone")
