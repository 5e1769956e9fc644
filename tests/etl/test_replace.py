"""A month reloaded, the control totals, the rejects' file, and going back."""

import csv
from decimal import Decimal

import duckdb
import pytest

from etl.errors import FileProblem, TooManyRejects
from etl.load import Wishes
from etl.tables.replace import parse_month
from warehouse.versions import current_version, go_back

HEADER = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")
OCTOBER = Wishes(replace=parse_month("month=2026-10"))


def sale(number, day, amount, customer="C"):
    return (f"D{number}", "1", day, customer, "S", "1", str(amount))


def amounts(office):
    return office.ask("select order_id, amount::int from sales order by order_id")


def test_replacing_a_month_leaves_other_months_and_brings_what_the_file_has(office):
    first = office.write("a.csv", HEADER, sale(1, "2026-09-30", 1), sale(2, "2026-10-01", 2), sale(3, "2026-10-31", 3))
    office.load(first)
    second = office.write(
        "b.csv", HEADER, sale(3, "2026-10-31", 30), sale(4, "2026-10-15", 4), sale(5, "2026-11-01", 5)
    )
    (file,) = office.load(second, wishes=OCTOBER).files
    assert (file.removed, file.loaded, file.corrections) == (2, 3, 0)
    assert amounts(office) == [("D1", 1), ("D3", 30), ("D4", 4), ("D5", 5)]
    assert office.ask("select replaced_month, removed from load_files where load_id = 2") == [("2026-10", 2)]


def test_a_file_loaded_before_is_loaded_again_where_its_month_is_replaced(office):
    path = office.write("a.csv", HEADER, sale(1, "2026-10-01", 1))
    office.load(path)
    (file,) = office.load(path, wishes=OCTOBER).files
    assert (file.removed, file.loaded, amounts(office)) == (1, 1, [("D1", 1)])


def test_a_file_whose_month_was_replaced_since_is_no_longer_taken_for_loaded(office):
    first = office.write("a.csv", HEADER, sale(1, "2026-10-01", 1))
    office.load(first)
    office.load(office.write("b.csv", HEADER, sale(2, "2026-10-01", 2)), wishes=OCTOBER)
    assert office.load(first).files[0].loaded == 1
    assert amounts(office) == [("D1", 1), ("D2", 2)]


def test_two_files_of_the_month_share_one_replacement(office):
    office.load(office.write("old.csv", HEADER, sale(9, "2026-10-09", 9)))
    files = [office.write(f"{n}.csv", HEADER, sale(n, "2026-10-01", n)) for n in (1, 2)]
    report = office.load(*files, wishes=OCTOBER)
    assert [file.removed for file in report.files] == [1, 0]
    assert amounts(office) == [("D1", 1), ("D2", 2)]


def test_a_month_is_not_replaced_by_nothing(office):
    office.load(office.write("a.csv", HEADER, sale(1, "2026-10-01", 1)))
    with pytest.raises(FileProblem, match=r"have no sales .*of 2026-10; nothing was replaced"):
        office.load(office.write("b.csv", HEADER, sale(2, "2026-11-01", 2)), wishes=OCTOBER)
    assert (office.version, amounts(office)) == ("v000001", [("D1", 1)])


def test_targets_are_replaced_by_their_month_and_masters_are_left_alone(office):
    header = ("month", "manager_id", "measure", "value")
    office.load(office.write("targets.csv", header, ("2026-09", "M", "amount", "9"), ("2026-10", "M", "amount", "10")))
    office.load(
        office.write("targets2.csv", header, ("2026-10", "N", "amount", "11")),
        office.write("managers.csv", ("manager_id",), ("M",), ("N",)),
        wishes=OCTOBER,
    )
    assert office.ask("select month, manager_id from targets order by all") == [("2026-09", "M"), ("2026-10", "N")]
    assert office.ask("select count(*) from managers where load_id is not null") == [(2,)]


@pytest.mark.parametrize("text", ["2026-10", "month=2026-13", "month=october", "day=2026-10-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(FileProblem, match="no month to replace"):
        parse_month(text)


def test_control_totals_say_what_was_read_loaded_replaced_and_is_there_now(office):
    office.load(office.write("a.csv", HEADER, sale(1, "2026-10-01", 100), sale(2, "2026-10-01", -30)))
    rows = (sale(1, "2026-10-01", 110), sale(2, "2026-10-01", -30), sale(3, "2026-10-02", 7), sale(3, "2026-10-02", 8))
    (file,) = office.load(office.write("b.csv", HEADER, *rows)).files
    control = file.control
    assert (file.corrections, file.duplicates, file.superseded) == (1, 1, 1)
    assert (control.before.amount, control.read.amount, control.loaded.amount) == (70, 95, 118)
    assert (control.replaced.amount, control.after.amount, control.after.qty) == (100, 88, Decimal(3))
    assert office.ask(
        "select read_amount::int, loaded_amount::int, before_amount::int, after_amount::int from load_files"
        " where load_id = 2"
    ) == [(95, 118, 70, 88)]


def test_a_correction_by_a_file_without_quantities_keeps_the_earlier_ones(office):
    office.load(office.write("a.csv", HEADER, sale(1, "2026-10-01", 100)))
    header = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "amount")
    (file,) = office.load(office.write("flat.csv", header, ("D1", "1", "2026-10-01", "C", "S", "90"))).files
    assert (file.corrections, file.control.after.qty, file.control.after.amount) == (1, 1, 90)


def rejects(office):
    (path,) = (office.warehouse / "rejects").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return path.name, list(csv.reader(file))


def test_rejects_stand_in_a_file_with_line_column_value_and_reasons_in_both_languages(office):
    rows = [sale(n, "2026-10-01", n) for n in range(40)]
    office.load(office.write("sales.csv", HEADER, *rows, ("D99", "1", "=2+3", "@C", "S", "1", "1")))
    name, (titles, row) = rejects(office)
    assert name == "v000001-1-sales.csv.csv"
    assert titles == ["行号 line", "列 column", "值 value", "原因", "reason", "原行 row"]
    assert row == ["42", "order_date", "'=2+3", "不是有效的日期", "is not a date", "D99,1,=2+3,@C,S,1,1"]


def test_a_load_stopped_by_its_rejects_leaves_them_in_a_file_and_says_where(office):
    with pytest.raises(TooManyRejects) as stopped:
        office.load(office.write("sales.csv", HEADER, sale(1, "soon", 1)))
    name, (_, row) = rejects(office)
    assert f"rejects/{name}" in stopped.value.hint and row[:3] == ["2", "order_date", "soon"]
    assert (office.version, stopped.value.exit_code) == (None, 3)


def test_going_back_shows_the_earlier_version_and_the_next_load_builds_on_it(office):
    office.load(office.write("a.csv", HEADER, sale(1, "2026-10-01", 1)))
    office.load(office.write("b.csv", HEADER, sale(2, "2026-10-01", 2)))
    go_back(office.warehouse, "v000001")
    assert amounts(office) == [("D1", 1)]
    office.load(office.write("c.csv", HEADER, sale(3, "2026-10-01", 3)))
    assert (office.version, amounts(office)) == ("v000003", [("D1", 1), ("D3", 3)])
    with pytest.raises(Exception, match="no version 'v000009'; kept are: v000001, v000002, v000003"):
        go_back(office.warehouse, "v000009")


def test_a_warehouse_of_an_earlier_release_gets_the_columns_it_lacks(office):
    office.load(office.write("customers.csv", ("customer_id",), ("C",)))
    with duckdb.connect(str(current_version(office.warehouse).path)) as connection:
        connection.execute("alter table load_files drop column after_qty")
        connection.execute("alter table products drop column cartons_per_case")
    office.load(office.write("a.csv", HEADER, sale(1, "2026-10-01", 1)))
    assert office.ask("select after_qty::int from load_files where extract = 'sales'") == [(1,)]
    assert office.ask("select count(cartons_per_case) from products") == [(0,)]
