"""The sums by month that are kept beside a version."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import metrics
import warehouse.monthly
from etl import create_tables
from metrics import Scope
from tests.world import World
from warehouse.connection import reading_cursor
from warehouse.monthly import has_months
from warehouse.settings import Settings
from warehouse.versions import Version, months_path, new_version


def publish(folder: Path, qty: int) -> Version:
    """A version with one sale."""
    with new_version(folder, keep=2) as draft:
        create_tables(draft.connection)
        draft.connection.execute("delete from sales")
        draft.connection.execute(
            "insert into sales (order_date, customer_id, sku_id, qty, amount) values ('2026-07-05', 'A', 'S', ?, 1)",
            [qty],
        )
        return draft.publish()


def test_lines_are_summed_by_month_customer_product_and_owner(world: World) -> None:
    world.sale("2026-07-01", "A", "S1", 5, 50, ordered=4)  # 4 of 4 ordered were delivered
    world.sale("2026-07-31", "A", "S1", 3, 30, ordered=6)
    world.sale("2026-07-31", "A", "S1", -1, -10)  # a return, ordered by nobody
    world.sale("2026-07-31", "A", "S1", 2, 20, manager="M2")  # another owner
    world.sale("2026-08-01", "A", "S1", -1, -10)  # another month, in which nothing was bought
    world.settle()
    rows = world.connection.execute("""
        select month_start, owner_id, qty, amount, delivered, ordered, first_bought, last_bought
        from months.monthly_sales
        order by month_start, owner_id nulls first
    """).fetchall()
    assert rows == [
        (date(2026, 7, 1), None, 7, 70, 7, 10, date(2026, 7, 1), date(2026, 7, 31)),
        (date(2026, 7, 1), "M2", 2, 20, None, None, date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 8, 1), None, Decimal(-1), Decimal(-10), None, None, None, None),
    ]


def test_two_lines_of_one_day_under_two_owners_are_one_order_day(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    for customer, second in (("A", "2026-07-05"), ("B", "2026-07-06")):
        world.sale("2026-07-05", customer, "S1", 1, manager="M1")
        world.sale(second, customer, "S1", 1, manager="M2")
    assert world.figure("repeat_rate", sku="S1") == 1 / 2


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-07-01", "2026-09-30", ("2026-07-01", "2026-10-01")),
        ("2026-07-02", "2026-09-29", ("2026-08-01", "2026-09-01")),
        ("2026-07-01", "2026-07-30", None),
        ("2026-07-02", "2026-08-30", None),
        ("2026-12-01", "2026-12-31", ("2026-12-01", "2027-01-01")),
        ("2026-02-28", "2026-02-28", None),
    ],
)
def test_whole_months_are_those_that_lie_in_the_period(first: str, last: str, months: tuple[str, str] | None) -> None:
    scope = Scope(date.fromisoformat(first), date.fromisoformat(last))
    found = scope.whole_months()
    assert found == (tuple(map(date.fromisoformat, months)) if months else (found[0], found[0]))


@pytest.mark.parametrize(("first", "last"), [("2026-07-01", "2026-09-30"), ("2026-07-31", "2026-10-01")])
def test_days_at_both_ends_and_months_between_count_once_each(world: World, first: str, last: str) -> None:
    world.customers("A")
    world.product("S1")
    for number, on in enumerate(("2026-06-30", "2026-07-01", "2026-07-31", "2026-08-15", "2026-09-30", "2026-10-01")):
        world.sale(on, "A", "S1", 10**number)
    inside = {"2026-07-01": 11110, "2026-07-31": 111100}[first]
    assert world.figure("amount", first=date.fromisoformat(first), last=date.fromisoformat(last)) == inside


def test_the_sums_are_made_once_a_version_and_go_with_it(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path)
    first = publish(tmp_path, 1)
    assert not has_months(first)
    reading_cursor(first, settings)
    made = months_path(first.path).stat().st_mtime_ns
    assert has_months(first)
    publish(tmp_path, 2)
    third = publish(tmp_path, 3)
    assert not months_path(first.path).exists()
    reading_cursor(third, settings)
    assert months_path(third.path).stat().st_mtime_ns > made


def test_sums_of_another_file_of_the_same_name_are_made_anew(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path)
    version = publish(tmp_path, 1)
    reading_cursor(version, settings)
    os.utime(version.path, (1, 1))
    assert not has_months(version)


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = publish(tmp_path, 7)

    made = warehouse.monthly._made

    def refuse_beside(version: Version, settings: Settings, folder: Path) -> Path:
        if folder == tmp_path:
            raise PermissionError("read-only")
        return made(version, settings, folder)

    monkeypatch.setattr("warehouse.monthly._made", refuse_beside)
    cursor = reading_cursor(version, Settings(warehouse=tmp_path))
    scope = Scope(date(2026, 7, 1), date(2026, 7, 31))
    assert metrics.value("qty", scope, cursor=cursor) == 7
    assert not months_path(version.path).exists()


def test_a_damaged_file_of_sums_is_made_anew(tmp_path: Path) -> None:
    version = publish(tmp_path, 1)
    months_path(version.path).write_bytes(b"half a file")
    assert not has_months(version)
    cursor = reading_cursor(version, Settings(warehouse=tmp_path))
    assert metrics.value("qty", Scope(date(2026, 7, 1), date(2026, 7, 31)), cursor=cursor) == 1


def test_the_months_in_which_a_product_was_bought_are_bits_and_returned_months_are_none(world: World) -> None:
    world.sale("2026-07-05", "A", "S1", 2)
    world.sale("2026-08-05", "A", "S1", 2, manager="M1")
    world.sale("2026-08-06", "A", "S1", -2, manager="M2")  # all returned, under another owner
    world.sale("2026-09-05", "A", "S1", 1)
    world.sale("2026-09-05", "B", "S1", -1)
    world.settle()
    first, months = world.connection.execute("select first_month, months from months.buying_months").fetchone()
    assert first == date(2016, 10, 1)  # 120 months up to September 2026
    assert months == 2**117 + 2**119  # July and September


def test_a_stock_count_knows_what_had_been_bought_by_its_day(world: World) -> None:
    world.sale("2026-06-30", "A", "S1", 5)
    world.check("2026-07-01", "A", "S1", True, 4)
    world.sale("2026-07-10", "A", "S1", 3)  # on the day of the second count: had by then
    world.sale("2026-07-10", "A", "S2", 90)  # another product
    world.sale("2026-07-10", "B", "S1", 90)  # another customer
    world.check("2026-07-10", "A", "S1", True, 6)
    world.check("2026-07-11", "A", "S1", True)  # no count
    world.check("2026-07-10", "C", "S1", True, 1)  # never bought
    world.settle()
    rows = world.connection.execute(
        "select customer_id, stock_qty, bought_so_far from months.stock_counts order by customer_id, check_date"
    ).fetchall()
    assert rows == [("A", 4, 5), ("A", 6, 8), ("C", 1, 0)]


def test_orders_by_day_are_days_with_a_quantity_above_zero_on_a_line_and_tell_what_did_not_come(world: World) -> None:
    world.customers("A", "B closed")
    world.sale("2026-07-05", "A", "S1", 2, ordered=5)
    world.sale("2026-07-05", "A", "S2", -3)  # the day nets below zero and has an order all the same
    world.sale("2026-07-06", "A", "S1", -1, ordered=4)  # a return: all that was ordered did not come
    world.sale("2026-07-07", "A", "S1", 9, ordered=4)  # more than was ordered makes up for nothing
    world.sale("2026-07-08", "B", "S1", 1)
    world.sale("2026-07-09", "B", "S1", -1)
    world.settle()
    rows = world.connection.execute(
        "select order_date, customer_id, qty, is_order, undelivered from months.daily_customer_sales order by all"
    ).fetchall()
    assert [(day.day, *rest) for day, *rest in rows] == [
        (5, "A", -1, True, 3),
        (6, "A", -1, False, 4),
        (7, "A", 9, True, 0),
        (8, "B", 1, True, None),
        (9, "B", -1, False, None),
    ]
    closed = world.connection.execute("select customer_id, order_date from months.closed_orders").fetchall()
    assert closed == [("B", date(2026, 7, 8))]
