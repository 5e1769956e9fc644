"""The 135 month on small worlds: what each cell stands on, its limits, and what counts against nobody; by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

import metrics
from metrics import Scope
from metrics.managers.five_steps import STEPS, Cell, FiveSteps, five_steps, limits
from metrics.managers.month_measures import two_months
from tests.world import World
from warehouse.activity import FOCUSES, Activity, Recorded
from warehouse.launch_plans import LaunchPlan
from warehouse.settings import Settings

MONTH = Scope(date(2026, 9, 1), date(2026, 9, 30))
SETTINGS = Settings(fewest_visits=2, fewest_answers=2)
NOTHING = Recorded(date(2026, 1, 1), ())


@pytest.fixture
def team(world: World) -> World:
    """Ann has five customers in two areas, Bo five in one; a visit plan, visits and checks are somebody's."""
    world.manager("M1", manager_name="Ann", team="T")
    world.manager("M2", manager_name="Bo", team="T")
    world.product("S1", focus=True)
    world.product("S2")
    for number in range(5):
        world.customer(f"A{number}", manager="M1", area="north" if number < 4 else "south", market="urban", tier=3)
        world.customer(f"B{number}", manager="M2", area="north", market="rural", tier=number * 5 + 1)
    return world


def steps(
    world: World,
    month: Scope = MONTH,
    recorded: Recorded | None = NOTHING,
    plans: Sequence[LaunchPlan] = (),
    settings: Settings = SETTINGS,
) -> FiveSteps:
    """The cells of the world as it is now."""
    world.settle()

    def read(name: str, scope: Scope, by: Any = ()) -> Any:
        return metrics.run(name, scope, by, cursor=world.connection.cursor())

    return five_steps(month, recorded, plans, settings, read=read)


def cell(world: World, focus: str, step: str, manager: str = "M1", **options: Any) -> Cell:
    """One cell of one manager."""
    return steps(world, **options).of(manager)[focus, step]


def told(cell: Cell) -> dict[str, tuple[str, float | None, float | None]]:
    """The state, count and base of each part of a cell."""
    return {part.name: (part.state, part.count, part.base) for part in cell.parts}


def test_every_manager_with_customers_has_fifteen_cells_and_none_counts_against_anybody_without_data(
    team: World,
) -> None:
    team.manager("M9", manager_name="Sue")  # a supervisor without customers
    found = steps(team, recorded=None)
    assert list(found.managers["manager_id"]) == ["M1", "M2"]
    assert len(found.cells) == 2 * len(FOCUSES) * len(STEPS)
    assert {each.state for each in found.cells} == {"no_data"}
    assert all(part.why for each in found.cells for part in each.parts)


def test_teams_stand_in_the_order_in_which_people_count(world: World) -> None:
    for manager, team in (("M1", "三队"), ("M2", "十队"), ("M3", "一队"), ("M4", "二队")):
        world.manager(manager, team=team)
        world.customer(f"C{manager}", manager=manager)
    found = steps(world)
    assert list(found.managers["team"]) == ["一队", "二队", "三队", "十队"]
    assert [each.manager_id for each in found.cells[::15]] == ["M3", "M4", "M1", "M2"]
    assert list(found.in_order_of({}).managers["team"]) == ["一队", "二队", "三队", "十队"]


def test_a_month_without_a_plan_is_no_data_and_a_manager_without_one_is_not_done(team: World) -> None:
    assert told(cell(team, "customer", "plan"))["customers_planned"] == ("no_data", None, None)
    for number in range(4):
        team.plan("2026-09-02", f"B{number}", "M2")
    assert cell(team, "customer", "plan").state == "not"
    assert cell(team, "market", "plan").parts[1].state == "not"
    team.visit("2026-09-02", "B0", "M2")
    part = cell(team, "customer", "implement").parts[0]
    assert (part.name, part.state, part.why) == ("plan_compliance", "no_data", "none_of_its_own")


def test_the_plan_covers_the_base_and_the_key_customers_by_the_managers_own_rows(team: World) -> None:
    team.sale("2026-02-02", "A0", "S1", 1, 1000)  # of two buyers the first is key
    team.sale("2026-02-02", "A1", "S1", 1, 10)
    for on, customer in (("2026-09-01", "A1"), ("2026-09-30", "A2"), ("2026-09-02", "A3"), ("2026-09-09", "A3")):
        team.plan(on, customer, "M1")
    team.plan("2026-10-01", "A4", "M1")  # next month's
    team.plan("2026-09-05", "A0", "M2")  # another manager's
    assert told(cell(team, "customer", "plan")) == {
        "key_customers_planned": ("not", 0, 1),
        "customers_planned": ("partly", 3, 5),
    }
    team.plan("2026-09-05", "A0", "M1")
    assert told(cell(team, "customer", "plan")) == {
        "key_customers_planned": ("done", 1, 1),
        "customers_planned": ("done", 4, 5),  # 80 % is enough
    }
    assert cell(team, "customer", "plan").state == "done"


def test_focus_products_are_planned_by_a_target_or_a_launch_plan_for_these_areas_and_days(team: World) -> None:
    team.product("S3", focus=True, launched_on=date(2026, 10, 1))  # not yet on sale
    team.product("S4", focus=True, launched_on=date(2026, 9, 30))

    def planned(*plans: LaunchPlan) -> tuple[str, float | None, float | None]:
        return told(cell(team, "brand", "plan", plans=plans))["focus_planned"]

    assert planned() == ("no_data", None, None)  # nobody has a distribution target
    team.target("2026-09", "M2", 0.5, "numeric_distribution", "S1")
    team.target("2026-09", "M1", 0.5, "numeric_distribution", "S2")  # no focus product
    team.target("2026-08", "M1", 0.5, "numeric_distribution", "S4")  # another month's
    assert planned() == ("not", 0, 2)
    team.target("2026-09", "M1", 0.5, "numeric_distribution", "S1")
    assert planned() == ("partly", 1, 2)
    last_day = LaunchPlan("S4", date(2026, 9, 30), date(2026, 12, 31))
    assert planned(last_day) == ("done", 2, 2)
    assert planned(LaunchPlan("S4", date(2026, 10, 1), date(2026, 12, 31))) == ("partly", 1, 2)
    assert planned(LaunchPlan("S4", date(2026, 1, 1), date(2026, 8, 31))) == ("partly", 1, 2)
    assert planned(LaunchPlan("S4", date(2026, 9, 1), date(2026, 9, 1), areas=("west", "south"))) == ("done", 2, 2)
    assert planned(LaunchPlan("S4", date(2026, 9, 1), date(2026, 9, 1), areas=("west",))) == ("partly", 1, 2)


def test_the_market_is_planned_by_an_amount_target_areas_and_tiers(team: World) -> None:
    team.plan("2026-09-02", "B0", "M2")
    team.plan("2026-09-02", "B1", "M2")
    team.target("2026-09", "M1", 500)
    assert told(cell(team, "market", "plan", "M2")) == {
        "amount_target": ("not", 0, None),
        "places_planned": ("done", 1, 1),
        "tiers_planned": ("not", 2, 5),
    }
    team.plan("2026-09-02", "A0", "M1")
    found = cell(team, "market", "plan")
    assert told(found) == {
        "amount_target": ("done", 1, None),
        "places_planned": ("partly", 1, 2),
        "tiers_planned": ("done", 1, 1),
    }
    assert found.state == "partly"


def test_customers_are_worked_by_compliance_and_coverage(team: World) -> None:
    for number in range(5):
        team.plan("2026-09-10", f"A{number}", "M1")
    team.visit("2026-09-11", "A0", "M1")  # a day late
    team.visit("2026-09-12", "A1", "M1")  # two days late: visited, plan not kept
    team.visit("2026-09-10", "A2", "M2")  # another's
    assert told(cell(team, "customer", "implement")) == {
        "plan_compliance": ("not", 1, 5),
        "call_coverage": ("not", 2, 5),
    }
    assert cell(team, "customer", "implement").state == "not"
    assert told(cell(team, "customer", "implement", "M2"))["plan_compliance"] == ("no_data", None, None)


def test_coverage_is_the_figure_of_that_name(team: World) -> None:
    for customer in ("A0", "A1", "A4"):
        team.visit("2026-09-11", customer, "M1")
    part = cell(team, "customer", "implement").parts[1]
    assert part.value == team.split("call_coverage", "manager_id", first=MONTH.from_date, last=MONTH.to_date)["M1"]


def test_brand_work_is_visits_for_a_brand_or_focus_products_checked(team: World) -> None:
    for number in range(5):
        team.visit("2026-09-10", f"A{number}", "M1")
    team.connection.execute("update visits set purpose = 'tea'")
    assert told(cell(team, "brand", "implement"))["brand_visits"] == ("not", 0, 5)
    team.connection.execute("update visits set purpose = '新品上柜' where customer_id = 'A0'")
    team.connection.execute("update visits set purpose = 'New BRAND' where customer_id = 'A1'")
    assert told(cell(team, "brand", "implement"))["brand_visits"] == ("done", 2, 5)  # 40 % of 25 % asked for
    team.connection.execute("update visits set purpose = null")
    for number in range(4):
        team.check("2026-09-10", f"A{number}", "S1" if number else "S2", True)  # S2 is no focus product
    assert told(cell(team, "brand", "implement"))["focus_checked"] == ("partly", 3, 5)


def test_the_distribution_target_counts_when_the_month_is_over(team: World) -> None:
    team.target("2026-09", "M1", 0.8, "numeric_distribution", "S1")
    for number in range(3):
        team.sale("2026-09-02", f"A{number}", "S1", 1)
    part = cell(team, "brand", "implement").parts[1]
    assert (part.state, part.value) == ("partly", pytest.approx(3 / 4))
    begun = MONTH.over(MONTH.from_date, date(2026, 9, 29))
    assert cell(team, "brand", "implement", month=begun).parts[1].why == "month_not_over"


def test_an_area_counts_from_half_of_its_customers_on(team: World) -> None:
    team.visit("2026-09-10", "A0", "M1")
    assert told(cell(team, "market", "implement")) == {"places_visited": ("not", 0, 2)}
    team.visit("2026-09-10", "A1", "M1")  # two of the four in the north
    assert told(cell(team, "market", "implement")) == {"places_visited": ("partly", 1, 2)}
    team.visit("2026-09-10", "A4", "M1")
    assert told(cell(team, "market", "implement")) == {"places_visited": ("done", 2, 2)}


def test_rates_are_held_against_their_reference_and_too_few_visits_are_not_judged(team: World) -> None:
    team.visit("2026-09-10", "A0", "M1", "success")
    part = cell(team, "brand", "evaluate").parts[0]
    assert (part.state, part.why, part.value) == ("no_data", "too_few", 1)
    for outcome in ("fail", "fail", "none"):
        team.visit("2026-09-11", "A1", "M1", outcome)
    assert told(cell(team, "brand", "evaluate")) == {"strike_rate": ("not", 1, 3)}
    team.visit("2026-09-12", "A1", "M1", "success")
    assert told(cell(team, "brand", "evaluate")) == {"strike_rate": ("done", 2, 4)}  # just the reference
    assert limits("strike_rate", SETTINGS) == (0.5, pytest.approx(0.4))
    team.sale("2026-09-17", "A0", "S1", 1)  # the seventh day
    team.sale("2026-09-20", "A1", "S1", 1)  # the ninth after the visits of the 11th, the eighth after that of the 12th
    assert told(cell(team, "customer", "evaluate")) == {"productive_call_rate": ("not", 1, 5)}


def test_the_market_is_evaluated_by_answers_of_a_year_or_by_shelves_whichever_is_better(team: World) -> None:
    add = "insert into surveys (survey_date, audience, manager_id, score) values (?, ?, 'M1', ?)"
    team.connection.execute(add, [date(2025, 10, 1), "retailer", 90])
    part = cell(team, "market", "evaluate").parts[0]
    assert part.why == "too_few"
    team.connection.execute(add, [date(2026, 9, 30), "retailer", 58])
    team.connection.execute(add, [date(2025, 9, 30), "retailer", 0])  # more than a year ago
    team.connection.execute(add, [date(2026, 9, 1), "consumer", 0])
    part = cell(team, "market", "evaluate").parts[0]
    assert (part.name, part.state, part.value, part.base) == ("satisfaction_retailer", "partly", 74, 2)
    for number in range(4):
        team.check("2026-09-10", f"A{number}", "S2", False)
    assert told(cell(team, "market", "evaluate")) == {"customers_checked": ("done", 4, 5)}


def test_analysis_is_an_act_about_the_manager_in_the_month_and_is_missed_once_that_is_over(team: World) -> None:
    def state(*acts: Activity, since: date = date(2026, 9, 1), focus: str = "customer", **more: Any) -> str:
        return cell(team, focus, "analyse", recorded=Recorded(since, acts), **more).state

    opened = Activity(date(2026, 9, 20), "sheet_opened", "M1", "customer", "2026-09")
    assert state(opened) == "done"
    assert state(opened, focus="brand") == "not"
    assert state(Activity(date(2026, 9, 3), "sheet_opened", "M2", "customer", "2026-09")) == "not"
    assert state() == "not"
    assert state(since=date(2026, 9, 2)) == "no_data"  # nobody knows what was opened on the first
    assert state(opened, since=date(2026, 9, 20)) == "done"
    begun = MONTH.over(date(2026, 9, 1), date(2026, 9, 29))
    assert state(month=begun) == "no_data" and state(opened, month=begun) == "done"
    assert cell(team, "customer", "analyse", recorded=None).state == "no_data"


def visits(world: World, month: str, manager: str, customers: int) -> None:
    """Visits of so many of a manager's five customers."""
    prefix = {"M1": "A", "M2": "B"}[manager]
    for number in range(customers):
        world.visit(f"{month}-10", f"{prefix}{number}", manager)


@pytest.mark.parametrize(("now", "state"), [(3, "done"), (2, "partly"), (1, "not"), (5, "done")])
def test_the_weakest_figure_of_last_month_rose_held_or_fell(team: World, now: int, state: str) -> None:
    """Ann visited 2 of 5 last month and the team 7 of 10: her coverage is her weakest; no plan, no orders, no keys."""
    visits(team, "2026-08", "M1", 2)
    visits(team, "2026-08", "M2", 5)
    visits(team, "2026-09", "M1", now)
    visits(team, "2026-09", "M2", 5)
    part = cell(team, "customer", "improve").parts[0]
    assert (part.name, part.state) == ("call_coverage", state)
    assert (part.before, part.reference, part.value) == (0.4, 0.7, now / 5)


def test_the_farthest_below_in_proportion_is_the_weakest(team: World) -> None:
    """Coverage 2/5 against the team's 6/10 is a third below; the plan 1/4 kept against 5/8 is three fifths below."""
    for month in ("2026-08", "2026-09"):
        visits(team, month, "M1", 2)
        visits(team, month, "M2", 4)
        for number in range(1, 5):
            team.plan(f"{month}-10", f"A{number}", "M1")
            team.plan(f"{month}-10", f"B{number - 1}", "M2")
    part = cell(team, "customer", "improve").parts[0]
    assert (part.name, part.before, part.reference, part.state) == ("plan_compliance", 0.25, 0.625, "partly")


def test_who_is_not_below_the_team_need_not_rise(team: World) -> None:
    """Bo fell from 5 to 4 of 5, and the team's 7 of 10 is now 5 of 10."""
    visits(team, "2026-08", "M1", 2)
    visits(team, "2026-08", "M2", 5)
    visits(team, "2026-09", "M1", 1)
    visits(team, "2026-09", "M2", 4)
    assert cell(team, "customer", "improve", "M2").state == "done"


def test_the_strike_rate_is_held_against_its_reference_and_not_the_team(team: World) -> None:
    for month in ("2026-08", "2026-09"):
        for outcome in ("success", "success", "fail", "fail", "fail"):
            team.visit(f"{month}-10", "A0", "M1", outcome)
    team.connection.execute("update visits set purpose = 'brand'")  # the other rate is as the team's
    part = cell(team, "brand", "improve").parts[0]
    assert (part.name, part.before, part.reference, part.state) == ("strike_rate", 0.4, 0.5, "partly")


def test_a_scope_of_one_manager_is_still_held_against_the_team(team: World) -> None:
    visits(team, "2026-08", "M1", 2)
    visits(team, "2026-08", "M2", 5)
    visits(team, "2026-09", "M1", 2)
    found = steps(team, month=MONTH.narrow(manager="M1"))
    assert list(found.managers["manager_id"]) == ["M1"]
    assert found.of("M1")["customer", "improve"].parts[0].reference == 0.7


def test_a_manager_who_is_the_whole_team_is_held_against_everybody(team: World) -> None:
    team.connection.execute("update managers set team = 'U' where manager_id = 'M1'")
    for month in ("2026-08", "2026-09"):
        visits(team, month, "M1", 2)
        visits(team, month, "M2", 5)
    assert cell(team, "customer", "improve").parts[0].reference == 0.7


def test_the_month_before_is_the_whole_calendar_month_before() -> None:
    march = Scope(date(2026, 3, 1), date(2026, 3, 31))
    assert two_months(march)[0] == Scope(date(2026, 2, 1), date(2026, 2, 28))
    begun = Scope(date(2026, 1, 1), date(2026, 1, 10))
    assert two_months(begun)[0] == Scope(date(2025, 12, 1), date(2025, 12, 31))
