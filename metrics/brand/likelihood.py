"""How likely an eligible customer is to carry a product, judged by who carries it today."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata
from threadpoolctl import threadpool_limits

from metrics.brand.features import NUMBERS, Features

FOLDS = 5
SEED = 20
STRENGTH = 0.03
"""Inverse strength of the ridge penalty (scikit-learn's C), so that a hundred features do not learn noise by heart."""
MOST_FITTED = 5_000
"""Customers that one fit learns from: more move the coefficients little and cost much."""
FEWEST = 30
"""Handlers, and customers that are none, below which nothing is fitted."""


@dataclass(frozen=True)
class Likelihood:
    """What the model says and how far it may be believed, all on customers that it had not seen.

    `probability` has a value a customer, `weights` one a feature: the mean of the fits' coefficients. `auc` and
    `size_auc` have a value a fold: the chance that a handler ranks above one that is none (Hanley and McNeil 1982), by
    the model and by the amount of all other products. `calibration` has a row a tenth of the customers by probability:
    customers, expected and actual share of handlers.
    """

    probability: NDArray[np.float64]
    weights: NDArray[np.float32]
    auc: NDArray[np.float64]
    size_auc: NDArray[np.float64]
    calibration: pd.DataFrame

    @property
    def is_worse_than_size(self) -> bool:
        """Whether size alone tells handlers from others better than the model: its order is to be taken with care."""
        return bool(self.auc.mean() < self.size_auc.mean())


def fit_likelihood(features: Features, carries: NDArray[np.bool_]) -> Likelihood | None:
    """A ridge logistic regression on today's handlers, or None where there are too few of either kind.

    The customers, in the order given, are dealt into five folds with as many handlers in each; what is said of a
    customer comes from the fit on the other four (at most MOST_FITTED of them, drawn with a fixed seed). The same
    input gives the same answer.
    """
    if min(int(carries.sum()), int((~carries).sum())) < FEWEST:
        return None
    # Taken in here: scikit-learn takes a second, and no other view has use for it.
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    matrix, size = features.matrix, features.matrix[:, NUMBERS.index("size")]
    probability = np.zeros(len(carries))
    weights = np.zeros((FOLDS, matrix.shape[1]), dtype=np.float32)
    auc, size_auc = np.zeros(FOLDS), np.zeros(FOLDS)

    def fit(number: int, learned: NDArray[np.int64], held_out: NDArray[np.int64]) -> None:
        chosen = _drawn(learned, number)
        model = LogisticRegression(solver="newton-cholesky", C=STRENGTH, tol=1e-3)
        model.fit(matrix[chosen], carries[chosen])
        probability[held_out] = model.predict_proba(matrix[held_out])[:, 1]
        weights[number] = model.coef_[0]
        auc[number] = _area_under_curve(probability[held_out], carries[held_out])
        size_auc[number] = _area_under_curve(size[held_out], carries[held_out])

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, carries)
    # Side by side, each in one thread: within a fit, for matrices this small, threads wait more than they work.
    with threadpool_limits(1), ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(lambda fold: fit(*fold), [(number, *fold) for number, fold in enumerate(folds)]))
    return Likelihood(probability, weights.mean(axis=0), auc, size_auc, calibration(probability, carries))


def _drawn(customers: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    """At most MOST_FITTED of the customers of a fold, the same ones every time."""
    if len(customers) <= MOST_FITTED:
        return customers
    return np.sort(np.random.default_rng((SEED, number)).choice(customers, MOST_FITTED, replace=False))


def _area_under_curve(score: NDArray[np.floating], carries: NDArray[np.bool_]) -> float:
    """The chance that one that carries it scores higher than one that doesn't: the Mann–Whitney statistic, scaled."""
    ranks, handlers = rankdata(score), int(carries.sum())
    statistic = ranks[carries].sum() - handlers * (handlers + 1) / 2
    return float(statistic / (handlers * (len(carries) - handlers)))


def calibration(probability: NDArray[np.float64], carries: NDArray[np.bool_], groups: int = 10) -> pd.DataFrame:
    """Reliability by tenths of the customers, least likely first: customers, expected and actual share of handlers."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, groups) if len(part)]
    return pd.DataFrame(
        {
            "tenth": range(1, len(parts) + 1),
            "customers": [len(part) for part in parts],
            "expected_share": [probability[part].mean() for part in parts],
            "actual_share": [carries[part].mean() for part in parts],
        }
    )
