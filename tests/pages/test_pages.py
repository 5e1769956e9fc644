"""Every page on the sample, on an empty warehouse and on public sets: no exception, and words for what is missing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
import metrics
from etl.demo import real_set
from etl.errors import FileProblem
from metrics import Scope
from tests.titles import PAGES, TITLES
from ui.numbers import written
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import ROOT, load_settings

WAIT_SECONDS = 60


def opened(page: str = "overview", **parameters: str | list[str]) -> AppTest:
    """A page as a link opens it, without any page before it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT_SECONDS)
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name.rstrip("_")] = value
    return app.run()


def said(app: AppTest) -> str:
    """All words that a page shows outside tables and charts."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", range(len(PAGES)), ids=PAGES)
def test_a_page_opens_on_the_sample(on_sample: Path, language: str, number: int) -> None:
    app = opened(PAGES[number], lang=language)
    assert not app.exception and not app.error
    assert app.subheader[0].value == TITLES[language][number]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("loaded", [False, True], ids=["nothing loaded", "tables without rows"])
def test_a_page_without_data_says_so(
    page: str, language: str, loaded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    if loaded:
        etl.publish_empty(tmp_path)
    app = opened(page, lang=language)
    assert not app.exception and not app.error
    if page not in ("dictionary", "upload", *(["meeting"] if loaded else [])):
        words = ("Not loaded", "未载入") if loaded else ("Nothing has been loaded", "尚未载入")
        assert words[language == "zh"] in said(app)


def test_a_link_opens_its_scope_and_the_figures_are_those_of_the_command_line(on_sample: Path) -> None:
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)
    area = str(metrics.run("amount", Scope(date(2026, 9, 1), date(2026, 9, 30)), "area", cursor=cursor)["area"].iloc[0])
    app = opened(lang="en", from_="2026-09-01", to="2026-09-30", area=area)
    scope = Scope(date(2026, 9, 1), date(2026, 9, 30)).narrow(area=area)
    shown = {metric.label: metric.value for metric in app.metric}
    for name in ("amount", "qty", "active_customers", "top20_share", "strike_rate"):
        figure = metrics.figure(name)
        value = metrics.value(name, scope, cursor=cursor)
        assert shown[figure.title[0]] == written(value, figure.unit, "en")
    assert shown["Target attainment"] == "—"  # targets are not by area
    assert "Target attainment" in said(app)


@pytest.mark.parametrize(
    "parameters",
    [
        {"period": "bogus", "area": "<img src=x onerror=alert(1)>"},
        {"from_": "0001-01-01", "to": "9999-12-31"},
        {"from_": "2026-10-31", "to": "2026-10-01"},
        {"manager": ["'; drop table sales; --", "M001"], "lang": "klingon"},
        {"colour": "red", "sku": ["" for _ in range(50)]},
    ],
)
def test_a_hostile_link_opens_a_page_all_the_same(on_sample: Path, parameters: dict[str, str | list[str]]) -> None:
    app = opened(**parameters)
    assert not app.exception and not app.error
    assert len(app.metric) == 9


def test_a_new_version_is_seen_on_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extracts, warehouse = tmp_path / "extracts", tmp_path / "warehouse"
    extracts.mkdir()
    monkeypatch.setenv("PINYU_WAREHOUSE", str(warehouse))
    header = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n"
    (extracts / "sales.csv").write_text(header + "1,1,2026-10-05,C1,S1,1,100\n", encoding="utf-8")
    etl.load([extracts], warehouse=warehouse)
    app = opened(lang="en", from_="2026-10-01", to="2026-10-31")
    assert app.metric[0].value == "100"
    (extracts / "sales.csv").write_text(header + "2,1,2026-10-06,C2,S1,1,50\n", encoding="utf-8")
    etl.load([extracts], warehouse=warehouse)
    assert app.run().metric[0].value == "150"


@pytest.mark.parametrize("name", ["northwind", "adventureworks", "completejourney", "onlineretail"])
def test_every_page_draws_a_public_set_and_says_what_it_lacks(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    try:
        folder, mapping = real_set(name)
    except FileProblem as problem:
        pytest.skip(str(problem))
    etl.load([folder], warehouse=tmp_path, mapping=mapping)
    for page in PAGES:
        app = opened(page, lang="en")
        assert not app.exception and not app.error
        if page == "overview":
            assert "Not loaded: visits" in said(app)
            assert "periods count from that day" in said(app)


@pytest.mark.usefixtures("on_sample")
def test_a_finding_of_the_overview_itself_narrows_it_each_time_that_it_is_asked_for() -> None:
    app = opened(lang="en")
    app.button(key="show_area_falling").click().run()
    assert not app.exception
    (area,) = [app.query_params["area"]] if isinstance(app.query_params["area"], str) else app.query_params["area"]
    app.multiselect(key="scope_area").set_value([]).run()
    assert "area" not in app.query_params
    app.button(key="show_area_falling").click().run()
    assert app.query_params["area"] in (area, [area])
