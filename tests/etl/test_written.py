"""What a person chose becomes a mapping file that reads back as it was meant, whatever names and headers hold."""

import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts import BY_NAME
from etl.errors import MappingProblem
from etl.look import Look, look_at
from etl.mapping.proposals import propose
from etl.mapping.remembered import recall
from etl.mapping.rules import Rule, read_mapping
from etl.mapping.written import mapping_text, rule_of
from etl.reading.source import Options

HEADER = ("开票日", "购货单位", "货品", "价税合计", "amount")
ROW = ("2026-10-01", "东街店", "青瓷", "12.5", "99")
CHOSEN = {"order_date": "开票日", "customer_name": "购货单位", "sku_name": "货品", "amount": "价税合计"}


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def written(folder, *rules):
    path = folder / "m.toml"
    path.write_text(mapping_text(rules), encoding="utf-8")
    return path


def test_the_chosen_columns_and_units_are_loaded_and_no_others(office, work):
    path = office.write("导出.csv", HEADER, ROW, encoding="gb18030")
    (seen,) = look_at(path, work)
    mapping = written(work, rule_of(seen, "flat_sales", CHOSEN | {"qty": ""}, {"amount": "万元"}, Options()))
    (file,) = office.load(path, mapping=mapping).files
    assert (file.extract, file.unused) == ("flat_sales", ("amount",))
    assert office.ask("select customer_id, sku_id, qty, amount::int from sales") == [("东街店", "青瓷", None, 125_000)]
    (again,) = look_at(office.write("next.csv", HEADER, ROW), work, remembered=recall(office.warehouse))
    assert again.is_recalled and again.rule.units == {"amount": "万元"}


def test_what_was_stated_of_the_file_is_written_and_what_was_found_out_is_not(office, work):
    path = office.write("x.csv", ("title", "a"), HEADER[:4], ROW[:4], delimiter="|", encoding="gb18030")
    options = Options(encoding="gb18030", delimiter="|", header_line=2)
    (seen,) = look_at(path, work, options)
    entry = rule_of(seen, "flat_sales", CHOSEN, {}, options, "M/D/YY")
    assert {key: entry[key] for key in ("encoding", "delimiter", "header_line", "date_format")} == {
        "encoding": "gb18030",
        "delimiter": "|",
        "header_line": 2,
        "date_format": "M/D/YY",
    }
    assert read_mapping(written(work, entry)).rules[0].options == options
    plain = rule_of(look_at(office.write("y.csv", HEADER, ROW), work)[0], "flat_sales", CHOSEN, {}, Options())
    assert set(plain) == {"pattern", "extract", "guess", "columns"}


def test_sheets_of_a_workbook_have_rules_of_their_own_and_names_of_their_own_in_the_report(office, work):
    path = office.folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("十月", [HEADER, ROW]), ("十一月", [HEADER, (*ROW[:3], "7", "1")]), ("说明", [("a", "b")])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    first, second, _ = look_at(path, work)
    rules = [rule_of(seen, "flat_sales", CHOSEN, {}, Options()) for seen in (first, second)]
    report = office.load(path, mapping=written(work, *rules))
    assert [(file.file, file.loaded) for file in report.files] == [("book.xlsx [十月]", 1), ("book.xlsx [十一月]", 1)]
    assert office.ask("select amount::double from sales order by 1") == [(7,), (12.5,)]
    # Remembered once for both, for whatever sheet has these headers next.
    assert [rule.options for rules in recall(office.warehouse).values() for rule in rules] == [Options()]


def test_members_of_an_archive_have_rules_of_their_own_and_the_rest_is_left_aside(office, work):
    path = office.folder / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, amount in (("1/x[1].csv", 1), ("2/x[1].csv", 20), ("2/x1.csv", 300)):
            packed.writestr(name, f"a,b,c,d\n2026-10-01,C,S,{amount}\n")
    columns = dict(zip(("order_date", "customer_id", "sku_id", "amount"), "abcd", strict=True))
    seen = [look for look in look_at(path, work) if look.file == "all.zip/2/x[1].csv"]
    report = office.load(path, mapping=written(work, rule_of(seen[0], "flat_sales", columns, {}, Options())))
    assert office.ask("select amount::int from sales") == [(20,)]
    assert set(report.skipped) == {"all.zip/1/x[1].csv", "all.zip/2/x1.csv"}


def test_what_a_remembered_mapping_makes_of_several_headers_stays_unless_another_is_chosen():
    stated = {"extract": "flat_sales", "columns": {"amount": {"product": ["p", "q"]}, "qty": "q"}, "join": []}
    known = Rule(extract="flat_sales", stated=stated)
    seen = Look("x.csv", "x.csv", header=("d", "c", "s", "p", "q"), rule=known)
    chosen = {"order_date": "d", "customer_id": "c", "sku_id": "s"}
    assert rule_of(seen, "flat_sales", chosen, {}, Options())["columns"] == {
        "amount": {"product": ["p", "q"]},
        **chosen,
    }
    for other in ("p", ""):
        columns = rule_of(seen, "flat_sales", {**chosen, "amount": other}, {}, Options())["columns"]
        assert columns == chosen | ({"amount": "p"} if other else {})
    assert "amount" not in rule_of(seen, "sales", chosen, {}, Options())["columns"]


def test_a_quantity_times_a_price_is_loaded_so_remembered_and_shown_so_again(office, work):
    header = ("day", "customer", "sku", "pieces", "price")
    path = office.write("x.csv", header, ("2026-10-01", "C1", "S1", "3", "2.50"), ("2026-10-02", "C1", "S1", "x", "2"))
    (seen,) = look_at(path, work)
    columns = {"order_date": "day", "customer_id": "customer", "sku_id": "sku", "amount": "pieces × price"}
    rule = rule_of(seen, "flat_sales", columns, {}, Options())
    assert rule["columns"]["amount"] == {"product": ["pieces", "price"]}
    (file,) = office.load(path, mapping=written(work, rule), reject_share=1.0).files
    assert (file.loaded, file.rejected) == (1, 1) and office.ask("select amount::double from sales") == [(7.5,)]
    assert office.ask("select value from rejects") == [("x × 2",)]
    (again,) = look_at(path, work, remembered=recall(office.warehouse))
    found = {each.column.name: (each.header, each.why) for each in propose(BY_NAME["flat_sales"], again)}
    assert found["amount"] == ("pieces × price", "remembered")


@pytest.mark.parametrize(
    ("extract", "columns", "units"),
    [("sales", {"colour": "a"}, {}), ("sales", {}, {"amount": "箱"}), ("nothing", {}, {})],
)
def test_what_means_nothing_is_refused(extract, columns, units):
    with pytest.raises(MappingProblem):
        rule_of(Look("x.csv", "x.csv", header=("a",)), extract, columns, units, Options())


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(NAMES, NAMES, st.lists(NAMES, min_size=3, max_size=3, unique=True))
def test_any_name_and_header_reads_back_as_it_was_and_fits_just_that_file(tmp_path_factory, name, other, headers):
    file = name.replace("/", "∕")
    seen = Look(file, file, header=tuple(headers))
    columns = dict(zip(("order_date", "customer_id", "sku_id"), headers, strict=True))
    path = tmp_path_factory.mktemp("m") / "m.toml"
    path.write_text(mapping_text([rule_of(seen, "sales", columns, {}, Options())]), encoding="utf-8")
    mapping = read_mapping(path)
    assert mapping.only and len(mapping.rules) == 1
    assert dict(mapping.rules[0].columns) == columns
    assert mapping.rules_for(file) == list(mapping.rules)
    # Names that differ in case alone are those of one file to most systems.
    if other.lower() != file.lower() and "/" not in other:
        assert mapping.rules_for(other) == []
