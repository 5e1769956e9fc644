"""The funnel: how far a rate or mean may lie from the expected one by chance, given how much it was counted on."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, betainc, ndtr, ndtri

Numbers = NDArray[np.float64]
INNER, OUTER = float(ndtri(0.975)), float(ndtri(0.999))
"""Standard errors of the 95 % and the 99.8 % limits."""

MOST_ERRORS = 8.0
"""Beyond so many standard errors a tail is too small to be told."""

WINSORISED = 0.1


def rate_errors(value: ArrayLike, count: ArrayLike, expected: ArrayLike) -> Numbers:
    """How many standard errors a rate out of `count` lies from the expected one, from the exact binomial tails.

    Below: the normal quantile of P(R ≤ r); above: that of P(R ≥ r), so that a rate lies outside the 95 % limits just
    where the exact one-sided test gives less than 2.5 %. Where both tails are a half or more it is 0. `count` need not
    be whole: the incomplete beta function that the binomial tails are is taken as it stands.
    """
    value, count, expected = np.broadcast_arrays(*(np.asarray(part, float) for part in (value, count, expected)))
    below = ndtri(np.minimum(_tail(value * count, count, expected), 0.5))
    above = -ndtri(np.minimum(_tail((1 - value) * count, count, 1 - expected), 0.5))
    far: Numbers = np.clip(below + above, -MOST_ERRORS, MOST_ERRORS)
    return far


def rate_at(errors: ArrayLike, count: ArrayLike, expected: ArrayLike) -> Numbers:
    """The rate that lies so many standard errors from the expected one: the inverse of `rate_errors`.

    With INNER and OUTER and a range of counts it gives the limits of the funnel plot. Where even no success at all, or
    nothing but successes, is not so far away, it is 0 or 1.

    Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005), with
    the incomplete beta function between whole numbers in place of a straight line, and with the upper limit taken from
    the failures, so that both limits are exact.
    """
    errors, count, expected = np.broadcast_arrays(*(np.asarray(part, float) for part in (errors, count, expected)))
    low = bdtrik(ndtr(-np.abs(errors)), count, np.where(errors > 0, 1 - expected, expected)) / count
    placed = np.where(errors > 0, np.maximum(1 - low, expected), np.minimum(low, expected))
    rate: Numbers = np.where(errors == 0, expected, placed)
    return rate


def mean_errors(value: ArrayLike, error: ArrayLike, expected: ArrayLike) -> Numbers:
    """How many standard errors a mean lies from the expected one."""
    far: Numbers = np.clip((np.asarray(value) - expected) / np.asarray(error, float), -MOST_ERRORS, MOST_ERRORS)
    return far


def dispersion(errors: ArrayLike) -> float:
    """Mean square of the standard errors, the outermost tenth on both sides pulled in; 1 where chance is all there is.

    Source: Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in Health Care 14
    (2005).
    """
    far = np.asarray(errors, float)
    low, high = np.quantile(far, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(far, low, high) ** 2))


def is_overdispersed(errors: ArrayLike) -> bool:
    """Whether the points as a whole lie further out than chance puts them: the limits then miss something.

    Told by `dispersion` beyond two standard errors of a mean square of so many, as the same source has it.
    """
    count = len(np.asarray(errors))
    return count > 1 and dispersion(errors) > 1 + 2 * float(np.sqrt(2 / count))


def _tail(successes: Numbers, count: Numbers, rate: Numbers) -> Numbers:
    """P(R ≤ successes) of a binomial."""
    failures = np.maximum(count - successes, 1e-12)
    tail: Numbers = np.where(successes >= count - 1e-9, 1.0, betainc(failures, successes + 1, 1 - rate))
    return tail
