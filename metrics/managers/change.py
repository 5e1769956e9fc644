"""What a manager's change against last year is owed to: customers new, lost and handed over, volume, price and mix.

It adds up to the last ten-thousandth of a yuan: amounts are whole numbers of those, and the mix is what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from metrics.scope import UNKNOWN, Scope
from metrics.scorecard import Read

PARTS = ("handed_in", "handed_out", "new", "lost", "volume", "price", "mix")
_EXACT = 10_000
_MOST = 10**11 * _EXACT
"""A hundred milliard yuan of one customer: beyond it a price was made by a stray quantity and tells nothing."""
_AMOUNTS = ("last_year_amount", "amount")


@dataclass(frozen=True)
class ChangeSplit:
    """The amount last year and now, and what each of PARTS contributed: before + Σ parts = now, exactly.

    `rows`: a customer each, largest change first: customer_id, kind (what it is to the manager: one of the first four
    parts, or 'kept'), last_year_amount and amount (the manager's own), change, and a column for each part; each row
    adds up too. With its name, area, channel, tier and present manager where the master has it.
    """

    before: Decimal
    now: Decimal
    parts: Mapping[str, Decimal]
    rows: pd.DataFrame

    def behind(self, part: str) -> pd.DataFrame:
        """The customers that contributed to a part, the largest contribution first."""
        rows = self.rows[self.rows[part] != 0]
        return rows.sort_values(part, key=abs, ascending=False, kind="stable", ignore_index=True)


def change_split(scope: Scope, manager_id: str, *, read: Read) -> ChangeSplit:
    """The change of the amount that the manager owned, from the same days last year to the scope's period.

    A customer buys in a period where its net amount from everybody is above zero. Buying now and not last year it is
    new, whoever sold; buying last year and not now it is lost, or handed over out where another manager has it by
    the end of the period. Of those that buy in both: where the manager sold nothing to it last year and others did, it
    was handed over in; where the manager sells nothing to it now and others do, out. The rest are kept.

    A kept customer that others sold to as well was handed over within a period. With own and all the sums of the
    manager and of everybody, s0 = own ÷ all last year and s1 now, and s = (s0 + s1) ÷ 2: both periods are restated at
    the share s, and what that takes away is the handover: own1·(1 − s ÷ s1) − own0·(1 − s ÷ s0).

    The change of a kept customer, so restated, with Q, A the sums and q, a those of a product, 0 last year and 1 now:
    volume (Q1 − Q0)·A0 ÷ Q0, its last year's mean price; price Σ (a1 − a0·q1 ÷ q0) over products bought in both; mix
    what is left: dearer or cheaper products, begun and dropped ones. Where a period has no net quantity, or a stray one
    makes a price beyond all measure, all is volume.
    """
    lines = _exact(read("sales_by_owner", scope.narrow(manager=manager_id), ()))
    rows = _customers(lines)
    known = _known(scope, rows.index, read)
    rows["kind"] = _kinds(rows, known["manager_id"].reindex(rows.index), manager_id)
    for part in PARTS:
        rows[part] = np.where(rows["kind"] == part, rows["change"], 0)
    kept = rows[rows["kind"] == "kept"]
    parts_of_kept = _parts_of_kept(kept, lines[lines["is_own"] & lines["customer_id"].isin(kept.index)])
    rows.loc[kept.index, list(parts_of_kept)] = parts_of_kept
    totals = {name: Decimal(int(rows[name].sum())) / _EXACT for name in (*_AMOUNTS, *PARTS)}
    written = [*_AMOUNTS, "change", *PARTS]
    rows = rows[["kind", *written]].assign(**{name: rows[name] / _EXACT for name in written}).join(known)
    rows = rows.sort_values("change", key=abs, ascending=False, kind="stable").reset_index(names="customer_id")
    return ChangeSplit(totals["last_year_amount"], totals["amount"], {part: totals[part] for part in PARTS}, rows)


def _exact(lines: pd.DataFrame) -> pd.DataFrame:
    """Quantities and amounts, which have four decimals at most, in whole ten-thousandths."""
    sums = ("qty", "amount", "last_year_qty", "last_year_amount")
    return lines.assign(**{name: np.rint(lines[name] * _EXACT).astype("int64") for name in sums})


def _customers(lines: pd.DataFrame) -> pd.DataFrame:
    """By customer the manager's own amounts and change, those of everybody, and who sold to it in which period."""
    lines = lines.assign(
        was=(lines["last_year_qty"] != 0) | (lines["last_year_amount"] != 0),
        now=(lines["qty"] != 0) | (lines["amount"] != 0),
    )
    own, others = (
        lines[lines["is_own"] == mine]
        .groupby("customer_id")
        .agg({**dict.fromkeys(_AMOUNTS, "sum"), "was": "any", "now": "any"})
        for mine in (True, False)
    )
    rows = own.join(others.add_suffix("_others"))
    for name in _AMOUNTS:
        rows[f"{name}_others"] = rows[f"{name}_others"].fillna(0).astype("int64")
    for name in ("was", "now"):
        rows[f"{name}_others"] = rows[f"{name}_others"].eq(True)
    return rows.assign(change=rows["amount"] - rows["last_year_amount"])


def _known(scope: Scope, customers: "pd.Index[Any]", read: Read) -> pd.DataFrame:
    """What the master tells of the customers, whoever has them by now."""
    columns = ["customer_name", "area", "channel", "tier", "manager_id", "manager_name"]
    if customers.empty:
        return pd.DataFrame(columns=columns)
    whoever = scope.narrow(manager=(), team=(), customer=tuple(customers))
    return read("customer_list", whoever, ()).set_index("customer_id")[columns]


def _kinds(rows: pd.DataFrame, managers: "pd.Series[Any]", manager_id: str) -> Any:
    """What each customer is to the manager."""
    buys = rows["amount"] + rows["amount_others"] > 0
    bought = rows["last_year_amount"] + rows["last_year_amount_others"] > 0
    is_gone = managers.notna() & ~managers.isin([manager_id, UNKNOWN])
    return np.select(
        [
            buys & ~bought,
            bought & ~buys & is_gone,
            bought & ~buys,
            ~rows["was"] & rows["was_others"],
            ~rows["now"] & rows["now_others"],
        ],
        ["new", "handed_out", "lost", "handed_in", "handed_out"],
        "kept",
    )


def _parts_of_kept(kept: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Handover within a period, volume, price and mix of the customers kept, in whole ten-thousandths."""
    share_before, share_now = (
        kept[name].abs() / (kept[name].abs() + kept[f"{name}_others"].abs()).replace(0, 1) for name in _AMOUNTS
    )
    share = (share_before + share_now) / 2
    before, now = (share / own.where(own > 0) for own in (share_before, share_now))
    before, now = before.fillna(1), now.fillna(1)
    handover = np.rint(kept["amount"] * (1 - now) - kept["last_year_amount"] * (1 - before)).astype("int64")
    sums = lines.groupby("customer_id")[["qty", "last_year_qty"]].sum().reindex(kept.index, fill_value=0)
    both = lines[(lines["qty"] > 0) & (lines["last_year_qty"] > 0)]
    dearer = both["amount"] - both["last_year_amount"] * both["qty"] / both["last_year_qty"]
    price = dearer.groupby(both["customer_id"]).sum().reindex(kept.index, fill_value=0) * now
    price_before = kept["last_year_amount"] / sums["last_year_qty"].where(sums["last_year_qty"] > 0)
    volume = (sums["qty"] * now - sums["last_year_qty"] * before) * price_before
    change = kept["change"] - handover
    is_told = (volume.abs() < _MOST) & (price.abs() < _MOST)
    is_split = (sums["qty"] > 0) & (sums["last_year_qty"] > 0) & is_told
    volume = np.rint(volume.where(is_split, change)).astype("int64")
    price = np.rint(price.where(is_split, 0)).astype("int64")
    is_more = share_now > share_before
    return pd.DataFrame(
        {
            "handed_in": handover.where(is_more, 0),
            "handed_out": handover.where(~is_more, 0),
            "volume": volume,
            "price": price,
            "mix": change - volume - price,
        }
    )
