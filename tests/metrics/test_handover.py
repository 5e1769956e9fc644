"""Handing over: who else knows the customers, their habits and open issues, and how it went; by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.concentration.handover import handover_rows, handovers_of, last_visits
from tests.world import World

TO = date(2026, 9, 30)
SCOPE = Scope(date(2026, 7, 1), TO)


def reading(world: World) -> Any:
    """A reading of the world as it is now."""
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


@pytest.fixture
def team(world: World) -> World:
    """One team of Ann, Bo and their supervisor Sue, and Zed of another; K is key and Ann's, four others are small."""
    world.manager("M1", manager_name="Ann", team="T", supervisor="M9")
    world.manager("M2", manager_name="Bo", team="T", supervisor="M9")
    world.manager("M9", manager_name="Sue")
    world.manager("M5", manager_name="Zed", team="U")
    world.product("S1", sku_name="Tea")
    world.product("S2", sku_name="Rice")
    world.product("S3", sku_name="Salt")
    world.product("S4", sku_name="Oil")
    world.customer("K", customer_name="Corner", manager="M1", area="north")
    for name in ("A", "B", "C", "D"):
        world.customer(name, manager="M1", area="south")
        world.sale("2026-02-02", name, "S1", 1, 1)
    world.sale("2026-02-02", "K", "S1", 1, 1000)
    return world


def test_others_of_the_team_and_the_supervisor_know_a_customer(team: World) -> None:
    team.visit("2026-09-01", "K", "M1")  # the manager's own: not another's
    team.visit("2026-09-02", "K", "M2")
    team.visit("2026-09-30", "K", "M2")
    team.visit("2026-05-02", "K", "M1", joint_with="M9")
    team.visit("2026-09-03", "K", "M5")  # another team
    team.visit("2025-09-30", "K", "M2")  # more than twelve months ago
    team.visit("2026-09-04", "A", "M2")  # not a key customer
    rows = team.rows("acquaintances", last=TO)
    assert rows[["customer_id", "person_name", "visits"]].to_numpy().tolist() == [["K", "Bo", 2], ["K", "Sue", 1]]
    assert rows["last_visit"].dt.date.tolist() == [TO, date(2026, 5, 2)]


def test_habits_are_the_main_products_the_weekday_and_what_is_open(team: World) -> None:
    team.sale("2026-09-01", "K", "S2", 5, 50, ordered=8)  # a Tuesday; 3 not delivered
    team.sale("2026-09-08", "K", "S3", 5, 40, ordered=5)
    team.sale("2026-09-09", "K", "S4", 5, 30)  # a Wednesday
    team.sale("2026-07-08", "K", "S2", 1, 1, ordered=9)  # 84 days before the last: too old for what is open
    team.sale("2026-07-09", "K", "S2", 1, 1, ordered=3)  # 83 days: 2 not delivered
    team.sale("2026-07-14", "K", "S2", 1, 1)  # a third Tuesday
    team.visit("2026-08-01", "K", "M1", "success")
    team.visit("2026-09-20", "K", "M2", "fail")
    team.connection.execute("update visits set note = 'wants a sign' where visit_date = '2026-08-01'")
    team.risk("2026-01-05", "K")
    team.risk("2025-09-30", "K")  # more than twelve months ago
    row = handover_rows(SCOPE, "M1", read=reading(team)).iloc[0]
    assert row["customer_id"] == "K"
    assert row["main_products"] == "Tea, Rice, Salt"
    assert row["usual_weekday"] == 2
    assert row["undelivered"] == 5
    assert row["risk_events"] == 1
    assert (row["last_outcome"], row["last_note"]) == ("fail", "wants a sign")


def test_the_sheet_holds_the_managers_key_customers_and_who_knows_them(team: World) -> None:
    team.visit("2026-09-02", "K", "M2")
    team.visit("2026-09-03", "K", "M9")
    team.visit("2026-09-04", "K", "M9")
    rows = handover_rows(SCOPE, "M1", read=reading(team))
    assert list(rows["customer_id"]) == ["K"]
    assert rows["acquainted"].iloc[0] == [("Sue", 2), ("Bo", 1)]
    assert handover_rows(SCOPE, "M2", read=reading(team)).empty


def test_a_customer_nobody_else_knows_has_nobody(team: World) -> None:
    assert handover_rows(SCOPE, "M1", read=reading(team))["acquainted"].iloc[0] == []


def test_the_last_three_visits_of_each_customer(team: World) -> None:
    for on in ("2026-09-01", "2026-09-05", "2026-09-03", "2026-09-02"):
        team.visit(on, "K", "M2")
    visits = last_visits(SCOPE, "M1", read=reading(team))
    assert [visit["visit_date"].day for visit in visits["K"]] == [5, 3, 2]


def test_sales_and_visits_before_and_after_a_handover(team: World) -> None:
    team.assign("K", "M1", "2024-01-01", "2026-07-31")
    team.assign("K", "M2", "2026-08-01")  # 61 days up to the last: 8 weeks have passed, 12 have not
    for on, amount in (
        ("2026-05-08", 1),  # 85 days before: out
        ("2026-05-09", 2),  # 84 days before
        ("2026-07-03", 4),  # 29 days before: not within 4 weeks
        ("2026-07-04", 8),  # 28 days before
        ("2026-07-31", 16),  # the day before
        ("2026-08-01", 32),  # the day itself is after
        ("2026-08-28", 64),  # the last day of 4 weeks
        ("2026-08-29", 128),
        ("2026-09-25", 256),  # the last day of 8 weeks
        ("2026-09-26", 512),
    ):
        team.sale(on, "K", "S1", 1, amount)
    team.visit("2026-07-31", "K", "M1")
    team.visit("2026-08-01", "K", "M2")
    team.visit("2026-08-30", "K", "M5")  # by whomever
    rows = team.rows("handover_check", last=TO)
    assert rows[["from_name", "to_name", "customers"]].drop_duplicates().to_numpy().tolist() == [["Ann", "Bo", 1]]
    assert rows["weeks"].tolist() == [4, 8, 12]
    assert rows["amount_before"].tolist() == [24, 28, 30]
    assert rows["amount_after"].tolist()[:2] == [96, 480] and pd.isna(rows["amount_after"].iloc[2])
    assert rows["handover_change"].iloc[0] == pytest.approx(96 / 24 - 1)
    assert rows["visits_before"].tolist() == [1, 1, 1]
    assert rows["visits_after"].tolist()[:2] == [1, 2] and pd.isna(rows["visits_after"].iloc[2])


def test_what_is_no_handover_of_a_key_customer_is_not_listed(team: World) -> None:
    team.assign("K", "M1", "2024-01-01", "2026-07-31")
    team.assign("K", "M1", "2026-08-01")  # the same manager goes on
    team.assign("A", "M1", "2024-01-01", "2026-07-31")
    team.assign("A", "M2", "2026-08-01")  # not key
    assert team.rows("handover_check", last=TO).empty
    team.assign("K", "M2", "2025-09-30", "2025-10-01")  # before the twelve months; back again on 2026-08-01
    rows = team.rows("handover_check", last=TO)
    assert rows[["from_manager", "to_manager"]].drop_duplicates().to_numpy().tolist() == [["M2", "M1"]]
    assert len(handovers_of(rows, "M2")) == 3 and handovers_of(rows, "M5").empty


def test_visits_stand_against_sales_by_decile(world: World) -> None:
    """Twelve customers: ntile puts two into each of the first two tenths and one into each of the others."""
    world.manager("M1", supervisor="M9")
    world.product("S1")
    for number in range(12):
        world.customer(f"C{number:02}", manager="M1")
        if number < 11:
            world.sale("2026-07-01", f"C{number:02}", "S1", 1, 110 - 10 * number)
    world.sale("2026-07-01", "C10", "S1", -1, -50)  # returned more: counts with zero
    for _ in range(3):
        world.visit("2026-07-02", "C00", "M1")
    world.visit("2026-07-02", "C02", "M9")  # the supervisor's is not the manager's
    world.visit("2026-07-02", "C11", "M1")
    rows = world.rows("service_by_decile").set_index("decile")
    assert rows["customers"].tolist() == [2, 2, *[1] * 8]
    assert rows.loc[1, "amount"] == 210 and rows.loc[10, "amount"] == 0
    assert rows.loc[1, "amount_share"] == pytest.approx(210 / 650)
    assert (rows.loc[1, "visits"], rows.loc[2, "visits"], rows.loc[10, "visits"]) == (3, 0, 1)
    assert (rows.loc[1, "visits_share"], rows.loc[1, "visits_per_customer"], rows.loc[1, "visited_share"]) == (
        0.75,
        1.5,
        0.5,
    )


def test_without_visits_there_is_no_balance(world: World) -> None:
    world.manager("M1")
    world.customer("A", manager="M1")
    world.product("S1")
    world.sale("2026-07-01", "A", "S1", 1)
    assert world.rows("service_by_decile").empty
