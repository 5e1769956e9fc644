"""Days whose order cannot be told by looking: what fits all cells of a file, and what a chosen order makes of them."""

from datetime import date

import pytest
import xlsxwriter

from etl.look import look_at
from etl.mapping.day_orders import day_orders
from etl.mapping.remembered import recall
from etl.mapping.written import mapping_text, rule_of
from etl.plan import Limits
from etl.reading.source import Options

HEADER = ("day", "customer", "sku", "amount")
COLUMNS = {"order_date": "day", "customer_id": "customer", "sku_id": "sku", "amount": "amount"}


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def asked(office, work):
    """Ask of days written so in a file of their own."""

    def ask(*days, name="x.csv"):
        path = office.write(name, HEADER, *((day, "C1", "S1", "1") for day in days))
        (seen,) = look_at(path, work)
        return day_orders(path, seen, ["day"], Options(), work, Limits())

    return ask


def fits(found):
    return {order.date_format: order.fits for order in found.orders}


def test_days_that_fit_two_orders_leave_it_to_a_person_and_are_shown_in_each(asked):
    found = asked("03/04/2026", "05/06/2026 08:30", "07/07/2026")
    assert fits(found) == {"D/M/YY": 3, "M/D/YY": 3} and found.cells == 3
    assert found.certain == ""
    day_first, month_first = found.orders
    # Cells that differ between the orders are shown first.
    assert day_first.samples[:2] == (("03/04/2026", date(2026, 4, 3)), ("05/06/2026", date(2026, 6, 5)))
    assert month_first.samples[:2] == (("03/04/2026", date(2026, 3, 4)), ("05/06/2026", date(2026, 5, 6)))


def test_one_cell_far_below_what_a_glance_shows_decides(asked):
    days = ["03/04/2026"] * 5000 + ["25/04/2026", "合计", "99/99/2026"]
    found = asked(*days)
    assert fits(found) == {"D/M/YY": 5001, "M/D/YY": 5000}
    assert (found.certain, found.cells) == ("D/M/YY", 5001)
    assert found.orders[0].samples == (("25/04/2026", date(2026, 4, 25)), ("03/04/2026", date(2026, 4, 3)))
    assert found.orders[1].samples == (("25/04/2026", None), ("03/04/2026", date(2026, 3, 4)))


def test_where_no_order_fits_all_the_one_that_reads_most_is_taken_and_two_that_read_as_many_are_asked_for(asked):
    assert asked("25/04/2026", "26/04/2026", "04/27/2026").certain == "D/M/YY"
    assert asked("25/04/2026", "04/27/2026").certain == ""


def test_years_of_two_digits_may_stand_at_either_end(asked):
    found = asked("26-03-04", "26-03-05")
    assert fits(found) == {"D/M/YY": 2, "YY/M/D": 2}
    assert {order.samples[0] for order in found.orders} == {
        ("26-03-04", date(2004, 3, 26)),
        ("26-03-04", date(2026, 3, 4)),
    }


@pytest.mark.parametrize("days", [("2026-03-04", "2026/3/5"), ("20260304",), ("2026年3月4日",), ("x", "y"), ("",)])
def test_days_that_leave_no_doubt_and_what_is_no_day_are_not_asked_about(asked, days):
    assert asked(*days) is None


def test_a_chosen_order_is_loaded_by_remembered_and_kept_in_the_mapping_file(office, work):
    # A spreadsheet made a day of the second cell and left the others as they were typed; the last fits no order.
    rows = [(day, "C1", "S1", "1") for day in ("03/04/2026", "2026-05-06", "13.04.2026", "04/13/2026")]
    path = office.write("x.csv", HEADER, *rows)
    (seen,) = look_at(path, work)
    mapping = work / "m.toml"
    mapping.write_text(mapping_text([rule_of(seen, "flat_sales", COLUMNS, {}, Options(), "D/M/YY")]), "utf-8")
    (file,) = office.load(path, mapping=mapping, reject_share=1.0).files
    assert (file.read, file.loaded, file.rejected) == (4, 3, 1)
    assert office.ask("select order_date::varchar from sales order by 1") == [
        ("2026-04-03",),
        ("2026-04-13",),
        ("2026-05-06",),
    ]
    assert office.ask("select value, reason_en from rejects") == [("04/13/2026", "is not a date")]
    (again,) = look_at(office.write("next.csv", HEADER, rows[0]), work, remembered=recall(office.warehouse))
    assert again.rule.date_format == "D/M/YY"
    office.load(office.folder / "next.csv")
    assert office.ask("select count(*) from sales where order_date = date '2026-04-03'") == [(1,)]


def test_texts_among_the_days_of_a_workbook_are_asked_about(office, work):
    path = office.folder / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["销售明细表"])
        sheet.write_row(1, 0, HEADER)
        sheet.write_datetime(2, 0, date(2026, 3, 25), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(2, 1, ["C1", "S1", 1])
        sheet.write_row(3, 0, ["04/05/2026", "C1", "S1", 1])
        sheet.write_row(4, 0, ["合计", "", "", 2])
    (seen,) = look_at(path, work)
    found = day_orders(path, seen, ["day"], Options(), work, Limits())
    assert fits(found) == {"D/M/YY": 1, "M/D/YY": 1} and found.certain == ""
