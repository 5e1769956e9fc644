"""What a manager does better and worse than the team, against distances worked out by hand and by libraries."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import metrics
from metrics import Scope
from metrics.managers.strengths import FIGURES, Distance, distances, strongest, weakest
from tests.world import World

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))


def told(**frames: pd.DataFrame) -> Any:
    """A reading of these figures; the others have no rows."""
    empty = pd.DataFrame({name: pd.Series(dtype=float) for name in ("visited", "customers", "key_customers", "kept")})
    for name in ("planned", "successes", "attempts", "productive", "visits", "handlers", "eligible", "focus_skus"):
        empty[name] = pd.Series(dtype=float)
    for name in ("actual", "target", "amount", "last_year_amount", "delivered", "ordered", "score_sum", "answers"):
        empty[name] = pd.Series(dtype=float)
    empty[["lines", "manager_id", "month"]] = pd.DataFrame({name: [] for name in ("lines", "manager_id", "month")})

    def read(name: str, scope: Scope, by: tuple[str, ...] = ()) -> pd.DataFrame:
        return frames.get(f"{name}_{'_'.join(by)}", frames.get(name, empty))

    return read


def one(found: list[Distance], name: str) -> Distance:
    return next(distance for distance in found if distance.figure == name)


def rates(**counts: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(manager, reached, of) for manager, (reached, of) in counts.items()],
        columns=["manager_id", "successes", "attempts"],
    )


def test_two_rates_are_as_far_apart_as_the_chi_squared_test_has_them() -> None:
    read = told(strike_rate=rates(M1=(60, 100), M2=(90, 200), M3=(60, 100)))
    found = one(distances(OCTOBER, "M1", "T", read=read), "strike_rate")
    assert (found.value, found.team, found.counted) == (0.6, 0.5, 100)
    table = [[60, 40], [150, 150]]
    squared = stats.chi2_contingency(table, correction=False).statistic
    assert found.distance is not None and found.distance**2 == pytest.approx(squared)
    assert found.distance > 0


def test_a_rate_over_few_visits_is_shown_and_not_ranked() -> None:
    few = distances(OCTOBER, "M1", "T", read=told(strike_rate=rates(M1=(9, 9), M2=(50, 100))))
    assert one(few, "strike_rate") == Distance("strike_rate", 1.0, 0.5, None, 9, "few")
    enough = distances(OCTOBER, "M1", "T", read=told(strike_rate=rates(M1=(10, 12), M2=(50, 100))))
    assert one(enough, "strike_rate").distance is not None


def test_no_data_and_no_team_are_told_apart() -> None:
    alone = distances(OCTOBER, "M1", "T", read=told(strike_rate=rates(M1=(60, 100))))
    assert one(alone, "strike_rate").why == "no_team"
    assert {distance.why for distance in alone if distance.figure != "strike_rate"} == {"no_data"}
    assert [distance.figure for distance in alone] == list(FIGURES)


def test_of_distribution_a_customer_counts_once_however_many_products_there_are() -> None:
    rows = pd.DataFrame(
        {"manager_id": ["M1", "M2"], "focus_skus": [4, 4], "handlers": [100, 100], "eligible": [160, 240]}
    )
    found = one(distances(OCTOBER, "M1", "T", read=told(focus_distribution=rows)), "focus_distribution")
    together, n1, n2 = 0.5, 40, 60
    by_hand = (100 / 160 - 100 / 240) / np.sqrt(together * (1 - together) * (1 / n1 + 1 / n2))
    assert found.distance == pytest.approx(by_hand)
    assert found.counted == 40


def test_growth_has_the_standard_error_of_a_ratio_of_sums_of_customers() -> None:
    """Against a bootstrap over customers, which knows no formula."""
    random = np.random.default_rng(3)

    def team(manager: str, count: int, growth: float) -> pd.DataFrame:
        was = random.lognormal(8, 0.8, count)
        return pd.DataFrame(
            {
                "manager_id": manager,
                "customer_id": [f"{manager}{number}" for number in range(count)],
                "last_year_amount": was,
                "amount": was * (1 + growth) * random.lognormal(0, 0.3, count),
            }
        )

    rows = pd.concat([team("M1", 80, 0.1), team("M2", 120, 0.0)], ignore_index=True)
    found = one(distances(OCTOBER, "M1", "T", read=told(customer_growth=rows)), "like_for_like_growth")

    def ratio(part: pd.DataFrame) -> float:
        return float(part["amount"].sum() / part["last_year_amount"].sum())

    parts = [rows[rows["manager_id"] == manager] for manager in ("M1", "M2")]
    drawn = [
        ratio(parts[0].sample(80, replace=True, random_state=n))
        - ratio(parts[1].sample(120, replace=True, random_state=n))
        for n in range(2000)
    ]
    assert found.value == pytest.approx(ratio(parts[0]) - 1)
    assert found.distance == pytest.approx((ratio(parts[0]) - ratio(parts[1])) / np.std(drawn), rel=0.1)


def test_attainment_is_held_against_its_own_swing_from_month_to_month() -> None:
    months = [f"2026-{number:02d}" for number in range(1, 9)]
    swings = [0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3]
    monthly = pd.concat(
        [
            pd.DataFrame(
                {"manager_id": "M1", "month": months, "actual": [90 + 100 * s for s in swings], "target": 100}
            ),
            pd.DataFrame({"manager_id": "M2", "month": months, "actual": 90.0, "target": 100}),
        ]
    )
    whole = pd.DataFrame({"manager_id": ["M1", "M2"], "actual": [120.0, 90.0], "target": [100, 100]})
    read = told(target_attainment_manager_id=whole, target_attainment_manager_id_month=monthly)
    found = one(distances(OCTOBER, "M1", "T", read=read), "target_attainment")
    assert found.distance == pytest.approx(0.3 / np.std(swings, ddof=1))
    quarter = Scope(date(2026, 8, 1), date(2026, 10, 31))
    over_three = one(distances(quarter, "M1", "T", read=read), "target_attainment")
    assert over_three.distance == pytest.approx(0.3 / (np.std(swings, ddof=1) / 3**0.5))


def test_the_first_and_last_three_stand_on_their_own_side() -> None:
    found = [Distance(name, 1, 1, far, 9) for name, far in zip("abcdef", (1, -2, 3, 0.5, 2, -0.1), strict=True)]
    found += [Distance("x", 1, 1, None, 2, "few")]
    assert [distance.figure for distance in strongest(found)] == ["c", "e", "a"]
    assert [distance.figure for distance in weakest(found)] == ["b", "f"]


def test_the_figures_are_those_of_the_catalogue(world: World) -> None:
    """In a world of two managers who share a team, and one of another team who must not count."""
    for manager, team in (("M1", "T"), ("M2", "T"), ("M3", "U")):
        world.manager(manager, team=team)
        for number in range(20):
            name = f"{manager}{number:02d}"
            world.customer(name, manager=manager, tier=5)
            good = number < {"M1": 14, "M2": 8, "M3": 0}[manager]
            world.visit("2026-10-05", name, manager, "success" if good else "fail")
            world.sale("2026-10-06" if good else "2026-10-20", name, "F", 2, 20 + number, ordered=3)
            world.sale("2025-10-20", name, "F", 2, 20)
    world.product("F", focus=True)
    world.settle()
    found = distances(
        OCTOBER, "M1", "T", read=lambda n, s, by=(): metrics.run(n, s, by, cursor=world.connection.cursor())
    )
    for name in ("strike_rate", "call_coverage", "productive_call_rate", "like_for_like_growth", "fill_rate"):
        distance = one(found, name)
        first, last = OCTOBER.from_date, OCTOBER.to_date
        assert distance.value == pytest.approx(world.figure(name, first=first, last=last, manager="M1"))
        assert distance.team == pytest.approx(world.figure(name, first=first, last=last, manager="M2"))
    strike = one(found, "strike_rate")
    assert (strike.value, strike.team) == (0.7, 0.4)
    squared = stats.chi2_contingency([[14, 6], [8, 12]], correction=False).statistic
    assert strike.distance is not None and strike.distance**2 == pytest.approx(squared)


def test_managers_alike_are_rarely_told_apart() -> None:
    """With one true rate for all, the distance is beyond two standard errors in about one of twenty."""
    random, beyond = np.random.default_rng(11), 0
    for _number in range(1000):
        hits = random.binomial([60, 300], 0.5)
        read = told(strike_rate=rates(M1=(int(hits[0]), 60), M2=(int(hits[1]), 300)))
        distance = one(distances(OCTOBER, "M1", "T", read=read), "strike_rate").distance
        beyond += distance is not None and abs(distance) > 1.96
    assert 0.03 <= beyond / 1000 <= 0.07
