"""Fair comparison and distinguished salesperson: on the sample, without data, and against the figures themselves."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import etl
import metrics
from metrics import Scope
from metrics.managers.compared import COMPARED
from metrics.managers.distinguished import Criteria, distinguished
from metrics.managers.fair import Fair, fair
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures
from ui.numbers import written
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

YEAR = Scope(date(2025, 11, 1), date(2026, 10, 31))
pytestmark = pytest.mark.usefixtures("on_sample")


def view(name: str, **parameters: str) -> AppTest:
    """A view of the page over a year, as a link opens it."""
    period = {"period": "custom", "from_": "2025-11-01", "to": "2026-10-31"}
    return opened("managers", view=name, **({"lang": "en"} | period | parameters))


def drawn(app: AppTest) -> str:
    """All words of a view, its titles included."""
    assert not app.exception and not app.error, [error.value for error in app.error]
    return said(app)


def chart_of(app: AppTest) -> Any:
    """The one chart of a view, as it is sent to the browser."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def read(name: str, scope: Scope, by: Any = ()) -> pd.DataFrame:
    """The rows of a figure of the sample, read without a screen."""
    settings = load_settings()
    return metrics.run(name, scope, by, cursor=reading_cursor(latest_version(settings), settings))


def compared(name: str, scope: Scope = YEAR) -> Fair:
    """The comparison without a screen."""
    found = fair(scope, name, read=read)
    assert found is not None
    return found


@pytest.mark.parametrize(("part", "language"), [("funnel", "zh"), ("ranks", "en")])
@pytest.mark.parametrize("name", [name for name in COMPARED if name != "numeric_distribution"])
def test_every_figure_is_compared_in_both_languages(name: str, part: str, language: str) -> None:
    app = view("fair", measure=name, part=part, lang=language)
    assert drawn(app)
    assert len(app.dataframe[0].value) == 11


def test_distribution_is_offered_where_the_scope_names_products() -> None:
    app = view("fair", measure="numeric_distribution", sku="0020")
    assert app.selectbox(key="fair_figure").value == "numeric_distribution"
    everything = view("fair", measure="numeric_distribution")
    assert everything.selectbox(key="fair_figure").value == "focus_distribution"


def test_the_title_says_who_stands_out_and_that_the_others_cannot_be_told_apart() -> None:
    found = compared("focus_distribution")
    outside = found.managers["verdict"].isin(["high", "low"])
    assert outside.sum() == 1  # of the committed sample
    name = read("manager_list", YEAR).set_index("manager_id")["manager_name"][found.managers["manager_id"][0]]
    assert f"1 of 11 stands out beyond chance: {name} ↑; of the other 10 that cannot be said" in drawn(view("fair"))
    nobody = compared("call_coverage")
    assert not nobody.managers["verdict"].isin(["high", "low"]).any()
    assert "None of 11 stands out beyond chance" in drawn(view("fair", measure="call_coverage"))


def test_the_table_shows_raw_expected_and_shrunk_together_and_gives_them_as_numbers(files: list[bytes]) -> None:
    rows = compared("strike_rate").managers
    shown = view("fair", measure="strike_rate").dataframe[0].value
    for written_name, column in (
        ("observed_written", "value"),
        ("expected_written", "expected"),
        ("shrunk_written", "shrunk"),
    ):
        assert list(shown[written_name]) == [written(value, "share", "en") for value in rows[column]]
    csv = next(file for file in files if file.startswith(b"\xef\xbb\xbfManager"))
    taken = pd.read_csv(io.BytesIO(csv), nrows=len(rows))
    for title, column in (("Raw", "value"), ("Rank from", "rank_low"), ("Rank to", "rank_high")):
        assert list(taken[title]) == pytest.approx(list(rows[column]))
    assert list(shown["top_third"]) == pytest.approx(list(rows["top_third"]))
    assert list(shown["rank_interval"]) == [
        f"{low:.0f}–{high:.0f}" for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)
    ]
    growth = view("fair", measure="like_for_like_growth").dataframe[0].value
    index = compared("like_for_like_growth").managers["value"]
    assert list(growth["observed_written"]) == [written(value - 1, "change", "en") for value in index]


def test_a_dot_is_told_with_how_it_is_worked_out(files: list[bytes]) -> None:
    found = compared("focus_distribution")
    app = view("fair")
    assert f"at about {found.overall:.1%}, which all reach together, + raw − expected" in drawn(app)
    shown = app.dataframe[0].value
    assert list(shown["dot_written"]) == [written(value, "share", "en") for value in found.managers["adjusted"]]
    told = chart_of(app)["data"][-1]["hovertext"]
    for text, row in zip(told, found.managers.to_dict("records"), strict=True):
        assert f"Dot at {row['adjusted']:.1%}, {row['errors']:+.1f} standard errors from the line" in text
    csv = next(file for file in files if file.startswith(b"\xef\xbb\xbfManager"))
    taken = pd.read_csv(io.BytesIO(csv), nrows=len(found.managers))
    assert list(taken["Dot in the funnel"]) == pytest.approx(list(found.managers["adjusted"]))
    money = compared("amount_per_customer")
    words = drawn(view("fair", measure="amount_per_customer"))
    assert f"at {written(money.overall, 'money', 'en')}, which all reach together, × raw ÷ expected" in words
    assert "as an index, × raw ÷ expected" in drawn(view("fair", measure="growth"))


def test_every_dot_of_a_dozen_is_named_and_no_word_of_the_chart_is_small() -> None:
    chart = chart_of(view("fair", from_="2026-10-01", to="2026-10-31"))
    assert len([name for name in chart["data"][-1]["text"] if name]) == 11
    assert min(note["font"]["size"] for note in chart["layout"]["annotations"] if note["text"]) >= 14
    assert not any("color" in note["font"] for note in chart["layout"]["annotations"] if note["text"])


def test_ranks_stand_in_the_order_of_their_probability_in_chart_table_and_download(files: list[bytes]) -> None:
    found = compared("focus_distribution").by_rank().managers
    names = read("manager_list", YEAR).set_index("manager_id")["manager_name"]
    ordered = [names[manager] for manager in found["manager_id"]]
    app = view("fair", part="ranks")
    assert list(app.dataframe[0].value["manager_id"]) == ordered
    assert chart_of(app)["data"][0]["y"] == ordered
    csv = next(file for file in files if file.startswith(b"\xef\xbb\xbfManager"))
    assert list(pd.read_csv(io.BytesIO(csv), nrows=len(found))["Manager"]) == ordered
    assert "In the order of the probability of the top third" in drawn(app)
    assert "In the order of the verdict" in drawn(view("fair"))


def test_the_ranks_say_how_much_of_the_spread_is_chance() -> None:
    words = drawn(view("fair", part="ranks", measure="strike_rate"))
    assert f"about {compared('strike_rate').chance_share:.0%} is likely to be chance" in words


def test_who_has_an_area_to_himself_is_told() -> None:
    app = view("fair", lang="en")
    alone = app.dataframe[0].value["no_peers"]
    only = compared("focus_distribution").managers["alone"].str.len() > 0
    assert only.any()
    assert [bool(text) for text in alone] == list(only)
    assert "only their other traits count" in drawn(app)


def test_one_team_is_compared_with_everybody() -> None:
    team = read("manager_list", YEAR)["team"].iloc[0]
    app = view("fair", team=team)
    narrowed = compared("focus_distribution", YEAR.narrow(team=team)).managers
    assert len(app.dataframe[0].value) == len(narrowed) < 11
    assert list(app.dataframe[0].value["expected_written"]) == [
        written(value, "share", "en") for value in narrowed["expected"]
    ]


@pytest.mark.parametrize("name", ["fair", "distinguished"])
def test_on_a_shared_screen_nobody_is_named(name: str) -> None:
    app = view(name, names="codes", list="all")
    words = drawn(app) + app.dataframe[0].value.to_csv()
    called = read("manager_list", YEAR)["manager_name"]
    assert not [person for person in called if person in words]
    assert "M001" in words


def test_few_are_told_as_few() -> None:
    app = view("fair", measure="key_call_coverage", from_="2026-10-01", to="2026-10-31")
    shown = app.dataframe[0].value
    few = shown[shown["verdict"] == "too few to tell"]
    assert len(few) > 2
    assert few["top_third"].isna().all()
    assert set(few["rank_interval"]) == {"—"}
    assert "Nothing is said about them" in drawn(app)


def test_the_nominations_are_those_of_the_criteria_published() -> None:
    app = view("distinguished")
    settings = load_settings()
    found = distinguished(
        YEAR, Criteria(3, "focus_distribution", 0.8, 0.5, settings.fewest_visits, settings.fewest_answers), read=read
    )
    words = drawn(app)
    assert found["is_nominated"].sum() == 1  # of the committed sample
    name = read("manager_list", YEAR).set_index("manager_id")["manager_name"][found["manager_id"][0]]
    short = int((found["met"] == 3).sum())
    assert f"1 of {len(found)} nominated: {name}; one criterion short: {short}" in words
    assert "in the top third of Focus distribution with a probability of 80% or more" in words
    shown = app.dataframe[0].value
    assert list(shown["standing"]) == ["nominated"] + ["one short"] * short
    assert (shown["missing_written"].str.len() > 0).tolist() == [False] + [True] * short
    everybody = view("distinguished", list="all").dataframe[0].value
    assert len(everybody) == len(found)


def test_the_evidence_says_value_threshold_and_what_was_counted() -> None:
    shown = view("distinguished", list="all").dataframe[0].value
    rates = read("strike_rate", YEAR, ("manager_id",)).set_index("manager_id")
    first = rates.loc["M001"]
    assert f"✓ {first['strike_rate']:.1%} · ≥ 50% · {first['attempts']:.0f} selling visits" in list(
        shown["strike_written"]
    )
    assert shown["satisfaction_written"].str.startswith("?").any()
    open_ = shown["satisfaction_written"].str.startswith("?")
    why = shown.loc[open_, "missing_written"]
    assert why.str.contains("satisfaction: no data|satisfaction: too few|satisfaction: nobody else in the team").all()
    assert not shown.loc[~open_, "missing_written"].str.contains("no data|too few|nobody else").any()
    assert "hired 2019-02-24" in shown["service_written"].iloc[0]


def test_why_satisfaction_is_open_is_told_as_it_is() -> None:
    app = view("distinguished", list="all")
    names = read("manager_list", YEAR).set_index("manager_id")[["manager_name", "team"]]
    answers = read("satisfaction_retailer", YEAR, ("manager_id",)).set_index("manager_id")["answers"]
    enough = {manager for manager, count in answers.items() if count >= load_settings().fewest_answers}
    shown = app.dataframe[0].value.set_index("manager_id")
    alone = 0
    for manager, (name, team) in names.iterrows():
        if name not in shown.index:
            continue
        others = {other for other in enough - {manager} if names["team"].get(other) == team}
        words, evidence = shown.loc[name, "missing_written"], shown.loc[name, "satisfaction_written"]
        alone += manager in enough and not others
        assert ("satisfaction: nobody else in the team has enough answers" in words) == (
            manager in enough and not others
        )
        if 0 < answers.get(manager, 0) < load_settings().fewest_answers:
            assert f"satisfaction: too few, {answers[manager]:.0f} of {load_settings().fewest_answers}" in words
        assert evidence.endswith("· 1 answer") == (answers.get(manager, 0) == 1)
    assert alone  # of the committed sample: one whose colleagues have too few answers
    assert "✓ 7.6 · ≥ 3 · hired 2019-02-24" in list(shown["service_written"])  # 7 years and 249 days


def test_settings_publish_other_criteria(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_DISTINGUISHED_YEARS", "30")
    monkeypatch.setenv("PINYU_DISTINGUISHED_FIGURE", "strike_rate")
    words = drawn(view("distinguished"))
    assert "30 years of service; in the top third of Strike rate" in words
    assert "Nobody meets all 4 criteria" in words
    monkeypatch.setenv("PINYU_DISTINGUISHED_FIGURE", "gini")
    app = view("distinguished")
    assert not app.exception
    assert "distinguished\\_figure names 'gini'" in app.warning[0].value


@pytest.mark.parametrize("name", ["fair", "distinguished"])
def test_a_view_without_data_says_what_is_missing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    etl.publish_empty(tmp_path)
    assert "Not loaded" in drawn(view(name))


@pytest.mark.parametrize("name", ["fair", "distinguished"])
def test_a_view_of_sales_alone_draws_no_conclusion(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"C{number},S{number % 3},2026-10-05,1,{number * number + 1},王,一部" for number in range(9)]
    file = tmp_path / "sales.csv"
    file.write_text("\n".join(["customer_id,sku_id,order_date,qty,amount,manager,team", *lines]), encoding="utf-8")
    etl.load(file, warehouse=tmp_path / "warehouse")
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    words = drawn(view(name, measure="amount_per_customer"))
    assert ("nobody to compare with" in words) if name == "fair" else ("Nobody meets all" in words)


def test_before_the_first_sale_a_criterion_of_sales_has_no_data() -> None:
    shown = view("distinguished", list="all", from_="2024-01-01", to="2024-01-31").dataframe[0].value
    assert len(shown) == 11
    assert shown["top_third_written"].str.startswith("? — ").all()
    assert shown["missing_written"].str.contains("In the top third · Focus distribution: no data").all()


def test_a_period_after_the_last_sale_draws_no_conclusion() -> None:
    for name in ("focus_distribution", "growth", "strike_rate"):
        app = view("fair", measure=name, from_="2030-03-01", to="2030-03-31")
        assert drawn(app)
        assert not app.dataframe
