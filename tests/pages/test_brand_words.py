"""The head of the page Brand cultivation and what it says of a link: true of what is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened, said

PERIOD = {"from_": "2026-08-01", "to": "2026-10-31"}


@pytest.fixture(autouse=True)
def on_sample(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The committed sample is what the pages read, with nothing cached."""
    monkeypatch.setenv("PINYU_WAREHOUSE", str(sample_warehouse))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield


def test_a_product_out_of_focus_does_not_promise_brands() -> None:
    words = said(opened("brand", lang="en", sku="0001", **PERIOD))
    assert "No product in scope is marked as focus." in words and "brands are shown" not in words


def test_a_single_focus_product_leads_nobody() -> None:
    words = said(opened("brand", lang="en", sku="0039", **PERIOD))
    assert "of those that may carry it." in words and "leads with" not in words


def test_a_period_without_sales_gives_the_reason_and_no_nought() -> None:
    app = opened("brand", lang="en", from_="2027-03-01", to="2027-03-31")
    assert not app.exception and not app.error
    assert "reach 0.0%" not in said(app) and "leads with" not in said(app)
    assert "No sales" in app.markdown[0].value + app.markdown[1].value


def test_a_trend_of_several_products_says_that_any_of_them_counts() -> None:
    assert ": numeric distribution of any of the 8 products" in said(
        opened("brand", lang="en", view="detail", **PERIOD)
    )
    one = said(opened("brand", lang="en", view="detail", sku="0039", **PERIOD))
    assert ": numeric distribution from" in one


def test_a_custom_period_counts_from_no_day() -> None:
    words = said(opened("brand", lang="en", **PERIOD))
    assert "periods count from" not in words


@pytest.mark.parametrize(("measure", "is_told"), [("qty", False), ("amount", True)])
def test_price_is_explained_where_it_is_shown(measure: str, is_told: bool) -> None:
    app = opened("brand", lang="en", view="detail", part="moved", measure=measure, **PERIOD)
    assert ("Price: yuan a carton." in said(app)) == is_told


def test_medians_are_explained_where_they_are_drawn() -> None:
    assert "Dashed: medians." in said(opened("brand", lang="en", level="brand", **PERIOD))
    assert "Dashed: medians." not in said(opened("brand", lang="en", sku="0039", **PERIOD))


def two_pages() -> None:
    """A page with one choice, then, where the session says so, one that names other codes the same."""
    import streamlit as st

    from ui.address import open_link, write_address
    from ui.views import one_of

    open_link()
    write_address()
    codes = ("c", "d") if st.session_state.get("other_page") else ("a", "b")
    one_of("view", dict(zip(codes, codes, strict=True)), label="View")


def test_a_view_that_is_none_is_told_once() -> None:
    app = AppTest.from_function(two_pages)
    app.query_params.update({"lang": "en", "view": "nonsense"})
    app.run()
    assert not app.exception and "left out of the link: nonsense" in said(app)
    assert "view" not in app.query_params
    assert "left out of the link" not in said(app.run())


def test_a_view_that_another_page_left_is_dropped_without_a_word() -> None:
    app = AppTest.from_function(two_pages)
    app.query_params.update({"lang": "en", "view": "b"})
    app.run()
    assert "left out" not in said(app)
    app.session_state["other_page"] = True
    app.run()
    assert not app.exception and "left out" not in said(app)


def test_targets_are_called_monthly() -> None:
    assert "targets are monthly" in said(opened("brand", lang="en", **PERIOD))


def test_the_chinese_says_average_distribution_and_customers_to_win() -> None:
    words = said(opened("brand", lang="zh", **PERIOD))
    assert "重点品规平均铺货率" in words and "逐品规计" not in words
    views = next(group for group in opened("brand", lang="zh", **PERIOD).get("button_group") if "view" in group.key)
    assert "待开发客户" in [option.content for option in views.proto.options]
    treated = said(opened("brand", lang="zh", view="treatment", **PERIOD))
    assert "分别为 " in treated and "两段各" not in treated
