"""The scorecard's rows and the total score: points, weights and parts worked out by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.managers.score import ranked, score
from metrics.managers.scorecard import BY_TEAM, COUNTS, FIGURES, GROUPS, SUMS, Card, card, requests
from metrics.points import points_of, shared_out
from tests.world import FIRST, LAST, World
from ui.numbers import written
from warehouse.connection import latest_version, reading_cursor
from warehouse.scoring import RULES, Rule
from warehouse.settings import load_settings

AUTUMN = Scope(date(2026, 8, 1), date(2026, 10, 31))


def card_of(world: World, **conditions: str) -> Card:
    """The card of a small world."""
    world.settle()
    cursor = world.connection.cursor()
    scope = Scope(FIRST, LAST).narrow(**conditions)
    return card(scope, read=lambda name, scope, by: metrics.run(name, scope, by, cursor=cursor))


def sample_card(warehouse: Path, scope: Scope) -> Card:
    """The card of the committed sample."""
    settings = load_settings().model_copy(update={"warehouse": warehouse})
    version = latest_version(settings)
    return card(
        scope, read=lambda name, scope, by: metrics.run(name, scope, by, cursor=reading_cursor(version, settings))
    )


def a_card(**figures: list[float]) -> Card:
    """A card of two managers with the figures given, all of them well counted."""
    missing = {name: [float("nan")] * 2 for name in FIGURES}
    rows = pd.DataFrame({"team": "T", "manager_id": ["M1", "M2"], "customers": 9} | missing | figures)
    return Card(rows, pd.DataFrame({name: [1000.0, 1000.0] for name in COUNTS}))


def test_points_run_in_a_straight_line_from_floor_to_goal_and_no_further() -> None:
    more = Rule(weight=1, floor=0.5, goal=0.9)
    values = pd.Series([0.4, 0.5, 0.502, 0.7, 0.9, 1.5, float("nan")])
    assert points_of(values, more).tolist()[:6] == [0, 0, 1, 50, 100, 100]  # 0.502: half a point is rounded up
    assert np.isnan(points_of(values, more).iloc[6])
    less = Rule(weight=1, floor=0.6, goal=0.2)
    assert points_of(pd.Series([0.7, 0.6, 0.5, 0.2, 0.1]), less).tolist() == [0, 0, 25, 100, 100]


def test_weights_without_data_are_shared_out_in_whole_per_cents_that_add_up_to_a_hundred() -> None:
    weights = np.array([50.0, 30.0, 20.0])
    has = np.array([[True, True, True], [True, True, False], [True, False, True], [False, True, True], [False] * 3])
    shares = shared_out(weights, has)
    assert shares[0].tolist() == [50, 30, 20]
    assert shares[1].tolist() == [63, 37, 0]  # 62.5 and 37.5: the first gets the missing per cent
    assert shares[2].tolist() == [71, 0, 29]  # 71.43 and 28.57: the larger remainder gets it
    assert shares[3].tolist() == [0, 60, 40]
    assert np.isnan(shares[4]).all()
    assert np.isnan(shared_out(weights, np.array([[False, True, False]]))).all()  # 30 of 100 say too little


def test_the_parts_are_weight_times_points_and_add_up_to_the_total() -> None:
    rules = {name: Rule() for name in RULES} | {
        "target_attainment": Rule(weight=50, floor=0, goal=1),
        "strike_rate": Rule(weight=30, floor=0, goal=1, fewest=10),
        "fill_rate": Rule(weight=20, floor=0, goal=1),
    }
    found = score(a_card(target_attainment=[0.8, 0.5], strike_rate=[0.41, 0.5], fill_rate=[0.9, float("nan")]), rules)
    assert found.parts.iloc[0].to_dict() == {"target_attainment": 40, "strike_rate": 12.3, "fill_rate": 18}
    assert found.groups.iloc[0].to_dict() == {"results": 40, "process": 12.3, "care": 18}
    assert found.total.tolist() == [70.3, 50]
    assert found.weights.iloc[1].to_dict() == {"target_attainment": 63, "strike_rate": 37, "fill_rate": 0}
    assert found.parts.iloc[1].fillna(0).to_dict() == {"target_attainment": 31.5, "strike_rate": 18.5, "fill_rate": 0}


def test_what_rests_on_too_few_is_marked_and_not_scored() -> None:
    some = a_card(target_attainment=[1, 1], strike_rate=[0, 0], fill_rate=[1, 1])
    some.counts.loc[0, "strike_rate"] = RULES["strike_rate"].fewest - 1
    some.counts.loc[1, "strike_rate"] = RULES["strike_rate"].fewest
    rules = {name: Rule() for name in RULES} | {
        name: RULES[name] for name in ("target_attainment", "strike_rate", "fill_rate")
    }
    found = score(some, rules)
    assert found.is_small["strike_rate"].tolist() == [True, False]
    assert np.isnan(found.points["strike_rate"][0]) and found.points["strike_rate"][1] == 0
    assert found.weights["strike_rate"].tolist() == [0, 24]  # 8 of 33
    assert found.total[0] > found.total[1]  # a miss of one in one costs nobody anything


def test_a_manager_of_whom_too_little_is_known_has_no_total() -> None:
    found = score(a_card(strike_rate=[1, float("nan")]), RULES)
    assert found.total.isna().all() and found.groups.isna().all(axis=None)


@pytest.mark.parametrize("scope", [AUTUMN, AUTUMN.year(), AUTUMN.narrow(area="柳汀片区"), AUTUMN.narrow(sku="0020")])
def test_a_team_stands_as_its_figure_by_team_says(scope: Scope, sample_warehouse: Path) -> None:
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    cursor = reading_cursor(latest_version(settings), settings)
    found = sample_card(sample_warehouse, scope).rows
    teams = found[found["manager_id"].isna()].set_index("team")
    own = found[found["manager_id"].notna()].set_index("manager_id")
    assert set(own["team"]) == set(teams.index)
    for name in FIGURES:
        for rows, by in ((teams, "team"), (own, "manager_id")):
            stated = metrics.run(name, scope, by, cursor=cursor).set_index(by)[name].astype(float)
            assert rows[name].tolist() == pytest.approx(stated.reindex(rows.index).tolist(), nan_ok=True), (name, by)


@pytest.mark.parametrize("scope", [AUTUMN, AUTUMN.year()])
def test_parts_and_groups_add_up_as_they_are_written(scope: Scope, sample_warehouse: Path) -> None:
    found = score(sample_card(sample_warehouse, scope), load_settings().score)
    assert found.total.notna().all() and len(found.total) == 14

    def as_written(row: "pd.Series[float]") -> Decimal:
        return sum((Decimal(written(value, "rate", "en")) for value in row.dropna()), Decimal(0))

    for place, total in found.total.items():
        shown = Decimal(written(total, "rate", "en"))
        assert as_written(found.parts.loc[place]) == shown == as_written(found.groups.loc[place])
        assert found.weights.loc[place].sum() == 100
        for name, part in found.parts.loc[place].dropna().items():
            product = Decimal(int(found.weights.loc[place, name]) * int(found.points.loc[place, name])) / 100
            assert Decimal(written(part, "rate", "en")) == product


def test_who_left_long_ago_and_a_supervisor_without_customers_have_no_row(sample_warehouse: Path) -> None:
    shown = set(sample_card(sample_warehouse, AUTUMN).rows["manager_id"].dropna())
    assert "M012" in shown  # hired in the period
    assert not shown & {"M002", "M901", "M902", "M903"}
    before = AUTUMN.last_year()
    assert "M002" in set(sample_card(sample_warehouse, before).rows["manager_id"].dropna())  # left in that period


def test_teams_of_one_score_stand_in_the_order_in_which_people_count() -> None:
    teams = ["十队", "三队", "一队", "二队"]
    rows = pd.DataFrame({"team": teams, "manager_id": None, "customers": 9.0} | dict.fromkeys(FIGURES, float("nan")))
    ordered, _scored = ranked(Card(rows, pd.DataFrame(dict.fromkeys(COUNTS, 0.0), index=rows.index)), RULES)
    assert ordered.rows["team"].tolist() == ["一队", "二队", "三队", "十队"]


def test_a_leavers_sales_stay_in_the_team_and_sales_of_nobody_in_none(world: World) -> None:
    world.manager("M1", team="T1", left_on="2026-07-31")
    world.manager("M2", team="T1")
    world.customer("A", manager="M2")
    world.assign("A", "M1", "2025-01-01", "2026-07-31")
    world.sale("2025-07-01", "A", "S1", 1, 100)
    world.sale("2026-07-01", "A", "S1", 1, 120)
    world.sale("2026-08-01", "A", "S1", 1, 60)
    world.sale("2026-08-01", "Z", "S1", 1, 1000)  # nobody's
    rows = card_of(world).rows
    assert rows["team"].tolist() == ["T1"] * 3 and rows["manager_id"].fillna("").tolist() == ["", "M1", "M2"]
    assert rows["amount"].tolist() == [180, 120, 60]
    assert rows["growth"].iloc[0] == pytest.approx(0.8)


def test_without_a_master_of_managers_the_rows_are_those_who_sold(world: World) -> None:
    world.sale("2026-07-01", "A", "S1", 1, 5, manager="M7")
    rows = card_of(world).rows
    assert rows["manager_id"].tolist()[1:] == ["M7"] and rows["team"].tolist() == ["unknown"] * 2
    assert rows["amount"].tolist() == [5, 5]


def test_an_empty_world_has_an_empty_card(world: World) -> None:
    empty = card_of(world)
    assert empty.rows.empty
    assert score(empty, RULES).total.empty


def test_every_figure_is_summed_or_read_by_team_and_has_a_rule() -> None:
    assert set(SUMS) | set(BY_TEAM) == set(FIGURES) == set(RULES)
    assert len(FIGURES) == sum(len(names) for names in GROUPS.values())
    assert {name for name, _scope, by in requests(AUTUMN) if by == ("manager_id",)} == set(FIGURES)
