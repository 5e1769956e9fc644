"""The view Portfolio of the page Brand cultivation: every level, and what it says where something is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

import etl
from tests.pages.test_pages import opened, said

PERIOD = {"from_": "2026-08-01", "to": "2026-10-31"}


@pytest.fixture(autouse=True)
def forget_cached_figures() -> Iterator[None]:
    """Each test starts with nothing cached."""
    st.cache_data.clear()
    yield


@pytest.fixture
def on_sample(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed sample is what the pages read."""
    monkeypatch.setenv("PINYU_WAREHOUSE", str(sample_warehouse))


def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, products: str, sales: str) -> None:
    """A warehouse of a few rows, without targets and shelf checks."""
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    (extracts / "products.csv").write_text(f"sku_id,sku_name,brand,focus\n{products}", encoding="utf-8")
    (extracts / "sales.csv").write_text(f"order_date,customer_id,sku_id,qty,amount\n{sales}", encoding="utf-8")
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    etl.load([extracts], warehouse=tmp_path / "warehouse")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("versus", ["previous", "last_year"])
@pytest.mark.parametrize(
    ("level", "rows"), [("focus", 8), ("sku", 61), ("brand", 19), ("maker", 6), ("price_class", 6)]
)
def test_every_level_opens_by_its_link(on_sample: None, level: str, rows: int, versus: str, language: str) -> None:
    app = opened("brand", lang=language, view="portfolio", level=level, versus=versus, **PERIOD)
    assert not app.exception and not app.error
    assert len(app.dataframe[0].value) == rows


def test_a_cell_opens_the_customers_it_counts_and_a_button_goes_back(on_sample: None) -> None:
    app = opened("brand", lang="en", level="focus", **PERIOD)
    handlers = {"selection": {"rows": [], "columns": [], "cells": [(0, "numeric_distribution")]}}
    app.session_state["portfolio-focus"] = handlers
    app.run()
    assert not app.exception and not app.error
    assert "the customers behind numeric distribution" in said(app)
    assert len(app.dataframe) == 2
    app.session_state["portfolio-focus"] = handlers
    next(button for button in app.button if button.label == "Back to the picture").click().run()
    assert "the customers behind numeric" not in said(app)
    assert len(app.dataframe) == 1


@pytest.mark.parametrize(
    "column",
    [
        "trend",
        "weighted_distribution_change",
        "repeat_rate",
        "on_shelf_rate",
        "sell_through",
        "velocity",
        "fill_rate",
        "amount",
        "class_share",
        "distribution_attainment",
        "reach",
    ],
)
def test_every_number_opens_the_customers_behind_it(on_sample: None, column: str) -> None:
    app = opened("brand", lang="zh", level="brand", **PERIOD)
    app.session_state["portfolio-brand"] = {"selection": {"rows": [], "columns": [], "cells": [(0, column)]}}
    app.run()
    assert not app.exception and not app.error
    assert "的客户" in said(app)


def test_a_name_opens_nothing(on_sample: None) -> None:
    app = opened("brand", lang="en", level="brand", **PERIOD)
    app.session_state["portfolio-brand"] = {"selection": {"rows": [], "columns": [], "cells": [(0, "brand")]}}
    app.run()
    assert not app.exception and "the customers behind Brand" not in said(app)
    assert len(app.dataframe) == 1


def test_without_a_focus_product_brands_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(tmp_path, monkeypatch, "S1,One,B1,否\nS2,Two,B1,否\n", "2026-10-05,C1,S1,1,100\n2026-10-06,C2,S2,1,50\n")
    app = opened("brand", lang="en", level="focus", from_="2026-10-01", to="2026-10-31")
    assert not app.exception and not app.error
    assert app.dataframe[0].value["brand"].tolist() == ["B1"]
    assert "level" not in app.query_params


def test_what_has_no_extract_is_told_below_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(tmp_path, monkeypatch, "S1,One,B1,是\n", "2026-10-05,C1,S1,1,100\n")
    app = opened("brand", lang="en", from_="2026-10-01", to="2026-10-31")
    assert not app.exception and not app.error
    words = said(app)
    assert "Distribution target attainment: Not loaded: targets" in words
    assert "On-shelf rate: Not loaded: shelf checks" in words
    assert "Fill rate: No line in the period tells what was ordered." in words


@pytest.mark.parametrize(
    ("level", "language", "rows"),
    [
        ("sku", "en", " products "),
        ("brand", "en", " brands "),
        ("maker", "en", " makers "),
        ("price_class", "zh", "价类"),
    ],
)
def test_the_finding_says_what_the_rows_are(on_sample: None, level: str, language: str, rows: str) -> None:
    app = opened("brand", lang=language, level=level, **PERIOD)
    words = next(
        text.value
        for text in app.markdown
        if "sell fast" in text.value or "卖得快" in text.value or "动销快" in text.value
    )
    assert rows in words


def test_only_the_largest_have_arrows_and_the_caption_says_so(on_sample: None) -> None:
    assert "Arrows: of the 12 largest only." in said(opened("brand", lang="en", level="sku", **PERIOD))
    assert "Arrows: of the" not in said(opened("brand", lang="en", level="focus", **PERIOD))


def test_a_change_is_called_after_the_column_it_is_of(on_sample: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []
    monkeypatch.setattr("ui.table.downloads", lambda _rows, titles, **_rest: told.append(titles))
    opened("brand", lang="en", level="price_class", **PERIOD)
    for name in ("class_share", "distribution_attainment"):
        assert told[0][f"{name}_change"] == f"{told[0][name]}, change"
    assert told[0]["class_share_change"] == "Share of the whole, change"


def test_one_product_is_told_by_how_it_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sales = "2026-09-05,C1,S1,31,100\n2026-10-05,C1,S1,62,200\n2026-10-06,C2,S1,62,200\n2026-10-06,C3,S2,1,1\n"
    loaded(tmp_path, monkeypatch, "S1,One,B1,是\nS2,Two,B1,否\n", sales)
    app = opened("brand", lang="en", from_="2026-10-01", to="2026-10-31")
    assert not app.exception and not app.error
    # C1 of C1 in the period before; C1 and C2 of three now. 31 and 62 a handler in 31 days.
    assert "One: distribution 100.0% → 66.7%, velocity 7.00 → 14.00" in said(app)


def test_a_group_says_how_many_of_its_products_its_target_is_of(on_sample: None) -> None:
    app = opened("brand", lang="en", level="price_class", **PERIOD)
    told = app.dataframe[0].value["targeted_products"].dropna()
    assert list(told) == ["1 of 14 products", "3 of 14 products", "1 of 17 products", "3 of 9 products"]
    assert "Targets are set product by product" in said(app)
    products = opened("brand", lang="en", level="focus", **PERIOD)
    assert "targeted_products" not in products.dataframe[0].value
    assert "Targets are set product by product" not in said(products)


@pytest.mark.parametrize(("language", "word"), [("en", "stronger in big shops"), ("zh", "偏大店")])
def test_reach_says_in_which_shops_it_is_strong_and_not_how_wide(on_sample: None, language: str, word: str) -> None:
    told = opened("brand", lang=language, level="focus", **PERIOD).dataframe[0].value["reach"]
    assert word in set(told)
    assert not any(width in words for words in told.dropna() for width in ("narrow", "broad", "铺得"))


def test_a_period_without_sales_says_so(on_sample: None) -> None:
    app = opened("brand", lang="en", from_="2019-01-01", to="2019-01-31")
    assert not app.exception and not app.error
    assert "Nobody in scope carries the product in the period." in said(app)
