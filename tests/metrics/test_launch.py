"""Launches against truths worked out by hand: curves, depth, the reading, and the coverage of a plan."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import metrics
from metrics import Scope
from metrics.brand.launch import circle, coverage, launch, weeks_ahead, whole_weeks
from tests.world import FIRST, LAST, World
from warehouse.launch_plans import LaunchPlan

SUMMER = Scope(FIRST, LAST)


def reading(world: World) -> Any:
    world.settle()
    return lambda name, scope, by=(): metrics.run(name, scope, by, cursor=world.connection.cursor())


def buy(world: World, sku: str, launched_on: str, tries: dict[str, list[int]]) -> None:
    """Purchases of each customer on so many days after the launch."""
    for customer, days in tries.items():
        for after in days:
            world.sale(str(date.fromisoformat(launched_on) + timedelta(after)), customer, sku, 1)


def test_order_days_are_counted_from_the_launch_of_those_that_may_carry_it(world: World) -> None:
    world.customers("A", "B", "C closed", "D")
    world.customer("E", tier=3)
    world.product("S1", launched_on="2026-07-01", min_tier=5)
    world.sale("2026-06-30", "A", "S1", 1)  # before the launch: no order day
    for day in ("2026-07-01", "2026-07-01", "2026-07-02", "2026-07-09"):  # two lines of one day are one
        world.sale(day, "A", "S1", 1)
    world.sale("2026-07-03", "B", "S1", 1)
    world.sale("2026-07-04", "B", "S1", -1)  # a return is no order day
    world.sale("2026-10-01", "B", "S1", 1)  # after the period
    world.sale("2026-07-05", "E", "S1", 1)  # tier too low: not eligible
    depth = world.rows("launch_depth", sku="S1")
    assert depth[["order_step", "customers"]].to_numpy().tolist() == [[1, 2], [2, 1], [3, 1], [4, 0], [5, 0]]
    assert depth["of_triers"].tolist() == [1, 1 / 2, 1 / 2, 0, 0]
    rows = world.rows("launch_customers", sku="S1")
    assert rows[["customer_id", "order_days"]].to_numpy().tolist() == [["A", 3], ["B", 1], ["D", 0]]
    assert rows["carries"].tolist() == [True, False, False]  # B has returned all that it bought in the period
    whole = world.rows("launch_coverage", sku="S1").iloc[0]
    assert whole[["licensed", "eligible", "triers", "handlers", "repeaters"]].tolist() == [4, 3, 2, 1, 1]
    assert whole["launch_coverage"] == 2 / 3


def test_more_than_five_order_days_are_counted_as_five(world: World) -> None:
    world.customers("A")
    world.product("S1", launched_on="2026-07-01")
    buy(world, "S1", "2026-07-01", {"A": list(range(0, 80, 10))})
    assert world.rows("launch_customers", sku="S1")["order_days"].tolist() == [5]
    assert world.rows("launch_depth", sku="S1")["customers"].tolist() == [1, 1, 1, 1, 1]


def test_a_product_launched_before_the_sales_begin_or_after_the_period_has_no_curve(world: World) -> None:
    world.customers("A")
    world.product("EARLY", launched_on="2026-06-24")  # a week before the first sale of all
    world.product("EDGE", launched_on="2026-06-25")  # its first week has a day with sales
    world.product("LATER", launched_on="2026-10-01")
    world.product("NEVER")
    for sku in ("EARLY", "EDGE", "LATER", "NEVER"):
        world.sale("2026-07-01", "A", sku, 1)
    for name in ("launch_curve", "launch_depth", "launch_customers"):
        assert set(world.rows(name)["sku_id"]) == {"EDGE"}
    read = reading(world)
    states = {sku: launch(sku, SUMMER, read=read).reading.state for sku in ("EARLY", "EDGE", "LATER", "NEVER")}
    assert states == {"EARLY": "untold", "EDGE": "alone", "LATER": "not_on_sale", "NEVER": "no_day"}


def test_without_eligible_customers_there_is_no_curve(world: World) -> None:
    world.customer("A", tier=1)
    world.product("S1", launched_on="2026-07-01", min_tier=10)
    world.sale("2026-07-01", "A", "S1", 1)
    found = launch("S1", SUMMER, read=reading(world))
    assert found.reading.state == "untold" and found.curves.empty and found.depth.empty
    assert world.rows("launch_coverage", sku="S1").empty


@pytest.mark.parametrize(
    ("launched_on", "last", "weeks"),
    [
        ("2026-07-01", "2026-07-06", 0),  # six days
        ("2026-07-01", "2026-07-07", 1),  # seven
        ("2026-07-01", "2026-07-14", 2),
        ("2026-07-01", "2026-06-30", 0),
        ("2024-07-01", "2026-07-01", 52),
    ],
)
def test_only_whole_weeks_count(launched_on: str, last: str, weeks: int) -> None:
    assert whole_weeks(date.fromisoformat(launched_on), date.fromisoformat(last)) == weeks
    assert whole_weeks(None, date.fromisoformat(last)) == 0


DAYS_ABOUT_THE_20TH = (date(2026, 8, 30), date(2026, 9, 8))
MEDIAN = [0.1, 0.2, 0.3, 0.3, 0.4]


@pytest.mark.parametrize(
    ("trial", "week", "weeks", "is_at_least"),
    [
        (0.3, 3, 0, False),  # the same in the same week
        (0.3, 2, 1, False),  # the median needed a week more
        (0.35, 3, 2, False),  # between two weeks: reached at the end of the fifth
        (0.2, 4, -2, False),  # the median was there two weeks before
        (0.05, 4, -3, False),  # the median passed it in its first week
        (0.5, 4, 2, True),  # not reached in five weeks: in the sixth at the earliest
        (0.5, 5, 1, True),
    ],
)
def test_the_lead_is_the_week_in_which_the_median_got_there_less_the_launchs_own(
    trial: float, week: int, weeks: int, is_at_least: bool
) -> None:
    assert weeks_ahead(trial, week, MEDIAN) == (weeks, is_at_least)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=52).map(sorted), st.integers(1, 52))
def test_a_launch_that_is_the_median_is_level_or_has_stood_still(median: list[float], week: int) -> None:
    week = min(week, len(median))
    weeks, is_at_least = weeks_ahead(median[week - 1], week, median)
    assert not is_at_least and weeks <= 0
    assert median[week - 1 + weeks] == median[week - 1]


def three_launches(world: World) -> None:
    """Ten customers; two launches in January and March 2026 and one in July, each followed for whole weeks."""
    world.customers(*"ABCDEFGHIJ")
    world.customers("Z")
    world.sale("2026-01-01", "Z", "OLD", 1)
    world.product("OLD")
    for sku, day in (("S1", "2026-01-05"), ("S2", "2026-03-02"), ("S3", "2026-07-06")):
        world.product(sku, launched_on=day)
    # S1: one more each week; S2: one more every second week; the median is their mean.
    buy(world, "S1", "2026-01-05", {name: [7 * number] for number, name in enumerate("ABCDEFGHIJ")})
    buy(world, "S2", "2026-03-02", {name: [14 * number] for number, name in enumerate("ABCDEFGHIJ")})
    # S3: six in the first four weeks, three of whom come back.
    buy(world, "S3", "2026-07-06", {name: [3] for name in "ABC"} | {name: [20, 25] for name in "DEF"})


def test_a_launch_is_read_against_the_median_of_the_earlier_ones(world: World) -> None:
    """At week 4, 6 of 11 have tried S3. S1 had w of 11 by week w, S2 (w + 1) // 2: the median (their mean) has 6 or
    more for the first time in week 8 (8 and 4), four weeks later."""
    three_launches(world)
    read = reading(world)
    found = launch("S3", Scope(date(2026, 8, 1), date(2026, 8, 2)), read=read)
    assert found.earlier == ("S2", "S1")  # OLD has no day of launch
    told = found.reading
    assert (told.state, told.week, told.trial, told.repeat) == ("compared", 4, 6 / 11, 3 / 6)
    assert told.median_trial == pytest.approx((4 + 2) / 2 / 11)
    assert (told.weeks_ahead, told.is_at_least, told.median_repeat) == (4, False, 0)
    assert found.curves.groupby("sku_id")["launch_week"].max().to_dict() == {"S1": 29 + 1, "S2": 22, "S3": 4}
    assert found.median["launch_week"].tolist() == list(range(1, 23))  # as long as both have been on sale


def test_a_launch_that_fewer_than_twenty_have_tried_is_of_few(world: World) -> None:
    world.product("S1", launched_on="2026-07-01")
    for number in range(20):
        world.customer(f"C{number:02}")
        world.sale("2026-07-02" if number < 19 else "2026-08-31", f"C{number:02}", "S1", 1)
    read = reading(world)
    before, after = (launch("S1", Scope(date(2026, 7, 1), last), read=read).reading for last in DAYS_ABOUT_THE_20TH)
    assert (before.triers, before.is_of_few) == (19, True)
    assert (after.triers, after.is_of_few) == (20, False)


def test_a_week_begun_is_left_out_and_a_young_launch_is_not_read(world: World) -> None:
    three_launches(world)
    read = reading(world)
    young = launch("S3", Scope(date(2026, 7, 1), date(2026, 8, 1)), read=read)  # 27 days: three whole weeks
    assert (young.reading.state, young.reading.week, young.reading.trial) == ("too_early", 3, 6 / 11)
    first_days = launch("S3", Scope(date(2026, 7, 1), date(2026, 7, 8)), read=read)
    assert (first_days.reading.state, first_days.reading.week, first_days.reading.trial) == ("too_early", 0, None)
    assert first_days.earlier == ("S2", "S1")


def test_a_launch_without_earlier_ones_or_without_triers_says_so(world: World) -> None:
    three_launches(world)
    world.product("S0", launched_on="2026-01-02")
    read = reading(world)
    assert launch("S0", SUMMER, read=read).reading.state == "untried"
    world.connection.execute("delete from products where sku_id = 'S0'")
    alone = launch("S1", SUMMER, read=reading(world))
    assert (alone.reading.state, alone.earlier, len(alone.median)) == ("alone", (), 0)


def test_at_most_five_earlier_launches_are_compared_and_only_those_long_enough_on_sale(world: World) -> None:
    world.customers("A")
    for number in range(1, 8):
        world.product(f"S{number}", launched_on=f"2026-0{number}-01")
        world.sale(f"2026-0{number}-01", "A", f"S{number}", 1)
    world.product("YOUNG", launched_on="2026-09-10")
    world.product("NOW", launched_on="2026-09-20")
    read = reading(world)
    assert launch("NOW", SUMMER, read=read).earlier == ("S7", "S6", "S5", "S4", "S3")
    assert launch("S2", SUMMER, read=read).earlier == ("S1",)


def test_products_in_scope_do_not_matter_but_customers_do(world: World) -> None:
    three_launches(world)
    world.customer("X", area="west")
    world.sale("2026-07-07", "X", "S3", 1)
    read = reading(world)
    last = Scope(date(2026, 8, 1), date(2026, 8, 2))
    found = launch("S3", last.narrow(sku="S3", area="west"), read=read)
    assert (found.earlier, found.reading.trial) == (("S2", "S1"), 1)


PLAN = LaunchPlan("S1", date(2026, 7, 1), date(2026, 7, 31), areas=("east", "west"), tier_bands=("11–15", "unknown"))


def planned_world(world: World) -> None:
    world.customer("A", area="east", tier=11)
    world.customer("B", area="west", tier=15)
    world.customer("C", area="west", tier=None)
    world.customer("D", area="west", tier=16)  # not in the circle: tier
    world.customer("E", area="north", tier=12)  # not in the circle: area
    world.customer("F", area="east", tier=12)
    world.product("S1", launched_on="2026-07-01", min_tier=12)  # so A may not carry it
    world.product("OLD")
    world.sale("2026-07-01", "A", "OLD", 1)
    for customer in "ABCDE":
        world.sale("2026-07-10", customer, "S1", 1)
    world.sale("2026-08-10", "B", "S1", 1)
    world.sale("2026-08-01", "F", "S1", 1)  # a day after the plan's last


def test_a_plan_is_held_against_the_customers_that_it_names(world: World) -> None:
    planned_world(world)
    read = reading(world)
    around = circle(PLAN, SUMMER)
    assert around is not None
    found = coverage(PLAN, around, "area", read=read)
    whole = found.whole.iloc[0]
    assert whole[["licensed", "eligible", "triers", "handlers", "repeaters"]].tolist() == [4, 3, 3, 3, 1]
    assert found.in_time == 2  # B and C; F came a day late
    parts = {row.area: (row.triers, row.eligible) for row in found.parts.itertuples()}
    assert parts == {"east": (1, 1), "west": (2, 2)}


def test_a_plan_whose_day_is_to_come_is_not_judged_yet(world: World) -> None:
    planned_world(world)
    around = circle(PLAN, SUMMER)
    assert around is not None
    read = reading(world)
    assert coverage(replace(PLAN, covered_by=date(2026, 10, 1)), around, "area", read=read).in_time is None
    assert coverage(replace(PLAN, covered_by=LAST), around, "area", read=read).in_time == 3


def test_a_circle_is_what_plan_and_scope_have_in_common() -> None:
    around = circle(PLAN, SUMMER.narrow(area=("west", "north"), sku="S9", brand="X", team="T1"))
    assert around is not None
    assert (around.area, around.tier_band, around.channel) == (("west",), ("11–15", "unknown"), ())
    assert (around.sku, around.brand, around.team) == (("S1",), (), ("T1",))
    assert circle(PLAN, SUMMER.narrow(area="north")) is None
    everyone = circle(replace(PLAN, areas=(), tier_bands=()), SUMMER.narrow(area="north"))
    assert everyone is not None and (everyone.area, everyone.tier_band) == (("north",), ())
