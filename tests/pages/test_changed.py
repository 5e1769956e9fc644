"""What changed, and why: every number of its sentences counted anew from the rows, and loads since the last meeting."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
from meeting.freezing import freeze
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures
from ui.capture import Captured, Screen
from ui.numbers import written
from warehouse import connection
from warehouse.connection import latest_version, reading_cursor
from warehouse.meetings import Item, new_meeting
from warehouse.settings import load_settings
from warehouse.versions import go_back

TODAY = date.today()
PERIOD = {"period": ("custom",), "from": ("2026-10-01",), "to": ("2026-10-31",)}
HEADER = "order_id,line_no,order_date,customer_id,sku_id,qty,amount"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"[+-]?\d+(?:[,.]\d+)*(?:万|亿|K|M|B|%)?")
LOOKS = (("en", "names"), ("zh", "names"))
LINES = """
select area, team, manager_name, customer_name, sku_name, order_date >= date '2026-10-01' as is_now,
    cast(sales.amount as double) as amount, cast(if(is_now, sales.amount, -sales.amount) as double) as signed
from sales
left join customers using (customer_id) left join products using (sku_id)
left join managers on owner_id = managers.manager_id
where order_date between date '2026-10-01' and date '2026-10-31'
    or order_date between $first and $last
"""


def captured(language: str, names: str = "names", **settings: str) -> Captured:
    """The view as a meeting keeps it."""
    screen = Screen(latest_version(load_settings()), language=language, names=names)
    return screen.shows("overview", PERIOD | {"view": ("changed",)} | {key: (one,) for key, one in settings.items()})


def sentences(language: str, **settings: str) -> tuple[str, ...]:
    (block,) = captured(language, **settings).of(["changed-sentences"])
    return block.sentences


def counted(first: str, last: str) -> tuple[tuple[float, float], list[tuple[str, tuple[float, float, float]]]]:
    """The amounts now and before, and of each level of more than one member who explains most: its change, all rises
    and all falls.

    Counted over the rows of the sales with nothing of the figures'.
    """
    cursor = reading_cursor(latest_version(load_settings()), load_settings())
    rows = cursor.execute(LINES, {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}).df()
    now = float(rows.loc[rows["is_now"], "amount"].sum())
    before = float(rows.loc[~rows["is_now"], "amount"].sum())
    found = []
    for level in ("area", "team", "manager_name", "customer_name", "sku_name"):
        sums = rows.groupby(level, dropna=False)["signed"].sum().round(4)
        most = str(sums.idxmax() if now > before else sums.idxmin())
        if len(sums) > 1:
            found.append((most, (float(sums.loc[most]), float(sums[sums > 0].sum()), float(sums[sums < 0].sum()))))
        rows = rows[rows[level] == most]
    return (now, before), found


def signed(amount: float, language: str) -> str:
    return ("+" if amount > 0 else "") + written(amount, "money", language)


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize(
    ("language", "versus", "first", "last"),
    [("en", "last_year", "2025-10-01", "2025-10-31"), ("zh", "month", "2026-09-01", "2026-09-30")],
)
def test_every_number_of_the_sentences_is_counted_anew(language: str, versus: str, first: str, last: str) -> None:
    headline, *rest = sentences(language, versus=versus)
    (now, before), levels = counted(first, last)
    moved, percent = signed(now - before, language), written(now / before - 1, "change", language)
    assert sorted(DAY.findall(headline)) == sorted(["2026-10-01", "2026-10-31", first, last])
    amounts = [written(now, "money", language), written(before, "money", language)]
    assert NUMBER.findall(DAY.sub("", headline)) == [*amounts, moved, percent]
    assert len(rest) == len(levels) >= 4
    for sentence, (most, (change, rises, falls)) in zip(rest, levels, strict=True):
        _before, _name, told = sentence.partition(most)
        share = written(change / (now - before), "share", language)
        numbers = [signed(change, language), share, signed(rises, language), signed(falls, language)]
        assert NUMBER.findall(told) == numbers, sentence


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("level", ["area", "team", "manager", "customer", "sku"])
def test_the_waterfall_goes_from_the_amount_before_to_the_amount_now(level: str) -> None:
    chart, table = captured("zh", names="codes", level=level).of(["changed-waterfall", "changed-table"])
    assert chart.figure is not None
    bars = chart.figure["data"][0]
    start, *steps, end = bars["y"]
    assert sum(steps) == pytest.approx(end - start, abs=1e-6)
    assert len(steps) <= 7
    assert len(set(bars["x"])) == len(bars["x"])
    columns = pd.DataFrame(table.rows, columns=[field.name for field in table.fields])
    assert columns["amount_before"].sum() == pytest.approx(start)
    assert columns["change"].sum() == pytest.approx(end - start)


@pytest.mark.usefixtures("on_sample")
def test_the_view_is_one_click_from_the_overview_and_hides_names() -> None:
    app = opened(lang="en", period="custom", from_="2026-10-01", to="2026-10-31")
    assert app.segmented_control(key="one_of_view").value == "standing"
    app.segmented_control(key="one_of_view").set_value("changed").run()
    assert not app.exception and not app.error
    assert "What changed, and why?" in said(app)
    people = reading_cursor(latest_version(load_settings()), load_settings()).execute(
        "select distinct manager_name from managers"
    )
    shown = captured("zh", names="initials", level="manager")
    assert not [name for (name,) in people.fetchall() if name in str(shown.blocks)]


@pytest.mark.usefixtures("on_sample")
def test_a_meeting_that_begins_with_another_page_keeps_that_pages_view() -> None:
    screen = Screen(latest_version(load_settings()), language="en", names="names")
    assert screen.shows("concentration", PERIOD | {"view": ("vital",)}).of(["vital-*"])


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a warehouse in which one sale of October is recorded."""
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    load(tmp_path, "sales.csv", "1,1,2026-10-05,C1,S1,1,100")
    yield tmp_path
    st.cache_data.clear()


def load(folder: Path, name: str, line: str) -> None:
    (folder / name).write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    etl.load([folder / name], warehouse=folder / "warehouse")


def shown_today(language: str) -> AppTest:
    return opened(view="changed", lang=language, period="custom", from_="2026-10-01", to="2026-10-31")


def told_at_a_meeting(looks: Sequence[tuple[str, str]] = LOOKS) -> date:
    """Freeze a meeting of a week ago that shows the amount; gives its day."""
    held = TODAY - timedelta(7)
    item = Item("headline", page="overview", keys=("headline",))
    made = new_meeting(load_settings(), held, title="", scope=PERIOD, agenda=[item])
    freeze(load_settings(), made, told=lambda *_: None, looks=looks)
    return held


def test_what_loads_made_of_the_last_meetings_amount_is_told(books: Path) -> None:
    assert "estated" not in said(shown_today("en"))
    held = told_at_a_meeting()
    assert f"Nothing restated: 2026-10-01 – 2026-10-31 is still 100, as told on {held}." == sentences("en")[1]
    load(books, "sales_*late*.csv", "2,1,2026-10-06,C1,S1,1,50")
    load(books, "other_month.csv", "3,1,2026-09-06,C1,S1,1,77")
    load(books, "sales_fixed.csv", "1,1,2026-10-05,C1,S1,1,90")
    assert sentences("en")[1] == (
        f"Restated since {held}: 2026-10-01 – 2026-10-31 was 100 and is 140 now, +40 in all: "
        f"+50 by sales_*late*.csv, loaded on {TODAY} (v000002); -10 by sales_fixed.csv, loaded on {TODAY} (v000004)."
    )
    assert "sales\\_\\*late\\*.csv" in said(shown_today("en"))
    for gone in ("v000001", "v000002", "v000003"):
        (books / "warehouse" / f"{gone}.duckdb").unlink()
        shutil.rmtree(books / "warehouse" / f"{gone}.months", ignore_errors=True)
    assert sentences("zh")[1] == (
        f"{held} 会后有重述：2026-10-01 至 2026-10-31 当时为 100，现为 140："
        f"+40 来自 sales_*late*.csv, other_month.csv, sales_fixed.csv，截至 {TODAY} 载入"
        "（v000002 至 v000004，已无法分开）。"
    )


def test_going_back_is_told_apart_from_the_loads_after_it(books: Path) -> None:
    load(books, "more.csv", "2,1,2026-10-06,C1,S1,1,75")
    told_at_a_meeting()
    go_back(books / "warehouse", "v000001")
    assert sentences("en")[1].endswith("was 175 and is 100 now: -75 by going back to v000001.")
    load(books, "late.csv", "3,1,2026-10-06,C1,S1,1,7")
    assert sentences("zh")[1].endswith(f"共 -68：-75 来自退回到 v000001；+7 来自 late.csv，{TODAY} 载入（v000003）。")
    (books / "warehouse" / "v000001.duckdb").unlink()
    assert sentences("en")[1].endswith(
        f": -68 by going back to v000001 and by late.csv, loaded until {TODAY}; they are not told apart any more."
    )


def test_nobody_waits_while_a_large_version_is_summed_up_to_tell_loads_apart(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_at_a_meeting(LOOKS[:1])
    load(books, "more.csv", "2,1,2026-10-06,C1,S1,1,50")
    load(books, "late.csv", "3,1,2026-10-06,C1,S1,1,7")
    monkeypatch.setattr(connection, "SMALL_FILE_BYTES", 0)
    assert f": +57 by more.csv, late.csv, loaded until {TODAY} (from v000002 to v000003" in sentences("en")[1]
    assert not (books / "warehouse" / "v000002.months").exists()


def test_a_period_without_sales_says_so_and_one_without_an_earlier_one_has_no_percentage(books: Path) -> None:
    assert "%" not in sentences("en", versus="last_year")[0]
    empty = opened(view="changed", lang="zh", period="custom", from_="2026-01-01", to="2026-01-31")
    assert not empty.exception and "本期没有销售" in said(empty)
