"""The page 20/80: every view on the sample and without data, and its figures against those of the command line."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import etl
import metrics
from metrics import Ranking, Scope
from metrics.columns import column as column_named
from metrics.concentration.multiples import FEWEST_RANKED
from metrics.concentration.shape import MEASURES, shape
from metrics.ranking import CUSTOMERS_BY_AMOUNT
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures
from ui.numbers import written
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

VIEWS = ("shape", "multiples", "vital", "movement", "relationship", "what_if", "handover", "balance")
AUTUMN = Scope(date(2026, 8, 1), date(2026, 10, 31))
pytestmark = pytest.mark.usefixtures("on_sample")


def view(name: str, **parameters: str) -> AppTest:
    """A view of the page as a link opens it."""
    period = {"period": "custom", "from_": "2026-08-01", "to": "2026-10-31"}
    return opened("concentration", view=name, **({"lang": "en"} | period | parameters))


def figures(name: str, scope: Scope = AUTUMN, by: str | tuple[str, ...] = (), *ranking: str) -> pd.DataFrame:
    """The rows of a figure of the sample, read without a screen."""
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)
    return metrics.run(name, scope, by, Ranking(*ranking), cursor=cursor)


def drawn(app: AppTest) -> str:
    """All words of a view, its titles included."""
    assert not app.exception and not app.error, [error.value for error in app.error]
    return said(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_opens_by_its_link(name: str, language: str) -> None:
    app = view(name, lang=language)
    assert drawn(app)
    assert app.dataframe or name == "what_if"


@pytest.mark.parametrize("ranked", ["customer_id", "sku_id", "brand", "area", "manager_id"])
@pytest.mark.parametrize("measure", ["amount", "qty", "gross_margin"])
def test_the_shape_of_anything_by_any_measure_is_that_of_the_command_line(ranked: str, measure: str) -> None:
    app = view("shape", ranked=ranked, measure=measure)
    words = drawn(app)
    glance = figures("concentration", AUTUMN, (), ranked, measure).iloc[0]
    count = int(glance["ranked_count"])
    fifth = next(few for few in range(1, count + 1) if few * 5 >= count)
    share = written(glance["top20_share"], "share", "en")
    assert f"the largest {fifth:,} of {count:,} ({fifth / count:.1%}) make {share} of the whole" in words
    assert f"{glance['needed_for_80']:.0f} of {glance['ranked_count']:.0f} make 80%" in words
    table = app.dataframe[0].value.set_index("measure_name")["now_written"]
    assert table["Gini coefficient"] == written(glance["gini"], "index", "en")
    assert table["Herfindahl index"] == written(glance["hhi"], "index", "en")
    assert table["Share of the first 10"] == written(glance["top10_share"], "share", "en")
    assert ("both prices" in words) == (measure == "gross_margin")


def test_the_table_says_now_before_a_year_ago_and_what_chance_explains() -> None:
    row = view("shape").dataframe[0].value.set_index("measure_name").loc["Customers: share of the first fifth"]
    for column, scope in (
        ("now_written", AUTUMN),
        ("previous_written", AUTUMN.previous()),
        ("last_year_written", AUTUMN.last_year()),
    ):
        assert row[column] == written(figures("top20_share", scope)["top20_share"].iloc[0], "share", "en")
    low, high = (float(part.rstrip("%")) for part in row["interval_written"].split(" – "))
    assert low < float(row["now_written"].rstrip("%")) < high
    assert row["verdict"] in ("yes", "no")


def test_side_by_side_puts_who_hangs_most_on_three_first() -> None:
    app = view("multiples", split="team")
    shares = figures("concentration", AUTUMN, "team").set_index("team")["top3_share"]
    assert shares.idxmax() in drawn(app)
    assert list(app.dataframe[0].value["team"]) == list(shares.sort_values(ascending=False).index)


def test_the_vital_few_are_the_key_customers_and_each_part_shows_its_own() -> None:
    listed = figures("vital_few")
    key = figures("key_customers")
    shown = view("vital").dataframe[0].value
    assert list(shown["customer_id"]) == list(key["customer_id"])
    gone = view("vital", list="gone").dataframe[0].value
    assert set(gone["customer_id"]) == set(listed.loc[listed["was_key"] & ~listed["is_key"], "customer_id"])
    falling = view("vital", list="falling").dataframe[0].value
    assert len(falling) and (falling["year_growth"] < 0).all()


def test_the_change_on_screen_is_the_change_of_the_amount_of_buyers() -> None:
    words = drawn(view("movement", versus="previous"))
    now, before = (figures("concentration", scope)["total"].iloc[0] for scope in (AUTUMN, AUTUMN.previous()))
    assert f"Amount changed by {written(now - before, 'money', 'en')}" in words


def test_losing_the_largest_customer_costs_what_it_bought() -> None:
    app = view("what_if")
    largest = figures("ranking").iloc[0]
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["It would cost"] == written(largest["amount"], "money", "en")
    before, after = (float(part.rstrip("%")) for part in shown["Attainment now → then"].split(" → "))
    assert before > after > 0
    app.multiselect(key="leaving_customers").set_value([]).run()
    assert {metric.label: metric.value for metric in app.metric}["It would cost"] == "0"


def test_limits_of_the_configuration_decide_who_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_LARGEST_CUSTOMER_SHARE", "0.5")
    assert "within the limit" in drawn(view("what_if"))
    monkeypatch.setenv("PINYU_LARGEST_CUSTOMER_SHARE", "0.001")
    assert "10 beyond the limit" in drawn(view("what_if"))


def test_the_handover_lists_the_key_customers_of_the_manager_picked() -> None:
    app = view("handover")
    manager = app.selectbox(key="handing_over").value
    mine = figures("key_customers", AUTUMN.narrow(manager=manager))
    assert list(app.dataframe[0].value["customer_id"]) == list(mine["customer_id"])
    checks = drawn(view("handover", part="check"))
    assert "did the sales hold?" in checks


def test_a_manager_without_key_customers_is_told_so() -> None:
    app = view("handover")
    left = figures("manager_list").query("customers == 0")["manager_id"].iloc[0]
    app.selectbox(key="handing_over").set_value(left).run()
    assert "no key customers on the last day" in drawn(app)


def test_balance_shows_what_the_largest_tenth_gets() -> None:
    largest = figures("service_by_decile").iloc[0]
    assert f"amount, {written(largest['visits_share'], 'share', 'en')} of the visits" in drawn(view("balance"))


def test_balance_lists_every_manager_the_least_even_first() -> None:
    shown = view("balance", list="managers").dataframe[0].value["service_gini"]
    expected = figures("service_gini", AUTUMN, "manager_id")["service_gini"].sort_values(ascending=False)
    assert list(shown) == pytest.approx(list(expected))


@pytest.mark.parametrize("name", VIEWS)
def test_a_period_after_the_last_sale_draws_no_conclusion(name: str) -> None:
    app = view(name, from_="2027-03-01", to="2027-03-31")
    assert metrics.figure("amount").empty[0] in drawn(app)
    assert not app.dataframe and not app.metric


def test_nothing_moved_against_a_period_without_sales() -> None:
    presence = figures("data_presence").set_index("extract")
    first = pd.Timestamp(presence.loc["sales", "first_date"])
    app = view("movement", from_=f"{first:%Y-%m-%d}", to=f"{first + pd.Timedelta(days=40):%Y-%m-%d}", versus="previous")
    assert "nothing can have moved" in drawn(app)
    assert not app.dataframe


@pytest.mark.parametrize("measure", MEASURES)
def test_the_trend_of_a_measure_is_that_of_all_measures_together(measure: str) -> None:
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)

    def read(
        name: str, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT, /
    ) -> pd.DataFrame:
        return metrics.run(name, scope, by, ranking, cursor=cursor)

    months = shape(AUTUMN, Ranking("area", "qty"), read=read, measure=measure).months
    together = figures("concentration", AUTUMN.trailing_months(13), "month", "area", "qty")
    assert list(months["month"]) == list(together["month"])
    assert list(months[measure]) == pytest.approx(list(together[measure]))


def test_fewer_panels_than_the_most_are_counted_as_they_are() -> None:
    app = view("multiples", split="area")
    drawn_areas = (figures("concentration", AUTUMN, "area")["ranked_count"] >= FEWEST_RANKED).sum()
    assert f"Drawn are the {drawn_areas} that" in drawn(app)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_without_sales_says_what_is_missing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    etl.publish_empty(tmp_path)
    assert "Not loaded" in drawn(view(name))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_of_sales_alone_says_what_else_it_would_show(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "warehouse"
    lines = [f"C{number},S{number % 3},2026-10-05,1,{number * number + 1}" for number in range(9)]
    file = tmp_path / "sales.csv"
    file.write_text("\n".join(["customer_id,sku_id,order_date,qty,amount", *lines]), encoding="utf-8")
    etl.load(file, warehouse=warehouse)
    monkeypatch.setenv("PINYU_WAREHOUSE", str(warehouse))
    words = drawn(view(name))
    if name in ("vital", "handover", "balance", "what_if"):
        assert "Not loaded" in words
    margin = drawn(view(name, measure="gross_margin"))
    if name in ("shape", "multiples", "movement"):
        assert "Not loaded: products" in margin or "lacks" in margin or "both prices" in margin


def test_who_was_picked_and_is_out_of_scope_now_is_let_go() -> None:
    areas = figures("ranking", AUTUMN, (), "area")["ranked_id"]
    app = view("what_if", area=areas.iloc[0])
    first = app.multiselect(key="leaving_customers").value
    app.multiselect(key="scope_area").set_value([areas.iloc[1]]).run()
    drawn(app)
    assert set(app.multiselect(key="leaving_customers").value).isdisjoint(first)
    app = view("handover", area=areas.iloc[0])
    for manager in app.selectbox(key="handing_over").options[:2]:
        app.selectbox(key="handing_over").select(manager).run()
        drawn(app)
    app.multiselect(key="scope_team").set_value([figures("manager_list")["team"].iloc[-1]]).run()
    drawn(app)


def test_relationships_tell_who_climbed_and_the_vital_few_say_what_each_is() -> None:
    app = view("relationship", list="climbed")
    rows = app.dataframe[0].value
    assert f"Customers who climbed: {len(rows)};" in drawn(app)
    assert (rows["relationship_score"] > 0).all()
    assert set(rows["relationship"]) <= {"Partner", "Cooperative", "Ordinary"}
    everybody = view("relationship", list="all").dataframe[0].value
    base = figures("relationship_parts", Scope(date(2026, 10, 1), date(2026, 10, 31)))
    assert set(everybody["customer_id"]) == set(base["customer_id"])
    types = dict(zip(everybody["customer_id"], everybody["relationship"], strict=True))
    few = view("vital").dataframe[0].value
    assert [types.get(customer, "—") for customer in few["customer_id"]] == few["relationship"].tolist()


def test_the_rules_of_the_relationship_are_those_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_RELATIONSHIP_LEAST", '{"partner": 99}')
    monkeypatch.setenv("PINYU_RELATIONSHIP", '{"breadth": {"goal": 0.55}}')
    words = drawn(view("relationship"))
    assert "Partner ≥ 99" in words
    assert "to 55.0%" in words


def test_a_link_whose_last_day_lies_before_the_first_is_told_so_and_what_is_shown() -> None:
    words = drawn(view("shape", from_="2026-10-31", to="2026-10-01")).replace("\\", "")
    assert "the last day 2026-10-01 lies before the first, 2026-10-31. Shown instead: This month." in words
    assert "left out of the link" not in words
    words = drawn(view("shape", lang="zh", from_="2026-02-30", to="2026-10-01")).replace("\\", "")
    assert "2026-02-30不是1900-01-01至2199-12-31之间的日期，现显示：本月。" in words


def test_one_customer_alone_has_no_concentration_no_curve_and_its_name_in_the_bar() -> None:
    shape = view("shape", customer="000030")
    words = drawn(shape)
    assert "A single customer bought: one alone has no concentration." in words
    assert "One alone has no concentration: a curve needs two or more to compare." in words
    assert not shape.get("plotly_chart")
    name = figures("customer_facts", AUTUMN.narrow(customer="000030"))["customer_name"].iloc[0]
    assert name in [button.proto.popover.label for button in shape.get("popover")]
    words = drawn(view("balance", customer="000030"))
    assert "Too few customers for a smaller half" in words and "— were visited" not in words


def test_bars_of_some_say_of_how_many_they_are_and_what_they_make() -> None:
    managers = figures("ranking", AUTUMN, (), "manager_id", "amount")
    assert len(managers) == 11
    share = managers["amount"].head(10).sum() / managers["amount"].sum()
    assert f"Drawn: the largest 10 of 11, which make {share:.1%}." in drawn(view("what_if"))


def test_days_fewer_than_a_week_are_no_ground_to_call_customers_lost() -> None:
    day = {"from_": "2026-10-15", "to": "2026-10-15"}
    gap = figures("vital_few", Scope(date(2026, 10, 15), date(2026, 10, 15)))["usual_gap"].median()
    words = drawn(view("movement", **day))
    assert f"no more often than every {gap:.1f} days. Who is missing on days so few is not lost" in words
    assert "Before: 2025-10-15." in words
    assert "Who is missing" not in drawn(view("movement", from_="2026-10-09", to="2026-10-15"))


def test_visits_after_a_handover_are_drawn_from_zero() -> None:
    charts = [json.loads(chart.proto.spec) for chart in view("handover", part="check").get("plotly_chart")]
    assert [chart["layout"]["yaxis"]["range"][0] for chart in charts] == [0, 0]


def test_what_key_customers_make_is_of_the_amount_and_gaps_have_one_decimal_at_most() -> None:
    key = figures("vital_few").query("is_key")
    assert f"{len(key)} key customers make {key['amount_share'].sum():.1%} of the amount;" in drawn(view("vital"))
    assert written(7.0, column_named("usual_gap").unit, "en") == "7.0"


def test_the_arrow_of_the_tiles_says_against_which_days() -> None:
    # October has 31 days: as many before it begin on the last of August.
    october = {"period": "custom", "from_": "2026-10-01", "to": "2026-10-31"}
    assert "Arrow: against 2026-08-31 – 2026-09-30, the same length" in drawn(opened(lang="en", **october))
    assert "紧邻的同长上期（2026-08-31 至 2026-09-30）" in drawn(opened(lang="zh", **october))
