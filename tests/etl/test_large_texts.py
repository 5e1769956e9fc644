"""Texts longer than what DuckDB holds of one at once: nothing in them may be lost without a word.

The buffer is made small, since a file beyond the real one of 256 MB would keep a test busy for long.
"""

import pytest

from etl.errors import FileProblem
from etl.reading import delimited

HEADER = "订单号,行号,订单日期,客户编码,商品编码,数量,金额,备注"
LONGEST = 2 << 20
BEFORE, AFTER = 70_000, 300_000


@pytest.fixture(autouse=True)
def _small_buffer(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_LINE", LONGEST)


def lines(count, start=0):
    return [f"O{number:08d},1,2024-11-01,C1,S1,2,250.00,{'x' * 60}" for number in range(start, start + count)]


def large_file(office, *odd):
    """A file of more than the buffer, with odd lines within it."""
    path = office.folder / "sales.csv"
    path.write_text("\n".join([HEADER, *lines(BEFORE), *odd, *lines(AFTER, BEFORE), ""]), encoding="utf-8")
    assert path.stat().st_size > delimited.BUFFERED_LINES * LONGEST
    return path


def test_a_large_file_is_read_whole(office):
    report = office.load(large_file(office))
    assert (report.files[0].read, report.files[0].loaded) == (BEFORE + AFTER,) * 2


def test_a_quote_that_swallows_more_than_the_buffer_stops_the_load(office):
    path = large_file(office, 'A1,1,2024-11-01,C1,S1,1,1,"oops')
    with pytest.raises(FileProblem, match=r"a quote that opens in line 7000[12] or the next"):
        office.load(path)
    assert office.version is None


def test_a_line_longer_than_the_buffer_stops_the_load(office):
    path = large_file(office, "A1,1,2024-11-01,C1,S1,1,1," + "y" * (delimited.BUFFERED_LINES + 2) * LONGEST)
    with pytest.raises(FileProblem, match="has a line of more than"):
        office.load(path)
    assert office.version is None


def test_a_quoted_cell_that_breaks_is_no_open_quote(office):
    report = office.load(large_file(office, 'A1,1,2024-11-01,C1,S1,1,1,"one\ntwo, ""three"""'))
    assert (report.files[0].read, report.files[0].loaded) == (BEFORE + AFTER + 1,) * 2
