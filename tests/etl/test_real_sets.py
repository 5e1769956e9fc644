"""The real sets: every table's rows and totals are those of the source, counted here by csv, Decimal and pandas."""

import csv
import gzip
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import etl
from etl.demo import real_set
from etl.errors import FileProblem
from warehouse.versions import current_version


def loaded(name, directory):
    """The report, the source's folder and a connection to a warehouse with the set; skipped where it isn't there."""
    try:
        folder, mapping = real_set(name)
    except FileProblem as problem:
        pytest.skip(str(problem))
    report = etl.load(folder, warehouse=directory, mapping=mapping)
    return report, folder, duckdb.connect(str(current_version(directory).path), read_only=True)


@pytest.fixture(scope="module")
def northwind(tmp_path_factory):
    return loaded("northwind", tmp_path_factory.mktemp("northwind"))


@pytest.fixture(scope="module")
def adventureworks(tmp_path_factory):
    return loaded("adventureworks", tmp_path_factory.mktemp("adventureworks"))


@pytest.fixture(scope="module")
def completejourney(tmp_path_factory):
    return loaded("completejourney", tmp_path_factory.mktemp("completejourney"))


def rows(folder: Path, name: str, encoding="utf-8", **reading):
    with (folder / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, **reading))


def one(connection, sql):
    return connection.execute(sql).fetchone()


def test_northwind_rows_add_up_and_none_is_lost(northwind):
    report, _, _ = northwind
    assert {file.file: (file.read, file.loaded, file.rejected) for file in report.files} == {
        "employees.csv": (9, 9, 0),
        "products.csv": (77, 77, 0),
        "customers.csv": (91, 91, 0),
        "order_details.csv": (2155, 2155, 0),
    }
    assert report.unknown_counts == {"customers": 0, "products": 0, "managers": 0}


def test_northwind_sales_equal_the_order_lines_worked_out_in_decimals(northwind):
    _, folder, connection = northwind
    heads = {row["order_id"]: row for row in rows(folder, "orders.csv")}
    by_manager, qty = Counter(), 0
    for line in rows(folder, "order_details.csv"):
        amount = Decimal(line["unit_price"]) * int(line["quantity"]) * (1 - Decimal(line["discount"]))
        by_manager[heads[line["order_id"]]["employee_id"]] += amount
        qty += int(line["quantity"])
    assert one(connection, "select sum(qty) from sales") == (qty,)
    assert dict(connection.execute("select owner_id, sum(amount) from sales group by 1").fetchall()) == by_manager
    assert one(
        connection, "select count(distinct order_id), min(order_date)::varchar, max(order_date)::varchar from sales"
    ) == (
        830,
        "1996-07-04",
        "1998-05-06",
    )


def test_northwind_masters_equal_their_sources(northwind):
    _, folder, connection = northwind
    customers = {row["customer_id"]: (row["company_name"], row["country"]) for row in rows(folder, "customers.csv")}
    held = connection.execute("select customer_id, customer_name, area from customers").fetchall()
    assert {code: rest for code, *rest in held} == {code: list(rest) for code, rest in customers.items()}
    categories = {row["category_id"]: row["category_name"] for row in rows(folder, "categories.csv")}
    brands = Counter(categories[row["category_id"]] for row in rows(folder, "products.csv"))
    assert dict(connection.execute("select brand, count(*) from products group by 1").fetchall()) == brands
    bosses = {row["employee_id"]: row["reports_to"] or None for row in rows(folder, "employees.csv")}
    assert dict(connection.execute("select manager_id, supervisor_id from managers").fetchall()) == bosses


def test_adventureworks_sales_equal_the_source_by_person_and_day(adventureworks):
    report, folder, connection = adventureworks
    lines = rows(folder, "ResellerSales_202006.csv", encoding="utf-16")
    expected = Counter()
    for line in lines:
        expected[line["EmployeeKey"], line["OrderDate"]] += Decimal(line["SalesAmount"].replace(",", ""))
    held = connection.execute("select owner_id, order_date::varchar, sum(amount) from sales group by all").fetchall()
    assert {(owner, day): amount for owner, day, amount in held} == expected
    assert one(connection, "select count(*), sum(qty), sum(amount) from sales") == (3004, 10264, Decimal("3429150.01"))
    assert [file.encoding for file in report.files if file.extract == "sales"] == ["utf-16"]


def test_adventureworks_targets_are_the_wide_cells_times_a_thousand(adventureworks):
    report, folder, connection = adventureworks
    keys = {row["EmployeeID"]: row["EmployeeKey"] for row in rows(folder, "derived_employee_map.csv")}
    expected = {}
    for row in rows(folder, "ResellerSalesTargets.csv", encoding="utf-16"):
        for month in range(1, 13):
            cell = row[f"M{month:02}"].strip().replace(",", "")
            if cell != "-":
                who = keys.get(row["EmployeeID"], row["EmployeeID"])
                expected[f"{row['Year']}-{month:02}", who] = Decimal(cell) * 1000
    held = connection.execute("select month, manager_id, value from targets where measure = 'amount'").fetchall()
    assert {(month, who): value for month, who, value in held} == expected
    assert len(held) == len(expected) == 81 * 12 - 163
    assert report.unknown["managers"] == ("112432117",)


def test_adventureworks_resellers_products_and_people_equal_their_sources(adventureworks):
    _, folder, connection = adventureworks
    kinds = Counter(
        line.split("|")[4] for line in (folder / "DimReseller.csv").read_text(encoding="utf-8").splitlines()
    )
    assert dict(connection.execute("select channel, count(*) from customers group by 1").fetchall()) == kinds
    prices = sum(Decimal(row["ListPrice"] or 0) for row in rows(folder, "ProductData.csv"))
    assert one(connection, "select count(*), sum(list_price) from products") == (397, prices)
    assert one(connection, "select count(*), count(area) from customers") == (701, 701)
    # The eighteenth has a target and nothing else: a stand-in that says nothing but the id.
    assert one(connection, "select count(*), count(hired_on) from managers where not is_derived") == (17, 0)
    stand_ins = connection.execute("select manager_id, manager_name from managers where is_derived").fetchall()
    assert stand_ins == [("112432117", None)]


def test_completejourney_equals_the_totals_that_pandas_finds(completejourney):
    report, folder, connection = completejourney
    source = pd.read_parquet(folder / "transactions.parquet") if _can_read_parquet() else _by_duckdb(folder)
    cents = (source["sales_value"] * 100).round().astype("int64")
    expected = cents.groupby(source["store_id"].astype(str)).sum().to_dict()
    held = connection.execute("select customer_id, (sum(amount) * 100)::bigint from sales group by 1").fetchall()
    assert dict(held) == expected
    assert one(connection, "select count(*), sum(qty), sum(amount) from sales") == (
        len(source),
        int(source["quantity"].sum()),
        Decimal(int(cents.sum())) / 100,
    )
    assert len(source) == 1_469_307 and int(cents.sum()) == 459_603_958
    days = source["transaction_timestamp"].dt.date
    assert one(connection, "select min(order_date), max(order_date), count(distinct order_date) from sales") == (
        days.min(),
        days.max(),
        days.nunique(),
    )
    assert [(file.read, file.loaded) for file in report.files] == [(92_331, 92_331), (1_469_307, 1_469_307)]


def test_completejourney_derives_its_stores_and_only_those_products_that_its_master_lacks(completejourney):
    report, folder, connection = completejourney
    sold = duckdb.sql(f"select distinct product_id from '{folder / 'transactions.parquet'}'").df()["product_id"]
    listed = duckdb.sql(f"select product_id from '{folder / 'products.parquet'}'").df()["product_id"]
    lacking = len(set(sold) - set(listed))
    assert one(connection, "select count(*), bool_and(is_derived) from customers") == (457, True)
    assert one(connection, "select count(*), count(*) filter (is_derived) from products") == (92_331 + lacking, lacking)
    assert report.unknown_counts == {"customers": 0, "products": 0, "managers": 0}


def test_sales_of_a_big_set_lie_in_order_of_their_day(completejourney):
    _, _, connection = completejourney
    assert one(
        connection,
        "select count(*) from (select order_date < lag(order_date) over (order by rowid) as b from sales) where b",
    ) == (0,)


def _can_read_parquet():
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _by_duckdb(folder):
    columns = "store_id, quantity, sales_value, transaction_timestamp"
    return duckdb.sql(f"select {columns} from '{folder / 'transactions.parquet'}'").df()


@pytest.fixture(scope="module")
def onlineretail(tmp_path_factory):
    return loaded("onlineretail", tmp_path_factory.mktemp("onlineretail"))


@pytest.fixture(scope="module")
def invoices(onlineretail):
    """The lines of the source as dictionaries."""
    with gzip.open(onlineretail[1] / "online_retail.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_onlineretail_is_read_whole_with_its_control_totals(onlineretail, invoices):
    report, _, _ = onlineretail
    (file,) = report.files
    assert (file.read, len(invoices), file.rejected) == (240_007, 240_007, 0)
    assert (file.control.read.qty, file.control.read.amount) == (Decimal(2_226_700), Decimal("4275143.931"))


def test_onlineretail_repeats_and_corrections_are_those_that_the_vocabulary_says(onlineretail, invoices):
    """One key an invoice and code: equal to the line before it is a copy, other values replace what came before."""
    report, _, connection = onlineretail
    last, duplicates, superseded = {}, 0, 0
    for line in invoices:
        key, held = (line["InvoiceNo"], line["StockCode"]), tuple(line.values())
        values = tuple(part for name, part in line.items() if name in ("Quantity", "UnitPrice", "CustomerID"))
        copied = key in last and last[key][0] == values
        duplicates += copied
        superseded += key in last and not copied
        last[key] = (values, held)
    (file,) = report.files
    assert (file.duplicates, file.superseded, file.loaded) == (duplicates, superseded, len(last))
    assert file.read == file.loaded + duplicates + superseded
    assert len(invoices) - len({tuple(line.values()) for line in invoices}) == 1_970
    rows = [dict(zip(invoices[0], held, strict=True)) for _, held in last.values()]
    amount = sum(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) for row in rows)
    qty = sum(Decimal(row["Quantity"]) for row in rows)
    assert one(connection, "select sum(qty), sum(amount) from sales") == (qty, amount)
    assert file.control.after.amount == amount


def test_onlineretail_lines_without_a_customer_and_returns_are_loaded(onlineretail, invoices):
    _, _, connection = onlineretail
    assert sum(not line["CustomerID"] for line in invoices) == 67_225
    assert sum(line["Quantity"].startswith("-") for line in invoices) == 5_087
    kept = {(line["InvoiceNo"], line["StockCode"]): line for line in invoices}.values()
    unknown = sum(not line["CustomerID"] for line in kept)
    returns = sum(line["Quantity"].startswith("-") for line in kept)
    found = one(connection, "select count(*) filter (customer_id = 'unknown'), count(*) filter (qty < 0) from sales")
    assert found == (unknown, returns)
    assert one(connection, "select count(*) from customers where customer_id <> 'unknown'") == (2_974,)
    days = one(connection, "select min(order_date)::varchar, max(order_date)::varchar from sales")
    assert days == ("2010-12-01", "2011-06-26")
