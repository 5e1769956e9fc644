"""A private file against what is loaded: sums side by side, and rows added, missing and changed."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal

import duckdb
import pytest

import etl
from etl.comparing.sales import NothingToCompare, Sums, compare, compared, difference, rows_of
from warehouse.versions import current_version

HEADER = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount", "manager_id")
SHARED = [
    ("1", "1", "2026-09-30", "C1", "S1", "1", "1", "M1"),  # a day before the period
    ("2", "1", "2026-10-01", "C1", "S1", "2", "20", "M1"),  # the same
    ("2", "2", "2026-10-01", "C1", "S2", "3", "30", "M1"),  # changed: the amount
    ("3", "1", "2026-10-05", "C2", "S1", "4", "40", "M2"),  # missing
    ("4", "1", "2026-11-30", "C2", "S1", "5", "50", "M2"),  # changed: the day, which lies in the period here
    ("5", "1", "2026-11-01", "C2", "S1", "6", "60", "M2"),  # a day after
]
PRIVATE = [
    SHARED[1],
    (*SHARED[2][:6], "33", "M1"),
    ("4", "1", "2026-10-31", "C2", "S1", "5", "50", "M2"),
    ("6", "1", "2026-10-02", "C3", "S3", "7", "70", "M1"),  # added
]


@pytest.fixture
def connection(office, sides):
    masters = [
        office.write("customers.csv", ("customer_id", "customer_name"), ("C1", "东街店"), ("C2", "西街店")),
        office.write("managers.csv", ("manager_id", "manager_name"), ("M1", "王伟")),
    ]
    private, shared = office.write("a_sales.csv", HEADER, *PRIVATE), office.write("b_sales.csv", HEADER, *SHARED)
    return sides([private], [shared, *masters])


def test_sums_of_both_sides_are_over_the_days_of_the_private_file(connection):
    found = compare(connection)
    assert (found.from_date, found.to_date) == (date(2026, 10, 1), date(2026, 10, 31))
    assert found.here == Sums(4, Decimal(17), Decimal(173), 3)
    assert found.there == Sums(3, Decimal(9), Decimal(90), 2)


def test_rows_are_added_missing_changed_or_the_same_by_the_key_of_sales(connection):
    found = compare(connection)
    assert (found.added, found.missing, found.changed, found.same) == (1, 1, 2, 1)
    assert found.added + found.changed + found.same == found.here.lines
    (added,) = rows_of(connection, "added").to_dict("records")
    assert (added["order_id"], added["customer_id"], added["amount"]) == ("6", "C3", 70)
    (missing,) = rows_of(connection, "missing").to_dict("records")
    assert (missing["order_id"], missing["amount"]) == ("3", 40)
    changed = rows_of(connection, "changed")
    assert changed["order_id"].tolist() == ["2", "4"]
    assert (changed["amount"].tolist(), changed["there_amount"].tolist()) == ([33, 50], [30, 50])
    assert [str(day.date()) for day in changed["there_order_date"]] == ["2026-10-01", "2026-11-30"]
    assert len(rows_of(connection, "changed", most=1)) == 1


def test_differences_by_month_manager_product_and_customer_add_up_to_those_of_the_sums(connection):
    month = difference(connection, "month").to_dict("records")
    assert month == [{"id": "2026-10", "name": "2026-10", "here": 173, "there": 90, "change": 83}]
    managers = difference(connection, "manager")
    assert managers["id"].tolist() == ["M1", "M2"] and managers["name"].tolist()[0] == "王伟"
    assert managers[["here", "there", "change"]].to_numpy().tolist() == [[123, 50, 73], [50, 40, 10]]
    customers = difference(connection, "customer", "qty").set_index("id")
    assert customers.loc["C3", "change"] == 7 and customers["there"].isna()["C3"]
    assert customers.loc["C1", ["name", "here", "there"]].tolist() == ["东街店", 5, 5]
    for by in ("month", "manager", "product", "customer"):
        assert difference(connection, by)["change"].sum() == 83
    assert len(difference(connection, "product", most=1)) == 1


def test_a_flat_file_without_orders_and_managers_is_compared_by_what_it_says(office, sides):
    flat = ("order_date", "customer_id", "sku_id", "amount")
    private = office.write(
        "flat_sales.csv",
        flat,
        ("2026-10-01", "C1", "S1", "20"),
        ("2026-10-06", "C2", "S1", "41"),
    )
    masters = office.write("customers.csv", ("customer_id", "manager_id"), ("C2", "M9"))
    again = ("7", "1", *SHARED[1][2:])
    connection = sides([private], [office.write("b_sales.csv", HEADER, *SHARED, again), masters])
    found = compare(connection)
    # The file says 20 once, which two orders hold, and nothing of the 30; whoever has C2 now has its 41.
    assert (found.added, found.missing, found.changed, found.same) == (1, 3, 0, 1)
    assert sorted(rows_of(connection, "missing")["amount"]) == [20, 30, 40]
    managers = difference(connection, "manager").set_index("id")
    assert managers.loc["M9", "here"] == 41 and managers.loc["M2", "there"] == 40


def test_what_a_file_says_nothing_of_is_no_change(office, sides):
    private = office.write("a_sales.csv", HEADER[:-1], *(row[:-1] for row in SHARED[1:4]))
    found = compare(sides([private], [office.write("b_sales.csv", HEADER, *SHARED)]))
    assert (found.added, found.missing, found.changed, found.same) == (0, 0, 0, 3)


def test_lines_that_one_side_does_not_number_are_compared_by_order_and_product(office, sides):
    private = office.write("a_sales.csv", (HEADER[0], *HEADER[2:]), *((row[0], *row[2:]) for row in SHARED[1:3]))
    found = compare(sides([private], [office.write("b_sales.csv", HEADER, *SHARED)]))
    assert (found.added, found.missing, found.changed, found.same) == (0, 0, 0, 2)


@pytest.mark.parametrize("seed", range(4))
def test_on_random_sales_the_counts_are_those_of_plain_python(office, sides, seed):
    chance = random.Random(seed)

    def lines(numbers):
        return {
            (str(n), "1"): (f"2026-10-{1 + n % 28:02}", f"C{n % 7}", f"S{n % 3}", str(chance.randint(1, 3)), "5", "M")
            for n in numbers
        }

    shared = lines(range(200))
    private = lines(range(0, 300, 2)) | {key: row for key, row in shared.items() if chance.random() < 0.5}
    for number in (0, 27):
        private[(str(number), "1")] = shared[(str(number), "1")]  # both sides cover the same days
    files = [
        office.write(f"{name}_sales.csv", HEADER, *((*key, *row) for key, row in side.items()))
        for name, side in (("a", private), ("b", shared))
    ]
    found = compare(sides(*([file] for file in files)))
    kinds = Counter(
        "added" if key not in shared else "same" if private[key] == shared[key] else "changed" for key in private
    )
    assert (found.added, found.changed, found.same) == (kinds["added"], kinds["changed"], kinds["same"])
    assert found.missing == len(shared.keys() - private.keys())


def test_neither_file_is_touched_and_nothing_else_can_be(connection, tmp_path):
    for statement in ("create table shared.x (a int)", f"copy (select 1) to '{tmp_path}/x.csv'", "set threads = 1"):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)


def test_a_file_without_sales_and_words_from_outside_are_refused(office, tmp_path, connection):
    etl.load(office.write("customers.csv", ("customer_id",), ("C1",)), warehouse=tmp_path / "none")
    none, shared = (current_version(tmp_path / name).path for name in ("none", "shared"))
    with compared(none, shared) as empty, pytest.raises(NothingToCompare):
        compare(empty)
    for call in (lambda: difference(connection, "1; drop"), lambda: difference(connection, "month", "x")):
        with pytest.raises(ValueError, match="cannot be compared"):
            call()
    with pytest.raises(ValueError, match="not all"):
        rows_of(connection, "all")
