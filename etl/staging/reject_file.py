"""Rejected rows as a CSV that people can open, correct and send back."""

import csv
import re
from pathlib import Path

import duckdb

from warehouse.spreadsheet import harmless

FOLDER = "rejects"
TITLES = ("行号 line", "列 column", "值 value", "原因", "reason", "原行 row")
BATCH = 10_000
KEPT = 200
LONGEST_NAME = 150
UNSAFE = re.compile(r"[^\w.\-]+")


def write_rejects(connection: duckdb.DuckDBPyConnection, folder: Path, load: str, number: int, file: str) -> str:
    """Write staged_rejects of a load's file of that number into rejects/ and give the name; empty where there are none.

    The oldest files beyond two hundred are removed; the warehouse keeps the rows themselves.
    """
    rows = connection.execute(
        'select line, "column", value, reason_zh, reason_en, raw from staged_rejects order by line'
    )
    first = rows.fetchmany(BATCH)
    if not first:
        return ""
    plain_name = UNSAFE.sub("_", file).encode()[:LONGEST_NAME].decode(errors="ignore")
    target = folder / FOLDER / f"{load}-{number}-{plain_name}.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(TITLES)
        while first:
            writer.writerows([harmless(cell) for cell in row] for row in first)
            first = rows.fetchmany(BATCH)
    for old in sorted(target.parent.glob("*.csv"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
    return f"{FOLDER}/{target.name}"
