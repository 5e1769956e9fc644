"""A load in a process of its own: watched, stopped, limited, and its words brought back."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest

import etl
from etl.errors import FileProblem, TooManyRows
from etl.job import Outcome, require_small, start
from etl.load import Wishes
from warehouse.settings import ROOT, Settings
from warehouse.versions import current_version

HEADER = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")


def write_sales(path, lines, line_end="\n"):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator=line_end)
        writer.writerow(HEADER)
        writer.writerows(
            (f"D{n // 3}", n % 3 + 1, f"2026-10-{n % 31 + 1:02}", f"C{n % 997}", f"S{n % 59}", 1 + n % 7, n)
            for n in range(lines)
        )
    return path


def until(job, condition, seconds=60):
    began = time.monotonic()
    while not condition() and time.monotonic() - began < seconds:
        assert job.is_running or condition()
        time.sleep(0.01)


def test_a_load_is_watched_and_its_report_comes_back(office):
    path = write_sales(office.folder / "-销售 sales.csv", 300_000)
    job = start([path], office.warehouse, publish_as="李主管")
    seen = []
    until(job, lambda: not job.is_running or (job.step and seen.append(job.step)))
    outcome = job.outcome()
    assert (outcome.code, outcome.message, job.is_running) == (0, "", False)
    (file,) = outcome.report["files"]
    assert (file["file"], file["read"], file["loaded"]) == ("-销售 sales.csv", 300_000, 300_000)
    assert outcome.report["version"] == office.version == "v000001"
    stages = list(dict.fromkeys(step.stage for step in seen))
    assert stages[:2] == ["opening", "reading"]
    assert all(step.file == "-销售 sales.csv" for step in seen if step.stage == "reading")
    assert office.ask("select loaded_by from loads") == [("李主管",)]
    assert job.outcome() is outcome


def test_what_goes_wrong_comes_back_in_words_with_the_exit_code_of_the_command(office):
    path = office.write("x.csv", ("a", "b"), ("1", "2"))
    outcome = start([path], office.warehouse).outcome()
    assert (outcome.code, outcome.report) == (1, None)
    assert "x.csv is none of the known extracts" in outcome.message and "mapping file" in outcome.hint
    path = office.write("customers.csv", ("customer_id", "tier"), ("1", "x"), ("2", "5"))
    assert start([path], office.warehouse).outcome().code == 3
    assert office.version is None


def test_any_share_of_rejects_may_stand_so_that_they_can_be_shown(office):
    path = office.write("customers.csv", ("customer_id", "tier"), ("1", "x"), ("2", "y"))
    outcome = start([path], office.warehouse, reject_share=1).outcome()
    assert outcome.report["files"][0]["rejected"] == 2
    assert office.ask("select value from rejects order by line") == [("x",), ("y",)]


@pytest.mark.parametrize("stage", ["opening", "reading", "checking"])
def test_a_cancel_stops_the_process_and_publishes_nothing(office, stage):
    etl.load(office.write("customers.csv", ("customer_id",), ("C1",)), warehouse=office.warehouse)
    path = write_sales(office.folder / "sales.csv", 600_000)
    job = start([path], office.warehouse)
    until(job, lambda: job.step and job.step.stage == stage)
    job.cancel()
    assert not job.is_running
    assert job.outcome() == Outcome(130, None, "Stopped; nothing was published.")
    assert office.version == "v000001"
    with pytest.raises(ProcessLookupError):
        os.killpg(job._process.pid, 0)
    assert start([path], office.warehouse).outcome().report["version"] == "v000002"


def test_a_process_that_hears_nothing_is_ended_all_the_same(office, monkeypatch):
    job = start([write_sales(office.folder / "sales.csv", 200_000)], office.warehouse)
    until(job, lambda: job.step is not None)
    os.kill(job._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    job.cancel(patience=0.2)
    assert time.monotonic() - began < 5 and not job.is_running
    assert job.outcome().message == "Stopped; nothing was published." and office.version is None


def test_a_process_that_the_system_ends_is_told_of_in_words(office):
    job = start([write_sales(office.folder / "sales.csv", 200_000)], office.warehouse)
    until(job, lambda: job.step is not None)
    os.kill(job._process.pid, signal.SIGKILL)
    outcome = job.outcome()
    assert outcome.code == -signal.SIGKILL and "want of memory" in outcome.message


def test_our_settings_are_those_of_the_process(office, monkeypatch):
    monkeypatch.setenv("PINYU_COLUMN_LIMIT", "2")
    outcome = start([write_sales(office.folder / "sales.csv", 3)], office.warehouse).outcome()
    assert outcome.code == 1 and "at most 2 are read" in outcome.message


def test_a_file_that_is_too_large_is_refused_before_anything_starts(office):
    path = write_sales(office.folder / "sales.csv", 100)
    with pytest.raises(FileProblem, match=r"sales\.csv: 0\.0 MB are more than the 0\.0 MB .* at a time"):
        start([path], office.warehouse, settings=Settings(upload_limit="1KB"))
    require_small([path], Settings(upload_limit="1MB"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_more_rows_than_may_be_uploaded_stop_the_load_and_quoted_line_breaks_are_no_rows(office, line_end):
    path = write_sales(office.folder / "sales.csv", 101, line_end)
    assert start([path], office.warehouse, settings=Settings(upload_rows=101)).outcome().code == 0
    refused = start([path], office.warehouse, settings=Settings(upload_rows=100)).outcome()
    assert refused.code == 0  # loaded before: nothing is read again
    other = write_sales(office.folder / "sales2.csv", 102, line_end)
    refused = start([other], office.warehouse, settings=Settings(upload_rows=101)).outcome()
    assert refused.code == 1 and "sales2.csv: with it there are 102 rows; at most 101" in refused.message
    office.write("customers.csv", ("customer_id", "customer_name"), ("1", "a\nb\nc\nd"), ("2", "e\nf"))
    etl.load(office.folder / "customers.csv", warehouse=office.warehouse, wishes=Wishes(most_rows=2))


def test_rows_of_all_files_count_together_with_malformed_and_unpivoted_ones(office):
    first = office.write("customers.csv", ("customer_id", "tier"), ("1", "2"), ("1", "2", "3"), ("4", "5"))
    second = office.write("products.csv", ("sku_id",), ("S",))
    with pytest.raises(TooManyRows, match=r"customers\.csv: with it there are 4 rows; at most 3"):
        office.load(first, second, reject_share=1, wishes=Wishes(most_rows=3))
    office.load(first, second, reject_share=1, wishes=Wishes(most_rows=4))


def test_the_command_tells_its_steps_and_errors_as_json(office):
    path = office.write("客户.csv", ("customer_id",), ("1",))
    command = [sys.executable, "-m", "etl", "load", str(path), "--warehouse", str(office.warehouse)]
    done = subprocess.run([*command, "--progress", "json"], cwd=ROOT, capture_output=True, text=True, check=True)
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert [step["stage"] for step in steps] == ["opening", "reading", "checking", "publishing"]
    assert steps[1].pop("rows") in (1, 2)  # about as many
    assert steps[1] == {"file": "客户.csv", "number": 0, "files": 1, "stage": "reading", "share": 0.0}
    assert "Published v000001." in done.stdout
    path.write_text("a\n1\n", encoding="utf-8")
    failed = subprocess.run([*command, "--report", "json"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (1, "")
    error = json.loads(failed.stderr)
    assert set(error) == {"message", "hint", "exit_code"} and error["exit_code"] == 1 and "客户.csv" in error["message"]
    assert current_version(office.warehouse).name == "v000001"
