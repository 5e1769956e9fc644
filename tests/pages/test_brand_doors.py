"""Doors to knock on and equal treatment on screen: on the sample, with too little to learn from, and with nothing."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

import etl
import metrics
from etl.demo import real_set
from etl.errors import FileProblem
from metrics import Scope
from metrics.brand.doors import doors
from metrics.brand.treatment import treatment
from metrics.brand.visit_plan import visit_plan
from metrics.columns import column
from tests.pages.test_pages import opened, said
from ui.numbers import written
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

PERIOD = {"from_": "2026-08-01", "to": "2026-10-31"}
SCOPE = Scope(dt.date(2026, 8, 1), dt.date(2026, 10, 31))


@pytest.fixture(autouse=True)
def forget_cached_figures() -> Iterator[None]:
    """Each test starts with nothing cached."""
    st.cache_data.clear()
    st.cache_resource.clear()
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_doors_and_their_worth_are_those_worked_out_without_a_screen(on_sample: Path, language: str) -> None:
    app = opened("brand", lang=language, view="doors", sku="0039", **PERIOD)
    assert not app.exception and not app.error
    found = doors(SCOPE, "0039", read=read)
    best = visit_plan(found.rows, 10, None)
    assert found.likelihood is not None
    for figure in (
        written(best["expected_qty"].sum(), "quantity", language),
        written(found.likelihood.auc.mean(), "share", language),
        written(found.likelihood.size_auc.mean(), "share", language),
    ):
        assert figure in said(app)
    assert list(app.dataframe[0].value["customer_id"]) == list(found.rows["customer_id"].head(500))
    assert all(app.dataframe[0].value["reason"])


def test_the_bars_of_managers_say_how_many_there_are_and_the_list_its_product(
    on_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda *_words, file_name, **_rest: files.append(file_name))
    app = opened("brand", lang="en", view="doors", sku="0039", **PERIOD)
    best = visit_plan(doors(SCOPE, "0039", read=read).rows, 10, None)
    assert best["manager_id"].nunique() > 4
    assert f"The first 4 of {best['manager_id'].nunique()} managers" in said(app)
    name = read("product_list", SCOPE).set_index("sku_id").loc["0039", "sku_name"]
    assert [file for file in files if f"visit_plan-{name}-2026-08-01" in file][1:], files


def test_too_few_handlers_are_ranked_by_size_in_so_many_words(on_sample: Path) -> None:
    app = opened("brand", lang="en", view="doors", sku="0020", **PERIOD)
    assert not app.exception and not app.error
    assert "Ranked by size: with 12 customers that carry it" in said(app)
    assert "probability" not in app.dataframe[0].value


def test_where_size_tells_better_than_the_model_its_order_is_to_be_taken_with_care(on_sample: Path) -> None:
    found = doors(SCOPE, "0010", read=read)
    assert found.likelihood is not None and found.likelihood.auc.mean() < found.likelihood.size_auc.mean()
    assert found.reasons is not None and found.rows["expected_qty"].is_monotonic_decreasing
    app = opened("brand", lang="en", view="doors", sku="0010", **PERIOD)
    assert not app.exception and not app.error
    assert "Take the order with care: the model is no better than size here." in said(app)
    assert written(found.likelihood.size_auc.mean(), "share", "en") in said(app)
    assert list(app.dataframe[0].value["customer_id"]) == list(found.rows["customer_id"])


def test_before_any_sale_there_is_nothing_to_learn_doors_from(on_sample: Path) -> None:
    app = opened("brand", lang="en", view="doors", sku="0039", from_="2023-01-01", to="2023-01-31")
    assert not app.exception and not app.error and not app.dataframe
    assert "there is nothing to learn from" in said(app) and "visits" not in said(app)


def test_nothing_counted_is_told_apart_from_none_left(on_sample: Path) -> None:
    rows = read("out_of_stock_list", SCOPE.narrow(sku="0004"))
    never = int(rows["last_bought"].isna().sum())
    words = said(opened("brand", lang="en", view="doors", list="out_of_stock", sku="0004", **PERIOD))
    assert f"None counted at {len(rows)} customers: {len(rows) - never} had none left, {never} never bought it" in words


def test_the_notes_point_at_what_is_on_screen_and_a_visit_is_the_managers(on_sample: Path) -> None:
    app = opened("brand", lang="en", view="doors", sku="0039", **PERIOD)
    assert "right:" not in said(app) and "Pairs: a customer that carries it" in said(app)
    assert column("last_manager_visit").title[0] == "Manager's last visit"


def test_the_product_picked_stands_in_the_address(on_sample: Path) -> None:
    app = opened("brand", lang="en", view="doors", **PERIOD)
    app.selectbox(key="doors_product").set_value("0039").run()
    assert not app.exception and not app.error
    assert app.query_params["sku"] == "0039" and app.query_params["view"] == "doors"
    assert app.selectbox(key="doors_product").value == "0039"


@pytest.mark.parametrize("kind", ["lost", "out_of_stock"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_lost_handlers_and_customers_out_of_stock_are_lists_of_their_own(
    on_sample: Path, kind: str, language: str
) -> None:
    app = opened("brand", lang=language, view="doors", list=kind, sku="0004", **PERIOD)
    assert not app.exception and not app.error
    customers = set(app.dataframe[0].value["customer_id"])
    if kind == "lost":
        before = set(read("handler_list", SCOPE.narrow(sku="0004").previous())["customer_id"])
        now = set(read("handler_list", SCOPE.narrow(sku="0004"))["customer_id"])
        assert customers and customers <= before - now
    else:
        assert customers == set(read("out_of_stock_list", SCOPE.narrow(sku="0004"))["customer_id"])


def test_more_doors_a_manager_make_a_longer_visit_list(on_sample: Path) -> None:
    app = opened("brand", lang="en", view="doors", sku="0039", **PERIOD)
    found = doors(SCOPE, "0039", read=read)
    assert f"{len(visit_plan(found.rows, 10, None))} visits" in said(app)
    app.number_input(key="doors_a_manager").set_value(2).run()
    assert f"{len(visit_plan(found.rows, 2, None))} visits" in said(app)
    assert "The first 2 doors of each manager" in said(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("measure", ["fill_rate", "launch_fill_rate", "supplied_share", "qty_per_customer"])
def test_each_measure_of_treatment_opens_with_its_finding(on_sample: Path, measure: str, language: str) -> None:
    app = opened("brand", lang=language, view="treatment", measure=measure, **PERIOD)
    assert not app.exception and not app.error
    if measure == "fill_rate":
        gap = treatment(SCOPE, measure, (), read=read).gap
        assert gap is not None and gap.is_beyond_chance
        words = {
            "en": f"Tiers {gap.lowest} get less than tiers {gap.highest}",
            "zh": f"档位 {gap.lowest} 比档位 {gap.highest} 拿得少",
        }
        assert gap.left_out and all(band in said(app) for band in gap.left_out)
        assert "Small customers" not in said(app) and "小户拿得" not in said(app)
        assert words[language] in said(app)
        assert f"{gap.low * 100:+.1f}" in said(app)


@pytest.mark.parametrize("measure", ["fill_rate", "supplied_share", "qty_per_customer"])
def test_every_measure_compares_the_same_way_and_says_how(on_sample: Path, measure: str) -> None:
    skus = tuple(read("product_list", SCOPE).query("launched_on > '2025-10-31'")["sku_id"])
    found = treatment(SCOPE, measure, skus, read=read)
    assert found.gap is not None
    known = found.by_tier[(found.by_tier["customers"] >= 20) & (found.by_tier["tier_band"] != "unknown")]
    ends = known.set_index("tier_band")[measure]
    assert (found.gap.lowest, found.gap.highest) == (ends.idxmin(), ends.idxmax())
    words = said(opened("brand", lang="en", view="treatment", measure=measure, **PERIOD))
    assert f"iers {ends.idxmin()}" in words and f"tiers {ends.idxmax()}" in words
    assert "with the lowest and the highest value" in words and "(Bonferroni)" in words
    assert "95% interval" in words


@pytest.mark.parametrize(
    "choice",
    [
        *({"view": "doors", "list": code} for code in ("doors", "lost", "out_of_stock")),
        *({"view": "treatment", "measure": code} for code in ("fill_rate", "supplied_share", "qty_per_customer")),
    ],
    ids=lambda choice: "-".join(choice.values()),
)
@pytest.mark.parametrize("lines", ["", "1,1,2026-10-05,C1,S1,1,100\n"], ids=["no sales", "one sale"])
def test_next_to_no_data_is_told_in_words(
    choice: dict[str, str], lines: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    if lines:
        header = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
        (tmp_path / "sales.csv").write_text(header + lines, encoding="utf-8")
        etl.load([tmp_path / "sales.csv"], warehouse=tmp_path / "warehouse")
    else:
        etl.publish_empty(tmp_path / "warehouse")
    app = opened("brand", lang="en", from_="2026-10-01", to="2026-10-31", **choice)
    assert not app.exception and not app.error
    assert app.info


@pytest.mark.parametrize("name", ["northwind", "onlineretail", "completejourney"])
def test_a_public_set_has_doors_or_says_why_not(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    try:
        folder, mapping = real_set(name)
    except FileProblem as problem:
        pytest.skip(str(problem))
    etl.load([folder], warehouse=tmp_path, mapping=mapping)
    for choice in ({"view": "doors"}, {"view": "doors", "list": "lost"}, {"view": "treatment"}):
        app = opened("brand", lang="en", period="year_to_date", **choice)
        assert not app.exception and not app.error
        assert app.dataframe or app.info
