"""Workbooks made to exhaust a reader: refused in words, within bounded memory, whatever way they are written in."""

import io
import os
import re
import struct
import subprocess
import sys
import zipfile

import pytest
import xlwt

import etl
from etl.errors import FileProblem
from tests.etl.handmade import inline, ods, ods_cell, xlsb, xlsx
from tests.etl.hostile import shops, workbook_of
from warehouse.settings import ROOT, Settings

ADDRESS_SPACE = 4 << 30
FAR_CELLS = {
    "a style before the reference": b'<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "single quotes": b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "spaces and line breaks": b'<row\nr = "1048576" ><c\n r\t=\n"XFD1048576" ><v>1</v></c></row>',
    "an entity": b'<row r="1048576"><c r="XF&#68;1048576"><v>1</v></c></row>',
    "a quote in a comment before it": b'<!-- <c " --><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a reference far from its row's number": b'<row r="3"><c r="XFD1048576"><v>1</v></c></row>',
    "small letters": b'<row r="3"><c r="xfd1048576"><v>1</v></c></row>',
    "no references": b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row>",
}


def with_cells(cells):
    return lambda sheet: sheet.replace(b"</sheetData>", cells + b"</sheetData>")


def prefixed(sheet):
    """The same sheet with a namespace prefix before every name."""
    sheet = with_cells(FAR_CELLS["single quotes"])(sheet)
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", sheet).replace(b"xmlns=", b"xmlns:x=")


def load_in_bounded_memory(office, name, content, **environment):
    path = office.folder / name
    path.write_bytes(content)
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({ADDRESS_SPACE}, {ADDRESS_SPACE}));"
        " from etl.__main__ import app; app()"
    )
    command = [sys.executable, "-c", program, "load", str(path), "--warehouse", str(office.warehouse)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows bounds no address space")


@pytest.mark.parametrize("edit", [*map(with_cells, FAR_CELLS.values()), prefixed], ids=[*FAR_CELLS, "a prefix"])
def test_a_cell_far_out_is_found_however_it_is_written(office, edit):
    done = load_in_bounded_memory(office, "customers.xlsx", xlsx(edit))
    assert (done.returncode, done.stdout) == (1, "")
    assert "customers.xlsx has 16,384 columns; at most 1,000 are read." in done.stderr
    assert office.version is None


@pytest.mark.parametrize("cell", ["XFD3", "XFD1048576"])
def test_a_small_workbook_with_a_cell_far_out_is_refused_for_its_columns(office, cell):
    # Bounded, for the reader asks for 400 GB where it makes room for all the cells between.
    done = load_in_bounded_memory(office, "customers.xlsx", workbook_of(shops(1), cell))
    assert done.returncode == 1
    assert "customers.xlsx has 16,384 columns" in done.stderr and "panicked" not in done.stderr
    assert office.version is None


def test_a_sheet_that_hides_in_another_part_is_looked_at_too(office):
    far = with_cells(FAR_CELLS["single quotes"])
    content = xlsx()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            part = made.read(name).replace(b"worksheets/sheet1.xml", b"media/a.png")
            archive.writestr("xl/media/a.png" if name.endswith("sheet1.xml") else name, far(part))
    done = load_in_bounded_memory(office, "customers.xlsx", packed.getvalue())
    assert (done.returncode, done.stdout) == (1, "")
    assert "has 16,384 columns" in done.stderr


def test_merged_columns_down_to_the_last_row_cost_no_memory_for_their_cells(office):
    names = [*map(chr, range(65, 91)), *(f"A{chr(code)}" for code in range(65, 91))]
    ranges = "".join(f'<mergeCell ref="{name}2:{name}1048576"/>' for name in names).encode()
    header = "".join(f'<c r="{name}1" t="inlineStr"><is><t>h{name}</t></is></c>' for name in names[1:]).encode()

    def merged(sheet):
        sheet = sheet.replace(b'<c r="B1" t="s"><v>1</v></c>', header, 1)
        return sheet.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")

    done = load_in_bounded_memory(office, "customers.xlsx", xlsx(merged, rows=3))
    assert (done.returncode, done.stderr.strip()) == (0, "")
    # Merged, the ids of the rows below are that of the first.
    assert office.ask("select customer_id from customers") == [("C0",)]


def test_what_a_part_really_unpacks_to_counts_and_not_what_it_says(office):
    huge = xlsx(replaced={"xl/sharedStrings.xml": (b"<sst><si><t>", *[b"x" * 1_000_000] * 60, b"</t></si></sst>")})
    done = load_in_bounded_memory(office, "customers.xlsx", huge, PINYU_MEMORY_LIMIT="200MB")
    assert (done.returncode, done.stdout) == (1, "")
    assert "customers.xlsx unpacks to more than 50.0 MB" in done.stderr and "memory_limit" in done.stderr
    path = office.folder / "customers.xlsx"
    with zipfile.ZipFile(path) as archive:
        says = struct.pack("<I", archive.getinfo("xl/sharedStrings.xml").file_size)
    content = path.read_bytes()
    assert says in content[-3000:]
    path.write_bytes(content[:-3000] + content[-3000:].replace(says, struct.pack("<I", 10)))
    with pytest.raises(FileProblem, match=r"customers\.xlsx unpacks to more than 50\.0 MB"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(memory_limit="200MB"))


@pytest.mark.parametrize("memory_limit", ["1MB"])
@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
def test_the_memory_that_a_load_may_use_bounds_what_a_workbook_unpacks_to(office, kind, memory_limit):
    path = office.folder / f"customers.{kind}"
    cells = [(row, column, 6, inline(f"shop {row}")) for row in range(3000) for column in range(3)]
    row = '<table:table-row table:number-rows-repeated="1000000">'
    path.write_bytes(
        {
            "xlsx": lambda: xlsx(rows=20_000),
            "xlsb": lambda: xlsb(cells),
            "ods": lambda: ods(f"{row}{ods_cell('customer_id')}</table:table-row>"),
        }[kind]()
    )
    with pytest.raises(FileProblem, match=rf"customers\.{kind} unpacks to more than 0\.2 MB"):
        etl.load(path, warehouse=office.warehouse, settings=Settings(memory_limit=memory_limit))


def test_a_binary_workbook_is_read_and_one_with_a_cell_far_out_is_refused(office):
    shops = [(0, 0, 6, inline("customer_id")), (1, 0, 6, inline("C1")), (2, 0, 6, inline("C2"))]
    sound = office.folder / "customers.xlsb"
    sound.write_bytes(xlsb(shops))
    office.load(sound)
    assert office.ask("select customer_id from customers order by 1") == [("C1",), ("C2",)]
    done = load_in_bounded_memory(office, "far.xlsb", xlsb([*shops, (1_048_575, 16_383, 6, inline("x"))]))
    assert (done.returncode, done.stdout) == (1, "")
    assert "far.xlsb has 16,384 columns" in done.stderr


def test_an_old_workbook_that_is_damaged_is_refused_in_words(office):
    buffer, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row, words in enumerate(["customer_id", "C1"]):
        sheet.write(row, 0, words)
    book.save(buffer)
    content = buffer.getvalue()
    place = content.index(b"\xfd\x00\x0a\x00") + 6
    path = office.folder / "customers.xls"
    path.write_bytes(content[:place] + b"\xff\xff" + content[place + 2 :])
    with pytest.raises(FileProblem, match=r"customers\.xls cannot be read as a workbook"):
        office.load(path)
