"""Texts that a workbook keeps once and its reader copies for every cell: counted as often as they are shown."""

import io
import struct
import zipfile

import pytest
import xlwt

import etl
from etl.errors import FileProblem
from tests.etl.handmade import ods, ods_cell, xlsb, xlsx
from warehouse.settings import Settings

LONG = "x" * 20_000


def of_one_long_text(kind, cells):
    """A workbook of some 100 kB in which so many cells show the same 20 kB."""
    repeated = f'table:number-rows-repeated="{cells}"'
    if kind == "xlsx":
        rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(3, cells + 3)).encode()
        texts = f"<sst><si><t>customer_id</t></si><si/><si><r><t>{LONG}</t></r></si></sst>".encode()
        return xlsx(
            lambda sheet: sheet.replace(b"<v>1</v>", b"<v>0</v>").replace(
                b"</sheetData>", rows.replace(b"<v>0</v>", b"<v>2</v>") + b"</sheetData>"
            ),
            {"xl/sharedStrings.xml": [texts]},
            rows=0,
        )
    if kind == "xlsb":
        numbers = [struct.pack("<I", number) for number in (0, *[1] * cells)]
        return xlsb([(row, 0, 7, number) for row, number in enumerate(numbers)], ["customer_id", LONG])
    if kind == "xls":
        buffer, book = io.BytesIO(), xlwt.Workbook()
        sheet = book.add_sheet("a")
        for row, words in enumerate(["customer_id", *[LONG] * cells]):
            sheet.write(row, 0, words)
        book.save(buffer)
        return buffer.getvalue()
    if kind == "spaces":
        spaces = ods_cell(f"<text:s text:c='{cells * len(LONG)}'/>")
        return ods(f"<table:table-row>{spaces}</table:table-row>")
    attributed = f'<table:table-cell office:value-type="string" office:string-value="{LONG}"/>'
    cell = ods_cell(LONG) if kind == "ods" else attributed
    header = f"<table:table-row>{ods_cell('customer_id')}</table:table-row>"
    return ods(f"{header}<table:table-row {repeated}>{cell}</table:table-row>")


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "xls", "ods", "attribute", "spaces"])
def test_a_long_text_that_very_many_cells_share_counts_for_each_of_them(office, kind):
    ending = {"attribute": "ods", "spaces": "ods"}.get(kind, kind)
    path = office.folder / f"customers.{ending}"
    path.write_bytes(of_one_long_text(kind, 2500))
    with pytest.raises(FileProblem, match=rf"customers\.{ending} unpacks to more than 20\.0 MB"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(memory_limit="80MB"))


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "xls", "ods", "attribute"])
def test_a_long_text_that_a_few_cells_share_is_read(office, kind):
    path = office.folder / f"customers.{'ods' if kind == 'attribute' else kind}"
    path.write_bytes(of_one_long_text(kind, 3))
    (file,) = office.load(path).files
    assert (file.read, file.loaded, file.duplicates) == (3, 1, 2)
    assert office.ask("select customer_id from customers") == [(LONG,)]


def test_one_long_text_beside_very_many_short_ones_is_no_bomb(office):
    def noted(sheet):
        return sheet.replace(b"</sheetData>", b'<row r="9000"><c r="A9000" t="s"><v>0</v></c></row></sheetData>')

    path = office.folder / "customers.xlsx"
    texts = f"<sst><si><t>customer_id</t></si>{'<si><t>shop</t></si>' * 5000}<si><t>{LONG}</t></si></sst>".encode()
    path.write_bytes(xlsx(noted, {"xl/sharedStrings.xml": [texts]}, rows=2400))
    etl.load(path, warehouse=office.warehouse, settings=Settings(memory_limit="80MB"))
    assert office.ask("select customer_id from customers order by 1") == [("customer_id",), ("shop",)]


def test_the_number_of_a_text_that_is_none_may_mean_the_longest(office):
    path = office.folder / "customers.xlsx"
    content = of_one_long_text("xlsx", 2500)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            part = made.read(name).replace(b"<v>2</v>", b"<v>2.0</v>")
            archive.writestr(name, part)
    path.write_bytes(packed.getvalue())
    with pytest.raises(FileProblem, match=r"customers\.xlsx unpacks to more than 20\.0 MB"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(memory_limit="80MB"))


@pytest.mark.parametrize("cell", [struct.pack("<I", 9), b""], ids=["a number without a text", "no number at all"])
def test_a_binary_workbook_whose_cells_show_texts_that_are_not_there_is_refused_in_words(office, cell):
    path = office.folder / "customers.xlsb"
    path.write_bytes(xlsb([(0, 0, 7, cell)], ["customer_id"]))
    with pytest.raises(FileProblem, match=r"customers\.xlsb cannot be read as a workbook"):
        office.load(path)
