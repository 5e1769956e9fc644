"""The ranking against the planted truth: a made-up city whose customers' tastes are known, which size does not tell."""

from dataclasses import dataclass, replace
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

import etl
import metrics
from etl.sample.city import build_city
from etl.sample.generate import generate
from etl.sample.world.plan import Plan
from etl.sample.world.taste import carry_odds
from metrics import Scope
from metrics.brand.doors import doors
from metrics.brand.features import Features, build_features
from metrics.brand.likelihood import Likelihood, fit_likelihood
from metrics.scorecard import Read
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

CUSTOMERS, UNTIL = 1200, date(2026, 10, 31)
QUARTER = Scope(date(2026, 8, 1), UNTIL)
SHUFFLES = 8
PRODUCTS = 12
"""How many products are tried: those carried by a share of customers nearest to a half, new launches aside."""


@dataclass
class Trial:
    """A product, its eligible customers with their features, who carries it, and the log odds that were planted."""

    eligible: pd.DataFrame
    features: Features
    carries: np.ndarray
    odds: np.ndarray
    fit: Likelihood


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A city of its own, loaded."""
    folder = tmp_path_factory.mktemp("city")
    generate(folder / "extracts", seed=11, customers=CUSTOMERS, months=3, until=UNTIL)
    etl.load([folder / "extracts" / f"{name}.csv" for name in ("customers", "products", "sales")], warehouse=folder)
    settings = load_settings().model_copy(update={"warehouse": folder})
    return reading_cursor(latest_version(settings), settings)


@pytest.fixture(scope="module")
def city(cursor: duckdb.DuckDBPyConnection) -> Read:
    """Reads figures of the city."""
    return lambda name, scope, by: metrics.run(name, scope, by, cursor=cursor.cursor())


@pytest.fixture(scope="module")
def trials(city: Read) -> list[Trial]:
    """The products tried, each with its fit."""
    made = build_city(Plan(11, CUSTOMERS, 3, UNTIL, 12, 3, 60, 18, "zh", None))
    planted = carry_odds(made.shops, made.goods, slice(None))
    skus = sorted(city("product_list", QUARTER, ())["sku_id"])
    bought = city("products_bought", QUARTER, ())
    shares = city("numeric_distribution", QUARTER, ("sku_id",)).set_index("sku_id")["numeric_distribution"]
    launched = {f"{launch.sku + 1:04}" for launch in made.goods.launches}
    nearest = (shares.drop(labels=list(launched & set(shares.index))) - 0.5).abs().sort_values(kind="stable")
    found = []
    for sku in nearest.index[:PRODUCTS]:
        eligible = city("eligible_list", QUARTER.narrow(sku=str(sku)), ())
        features = build_features(eligible, bought, skus, str(sku))
        carries = eligible["is_handler"].to_numpy(dtype=bool)
        fit = fit_likelihood(features, carries)
        assert fit is not None
        places = eligible["customer_id"].astype(int).to_numpy() - 1
        found.append(Trial(eligible, features, carries, planted[places, int(str(sku)) - 1], fit))
    return found


def auc(score: np.ndarray, carries: np.ndarray) -> float:
    """The area under the curve as scikit-learn works it out."""
    return float(roc_auc_score(carries, score))


def size(trial: Trial) -> np.ndarray:
    """What each customer spent on everything else."""
    return (trial.eligible["amount"] - trial.eligible["product_amount"]).to_numpy(dtype=float)


def test_the_ranking_finds_held_out_carriers_far_better_than_size_does(trials: list[Trial]) -> None:
    margins = [auc(t.fit.probability, t.carries) - auc(size(t), t.carries) for t in trials]
    assert min(margins) > 0
    assert sum(margin > 0.08 for margin in margins) >= PRODUCTS * 0.75
    assert np.mean(margins) > 0.12


def test_what_it_says_of_its_own_hits_is_what_the_ranks_say(trials: list[Trial]) -> None:
    for trial in trials:
        assert trial.fit.auc.mean() == pytest.approx(auc(trial.fit.probability, trial.carries), abs=0.02)
        assert trial.fit.size_auc.mean() == pytest.approx(auc(size(trial), trial.carries), abs=0.02)


def test_among_the_doors_it_follows_the_planted_taste_and_size_does_not(trials: list[Trial]) -> None:
    """Of customers that do not carry it, those whom the city was made to like it stand first."""
    found, by_size = [], []
    for trial in trials:
        doors_only = ~trial.carries
        found.append(spearmanr(trial.fit.probability[doors_only], trial.odds[doors_only]).statistic)
        by_size.append(spearmanr(size(trial)[doors_only], trial.odds[doors_only]).statistic)
    assert min(found) > 0.3
    assert np.mean(found) > np.mean(by_size) + 0.2


def test_what_it_expects_comes_true(trials: list[Trial]) -> None:
    for trial in trials:
        tenths = trial.fit.calibration
        assert tenths["customers"].sum() == len(trial.carries)
        assert trial.fit.probability.mean() == pytest.approx(trial.carries.mean(), abs=0.01)
        assert (tenths["expected_share"] - tenths["actual_share"]).abs().mean() < 0.08
        assert tenths["actual_share"].iloc[-3:].mean() > tenths["actual_share"].iloc[:3].mean() + 0.15


def test_from_shuffled_labels_it_learns_nothing(trials: list[Trial]) -> None:
    """Were the product itself among the features, no shuffling would hide that the two go together at all."""
    random = np.random.default_rng(1)
    found = []
    for trial in trials:
        fits = [fit_likelihood(trial.features, random.permutation(trial.carries)) for _ in range(SHUFFLES)]
        found.append(np.mean([fit.auc.mean() for fit in fits if fit is not None]))
    # Of 600 customers one shuffle's AUC has a standard deviation of about 0.035.
    assert np.mean(found) == pytest.approx(0.5, abs=0.02)
    assert found == pytest.approx([0.5] * len(found), abs=0.06)


def test_the_product_itself_planted_among_the_features_would_be_found_out(trials: list[Trial]) -> None:
    """What a leak looks like: the tests above could not miss it."""
    trial = trials[0]
    matrix = np.column_stack([trial.features.matrix, trial.carries]).astype(np.float32)
    leaking = fit_likelihood(replace(trial.features, matrix=matrix), trial.carries)
    assert leaking is not None and leaking.auc.min() > 0.95 > trial.fit.auc.max()


def test_the_reasons_of_a_door_are_true_of_it(city: Read, cursor: duckdb.DuckDBPyConnection) -> None:
    sku = str(city("product_list", QUARTER, ()).query("focus")["sku_id"].iloc[0])
    ranked = doors(QUARTER, sku, read=city)
    assert ranked.reasons is not None
    bought = set(
        cursor.execute(
            "select distinct customer_id, sku_id from sales where qty > 0 and order_date between ? and ?",
            [QUARTER.from_date, QUARTER.to_date],
        ).fetchall()
    )
    seen = set()
    for row in range(200):
        door = ranked.rows.iloc[row]
        for reason in ranked.reasons.of(row):
            seen.add(reason.kind)
            assert reason.share > ranked.handlers / ranked.eligible
            if reason.kind == "sku":
                assert (door["customer_id"], reason.value) in bought and reason.value != sku
            if reason.kind in ("area", "channel"):
                assert door[reason.kind] == reason.value
    assert "sku" in seen and len(seen) > 2


def test_a_reasons_share_is_that_of_handlers_among_the_buyers(city: Read, cursor: duckdb.DuckDBPyConnection) -> None:
    sku = str(city("product_list", QUARTER, ()).query("focus")["sku_id"].iloc[0])
    ranked = doors(QUARTER, sku, read=city)
    assert ranked.reasons is not None
    reason = next(one for row in range(200) for one in ranked.reasons.of(row) if one.kind == "sku")
    eligible = city("eligible_list", QUARTER.narrow(sku=sku), ())
    buyers = cursor.execute(
        "select distinct customer_id from sales where qty > 0 and sku_id = ? and order_date between ? and ?",
        [reason.value, QUARTER.from_date, QUARTER.to_date],
    ).df()["customer_id"]
    assert eligible[eligible["customer_id"].isin(buyers)]["is_handler"].mean() == pytest.approx(reason.share)
