"""What each manager's territory would lead one to expect, learnt from the customers of all the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
NO_TRAIT = 1e9
PENALTIES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, NO_TRAIT)
"""How many customers' worth of evidence says that a trait makes no difference; with the last none does."""


@dataclass(frozen=True)
class Expected:
    """Of each manager in `managers` (ids in ascending order) the value, the one expected, and what it is worth.

    `value` is Σ numerator ÷ Σ denominator, `expected` what the others got from customers like these, NaN where there is
    nobody else. `borrowed` is the variance of `expected` as a share of that of `value`: those with much to compare
    themselves with have little of it. `alone` lists the (trait, level) that nobody else has. `row_expected` has a value
    for each row given, `penalty` is the one of PENALTIES that foretold best.
    """

    managers: list[str]
    numerator: Numbers
    denominator: Numbers
    expected: Numbers
    borrowed: Numbers
    alone: list[tuple[tuple[str, str], ...]]
    row_manager: NDArray[np.int64]
    row_expected: Numbers
    penalty: float

    @property
    def value(self) -> Numbers:
        """The figure as it is."""
        return self.numerator / self.denominator


def expected_values(rows: pd.DataFrame, traits: Sequence[str], penalties: Sequence[float] = PENALTIES) -> Expected:
    """Expected value of each manager, indirectly standardised by a ridge regression on the customers of the others.

    `rows`: manager_id, numerator, denominator and the traits, a row for each manager and customer. A customer's ratio
    is explained, in proportion to its denominator, by a common level and an amount for each level of each trait. These
    amounts are shrunk towards 0, so that a trait of few customers counts for little, and a manager's own customers are
    left out of what he is compared with. The penalty is the one with which managers left out are foretold best.
    A manager whose denominators sum to nothing has no value and is left out.

    Source: ridge regression of Hoerl and Kennard (Technometrics 12, 1970); indirect standardisation with shrunken
    effects as in the COPSS-CMS white paper on assessing hospital performance (Ash et al., 2012).
    """
    totals = rows.groupby("manager_id")["denominator"].sum()
    rows = rows[rows["manager_id"].isin(totals.index[totals > 0])].reset_index(drop=True)
    manager, ids = pd.factorize(rows["manager_id"], sort=True)
    levels, names = _columns(rows, traits)
    weight, numerator = rows["denominator"].to_numpy(float), rows["numerator"].to_numpy(float)
    count, width = len(ids), len(names)
    grams = _grams(manager, levels, np.maximum(weight, 0.0), count, width)
    sums = np.zeros((count, width))
    for column in levels.T:
        np.add.at(sums, (manager, column), numerator)
    own = grams[:, 0, :] / np.maximum(grams[:, :1, 0], 1e-300)
    others, others_sums = grams.sum(axis=0) - grams, sums.sum(axis=0) - sums
    numerators, denominators = _sums(manager, numerator, count), _sums(manager, weight, count)
    if count < 2 or not (others[:, 0, 0] > 0).all():
        nobody = np.full(count, np.nan)
        return Expected(
            list(ids), numerators, denominators, nobody, nobody, [()] * count, manager, nobody[manager], np.nan
        )
    a_customer = weight.sum() / len(rows)
    values = numerators / denominators
    fits = [_fit(others, others_sums, penalty * a_customer) for penalty in penalties]
    misses = [float(np.sum(denominators * (values - (own * fit).sum(axis=1)) ** 2)) for fit in fits]
    best = len(penalties) - 1 - int(np.argmin(misses[::-1]))
    spread = np.linalg.solve(_penalised(others, penalties[best] * a_customer), own[..., None])[..., 0]
    return Expected(
        managers=list(ids),
        numerator=numerators,
        denominator=denominators,
        expected=(own * fits[best]).sum(axis=1),
        borrowed=denominators * np.einsum("mi,mij,mj->m", spread, others, spread),
        alone=_alone(grams, others, names),
        row_manager=manager,
        row_expected=fits[best][manager[:, None], levels].sum(axis=1),
        penalty=penalties[best],
    )


def _sums(manager: NDArray[np.int64], values: Numbers, count: int) -> Numbers:
    summed: Numbers = np.bincount(manager, values, count).astype(float)
    return summed


def _columns(rows: pd.DataFrame, traits: Sequence[str]) -> tuple[NDArray[np.int64], list[tuple[str, str]]]:
    """Which columns of the regression are 1 for each row, the common level being the first, and what they stand for."""
    names, columns = [("", "")], [np.zeros(len(rows), dtype=np.int64)]
    for trait in traits:
        codes, found = pd.factorize(rows[trait], sort=True)
        columns.append(codes + len(names))
        names += [(trait, str(level)) for level in found]
    return np.column_stack(columns), names


def _grams(manager: NDArray[np.int64], levels: NDArray[np.int64], weight: Numbers, count: int, width: int) -> Numbers:
    """Σ weight · z z' over each manager's customers."""
    flat = np.zeros(count * width * width)
    for left in levels.T:
        for right in levels.T:
            flat += _sums((manager * width + left) * width + right, weight, len(flat))
    return flat.reshape(count, width, width)


def _penalised(grams: Numbers, penalty: float) -> Numbers:
    ridge = np.full(int(grams.shape[-1]), penalty)
    ridge[0] = 0.0
    penalised: Numbers = grams + np.diag(ridge)
    return penalised


def _fit(grams: Numbers, sums: Numbers, penalty: float) -> Numbers:
    return np.asarray(np.linalg.solve(_penalised(grams, penalty), sums[..., None])[..., 0], float)


def _alone(grams: Numbers, others: Numbers, names: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Levels of traits that a manager's customers have and nobody else's do."""
    own, rest = np.einsum("mii->mi", grams), np.einsum("mii->mi", others)
    only = (own > 0) & (rest <= 1e-9 * own.sum(axis=0))
    return [tuple(name for name, is_only in zip(names, row, strict=True) if is_only) for row in only]
