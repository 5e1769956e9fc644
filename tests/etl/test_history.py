"""What the page Data tells of a warehouse, against worlds made by hand."""

from datetime import date, timedelta

import duckdb
import pytest

from etl.history import freshness, load_history, missing_days, rejected_rows, rows_by_day, silent_managers, unknown_ids
from warehouse.versions import current_version

SALES = ("order_date", "customer_id", "sku_id", "qty", "amount", "manager_id")


@pytest.fixture
def books(office):
    """Opens the current version; all are closed at the end."""
    opened = []

    def open_current():
        opened.append(duckdb.connect(str(current_version(office.warehouse).path), read_only=True))
        return opened[-1]

    yield open_current
    for connection in opened:
        connection.close()


def test_freshness_says_of_every_extract_how_much_there_is_and_how_old_it_is(office, books):
    office.write("sales.csv", SALES, ("2026-10-01", *"CS12M"), ("2026-10-09", *"CS12M"))
    office.write("targets.csv", ("month", "manager_id", "measure", "value"), ("2026-10", "M", "amount", "1"))
    office.write("products.csv", ("sku_id",), ("S",))
    office.load()
    rows = freshness(books(), date(2026, 10, 12)).set_index("extract")
    assert rows.loc["sales", ["row_count", "days_old", "version"]].tolist() == [2, 3, "v000001"]
    assert str(rows.loc["sales", "first_date"].date()) == "2026-10-01"
    assert str(rows.loc["targets", "last_date"].date()) == "2026-10-31" and rows.loc["targets", "days_old"] == 0
    assert rows.loc["products", "row_count"] == 1 and rows["last_date"].isna()["products"]
    assert rows.loc["customers", "row_count"] == 0, "a stand-in for an unknown customer was stated by nobody"


def test_the_history_has_a_row_a_file_newest_first_with_its_accounting(office, books):
    office.load(office.write("a.csv", SALES, ("2026-10-01", *"CS12M")))
    office.load(office.write("b.csv", SALES, ("2026-10-02", *"CS34M"), ("soon", *"CS34M")), reject_share=0.5)
    rows = load_history(books())
    assert rows[["version", "file", "read", "loaded", "rejected", "read_amount", "after_amount"]].values.tolist() == [
        ["v000002", "b.csv", 2, 1, 1, 4, 6],
        ["v000001", "a.csv", 1, 1, 0, 2, 2],
    ]
    rejects = rejected_rows(books())
    assert rejects[["version", "file", "line", "at_column", "value"]].values.tolist() == [
        ["v000002", "b.csv", 3, "order_date", "soon"]
    ]


def test_a_day_without_rows_is_missing_only_where_its_weekday_usually_has_some(office, books):
    first = date(2026, 8, 3)
    days = [first + timedelta(n) for n in range(90) if (first + timedelta(n)).weekday() < 5]
    gone = {date(2026, 9, 16), date(2026, 10, 1)}
    office.write("sales.csv", SALES, *((day.isoformat(), *"CS12M") for day in days if day not in gone))
    office.load()
    found = [day.date() for day in missing_days(books(), "sales")["day"]]
    assert found == sorted(gone, reverse=True)
    by_day = rows_by_day(books(), "sales").set_index("day")["row_count"]
    assert (by_day["2026-10-01"], by_day["2026-10-02"], by_day["2026-10-03"]) == (0, 1, 0)
    assert missing_days(books(), "visits").empty


def test_managers_in_service_without_sales_or_visits_are_named(office, books):
    office.write(
        "managers.csv",
        ("manager_id", "manager_name", "supervisor_id", "left_on"),
        ("M1", "busy", "B", ""),
        ("M2", "sells only", "B", ""),
        ("M3", "new and unheard of", "B", ""),
        ("M4", "left", "B", "2026-06-30"),
        ("B", "boss", "", ""),
    )
    visits = ("visit_id", "visit_date", "customer_id", "manager_id")
    office.write("visits.csv", visits, ("V1", "2026-10-31", "C", "M1"), ("V2", "2026-09-30", "C", "M2"))
    office.write("sales.csv", SALES, ("2026-10-31", *"CS12", "M1"), ("2026-10-02", *"CS12", "M2"))
    office.load()
    rows = silent_managers(books())
    assert rows["manager_id"].tolist() == ["M2", "M3"]
    assert rows["days_since_visit"].tolist()[0] == 31 and rows["days_since_sale"].tolist()[0] == 29
    assert rows["last_sale"].isna().tolist() == [False, True]


def test_codes_that_no_master_states_are_listed(office, books):
    office.write(
        "sales.csv", SALES, ("2026-10-01", "C1", "S1", "1", "2", "M1"), ("2026-10-01", "C2", "S1", "1", "2", "M1")
    )
    office.write("customers.csv", ("customer_id",), ("C1",))
    office.load()
    assert unknown_ids(books()).values.tolist() == [["customers", "C2"], ["managers", "M1"], ["products", "S1"]]
