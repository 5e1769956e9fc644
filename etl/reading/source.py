"""Files as DuckDB relations of text columns c0, c1, … and a header: CSV in any encoding, gzip, Parquet, Excel."""

import csv
import hashlib
import io
import itertools
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from etl.errors import FileProblem
from etl.reading.encoding import detect_encoding, open_bytes, to_plain_lines, to_utf8
from etl.sql import listed, literal, quoted

DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 1 << 20
HEAD_ROWS = 20
HASH_BYTES = 1 << 20
GLOB_CHARACTERS = set("*?[]{}")
TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
EXCEL_SUFFIXES = {".xlsx", ".xls", ".xlsb", ".ods"}
MAX_LINE = 16 << 20


@dataclass(frozen=True)
class Options:
    """What a mapping file may state about a file; empty means: find out."""

    encoding: str = ""
    delimiter: str = ""
    header: bool = True
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A file made readable: its header, and the SQL that reads its columns as texts c0, c1, …"""

    path: Path
    encoding: str
    sha256: str
    header: tuple[str, ...]
    sql: str
    header_lines: int
    text: Path | None = None
    delimiter: str = ""

    @property
    def keeps_rejects(self) -> bool:
        """Whether the kind of file can have lines that cannot be split into columns."""
        return self.text is not None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @property
    def stem(self) -> str:
        """The file's name up to its first dot."""
        return self.path.name.split(".")[0]

    def reading(self, rejects_table: str = "") -> str:
        """The SQL that reads it; malformed lines go to `rejects_table` where the kind of file can have any."""
        if not self.keeps_rejects:
            return self.sql
        keep = f", store_rejects = true, rejects_table = '{rejects_table}', rejects_scan = '{rejects_table}_scans'"
        return self.sql.replace("/*rejects*/", keep if rejects_table else "")


def is_readable(path: Path) -> bool:
    """Whether the file's name says that it is a kind that can be loaded."""
    return bool(_kind(path))


def open_source(path: Path, options: Options, workdir: Path) -> Source:
    """Look at the file and prepare it for DuckDB; copies that this needs are put into `workdir`."""
    if not path.is_file():
        raise FileProblem(f"There is no file {path}.", "Check the path.")
    kind = _kind(path)
    if not kind:
        raise FileProblem(
            f"{path.name} is of a kind that cannot be loaded.", "Give CSV, TSV, Excel or Parquet, or .gz of CSV."
        )
    if path.stat().st_size == 0:
        raise FileProblem(f"{path.name} is empty.", "Export it again.")
    if kind == "parquet":
        return _open_parquet(path, workdir)
    if kind == "excel":
        text = _excel_to_csv(path, workdir / f"{_hash_name(path)}.csv")
        return _open_text(
            path,
            text,
            path.suffix.lower().lstrip("."),
            Options(header=options.header, columns=options.columns, delimiter=","),
        )
    encoding = options.encoding or detect_encoding(path)
    text = (
        _plain_name(path, workdir)
        if encoding == "utf-8"
        else to_utf8(path, encoding, workdir / f"{_hash_name(path)}.csv")
    )
    return _open_text(path, text, encoding, options)


def with_plain_line_ends(source: Source, workdir: Path) -> Source:
    """The same file, read from a copy in which every line ends alike: DuckDB refuses a mixture."""
    if source.text is None:
        return source
    copy = to_plain_lines(source.text, workdir / f"{_hash_name(source.path)}-lines.csv")
    sql = _reading_text(copy, source.delimiter, source.header_lines > 0, len(source.header))
    return replace(source, sql=sql, text=copy)


def sha256(path: Path) -> str:
    """Hash of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kind(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        return "text" if len(suffixes) > 1 and suffixes[-2] in TEXT_SUFFIXES else ""
    last = suffixes[-1] if suffixes else ""
    if last in TEXT_SUFFIXES:
        return "text"
    if last in EXCEL_SUFFIXES:
        return "excel"
    return "parquet" if last == ".parquet" else ""


def _open_text(path: Path, text: Path, encoding: str, options: Options) -> Source:
    rows, delimiter = _head(path, text, options.delimiter)
    if options.columns and options.header is False:
        header = options.columns
    elif options.header:
        header = tuple(cell.strip() for cell in rows[0])
    else:
        header = tuple(f"column {number}" for number in range(1, len(rows[0]) + 1))
    if len(header) != len(rows[0]):
        raise FileProblem(
            f"{path.name} has {len(rows[0])} columns, its mapping names {len(header)}.", "Correct the mapping file."
        )
    sql = _reading_text(text, delimiter, options.header, len(header))
    return Source(path, encoding, sha256(path), header, sql, 1 if options.header else 0, text, delimiter)


def _reading_text(text: Path, delimiter: str, header: bool, width: int) -> str:
    columns = listed(f"'c{index}': 'varchar'" for index in range(width))
    return (
        f"select * from read_csv({literal(str(text))}, auto_detect = false, delim = {literal(delimiter)}, quote = '\"',"
        f" escape = '\"', header = {str(header).lower()}, columns = {{{columns}}},"
        f" compression = '{'gzip' if text.suffix.lower() == '.gz' else 'none'}', max_line_size = {MAX_LINE}/*rejects*/)"
    )


def _head(path: Path, text: Path, delimiter: str) -> tuple[list[list[str]], str]:
    """The first rows, split by the delimiter given or else by the one that splits them best."""
    with open_bytes(text) as file:
        head = file.read(HEAD_BYTES).decode("utf-8", errors="replace").removeprefix("\ufeff")
    if not head.strip():
        raise FileProblem(f"{path.name} is empty.", "Export it again.")
    parsed = {mark: _parse(head, mark) for mark in ([delimiter] if delimiter else DELIMITERS)}
    best = max(parsed, key=lambda mark: _regularity(parsed[mark]))
    return parsed[best], best


def _parse(head: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = (row for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row)
    try:
        rows.extend(itertools.islice(reader, HEAD_ROWS))
    except csv.Error:
        # A cell too long, or quotes that do not close: the rows before it serve.
        return rows or [[head]]
    return rows


def _regularity(rows: list[list[str]]) -> tuple[bool, float, int]:
    width = len(rows[0])
    same = sum(len(row) == width for row in rows) / len(rows)
    return width > 1, same, width


def _open_parquet(path: Path, workdir: Path) -> Source:
    plain = literal(str(_plain_name(path, workdir)))
    try:
        with duckdb.connect() as connection:
            described = connection.execute(f"describe select * from read_parquet({plain})").fetchall()
    except duckdb.Error as error:
        raise FileProblem(f"{path.name} is not a Parquet file that can be read.", "Export it again.") from error
    header = tuple(str(row[0]) for row in described)
    columns = listed(f"cast({quoted(name)} as varchar) as c{index}" for index, name in enumerate(header))
    sql = f"select {columns} from read_parquet({plain})"
    return Source(path, "parquet", sha256(path), header, sql, 0)


def _excel_to_csv(path: Path, target: Path) -> Path:
    """The first sheet as CSV."""
    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_cell(cell) for cell in row] for row in rows)
    except (CalamineError, OSError) as error:
        raise FileProblem(f"{path.name} cannot be read as a workbook: {error}.", "Save it again from Excel.") from error
    return target


def _cell(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _plain_name(path: Path, workdir: Path) -> Path:
    """The file itself, or a copy where DuckDB would take its name for a pattern."""
    if not GLOB_CHARACTERS & set(str(path)):
        return path
    copy = workdir / f"{_hash_name(path)}{''.join(path.suffixes[-2:])}"
    shutil.copyfile(path, copy)
    return copy


def _hash_name(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
