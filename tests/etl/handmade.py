"""Workbooks made by hand, down to the parts they are packed of."""

import io
import struct
import zipfile

import xlsxwriter


def xlsx(edit=None, replaced=None, rows=1):
    """A workbook of a few shops, its sheet edited, and parts replaced by an iterable of bytes."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["customer_id", "customer_name"])
        for number in range(rows):
            sheet.write_row(number + 1, 0, [f"C{number}", f"shop {number}"])
    packed = io.BytesIO()
    with zipfile.ZipFile(plain) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            content = made.read(name)
            if edit and name.endswith("sheet1.xml"):
                content = edit(content)
            with archive.open(name, "w", force_zip64=True) as part:
                for chunk in (replaced or {}).get(name, [content]):
                    part.write(chunk)
    return packed.getvalue()


def record(kind, content=b""):
    """A record of an xlsb: its type and size with seven bits a byte."""
    types = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    sizes = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14])
    return types + sizes + content


def xlsb(cells, shared=()):
    """An xlsb of one sheet called S; a cell is a row, a column, a record's type and what follows its style.

    `shared` are the texts that cells of type 7 show by their number.
    """

    def text(words):
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    sheet = [record(129), record(148, struct.pack("<4I", 0, 0, 0, 0)), record(145)]
    for row, column, kind, value in cells:
        sheet.append(record(0, struct.pack("<I", row) + bytes(13)))
        sheet.append(record(kind, struct.pack("<II", column, 0) + value))
    sheet += [record(146), record(130)]
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("S")) + record(144)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.bin"/></Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", book + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
        items = b"".join(record(19, b"\0" + text(words)) for words in shared)
        archive.writestr(
            "xl/sharedStrings.bin", record(159, struct.pack("<II", len(shared), len(shared))) + items + record(160)
        )
    return packed.getvalue()


def inline(words):
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def ods_cell(words, more=""):
    return f'<table:table-cell office:value-type="string" {more}><text:p>{words}</text:p></table:table-cell>'


def ods(rows):
    """An ods of one sheet called S."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{names} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:'
        'calcext:1.0"><office:body><office:spreadsheet><table:table table:name="S">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/"'
        ' m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return packed.getvalue()
