"""Managers compared fairly: each against what the territory leads one to expect, and against chance."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.columns import column
from metrics.managers.compared import COMPARED, TRAITS, customer_rows, everybody
from metrics.managers.expected import NO_TRAIT, Expected, expected_values
from metrics.managers.funnel import INNER, OUTER, is_overdispersed, mean_errors, rate_at, rate_errors
from metrics.managers.looking_after import looking_after
from metrics.managers.ranks import probability_of_top_third, rank_intervals, ranks
from metrics.managers.shrinkage import Posterior, shrunk_means, shrunk_rates
from metrics.scope import UNKNOWN, Scope
from metrics.scorecard import Read

Numbers = NDArray[np.float64]
FEWEST = 5
"""Of fewer observations nothing is said about a manager."""

VERDICTS = ("high", "rather_high", "inside", "rather_low", "low", "few", "alone", "none")
"""Beyond the outer limit, between both, inside; and not judged for want of observations, of others, or of data."""


@dataclass(frozen=True)
class Fair:
    """What came out: a row a manager in `managers`, in the order of VERDICTS and within each from high to low errors.

    Columns: manager_id; numerator, denominator and value, their ratio; expected, of the territory; difference and
    ratio, value − expected and ÷; observations, on which the value stands, and customers; looks, the observations that
    would tell as much if what is expected were certain; errors, how many standard errors the value lies from expected;
    shrunk, what of it is likely to last; adjusted and shrunk_adjusted, where both are in a territory like the whole;
    top_third, a probability; rank_low and rank_high; verdict; alone, pairs of (trait, level) that nobody else has.
    A change is an index here, 1 for no change. What cannot be told is NaN. `overall` is the value of all together;
    `spread` the variance of one observation, of a share in binomial variances, of a mean in squares of the mean;
    `chance_share` how much of the spread among managers is chance; `is_mix_telling` says whether the mix of customers
    foretells anything; `ranked` among how many the ranks are.
    """

    name: str
    managers: pd.DataFrame
    overall: float
    spread: float
    chance_share: float
    is_overdispersed: bool
    is_mix_telling: bool
    ranked: int

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share, and so has binomial limits."""
        return column(self.name).unit == "share"

    def by_rank(self) -> "Fair":
        """The same, the likeliest of the top third first, whoever has no ranks last."""
        keys = ["top_third", "rank_low", "rank_high"]
        ordered = self.managers.sort_values(keys, ascending=[False, True, True], kind="stable", ignore_index=True)
        return replace(self, managers=ordered)

    def limit(self, errors: float, looks: Numbers) -> Numbers:
        """Where a manager of a territory like the whole would stand so many standard errors from it."""
        return _placed(np.full_like(looks, errors), looks / self.spread, self.overall, self.is_share)


def fair(scope: Scope, name: str, *, read: Read) -> Fair | None:
    """Compare the managers by one of COMPARED over the scope's period, customers and products; None without data.

    Everybody is compared with everybody, whatever teams and managers the scope names: these only choose the rows.
    """
    rows = customer_rows(name, everybody(scope), read=read)
    listed = read("manager_list", scope, ())
    if not (rows.groupby("manager_id")["denominator"].sum() > 0).any():
        return None
    compared = compare_managers(rows, name)
    managers = compared.managers.merge(looking_after(listed)[["manager_id"]], on="manager_id", how="right")
    return replace(compared, managers=_in_order(managers.fillna({"verdict": "none"})))


def compare_managers(rows: pd.DataFrame, name: str) -> Fair:
    """The same from the rows of `customer_rows`, of which at least one manager has a denominator above zero."""
    is_share = column(name).unit == "share"
    expected = expected_values(rows, TRAITS)
    rows = rows[rows["manager_id"].isin(expected.managers)]
    observations = _observations(rows, name)
    whole = np.array([expected.numerator.sum() / expected.denominator.sum()])
    overall = float(_inside(whole, observations.sum(), is_share)[0])
    foreseen = _inside(expected.expected, observations.sum(), is_share)
    spread = _spread(rows, expected, foreseen, observations, name)
    is_known = ~np.isnan(foreseen)
    is_judged = is_known & (observations >= FEWEST)
    managers = pd.DataFrame(
        {
            "manager_id": expected.managers,
            "numerator": expected.numerator,
            "denominator": expected.denominator,
            "value": expected.value,
            "expected": foreseen,
            "difference": expected.value - foreseen,
            "ratio": expected.value / np.where(foreseen > 0, foreseen, np.nan),
            "observations": observations,
            "looks": observations / (1 + expected.borrowed),
            "customers": rows.groupby("manager_id").size().to_numpy(),
            "verdict": np.where(is_known, "few", "alone"),
            "alone": [tuple(pair for pair in pairs if pair[1] != UNKNOWN) for pairs in expected.alone],
        }
    )
    judged, errors, chance_share = _judged(managers[is_judged], overall, spread, is_share)
    managers = managers.join(judged)
    managers["verdict"] = managers["judgement"].fillna(managers["verdict"])
    managers = _in_order(managers.drop(columns="judgement"))
    return Fair(
        name=name,
        managers=managers,
        overall=overall,
        spread=spread,
        chance_share=chance_share,
        is_overdispersed=is_overdispersed(errors),
        is_mix_telling=expected.penalty < NO_TRAIT,
        ranked=len(errors),
    )


def _in_order(managers: pd.DataFrame) -> pd.DataFrame:
    order = managers.assign(verdict=managers["verdict"].map(VERDICTS.index), far=-managers["errors"].astype(float))
    return managers.loc[order.sort_values(["verdict", "far", "manager_id"]).index].reset_index(drop=True)


def _observations(rows: pd.DataFrame, name: str) -> Numbers:
    """Of each manager how many independent looks the value stands on.

    Where the denominator weighs customers, they are counted as so many of equal weight as tell as much: (Σx)² ÷ Σx²
    (Kish, Survey Sampling, 1965).
    """
    weight = rows["denominator"].clip(lower=0)
    sums = weight.groupby(rows["manager_id"]).sum()
    if COMPARED[name].counts == "units":
        return sums.to_numpy(float)
    return (sums**2 / (weight**2).groupby(rows["manager_id"]).sum()).to_numpy(float)


def _inside(value: Numbers, observations: float, is_share: bool) -> Numbers:
    """A share that is expected of anybody is never taken for certain: half an observation stands against it."""
    if not is_share:
        return value
    margin = min(0.5 / observations, 0.5)
    return np.clip(value, margin, 1 - margin)


def _spread(rows: pd.DataFrame, expected: Expected, foreseen: Numbers, observations: Numbers, name: str) -> float:
    """The variance of one observation, from how a manager's own customers differ among themselves.

    Of a mean it is stated in squares of the mean, since larger customers differ by more. Of a share it is stated in
    binomial variances, and is at least one where units are counted: visits to one customer, or products at one
    customer, tell less than as many at different ones.

    Source: Rao and Scott, A simple method for the analysis of clustered binary data (Biometrics 48, 1992), whose design
    effect is taken over all managers together, since one alone has few customers.
    """
    manager, counted = expected.row_manager, len(expected.managers)
    weight = rows["denominator"].to_numpy(float)
    shift = expected.value - np.nan_to_num(foreseen)
    own = np.nan_to_num(expected.row_expected) + shift[manager]
    left = rows["numerator"].to_numpy(float) - own * weight
    customers = np.bincount(manager, minlength=counted).astype(float)
    squares = np.bincount(manager, left**2, counted) * customers / np.maximum(customers - 1, 1)
    told = ~np.isnan(foreseen) & (customers > 1)
    if not told.any():
        return 1.0
    unit = foreseen * (1 - foreseen) if column(name).unit == "share" else foreseen**2
    of_one = np.sum(squares[told]) / np.sum((unit * expected.denominator**2 / observations)[told])
    is_counted = column(name).unit == "share" and COMPARED[name].counts == "units"
    return max(float(of_one), 1.0 if is_counted else 1e-12)


def _judged(
    managers: pd.DataFrame, overall: float, spread: float, is_share: bool
) -> tuple[pd.DataFrame, Numbers, float]:
    """What is said of those with observations enough, beside their standard errors and the share of chance."""
    names = ("errors", "adjusted", "shrunk", "shrunk_adjusted", "top_third", "rank_low", "rank_high", "judgement")
    if managers.empty:
        return pd.DataFrame(columns=list(names), index=managers.index), np.zeros(0), float("nan")
    value, foreseen, looks = (managers[name].to_numpy(float) for name in ("value", "expected", "looks"))
    effective = looks / spread
    posterior: Posterior
    if is_share:
        errors = rate_errors(value, effective, foreseen)
        posterior = shrunk_rates(value, effective, foreseen)
    else:
        error = np.abs(foreseen) / np.sqrt(effective)
        errors = mean_errors(value, error, foreseen)
        posterior = shrunk_means(value, error, foreseen)
    ranked = ranks(posterior.draws - foreseen[:, None])
    low, high = rank_intervals(ranked)
    adjusted = _adjusted(value - foreseen, errors, effective, overall, is_share)
    judged = pd.DataFrame(
        {
            "errors": errors,
            "adjusted": adjusted,
            "shrunk": posterior.mean,
            "shrunk_adjusted": overall + (adjusted - overall) * _kept(posterior.mean - foreseen, value - foreseen),
            "top_third": probability_of_top_third(ranked),
            "rank_low": low,
            "rank_high": high,
            "judgement": [_verdict(far) for far in errors],
        },
        index=managers.index,
    )
    return judged, errors, posterior.chance_share


def _adjusted(difference: Numbers, errors: Numbers, effective: Numbers, overall: float, is_share: bool) -> Numbers:
    """Where each would stand in a territory like the whole; less than one observation away, just as far from it."""
    near: Numbers = np.clip(overall + difference, 0, 1 if is_share else np.inf)
    return np.where(errors == 0, near, _placed(errors, effective, overall, is_share))


def _placed(errors: Numbers, effective: Numbers, overall: float, is_share: bool) -> Numbers:
    """Where so many standard errors put a manager of so many effective observations who has the mix of the whole.

    A point so placed lies outside the limits drawn just where it lies outside those of its own territory. Of a mean it
    is overall × value ÷ expected; of a share that could promise more than 1, and it is nearly overall + value −
    expected.
    """
    if is_share:
        return rate_at(errors, effective, overall)
    placed: Numbers = overall + errors * abs(overall) / np.sqrt(effective)
    return placed


def _kept(lasting: Numbers, difference: Numbers) -> Numbers:
    """How much of each distance from the expected value is likely to last, 0 to 1."""
    kept: Numbers = np.divide(lasting, difference, out=np.ones_like(difference), where=difference != 0)
    return np.clip(kept, 0, 1)


def _verdict(errors: float) -> str:
    if abs(errors) <= INNER:
        return "inside"
    side = "high" if errors > 0 else "low"
    return side if abs(errors) > OUTER else f"rather_{side}"
