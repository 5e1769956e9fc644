"""Whose sale it is: the line's own manager, the one assigned that day, the customer's."""

import duckdb
import pytest

import etl


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        etl.create_tables(connection)
        yield connection


def sale(connection, order_date, customer_id, manager_id=None):
    connection.execute(
        "insert into sales (order_date, customer_id, sku_id, qty, amount, manager_id) values (?, ?, 'S', 1, 1, ?)",
        [order_date, customer_id, manager_id],
    )


def owners(connection):
    etl.resolve_owners(connection)
    return [row[0] for row in connection.execute("select owner_id from sales order by order_date").fetchall()]


def test_a_customer_handed_over_in_march_counts_for_the_old_manager_before_and_the_new_one_after(connection):
    connection.execute("insert into customers (customer_id, manager_id) values ('C', 'NEW')")
    connection.execute(
        "insert into assignments values"
        " ('C', 'OLD', '2026-01-01', '2026-03-14', 1), ('C', 'NEW', '2026-03-15', null, 1)"
    )
    for day in ("2026-01-01", "2026-03-14", "2026-03-15", "2026-11-01"):
        sale(connection, day, "C")
    assert owners(connection) == ["OLD", "OLD", "NEW", "NEW"]


def test_the_manager_a_line_names_goes_before_the_assignment(connection):
    connection.execute("insert into assignments values ('C', 'OLD', '2026-01-01', null, 1)")
    sale(connection, "2026-02-01", "C", "SELF")
    assert owners(connection) == ["SELF"]


def test_days_without_an_assignment_count_for_the_customers_own_manager(connection):
    connection.execute("insert into customers (customer_id, manager_id) values ('C', 'HOME')")
    connection.execute(
        "insert into assignments values ('C', 'A', '2026-02-01', '2026-02-28', 1), ('C', 'B', '2026-04-01', null, 1)"
    )
    for day in ("2026-01-31", "2026-02-28", "2026-03-01", "2026-04-01"):
        sale(connection, day, "C")
    assert owners(connection) == ["HOME", "A", "HOME", "B"]


def test_where_spells_overlap_the_later_start_wins_and_the_longer_one_comes_back_after(connection):
    connection.execute(
        "insert into assignments values"
        " ('C', 'LONG', '2026-01-01', null, 1), ('C', 'GUEST', '2026-02-01', '2026-02-10', 1)"
    )
    for day in ("2026-01-31", "2026-02-01", "2026-02-10", "2026-02-11"):
        sale(connection, day, "C")
    assert owners(connection) == ["LONG", "GUEST", "GUEST", "LONG"]


def test_a_sale_of_a_customer_nobody_knows_has_no_owner(connection):
    sale(connection, "2026-02-01", "X")
    assert owners(connection) == [None]


def test_owners_follow_a_changed_assignment(connection):
    connection.execute("insert into assignments values ('C', 'OLD', '2026-01-01', null, 1)")
    sale(connection, "2026-02-01", "C")
    assert owners(connection) == ["OLD"]
    connection.execute("update assignments set manager_id = 'NEW'")
    assert owners(connection) == ["NEW"]
    connection.execute("delete from assignments")
    assert owners(connection) == [None]
