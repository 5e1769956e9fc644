"""What a report says of a load that went well but may not be what was meant."""

import pytest

from etl.load import Wishes
from etl.reading.source import Options
from etl.tables.replace import parse_month
from etl.terminal import report_notes

HEADER = "customer_id,tier\n"


def notes(report):
    return "\n".join(report_notes(report))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(("end", "is_said"), [("", True), ("\n", False), ("\r\n", False)])
def test_a_file_that_ends_within_a_line_is_loaded_and_said_to(office, encoding, end, is_said):
    (office.folder / "customers.csv").write_bytes(f"{HEADER}客1,3\n客2,12{end}".encode(encoding))
    report = office.load()
    assert report.files[0].loaded == 2
    assert ("customers.csv ends without a line end" in notes(report)) is is_said


def test_what_a_folder_holds_beside_extracts_is_named(office):
    office.write("customers.csv", ("customer_id",), ("C1",))
    (office.folder / "photo.jpg").write_bytes(b"x")
    (office.folder / "~$customers.xlsx").write_bytes(b"x")
    (office.folder / "old").mkdir()
    assert "Left aside: photo.jpg, old/" in notes(office.load())


def test_a_month_that_nothing_is_replaced_in_is_said(office):
    office.write("customers.csv", ("customer_id",), ("C1",))
    report = office.load(wishes=Wishes(replace=parse_month("month=2026-10")))
    assert "Nothing of 2026-10 was replaced" in notes(report)


@pytest.mark.parametrize("spelt", ["tab", "Tab", "\\t", "\t"])
def test_a_tab_may_be_spelt(office, spelt):
    office.write("customers.csv", ("customer_id", "customer_name"), ("C1", "a,b"), delimiter="\t")
    office.load(wishes=Wishes(options=Options(delimiter=spelt)))
    assert office.ask("select customer_id, customer_name from customers") == [("C1", "a,b")]


def test_a_mapping_that_begins_with_the_mark_of_utf8_is_read(office):
    mapping = office.folder.parent / "mapping.toml"
    mapping.write_text('[[file]]\npattern = "*"\n[file.columns]\ncustomer_name = "名"\n', encoding="utf-8-sig")
    office.write("customers.csv", ("customer_id", "名"), ("C1", "x"))
    office.load(mapping=mapping)
    assert office.ask("select customer_name from customers") == [("x",)]


@pytest.mark.parametrize("loose", [",", ",,"])
def test_a_header_with_a_comma_too_many_costs_no_rows(office, loose):
    text = HEADER.strip() + loose + "\nC1,3\nC2,4\n"
    (office.folder / "customers.csv").write_text(text, encoding="utf-8")
    (file,) = office.load().files
    assert (file.read, file.loaded) == (2, 2)


def test_of_a_thousand_headers_that_serve_nothing_a_few_are_shown_and_the_others_counted(office):
    names = [f"x{number}" for number in range(900)]
    office.write("customers.csv", ("customer_id", *names), ("C1", *names))
    said = notes(office.load())
    assert "x11 and 888 more." in said and "x12" not in said


def test_the_json_report_always_has_the_same_keys(office):
    office.write("customers.csv", ("customer_id",), ("C1",))
    keys = {"customers", "products", "managers", "counts"}
    assert set(office.load().as_dict()["unknown"]) == set(office.load().as_dict()["unknown"]) == keys


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rejected_rows_are_told_by_their_lines_as_a_spreadsheet_counts_them(office, line_end):
    lines = [
        "title",
        "",
        "customer_id,tier",
        "C1,1",
        "",
        "C2,bad",
        '"C\n3",2',
        "",
        "",
        "C4,bad",
        "C5",
        "",
        "C6,bad",
        "",
    ]
    (office.folder / "customers.csv").write_bytes(line_end.join(lines).encode())
    office.load(reject_share=1)
    # The cell that breaks makes one row of two lines of text.
    assert office.ask("select line, raw from rejects order by line") == [
        (6, "C2,bad"),
        (10, "C4,bad"),
        (11, "C5"),
        (13, "C6,bad"),
    ]
