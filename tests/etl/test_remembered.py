"""What a person once said of a file's headers serves for files with the same headers."""

import subprocess
import sys

import pytest

from etl.errors import MissingColumns
from etl.load import Wishes
from etl.mapping.remembered import fingerprint, forget, recall
from warehouse.settings import ROOT

HEADER = ("Tag", "Kunde", "Artikel", "Menge", "Wert")
ROWS = [("2026-10-01", "C1", "S1", "2", "20"), ("2026-10-02", "C1", "S2", "3", "30")]
MAPPING = """
[[file]]
pattern = "export*.csv"
extract = "sales"
[file.columns]
order_date = "Tag"
customer_id = "Kunde"
sku_id = "Artikel"
qty = "Menge"
amount = {product = ["Menge", "Wert"]}
"""


def test_a_mapping_given_once_serves_for_the_next_file_with_the_same_headers(office):
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    office.load(office.write("export1.csv", HEADER, ROWS[0]), mapping=mapping)
    (file,) = office.load(office.write("anything.csv", (" tag", "KUNDE", *HEADER[2:]), ROWS[1])).files
    assert (file.extract, file.loaded, file.is_recalled) == ("sales", 1, True)
    assert office.ask("select sku_id, amount::int from sales order by 1") == [("S1", 40), ("S2", 90)]
    assert [rule.extract for rules in recall(office.warehouse).values() for rule in rules] == ["sales"]


def test_the_same_file_read_by_memory_is_known_to_be_the_same(office):
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    path = office.write("export1.csv", HEADER, *ROWS)
    office.load(path, mapping=mapping)
    assert office.load(path).files[0].unchanged_since == "v000001"


def test_a_file_that_holds_two_extracts_is_remembered_as_both(office):
    mapping = office.folder.parent / "m.toml"
    customers = '[[file]]\npattern = "*"\nextract = "customers"\n[file.columns]\ncustomer_id = "Kunde"\n'
    mapping.write_text(MAPPING + customers, encoding="utf-8")
    office.load(office.write("export1.csv", HEADER, ROWS[0]), mapping=mapping)
    report = office.load(office.write("next.csv", HEADER, ROWS[1]))
    assert sorted((file.extract, file.is_recalled) for file in report.files) == [("customers", True), ("sales", True)]


def test_a_mapping_that_did_not_lead_to_a_load_is_not_remembered(office):
    mapping = office.folder.parent / "m.toml"
    mapping.write_text(MAPPING.replace('"Tag"', '"Artikel"'), encoding="utf-8")
    with pytest.raises(Exception, match="rejected"):
        office.load(office.write("export1.csv", HEADER, *ROWS), mapping=mapping)
    assert recall(office.warehouse) == {}


def test_a_close_header_is_taken_once_a_person_agrees_and_then_remembered(office):
    header = ("order_date", "customer_id", "sku_id", "qty", "amuont", "colour")
    path = office.write("sales.csv", header, ("2026-10-01", "C", "S", "1", "10", "red"))
    asked = []

    def refuse(file, offered):
        asked.append((file, dict(offered)))
        return False

    with pytest.raises(MissingColumns, match="closest: amuont"):
        office.load(path, wishes=Wishes(confirm=refuse))
    assert asked == [("sales.csv", {"amount": "amuont"})]
    office.load(path, wishes=Wishes(confirm=lambda file, offered: True))
    office.write("sales.csv", header, ("2026-10-02", "C", "S", "1", "20", "red"))
    (file,) = office.load(path).files
    assert (file.is_recalled, file.loaded, file.unused) == (True, 1, ("colour",))
    assert office.ask("select sum(amount)::int from sales") == [(30,)]


def test_a_header_that_is_not_close_is_not_offered(office):
    path = office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "zzz"), ("2026-10-01", *"CS12"))
    with pytest.raises(MissingColumns):
        office.load(path, wishes=Wishes(confirm=lambda file, offered: pytest.fail("offered")))


def test_the_command_line_takes_suggestions_lists_what_is_remembered_and_forgets_it(office):
    path = office.write("sales.csv", ("order_date", "customer_id", "sku_id", "qty", "amuont"), ("2026-10-01", *"CS12"))

    def run(*arguments):
        command = [sys.executable, "-m", "etl", *map(str, arguments), "--warehouse", str(office.warehouse)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    refused = run("load", path)
    assert refused.returncode == 1 and "--accept-suggestions" in refused.stderr
    assert run("load", path, "--accept-suggestions").returncode == 0
    name = fingerprint(("order_date", "customer_id", "sku_id", "qty", "amuont"))
    assert name in run("mappings").stdout
    assert run("mappings", "--forget", name).returncode == 0
    assert run("mappings", "--forget", name).returncode == 1
    assert not forget(office.warehouse, name) and recall(office.warehouse) == {}
