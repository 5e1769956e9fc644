"""The views of one product and of a launch: parts, pickers, readings, and the plan that two may write at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
import metrics
from metrics import Scope
from tests.pages.test_pages import opened, said
from warehouse.connection import latest_version, reading_cursor
from warehouse.launch_plans import LaunchPlan, launch_plan, remove_plan, save_plan
from warehouse.settings import Settings, load_settings

AUTUMN = {"from_": "2026-08-01", "to": "2026-10-31"}
HOSTILE = "<img src=x onerror=alert(1)> [打开](javascript:alert(1)) **$x$** :red[a]"


@pytest.fixture(autouse=True)
def settings(sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The committed sample, and records of the test's own."""
    st.cache_data.clear()
    monkeypatch.setenv("PINYU_WAREHOUSE", str(sample_warehouse))
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "records.sqlite"))
    yield Settings(records=tmp_path / "records.sqlite")


def view(name: str, **parameters: str) -> AppTest:
    app = opened("brand", view=name, **AUTUMN, **({"lang": "en"} | parameters))
    assert not app.exception and not app.error
    return app


def read_triers(sku: str) -> list[str]:
    """The customers that tried a product by the end of the autumn."""
    scope = Scope(date(2026, 8, 1), date(2026, 10, 31)).narrow(sku=sku)
    known = load_settings()
    rows = metrics.run("launch_customers", scope, (), cursor=reading_cursor(latest_version(known), known))
    return list(rows.loc[rows["order_days"] > 0, "customer_id"])


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception and not app.error
    return app


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "part"),
    [("detail", "trend"), ("detail", "where"), ("detail", "moved"), ("launch", "curve"), ("launch", "plan")],
)
def test_every_part_opens(name: str, part: str, language: str) -> None:
    app = view(name, part=part, lang=language)
    assert not app.warning


@pytest.mark.parametrize("measure", ["numeric_distribution", "repeat_rate", "velocity", "qty", "amount"])
@pytest.mark.parametrize("step", ["month", "week"])
def test_the_trend_says_from_what_to_what(measure: str, step: str) -> None:
    app = view("detail", sku="0001", measure=measure, step=step)
    last = {"month": "(2026-10)", "week": "(2026-10-19)"}[step]  # the week of 26 October ends after the period
    assert last in said(app)


def test_a_trend_begins_with_the_launch() -> None:
    assert "(2026-02)" in said(view("detail", sku="0020", step="month"))


@pytest.mark.parametrize("across", ["area", "channel", "manager_id"])
@pytest.mark.parametrize("condition", [{}, {"sku": "0001"}, {"brand": "青瓷"}, {"maker": "东屿卷制"}])
def test_places_are_shown_of_whatever_the_scope_is_narrowed_to(across: str, condition: dict[str, str]) -> None:
    app = view("detail", part="where", across=across, **condition)
    assert "where is it distributed, and where is it missing?" in said(app)
    assert ("Focus range, 8 products together" in said(app)) == (not condition)


@pytest.mark.parametrize("versus", ["previous", "last_year"])
@pytest.mark.parametrize("measure", ["qty", "amount"])
def test_what_moved_it_says_against_which_period_and_lists_those_behind_each_step(versus: str, measure: str) -> None:
    app = view("detail", part="moved", sku="0001", versus=versus, measure=measure)
    before = {"previous": "2026-05-01 – 2026-07-31", "last_year": "2025-08-01 – 2025-10-31"}[versus]
    assert f"Before: {before}" in said(app)
    assert {"qty": "Quantity, cartons", "amount": "Amount, yuan"}[measure] in said(app)
    lists = next(group for group in app.get("button_group") if group.key == "one_of_list")
    counts = [int(option.content.split("(")[1].rstrip(")").replace(",", "")) for option in lists.proto.options]
    lost, gained, kept, carried, carry = counts
    assert (lost + kept, gained + kept) == (carried, carry)


def test_what_was_not_on_sale_before_is_not_bridged_from_nought() -> None:
    app = opened("brand", view="detail", part="moved", sku="0020", lang="en", from_="2026-02-01", to="2026-04-30")
    assert not app.exception and not app.error
    assert "On sale since 2026-02-25 only" in said(app) and "handlers gained" not in said(app)
    assert len(app.dataframe[0].value)
    later = opened("brand", view="detail", part="moved", sku="0020", lang="en", from_="2026-05-01", to="2026-07-31")
    assert "handlers gained" in said(later)


def test_picking_a_product_narrows_the_scope_and_the_focus_range_widens_it_again() -> None:
    app = view("detail", part="where")
    app.selectbox(key="detail_of").select(("sku", ("0001",))).run()
    assert app.query_params["sku"] == "0001"
    app.selectbox(key="detail_of").select(("brand", ("青瓷",))).run()
    assert "sku" not in app.query_params and app.query_params["brand"] == "青瓷"
    app.selectbox(key="detail_of").select(("", ())).run()
    assert "brand" not in app.query_params
    assert not app.exception and not app.error


def test_the_latest_launch_is_read_unless_another_is_picked() -> None:
    app = view("launch")
    assert app.selectbox(key="launch_of").value == ("sku", ("0020",))
    assert "Widely tried, but too few come back" in said(app)
    app.selectbox(key="launch_of").select(("sku", ("0030",))).run()
    assert "No earlier launch to compare with." in said(app)
    assert view("launch", brand="榆晚").selectbox(key="launch_of").value == ("sku", ("0010",))


def test_one_shop_gives_a_launch_no_verdict() -> None:
    customers = read_triers("0020")
    words = said(view("launch", sku="0020", customer=customers[0]))
    assert "Too few to judge: 1 tried it, it takes 20." in words and "Widely tried" not in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("ahead of the median of the 4 launches before it", "of all who ever tried it,", "repeat rate is of")),
        ("zh", ("上市以来试购过的客户中", "重购率按本期铺货户计")),
    ],
)
def test_the_reading_names_those_it_speaks_of(language: str, words: tuple[str, ...]) -> None:
    told = said(view("launch", lang=language))
    assert all(part in told for part in words) and "it has not got there yet" not in told


def test_the_steps_of_a_plan_each_lie_within_the_one_above_and_those_who_carry_it_stand_below(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[list[str]] = []
    monkeypatch.setattr(
        "ui.brand.launch_plan.chart.bars",
        lambda rows, *, y, **_rest: drawn.append(list(rows[y])),  # type: ignore[func-returns-value]
    )
    save_plan(LaunchPlan("0020", date(2026, 3, 1), date(2026, 5, 26)), settings)
    words = said(view("launch", part="plan"))
    steps = ["Named", "May carry it", "Tried it", "Tried it by 2026-05-26", "Bought again", "Carry it now"]
    assert drawn[0] == steps
    assert "circle" not in words and "Carry it now: whoever bought it in the period" in words


def test_a_launch_of_three_weeks_is_not_read() -> None:
    app = opened("brand", view="launch", lang="en", sku="0020", from_="2026-03-01", to="2026-03-20")
    assert "Too early to tell: a launch is read from week 4 on." in said(app)
    app = opened("brand", view="launch", lang="en", sku="0020", from_="2026-02-01", to="2026-02-24")
    assert "Not on sale yet in this period." in said(app)
    assert not app.exception and not app.error


def test_without_launches_the_view_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    header = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
    (tmp_path / "sales.csv").write_text(header + "1,1,2026-10-05,C1,S1,1,100\n", encoding="utf-8")
    etl.load([tmp_path / "sales.csv"], warehouse=tmp_path / "warehouse")
    for part in ("trend", "where", "moved"):
        assert "none is marked as focus" in said(view("detail", part=part))
    assert "Not loaded: products" in said(view("launch"))


def test_a_plan_is_written_shown_and_changed(settings: Settings) -> None:
    app = press(view("launch", part="plan"), "Write the plan")
    app.date_input(key="plan_covered_by_0020").set_value(date(2026, 6, 30))
    app.text_area(key="plan_offer_0020").set_value(HOSTILE)
    app.multiselect(key="plan_areas_0020").set_value(["柳汀片区"])
    press(app, "Save")
    kept = launch_plan("0020", settings)
    assert kept is not None
    assert (kept.starts_on, kept.covered_by, kept.areas) == (date(2026, 2, 25), date(2026, 6, 30), ("柳汀片区",))
    assert kept.offer == HOSTILE
    answers = next(text.value for text in app.markdown if "**Where**" in text.value)
    assert "柳汀片区" in answers and r"\<img src=x onerror=alert\(1\)\>" in answers
    assert "have not tried it yet" in said(app)
    press(press(app, "Change"), "Leave unchanged")
    assert launch_plan("0020", settings) == kept
    press(press(app, "Change"), "Remove the plan")
    assert launch_plan("0020", settings) is None
    assert "No plan has been written" in said(app)


def test_the_second_to_save_is_told_and_may_take_theirs(settings: Settings) -> None:
    app = press(view("launch", part="plan"), "Write the plan")
    theirs = save_plan(LaunchPlan("0020", date(2026, 3, 1), date(2026, 4, 1), offer="theirs"), settings)
    app.text_area(key="plan_offer_0020").set_value("mine")
    press(app, "Save")
    assert "Nothing of yours has been saved yet." in said(app) and "theirs" in said(app)
    assert launch_plan("0020", settings) == theirs
    assert app.text_area(key="plan_offer_0020").value == "mine"  # nothing typed is lost
    press(app, "Take theirs")
    assert "**What** theirs" in said(app)
    assert launch_plan("0020", settings) == theirs


def test_the_second_to_save_may_go_on_with_theirs_in_sight_and_a_third_is_seen_too(settings: Settings) -> None:
    first = save_plan(LaunchPlan("0020", date(2026, 3, 1), date(2026, 4, 1), offer="first"), settings)
    app = press(view("launch", part="plan"), "Change")
    second = save_plan(replace(first, offer="second"), settings)
    app.text_area(key="plan_offer_0020").set_value("mine")
    press(press(app, "Save"), "Go on with mine: the next save replaces theirs")
    assert launch_plan("0020", settings) == second
    third = save_plan(replace(second, offer="third"), settings)
    press(app, "Save")
    assert "third" in said(app) and launch_plan("0020", settings) == third
    press(press(app, "Go on with mine: the next save replaces theirs"), "Save")
    kept = launch_plan("0020", settings)
    assert kept is not None and kept.offer == "mine"


def test_a_plan_removed_while_it_is_written_is_told(settings: Settings) -> None:
    first = save_plan(LaunchPlan("0020", date(2026, 3, 1), date(2026, 4, 1), offer="first"), settings)
    app = press(view("launch", part="plan"), "Change")
    remove_plan(first, settings)
    press(app, "Save")
    assert "Somebody removed this plan" in said(app) and launch_plan("0020", settings) is None
    press(press(app, "Go on with mine: the next save replaces theirs"), "Save")
    assert launch_plan("0020", settings) is not None


def test_days_in_the_wrong_order_are_refused_and_nothing_typed_is_lost(settings: Settings) -> None:
    app = press(view("launch", part="plan"), "Write the plan")
    app.date_input(key="plan_covered_by_0020").set_value(date(2026, 1, 1))
    app.text_area(key="plan_offer_0020").set_value("mine")
    press(app, "Save")
    assert "Give a last day that is not before the first" in said(app)
    assert app.text_area(key="plan_offer_0020").value == "mine"
    assert launch_plan("0020", settings) is None


def test_records_that_cannot_be_used_are_told_calmly(settings: Settings) -> None:
    settings.records.write_text("no database " * 500, encoding="utf-8")
    app = view("launch", part="plan")
    assert "cannot be used" in said(app)


def test_a_plan_that_names_nobody_in_scope_says_so(settings: Settings) -> None:
    save_plan(LaunchPlan("0020", date(2026, 3, 1), date(2026, 4, 1), areas=("柳汀片区",)), settings)
    assert "names nobody in this scope" in said(view("launch", part="plan", area="云泊片区"))
    save_plan(LaunchPlan("0010", date(2026, 3, 1), date(2026, 4, 1), areas=("gone <b>",)), settings)
    assert "may carry a product launched" in said(view("launch", part="plan", sku="0010"))
    assert not press(view("launch", part="plan", sku="0010"), "Change").exception
