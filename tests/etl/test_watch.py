"""A watched folder: what is dropped is loaded once it is complete, and put away with its report."""

import json
import threading
import time
from itertools import pairwise

import pytest

from etl import watch
from etl.errors import FileProblem, LoadFailed, MappingProblem
from etl.load import Wishes
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


def test_a_file_that_goes_away_while_it_is_loaded_is_said_and_the_next_is_loaded(office, watched, monkeypatch):
    real = watch.load

    def load(paths, **given):
        report = real(paths, **given)
        for path in paths:
            path.unlink(missing_ok=path.name != "customers.csv")
        return report

    monkeypatch.setattr(watch, "load", load)
    office.write("customers.csv", ("customer_id",), ("C1",))
    wait_for(lambda: any("customers.csv went away" in line for line in watched))
    monkeypatch.setattr(watch, "load", real)
    office.write("products.csv", ("sku_id",), ("S1",))
    wait_for(lambda: (office.folder / "done" / "products.csv").exists())


def test_a_file_that_goes_away_before_it_is_read_is_said(office, watched, monkeypatch):
    real = watch.load

    def load(paths, **given):
        for path in paths:
            path.unlink()
        return real(paths, **given)

    monkeypatch.setattr(watch, "load", load)
    office.write("customers.csv", ("customer_id",), ("C1",))
    wait_for(lambda: any("There is no file" in line for line in watched))


def test_where_done_cannot_be_made_the_file_is_loaded_once_and_the_watch_goes_on(office, watched, monkeypatch):
    loads, real = [], watch.load
    monkeypatch.setattr(watch, "load", lambda paths, **given: loads.append(paths) or real(paths, **given))
    (office.folder / ".done").write_text("", encoding="utf-8")
    monkeypatch.setattr(watch, "DONE", ".done")
    office.write("customers.csv", ("customer_id",), ("C1",))
    wait_for(lambda: any("customers.csv could not be moved to .done/" in line for line in watched))
    time.sleep(3 * SETTLE)
    assert len(loads) == 1
    office.write("customers.csv", ("customer_id",), ("C2",))
    wait_for(lambda: len(loads) == 2)


def failing_loads(monkeypatch, failures):
    """The moments of the loads that are tried, so many of which fail; the first try again comes after 0.3 seconds."""
    tries, real = [], watch.load

    def load(paths, **given):
        tries.append(time.monotonic())
        if len(tries) <= failures:
            raise LoadFailed(f"No space left on device {len(tries)}.")
        return real(paths, **given)

    monkeypatch.setattr(watch, "load", load)
    monkeypatch.setattr(watch, "RETRY_SECONDS", 0.3)
    return tries


def test_where_the_machine_gives_up_the_file_stays_and_is_tried_again_less_and_less_often(office, watched, monkeypatch):
    tries = failing_loads(monkeypatch, 4)
    monkeypatch.setattr(watch, "LONGEST_RETRY_SECONDS", 1)
    office.write("customers.csv", ("customer_id",), ("C1",))
    wait_for(lambda: (office.folder / "done" / "customers.csv").exists() and len(watched) == 3)
    assert "No space left on device 1. Trying again" in watched[0]
    assert watched[1] == "Loading works again." and "customers.csv 1 of 1 rows" in watched[2]
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert [floor <= wait for floor, wait in zip((0.3, 0.6, 1, 1), waits, strict=True)] == [True] * 4
    assert waits[3] < 2.4
    assert not (office.folder / "failed").exists()


def test_files_that_have_to_wait_are_tried_at_once_where_another_comes(office, watched, monkeypatch):
    tries = failing_loads(monkeypatch, 1)
    monkeypatch.setattr(watch, "RETRY_SECONDS", 3600)
    office.write("customers.csv", ("customer_id",), ("C1",))
    wait_for(lambda: len(tries) == 1)
    office.write("products.csv", ("sku_id",), ("S1",))
    wait_for(lambda: len(list((office.folder / "done").glob("*.report.json"))) == 2)


def test_a_mapping_that_cannot_be_read_is_refused_before_anything_is_watched(office):
    with pytest.raises(MappingProblem, match=r"nope\.toml cannot be read"):
        watch_folder(office.folder, Wishes(mapping=office.folder / "nope.toml"), office.warehouse)
