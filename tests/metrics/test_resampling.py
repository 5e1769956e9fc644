"""The bootstrap of concentration: against scipy's, against the figures themselves, and against truths by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from scipy.stats import bootstrap

from metrics.concentration import resampling
from metrics.concentration.resampling import intervals, measured, news, resampled


def top_share(sample: np.ndarray, axis: int = -1) -> np.ndarray:
    """The share of the first fifth, rounded up."""
    largest_first = -np.sort(-sample, axis=axis)
    fifth = -(-sample.shape[axis] // 5)
    return np.take(largest_first, range(fifth), axis=axis).sum(axis=axis) / sample.sum(axis=axis)


def gini(sample: np.ndarray, axis: int = -1) -> np.ndarray:
    """Half the mean difference over the mean."""
    ascending = np.sort(np.moveaxis(sample, axis, -1), axis=-1)
    n = ascending.shape[-1]
    return ((2 * np.arange(1, n + 1) - n - 1) * ascending).sum(-1) / (n * ascending.sum(-1))


def hhi(sample: np.ndarray, axis: int = -1) -> np.ndarray:
    """The sum of squared shares."""
    return (sample**2).sum(axis) / sample.sum(axis) ** 2


@pytest.mark.parametrize(("name", "statistic"), [("top20_share", top_share), ("gini", gini), ("hhi", hhi)])
@pytest.mark.parametrize("n", [300, 5_000], ids=["each value a bin", "neighbours in bins"])
def test_the_interval_is_that_of_scipys_bootstrap(name: str, statistic: object, n: int) -> None:
    values = np.random.default_rng(11).lognormal(6, 1.1, n)
    theirs = bootstrap(
        (values,), statistic, n_resamples=2_000, method="percentile", vectorized=True, rng=np.random.default_rng(5)
    ).confidence_interval
    low, high = intervals(resampled(values, resamples=2_000))[name]
    width = theirs.high - theirs.low
    assert low == pytest.approx(theirs.low, abs=0.1 * width)
    assert high == pytest.approx(theirs.high, abs=0.1 * width)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60))
def test_each_drawn_once_the_measures_are_the_figures(amounts: list[float]) -> None:
    values = np.array(amounts)
    found = measured(values)
    assert found["gini"] == pytest.approx(Gini(values).g, abs=1e-9)
    assert found["gini"] == pytest.approx(float(gini(values)), abs=1e-9)
    assert found["top20_share"] == pytest.approx(float(top_share(values)))
    assert found["hhi"] == pytest.approx(float(hhi(values)))


def test_customers_for_80_counts_only_those_needed_among_equals() -> None:
    assert measured(np.array([50.0, 30.0, 20.0]))["needed_for_80_share"] == pytest.approx(2 / 3)
    assert measured(np.full(10, 7.0))["needed_for_80_share"] == 0.8
    assert measured(np.array([5.0]))["needed_for_80_share"] == 1


def test_bins_of_neighbours_change_a_resampled_measure_by_next_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).lognormal(8, 1.5, 20_000)
    binned = intervals(resampled(values, resamples=500))
    monkeypatch.setattr(resampling, "MOST_BINS", len(values))
    for name, (low, high) in intervals(resampled(values, resamples=500)).items():
        assert binned[name][0] == pytest.approx(low, abs=0.2 * (high - low))
        assert binned[name][1] == pytest.approx(high, abs=0.2 * (high - low))


def test_equals_have_no_spread_and_one_alone_has_no_interval() -> None:
    found = intervals(resampled(np.full(50, 3.0)))
    assert found["top20_share"] == pytest.approx((0.2, 0.2))
    assert found["gini"] == pytest.approx((0, 0), abs=1e-12)
    assert intervals(resampled(np.array([3.0]))) == {}
    assert intervals(resampled(np.array([-3.0, 0.0]))) == {}


def test_the_same_business_drawn_anew_is_seldom_news_and_a_new_shape_is() -> None:
    dice = np.random.default_rng(21)
    same = [
        news(resampled(dice.lognormal(6, 1, 400)), resampled(dice.lognormal(6, 1, 400), seed=1))["gini"]
        for _ in range(60)
    ]
    assert sum(same) <= 9  # 5 % of 60 are three; ten or more would come once in a thousand
    other = news(resampled(dice.lognormal(6, 1, 400)), resampled(dice.lognormal(6, 1.5, 400), seed=1))
    assert other["gini"] and other["top20_share"]
    assert news(resampled(np.array([1.0, 2.0])), {}) == {}


def test_the_same_values_give_the_same_interval_every_time() -> None:
    values = np.random.default_rng(4).lognormal(6, 1, 100)
    assert intervals(resampled(values)) == intervals(resampled(values[::-1].copy()))
