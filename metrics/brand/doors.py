"""Doors to knock on: who may carry a product and doesn't, ranked by what it would probably take a month."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.brand.features import build_features
from metrics.brand.likelihood import FEWEST, Likelihood, fit_likelihood
from metrics.brand.reasons import Reasons, find_reasons
from metrics.scope import Scope
from metrics.scorecard import Read, Request

DAYS_A_MONTH = 365.25 / 12
PRIOR_HANDLERS = 10
"""A group's rate weighs as much as the wider group's where it has so many handlers."""


@dataclass(frozen=True)
class Doors:
    """Active eligible customers that do not carry the product, the best door first.

    `rows` are those of `distribution_gaps` with probability (that it would carry), expected_rate (cartons a month if
    it did) and expected_qty (their product, cartons a month). Where handlers, or customers that are none, are fewer
    than FEWEST there is no model: the three are missing, `likelihood` and `reasons` are None, and the rows stand by
    size, the all-product net amount. `reasons` goes by the index of `rows`. `eligible` and `handlers` count the
    customers of the whole business that the model learned from, `beyond` the closed ones left out of the rows.
    """

    rows: pd.DataFrame
    likelihood: Likelihood | None
    reasons: Reasons | None
    eligible: int
    handlers: int
    beyond: int

    @property
    def others(self) -> int:
        """Eligible customers of the whole business that do not carry it."""
        return self.eligible - self.handlers

    @property
    def is_ranked_by_size(self) -> bool:
        """Whether there was too little to learn from."""
        return self.likelihood is None

    def with_words(self, words: list[str]) -> "Doors":
        """The same with a column `reason`: the reasons of each row as the screen says them."""
        return replace(self, rows=self.rows.assign(reason=words))


def requests(scope: Scope, sku: str) -> list[Request]:
    """What `doors` reads, for whoever can read it side by side."""
    whole = whole_business(scope)
    return [
        ("products_bought", whole, ()),
        ("eligible_list", whole.narrow(sku=sku), ()),
        ("distribution_gaps", scope.narrow(sku=sku), ()),
        ("product_list", whole, ()),
    ]


def doors(scope: Scope, sku: str, *, read: Read) -> Doors:
    """The doors of one product in scope.

    What a handler is like is learned from the whole business, whatever area or manager the scope names: a manager's
    sixty customers teach nothing. The period is the scope's.
    """
    bought, eligible, gaps, products = (read(*request) for request in requests(scope, sku))
    is_open = gaps["status"] == "active"
    rows = gaps[is_open].reset_index(drop=True)
    carries = eligible["is_handler"].to_numpy(dtype=bool)
    counts = {"eligible": len(eligible), "handlers": int(carries.sum()), "beyond": int((~is_open).sum())}
    if min(counts["handlers"], counts["eligible"] - counts["handlers"]) < FEWEST or rows.empty:
        missing = rows.assign(probability=np.nan, expected_rate=np.nan, expected_qty=np.nan)
        return Doors(missing, None, None, **counts)
    features = build_features(eligible, bought, sorted(products["sku_id"]), sku)
    likelihood = fit_likelihood(features, carries)
    if likelihood is None:
        raise AssertionError("the counts above allow a fit")
    places = pd.Index(eligible["customer_id"]).get_indexer(pd.Index(rows["customer_id"]))
    rates = expected_rates(eligible, scope.days)
    rows = rows.assign(probability=likelihood.probability[places], expected_rate=rates.to_numpy()[places])
    rows["expected_qty"] = rows["probability"] * rows["expected_rate"]
    order = rows.sort_values(["expected_qty", "customer_id"], ascending=[False, True]).index.to_numpy()
    reasons = find_reasons(features, likelihood.weights, carries, places[order])
    return Doors(rows.loc[order].reset_index(drop=True), likelihood, reasons, **counts)


def lost_handlers(found: Doors, scope: Scope, sku: str, *, read: Read) -> pd.DataFrame:
    """The doors that carried the product in the period before, with the quantity and amount they took then.

    In the order of what they took; the index is that of the doors.
    """
    before = read("handler_list", scope.narrow(sku=sku).previous(), ()).set_index("customer_id")
    lost = found.rows[found.rows["customer_id"].isin(before.index)]
    taken = before.loc[lost["customer_id"], ["qty", "amount"]]
    lost = lost.assign(previous_qty=taken["qty"].to_numpy(), previous_amount=taken["amount"].to_numpy())
    return lost.sort_values(["previous_qty", "customer_id"], ascending=[False, True])


def whole_business(scope: Scope) -> Scope:
    """The same period and viewer without any condition."""
    return Scope(scope.from_date, scope.to_date, viewer=scope.viewer)


def expected_rates(eligible: pd.DataFrame, days: int) -> "pd.Series[float]":
    """Cartons a month that each of the rows of `eligible_list` would take if it carried the product.

    The net quantity a month of today's handlers of the same tier band and channel. Where those are few it is drawn
    towards that of the tier band, and this towards that of all handlers: a group of n handlers weighs n against
    PRIOR_HANDLERS of the wider group (the credibility formula n ÷ (n + k) of Bühlmann 1967, with k fixed). A month is
    30.4 days; a handler that began within the period counts with the whole of it.
    """
    months = days / DAYS_A_MONTH
    handlers = eligible[eligible["is_handler"]]
    rate = pd.Series(handlers["qty"].sum() / months / len(handlers), index=eligible.index)
    for group in (["tier_band"], ["tier_band", "channel"]):
        sums = handlers.groupby(group)["qty"].agg(["sum", "count"])
        own = eligible[group].merge(sums, left_on=group, right_index=True, how="left").fillna({"sum": 0, "count": 0})
        rate = (own["sum"] / months + PRIOR_HANDLERS * rate) / (own["count"] + PRIOR_HANDLERS)
    return rate
