"""What a person states of a file rather than leaving it to be found out: its header's line, units, and no guesses."""

import subprocess
import sys

import pytest
import xlsxwriter

from etl.errors import FileProblem, MappingProblem, MissingColumns
from etl.load import Wishes
from etl.mapping.rules import FileMapping, Rule, read_mapping
from etl.reading.source import Options
from warehouse.settings import ROOT

TABLE = [
    ("customer_id", "customer_name", "tier"),  # what looks most like a header
    ("", "", ""),
    ("customer_id", "店", "tier"),
    ("1", "东街店", "5"),
]
COLUMNS = "[file.columns]\ncustomer_name = '店'\n"


@pytest.fixture
def mapping(office):
    def write(text):
        path = office.folder.parent / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def workbook(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 1, row)
    return path


def names(office):
    return office.ask("select customer_id, customer_name, tier from customers where not is_derived order by 1")


def test_a_rule_states_the_line_of_the_header_in_texts_and_workbooks(office, mapping):
    office.write("customers.csv", *TABLE)
    office.load(mapping=mapping(f"[[file]]\nheader_line = 3\n{COLUMNS}"))
    assert names(office) == [("1", "东街店", 5)]
    workbook(office.folder / "customers.xlsx", [*TABLE[:3], ("2", "西街店", "6")])
    (office.folder / "customers.csv").unlink()
    (file,) = office.load(mapping=mapping(f"[[file]]\nheader_line = 4\n{COLUMNS}")).files
    assert names(office) == [("1", "东街店", 5), ("2", "西街店", 6)]
    assert (file.titles, file.read) == (1, 1)


def test_a_stated_header_is_counted_as_people_do_also_below_cells_that_break_and_a_stated_delimiter(office):
    path = office.folder / "customers.csv"
    path.write_text('sep=;\n"a\nb";c\ncustomer_id;tier\nx;y\n1;5\n', encoding="utf-8")
    office.load(path, wishes=Wishes(options=Options(header_line=3)), reject_share=1)
    assert office.ask("select line, value from rejects") == [(4, "y")]
    assert office.ask("select customer_id from customers") == [("1",)]


def test_the_command_line_states_it_too_and_an_empty_line_is_refused_in_words(office):
    path = office.write("customers.csv", ("customer_id", "tier"), ("", ""), ("tier", "customer_id"), ("5", "C"))

    def run(line):
        command = [sys.executable, "-m", "etl", "load", str(path), "--warehouse", str(office.warehouse)]
        return subprocess.run(
            [*command, "--header-line", str(line)], cwd=ROOT, capture_output=True, text=True, check=False
        )

    assert run(3).returncode == 0 and office.ask("select customer_id, tier from customers") == [("C", 5)]
    refused = run(9)
    assert refused.returncode == 1 and "line 9 cannot be the header" in refused.stderr
    assert run(-1).returncode == 2


@pytest.mark.parametrize("stated", ["-1", "true", '"3"', "20000"])
def test_a_line_that_can_be_none_is_refused(mapping, stated):
    with pytest.raises(MappingProblem, match="header_line"):
        read_mapping(mapping(f"[[file]]\nheader_line = {stated}\n"))


def test_a_sheet_without_that_line_is_named(office):
    path = workbook(office.folder / "customers.xlsx", TABLE)
    with pytest.raises(FileProblem, match=r"customers.xlsx \[S\]: line 3 cannot be the header"):
        office.load(path, wishes=Wishes(options=Options(header_line=3)))


UNITS = {"qty": "箱", "amount": "万元"}
SALE = ("2026-10-01", "C", "S")


@pytest.mark.parametrize(
    ("qty", "amount", "units", "expected"),
    [
        ("数量", "金额", UNITS, (500, 30_000)),
        ("数量（条）", "金额（元）", UNITS, (500, 30_000)),  # as if it stood there instead
        ("数量", "金额（千元）", {"qty": "件"}, (100, 3_000)),
        ("数量（箱）", "金额（万元）", {"qty": "条", "amount": "元"}, (2, 3)),
        ("数量", "金额", {"qty": "萬條", "amount": "萬元"}, (20_000, 30_000)),
    ],
)
def test_units_stated_in_a_rule_count_as_if_they_stood_behind_the_header(office, mapping, qty, amount, units, expected):
    office.write("sales.csv", ("order_date", "customer_id", "sku_id", qty, amount), (*SALE, "2", "3"))
    lines = "".join(f'{name} = "{unit}"\n' for name, unit in units.items())
    office.load(mapping=mapping(f"[[file]]\n[file.units]\n{lines}"))
    assert office.ask("select qty::double, amount::double from sales") == [expected]


def test_a_unit_in_a_cell_and_in_a_column_of_units_still_counts_before_the_stated_one(office, mapping):
    header = ("order_date", "customer_id", "sku_id", "qty", "amount", "unit")
    office.write("sales.csv", header, (*SALE, "2条", "3", "件"), (*SALE, "2", "3", "件"))
    office.load(mapping=mapping('[[file]]\n[file.units]\nqty = "箱"\n'))
    assert office.ask("select qty::int from sales order by 1") == [(2,), (100,)]


@pytest.mark.parametrize("extract", ["", 'extract = "sales"\n'])
@pytest.mark.parametrize(
    "unit", ['qty = "元"', 'order_date = "天"', 'colour = "条"', 'amount = "条; drop table sales"']
)
def test_a_unit_that_the_column_does_not_know_is_refused(office, mapping, extract, unit):
    office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "amount"), (*SALE, "2", "3"))
    with pytest.raises(MappingProblem, match="states the unit"):
        office.load(mapping=mapping(f"[[file]]\n{extract}[file.units]\n{unit}\n"))


def test_a_rule_that_guesses_nothing_takes_only_what_it_names(office, mapping):
    office.write("x.csv", ("code", "customer_name", "tier"), ("1", "a", "5"))
    given = '[[file]]\nextract = "customers"\nguess = false\n[file.columns]\n'
    (file,) = office.load(mapping=mapping(given + 'customer_id = "code"\n')).files
    assert names(office) == [("1", None, None)] and file.unused == ("customer_name", "tier")
    with pytest.raises(MissingColumns, match="customer_id"):
        office.load(mapping=mapping(given + 'tier = "tier"\n'))


def test_a_pattern_with_a_slash_is_of_the_whole_path_in_an_archive():
    plain, inside, upper = Rule(pattern="x.csv"), Rule(pattern="a.zip/2/x.csv"), Rule(pattern="X.csv")
    mapping = FileMapping((plain, inside), only=True)
    assert mapping.rules_for("a.zip/1/x.csv") == [plain] and mapping.rules_for("a.zip/2/x.csv") == [plain, inside]
    assert FileMapping((plain, upper)).rules_for("X.csv") == [upper]
    bare = Rule(pattern="/x*.csv")
    assert FileMapping((bare, inside)).rules_for("x1.csv") == [bare]
    assert FileMapping((bare, inside)).rules_for("a.zip/2/x.csv") == [inside]
    assert FileMapping((plain,)).rules_for("X.csv") == [plain]
