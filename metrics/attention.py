"""What needs attention: rules that read figures and say, without words, what stands out and where to look."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from metrics.brand.launch import FEWEST_TRIERS, whole_weeks
from metrics.scope import UNKNOWN, Scope, months_before
from metrics.scorecard import Read

MOST_FINDINGS = 7
SUPERVISOR_DAYS = 90
"""Leaders know the vital few in person: a key customer unseen by the supervisor for longer stands out."""
FEWEST_ROWS = 8
"""A rate over fewer visits or planned rows is noise, not news."""
CONCENTRATION_POINTS = 0.01
LOWEST_COMPLIANCE = 0.9
LAUNCH_WEEKS = 8
LAUNCH_REPEAT = 0.3
READS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("target_attainment", ("manager_id",)),
    ("growth", ("area",)),
    ("product_list", ()),
    ("strike_rate", ("manager_id",)),
    ("visits", ()),
    ("key_customers", ()),
    ("plan_compliance", ("manager_id",)),
)
"""Figures and splits that the rules read of the scope itself, so that a screen may work them out side by side."""


@dataclass(frozen=True)
class Finding:
    """One thing that stands out: the rule, its weight (0–1), its figures, and the page and selection to open."""

    rule: str
    weight: float
    values: Mapping[str, Any]
    page: str
    conditions: Mapping[str, str]


Rule = Callable[[Scope, Read], Iterator[Finding]]
"""Gives what it finds in the figures of a scope; nothing where there is no data."""


def what_needs_attention(scope: Scope, *, read: Read, strike_rate_reference: float = 0.5) -> list[Finding]:
    """At most seven findings over the scope, the weightiest first; rules without data stay silent."""
    rules: list[Rule] = [*RULES, partial(_strike_rate_low, reference=strike_rate_reference)]
    found = [finding for rule in rules for finding in rule(scope, read)]
    return sorted(found, key=lambda finding: (-finding.weight, finding.rule))[:MOST_FINDINGS]


def _known(rows: pd.DataFrame, dimension: str) -> pd.DataFrame:
    return rows[rows[dimension] != UNKNOWN]


def _below_target(scope: Scope, read: Read) -> Iterator[Finding]:
    rows = read("target_attainment", scope, ("manager_id",))
    short = rows[rows["target_attainment"] < 1].sort_values("target_attainment")
    if not short.empty:
        worst = short.iloc[0]
        yield Finding(
            "below_target",
            min(1.0, 2 * (1 - float(worst["target_attainment"]))),
            {
                "manager": worst["manager_id"],
                "attainment": float(worst["target_attainment"]),
                "gap": float(worst["target"] - worst["actual"]),
                "below": len(short),
                "managers": len(rows),
            },
            "managers",
            {"manager": str(worst["manager_id"])},
        )


def _area_falling(scope: Scope, read: Read) -> Iterator[Finding]:
    rows = _known(read("growth", scope, ("area",)), "area")
    falling = rows[rows["growth"] < 0].sort_values("growth")
    if not falling.empty:
        worst = falling.iloc[0]
        yield Finding(
            "area_falling",
            min(1.0, 3 * -float(worst["growth"])),
            {
                "area": worst["area"],
                "growth": float(worst["growth"]),
                "lost": float(worst["last_year_amount"] - worst["amount"]),
            },
            "overview",
            {"area": str(worst["area"])},
        )


def _focus_product_losing(scope: Scope, read: Read) -> Iterator[Finding]:
    products = read("product_list", scope, ())
    focus = tuple(products.loc[products["focus"], "sku_id"])
    if not focus:
        return
    narrowed = scope.narrow(sku=focus)
    now = read("numeric_distribution", narrowed, ("sku_id",))
    before = read("numeric_distribution", narrowed.previous(), ("sku_id",))
    both = now.merge(before, on="sku_id", suffixes=("", "_before"))
    both["moved"] = both["numeric_distribution"] - both["numeric_distribution_before"]
    losing = both[both["moved"] < 0].sort_values("moved")
    if not losing.empty:
        worst = losing.iloc[0]
        yield Finding(
            "focus_product_losing",
            min(1.0, 8 * -float(worst["moved"])),
            {
                "sku": worst["sku_id"],
                "now": float(worst["numeric_distribution"]),
                "before": float(worst["numeric_distribution_before"]),
                "handlers_lost": int(worst["handlers_before"] - worst["handlers"]),
            },
            "brand",
            {"sku": str(worst["sku_id"])},
        )


def _strike_rate_low(scope: Scope, read: Read, reference: float) -> Iterator[Finding]:
    rows = read("strike_rate", scope, ("manager_id",))
    low = rows[(rows["strike_rate"] < reference) & (rows["attempts"] >= FEWEST_ROWS)].sort_values("strike_rate")
    if not low.empty:
        worst = low.iloc[0]
        yield Finding(
            "strike_rate_low",
            min(1.0, 2 * (reference - float(worst["strike_rate"]))),
            {
                "manager": worst["manager_id"],
                "rate": float(worst["strike_rate"]),
                "successes": int(worst["successes"]),
                "attempts": int(worst["attempts"]),
                "reference": reference,
                "below": len(low),
            },
            "managers",
            {"manager": str(worst["manager_id"])},
        )


def _key_customers_unseen(scope: Scope, read: Read) -> Iterator[Finding]:
    if read("visits", scope, ()).empty:
        return
    rows = read("key_customers", scope, ())
    unseen = rows[rows["days_since_supervisor"].isna() | (rows["days_since_supervisor"] > SUPERVISOR_DAYS)]
    if not unseen.empty:
        yield Finding(
            "key_customers_unseen",
            0.75 * len(unseen) / len(rows),
            {
                "unseen": len(unseen),
                "customers": len(rows),
                "amount": float(unseen["amount"].sum()),
                "days": SUPERVISOR_DAYS,
            },
            "concentration",
            {},
        )


def _concentration_rising(scope: Scope, read: Read) -> Iterator[Finding]:
    now, before = read("top20_share", scope, ()), read("top20_share", scope.last_year(), ())
    if now.empty or before.empty:
        return
    moved = float(now["top20_share"].iloc[0] - before["top20_share"].iloc[0])
    if moved >= CONCENTRATION_POINTS:
        values = {"now": float(now["top20_share"].iloc[0]), "before": float(before["top20_share"].iloc[0])}
        yield Finding("concentration_rising", min(1.0, 10 * moved), values, "concentration", {})


def _plan_not_kept(scope: Scope, read: Read) -> Iterator[Finding]:
    rows = read("plan_compliance", scope, ("manager_id",))
    low = rows[(rows["plan_compliance"] < LOWEST_COMPLIANCE) & (rows["planned"] >= FEWEST_ROWS)]
    if not low.empty:
        worst = low.sort_values("plan_compliance").iloc[0]
        yield Finding(
            "plan_not_kept",
            min(1.0, 2 * (LOWEST_COMPLIANCE - float(worst["plan_compliance"]))),
            {
                "manager": worst["manager_id"],
                "rate": float(worst["plan_compliance"]),
                "missed": int(worst["planned"] - worst["kept"]),
                "planned": int(worst["planned"]),
            },
            "managers",
            {"manager": str(worst["manager_id"])},
        )


def _launch_not_repeating(scope: Scope, read: Read) -> Iterator[Finding]:
    products = read("product_list", scope, ())
    earliest = pd.Timestamp(months_before(scope.to_date, 12))
    recent = products[products["focus"] & (pd.to_datetime(products["launched_on"]) > earliest)]
    if recent.empty:
        return
    curve = read("launch_curve", scope.narrow(sku=tuple(recent["sku_id"])), ())
    launched_on = dict(zip(recent["sku_id"], pd.to_datetime(recent["launched_on"]).dt.date, strict=True))
    weeks = curve["sku_id"].map(lambda sku: whole_weeks(launched_on.get(sku), scope.to_date))
    latest = curve[curve["launch_week"] <= weeks].sort_values("launch_week").groupby("sku_id").tail(1)
    told = latest[(latest["launch_week"] >= LAUNCH_WEEKS) & (latest["triers"] >= FEWEST_TRIERS)]
    weak = told[told["repeat_of_triers"] < LAUNCH_REPEAT]
    for row in weak.sort_values("repeat_of_triers").head(1).to_dict("records"):
        yield Finding(
            "launch_not_repeating",
            0.9 * (1 - float(row["repeat_of_triers"])),
            {
                "sku": row["sku_id"],
                "triers": int(row["triers"]),
                "repeat": float(row["repeat_of_triers"]),
                "week": int(row["launch_week"]),
            },
            "brand",
            {"sku": str(row["sku_id"])},
        )


RULES: tuple[Rule, ...] = (
    _below_target,
    _area_falling,
    _focus_product_losing,
    _key_customers_unseen,
    _concentration_rising,
    _plan_not_kept,
    _launch_not_repeating,
)
