"""What hostile files are made of: workbooks, archives, and what is wrong with them."""

import io
import zipfile
from contextlib import suppress

import xlsxwriter
import xlwt

from warehouse.errors import PinyuError

HEADER = "customer_id,customer_name\n"
MANY = "".join(f"C{n},shop {n}\n" for n in range(40_000))
CHINESE = "".join(f"C{n},便利店{n}号\n" for n in range(40_000))


def workbook():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_row(0, 0, ["customer_id"])
        book.worksheets()[0].write_row(1, 0, ["C1"])
    return buffer.getvalue()


def workbook_of(rows, last_cell="A1"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if last_cell != "A1":
            sheet.write(last_cell, "x")
    return buffer.getvalue()


def shops(count):
    return [("customer_id", "customer_name"), *((f"C{n}", f"shop {n}") for n in range(count))]


def old_workbook():
    buffer, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "customer_id")
    book.save(buffer)
    return buffer.getvalue()


def without_middle(content, start, end):
    return content[:start] + content[end:]


def with_forged_sizes(archive):
    """The zip with a directory that says every member unpacks to 10 bytes."""
    content, mark = bytearray(archive), b"PK\x01\x02"
    place = content.find(mark)
    while place != -1:
        content[place + 24 : place + 28] = (10).to_bytes(4, "little")
        place = content.find(mark, place + 46)
    return bytes(content)


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged_zip(method):
    content = bytearray(zipped(("customers.csv", HEADER + MANY[:50_000]), method=method))
    content[200:240] = bytes(byte ^ 0x5A for byte in content[200:240])
    return bytes(content)


def names_loaded(office, path):
    """The names in the warehouse, none where the file is refused."""
    with suppress(PinyuError):
        office.load(path, reject_share=1)
    return {name for (name,) in office.ask("select customer_name from customers")} if office.version else set()


def locked_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("customers.csv", HEADER)
    content = bytearray(buffer.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def nested_zip():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("customers.csv", HEADER)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return outer.getvalue()
