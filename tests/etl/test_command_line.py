"""`python -m etl`: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys

import duckdb
import pytest

import etl
from warehouse.settings import ROOT
from warehouse.versions import current_version


def run(*arguments, module="etl", **environment):
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def test_the_json_report_in_full_tells_what_lies_beside_the_rows(office):
    office.write("customers.csv", ("七月零售户",), ("customer_id", "tier", "note"), ("A", "1", "x"), ("合计", "1", ""))
    done = run("load", office.folder, "--warehouse", office.warehouse, "--report", "json-in-full")
    report = json.loads(done.stdout)
    (file,) = report["files"]
    assert (report["published"], file["read"], file["loaded"]) == (True, 1, 1)
    assert (file["titles"], file["furniture"], file["unused"], file["unchanged_since"]) == (1, 1, ["note"], "")
    again = json.loads(run("load", office.folder, "--warehouse", office.warehouse, "--report", "json-in-full").stdout)
    assert (again["published"], again["files"][0]["unchanged_since"]) == (False, "v000001")


def test_the_json_report_is_all_there_is_on_standard_output(office):
    office.write(
        "customers.csv",
        ("customer_id", "tier"),
        ("A", "1"),
        ("A", "1"),
        ("B", "x"),
        *((f"C{n}", "1") for n in range(30)),
    )
    done = run("load", office.folder, "--warehouse", office.warehouse, "--report", "json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert set(report) == {"version", "files", "unknown"}
    assert report["version"] == "v000001"
    (file,) = report["files"]
    assert file.pop("seconds") >= 0
    assert file == {
        "file": "customers.csv",
        "extract": "customers",
        "encoding": "utf-8",
        "read": 33,
        "loaded": 31,
        "duplicates": 1,
        "superseded": 0,
        "rejected": 1,
        "corrections": 0,
    }
    assert set(report["unknown"]) >= {"customers", "products", "managers"}


def test_the_text_report_says_what_was_published_and_what_had_been_there(office):
    office.write("customers.csv", ("customer_id", "manager_id"), ("A", "M"))
    first = run("load", office.folder, "--warehouse", office.warehouse)
    assert "Published v000001." in first.stdout and "Unknown managers: 1 (M)" in first.stdout
    second = run("load", office.folder, "--warehouse", office.warehouse)
    assert "customers.csv was loaded in v000001 already; nothing changed." in second.stdout
    listed = run("versions", "--warehouse", office.warehouse)
    assert "v000001" in listed.stdout and "current" in listed.stdout


@pytest.mark.parametrize("report", ["text", "json"])
def test_what_goes_wrong_is_said_in_a_line_without_a_traceback(office, report):
    (office.folder / "sales.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("load", office.folder, "--warehouse", office.warehouse, "--report", report)
    assert (done.returncode, done.stdout) == (1, "")
    assert "sales.csv" in done.stderr and "lacks required columns" in done.stderr and "Traceback" not in done.stderr


def test_a_path_that_is_not_there_and_a_missing_argument_have_different_exit_codes(office):
    assert run("load", office.folder / "gone").returncode == 1
    assert run("load").returncode == 2


def test_an_unknown_set_is_refused_by_name():
    done = run("demo", "southwind")
    assert done.returncode == 1 and "northwind" in done.stderr


def test_a_made_city_is_written_and_loads(office):
    made = run(
        "sample",
        "--out",
        office.folder,
        "--customers",
        "60",
        "--months",
        "3",
        "--skus",
        "20",
        "--brands",
        "8",
        "--managers",
        "6",
    )
    assert made.returncode == 0, made.stderr
    report = etl.load(office.folder, warehouse=office.warehouse)
    assert {file.extract for file in report.files} == {extract.name for extract in etl.contracts.TABLES}
    assert all(file.adds_up() for file in report.files)


def test_an_empty_version_has_every_table_with_comments_and_no_rows(tmp_path):
    etl.publish_empty(tmp_path)
    with duckdb.connect(str(current_version(tmp_path).path), read_only=True) as connection:
        tables = connection.execute("select table_name, comment, estimated_size from duckdb_tables()").fetchall()
        uncommented = connection.execute(
            "select column_name from duckdb_columns() where comment is null and not internal"
        )
        assert uncommented.fetchall() == []
    assert {extract.name for extract in etl.contracts.TABLES} <= {name for name, _, _ in tables}
    assert all(comment and not rows for _, comment, rows in tables)


def test_a_first_start_loads_and_a_second_leaves_what_is_there(office):
    office.write("customers.csv", ("customer_id", "tier"), ("A", "1"))
    run("load", office.folder, "--warehouse", office.warehouse, "--if-empty")
    office.write("customers.csv", ("customer_id", "tier"), ("B", "1"))
    again = run("load", office.folder, "--warehouse", office.warehouse, "--if-empty")
    assert (again.returncode, again.stdout) == (0, "")
    assert office.ask("select customer_id from customers") == [("A",)]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("report", ["text", "json"])
def test_a_terminal_without_chinese_gets_escapes_and_no_traceback(office, encoding, report):
    path = office.write("零售户.csv", ("客户编码", "片区"), ("C1", "城东"))
    done = run(
        "load", path, "--warehouse", office.warehouse, "--report", report, PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert "\\u96f6\\u552e\\u6237.csv" in done.stdout
    figures = run(
        *("amount", "--from", "2026-10-01", "--to", "2026-10-31", "--by", "area"),
        module="metrics",
        PYTHONIOENCODING=encoding,
        PINYU_WAREHOUSE=str(office.warehouse),
    )
    listed = run("list", module="metrics", PYTHONIOENCODING=encoding)
    assert (figures.returncode, listed.returncode) == (0, 0) and "\\u" in listed.stdout
