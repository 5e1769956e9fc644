"""One manager's sheet: every part on the sample in both languages, for newcomers and leavers, and without data."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.proto.Metric_pb2 import Metric as MetricProto

import etl
import metrics
from etl.demo import real_set
from etl.errors import FileProblem
from metrics import Scope
from metrics.managers.change import change_split
from metrics.managers.next_week import Reason
from metrics.managers.overdue import overdue, visit_due
from metrics.managers.strengths import distances, strongest
from metrics.managers.targets import month_targets
from tests.pages.test_pages import opened, said
from ui.managers.visit_words import visit_words
from ui.numbers import written, written_change
from ui.words import speaking
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

PARTS = ("going", "targets", "moved", "standing", "visits", "week")
OCTOBER = Scope(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
MID_OCTOBER = Scope(dt.date(2026, 10, 1), dt.date(2026, 10, 14))
MONTH = {"from_": "2026-10-01", "to": "2026-10-31"}
HALF = {"from_": "2026-10-01", "to": "2026-10-14"}
LAST_DAY = dt.date(2026, 10, 30)
MONDAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def forget_cached_figures() -> Iterator[None]:
    """Each test starts with nothing cached."""
    st.cache_data.clear()
    yield


@pytest.fixture
def on_sample(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The committed sample is what the pages read."""
    monkeypatch.setenv("PINYU_WAREHOUSE", str(sample_warehouse))
    return sample_warehouse


def read(name: str, scope: Scope, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """A figure without a screen."""
    settings = load_settings()
    return metrics.run(name, scope, by, cursor=reading_cursor(latest_version(settings), settings))


def sheet(part: str, who: str = "M001", **parameters: str) -> object:
    return opened("managers", view="manager", who=who, part=part, **({"lang": "en"} | MONTH | parameters))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("who", "language"),
    [("M001", "en"), ("M001", "zh"), ("M012", "en"), ("M002", "zh"), ("M901", "en")],
    ids=["old hand", "in Chinese", "newcomer", "left", "supervisor"],
)
def test_every_part_opens_for_everybody(on_sample: Path, part: str, language: str, who: str) -> None:
    app = sheet(part, who, lang=language)
    assert not app.exception and not app.error
    assert app.query_params["part"] == part and app.query_params["who"] == who
    if who == "M002":
        assert "2025-10-31" in said(app)
    if who in ("M001", "M012"):
        assert not app.info or part == "standing"
        assert app.dataframe or part == "going"


def test_a_month_that_is_over_is_told_as_done(on_sample: Path) -> None:
    app = sheet("targets")
    amount = month_targets(OCTOBER, "M001", last_day_with_data=LAST_DAY, read=read).landings[0]
    assert amount.target and amount.projection is None
    attained = read("target_attainment", OCTOBER.narrow(manager="M001"))["target_attainment"].iloc[0]
    assert amount.done / amount.target == pytest.approx(attained)
    assert f"Amount at {written(attained, 'share', 'en')} of the target" in said(app)
    assert app.dataframe[0].value["month"].iloc[0] == "2026-10"


def test_a_running_month_is_told_where_it_will_land_and_how_sure_that_is(on_sample: Path) -> None:
    app = sheet("targets", **HALF)
    amount = month_targets(MID_OCTOBER, "M001", last_day_with_data=LAST_DAY, read=read).landings[0]
    assert amount.projection is not None and amount.target
    for value in (amount.projection.landing, amount.projection.low, amount.projection.high):
        assert written(value / amount.target, "share", "en") in said(app)
    assert list(app.dataframe[0].value["projected"]) == pytest.approx(list(amount.checks["projected"]))
    newcomer = sheet("targets", "M012", **HALF)
    assert "the manager has fewer than four of their own" in said(newcomer)


@pytest.mark.parametrize("measure", ["amount", "qty", "visits", "numeric_distribution"])
def test_each_target_has_its_checks(on_sample: Path, measure: str) -> None:
    app = sheet("targets", measure=measure)
    landings = month_targets(OCTOBER, "M001", last_day_with_data=LAST_DAY, read=read).landings
    checks = next(landing.checks for landing in landings if landing.measure == measure)
    assert list(app.dataframe[0].value["came"]) == pytest.approx(list(checks["came"]))


@pytest.mark.parametrize("part", ["handed_in", "lost", "volume", "mix"])
def test_the_customers_behind_a_bar_add_up_to_it(on_sample: Path, part: str) -> None:
    app = sheet("moved", list=part)
    split = change_split(OCTOBER, "M001", read=read)
    shown = app.dataframe[0].value
    assert float(shown[part].sum()) == pytest.approx(float(split.parts[part]))
    growth = read("growth", OCTOBER.narrow(manager="M001")).iloc[0]
    assert (float(split.before), float(split.now)) == pytest.approx((growth["last_year_amount"], growth["amount"]))
    assert written_change(float(growth["growth"]), "money") in said(app)


def test_the_strengths_are_told_in_words_with_their_distance(on_sample: Path) -> None:
    app = sheet("standing")
    best = strongest(distances(OCTOBER, "M001", "一部", read=read))
    assert best and best[0].distance is not None
    assert f"({best[0].distance:+.1f})" in said(app)
    assert app.dataframe[0].value["distance"].iloc[0] == pytest.approx(best[0].distance)


def test_the_overdue_are_those_of_the_configured_cycles(on_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = overdue(visit_due(OCTOBER, "M001", {1: 45, 11: 30, 21: 15}, read=read))
    app = sheet("visits")
    assert list(app.dataframe[0].value["customer_id"]) == list(late["customer_id"])
    assert f"Waiting for longer than their cycle: {len(late)} of 39 customers" in said(app)
    monkeypatch.setenv("PINYU_VISIT_CYCLES", '{"1": 5}')
    stricter = sheet("visits")
    assert len(stricter.dataframe[0].value) > len(late)
    assert "from tier 1 on 5 days" in said(stricter)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("kind", "language"), [("no rows", "en"), ("no rows", "zh"), ("sales alone", "zh"), ("masters alone", "en")]
)
def test_next_to_no_data_is_told_in_words(
    part: str, kind: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "warehouse"
    monkeypatch.setenv("PINYU_WAREHOUSE", str(warehouse))
    if kind == "no rows":
        etl.publish_empty(warehouse)
    else:
        files = {"managers.csv": "manager_id,manager_name,team\nM1,Ann <b>,T\n"}
        files["customers.csv"] = "customer_id,customer_name,tier,manager_id\nC1,One,5,M1\n"
        if kind == "sales alone":
            files = {"sales.csv": "order_date,customer_id,sku_id,qty,amount,manager_id\n2026-10-05,C1,S1,1,100,M1\n"}
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        etl.load([tmp_path / name for name in files], warehouse=warehouse)
    app = sheet(part, "M1", lang=language)
    assert not app.exception and not app.error
    assert app.info or app.metric or app.dataframe


@pytest.mark.parametrize("name", ["northwind", "adventureworks"])
def test_a_public_set_has_sheets_or_says_why_not(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    try:
        folder, mapping = real_set(name)
    except FileProblem as problem:
        pytest.skip(str(problem))
    etl.load([folder], warehouse=tmp_path, mapping=mapping)
    for part in PARTS:
        app = opened("managers", lang="en", period="year_to_date", view="manager", part=part)
        assert not app.exception and not app.error
        assert app.info or app.metric or app.dataframe or app.get("plotly_chart")


def narrowed_to(**conditions: str) -> str:
    return str(opened("managers", lang="en", **({"period": "custom"} | MONTH | conditions)).markdown[0].value)


def test_the_headline_says_the_one_reason_that_holds_for_no_target(on_sample: Path) -> None:
    narrow, months = "narrowed by customers or products", "holds no whole one"
    half, with_area = narrowed_to(**HALF), narrowed_to(area="澜桥片区")
    late = narrowed_to(from_="2027-05-01", to="2027-05-31")
    assert months in half and narrow not in half
    assert narrow in with_area and months not in with_area
    assert late == "No manager in scope has an amount target for a whole month of the period."
    assert "4 of 11 reached their target." in narrowed_to()


@pytest.mark.parametrize(
    ("who", "team", "told"),
    [
        ("M999", "", "M999, whom the link asks for, is not known here; this is "),
        ("M001", "二部", "桑澜隐, whom the link asks for, is not in this scope; this is "),
    ],
)
@pytest.mark.parametrize("place", [{"view": "manager"}, {"view": "month", "part": "one"}], ids=["sheet", "month"])
def test_whom_a_link_asks_for_in_vain_is_told_with_who_is_shown(
    on_sample: Path, place: dict[str, str], who: str, team: str, told: str
) -> None:
    scope = {"team": team} if team else {}
    app = opened("managers", lang="en", who=who, **place, **MONTH, **scope)
    assert [warning.value.startswith(told) for warning in app.warning] == [True]
    assert "Not known here" not in said(app)


def test_a_supervisor_without_customers_is_said_to_have_none(on_sample: Path) -> None:
    assert "looks after no customers at the end of this period" in said(sheet("going", "M901"))
    assert "looks after no customers" not in said(sheet("going"))
    assert "looks after no customers" not in said(sheet("going", "M002"))  # left, which is said


def test_a_change_of_nothing_has_no_arrow(on_sample: Path) -> None:
    key_calls = next(metric for metric in sheet("going").metric if metric.label == "Key-call coverage")  # type: ignore[attr-defined]
    assert (key_calls.value, key_calls.delta) == ("100.0%", "0.0 pp")
    assert key_calls.proto.direction == MetricProto.MetricDirection.NONE
    assert key_calls.proto.color == MetricProto.MetricColor.GRAY


def test_what_is_told_of_the_targets_can_be_checked(on_sample: Path) -> None:
    app = sheet("targets", **HALF)
    assert "which holds in 8 of 10 months" in said(app) and "orange: falls short" in said(app)
    assert "as projected on working day 10" in said(app) and "within the interval" in said(app)
    figure = str(sheet("targets").get("plotly_chart")[0].proto)
    assert "88 of 88.9, 99.0%" in figure


def test_what_others_sold_to_a_customer_handed_over_is_no_nought(on_sample: Path) -> None:
    app = sheet("moved", list="handed_in")
    split = change_split(OCTOBER, "M001", read=read)
    rows = split.behind("handed_in")
    from_others = (rows["kind"] == "handed_in") & (rows["last_year_amount"] == 0)
    assert from_others.any()
    assert list(app.dataframe[0].value["last_year_amount"].isna()) == list(from_others)
    assert "—: the customer bought from another manager then." in said(app)


def test_the_order_of_the_overdue_is_said(on_sample: Path) -> None:
    assert "days since the last visit ÷ days of the cycle" in said(sheet("visits"))


def test_the_switch_of_names_says_whose_stays(on_sample: Path) -> None:
    assert "Only the one whose own sheet or 135 month is open is still called by name." in said(sheet("going"))


def test_numbers_of_one_are_good_english(on_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_VISITS_A_WEEK", "1")
    assert ", 2026-11-02 – 2026-11-06: 1 visit\n" in said(sheet("week"))
    alone = opened("managers", lang="en", manager="M001", **MONTH)
    assert "0 of 1 reached their target." in said(alone)
    assert any("一部: 1 manager" in set(one.value.iloc[:, 0]) for one in alone.dataframe)
    assert "桑澜隐 has " in str(alone.get("plotly_chart")) + said(alone) and "is ahead" not in said(alone)
    with speaking("en"):
        lost = visit_words([Reason("lost", 1, products=("S1",)), Reason("order_missed", 1)])
    assert lost == "stopped buying S1 (cartons in the 13 weeks before: 1); 1 order missed"
