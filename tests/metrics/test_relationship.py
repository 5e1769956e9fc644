"""Relationship types: what they are judged by, the score, and who moved; by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics import Scope
from metrics.concentration.relationship import NONE, PARTS, flows, month_before, month_of, moved, relationships
from tests.world import World
from warehouse.relationships import LEAST, RULES
from warehouse.scoring import Rule

MONTH = Scope(date(2026, 9, 1), date(2026, 9, 30))
EVEN = {name: Rule(weight=20, floor=0, goal=1, fewest=0) for name in PARTS}


def told(world: World) -> dict[str, dict[str, Any]]:
    """The parts of September 2026 by customer."""
    rows = world.rows("relationship_parts", first=MONTH.from_date, last=MONTH.to_date)
    return {str(row["customer_id"]): row for row in rows.to_dict("records")}


def test_weeks_with_an_order_are_counted_back_from_the_last_day(world: World) -> None:
    world.customers("A", "B")
    for day in ("2026-09-30", "2026-09-24", "2026-09-23", "2026-09-03"):  # two weeks ago nothing
        world.sale(day, "A", "S1", 1)
    world.sale("2026-09-02", "A", "S1", 1)  # a day early: it fills no week
    world.sale("2026-09-16", "A", "S1", -1)  # a return is no order
    rows = told(world)
    assert (rows["A"]["weeks"], rows["A"]["order_weeks"], rows["A"]["regularity"]) == (4, 3, 0.75)
    assert (rows["B"]["order_weeks"], rows["B"]["regularity"]) == (0, 0)


def test_breadth_is_of_what_is_on_sale_and_its_tier_allows(world: World) -> None:
    world.customer("A", tier=10)
    world.customer("B", tier=25)
    world.customer("C")  # of unknown tier: may carry all
    world.product("S1", min_tier=10)
    world.product("S2", min_tier=11)
    world.product("S3", focus=True)
    world.product("S4")  # nobody bought it
    world.product("S5")
    world.sale("2025-09-30", "B", "S5", 1)  # a day too early for the twelve months
    world.sale("2025-10-01", "B", "S2", 1)
    world.sale("2026-09-05", "A", "S1", 2)
    world.sale("2026-09-06", "A", "S3", 2)
    world.sale("2026-09-07", "A", "S3", -2)  # all returned
    world.sale("2026-09-07", "C", "S3", 1)
    rows = told(world)
    assert (rows["A"]["may_carry"], rows["A"]["products"], rows["A"]["breadth"]) == (2, 1, 0.5)
    assert (rows["A"]["may_carry_focus"], rows["A"]["focus_products"], rows["A"]["focus_uptake"]) == (1, 0, 0)
    assert (rows["B"]["may_carry"], rows["C"]["may_carry"], rows["C"]["focus_uptake"]) == (3, 3, 1)


def test_a_month_is_held_against_the_customers_own_usual_amount(world: World) -> None:
    world.customer("OLD")
    world.customer("NEW", opened_on="2026-08-01")  # 31 days before September
    world.customer("NEWER", opened_on="2026-08-05")  # 27 days: too few
    world.sale("2025-09-30", "OLD", "S1", 1, 999)  # before the twelve months
    world.sale("2025-10-01", "OLD", "S1", 1, 335)  # 335 days without September: 1 a day
    world.sale("2026-09-30", "OLD", "S1", 1, 45)
    world.sale("2026-08-01", "NEW", "S1", 1, 62)  # 2 a day
    world.sale("2026-08-31", "NEWER", "S1", 1, 62)
    rows = told(world)
    assert rows["OLD"]["usual_amount"] == pytest.approx(30)
    assert rows["OLD"]["own_growth"] == pytest.approx(0.5)
    assert rows["NEW"]["usual_amount"] == pytest.approx(60)
    assert rows["NEW"]["own_growth"] == pytest.approx(-1)
    assert pd.isna(rows["NEWER"]["usual_amount"])
    assert pd.isna(rows["NEWER"]["own_growth"])


def test_shelf_checks_of_the_month_and_customers_of_the_base(world: World) -> None:
    world.customers("A", "SHUT closed", "GONE closed")
    world.product("S1")
    world.sale("2026-09-05", "SHUT", "S1", 1)  # closed, but bought in the month
    world.sale("2026-08-05", "GONE", "S1", 1)
    world.check("2026-09-10", "A", "S1", True)
    world.check("2026-09-11", "A", "S1", False)
    world.check("2026-08-31", "A", "S1", False)  # another month
    rows = told(world)
    assert set(rows) == {"A", "SHUT"}
    assert (rows["A"]["checks"], rows["A"]["shelf_compliance"]) == (2, 0.5)
    assert pd.isna(rows["SHUT"]["shelf_compliance"])


def parts(*customers: tuple[str, float | None, float | None, float | None, float | None, float | None]) -> pd.DataFrame:
    """Rows of `relationship_parts` as far as they are scored."""
    rows = pd.DataFrame(customers, columns=["customer_id", *PARTS])
    return rows.assign(customer_name=rows["customer_id"])


def scored(rows: pd.DataFrame, rules: dict[str, Rule] = EVEN) -> dict[str, dict[str, Any]]:
    """The relationships by customer."""
    found = relationships(MONTH, rules, LEAST, read=lambda _name, _scope, _by: rows)
    return {str(row["customer_id"]): row for row in found.to_dict("records")}


def test_the_score_is_the_weighted_sum_of_points_and_makes_the_type() -> None:
    found = scored(
        parts(
            ("P", 1, 1, 1, 0.5, 0.25),  # 20 × (100 + 100 + 100 + 50 + 25) ÷ 100 = 75
            ("C", 1, 1, 1, 0.5, 0.2),  # 74
            ("O", 0.3, 0.3, 0.3, 0.3, 0.3),  # 30
            ("N", 0.3, 0.3, 0.3, 0.3, 0.2),  # 28
        )
    )
    assert [found[name]["relationship_score"] for name in "PCON"] == [75, 74, 30, 28]
    types = ["partner", "cooperative", "ordinary", "non_cooperative"]
    assert [found[name]["relationship"] for name in "PCON"] == types
    assert found["P"]["held_back_by"] == "shelf_compliance"
    assert found["O"]["held_back_by"] == "regularity"  # of equals the first


def test_what_has_no_data_leaves_its_weight_to_the_others_up_to_a_half() -> None:
    found = scored(
        parts(
            ("A", 1, 0.5, 0.5, None, None),  # (20 × 100 + 20 × 50 + 20 × 50) ÷ 60
            ("B", 1, 1, None, None, None),  # 40 of 100 known: too little
            ("C", 1, 1, 1, 1, 1),
        )
    )
    assert found["A"]["relationship_score"] == pytest.approx(200 / 3)
    assert found["B"]["relationship"] is None
    assert pd.isna(found["B"]["relationship_score"])
    assert (found["C"]["relationship_score"], found["C"]["held_back_by"]) == (100, None)


def test_a_part_without_weight_is_not_scored() -> None:
    rules = EVEN | {"shelf_compliance": Rule(weight=0, floor=0, goal=1, fewest=0)}
    assert scored(parts(("A", 1, 1, 1, 1, 0)), rules)["A"]["relationship_score"] == 100


def test_the_published_weights_add_up_to_a_hundred() -> None:
    assert sum(rule.weight for rule in RULES.values()) == 100
    assert set(RULES) == set(PARTS)


def test_who_climbed_and_who_fell() -> None:
    now = pd.DataFrame.from_dict(scored(parts(("UP", 1, 1, 1, 1, 1), ("SAME", 1, 1, 1, 1, 1), ("NEW", 0, 0, 0, 0, 0))))
    before = scored(parts(("UP", 0, 0, 0, 0, 0), ("SAME", 1, 1, 1, 1, 0.5), ("LEFT", 1, 1, 1, 1, 1)))
    moves = moved(now.T.reset_index(drop=True), pd.DataFrame.from_dict(before).T.reset_index(drop=True))
    rows = {str(row["customer_id"]): row for row in moves.to_dict("records")}
    assert (rows["UP"]["steps"], rows["UP"]["score_change"]) == (3, 100)
    assert (rows["SAME"]["steps"], rows["SAME"]["score_change"]) == (0, 10)
    assert (rows["NEW"]["relationship_before"], rows["LEFT"]["relationship"]) == (NONE, NONE)
    assert pd.isna(rows["NEW"]["steps"])
    counted = {(row[0], row[1]): row[2] for row in flows(moves).itertuples(index=False)}
    assert counted == {
        ("non_cooperative", "partner"): 1,
        ("partner", "partner"): 1,
        (NONE, "non_cooperative"): 1,
        ("partner", NONE): 1,
    }


def test_months_are_whole_and_of_all_products() -> None:
    scope = Scope(date(2026, 10, 5), date(2026, 10, 20)).narrow(brand="X", area="north")
    assert (month_of(scope).from_date, month_of(scope).to_date) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (month_of(scope).brand, month_of(scope).area) == ((), ("north",))
    assert month_before(scope, "previous").from_date == date(2026, 8, 1)
    assert month_before(scope, "previous").to_date == date(2026, 8, 31)
    assert month_before(scope, "last_year").to_date == date(2025, 9, 30)
