"""Whatever tables are written, in whatever encoding, delimiter, language of headers and packing, come back equal."""

import csv
import gzip
import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import duckdb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import etl
from etl.contracts import BY_NAME
from etl.load import Wishes
from etl.reading.source import Options
from warehouse.versions import current_version

SIGNS = st.characters(codec="gb18030", categories=("L", "N", "P", "S"), exclude_characters="'=＝\ufeff")
NOTES = (
    st.text(st.one_of(SIGNS, st.sampled_from(' ,;\t|"\n')), max_size=20)
    .map(str.strip)
    .map(lambda text: "".join(text.split("\u3000")).strip())
)
IDS = st.text(st.sampled_from("0123456789ABCXYZ客户甲乙丙-_"), min_size=1, max_size=12).filter(
    lambda text: text[0] not in "-_" and text not in ("合计", "总计")
)
DAYS = st.dates(date(1990, 1, 1), date(2026, 10, 31))
NUMBERS = st.decimals(-(10**9), 10**9, places=4)
COLUMNS = {
    "visits": ("visit_id", "visit_date", "customer_id", "manager_id", "minutes", "note"),
    "customers": ("customer_id", "customer_name", "area", "tier", "opened_on", "licence_no"),
    "sales": ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount"),
}
CELLS = {
    "visits": (DAYS, IDS, IDS, st.none() | st.integers(0, 1440), NOTES),
    "customers": (NOTES, NOTES, st.none() | st.integers(1, 30), st.none() | DAYS, IDS),
    "sales": (st.integers(1, 99), DAYS, IDS, IDS, NUMBERS, NUMBERS),
}
TABLES = st.fixed_dictionaries(
    {name: st.lists(st.tuples(*cells), min_size=1, max_size=12) for name, cells in CELLS.items()}
)
FORM = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "chinese": st.booleans(),
        "packing": st.sampled_from(["", ".gz", ".zip"]),
        "day": st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
        "number": st.sampled_from(["f", ",f"]),
        "line_end": st.sampled_from(["\n", "\r\n"]),
    }
)
FORMS = st.fixed_dictionaries(dict.fromkeys(COLUMNS, FORM))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
# A few words in a small file do not tell GB18030 from Big5 and Latin, nor UTF-16 without a mark from anything: there
# a person says which it is.
STATED = {"gb18030", "big5", "utf-16-le"}


def headers(name: str, chinese: bool) -> list[str]:
    extract, columns = BY_NAME[name], COLUMNS[name]
    aliases = (next(alias for alias in extract.column(column).aliases if not alias.isascii()) for column in columns)
    return list(aliases) if chinese else list(columns)


def with_ids(table: list[tuple]) -> list[tuple]:
    """Its rows with ids before them that are unique and begin with zeros."""
    return [(f"{number:05}", *row) for number, row in enumerate(table)]


def text_of(cell: object, form: dict) -> object:
    if isinstance(cell, date):
        return cell.strftime(form["day"])
    return format(cell, form["number"]) if cell is not None and not isinstance(cell, str | int) else cell


def write(folder: Path, name: str, table: list[tuple], encoding: str, form: dict) -> Path | None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=form["delimiter"], lineterminator=form["line_end"])
    writer.writerow(headers(name, form["chinese"]))
    writer.writerows([text_of(cell, form) for cell in row] for row in table)
    try:
        content = text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return None
    path = folder / f"{name}.csv{form['packing']}"
    if form["packing"] == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name}.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if form["packing"] else content)
    return path


@settings(max_examples=32, deadline=None)
@given(TABLES, FORMS, ENCODINGS)
def test_tables_come_back_equal(tables: dict[str, list[tuple]], forms: dict[str, dict], encoding: str) -> None:
    tables = {name: with_ids(table) for name, table in tables.items()}
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(Path(folder), name, table, encoding, forms[name]) for name, table in tables.items()]
        assume(None not in paths)
        wishes = Wishes(options=Options(encoding=encoding if encoding in STATED else ""))
        report = etl.load(paths, warehouse=Path(folder) / "warehouse", wishes=wishes)
        counts = {file.extract: (file.read, file.loaded, file.rejected) for file in report.files}
        assert counts == {name: (len(table), len(table), 0) for name, table in tables.items()}
        with duckdb.connect(str(current_version(Path(folder) / "warehouse").path), read_only=True) as connection:
            # Customers that visits and sales name stand in the table too, of no load.
            back = {
                name: connection.execute(
                    f"select {', '.join(columns)} from {name} where load_id is not null order by 1"
                ).fetchall()
                for name, columns in COLUMNS.items()
            }
    assert back == {
        name: [tuple(None if cell == "" else cell for cell in row) for row in table] for name, table in tables.items()
    }
