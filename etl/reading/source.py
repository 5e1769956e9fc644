"""Files as DuckDB relations of text columns c0, c1, … and a header, whatever they were: one way to open them all."""

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from etl.errors import FileProblem
from etl.reading import columnar, delimited
from etl.reading.archive import Budget, Document, copy_named_plainly, folder_name
from etl.reading.delimited import Layout, lay_out, without_head
from etl.reading.encoding import detect_encoding, to_plain_lines, to_utf8
from etl.reading.extent import Recognises
from etl.reading.returned import without_reasons
from etl.reading.workbook import Wanted, is_text_in_disguise, worksheets

GLOB_CHARACTERS = set("*?[]{}")
HASH_BYTES = 1 << 20
MOST_HEADER_LINE = 10_000
GLANCE_CHARACTERS, GLANCE_ROWS = 1 << 20, 2000
"""How much of a text, and of a sheet, a glance takes in."""


@dataclass(frozen=True)
class Options:
    """What somebody may state about a file; empty means: find out.

    `header_line` is the line that the header is in, as a person counts.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: bool = True
    header_line: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What opening files depends on: a folder for copies, limits, and which headers are known.

    `workbook_bytes` is what one workbook may unpack to, since it is read into memory. `is_measure` says of a header
    that its column holds numbers to be summed. `is_glance` says that only the beginning of a table is wanted.
    """

    workdir: Path
    budget: Budget
    workbook_bytes: int
    most_columns: int
    recognises: Recognises
    is_measure: Recognises
    is_glance: bool = False


@dataclass(frozen=True)
class Source:
    """A table made readable: its header, and the SQL that reads its columns as texts c0, c1, …

    `header_line` is the line of the header as a person counts, 0 where there is none; `text_header_line` the same in
    the text that DuckDB reads. `titles` rows stood above the header. `is_1904`: numbers of days count from 1904.
    `has_loose_end`: the last line of a text has no end, as of a file that was cut off. Of a glance, `sha256` is empty.
    """

    document: Document
    encoding: str
    sha256: str
    header: tuple[str, ...]
    sql: str
    header_line: int
    text_header_line: int = 0
    titles: int = 0
    sheet: str = ""
    is_only_sheet: bool = True
    text: Path | None = None
    layout: Layout | None = None
    is_1904: bool = False
    has_loose_end: bool = False

    @property
    def keeps_rejects(self) -> bool:
        """Whether the kind of file can have lines that cannot be split into columns."""
        return self.text is not None

    @property
    def exceeds_buffer(self) -> bool:
        """Whether it is text, and longer than what DuckDB holds of a text at once."""
        return self.text is not None and delimited.exceeds_buffer(self.text)

    @property
    def name(self) -> str:
        """What people call it: the file's name, and the sheet's where there are several."""
        return self.document.name if self.is_only_sheet else f"{self.document.name} [{self.sheet}]"

    @property
    def stem(self) -> str:
        """The file's name up to its first dot."""
        return self.document.stem

    @property
    def units(self) -> tuple[str, ...]:
        """The units that titles above the header state for the whole table."""
        return self.layout.units if self.layout else ()

    @property
    def rows_expected(self) -> int:
        """About how many rows it has, judged by its size; 0 where that says nothing."""
        if self.text is None or self.layout is None:
            return 0
        return round(self.text.stat().st_size / self.layout.bytes_a_row)

    def blank_lines(self) -> list[int]:
        """The lines of the text that DuckDB reads which have nothing in them, and so are none of its rows."""
        return delimited.blank_lines(self.text, self.layout.delimiter) if self.text and self.layout else []

    def reading(self, rejects_table: str = "") -> str:
        """The SQL that reads it; malformed lines go to `rejects_table` where the kind of file can have any."""
        if not self.keeps_rejects:
            return self.sql
        keep = f", store_rejects = true, rejects_table = '{rejects_table}', rejects_scan = '{rejects_table}_scans'"
        return self.sql.replace("/*rejects*/", keep if rejects_table else "")


def open_sources(document: Document, options: Options, around: Surroundings) -> list[Source]:
    """Look at the document and prepare its tables for DuckDB: one, or one a sheet."""
    if document.kind == "workbook" and not is_text_in_disguise(document):
        found = _open_workbook(document, options, around)
    elif document.kind == "parquet":
        found = [_open_parquet(document, around)]
    else:
        found = [_open_text(document, options, around)]
    found = [replace(source, header=without_reasons(source.header)) for source in found]
    for source in found:
        if len(source.header) > around.most_columns:
            raise FileProblem(
                f"{source.name} has {len(source.header):,} columns; at most {around.most_columns:,} are read.",
                "Check that its delimiter is right, leave columns out, or raise the setting column_limit.",
            )
    return found


def with_plain_line_ends(source: Source, workdir: Path) -> Source:
    """The same file, read from a copy in which every line ends alike: DuckDB refuses a mixture."""
    if source.text is None or source.layout is None:
        return source
    copy = to_plain_lines(source.text, workdir / f"{folder_name(source.text)}-lines.csv")
    return replace(source, sql=delimited.reading(copy, source.layout), text=copy)


def _open_text(document: Document, options: Options, around: Surroundings) -> Source:
    encoding = options.encoding or detect_encoding(document.name, document.path)
    copy = around.workdir / f"{folder_name(document.path)}.csv"
    if around.is_glance:
        text = to_utf8(document.name, document.path, encoding, copy, GLANCE_CHARACTERS)
    elif encoding == "utf-8":
        text = _named_plainly(document, around.workdir)
    else:
        text = to_utf8(document.name, document.path, encoding, copy)
    delimited.require_short_lines(document.name, text)
    line = options.header_line if options.header else 0
    layout = lay_out(document.name, text, options.delimiter, options.header, around.recognises, line)
    layout = _named(document.name, layout, options)
    header_line = layout.header_line
    if layout.broken_head:
        text = without_head(text, layout.broken_head, around.workdir / f"{folder_name(text)}-body.csv")
        layout = replace(layout, above=None)
    return Source(
        document=document,
        encoding=encoding,
        sha256="" if around.is_glance else _hash(document, is_text=encoding == "utf-8"),
        header=layout.header,
        sql=delimited.reading(text, layout),
        header_line=header_line,
        text_header_line=layout.header_line,
        titles=layout.titles,
        text=text,
        layout=layout,
        has_loose_end=_has_loose_end(text),
    )


def _has_loose_end(text: Path) -> bool:
    with text.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() not in (b"\n", b"\r")


def _named(name: str, layout: Layout, options: Options) -> Layout:
    """The layout with the names that a mapping gives the columns of a file without a header."""
    if options.header or not options.columns:
        return layout
    if len(layout.header) != len(options.columns):
        raise FileProblem(
            f"{name} has {len(layout.header)} columns, its mapping names {len(options.columns)}.",
            "Correct the mapping file.",
        )
    return replace(layout, header=options.columns)


def _open_workbook(document: Document, options: Options, around: Surroundings) -> list[Source]:
    folder = around.workdir / f"{folder_name(document.path)}-sheets"
    budgets = (around.budget, Budget(around.workbook_bytes, "memory_limit"))
    wanted = Wanted(options.sheet, options.header_line, GLANCE_ROWS if around.is_glance else None)
    sheets = worksheets(document, folder, wanted, around.recognises, around.is_measure, budgets, around.most_columns)
    digest = "" if around.is_glance else _hash(document)
    found = []
    for sheet in sheets:
        layout = Layout(",", 0, sheet.titles, sheet.header, sheet.bytes_a_row, sheet.units)
        found.append(
            Source(
                document=document,
                encoding=document.path.suffix.lower().lstrip("."),
                sha256=digest,
                header=sheet.header,
                sql=delimited.reading(sheet.text, layout),
                header_line=sheet.header_line,
                text_header_line=1,
                titles=sheet.titles,
                sheet=sheet.name,
                is_only_sheet=len(sheets) == 1 and sheet.is_alone,
                text=sheet.text,
                layout=layout,
                is_1904=sheet.is_1904,
            )
        )
    return found


def _open_parquet(document: Document, around: Surroundings) -> Source:
    path = _named_plainly(document, around.workdir)
    header = columnar.parquet_columns(document.name, path)
    digest = "" if around.is_glance else _hash(document)
    return Source(document, "parquet", digest, header, columnar.reading(path, header), 0)


def _named_plainly(document: Document, workdir: Path) -> Path:
    """The file itself, or a copy where DuckDB would take its name for a pattern, or not take it at all."""
    path = str(document.path)
    is_plain = path.isprintable() and not GLOB_CHARACTERS & set(path)
    return document.path if is_plain else copy_named_plainly(document, workdir)


def _hash(document: Document, is_text: bool = False) -> str:
    """SHA-256 of the document's bytes; where they are meant to be text they must hold no NUL."""
    digest = hashlib.sha256()
    with document.path.open("rb") as file:
        while chunk := file.read(HASH_BYTES):
            if is_text and b"\0" in chunk:
                raise FileProblem(
                    f"{document.name} holds a NUL character at byte {file.tell() - len(chunk) + chunk.index(0) + 1:,}:"
                    " it is damaged, or no text.",
                    "Export it again.",
                )
            digest.update(chunk)
    return digest.hexdigest()
