"""Funnel, expected values, shrinkage and ranks: by hand, and against libraries by another route."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.integrate import quad
from sklearn.linear_model import Ridge
from sklearn.preprocessing import OneHotEncoder

from metrics.managers.expected import NO_TRAIT, expected_values
from metrics.managers.funnel import INNER, OUTER, dispersion, is_overdispersed, rate_at, rate_errors
from metrics.managers.ranks import probability_of_top_third, rank_intervals, ranks, third_of
from metrics.managers.shrinkage import DRAWS, rate_posterior, shrunk_means, shrunk_rates

TRAITS = ("area", "size_band")


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.83, 0.99])
@pytest.mark.parametrize("count", [1, 4, 17, 60])
@pytest.mark.parametrize(("errors", "tail"), [(INNER, 0.025), (OUTER, 0.001)])
def test_a_count_lies_outside_the_limits_just_where_the_exact_binomial_test_says_so(
    rate: float, count: int, errors: float, tail: float
) -> None:
    low, high = (float(rate_at(side, count, rate)) for side in (-errors, errors))
    assert 0 <= low <= rate <= high <= 1
    for successes in range(count + 1):
        below, above = (
            stats.binomtest(successes, count, rate, alternative=side).pvalue < tail for side in ("less", "greater")
        )
        assert (successes / count < low - 1e-9) == below
        assert (successes / count > high + 1e-9) == above
        far = float(rate_errors(successes / count, count, rate))
        assert (far < -errors, far > errors) == (below, above)


def test_the_limits_are_the_same_for_successes_as_for_failures() -> None:
    counts = np.array([3.0, 20.5, 400.0])
    assert rate_at(INNER, counts, 0.3) == pytest.approx(1 - rate_at(-INNER, counts, 0.7))


@pytest.mark.parametrize("errors", [-3.0, -1.0, 0.7, 2.5])
def test_the_rate_that_lies_so_far_out_lies_so_far_out(errors: float) -> None:
    rate = rate_at(errors, 50.5, 0.4)
    assert float(rate_errors(rate, 50.5, 0.4)) == pytest.approx(errors, abs=1e-6)


def test_limits_of_many_are_those_of_the_normal() -> None:
    assert float(rate_at(INNER, 1e6, 0.5)) == pytest.approx(0.5 + 1.959964 * 0.0005, abs=2e-6)


def test_dispersion_is_the_mean_square_with_the_outermost_pulled_in() -> None:
    errors = np.array([-2.0, 2.0, -2.0, 2.0, -2.0, 2.0, -2.0, 2.0, -2.0, 2.0])
    assert dispersion(errors) == 4
    assert is_overdispersed(errors)
    wild = np.array([0.0] * 19 + [40.0])  # one wild point says nothing of the others
    assert dispersion(wild) < 0.1
    assert not is_overdispersed(wild)
    assert not is_overdispersed([5.0])


def customers(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    """Manager, area, size, denominator, numerator."""
    return pd.DataFrame(rows, columns=["manager_id", "area", "size_band", "denominator", "numerator"])


def test_expected_of_two_areas_by_hand() -> None:
    rows = customers(
        ("A", "north", "small", 10, 9),
        ("B", "north", "small", 10, 8),
        ("C", "south", "small", 10, 2),
    )
    # A is compared with B and C. Half-way between 0.8 and 0.2 lies 0.5; north is worth x, south −x, where
    # 10·(0.3 − x) = 10·x, for the penalty of one customer weighs as much as the one customer there: x = 0.15.
    found = expected_values(rows, ["area"], penalties=(1.0,))
    assert found.managers == ["A", "B", "C"]
    assert found.expected[0] == pytest.approx(0.65)
    assert found.value[0] == 0.9
    # C has the south to himself: what is expected of him is the common level of A and B in the north, which the
    # penalty splits: a + x = 0.85 with x = 0 at no cost.
    assert found.expected[2] == pytest.approx(0.85)
    assert found.alone == [(), (), (("area", "south"),)]


def test_expected_without_traits_is_what_the_others_got_and_as_unsure() -> None:
    rows = customers(("A", "n", "s", 30, 30), ("B", "n", "s", 10, 4), ("C", "s", "s", 50, 11))
    found = expected_values(rows, TRAITS, penalties=(NO_TRAIT,))
    assert found.expected == pytest.approx([15 / 60, 41 / 80, 34 / 40], abs=1e-6)
    assert found.borrowed == pytest.approx([30 / 60, 10 / 80, 50 / 40], abs=1e-6)


def test_a_manager_is_never_compared_with_his_own_customers() -> None:
    rows = customers(
        ("A", "n", "small", 10, 9), ("A", "s", "large", 9, 1), ("B", "n", "large", 8, 3), ("C", "s", "small", 7, 2)
    )
    other = rows.assign(numerator=rows["numerator"].where(rows["manager_id"] != "A", 0))
    for penalty in (1.0, 10.0):
        now, then = (expected_values(part, TRAITS, penalties=(penalty,)) for part in (rows, other))
        assert now.expected[0] == then.expected[0]
        assert now.expected[1] != then.expected[1]


@pytest.mark.parametrize("penalty", [1.0, 10.0, 100.0])
def test_expected_equals_the_ridge_regression_of_a_library(penalty: float) -> None:
    generator = np.random.default_rng(5)
    rows = pd.DataFrame(
        {
            "manager_id": generator.choice(list("ABCDE"), 200),
            "area": generator.choice(["n", "s", "w"], 200),
            "size_band": generator.choice(["small", "large"], 200),
            "denominator": generator.integers(1, 20, 200).astype(float),
        }
    )
    rows["numerator"] = generator.binomial(rows["denominator"].astype(int), 0.5).astype(float)
    found = expected_values(rows, TRAITS, penalties=(penalty,))
    encoder = OneHotEncoder(sparse_output=False).fit(rows[list(TRAITS)])
    for place, manager in enumerate(found.managers):
        own = rows["manager_id"] == manager
        model = Ridge(alpha=penalty * rows["denominator"].mean(), tol=1e-12)
        others = rows[~own]
        model.fit(
            encoder.transform(others[list(TRAITS)]),
            others["numerator"] / others["denominator"],
            sample_weight=others["denominator"],
        )
        foreseen = model.predict(encoder.transform(rows.loc[own, list(TRAITS)]))
        assert found.expected[place] == pytest.approx(
            np.average(foreseen, weights=rows.loc[own, "denominator"]), abs=1e-8
        )
        assert found.row_expected[own] == pytest.approx(foreseen, abs=1e-8)


def test_the_mix_counts_where_it_foretells_and_not_where_it_does_not() -> None:
    telling = [(manager, area, "s", 100.0, 90.0 if area == "n" else 20.0) for manager in "ABCD" for area in "nns"]
    telling += [("E", "s", "s", 100.0, 20.0), ("F", "n", "s", 100.0, 90.0)]
    assert expected_values(customers(*telling), TRAITS).penalty < 10
    same = [(manager, area, "s", 100.0, 50.0) for manager in "ABCD" for area in "ns"]
    assert expected_values(customers(*same), TRAITS).penalty == NO_TRAIT


def test_a_manager_alone_has_nobody_to_be_compared_with() -> None:
    found = expected_values(customers(("A", "n", "s", 10, 5), ("B", "n", "s", 0, 0)), TRAITS)
    assert found.managers == ["A"]
    assert np.isnan(found.expected).all()


def test_a_rate_is_shrunk_as_in_the_textbook() -> None:
    # Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.1: 4 tumours among 14 rats, a prior of Beta(1.4, 8.6).
    first, second = rate_posterior(np.array([4.0]), np.array([14.0]), np.array([0.14]), 10.0)
    assert (float(first[0]), float(second[0])) == pytest.approx((5.4, 18.6))
    assert float(first[0] / (first[0] + second[0])) == pytest.approx(0.225)


def typical(count: np.ndarray) -> float:
    """The harmonic mean."""
    return float(stats.hmean(count))


def test_shrunk_rates_equal_the_integral_over_how_much_managers_differ() -> None:
    successes, count = np.array([9, 30, 2, 20]), np.array([10, 50, 10, 45])
    expected = np.array([0.5, 0.45, 0.5, 0.55])

    def likelihood(share: float) -> float:
        strength = typical(count) * share / (1 - share)
        return float(np.prod(stats.betabinom.pmf(successes, count, expected * strength, (1 - expected) * strength)))

    def shrunk(share: float, place: int) -> float:
        strength = typical(count) * share / (1 - share)
        return float((successes[place] + expected[place] * strength) / (count[place] + strength))

    whole = quad(likelihood, 0, 1)[0]
    found = shrunk_rates(successes / count, count.astype(float), expected)
    for place in range(4):
        wanted = quad(lambda share, place=place: likelihood(share) * shrunk(share, place), 0, 1)[0] / whole
        assert found.mean[place] == pytest.approx(wanted, abs=2e-4)
        assert found.draws[place].mean() == pytest.approx(wanted, abs=0.01)
    assert found.draws.shape == (4, DRAWS)


def test_shrunk_means_equal_the_integral_over_how_much_managers_differ() -> None:
    value, error, expected = (
        np.array([3.0, -1.0, 0.5, 1.5]),
        np.array([1.0, 0.5, 2.0, 1.0]),
        np.array([1.0, 0.0, 0.0, 1]),
    )

    def spread(share: float) -> float:
        return (1 - share) / share / typical(1 / error**2)

    def likelihood(share: float) -> float:
        return float(np.prod(stats.norm.pdf(value, expected, np.sqrt(error**2 + spread(share)))))

    whole = quad(likelihood, 0, 1)[0]
    found = shrunk_means(value, error, expected)
    for place in range(4):

        def part(share: float, place: int = place) -> float:
            kept = spread(share) / (spread(share) + error[place] ** 2)
            return likelihood(share) * float(expected[place] + kept * (value[place] - expected[place]))

        wanted = quad(part, 0, 1)[0] / whole
        assert found.mean[place] == pytest.approx(wanted, abs=2e-3)
        assert found.draws[place].mean() == pytest.approx(wanted, abs=0.06)


def test_a_small_count_is_drawn_nearer_to_the_expected_than_a_large_one() -> None:
    count = np.array([8.0, 80.0, 800.0, 100.0, 100.0])
    found = shrunk_rates(np.array([0.75, 0.75, 0.75, 0.4, 0.45]), count, np.full(5, 0.5))
    assert 0.5 < found.mean[0] < found.mean[1] < found.mean[2] < 0.75


def test_draws_are_the_same_every_time() -> None:
    count, rate = np.array([20.0, 30.0, 40.0]), np.array([0.4, 0.5, 0.7])
    first, second = (shrunk_rates(rate, count, np.full(3, 0.5)).draws for _time in range(2))
    assert (first == second).all()


def test_ranks_and_the_top_third_by_hand() -> None:
    draws = np.array([[9.0, 9.0, 1.0, 9.0], [5.0, 8.0, 8.0, 2.0], [1.0, 1.0, 9.0, 1.0], [2.0, 2.0, 2.0, 3.0]])
    ranked = ranks(draws)
    assert ranked.tolist() == [[1, 1, 4, 1], [2, 2, 2, 3], [4, 4, 1, 4], [3, 3, 3, 2]]
    assert third_of(4) == 2
    assert probability_of_top_third(ranked).tolist() == [0.75, 0.75, 0.25, 0.25]


def test_ranks_add_up_and_equal_ones_share_the_top_third_by_lot() -> None:
    ranked = ranks(np.zeros((6, DRAWS)))
    assert (ranked.sum(axis=0) == 21).all()
    shares = probability_of_top_third(ranked)
    assert shares.sum() == pytest.approx(third_of(6))
    assert shares == pytest.approx(np.full(6, 1 / 3), abs=0.05)
    low, high = rank_intervals(ranked)
    assert low.tolist() == [1] * 6
    assert high.tolist() == [6] * 6


def test_an_interval_of_ranks_leaves_out_a_fortieth_on_either_side() -> None:
    ranked = np.array([[1] * 2 + [2] * 95 + [3] * 3])
    low, high = rank_intervals(ranked)
    assert (low[0], high[0]) == (2, 3)
