"""Equal treatment: whether small customers are left out, of their orders and of launches."""

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.brand.treatment import FEWEST, MEASURES, Gap, Treatment, allocated_skus, treatment
from metrics.columns import column
from ui import chart
from ui.cells import cells
from ui.customers import customer_table
from ui.names import names_of
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.views import one_of
from ui.words import _, language, pick, plain

FACTS = ["customer_id", "customer_name", "channel", "tier", "manager_name"]
MOST_NAMED = 3


def treatment_view(scope: Scope) -> None:
    """One measure by tiers and area; a click on a bar or a cell opens the customers behind it."""
    skus, why = allocated_skus(read("product_list", scope), scope)
    titles = {name: pick(column(name).title) for name in MEASURES}
    measure = one_of("measure", titles, label=_("Measure"))
    if measure != "fill_rate" and not skus:
        no_data(_("No product was launched in the last twelve months, and none is marked as focus."))
        return
    found = treatment(scope, measure, skus, read=read)
    if found.customers.empty:
        no_data(no_data_reason("fill_rate" if measure in ("fill_rate", "launch_fill_rate") else "allocation_list"))
        return
    section(_finding(found, measure))
    st.caption(f"{_about(measure, skus, why, scope)} {_certainty(found.gap, measure)}")
    left, right = st.columns([2, 3])
    with left:
        clicked = _by_tier(found, measure)
    with right:
        cell = cells(
            _worded(found.cells),
            x="area",
            y="tier_band",
            z=measure,
            unit=column(measure).unit,
            hover=_behind(found.cells, measure),
            title=_("In which areas? A click shows the customers."),
            key=f"treatment-{measure}",
        )
    _customers(found, scope, measure, clicked, cell)


def _by_tier(found: Treatment, measure: str) -> int | None:
    """A bar for each group of tiers; gives the row of the one clicked."""
    clicked = chart.bars(
        _worded(found.by_tier),
        x=measure,
        y="tier_band",
        unit=column(measure).unit,
        title=_("{measure}: how far apart are the tiers?").format(measure=pick(column(measure).title)),
        key=f"treatment-tiers-{measure}",
        height=230,
        room=0.25,
    )
    return clicked[0] if clicked and clicked[0] < len(found.by_tier) else None


def _customers(found: Treatment, scope: Scope, measure: str, bar: int | None, cell: int | None) -> None:
    """The customers behind the bar or cell that was clicked, those treated worst first."""
    if cell is not None:
        clicked = found.cells.loc[cell, ["tier_band", "area"]]
    elif bar is not None:
        clicked = found.by_tier.loc[bar, ["tier_band"]]
    else:
        return
    narrowed = {str(name): str(value) for name, value in clicked.items()}
    rows = found.customers
    for name, value in narrowed.items():
        rows = rows[rows[name] == value]
    facts = read("customer_facts", scope.narrow(**narrowed))[FACTS]
    rows = rows.drop(columns=[name for name in FACTS[1:] if name in rows]).merge(facts, on="customer_id", how="left")
    rows = rows.sort_values([measure, "customer_id"], ignore_index=True)
    section(_("{where}: {count} customers").format(where=" · ".join(map(_word, narrowed.values())), count=len(rows)))
    parts = [name for name in MEASURES[measure] if name != "customers"]
    columns = ["customer_name", *([] if parts == ["qty"] else [measure]), *parts, *FACTS[2:], "customer_id"]
    customer_table(rows, columns, scope=scope.narrow(**narrowed), key=f"treatment-{measure}-customers", rows_shown=6)


def _finding(found: Treatment, measure: str) -> str:
    """The groups of tiers furthest apart, and whether chance could have made it."""
    gap = found.gap
    if gap is None:
        return _("Too few customers to compare: it takes two groups of tiers of {fewest}.").format(fewest=FEWEST)
    unit = column(measure).unit
    low, high = (written(value, unit, language()) for value in (gap.lowest_value, gap.highest_value))
    if not gap.is_beyond_chance:
        pattern = _("Tiers {lowest} get {low}, tiers {highest} {high}: no more apart than by chance.")
    elif measure == "qty_per_customer":
        pattern = _("Tiers {lowest} got {low} cartons a customer, tiers {highest} {high}.")
    else:
        pattern = _("Tiers {lowest} get less than tiers {highest}: {low} against {high}.")
    return pattern.format(lowest=gap.lowest, highest=gap.highest, low=low, high=high)


def _certainty(gap: Gap | None, measure: str) -> str:
    """Which groups were compared, and how sure the finding is, for below it."""
    if gap is None:
        return ""
    words = [_rule(gap), _interval(gap, measure)]
    if gap.left_out:
        words.append(
            _("Not compared, as they have fewer than {fewest} customers: tiers {bands}.").format(
                fewest=FEWEST, bands=", ".join(gap.left_out)
            )
        )
    if measure == "qty_per_customer":
        words.append(_("Large customers take more by nature: a difference is no unequal treatment by itself."))
    return " ".join(words)


def _rule(gap: Gap) -> str:
    if gap.pairs == 1:
        return _("Compared: the two groups of tiers with {fewest} customers or more.").format(fewest=FEWEST)
    return _(
        "Compared: the groups of tiers with the lowest and the highest value, of those with {fewest} customers or "
        "more; the interval is widened, as it is the furthest of {pairs} pairs (Bonferroni)."
    ).format(fewest=FEWEST, pairs=gap.pairs)


def _interval(gap: Gap, measure: str) -> str:
    numbers = {"d": gap.difference, "a": gap.low, "b": gap.high}
    if measure == "qty_per_customer":
        written_out = {name: f"{value:+.2f}" for name, value in numbers.items()}
        pattern = _("{few} and {many} customers; difference {d} cartons, 95% interval {a} to {b}.")
    else:
        written_out = {name: f"{value * 100:+.1f}" for name, value in numbers.items()}
        pattern = _("{few} and {many} customers; difference {d} points, 95% interval {a} to {b} (Newcombe, Wilson).")
    return pattern.format(few=f"{gap.lowest_customers:,}", many=f"{gap.highest_customers:,}", **written_out)


def _about(measure: str, skus: tuple[str, ...], why: str, scope: Scope) -> str:
    """Of what the measure is."""
    if measure == "fill_rate":
        return _("Of all that was ordered of the products in scope; each line capped at its order.")
    names = names_of("sku", read("product_list", scope))
    listed = ", ".join(plain(names.get(sku, sku)) for sku in skus[:MOST_NAMED]) + (
        " …" if len(skus) > MOST_NAMED else ""
    )
    reasons = {
        "named": _("the products in scope"),
        "launched": _("launched in the last twelve months"),
        "focus": _("focus products, as none was launched in the last twelve months"),
    }
    text = {
        "launch_fill_rate": _("Of what was ordered of {products} ({reason})."),
        "supplied_share": _("Of the customers that may carry them, product by product: {products} ({reason})."),
        "qty_per_customer": _("Net quantity ÷ customers that may carry them: {products} ({reason})."),
    }[measure]
    return text.format(products=listed, reason=reasons[why])


def _behind(rows: pd.DataFrame, measure: str) -> list[str]:
    """The customers and the two sums behind each cell."""
    numerator, denominator = (
        [written(value, "quantity", language()) for value in rows[name]] for name in MEASURES[measure]
    )
    parts = zip(rows["customers"], numerator, denominator, strict=True)
    return [_("{count} customers: {a} of {b}").format(count=count, a=a, b=b) for count, a, b in parts]


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    named = {name: [_word(value) for value in rows[name]] for name in ("tier_band", "area") if name in rows}
    return rows.assign(**named)


def _word(value: object) -> str:
    return _("unknown") if value == "unknown" else str(value)
