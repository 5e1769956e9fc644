"""What moved a product's sales from one period to the next: who came and went, and distribution, velocity or price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import prod

import pandas as pd

from metrics.scope import Scope
from metrics.scorecard import Read

AGAINST = ("previous", "last_year")
"""What a period is held against: the one of the same length just before, or the same days a year earlier."""

FACTORS = {"amount": ("distribution", "velocity", "price"), "qty": ("distribution", "velocity")}
"""What makes an amount, and what makes a quantity."""

_STEP = Decimal("0.0001")
"""Quantities and amounts are kept to four decimals, so that to round to them alters no sum of them."""


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
class Change:
    """A quantity or amount before and now, and what each factor contributed: before + Σ parts = now, exactly."""

    before: Decimal
    now: Decimal
    parts: Mapping[str, Decimal]


def period_before(scope: Scope, against: str) -> Scope:
    """The period that a scope is held against."""
    return scope.last_year() if against == "last_year" else scope.previous()


def handler_bridge(scope: Scope, *, against: str = "previous", read: Read) -> HandlerBridge:
    """Who was gained, kept and lost against the period before."""
    before, now = read("handler_list", period_before(scope, against), ()), read("handler_list", scope, ())
    stayed = now["customer_id"].isin(before["customer_id"])
    left = ~before["customer_id"].isin(now["customer_id"])
    return HandlerBridge(
        gained=now[~stayed].reset_index(drop=True),
        kept=now[stayed].reset_index(drop=True),
        lost=before[left].reset_index(drop=True),
    )


def sales_change(scope: Scope, of: str = "amount", *, against: str = "previous", read: Read) -> Change:
    """The change of the amount (or 'qty') of the customers in scope, shared out among its factors.

    quantity = handlers × quantity a handler (distribution × velocity); amount = quantity × amount a carton (price).
    Each factor's share is the mean, over all orders in which the factors could have changed, of what its change did
    (the Shapley value; Shorrocks 2013), so that the shares add up exactly and none is favoured. Where one of the
    periods has no handler or no net quantity the other factors mean nothing, and all is distribution's.
    """
    before, now = _factors(period_before(scope, against), read), _factors(scope, read)
    names = FACTORS[of]
    was, has = (getattr(factors, of) for factors in (before, now))
    if before.has_meaning and now.has_meaning:
        shares = _shared_out(before.parts[: len(names)], now.parts[: len(names)])
    else:
        shares = [has - was, *[Fraction(0)] * (len(names) - 1)]
    start, *parts = rounded_to_add_up([was, *shares], _STEP)
    return Change(start, sum(parts, start), dict(zip(names, parts, strict=True)))


def rounded_to_add_up(parts: Sequence[Fraction | Decimal], step: Decimal) -> list[Decimal]:
    """The parts of a sum rounded to a step so that they add up to the rounded sum; each is off by less than a step.

    Running sums are rounded, and a part is what lies between two of them.
    """
    running, reached, rounded = Fraction(0), Decimal(0), []
    for part in parts:
        running += Fraction(part)
        stop = step * round(running / Fraction(step))
        rounded.append(stop - reached)
        reached = stop
    return rounded


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
    row = read("sales_factors", scope, ()).iloc[0]
    return _Factors(Fraction(int(row["handlers"])), Fraction(str(row["qty"])), Fraction(str(row["amount"])))


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
