"""Where rows go: loaded, duplicate, superseded or rejected, never nowhere; and the rules of keys that decide it."""

from decimal import Decimal

import pytest

from etl.errors import LoadFailed, TooManyRejects

LINES = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")


def counts(report, file=0):
    counted = report.files[file]
    return {
        name: getattr(counted, name)
        for name in ("read", "loaded", "duplicates", "superseded", "rejected", "corrections")
        if getattr(counted, name)
    }


def quantities(office):
    return [row[0] for row in office.ask("select qty from sales order by all")]


def test_every_row_read_is_loaded_duplicate_superseded_or_rejected(office):
    office.write(
        "sales.csv",
        LINES,
        ("O1", "1", "2026-07-01", "C", "S", "1", "10"),
        ("O1", "1", "2026-07-01", "C", "S", "1", "10"),  # the same again
        ("O1", "2", "2026-07-01", "C", "S", "2", "20"),  # replaced two rows on
        ("O2", "1", "soon", "C", "S", "3", "30"),  # no day
        ("O1", "2", "2026-07-01", "C", "S", "4", "40"),
        ("O3", "1", "2026-07-01", "C", "S", "-5", "-50"),  # a return
        ("O4", "1", "2026-07-01", "", "S", "6", "60"),  # no customer
        ("O5", "1", "2026-07-01", "C", "S"),  # cut off
    )
    report = office.load(reject_share=0.5)
    assert counts(report) == {"read": 8, "loaded": 3, "duplicates": 1, "superseded": 1, "rejected": 3}
    assert quantities(office) == [-5, 1, 4]
    assert office.ask("select read, loaded + duplicates + superseded + rejected from load_files") == [(8, 8)]
    assert office.ask("select loaded_qty, loaded_amount from load_files") == [(Decimal(0), Decimal(0))]


def test_a_rejected_row_says_where_it_stood_what_it_held_and_why_in_both_languages(office):
    office.write(
        "sales.csv",
        LINES,
        ("O1", "1", "2026-07-01", "C", "S", "1", "10"),
        ("O5", "1", "2026-07-01", "C", "S"),
        ("O2", "1", "soon", "C", "S", "3", "30"),
        ("O4", "1", "2026-07-01", "", "S", "6", "60"),
    )
    office.load(reject_share=0.9)
    assert office.ask('select file, line, "column", value, reason_en, reason_zh from rejects order by line') == [
        ("sales.csv", 3, None, None, "has fewer columns than the header", "列数少于表头"),
        ("sales.csv", 4, "order_date", "soon", "is not a date", "不是有效的日期"),
        ("sales.csv", 5, "customer_id", None, "is empty but must be filled in", "必填，但为空"),
    ]
    assert office.ask("select raw from rejects where line = 4") == [("O2,1,soon,C,S,3,30",)]


def test_without_line_numbers_order_and_product_are_the_key(office):
    office.write(
        "sales.csv",
        ("order_id", "order_date", "customer_id", "sku_id", "qty", "amount"),
        ("O1", "2026-07-01", "C", "S1", "1", "10"),
        ("O1", "2026-07-01", "C", "S2", "2", "20"),
        ("O1", "2026-07-01", "C", "S1", "3", "30"),  # other values: the later line wins
        ("O1", "2026-07-01", "C", "S2", "2", "20"),  # the same values
    )
    assert counts(office.load()) == {"read": 4, "loaded": 2, "duplicates": 1, "superseded": 1}
    assert quantities(office) == [2, 3]


def test_without_an_order_number_the_whole_row_is_the_key(office):
    office.write(
        "sales.csv",
        ("order_date", "customer_id", "sku_id", "qty", "amount"),
        ("2026-07-01", "C", "S", "1", "10"),
        ("2026-07-01", "C", "S", "1", "10.00"),  # the same value, written otherwise
        ("2026-07-01", "C", "S", "2", "10"),
    )
    assert counts(office.load()) == {"read": 3, "loaded": 2, "duplicates": 1}


def test_one_file_may_hold_rows_of_all_three_keys(office):
    office.write(
        "sales.csv",
        LINES,
        ("O1", "1", "2026-07-01", "C", "S", "1", "1"),
        ("O1", "", "2026-07-01", "C", "S", "2", "1"),
        ("", "", "2026-07-01", "C", "S", "3", "1"),
        ("O1", "1", "2026-07-01", "C", "S", "1", "1"),
        ("O1", "", "2026-07-01", "C", "S", "4", "1"),
        ("", "", "2026-07-01", "C", "S", "3", "1"),
    )
    assert counts(office.load()) == {"read": 6, "loaded": 3, "duplicates": 2, "superseded": 1}
    assert quantities(office) == [1, 3, 4]


def test_each_change_within_a_file_supersedes_and_each_repetition_is_a_duplicate(office):
    office.write(
        "sales.csv",
        LINES,
        *(("O1", "1", "2026-07-01", "C", "S", qty, "1") for qty in ("1", "1", "2", "2", "2", "1")),
    )
    assert counts(office.load()) == {"read": 6, "loaded": 1, "duplicates": 3, "superseded": 2}
    assert quantities(office) == [1]


def test_repeated_lines_are_found_in_an_order_of_any_length(office):
    for lines in (2, 63, 64, 65, 300):
        order = [(f"O{lines}", str(10 * line), "2026-07-01", "C", "S", "1", "10") for line in range(1, lines + 1)]
        path = office.write(f"sales_{lines}.csv", LINES, *order, order[0], (*order[-1][:5], "2", "20"))
        found = counts(office.load(path))
        assert found == {"read": lines + 2, "loaded": lines, "duplicates": 1, "superseded": 1}


def test_the_same_file_again_changes_nothing_and_says_so(office):
    path = office.write("sales.csv", LINES, ("O1", "1", "2026-07-01", "C", "S", "1", "10"))
    office.load()
    report = office.load(path)
    assert not report.published
    assert report.version == office.version == "v000001"
    assert report.files[0].unchanged_since == "v000001"
    assert counts(report) == {"read": 1, "duplicates": 1}


def test_the_same_rows_in_another_file_are_duplicates_of_the_earlier_load(office):
    rows = [("O1", "1", "2026-07-01", "C", "S", "1", "10"), ("O1", "", "2026-07-02", "C", "S", "1", "10")]
    office.write("sales.csv", LINES, *rows, ("", "", "2026-07-03", "C", "S", "1", "10"))
    office.load()
    again = office.write("sales_2.csv", LINES, *reversed(rows), ("", "", "2026-07-03", "C", "S", "1", "10"))
    assert counts(office.load(again)) == {"read": 3, "duplicates": 3}
    assert quantities(office) == [1, 1, 1]


def test_other_values_for_a_key_of_an_earlier_load_are_a_correction_and_count_as_loaded(office):
    office.write(
        "sales.csv",
        LINES,
        ("O1", "1", "2026-07-01", "C", "S", "1", "10"),
        ("O1", "2", "2026-07-01", "C", "S", "5", "50"),
    )
    office.load()
    later = office.write(
        "sales_late.csv",
        LINES,
        ("O1", "1", "2026-07-01", "C", "S", "2", "20"),
        ("O1", "3", "2026-07-01", "C", "S", "7", "70"),
    )
    assert counts(office.load(later)) == {"read": 2, "loaded": 2, "corrections": 1}
    assert quantities(office) == [2, 5, 7]


def test_a_correction_leaves_alone_what_its_file_has_no_column_for(office):
    office.write("customers.csv", ("customer_id", "customer_name", "area", "tier"), ("001", "Shop", "East", "5"))
    office.load()
    later = office.write("customers_tiers.csv", ("customer_id", "tier"), ("001", "9"))
    assert counts(office.load(later)) == {"read": 1, "loaded": 1, "corrections": 1}
    assert office.ask("select customer_id, customer_name, area, tier from customers") == [("001", "Shop", "East", 9)]


def test_of_two_rows_for_a_customer_the_later_wins(office):
    office.write("customers.csv", ("customer_id", "customer_name"), ("001", "Old"), ("002", "Other"), ("001", "New"))
    assert counts(office.load()) == {"read": 3, "loaded": 2, "superseded": 1}
    assert office.ask("select customer_name from customers order by customer_id") == [("New",), ("Other",)]


def test_equal_answers_to_a_survey_are_separate_answers_but_not_when_loaded_twice(office):
    header, answer = ("survey_date", "audience", "score"), ("2026-07-01", "consumer", "80")
    office.write("surveys.csv", header, answer, answer)
    assert counts(office.load()) == {"read": 2, "loaded": 2}
    again = office.write("surveys_2.csv", header, answer, answer, answer)
    assert counts(office.load(again)) == {"read": 3, "loaded": 1, "duplicates": 2}


def test_targets_with_and_without_a_product_are_different_targets(office):
    office.write(
        "targets.csv",
        ("month", "manager_id", "measure", "sku_id", "value"),
        ("2026-07", "M", "amount", "", "100"),
        ("2026-07", "M", "numeric_distribution", "S1", "0.5"),
        ("2026-07", "M", "numeric_distribution", "S2", "0.6"),
        ("2026-07", "M", "amount", "", "120"),
    )
    assert counts(office.load()) == {"read": 4, "loaded": 3, "superseded": 1}


def test_more_rejects_than_the_threshold_stop_the_load_and_publish_nothing(office):
    office.write("customers.csv", ("customer_id", "tier"), ("1", "5"))
    office.load()
    good = [("O1", str(line), "2026-07-01", "C", "S", "1", "1") for line in range(18)]
    bad = office.write("sales.csv", LINES, *good, ("O9", "1", "never", "C", "S", "1", "1"), ("O9", "2", "2026-07-01"))
    with pytest.raises(TooManyRejects, match=r"sales.csv: 2 of 20 rows .* more than 5%.*line 20: order_date 'never'"):
        office.load(bad)
    assert office.version == "v000001"
    assert counts(office.load(bad, reject_share=0.1)) == {"read": 20, "loaded": 18, "rejected": 2}


def test_rows_without_any_value_are_no_data_rows(office):
    (office.folder / "customers.csv").write_text("customer_id,tier\n1,5\n,\n\n2,6\n , \n", encoding="utf-8")
    assert counts(office.load()) == {"read": 2, "loaded": 2}


def test_facts_are_stored_in_order_of_their_day(office):
    office.write(
        "sales.csv", LINES, *(("O", str(day), f"2026-07-{day:02}", "C", "S", "1", "1") for day in (9, 3, 27, 1))
    )
    office.load()
    late = office.write("sales_june.csv", LINES, ("P", "1", "2026-06-30", "C", "S", "1", "1"))
    office.load(late)
    days = [row[0] for row in office.ask("select order_date from sales order by rowid")]
    assert days == sorted(days) and len(days) == 5


def test_a_check_rejects_a_row_by_its_rule(office):
    office.write("customers.csv", ("customer_id", "tier"), ("1", "31"), ("2", "30"))
    office.load(reject_share=0.5)
    assert office.ask('select "column", value, reason_en, reason_zh from rejects') == [
        ("tier", "31", "breaks the rule: tiers run from 1 to 30", "档位应在1至30之间")
    ]


def test_a_warehouse_that_cannot_be_written_is_named_and_stays_as_it_was(office):
    office.write("customers.csv", ("customer_id",), ("A",))
    office.warehouse.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(LoadFailed, match="nothing was published"):
        office.load()
