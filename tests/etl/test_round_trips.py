"""Whatever table is written, in whatever encoding, delimiter, language of headers and packing, comes back equal."""

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
VISIT = st.tuples(DAYS, IDS, IDS, st.one_of(st.none(), st.integers(0, 1440)), NOTES)
TABLES = st.lists(VISIT, min_size=1, max_size=15)
COLUMNS = ("visit_id", "visit_date", "customer_id", "manager_id", "minutes", "note")
FORMS = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"]),
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "chinese": st.booleans(),
        "packing": st.sampled_from(["", ".gz", ".zip"]),
        "day": st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
        "line_end": st.sampled_from(["\n", "\r\n"]),
    }
)


def headers(chinese: bool) -> list[str]:
    visits = BY_NAME["visits"]
    aliases = (next(alias for alias in visits.column(name).aliases if not alias.isascii()) for name in COLUMNS)
    return list(aliases) if chinese else list(COLUMNS)


def write(folder: Path, table: list[tuple], form: dict) -> Path | None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=form["delimiter"], lineterminator=form["line_end"])
    writer.writerow(headers(form["chinese"]))
    for number, (day, customer, manager, minutes, note) in enumerate(table):
        writer.writerow((f"{number:05}", day.strftime(form["day"]), customer, manager, minutes, note))
    try:
        content = text.getvalue().encode(form["encoding"])
    except UnicodeEncodeError:
        return None
    path = folder / f"visits.csv{form['packing']}"
    if form["packing"] == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("visits.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if form["packing"] else content)
    return path


@settings(max_examples=60, deadline=None)
@given(TABLES, FORMS)
def test_a_table_comes_back_equal(table: list[tuple], form: dict) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), table, form)
        assume(path is not None)
        # A few words in a small file do not tell GB18030 from Big5 and Latin: there a person says which it is.
        stated = form["encoding"] if form["encoding"] in ("gb18030", "big5", "utf-16-le") else ""
        wishes = Wishes(options=Options(encoding=stated))
        (report,) = etl.load(path, warehouse=Path(folder) / "warehouse", wishes=wishes).files
        assert (report.read, report.rejected) == (len(table), 0)
        with duckdb.connect(str(current_version(Path(folder) / "warehouse").path), read_only=True) as connection:
            back = connection.execute(
                "select visit_date, customer_id, manager_id, minutes, note from visits order by visit_id"
            ).fetchall()
    assert back == [(*row[:4], row[4] or None) for row in table]
