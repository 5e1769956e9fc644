"""Mapping files: other headers, joins, wide months and arithmetic, and nothing that could be SQL."""

from decimal import Decimal

import pytest

from etl.errors import FileProblem, MappingProblem


@pytest.fixture
def mapping(office):
    def write(text):
        path = office.folder.parent / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_headers_of_ones_own_are_mapped(office, mapping):
    office.write("x.csv", ("Kunde", "Stufe"), ("0017", "5"))
    given = mapping("""
        [[file]]
        pattern = "x.csv"
        extract = "customers"
        columns = { customer_id = "Kunde", tier = "Stufe" }
    """)
    office.load(mapping=given)
    assert office.ask("select customer_id, tier from customers") == [("0017", 5)]


def test_columns_are_looked_up_in_another_file_and_multiplied(office, mapping):
    office.write("heads.csv", ("no", "day", "who"), ("1", "2026-07-01", "C1"), ("2", "2026-07-02", "C2"))
    office.write(
        "lines.csv",
        ("no", "item", "pieces", "price", "discount"),
        ("2", "S1", "3", "1,000.50", "0.1"),
        ("1", "S1", "2", "10", "0"),
        ("9", "S1", "2", "10", "0"),  # no such head: a row without a day
        ("1", "S2", "2", "ten", "0"),  # no number
    )
    given = mapping("""
        only = true
        [[file]]
        pattern = "lines.csv"
        extract = "sales"
        [file.columns]
        order_id = "no"
        order_date = "heads.day"
        customer_id = "heads.who"
        sku_id = "item"
        qty = "pieces"
        amount = { product = ["price", "pieces", { one_minus = "discount" }] }
        [[file.join]]
        file = "heads.csv"
        on = { no = "no" }
    """)
    report = office.load(mapping=given, reject_share=0.5)
    assert (report.files[0].read, report.files[0].loaded, report.skipped) == (4, 2, ("heads.csv",))
    assert office.ask("select customer_id, qty, amount from sales order by 1") == [
        ("C1", 2, 20),
        ("C2", 3, Decimal("2701.35")),
    ]
    assert office.ask('select line, "column", value from rejects order by line') == [
        (4, "order_date", None),
        (5, "amount", "ten × 2 × 0"),
    ]


def test_a_key_found_twice_in_the_joined_file_stops_the_load(office, mapping):
    office.write("heads.csv", ("no", "area"), ("1", "a"), ("1", "b"))
    office.write("customers.csv", ("customer_id", "no"), ("C", "1"))
    given = mapping("""
        only = true
        [[file]]
        pattern = "customers.csv"
        extract = "customers"
        columns = { area = "heads.area" }
        join = [{ file = "heads.csv", on = { no = "no" } }]
    """)
    with pytest.raises(MappingProblem, match=r"heads\.csv has 1 more than once"):
        office.load(mapping=given)


def test_wide_months_become_rows_and_empty_cells_none(office, mapping):
    office.write("plan.csv", ("Year", "Who", "Jan", "Feb"), ("2026", "M1", "1.5", "-"), ("2026", "M2", "", "2"))
    given = mapping("""
        [[file]]
        pattern = "plan.csv"
        extract = "targets"
        [file.columns]
        month = { joined = ["Year", "number"], with = "-" }
        manager_id = "Who"
        measure = { constant = "amount" }
        value = { product = ["cell", { constant = "1000" }] }
        [file.unpivot]
        columns = { Jan = "01", Feb = "02" }
        label = "number"
        value = "cell"
        skip = ["-"]
    """)
    assert office.load(mapping=given).files[0].read == 2
    assert office.ask("select month, manager_id, value from targets order by 2") == [
        ("2026-01", "M1", 1500),
        ("2026-02", "M2", 2000),
    ]


def test_a_file_without_a_header_gets_its_names_from_the_mapping(office, mapping):
    (office.folder / "c.csv").write_text("A|1|x\nB|2|y\n", encoding="utf-8")
    given = mapping("""
        [[file]]
        pattern = "c.csv"
        extract = "customers"
        header = false
        names = ["code", "level", "rest"]
        columns = { customer_id = "code", tier = "level" }
    """)
    assert office.load(mapping=given).files[0].read == 2
    assert office.ask("select customer_id, tier from customers order by 1") == [("A", 1), ("B", 2)]


def test_the_first_column_that_is_filled_is_taken(office, mapping):
    office.write("customers.csv", ("code", "name"), ("", "Shop"), ("7", "Other"))
    given = mapping("""
        [[file]]
        extract = "customers"
        columns = { customer_id = { first_of = ["code", "name"] } }
    """)
    office.load(mapping=given)
    assert office.ask("select customer_id from customers order by 1") == [("7",), ("Shop",)]


def test_american_days_are_read_where_the_mapping_allows_them(office, mapping):
    office.write("visits.csv", ("visit_date", "customer_id", "manager_id"), ("12/1/10 8:26", "C", "M"))
    with pytest.raises(FileProblem.__base__, match="12/1/10"):
        office.load()
    office.load(mapping=mapping('[[file]]\ndate_format = "M/D/YY"'))
    assert office.ask("select visit_date::varchar from visits") == [("2010-12-01",)]


@pytest.mark.parametrize("header", ['a" from sales; drop table sales; --', "a' || 'b", "a, b"])
def test_a_header_that_looks_like_sql_is_only_a_header(office, mapping, header):
    office.write("customers.csv", (header, "tier"), ("C", "1"))
    quoted = header.replace("\\", "\\\\").replace('"', '\\"')
    given = mapping(f'[[file]]\nextract = "customers"\ncolumns = {{ customer_id = "{quoted}" }}')
    office.load(mapping=given)
    assert office.ask("select customer_id from customers") == [("C",)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[file", "cannot be read"),
        ("[[files]]", "files, which means nothing"),
        ('[[file]]\nextract = "customer"', "an extract 'customer'"),
        ('[[file]]\ndate_format = "YMD"', "a date_format 'YMD'"),
        ('[[file]]\nextract = "customers"\ncolumns = { id = "a" }', "id, which means nothing"),
        ('[[file]]\nextract = "customers"\ncolumns = { customer_id = "custmer" }', "a column 'custmer' .* customer_id"),
        ('[[file]]\nextract = "customers"\ncolumns = { tier = { sum = ["a"] } }', "neither a column's name"),
        ('[[file]]\nextract = "customers"\njoin = [{ file = "gone.csv", on = { tier = "x" } }]', "no file .*gone.csv"),
    ],
)
def test_a_mistake_in_a_mapping_file_is_named(office, mapping, text, message):
    office.write("customers.csv", ("customer_id", "tier"), ("C", "1"))
    with pytest.raises((MappingProblem, FileProblem), match=message):
        office.load(mapping=mapping(text))
    assert office.version is None
