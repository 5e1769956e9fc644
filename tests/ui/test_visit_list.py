"""Next week's visit list: what leaves the screen is a visit plan that can be loaded."""

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import etl
import ui.words
from metrics.brand.visit_plan import visit_plan
from ui.brand.doors import PLAN_COLUMNS
from ui.export import csv_bytes, xlsx_bytes
from ui.table import file_part
from ui.visit_plan import plan_titles
from warehouse.versions import current_version

MASTERS = {
    "customers.csv": "customer_id,customer_name\n000123,=1+1\n000124,B\n000125,C\n",
    "managers.csv": "manager_id,manager_name\nM1,Ann\nM2,Bo\n",
}
DOORS = pd.DataFrame(
    {
        "customer_id": ["000123", "000124", "000125"],
        "customer_name": ["=1+1", "B", "C"],
        "manager_id": ["M1", "M2", "M1"],
        "manager_name": ["Ann", "Bo", None],
        "sku_name": ["S2 轻", "S2 轻", "S2 轻"],
        "reason": ["@of its size 60.0% carry it", "buys S2 (62.0%), as those that carry it do", ""],
    }
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "made"), [("csv", csv_bytes), ("xlsx", xlsx_bytes)])
def test_the_list_loads_back_as_a_visit_plan(
    language: str,
    kind: str,
    made: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ui.words, "language", lambda: language)
    for name, text in MASTERS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    plan = visit_plan(DOORS, 10, date(2026, 11, 30))[list(PLAN_COLUMNS)]
    assert callable(made)
    file = tmp_path / f"pinyu-visit_plan-2026-08-01.{kind}"
    file.write_bytes(made(plan, plan_titles(PLAN_COLUMNS), []))
    warehouse = tmp_path / "warehouse"
    report = etl.load([*(tmp_path / name for name in MASTERS), file], warehouse=warehouse)
    loaded = next(one for one in report.files if one.file == file.name)
    assert (loaded.extract, loaded.read, loaded.loaded, loaded.rejected) == ("visit_plan", 3, 3, 0)
    current = current_version(warehouse)
    assert current is not None
    with duckdb.connect(str(current.path), read_only=True) as connection:
        rows = connection.execute("select plan_date, customer_id, manager_id from visit_plan order by 2").fetchall()
    monday = date(2026, 11, 30)
    assert rows == [(monday, "000123", "M1"), (monday, "000124", "M2"), (monday, "000125", "M1")]


def test_no_cell_of_the_list_starts_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.words, "language", lambda: "en")
    plan = visit_plan(DOORS, 10, None)[list(PLAN_COLUMNS)]
    rows = list(csv.reader(io.StringIO(csv_bytes(plan, plan_titles(PLAN_COLUMNS), []).decode("utf-8-sig"))))
    assert rows[1] == ["", "000123", "'=1+1", "M1", "Ann", "S2 轻", "'@of its size 60.0% carry it"]


@pytest.mark.parametrize(
    ("name", "part"),
    [("竹隐(醇和)", "竹隐(醇和)"), ("../a b:c\\d?.csv", "a_b_c_d_csv"), ("***", ""), ("x" * 90, "x" * 40)],
)
def test_a_products_name_becomes_part_of_a_files_name_that_every_system_takes(name: str, part: str) -> None:
    assert file_part(name) == part
