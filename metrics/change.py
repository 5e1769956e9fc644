"""What moved a product's sales from one period to the next: who came and went, and distribution, velocity or price."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import prod

import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read


@dataclass(frozen=True)
class HandlerBridge:
    """From the handlers before to those now: rows of `handler_list` of the customers gained, kept and lost.

    Kept and gained ones come with what they took now, lost ones with what they took before.
    """

    gained: pd.DataFrame
    kept: pd.DataFrame
    lost: pd.DataFrame

    @property
    def before(self) -> int:
        """How many carried it before."""
        return len(self.kept) + len(self.lost)

    @property
    def now(self) -> int:
        """How many carry it now."""
        return len(self.kept) + len(self.gained)


@dataclass(frozen=True)
class AmountChange:
    """An amount before and now, and what each factor contributed; the three add up to the change."""

    before: float
    now: float
    distribution: float
    velocity: float
    price: float


def handler_bridge(scope: Scope, *, read: Read) -> HandlerBridge:
    """Who was gained, kept and lost against the period of the same length before."""
    before, now = read("handler_list", scope.previous(), ()), read("handler_list", scope, ())
    stayed = now["customer_id"].isin(before["customer_id"])
    left = ~before["customer_id"].isin(now["customer_id"])
    return HandlerBridge(
        gained=now[~stayed].reset_index(drop=True),
        kept=now[stayed].reset_index(drop=True),
        lost=before[left].reset_index(drop=True),
    )


def amount_change(scope: Scope, *, read: Read) -> AmountChange:
    """The change of the amount against the period before, shared out among its factors.

    amount = handlers × quantity a handler × amount a unit, which is distribution × velocity × price, since both periods
    have the same length. Each factor's share is the mean, over all orders in which the factors could have changed, of
    what its change did (the Shapley value), so that the shares add up exactly and none is favoured. Where one of the
    periods has no handler or no net quantity the other factors mean nothing, and all is distribution's.
    """
    before, now = _factors(scope.previous(), read), _factors(scope, read)
    change = now.amount - before.amount
    if not (before.has_meaning and now.has_meaning):
        return AmountChange(float(before.amount), float(now.amount), float(change), 0.0, 0.0)
    shares = _shared_out(before.parts, now.parts)
    return AmountChange(float(before.amount), float(now.amount), *(float(share) for share in shares))


@dataclass(frozen=True)
class _Factors:
    handlers: Fraction
    qty: Fraction
    amount: Fraction

    @property
    def has_meaning(self) -> bool:
        return self.handlers > 0 and self.qty > 0

    @property
    def parts(self) -> tuple[Fraction, Fraction, Fraction]:
        return self.handlers, self.qty / self.handlers, self.amount / self.qty


def _factors(scope: Scope, read: Read) -> _Factors:
    velocity, amount = read("velocity", scope, ()), read("amount", scope, ())
    handlers, qty = (velocity["handlers"].iloc[0], velocity["qty"].iloc[0]) if len(velocity) else (0, 0)
    money = amount["amount"].iloc[0] if len(amount) and pd.notna(amount["amount"].iloc[0]) else 0
    return _Factors(Fraction(int(handlers)), Fraction(str(qty)), Fraction(str(money)))


def _shared_out(before: tuple[Fraction, ...], now: tuple[Fraction, ...]) -> list[Fraction]:
    """The Shapley value of each factor in the change of their product."""
    orders = list(permutations(range(len(before))))
    shares = [Fraction(0)] * len(before)
    for order in orders:
        factors = list(before)
        for place in order:
            was = prod(factors)
            factors[place] = now[place]
            shares[place] += prod(factors) - was
    return [share / len(orders) for share in shares]
