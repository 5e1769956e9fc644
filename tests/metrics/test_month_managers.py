"""Under whom each customer was at the end of each month, against a slow count in plain Python."""

import random
from datetime import date, timedelta

import metrics
from metrics import Scope
from metrics.scope import end_of_month
from tests.world import World

MONTHS = [date(2026, month, 1) for month in (7, 8, 9)]
MANAGERS = ("M0", "M1", "M2")


def test_customers_count_for_the_manager_they_had_on_each_month_s_last_day(world: World) -> None:
    dice = random.Random(5)
    spells: dict[str, list[tuple[date, date | None, str]]] = {}
    for manager in MANAGERS:
        world.manager(manager)
    world.product("S1")
    for number in range(60):
        name = f"C{number}"
        world.customer(name, manager="M0")
        starts = dice.sample(range(150), dice.randrange(4))
        spells[name] = []
        for start in starts:  # overlaps and gaps, ends on last days of months among them
            begins = date(2026, 5, 15) + timedelta(start)
            ends = dice.choice([None, begins + timedelta(dice.randrange(90)), end_of_month(begins)])
            manager = dice.choice(MANAGERS)
            spells[name].append((begins, ends, manager))
            world.assign(name, manager, begins.isoformat(), ends and ends.isoformat())
    for month in MONTHS:
        for manager in MANAGERS:
            world._add(
                "targets",
                month=f"{month:%Y-%m}",
                manager_id=manager,
                measure="numeric_distribution",
                value=0.5,
                sku_id="S1",
            )
    world.settle()

    def manager_on(name: str, day: date) -> str:
        valid = [spell for spell in spells[name] if spell[0] <= day and (spell[1] is None or spell[1] >= day)]
        return max(valid)[2] if valid else "M0"

    def eligible(scope: Scope) -> dict[str, int]:
        rows = metrics.run("distribution_attainment", scope, "manager_id", cursor=world.connection.cursor())
        return dict(zip(rows["manager_id"], rows["eligible"], strict=True))

    counted = [
        {who: sum(manager_on(name, end_of_month(month)) == who for name in spells) for who in MANAGERS}
        for month in MONTHS
    ]
    assert [eligible(Scope(month, end_of_month(month))) for month in MONTHS] == counted
    assert eligible(Scope(MONTHS[0], end_of_month(MONTHS[-1]))) == {
        who: sum(month[who] for month in counted) for who in MANAGERS
    }
    assert all(min(month.values()) > 3 for month in counted)
