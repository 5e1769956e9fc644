"""Rejected rows come back: shown, corrected in place or in a workbook, and every one of them counted again."""

import csv

import duckdb
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from etl.corrections import corrected_file, corrected_rule, rejected_table, rejects_workbook, same_value
from etl.errors import FileProblem
from etl.look import look_at
from etl.mapping.remembered import recall
from etl.mapping.written import mapping_text, rule_of
from etl.reading.source import Options
from warehouse.spreadsheet import as_it_was, harmless
from warehouse.versions import current_version

HEADER = ("票号", "开票日", "line", "货品", "价税总", "备注", "备注")
COLUMNS = {"order_id": "票号", "order_date": "开票日", "customer_id": "line", "sku_id": "货品", "amount": "价税总"}
SOUND = [("1", "2026-10-01", "C1", "S1", "10", "", ""), ("2", "2026-10-02", "C2", "S1", "20", "", "")]
FAULTY = [
    ("3", "2026-10-03", "C3", "S1", "12o", "n,1", "=1+1"),  # line 4 of the file: a letter for a digit
    ("4", "yesterday", "C4", "S1", "7", "", ""),
    ("5", "2026-10-05", "C5", "", "8", "", ""),
    ("6", "2026-10-06", "C6", "S1", "12o", "", ""),
]


@pytest.fixture
def cursor(office):
    opened = []

    def current():
        opened.append(duckdb.connect(str(current_version(office.warehouse).path), read_only=True))
        return opened[-1]

    yield current
    for connection in opened:
        connection.close()


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def upload(office, work, path, options=None, units=None):
    """Load a file by what a person chose for it, whatever is rejected; give the rule and the report of the file."""
    (seen,) = look_at(path, work, options)
    rule = rule_of(seen, "flat_sales", COLUMNS, units or {}, options or Options())
    return rule, load_by(office, work, path, rule)


def load_by(office, work, path, rule):
    mapping = work / "mapping.toml"
    mapping.write_text(mapping_text([rule]), encoding="utf-8")
    (file,) = office.load(path, mapping=mapping, reject_share=1).files
    return file


def add_up(first, second):
    """The counts over a file and its corrections: what the first rejected is what the second reads."""
    assert first.adds_up() and second.adds_up() and second.read == first.rejected
    assert first.read == first.loaded + first.duplicates + first.superseded + second.read


def test_rejects_are_shown_with_the_cell_at_fault_the_reason_and_the_rows_own_cells(office, work, cursor):
    upload(office, work, office.write("x.csv", ("title",), HEADER, *SOUND, *FAULTY, encoding="gb18030"))
    table = rejected_table(cursor(), "x.csv")
    # The header line takes the name of a column that says where; it is told from that, and from the second 备注.
    assert list(table) == [
        *("line", "at_column", "value", "reason_en", "reason_zh"),
        *("票号", "开票日", "line (2)", "货品", "价税总", "备注", "备注 (2)"),
    ]
    assert table["line"].tolist() == [5, 6, 7, 8]
    assert table["at_column"].tolist() == ["价税总", "开票日", "货品", "价税总"]
    assert table["value"].tolist()[:2] == ["12o", "yesterday"] and table["value"].isna().tolist()[2]
    assert table.iloc[0, 5:].tolist() == list(FAULTY[0])
    assert "is not an amount of money" in table["reason_en"][0] and "不是有效的金额" in table["reason_zh"][0]


def test_rows_corrected_in_place_load_by_the_same_mapping_and_the_counts_of_both_add_up(office, work, cursor):
    path = office.write("x.csv", ("title",), HEADER, *SOUND, *FAULTY, delimiter=";", encoding="gb18030")
    options = Options(delimiter=";", encoding="gb18030", header_line=2)
    rule, first = upload(office, work, path, options)
    assert (first.read, first.loaded, first.rejected) == (6, 2, 4)
    table = rejected_table(cursor(), "x.csv")
    edits = same_value(table, "价税总", "12o", "120") | {(6, "开票日"): "2026-10-04"}
    assert edits == {(5, "价税总"): "120", (8, "价税总"): "120", (6, "开票日"): "2026-10-04"}
    target = work / "x (corrected).csv"
    assert corrected_file(cursor(), "x.csv", edits, target) == 4
    second = load_by(office, work, target, corrected_rule(cursor(), "x.csv", rule, target.name))
    assert (second.read, second.loaded, second.rejected) == (4, 3, 1)  # the one without a product stays out
    add_up(first, second)
    amounts = office.ask("select order_id, amount::int from sales order by 1")
    assert amounts == [("1", 10), ("2", 20), ("3", 120), ("4", 7), ("6", 120)]
    with target.open(encoding="utf-8", newline="") as text:
        assert list(csv.reader(text))[:2] == [list(HEADER), [*FAULTY[0][:4], "120", *FAULTY[0][5:]]]


def test_lines_with_too_few_or_too_many_cells_stay_rejected_unless_they_are_edited(office, work, cursor):
    path = office.write("x.csv", HEADER, *SOUND)
    with path.open("a", encoding="utf-8") as text:
        text.write('7,2026-10-07,C7,S1,1,,,too,"m,any"\n8,2026-10-08,C8\n9,2026-10-09,C9,S1,2,,,much\n')
    rule, first = upload(office, work, path)
    table = rejected_table(cursor(), "x.csv")
    assert table["at_column"].tolist() == ["", "", ""]
    assert table.iloc[0, -2:].tolist() == ["too", "m,any"] and list(table)[-2:] == ["column 8", "column 9"]
    target = work / "y.csv"
    edits = {(5, "货品"): "S2", (5, "价税总"): "3", (6, "备注"): "checked"}
    corrected_file(cursor(), "x.csv", edits, target)
    second = load_by(office, work, target, corrected_rule(cursor(), "x.csv", rule, target.name))
    assert (second.read, second.loaded, second.rejected) == (3, 2, 1)
    add_up(first, second)
    assert office.ask("select order_id, sku_id, amount::int from sales where order_id > '2' order by 1") == [
        ("8", "S2", 3),
        ("9", "S1", 2),
    ]


def test_edits_of_rows_that_were_not_rejected_or_that_empty_a_row_are_refused(office, work, cursor):
    upload(office, work, office.write("x.csv", HEADER, *SOUND, FAULTY[1]))
    for edits in ({(2, "开票日"): "x"}, {(4, "colour"): "x"}):
        with pytest.raises(FileProblem, match="no rejected row in line"):
            corrected_file(cursor(), "x.csv", edits, work / "y.csv")
    empty = {(4, name): "" for name in rejected_table(cursor(), "x.csv").columns[5:]}
    with pytest.raises(FileProblem, match="line 4 would be empty"):
        corrected_file(cursor(), "x.csv", empty, work / "y.csv")
    with pytest.raises(FileProblem, match="was not loaded"):
        rejected_table(cursor(), "other.csv")


def test_empty_cells_are_alike_too(office, work, cursor):
    upload(office, work, office.write("x.csv", HEADER, *SOUND, *FAULTY))
    table = rejected_table(cursor(), "x.csv")
    assert same_value(table, "货品", "", "S9") == same_value(table, "货品", None, "S9") == {(6, "货品"): "S9"}


def test_the_workbook_of_rejects_can_be_corrected_and_dropped_back(office, work, cursor):
    hostile = ("=HYPERLINK(1)", "2026-10-03", "+C3", "@S1", "-12o", "＝x", "'-y")
    rule, first = upload(office, work, office.write("x.csv", HEADER, *SOUND, *FAULTY[1:3], hostile))
    book = work / "rejects.xlsx"
    assert rejects_workbook(cursor(), "x.csv", book) == 3
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert rows[1] == [*HEADER, "行号 line", "列 column", "值 value", "原因", "reason"]
    assert not [cell for row in rows for cell in row if str(cell).startswith(("=", "+", "@", "＝", "-"))]
    # What a person does: the day and the amount are corrected, the product stays empty.
    rows[2][1], rows[4][4] = "2026-10-04", "-12"
    corrected = work / "back.xlsx"
    with xlsxwriter.Workbook(corrected, {"strings_to_formulas": False}) as made:
        for number, row in enumerate(rows):
            made.worksheets()[0].write_row(number, 0, row) if number else made.add_worksheet().write_row(0, 0, row)
    (seen,) = look_at(corrected, work, remembered=recall(office.warehouse))
    assert (seen.header, seen.header_line, seen.is_recalled) == ((*HEADER, "", "", "", "", ""), 2, True)
    second = load_by(office, work, corrected, corrected_rule(cursor(), "x.csv", rule, corrected.name))
    assert (second.read, second.loaded, second.rejected, second.unused) == (3, 2, 1, ("备注", "备注"))
    add_up(first, second)
    assert office.ask("select order_id, customer_id, sku_id, amount::int from sales where amount < 9 order by 4") == [
        ("=HYPERLINK(1)", "+C3", "@S1", -12),
        ("4", "C4", "S1", 7),
    ]


def test_units_of_titles_above_the_original_count_for_its_corrections(office, work, cursor):
    path = office.write(
        "x.csv",
        ("单位：箱、万元",),
        (*HEADER[:4], "价税总", "数目", "备注"),
        (*SOUND[0][:4], "1", "1", ""),
        (*SOUND[1][:4], "x", "1", ""),
    )
    (seen,) = look_at(path, work)
    rule = rule_of(seen, "flat_sales", COLUMNS | {"qty": "数目"}, {}, Options())
    load_by(office, work, path, rule)
    target = work / "y.csv"
    corrected_file(cursor(), "x.csv", {(4, "价税总"): "2"}, target)
    load_by(office, work, target, corrected_rule(cursor(), "x.csv", rule, target.name))
    assert office.ask("select amount::int, qty::int from sales order by 1") == [(10_000, 250), (20_000, 250)]


def test_rows_that_an_earlier_load_puts_at_fault_have_their_cells_too(office, work, cursor):
    header = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount", "colour")
    row = ("1", "1", "2026-10-01", "C", "S", "2", "10", "red")
    office.load(office.write("sales.csv", header, row, ("1", "2", *row[2:])))
    bad = ("9", "9", "never", *row[3:])
    office.load(office.write("sales2.csv", header, bad, ("1", "", *row[2:6], "99", "blue")), reject_share=1)
    table = rejected_table(cursor(), "sales2.csv")
    assert table["at_column"].tolist() == ["order_date", "line_no"]
    assert table.iloc[1, 5:].fillna("").tolist() == ["1", "", "2026-10-01", "C", "S", "2", "99", "blue"]


def test_rows_that_became_several_cannot_be_corrected_by_themselves(office, work, cursor):
    mapping = work / "m.toml"
    mapping.write_text(
        '[[file]]\nextract = "targets"\n[file.columns]\nmanager_id = "m"\nmonth = "month"\nvalue = "v"\n'
        'measure = {constant = "amount"}\n[file.unpivot]\ncolumns = {a = "2026-01", b = "2026-02"}\nlabel = "month"\n'
        'value = "v"\n',
        encoding="utf-8",
    )
    office.load(office.write("t.csv", ("m", "a", "b"), ("M", "x", "2")), mapping=mapping, reject_share=1)
    assert rejected_table(cursor(), "t.csv").loc[0, "value"] == "x"
    with pytest.raises(FileProblem, match="became several"):
        corrected_file(cursor(), "t.csv", {}, work / "y.csv")


@given(st.text())
def test_what_was_made_harmless_is_as_it_was_again(text):
    made = harmless(text)
    if made != text:
        assert as_it_was(made) == text
    assert as_it_was("'12") == "'12" and as_it_was(12) == 12
