"""Empirical Bayes: how much of a manager's distance from the expected value is likely to last, and how sure that is.

A small count is drawn towards the expected value, a large one hardly. How much managers truly differ is told by the
marginal likelihood. A dozen managers tell little of it: it is not taken at its peak but weighed over a grid, so that
what is not known stays unsure.

Sources: Morris, Parametric empirical Bayes inference (JASA 78, 1983); the uniform shrinkage prior of Christiansen and
Morris (JASA 92, 1997) and Daniels (Canadian Journal of Statistics 27, 1999).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

Numbers = NDArray[np.float64]
DRAWS, SEED = 2000, 135
STEPS = 40


@dataclass(frozen=True)
class Posterior:
    """What is believed of each manager: `mean`, and `draws` with a row a manager and a column a draw.

    `chance_share` is how much of the spread among managers of average count is likely to be chance alone, 0 to 1.
    """

    mean: Numbers
    draws: Numbers
    chance_share: float


def shrunk_rates(value: Numbers, count: Numbers, expected: Numbers) -> Posterior:
    """Beta–binomial: rates out of counts, drawn towards the expected ones (all strictly between 0 and 1)."""
    shares = _grid()
    strengths = _typical(count) * shares / (1 - shares)
    successes = value * count
    first, second = rate_posterior(successes, count, expected, strengths[:, None])
    prior = expected * strengths[:, None], (1 - expected) * strengths[:, None]
    weights = _weights((betaln(first, second) - betaln(*prior)).sum(axis=1))
    step, generator = _steps(weights)
    draws = generator.beta(first[step], second[step]).T
    return Posterior(weights @ (first / (first + second)), draws, float(weights @ shares))


def rate_posterior(
    successes: Numbers, count: Numbers, expected: Numbers, strength: Numbers | float
) -> tuple[Numbers, Numbers]:
    """Both parameters of the beta distribution of a rate, its prior being worth `strength` observations."""
    return successes + expected * strength, count - successes + (1 - expected) * strength


def shrunk_means(value: Numbers, error: Numbers, expected: Numbers) -> Posterior:
    """Normal–normal: means with their standard errors (above 0), drawn towards the expected ones."""
    shares = _grid()
    variances = error**2
    true_variances = ((1 - shares) / shares / _typical(1 / variances))[:, None]
    spread = variances + true_variances
    far = value - expected
    weights = _weights(-0.5 * (np.log(spread) + far**2 / spread).sum(axis=1))
    kept = true_variances / spread
    step, generator = _steps(weights)
    noise = generator.standard_normal((len(step), len(value)))
    draws = (expected + kept * far)[step] + np.sqrt(kept * variances)[step] * noise
    return Posterior(expected + weights @ kept * far, draws.T, float(weights @ shares))


def _grid() -> Numbers:
    """How much of the spread may be chance, each as likely beforehand."""
    return (np.arange(STEPS) + 0.5) / STEPS


def _typical(count: Numbers) -> float:
    return len(count) / float(np.sum(1 / count))


def _weights(log_likelihood: Numbers) -> Numbers:
    likelihood = np.exp(log_likelihood - log_likelihood.max())
    weights: Numbers = likelihood / likelihood.sum()
    return weights


def _steps(weights: Numbers) -> tuple[NDArray[np.int64], np.random.Generator]:
    """For each draw the place on the grid, in proportion to the weights, and the random numbers to go on with."""
    places = (np.arange(DRAWS) + 0.5) / DRAWS
    return np.minimum(np.searchsorted(np.cumsum(weights), places), STEPS - 1), np.random.default_rng(SEED)
