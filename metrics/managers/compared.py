"""What managers can be compared by, and each figure taken apart customer by customer."""

from dataclasses import dataclass

import pandas as pd

from metrics.managers.looking_after import looking_after
from metrics.scope import OWNER_CONDITIONS, Scope
from metrics.scorecard import Read, Request

TRAITS = ("area", "tier_band", "channel", "size_band")
"""What makes a territory, of the list customer_traits."""

UNKNOWN_TRAITS = {"area": "unknown", "tier_band": "unknown", "channel": "unknown", "size_band": "new"}


@dataclass(frozen=True)
class Compared:
    """A figure as Σ numerator ÷ Σ denominator over customers.

    `counts` says what the figure has of independent evidence: 'units' where each unit of the denominator is one more
    look (visits, pairs, customers), 'customers' where it merely says how large a customer is (yuan, cartons).
    """

    numerator: str
    denominator: str
    counts: str = "units"


COMPARED = {
    "focus_distribution": Compared("handlers", "eligible"),
    "amount_per_customer": Compared("amount", "customers"),
    "growth": Compared("amount", "last_year_amount", "customers"),
    "like_for_like_growth": Compared("amount", "last_year_amount", "customers"),
    "numeric_distribution": Compared("handlers", "eligible"),
    "strike_rate": Compared("successes", "attempts"),
    "productive_call_rate": Compared("productive", "visits"),
    "call_coverage": Compared("visited", "customers"),
    "key_call_coverage": Compared("visited", "key_customers"),
    "plan_compliance": Compared("kept", "planned"),
    "fill_rate": Compared("delivered", "ordered", "customers"),
    "on_shelf_rate": Compared("on_shelf", "checked"),
}


def comparable(scope: Scope) -> list[str]:
    """Names of the figures that tell something in a scope: almost everybody buys any product at all."""
    return [name for name in COMPARED if name != "numeric_distribution" or scope.names_products]


def everybody(scope: Scope) -> Scope:
    """The same scope with whoever it names joined by all others: those to be compared with."""
    return scope.narrow(**dict.fromkeys(OWNER_CONDITIONS, ()))


def requests(name: str, scope: Scope) -> list[Request]:
    """What a comparison by one of COMPARED reads, for reading it side by side."""
    whole, keys = everybody(scope), ("manager_id", "customer_id")
    figures = ("amount", whole, keys), ("amount", whole.last_year(), keys)
    lists = [(listed, whole, ()) for listed in ("manager_list", "customer_traits")]
    return [*(figures if name == "growth" else [(name, whole, keys)]), *lists, ("manager_list", scope, ())]


def customer_rows(name: str, scope: Scope, *, read: Read) -> pd.DataFrame:
    """A row for each manager and customer: manager_id, customer_id, numerator, denominator, and the TRAITS.

    Only managers who look after customers at the end of the period have rows: a supervisor who went along, or who left
    meanwhile, is not among those compared.
    """
    managers = read("manager_list", scope, ())
    rows = _parts(name, scope, read)
    rows = rows[rows["manager_id"].isin(looking_after(managers)["manager_id"])]
    traits = read("customer_traits", scope, ())[["customer_id", *TRAITS]]
    rows = rows.merge(traits, on="customer_id", how="left").fillna(UNKNOWN_TRAITS)
    return rows.reset_index(drop=True)


def _parts(name: str, scope: Scope, read: Read) -> pd.DataFrame:
    compared, keys = COMPARED[name], ["manager_id", "customer_id"]
    rows = _both_years(scope, read, keys) if name == "growth" else read(name, scope, tuple(keys))
    parts = {"numerator": rows[compared.numerator], "denominator": rows[compared.denominator]}
    return rows[keys].assign(**{part: values.astype(float) for part, values in parts.items()})


def _both_years(scope: Scope, read: Read, keys: list[str]) -> pd.DataFrame:
    """What each manager sold to each customer now and a year earlier; the figure itself drops who is new."""
    now = read("amount", scope, tuple(keys))
    before = read("amount", scope.last_year(), tuple(keys)).rename(columns={"amount": "last_year_amount"})
    return now.merge(before, on=keys, how="outer").fillna({"amount": 0.0, "last_year_amount": 0.0})
