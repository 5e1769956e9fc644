"""What changed: every level adds up to the one above, whoever sold, returned, moved or is unknown."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

import metrics
from metrics import Scope
from metrics.changed.contributions import LEVELS, Change, contributions
from metrics.changed.periods import compared_periods
from metrics.changed.restated import Load, restated
from metrics.scorecard import Read
from tests.world import World, day

SEPTEMBER = Scope(day("2026-09-01"), day("2026-09-30"))
AUGUST = Scope(day("2026-08-01"), day("2026-08-31"))
D = Decimal


def reading(world: World) -> Read:
    world.settle()
    return lambda name, scope, by: metrics.run(name, scope, by, cursor=world.connection.cursor())


def changed(world: World, scope: Scope = SEPTEMBER, earlier: Scope = AUGUST) -> Change:
    return contributions(scope, earlier, read=reading(world))


def by_code(found: Change, level: str) -> dict[str, Decimal]:
    return {member.code: member.change for member in found.level(level).members}


@pytest.fixture
def shrinking(world: World) -> World:
    """The east loses 90 of the 70 that are lost; customer A went from one manager to another, C is in no master."""
    world.manager("M1", team="T1")
    world.manager("M2", team="T1")
    world.manager("M3", team="T2")
    world.customer("A", area="East", manager="M2")
    world.customer("B", area="East", manager="M1")
    world.customer("W", area="West", manager="M3")
    world.assign("A", "M1", "2026-01-01", "2026-08-31")
    world.assign("A", "M2", "2026-09-01")
    world.sale("2026-08-31", "A", "S1", 1, 50)  # the last day before, under M1 then
    world.sale("2026-09-01", "A", "S1", 1, 40)  # the first day, under M2 by now
    world.sale("2026-08-02", "B", "S1", 1, 60.05)
    world.sale("2026-08-02", "B", "S2", 1, 60)
    world.sale("2026-09-30", "B", "S2", -1, -10)  # a return makes the amount now negative
    world.sale("2026-09-05", "B", "S3", 1, 50.05)
    world.sale("2026-08-05", "W", "S1", 1, 30)
    world.sale("2026-09-05", "W", "S1", 1, 30)
    world.sale("2026-09-05", "C", "S9", 1, 20)
    world.sale("2026-07-31", "B", "S1", 1, 999)  # before either period
    world.sale("2026-10-01", "B", "S1", 1, 999)  # after both
    return world


def test_every_level_splits_the_member_above_that_explains_most(shrinking: World) -> None:
    found = changed(shrinking)
    assert (found.before, found.now, found.moved) == (D("200.05"), D("130.05"), D(-70))
    assert by_code(found, "area") == {"East": D(-90), "West": D(0), "unknown": D(20)}
    assert by_code(found, "team") == {"T1": D(-90)}
    assert by_code(found, "manager") == {"M1": D(-130), "M2": D(40)}  # each sale under who had it on its day
    assert by_code(found, "customer") == {"B": D("-80"), "A": D(-50)}
    assert by_code(found, "sku") == {"S1": D("-60.05"), "S2": D(-70), "S3": D("50.05")}
    assert found.level("sku").within == {"area": "East", "team": "T1", "manager": "M1", "customer": "B"}
    assert (found.level("sku").rises, found.level("sku").falls) == (D("50.05"), D("-130.05"))


def test_the_few_are_those_that_moved_most_and_the_others_make_the_rest(shrinking: World) -> None:
    area = changed(shrinking).level("area")
    few, others = area.few(1)
    assert [member.code for member in few] == ["East"]
    assert sum(member.change for member in (*few, *others)) == area.change
    assert [member.code for member in area.few()[0]] == ["East", "unknown"]  # the west did not move


def test_a_change_of_nothing_still_follows_what_moved_most(world: World) -> None:
    world.sale("2026-08-05", "A", "S1", 1, 70)
    world.sale("2026-09-05", "A", "S1", 1, 50)
    world.sale("2026-09-05", "B", "S1", 1, 20)
    found = changed(world)
    assert found.moved == 0
    assert [member.code for member in found.level("customer").members] == ["A", "B"]


def test_without_sales_in_either_period_there_is_no_level(world: World) -> None:
    world.sale("2026-01-05", "A", "S1", 1, 70)
    assert changed(world).levels == ()


def test_every_level_of_a_random_world_agrees_with_a_count_row_by_row(world: World) -> None:
    rng = random.Random(8)
    for number in range(6):
        world.manager(f"M{number}", team=f"T{number % 3}")
    for number in range(20):
        world.customer(f"C{number}", area=rng.choice(["East", "West", None]), manager=f"M{number % 6}")
    for _ in range(200):
        on = date(2026, 8, 1) + timedelta(rng.randrange(61))
        qty = rng.choice([1, 1, 1, -1])
        who = rng.choice(["M0", "M1", "M5", None])  # some sold by others than whose the customer is
        customer = f"C{rng.randrange(24)}"  # four of them are in no master
        world.sale(str(on), customer, f"S{rng.randrange(5)}", qty, qty * rng.randrange(1, 10**6) / 100, manager=who)
    found = changed(world)
    lines = world.connection.execute(
        "select order_date, sales.customer_id as customer, sku_id as sku, coalesce(owner_id, 'unknown') as manager, "
        "coalesce(area, 'unknown') as area, coalesce(team, 'unknown') as team, cast(amount as varchar) as amount "
        "from sales left join customers using (customer_id) left join managers on owner_id = managers.manager_id"
    ).df()
    lines["signed"] = pd.Series(
        D(amount) * (1 if on >= pd.Timestamp("2026-09-01") else -1)
        for on, amount in zip(lines["order_date"], lines["amount"], strict=True)
    )
    whole = sum(lines["signed"], D(0))
    for level in LEVELS:
        counted = lines.groupby(level)["signed"].sum().to_dict()
        assert by_code(found, level) == counted
        assert found.level(level).change == sum(counted.values()) == whole
        lines = lines[lines[level] == found.level(level).members[0].code]
        whole = found.level(level).members[0].change


@pytest.mark.parametrize(
    ("first", "last", "earlier"),
    [
        # A week against the week before it, the same days of the month before, and of the year before.
        ("2026-11-16", "2026-11-22", ("previous 11-09 11-15", "month 10-16 10-22", "last_year 11-16 11-22")),
        # Three days of a week against the same days of the week before, not the three days just before.
        ("2026-11-16", "2026-11-18", ("previous 11-09 11-11", "month 10-16 10-18", "last_year 11-16 11-18")),
        # A whole month has the whole month before, though that is longer; the period of the same length is shorter.
        (
            "2026-11-01",
            "2026-11-30",
            ("last_year 11-01 11-30", "month 10-01 10-31", "week 11-17 11-23", "previous 10-02 10-31"),
        ),
        (
            "2026-03-01",
            "2026-03-30",
            ("last_year 03-01 03-30", "month 02-01 02-28", "week 03-17 03-23", "previous 01-30 02-28"),
        ),
        # Four days about a Monday are the week that is looked at: no day is counted that the period does not have.
        (
            "2026-11-21",
            "2026-11-24",
            ("last_year 11-21 11-24", "month 10-21 10-24", "week 11-14 11-17", "previous 11-17 11-20"),
        ),
    ],
)
def test_a_period_is_compared_with_earlier_days(first: str, last: str, earlier: tuple[str, ...]) -> None:
    found = compared_periods(Scope(day(first), day(last)))
    assert (*(f"{code} {then.from_date:%m-%d} {then.to_date:%m-%d}" for code, (_, then) in found.items()),) == earlier
    assert {str(now.to_date) for now, _ in found.values()} == {last}
    assert {code for code, (now, _) in found.items() if str(now.from_date) != first} <= {"week"}


def load(number: int) -> Load:
    return Load(f"v{number:06d}", "2026-11-20", (f"sales_{number}.csv",))


def test_a_restatement_names_the_loads_that_made_it() -> None:
    amounts: dict[str, Decimal] = {"v000002": D(100), "v000003": D(112), "v000004": D(109)}
    found = restated(D(100), D(109), loads=[load(2), load(3), load(4)], amount_in=amounts.get)
    assert [(one.loads, one.change) for one in found.restatements] == [((load(3),), D(12)), ((load(4),), D(-3))]
    assert found.change == D(9)


def test_loads_whose_versions_are_gone_are_told_together_with_the_next() -> None:
    found = restated(D(100), D(109), loads=[load(2), load(3), load(4)], amount_in={"v000004": D(109)}.get)
    assert [(one.loads, one.change) for one in found.restatements] == [((load(2), load(3), load(4)), D(9))]


def test_what_came_and_went_again_is_no_restatement_and_what_no_load_made_has_none() -> None:
    assert restated(D(100), D(100), loads=[load(2)], amount_in={"v000002": D(1)}.get).restatements == ()
    (unknown,) = restated(D(100), D(90), loads=[], amount_in={}.get).restatements
    assert (unknown.loads, unknown.change, unknown.gone_back_to) == ((), D(-10), "")


def test_a_load_after_going_back_does_not_answer_for_what_going_back_took() -> None:
    amounts = {"v000001": D(100), "v000004": D(107)}
    found = restated(D(175), D(107), loads=[load(4)], amount_in=amounts.get, gone_back_to="v000001")
    assert [(one.loads, one.change, one.gone_back_to) for one in found.restatements] == [
        ((), D(-75), "v000001"),
        ((load(4),), D(7), ""),
    ]
    (together,) = restated(
        D(175), D(107), loads=[load(4)], amount_in={"v000004": D(107)}.get, gone_back_to="v000001"
    ).restatements
    assert (together.loads, together.change, together.gone_back_to) == ((load(4),), D(-68), "v000001")
