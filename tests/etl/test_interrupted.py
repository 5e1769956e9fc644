"""Whatever stops a load, what was there stays, nothing half-done is seen, and the next load works."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import duckdb
import pytest

import etl
from etl.errors import LoadFailed
from warehouse.settings import ROOT, Settings
from warehouse.versions import current_version
from warehouse.writing import WRITER, LoadInProgress, writing

HEADER = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")
LINES = 150_000
MOMENTS = 20


def write_sales(path, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            (f"D{n // 3}", n % 3 + 1, f"2026-10-{n % 31 + 1:02}", f"C{n % 997}", f"S{n % 59}", 1 + n % 7, n)
            for n in range(lines)
        )
    return path


def start(path, warehouse):
    command = [sys.executable, "-m", "etl", "load", str(path), "--warehouse", str(warehouse), "--quiet"]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def state(warehouse):
    """The version that readers see, its sales and its loads."""
    version = current_version(warehouse)
    with duckdb.connect(str(version.path), read_only=True) as connection:
        return version.name, *connection.execute(
            "select (select count(*) from sales), (select count(*) from loads)"
        ).fetchone()


def test_a_load_killed_at_twenty_random_moments_leaves_the_old_version_or_the_whole_new_one(office):
    path = write_sales(office.folder.parent / "sales.csv", LINES)
    office.load(office.write("customers.csv", ("customer_id",), ("C1",)))
    untouched = office.folder.parent / "untouched"
    shutil.copytree(office.warehouse, untouched)
    before, after = ("v000001", 0, 1), ("v000002", LINES, 2)
    began = time.monotonic()
    assert start(path, office.warehouse).wait() == 0
    whole = time.monotonic() - began
    assert state(office.warehouse) == after
    moments = random.Random(20261123)
    seen = []
    for _ in range(MOMENTS):
        if not seen or seen[-1] == after:
            shutil.rmtree(office.warehouse)
            shutil.copytree(untouched, office.warehouse)
        process = start(path, office.warehouse)
        time.sleep(moments.uniform(0.2, 1.0) * whole)
        process.kill()
        assert process.wait() in (-signal.SIGKILL, 0)
        seen.append(state(office.warehouse))
    assert set(seen) <= {before, after} and before in seen
    if seen[-1] == before:
        assert start(path, office.warehouse).wait() == 0
    name, lines, loads = state(office.warehouse)
    assert (lines, loads) == (LINES, 2)
    left = {item.name for item in office.warehouse.iterdir()}
    assert left <= {"current", "load.lock", "v000001.duckdb", "v000002.duckdb", "v000003.duckdb", f"{name}.duckdb"}


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_the_load_with_a_message_and_the_next_load_works(office, small_disk):
    warehouse = small_disk / "warehouse"
    etl.load(office.write("customers.csv", ("customer_id",), ("C1",)), warehouse=warehouse)
    path = write_sales(office.folder.parent / "sales.csv", 2_000_000)
    before = state(warehouse)
    with pytest.raises(LoadFailed, match="nothing was published") as failed:
        etl.load(path, warehouse=warehouse)
    assert "room on the disk" in failed.value.hint
    assert state(warehouse) == before
    assert not [item.name for item in warehouse.iterdir() if item.name.startswith(("draft", "scratch"))]
    etl.load(write_sales(path, 3000), warehouse=warehouse)
    assert state(warehouse) == ("v000002", 3000, 2)


def test_a_full_disk_in_another_encoding_stops_the_load_too(office, small_disk):
    warehouse = small_disk / "warehouse"
    path = write_sales(office.folder.parent / "sales.csv", 800_000)
    text = path.read_text(encoding="utf-8").replace("sku_id", "商品编码", 1)
    path.write_text(text, encoding="gb18030")
    with pytest.raises(LoadFailed, match="nothing was published"):
        etl.load(path, warehouse=warehouse)
    assert current_version(warehouse) is None


def test_a_second_load_waits_for_the_first(office):
    first = office.write("customers.csv", ("customer_id",), ("C1",))
    second = office.write("products.csv", ("sku_id",), ("S1",))
    processes = [start(path, office.warehouse) for path in (first, second)]
    assert [process.wait() for process in processes] == [0, 0]
    assert office.version == "v000002"
    assert office.ask("select count(*) from customers, products") == [(1,)]


def test_who_waits_too_long_is_told_who_is_loading(office):
    with writing(office.warehouse):
        words = json.loads((office.warehouse / WRITER).read_text(encoding="utf-8"))
        assert words["process"] == os.getpid()
        told = []

        def second():
            try:
                with writing(office.warehouse, wait_seconds=0.1):
                    told.append("in")
            except LoadInProgress as error:
                told.append(str(error))

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert f"(process {os.getpid()})" in told[0] and words["since"] in told[0]
    assert not (office.warehouse / WRITER).exists()


def test_a_file_cut_off_in_the_middle_of_a_line_publishes_nothing_or_rejects_that_line(office):
    path = write_sales(office.folder / "sales.csv", 5000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (file,) = office.load().files
    assert file.read == file.loaded + file.rejected and file.rejected <= 1


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.2, 0.3])
def test_ctrl_c_ends_a_load_calmly_and_publishes_nothing(office, moment):
    path = write_sales(office.folder.parent / "sales.csv", 4 * LINES)
    load = start(path, office.warehouse)
    while not list(office.warehouse.glob("draft-*")):
        time.sleep(0.01)
    time.sleep(moment)
    load.send_signal(signal.SIGINT)
    _, words = load.communicate(timeout=60)
    assert (load.returncode, words.decode().strip()) == (130, "Stopped; nothing was published.")
    assert office.version is None
    assert not list(office.warehouse.glob("scratch-*"))
    office.load(office.write("customers.csv", ("customer_id",), ("C1",)))
    assert state(office.warehouse) == ("v000001", 0, 1)
    assert not list(office.warehouse.glob("draft-*"))


def test_nothing_is_said_to_be_unpublished_once_it_is_published(office, monkeypatch):
    mapping = office.folder.parent / "mapping.toml"
    mapping.write_text('[[file]]\npattern = "*"\n[file.columns]\ncustomer_name = "名"\n', encoding="utf-8")
    office.write("customers.csv", ("customer_id", "名"), ("C1", "x"))
    office.warehouse.mkdir()
    (office.warehouse / "mappings").write_text("in the way", encoding="utf-8")
    report = office.load(mapping=mapping)
    assert (report.version, office.version) == ("v000001", "v000001")
    assert "could not be remembered" in report.notes[0]
    assert office.ask("select customer_name from customers") == [("x",)]


def test_an_old_version_that_cannot_be_removed_does_not_fail_the_load_that_stands(office, monkeypatch):
    def refuse(path):
        raise OSError(5, "Input/output error")

    office.write("customers.csv", ("customer_id",), ("C1",))
    office.load()
    monkeypatch.setattr("warehouse.versions.remove_database", refuse)
    office.write("customers.csv", ("customer_id",), ("C2",))
    report = etl.load(office.folder, warehouse=office.warehouse, settings=Settings(keep_versions=1))
    assert (report.version, office.version) == ("v000002", "v000002")
