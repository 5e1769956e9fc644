"""Rows of other extracts than sales against what is loaded: added, missing, changed, column by column."""

import pytest

import etl
from etl.comparing.records import Records, brought, compare_records, records_of
from etl.comparing.sales import compare, compared, difference
from warehouse.private import begin_anew, make_layer
from warehouse.versions import current_version

CUSTOMERS = ("customer_id", "customer_name", "tier", "status")
SHARED = [
    ("C1", "东街店", "5", "正常"),  # the same, but for its status, which the file does not state
    ("C2", "西街店", "6", "停业"),  # changed: the tier
    ("C3", "南街店", "7", "正常"),  # missing
]
SALES = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")


def test_a_file_of_customers_is_compared_by_their_codes_and_by_the_columns_that_it_has(office, sides):
    header = CUSTOMERS[:3]
    shared = [
        office.write("b_customers.csv", CUSTOMERS, *SHARED),
        # A customer that only a sale names is no row of a list of customers.
        office.write("b_sales.csv", SALES, ("1", "1", "2026-10-01", "C9", "S1", "1", "1")),
    ]
    private = office.write("a_customers.csv", header, SHARED[0][:3], ("C2", "西街店", "8"), ("C4", "北街店", "1"))
    connection = sides([private], shared)
    assert brought(connection, is_over=False) == ["customers"]
    assert compare_records(connection, "customers") == Records(None, 1, 1, 1, 1, {"tier": 1})
    assert records_of(connection, "customers", "added")["customer_id"].tolist() == ["C4"]
    assert records_of(connection, "customers", "missing").to_numpy().tolist() == [["C3", "南街店", 7]]
    (changed,) = records_of(connection, "customers", "changed").to_dict("records")
    assert (changed["customer_id"], changed["tier"], changed["there_tier"]) == ("C2", 8, 6)
    with pytest.raises(ValueError, match="not all"):
        records_of(connection, "customers", "all")


def test_what_happened_is_missing_only_within_the_days_of_the_file(office, sides):
    header = ("visit_id", "visit_date", "customer_id", "manager_id")
    days = ("2026-09-30", "2026-10-01", "2026-10-15", "2026-10-31", "2026-11-01")
    shared = [(str(n), day, "C1", "M1") for n, day in enumerate(days)]
    private = [shared[1], (*shared[3][:3], "M2")]
    connection = sides(
        [office.write("a_visits.csv", header, *private)], [office.write("b_visits.csv", header, *shared)]
    )
    found = compare_records(connection, "visits")
    assert found == Records(("2026-10-01", "2026-10-31"), 0, 1, 1, 1, {"manager_id": 1})
    assert records_of(connection, "visits", "missing")["visit_id"].tolist() == ["2"]


def test_rows_that_only_their_values_identify_are_counted(office, sides):
    header = ("survey_date", "audience", "manager_id", "score")
    row, other = ("2026-10-05", "customer", "M1", "80"), ("2026-10-06", "customer", "M1", "90")
    files = [
        office.write(f"{side}_surveys.csv", header, *rows) for side, rows in (("a", [row, row, other]), ("b", [row]))
    ]
    found = compare_records(sides([files[0]], [files[1]]), "surveys")
    assert (found.added, found.missing, found.changed, found.same) == (2, 0, 0, 1)


def test_targets_without_a_product_are_known_by_what_they_have(office, sides):
    header = ("month", "manager_id", "measure", "value")
    files = [
        office.write(f"{side}_targets.csv", header, ("2026-10", "M1", "amount", value))
        for side, value in (("a", "2"), ("b", "1"))
    ]
    found = compare_records(sides([files[0]], [files[1]]), "targets")
    assert found == Records(("2026-10", "2026-10"), 0, 0, 1, 0, {"value": 1})


def test_over_a_copy_only_the_files_that_came_are_compared(office, tmp_path):
    shared, layer = tmp_path / "shared", make_layer()
    etl.load(office.write("b_customers.csv", CUSTOMERS, *SHARED), warehouse=shared)
    begin_anew(layer, shared, current_version(shared))
    managers = office.write("managers.csv", ("manager_id", "manager_name"), ("M1", "王伟"))
    etl.load([managers], warehouse=layer.warehouse)
    with compared(current_version(layer.warehouse).path, current_version(shared).path) as connection:
        assert brought(connection, is_over=True) == ["managers"]
        assert compare_records(connection, "managers").added == 1


def test_a_flat_file_of_names_is_compared_with_the_codes_that_they_stand_for(office, sides):
    masters = [
        office.write(
            "customers.csv", CUSTOMERS[:2], ("C1", "东街店"), ("C2", "西街店"), ("C3", "老店"), ("C4", "老店")
        ),
        office.write("products.csv", ("sku_id", "sku_name"), ("S1", "青瓷")),
        office.write("managers.csv", ("manager_id", "manager_name"), ("M1", "王伟")),
    ]
    loaded = [("1", "1", "2026-10-01", "C1", "S1", "2", "20"), ("2", "1", "2026-10-02", "C3", "S1", "3", "30")]
    flat = [
        ("2026-10-01", "东街店", "青瓷", "2", "20", "王伟"),  # the same, by names
        ("2026-10-02", "老店", "青瓷", "3", "30", "王伟"),  # two are called so: nobody can tell which is meant
    ]
    header = ("日期", "零售户", "品规", "数量", "金额", "客户经理")
    rows = [(*row, "M1") for row in loaded]
    connection = sides(
        [office.write("汇总销售表.csv", header, *flat)],
        [office.write("sales.csv", (*SALES, "manager_id"), *rows), *masters],
    )
    assert brought(connection, is_over=False) == ["sales"]
    found = compare(connection)
    assert (found.added, found.missing, found.changed, found.same) == (1, 1, 0, 1)
    managers = difference(connection, "manager").to_dict("records")
    assert managers == [{"id": "M1", "name": "王伟", "here": 50, "there": 50, "change": 0}]
    assert set(difference(connection, "customer")["id"]) == {"C1", "C3", "老店"}
