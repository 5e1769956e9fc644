"""Movement between two periods: by hand, and adding up whatever the amounts."""

from decimal import Decimal
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import metrics
from metrics import Ranking, Scope
from metrics.concentration.movement import PARTS, came_and_went, movement
from tests.world import FIRST, LAST, World

SCOPE = Scope(FIRST, LAST)


def read_of(now: dict[str, Decimal], before: dict[str, Decimal]) -> Any:
    """A reading of `ranking` from amounts by member, as the figure gives it."""

    def read(name: str, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = Ranking()) -> pd.DataFrame:  # noqa: B008
        amounts = now if scope == SCOPE else before
        ranked = sorted((member for member in amounts if amounts[member] > 0), key=lambda name: (-amounts[name], name))
        return pd.DataFrame(
            {
                "ranked_id": pd.Series(ranked, dtype="str"),
                "ranked_name": pd.Series(ranked, dtype="str"),
                "position": pd.Series(range(1, len(ranked) + 1), dtype="int64"),
                "amount": pd.Series([float(amounts[member]) for member in ranked], dtype=float),
            }
        )

    return read


def test_members_move_by_hand(world: World) -> None:
    world.product("S1")
    world.customers("A", "B", "C", "D", "E", "F", "G")
    for customer, before, now in (
        ("A", 100, 40),  # shrunk, and out of the first fifth
        ("B", 90, 90),  # the same
        ("C", 10, 200),  # grown, and into the first fifth
        ("D", 30, 0),  # lost
        ("E", 0, 25),  # new
        ("F", 5, -3),  # lost: more came back than went out
        ("G", 20, 21),
    ):
        world.sale("2025-08-01", customer, "S1", 1, before)
        world.sale("2026-08-01", customer, "S1", 1, now)
    world.settle()
    moved = movement(
        SCOPE,
        SCOPE.last_year(),
        Ranking(),
        read=lambda name, scope, by=(), ranking=Ranking(): metrics.run(  # noqa: B008
            name, scope, by, ranking, cursor=world.connection.cursor()
        ),
    )
    assert (moved.before, moved.now) == (255, 376)
    assert moved.shares == {"new": 25, "lost": -35, "grown": 191, "shrunk": -60}
    assert moved.counts == {"new": 1, "lost": 2, "grown": 2, "shrunk": 1, "unchanged": 1}
    # Six bought before, five now: a fifth is two and one.
    lists = came_and_went(moved)
    assert list(lists["came"]["ranked_id"]) == ["C"]
    assert list(lists["went"]["ranked_id"]) == ["A", "B"]
    flows = moved.flows.set_index(["place_before", "place_now"])["members"].to_dict()
    assert flows == {
        ("top", "middle"): 2,  # A and B
        ("rest", "top"): 1,  # C
        ("middle", "none"): 1,  # D
        ("none", "rest"): 1,  # E
        ("rest", "none"): 1,  # F
        ("rest", "rest"): 1,  # G
    }


def test_nothing_before_and_nothing_now_is_no_movement() -> None:
    moved = movement(SCOPE, SCOPE.last_year(), Ranking(), read=read_of({}, {}))
    assert moved.rows.empty and moved.flows.empty
    assert (moved.before, moved.now, sum(moved.shares.values())) == (0, 0, 0)
    assert all(part.empty for part in came_and_went(moved).values())


amounts = st.dictionaries(
    st.sampled_from("ABCDEFGHIJ"), st.decimals("-5000", "99999999", places=4, allow_nan=False), max_size=10
)


@given(now=amounts, before=amounts)
@settings(deadline=None)
def test_the_parts_add_up_to_the_change_exactly(now: dict[str, Decimal], before: dict[str, Decimal]) -> None:
    moved = movement(SCOPE, SCOPE.last_year(), Ranking(), read=read_of(now, before))
    exact = [Decimal(repr(moved.shares[part])).quantize(Decimal("0.0001")) for part in PARTS]
    total_now = sum((amount for amount in now.values() if amount > 0), Decimal(0))
    total_before = sum((amount for amount in before.values() if amount > 0), Decimal(0))
    assert sum(exact, Decimal(0)) == total_now - total_before
    assert moved.shares["new"] >= 0 >= moved.shares["lost"]
    assert moved.shares["grown"] >= 0 >= moved.shares["shrunk"]
    assert sum(moved.counts.values()) == len(moved.rows) == moved.flows["members"].sum()
