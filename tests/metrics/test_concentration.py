"""How much hangs on a few, against truths worked out by hand and by the mean-difference formula."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inequality.gini import Gini
from scipy.stats import variation

import metrics
from metrics import Ranking, Scope
from metrics.concentration.shape import lorenz, shape
from metrics.ranking import RankingError
from metrics.runner import WrongSplit
from tests.world import FIRST, LAST, World

DATA = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))
AMOUNTS = st.lists(st.integers(1, 10_000), min_size=1, max_size=30)


def sells(world: World, *amounts: float) -> None:
    """Customers C00, C01 … that bought for these amounts."""
    world.product("S1")
    for number, amount in enumerate(amounts):
        world.customer(f"C{number:02}")
        world.sale("2026-07-01", f"C{number:02}", "S1", 1, amount)


@pytest.mark.parametrize(
    ("amounts", "top_customers", "share"),
    [
        ((7,), 1, 7 / 7),
        ((1, 2, 3, 4, 5), 1, 5 / 15),  # a fifth of five is one
        ((1, 2, 3, 4, 5, 6), 2, 11 / 21),  # a fifth of six is rounded up
        (tuple(range(1, 12)), 3, (11 + 10 + 9) / 66),
    ],
)
def test_top20_share_takes_the_first_fifth_rounded_up(
    world: World, amounts: tuple[float, ...], top_customers: int, share: float
) -> None:
    sells(world, *amounts)
    row = world.rows("top20_share").iloc[0]
    assert row["top_customers"] == top_customers
    assert row["top20_share"] == pytest.approx(share)


def test_customers_whose_returns_outweigh_are_told_apart(world: World) -> None:
    sells(world, 60, 40, 0, -25)
    row = world.rows("top20_share").iloc[0]
    assert (row["customers"], row["total"], row["returns"]) == (2, 100, -25)
    assert row["top20_share"] == 0.6
    assert world.figure("gini") == pytest.approx((60 - 40) / (2 * 100))


def test_nobody_with_a_positive_net_is_no_data(world: World) -> None:
    sells(world, -5)
    for name in ("top20_share", "customers_for_80", "gini", "hhi"):
        assert world.figure(name) is None
    assert world.rows("concentration").empty and world.rows("ranking").empty


def test_sales_that_name_no_customer_rank_as_nobody(world: World) -> None:
    sells(world, 10, 20)
    world.sale("2026-07-01", "unknown", "S1", 1, 1000)
    assert world.figure("top20_share") == pytest.approx(20 / 30)
    assert world.figure("amount") == 1030


def test_equal_customers_are_ranked_by_their_number(world: World) -> None:
    sells(world, 5, 9, 9)
    ranking = world.rows("ranking")
    assert list(ranking["ranked_id"]) == ["C01", "C02", "C00"]
    assert list(ranking["running_share"]) == pytest.approx([9 / 23, 18 / 23, 1])


def test_eighty_percent_is_reached_when_the_sum_equals_it(world: World) -> None:
    sells(world, 50, 30, 20)  # 80 of 100 exactly with the second
    row = world.rows("customers_for_80").iloc[0]
    assert (row["customers_for_80"], row["customers"]) == (2, 3)
    assert row["customers_for_80_share"] == pytest.approx(2 / 3)


def test_key_customers_are_ranked_over_twelve_months_whatever_the_scope(world: World) -> None:
    world.product("S1")
    for customer, area in (("A", "north"), ("B", "south"), ("C", "south")):
        world.customer(customer, area=area)
    world.sale("2025-09-30", "C", "S1", 1, 999)  # twelve months before the last day: out
    world.sale("2025-10-01", "B", "S1", 1, 50)
    world.sale("2026-09-30", "A", "S1", 1, 40)
    world.sale("2026-10-01", "A", "S1", 1, 999)  # after the last day
    assert list(world.rows("key_customers")["customer_id"]) == ["B"]
    assert world.rows("key_customers", area="north").empty


@given(amounts=AMOUNTS)
@DATA
def test_concentration_holds_to_its_definitions(amounts: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    sells(world, *amounts)
    n, values = len(amounts), np.sort(np.array(amounts, dtype=float))
    mean_difference = np.abs(values[:, None] - values[None, :]).mean()
    assert world.figure("gini") == pytest.approx(mean_difference / (2 * values.mean()), abs=1e-12)
    shares = values / values.sum()
    assert world.figure("hhi") == pytest.approx(float((shares**2).sum()))
    glance = world.rows("concentration").iloc[0]
    assert glance["gini"] == pytest.approx(Gini(values).g, abs=1e-12)
    # The share of the mean square: scipy knows the coefficient of variation, which gives it too.
    assert glance["hhi"] == pytest.approx((1 + variation(values) ** 2) / n)
    for name in ("top20_share", "gini", "hhi"):
        assert glance[name] == pytest.approx(world.figure(name), abs=1e-12)
    assert glance["needed_for_80"] == world.figure("customers_for_80")
    assert 1 / n - 1e-12 <= (world.figure("hhi") or 0) <= 1 + 1e-12
    top = world.figure("top20_share")
    assert top is not None and -(-n // 5) / n - 1e-12 <= top <= 1
    few = int(world.figure("customers_for_80") or 0)
    largest_first = [Decimal(amount) for amount in sorted(amounts, reverse=True)]
    enough = Decimal("0.8") * sum(largest_first)
    assert sum(largest_first[:few]) >= enough > sum(largest_first[: few - 1])
    curve = lorenz(world.rows("ranking")).to_numpy()
    assert curve[0].tolist() == [0, 0] and curve[-1].tolist() == pytest.approx([1, 1])
    assert (curve[:, 1] <= curve[:, 0] + 1e-12).all()
    slopes = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
    assert (np.diff(slopes) >= -1e-9).all()
    world.connection.close()


@given(amounts=AMOUNTS, scale=st.integers(2, 50))
@DATA
def test_gini_is_unmoved_by_scale_and_by_copying_everybody(
    amounts: list[int], scale: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = []
    for variant in (amounts, [amount * scale for amount in amounts], amounts * 2):
        world = World(tmp_path_factory.mktemp("world"))
        sells(world, *variant)
        found.append(world.figure("gini"))
        world.connection.close()
    assert found[1] == pytest.approx(found[0], abs=1e-12)
    assert found[2] == pytest.approx(found[0], abs=1e-12)


def test_gini_of_equals_is_zero(world: World) -> None:
    sells(world, 3, 3, 3, 3)
    assert world.figure("gini") == 0
    assert world.figure("hhi") == pytest.approx(1 / 4)


def test_concentration_by_group_ranks_within_the_group(world: World) -> None:
    world.product("S1")
    for customer, area, amount in (("A", "north", 30), ("B", "north", 10), ("C", "south", 5)):
        world.customer(customer, area=area)
        world.sale("2026-07-01", customer, "S1", 1, amount)
    assert world.split("top20_share", "area") == {"north": 0.75, "south": 1.0}
    assert world.split("top20_share", "month", last=date(2026, 7, 31)) == {"2026-07": 30 / 45}


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["M1", "M2", None]), st.sampled_from(["north", "south", None]), st.integers(-99, 99)),
        min_size=1,
        max_size=25,
    )
)
@DATA
def test_managers_and_areas_sum_to_the_whole(
    rows: list[tuple[str | None, str | None, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    for number, (manager, area, amount) in enumerate(rows):
        world.customer(f"C{number}", manager=manager, area=area)
        world.sale("2026-07-01", f"C{number}", "S1", 1, amount)
    whole = world.figure("amount")
    assert whole == sum(amount for _, _, amount in rows)
    assert sum(world.split("amount", "manager_id").values()) == whole
    areas = {area or "unknown" for _, area, _ in rows}
    assert sum(world.figure("amount", area=area) or 0 for area in areas) == whole
    world.connection.close()


def ranked(world: World, name: str, ranking: Ranking, by: str = "") -> list[dict[str, object]]:
    """The rows of a figure for a ranking of something else than customers by amount."""
    world.settle()
    scope = metrics.Scope(FIRST, LAST)
    return metrics.run(name, scope, by or (), ranking, cursor=world.connection.cursor()).to_dict("records")


def two_of_everything(world: World) -> None:
    """Two customers in two areas under two managers; two products of two brands, one of them without a price."""
    world.manager("M1", manager_name="Ann")
    world.manager("M2")
    world.customer("C1", area="north", manager="M1", customer_name="Corner")
    world.customer("C2", area="south", manager="M2")
    world.product("S1", sku_name="Tea", brand="B1", list_price=10, retail_price=12)
    world.product("S2", brand="B2", list_price=10)
    world.sale("2026-07-01", "C1", "S1", 6, 60)
    world.sale("2026-07-02", "C2", "S1", 1, 10)
    world.sale("2026-08-03", "C2", "S2", 1, 70)
    world.sale("2026-08-04", "C1", "S2", 5, -20)


@pytest.mark.parametrize(
    ("ranked_by", "measure", "expected"),
    [
        ("customer_id", "amount", [("C2", "C2", 80), ("C1", "Corner", 40)]),
        ("customer_id", "qty", [("C1", "Corner", 11), ("C2", "C2", 2)]),
        ("customer_id", "gross_margin", [("C1", "Corner", 12), ("C2", "C2", 2)]),  # S2 has no retail price
        ("sku_id", "amount", [("S1", "Tea", 70), ("S2", "S2", 50)]),
        ("brand", "qty", [("B1", "B1", 7), ("B2", "B2", 6)]),
        ("area", "amount", [("south", "south", 80), ("north", "north", 40)]),
        ("manager_id", "amount", [("M2", "M2", 80), ("M1", "Ann", 40)]),
    ],
)
def test_anything_is_ranked_by_any_measure(
    world: World, ranked_by: str, measure: str, expected: list[tuple[str, str, float]]
) -> None:
    two_of_everything(world)
    rows = ranked(world, "ranking", Ranking(ranked_by, measure))
    assert [(row["ranked_id"], row["ranked_name"], row["amount"]) for row in rows] == expected
    largest, total = expected[0][2], sum(amount for _, _, amount in expected)
    assert ranked(world, "top20_share", Ranking(ranked_by, measure))[0]["top20_share"] == pytest.approx(largest / total)
    glance = ranked(world, "concentration", Ranking(ranked_by, measure))[0]
    assert (glance["ranked_count"], glance["total"]) == (2, total)
    assert glance["top1_share"] == pytest.approx(largest / total)


def test_gross_margin_says_how_much_of_the_amount_has_prices(world: World) -> None:
    two_of_everything(world)
    row = world.rows("gross_margin").iloc[0]
    assert (row["gross_margin"], row["priced_amount"], row["amount"]) == (14, 70, 120)
    assert row["priced_share"] == pytest.approx(70 / 120)
    assert world.split("gross_margin", "sku_id") == {"S1": 14}


def test_without_prices_there_is_no_gross_margin(world: World) -> None:
    sells(world, 5, 9)
    assert world.rows("gross_margin").empty
    assert ranked(world, "ranking", Ranking("customer_id", "gross_margin")) == []
    assert ranked(world, "concentration", Ranking("customer_id", "gross_margin")) == []


def test_concentration_by_group_and_month_tells_the_first_and_the_returns(world: World) -> None:
    two_of_everything(world)
    by_area = {row["area"]: row for row in ranked(world, "concentration", Ranking("sku_id"), "area")}
    assert by_area["north"]["top1_share"] == 1  # of S2 more was returned than bought
    assert (by_area["north"]["total"], by_area["north"]["returns"]) == (60, -20)
    assert by_area["south"]["top1_share"] == pytest.approx(70 / 80)
    by_month = ranked(world, "concentration", Ranking(), "month")
    assert [(row["month"], row["top1_share"]) for row in by_month] == [
        ("2026-07", pytest.approx(6 / 7)),
        ("2026-08", 1),
    ]


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(RankingError, match="channel"):
        Ranking("channel")
    with pytest.raises(RankingError, match="drop table"):
        Ranking("area", "'; drop table sales; --")
    with pytest.raises(WrongSplit, match="cannot rank area within each"):
        metrics.run("gini", metrics.Scope(FIRST, LAST), "area", Ranking("area"), cursor=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "count_before", "is_same"), [(11, 10, False), (10, 10, True), (101, 100, True)])
def test_a_fifth_of_few_that_is_another_part_than_last_year_is_no_news(
    count: int, count_before: int, is_same: bool
) -> None:
    # 3 of 11 are 27.3 %, 2 of 10 are 20 %; 21 of 101 are 20.8 %.
    def read(name: str, scope: Scope, *_more: object) -> pd.DataFrame:
        if name != "ranking":
            return pd.DataFrame()
        members = count if scope == OCTOBER else count_before
        return pd.DataFrame({"amount": [1000.0 if place < members / 5 else 1.0 for place in range(members)]})

    found = shape(OCTOBER, Ranking("manager_id"), read=read)
    assert found.has_same_fifth is is_same
    assert ("top20_share" in found.news) is is_same and "gini" in found.news
