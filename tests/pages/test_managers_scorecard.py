"""The scorecard on screen: its rows and figures are those of the command line, its score opens to the last step."""

import io
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import etl
import metrics
from metrics.managers.score import ranked
from metrics.managers.scorecard import FIGURES, GROUPS, card
from tests.pages.test_concentration import AUTUMN
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures
from ui.managers import scorecard as view_module
from ui.managers.calculation import steps
from ui.managers.score_chart import adding_up
from ui.numbers import NO_DATA, written
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

PERIOD = {"period": "custom", "from_": "2026-08-01", "to": "2026-10-31"}
pytestmark = pytest.mark.usefixtures("on_sample")


def view(**parameters: str) -> AppTest:
    """The scorecard as a link opens it."""
    return opened("managers", view="scorecard", **({"lang": "en"} | PERIOD | parameters))


def drawn(app: AppTest) -> str:
    """All words of the view."""
    assert not app.exception and not app.error, [error.value for error in app.error]
    return said(app)


def figures(name: str, by: str) -> "pd.Series[float]":
    """A figure of the sample's autumn, read without a screen."""
    settings = load_settings()
    rows = metrics.run(name, AUTUMN, by, cursor=reading_cursor(latest_version(settings), settings))
    return rows.set_index(by)[name]


def listed(app: AppTest) -> pd.DataFrame:
    """The scorecard's table under its column titles; the first is that of the manager."""
    table = next(frame.value for frame in app.dataframe if isinstance(frame.value.columns, pd.MultiIndex))
    return table.droplevel(0, axis=1).set_index("Manager")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["figures", "points", "parts"])
def test_every_table_opens_by_its_link(part: str, language: str) -> None:
    app = view(part=part, lang=language)
    assert drawn(app)
    tables = [frame.value for frame in app.dataframe if isinstance(frame.value.columns, pd.MultiIndex)]
    assert [len(table) for table in tables] == [14]  # three teams and eleven managers


def test_figures_are_those_of_the_command_line_team_by_team_and_manager_by_manager() -> None:
    app = view()
    drawn(app)
    table = listed(app)
    people = figures_of_people()
    for name in FIGURES:
        title = metrics.figure(name).title[0].replace("'", "’")
        own = figures(name, "manager_id")
        for who, called in people.items():
            if called in table.index:
                shown, expected = table.loc[called, title], own.get(who, float("nan"))
                assert float(shown) == pytest.approx(float(expected), nan_ok=True), (name, who)
        teams = figures(name, "team")
        for called in table.index[table.index.str.contains("managers")]:
            assert float(table.loc[called, title]) == pytest.approx(
                float(teams.get(called.split(":")[0], float("nan"))), nan_ok=True
            )


def figures_of_people() -> dict[str, str]:
    """Everybody of the sample by id."""
    settings = load_settings()
    rows = metrics.run("manager_list", AUTUMN, cursor=reading_cursor(latest_version(settings), settings))
    return dict(zip(rows["manager_id"], rows["manager_name"], strict=True))


def test_teams_stand_above_their_managers_in_the_order_of_the_score() -> None:
    table = listed(view())
    is_team = table.index.str.contains("managers")
    scores = table["Score"].astype(float)
    assert list(scores[is_team]) == sorted(scores[is_team], reverse=True)
    blocks = is_team.cumsum()
    for block in set(blocks):
        own = scores[(blocks == block) & ~is_team]
        assert list(own) == sorted(own, reverse=True)
        assert f"{len(own)} managers" in table.index[blocks == block][0]


def test_the_parts_of_a_row_add_up_to_the_score_that_every_table_shows() -> None:
    tables = {part: listed(view(part=part)) for part in ("figures", "points", "parts")}
    parts = tables["parts"]
    assert list(parts["Together"].columns) == ["Together"] * 3
    for called in parts.index:
        row = parts.loc[called]
        shown = {Decimal(written(tables[part].loc[called, "Score"], "rate", "en")) for part in tables}
        together = sum((Decimal(written(value, "rate", "en")) for value in row["Together"]), Decimal(0))
        single = [value for title, value in row.items() if title not in ("Together", "Score") and not pd.isna(value)]
        assert shown == {together} == {sum((Decimal(written(value, "rate", "en")) for value in single), Decimal(0))}


def test_the_finding_names_who_is_ahead_and_where_points_are_left() -> None:
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)
    found, scored = ranked(
        card(AUTUMN, read=lambda name, scope, by: metrics.run(name, scope, by, cursor=cursor)), settings.score
    )
    own = found.rows["manager_id"].notna()
    best = found.rows["manager_id"][scored.total[own].idxmax()]
    lost = (scored.weights * (100 - scored.points))[own].sum().idxmax()
    words = drawn(view())
    assert f"{figures_of_people()[best]} is ahead with {scored.total[own].max():.1f} of 100" in words
    assert f"most points are left at {metrics.figure(lost).title[0]}" in words


def test_every_step_of_a_calculation_is_written_and_adds_up() -> None:
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)
    found, scored = ranked(
        card(AUTUMN, read=lambda name, scope, by: metrics.run(name, scope, by, cursor=cursor)), settings.score
    )
    for place in found.rows.index:
        rows = pd.DataFrame(steps(found, scored, place))
        single, whole = rows.iloc[:-1], rows.iloc[-1]
        product = single["score_weight"] * single["score_points"] / 100
        assert single["score_part"].fillna(0).tolist() == pytest.approx(product.fillna(0).tolist())
        assert whole["score_part"] == pytest.approx(single["score_part"].sum())
        assert (single["score_weight"].sum(), whole["score_weight"], whole["score_stated"]) == (100, 100, "100")
        without = single["score_points"].isna()
        assert (single["score_note"] != "").tolist() == without.tolist()  # nothing is left out without a reason
        assert (single["score_weight"] == 0).tolist() == without.tolist()


def test_the_rules_are_on_the_page_and_are_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_SCORE", '{"strike_rate": {"weight": 17.5}, "visits_a_day": {"weight": 5}}')
    app = view()
    words = drawn(app)
    rules = next(frame.value for frame in app.dataframe if "score_goal" in frame.value).set_index("measure_name")
    assert rules.loc["Strike rate", "score_stated"] == "17.5"
    assert rules.loc["Strike rate", ["score_floor", "score_goal"]].tolist() == ["30.0%", "60.0%"]
    assert rules.loc["Visits a day", "score_stated"] == "5"
    assert "Shown and not scored: Amount, Quantity, Growth" in words and "Visits a day," not in words


def test_what_rests_on_few_is_marked_and_what_nobody_has_is_told() -> None:
    app = view()
    words = drawn(app)
    assert "rests on too few" in words and "strike rate below the line of 50.0%" in words
    assert f"Makers' satisfaction {NO_DATA} No answer of makers" in words


def test_the_download_has_no_marks_but_the_counts_that_figures_rest_on(files: list[bytes]) -> None:
    drawn(view())
    csv = next(file for file in files if file.startswith(b"\xef\xbb\xbfManager"))
    rows = pd.read_csv(io.BytesIO(csv)).set_index("Manager")
    assert rows.loc[figures_of_people()["M007"], "Strike rate: Attempts"] == attempts("M007")
    # A team's row among those of its managers would be summed with them.
    assert set(rows["Team"].dropna()) == {"一部", "二部", "三部"} and not rows.index.str.contains("managers").any()


def attempts(who: str) -> int:
    """How often a manager tried to sell in the sample's autumn."""
    settings = load_settings()
    cursor = reading_cursor(latest_version(settings), settings)
    tried = "visit_date between '2026-08-01' and '2026-10-31' and outcome in ('success', 'fail') and manager_id = ?"
    found = cursor.execute(f"select count(*) from visits where {tried}", [who]).fetchone()
    assert found
    return int(found[0])


def test_a_scope_of_one_area_has_no_targets_and_scores_the_rest() -> None:
    app = view(area="柳汀片区")
    words = drawn(app)
    assert f"Target attainment {NO_DATA}" in words
    assert "of 100" in words or "Nobody has data for half" in words


def test_many_managers_are_shown_by_team(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "MOST_COLUMNS", 5)
    words = drawn(view())
    assert "4 managers is ahead" in words and "Narrow by team" in words


def test_a_period_without_sales_says_so() -> None:
    app = view(from_="2023-03-01", to="2023-03-31")
    assert drawn(app)


def test_sales_alone_make_a_scorecard_that_says_what_else_it_would_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse, file = tmp_path / "warehouse", tmp_path / "sales.csv"
    lines = [f"C{number},S1,2026-10-05,1,{number + 1},M{number % 2}" for number in range(9)]
    file.write_text("\n".join(["customer_id,sku_id,order_date,qty,amount,manager_id", *lines]), encoding="utf-8")
    etl.load(file, warehouse=warehouse)
    monkeypatch.setenv("PINYU_WAREHOUSE", str(warehouse))
    words = drawn(view())
    assert "Nobody has data for half of the score" in words
    assert "Not loaded: visits" in words and "Not loaded: surveys" in words


def test_every_group_of_figures_has_a_name_on_screen() -> None:
    assert {view_module.group_title(group) for group in GROUPS} == {"Results", "Process", "Care"}


def test_before_the_first_sale_the_focus_distribution_is_no_data_with_its_reason() -> None:
    app = view(from_="2010-01-01", to="2010-01-31")
    assert listed(app)["Focus distribution"].isna().all()
    assert "No sales" in drawn(app)


def test_teams_are_offered_in_the_order_in_which_people_count() -> None:
    team_of = {"一部": 1, "二部": 2, "三部": 3}
    settings = load_settings()
    people = metrics.run("manager_list", AUTUMN, cursor=reading_cursor(latest_version(settings), settings))
    assert set(people["team"]) == set(team_of)
    app = view()
    assert list(app.multiselect(key="scope_team").options) == list(team_of)
    offered = opened("managers", view="manager", lang="en").selectbox(key="who").options
    of_team = people[people["customers"] > 0].set_index("manager_name")["team"].map(team_of)
    assert of_team[offered[: len(of_team)]].is_monotonic_increasing


def test_parts_of_the_picture_add_up_to_its_total_as_they_are_written() -> None:
    groups = pd.DataFrame({"results": [33.25, 0.0, 7.04], "process": [20.15, 0.05, 7.04], "care": [10.15, 0.1, 7.04]})
    shown = adding_up(groups)
    for place, total in enumerate((63.55, 0.15, 21.12)):
        parts = [Decimal(written(value, "tenths", "en")) for value in shown.loc[place]]
        assert sum(parts) == Decimal(written(total, "tenths", "en"))
    assert (shown - groups).abs().max(axis=None) < 0.11
