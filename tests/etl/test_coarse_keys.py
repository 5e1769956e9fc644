"""Corrections across loads of which only one side numbers the lines of orders."""

from decimal import Decimal

import pytest

from etl.load import Wishes
from etl.tables.replace import parse_month

FINE = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")
COARSE = ("order_id", "order_date", "customer_id", "sku_id", "qty", "amount")
DAY = "2026-10-01"


def sales(office):
    return office.ask("select order_id, line_no, sku_id, qty::int, amount::int from sales order by 1, 2, 3")


@pytest.fixture
def earlier(office):
    office.load(
        office.write(
            "sales1.csv",
            FINE,
            ("D1", 1, DAY, "C", "S1", 1, 10),
            ("D1", 2, DAY, "C", "S2", 2, 20),
            ("D2", 1, DAY, "C", "S1", 3, 30),
            ("D2", 2, DAY, "C", "S1", 4, 40),
        )
    )
    return office


def test_a_correction_without_a_line_number_takes_the_place_of_the_one_line_it_can_mean(earlier):
    (file,) = earlier.load(earlier.write("sales2.csv", COARSE, ("D1", DAY, "C", "S1", 5, 50))).files
    assert (file.loaded, file.corrections, file.control.after.amount) == (1, 1, Decimal(140))
    assert sales(earlier)[:2] == [("D1", 1, "S1", 5, 50), ("D1", 2, "S2", 2, 20)]
    (again,) = earlier.load(earlier.write("sales3.csv", COARSE, ("D1", DAY, "C", "S1", 5, 50))).files
    assert (again.loaded, again.duplicates) == (0, 1)


def test_an_empty_line_number_leaves_the_one_that_is_known(earlier):
    (file,) = earlier.load(earlier.write("sales2.csv", FINE, ("D1", "", DAY, "C", "S1", 5, 50))).files
    assert (file.loaded, file.corrections) == (1, 1)
    assert sales(earlier)[0] == ("D1", 1, "S1", 5, 50)


def test_where_several_lines_could_be_meant_the_row_is_rejected_in_words(earlier):
    rows = [("D2", DAY, "C", "S1", 9, 90), ("D3", DAY, "C", "S1", 1, 1)]
    (file,) = earlier.load(earlier.write("sales2.csv", COARSE, *rows), reject_share=0.5).files
    assert (file.read, file.loaded, file.rejected) == (2, 1, 1)
    ((line, column, reason, raw),) = earlier.ask('select line, "column", reason_en, raw from rejects')
    assert (line, column) == (2, "line_no") and "several lines of this order and product" in reason
    assert raw.startswith("D2,2026-10-01,C,S1,9")
    assert ("D2", 1, "S1", 3, 30) in sales(earlier) and ("D2", 2, "S1", 4, 40) in sales(earlier)


def test_a_month_that_is_replaced_makes_room_for_rows_without_line_numbers(earlier):
    path = earlier.write("sales2.csv", COARSE, ("D2", DAY, "C", "S1", 9, 90))
    (file,) = earlier.load(path, wishes=Wishes(replace=parse_month("month=2026-10"))).files
    assert (file.loaded, file.rejected) == (1, 0)
    assert sales(earlier) == [("D2", None, "S1", 9, 90)]


def test_lines_that_never_had_numbers_are_corrected_as_before(office):
    office.load(office.write("sales1.csv", COARSE, ("D1", DAY, "C", "S1", 1, 10)))
    (file,) = office.load(office.write("sales2.csv", COARSE, ("D1", DAY, "C", "S1", 5, 50))).files
    assert (file.loaded, file.corrections) == (1, 1)
    assert sales(office) == [("D1", None, "S1", 5, 50)]


@pytest.fixture
def unnumbered(office):
    office.load(office.write("sales1.csv", COARSE, ("D1", DAY, "C", "S1", 1, 10), ("D1", DAY, "C", "S2", 2, 20)))
    return office


def test_a_line_that_comes_again_with_its_number_is_no_second_sale(unnumbered):
    rows = [("D1", 1, DAY, "C", "S1", 5, 50), ("D1", 2, DAY, "C", "S2", 2, 20)]
    (file,) = unnumbered.load(unnumbered.write("sales2.csv", FINE, *rows)).files
    assert (file.loaded, file.corrections, file.control.after.amount) == (2, 2, Decimal(70))
    assert sales(unnumbered) == [("D1", 1, "S1", 5, 50), ("D1", 2, "S2", 2, 20)]
    (again,) = unnumbered.load(unnumbered.write("sales3.csv", FINE, *rows, ("D1", 3, DAY, "C", "S1", 1, 1))).files
    assert (again.loaded, again.duplicates, again.corrections) == (1, 2, 0)


def test_where_several_numbered_lines_could_be_the_one_without_they_are_rejected_in_words(unnumbered):
    rows = [("D1", 1, DAY, "C", "S1", 1, 10), ("D1", 2, DAY, "C", "S1", 4, 40), ("D1", 3, DAY, "C", "S2", 3, 30)]
    (file,) = unnumbered.load(unnumbered.write("sales2.csv", FINE, *rows), reject_share=0.7).files
    assert (file.read, file.loaded, file.rejected) == (3, 1, 2)
    found = unnumbered.ask('select line, "column", value, reason_en from rejects order by line')
    assert [row[:3] for row in found] == [(2, "line_no", "1"), (3, "line_no", "2")]
    assert all("an earlier load has one without a line number" in row[3] for row in found)
    assert sales(unnumbered) == [("D1", 3, "S2", 3, 30), ("D1", None, "S1", 1, 10)]


def test_a_month_that_is_replaced_makes_room_for_several_numbered_lines(unnumbered):
    rows = [("D1", 1, DAY, "C", "S1", 1, 10), ("D1", 2, DAY, "C", "S1", 4, 40)]
    path = unnumbered.write("sales2.csv", FINE, *rows)
    (file,) = unnumbered.load(path, wishes=Wishes(replace=parse_month("month=2026-10"))).files
    assert (file.loaded, file.rejected) == (2, 0)


def test_a_numbered_line_that_is_known_leaves_the_one_without_a_number_to_the_other(office):
    known, other = ("D1", 1, DAY, "C", "S1", 1, 10), ("D1", 2, DAY, "C", "S1", 5, 50)
    office.load(office.write("sales1.csv", FINE, known, ("D1", "", DAY, "C", "S1", 4, 40)))
    (file,) = office.load(office.write("sales2.csv", FINE, known, other)).files
    assert (file.loaded, file.duplicates, file.corrections) == (1, 1, 1)
    assert sales(office) == [("D1", 1, "S1", 1, 10), ("D1", 2, "S1", 5, 50)]


def test_a_line_without_a_number_in_the_same_file_is_the_earlier_one_and_the_numbered_line_is_new(unnumbered):
    rows = [("D1", 1, DAY, "C", "S1", 5, 50), ("D1", "", DAY, "C", "S1", 1, 10)]
    (file,) = unnumbered.load(unnumbered.write("sales2.csv", FINE, *rows)).files
    assert (file.loaded, file.duplicates, file.corrections, file.rejected) == (1, 1, 0, 0)


def test_a_target_for_everything_is_none_for_the_one_product_that_has_its_own(office):
    header, month = ("month", "manager_id", "measure", "sku_id", "value"), "2026-10"
    products = [(month, "M", "amount", "S1", 10), (month, "N", "amount", "S1", 1), (month, "N", "amount", "S2", 2)]
    office.load(office.write("targets1.csv", header, *products))
    whole = [(month, "M", "amount", "", 100), (month, "N", "amount", "", 200)]
    (file,) = office.load(office.write("targets2.csv", header, *whole)).files
    assert (file.loaded, file.corrections, file.rejected) == (2, 0, 0)
    assert office.ask("select sum(value)::int, count(*) from targets") == [(313, 5)]
