"""Portfolio: products side by side, how far each reaches and how fast it sells, and who stands behind each number."""

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.brand.portfolio import Portfolio, at_level, portfolio, requests
from metrics.columns import column
from ui.brand.number_behind import behind_view, measure_of
from ui.clicks import let_go
from ui.names import dimension_title, names_of
from ui.numbers import is_missing, written
from ui.page import no_data, section
from ui.quadrant import FEWEST_FOR_MEDIANS, MOST_ARROWS, Corner, quadrant
from ui.reading import no_data_reason, read, read_ahead
from ui.table import CHANGE, selected_cell, table
from ui.views import narrow_to, one_of, set_view
from ui.words import _, language, own_words, pick

COLUMNS = (
    "trend",
    "numeric_distribution",
    "numeric_distribution_change",
    "weighted_distribution",
    "weighted_distribution_change",
    "distribution_difference",
    "reach",
    "velocity",
    "velocity_change",
    "repeat_rate",
    "repeat_rate_change",
    "amount",
    "amount_change",
    "class_share",
    "class_share_change",
    "on_shelf_rate",
    "on_shelf_rate_change",
    "sell_through",
    "sell_through_change",
    "fill_rate",
    "fill_rate_change",
    "distribution_target",
    "targeted_products",
    "distribution_attainment",
    "distribution_attainment_change",
)
CONDITION = {"sku_id": "sku", "brand": "brand", "maker": "maker", "price_class": "price_class"}
REASONS = ("on_shelf_rate", "sell_through", "fill_rate", "distribution_attainment")
"""Columns that an extract or a target may be missing for: then a line below says why they are empty."""
X, Y, SIZE = "numeric_distribution", "velocity", "amount"


def portfolio_view(scope: Scope) -> None:
    """A quadrant and a table; a bubble opens the product, a number the customers behind it."""
    level, versus = _choices(scope)
    narrowed = at_level(scope, level, read=read)
    if narrowed is not None:
        read_ahead(requests(narrowed, level, versus))
    shown = portfolio(scope, level, versus, read=read)
    if shown.rows.empty:
        no_data(no_data_reason("portfolio"))
        return
    names = _names(shown)
    key = f"portfolio-{level}"
    clicked = selected_cell(key, shown.rows)
    measure = None if clicked is None else measure_of(clicked[1])
    if clicked is not None and measure is not None:
        row = str(shown.rows[shown.dimension].iloc[clicked[0]])
        behind_view(names[clicked[0]], shown.scope.narrow(**{CONDITION[shown.dimension]: row}), measure, table_key=key)
    else:
        _picture(shown, names, level, versus)
    _table(shown, names, level, key)


def _choices(scope: Scope) -> tuple[str, str]:
    """What the rows are and what they are compared with; without focus products brands come first, for some have
    tens of thousands of products."""
    levels = {
        "focus": _("Focus products"),
        "sku": _("All products"),
        **{name: pick(column(name).title) for name in ("brand", "maker", "price_class")},
    }
    if at_level(scope, "focus", read=read) is None:
        del levels["focus"]
        if not scope.sku:
            levels = {"brand": levels["brand"], **levels}
    with st.container(horizontal=True):
        level = one_of("level", levels, label=_("Rows"))
        versus = one_of(
            "versus", {"previous": _("vs. previous period"), "last_year": _("vs. last year")}, label=_("Compare with")
        )
    return level, versus


def _names(shown: Portfolio) -> list[str]:
    if shown.dimension == "sku_id":
        known = names_of("sku", read("product_list", shown.scope))
        return [known.get(row, row) for row in shown.rows["sku_id"]]
    return [_("unknown") if row == "unknown" else str(row) for row in shown.rows[shown.dimension]]


def _picture(shown: Portfolio, names: list[str], level: str, versus: str) -> None:
    """The quadrant; a click on a bubble narrows the scope to it and opens its detail."""
    if not shown.rows[[X, Y]].notna().all(axis=1).any():
        no_data(no_data_reason(Y))
        return
    key = f"quadrant-{level}"
    clicked = quadrant(
        shown.rows,
        shown.before,
        x=X,
        y=Y,
        size=SIZE,
        names=names,
        units=("share", "rate", "money"),
        axes=(pick(column(X).title), _("Velocity: quantity a handler a week")),
        corners=(
            Corner(_("Sells fast, reaches few: widen"), False, True),
            Corner(_("Reaches far, sells fast: keep"), True, True),
            Corner(_("Reaches few, sells slowly: rethink"), False, False),
            Corner(_("Reaches far, sells slowly: activate"), True, False),
        ),
        title=_finding(shown, names),
        key=key,
    )
    st.caption(" ".join(_legend(shown, versus)))
    if clicked:
        let_go(key)
        narrow_to(**{CONDITION[shown.dimension]: str(shown.rows[shown.dimension].iloc[clicked[0]])})
        set_view("view", "detail")
        st.rerun()


def _legend(shown: Portfolio, versus: str) -> list[str]:
    """What bubbles, arrows and lines mean, of what is drawn."""
    drawn = int(shown.rows[[X, Y]].notna().all(axis=1).sum())
    words = [
        _("Bubble: amount. Arrow: from the period before.")
        if versus == "previous"
        else _("Bubble: amount. Arrow: from the same days last year.")
    ]
    if drawn > MOST_ARROWS:
        words.append(_("Arrows: of the {count} largest only.").format(count=MOST_ARROWS))
    if drawn >= FEWEST_FOR_MEDIANS:
        words.append(_("Dashed: medians."))
    return [*words, _("Click a bubble for its detail.")]


def _finding(shown: Portfolio, names: list[str]) -> str:
    """What sells fast and reaches few; of a single product, how it moved."""
    placed = shown.rows[shown.rows[[X, Y]].notna().all(axis=1)]
    if len(placed) == 1:
        return _one_finding(placed.iloc[0], shown.before.loc[placed.index[0]], names[placed.index[0]])
    fast = placed[(placed[Y] > placed[Y].median()) & (placed[X] < placed[X].median())]
    if fast.empty or len(placed) < 3:
        return _("Which {rows} reach far, and which sell fast?").format(rows=_rows_called(shown.dimension))
    first = [own_words(names[place]) for place in fast.index[:2]]
    return _("{count} of {all} {rows} sell fast but reach few, first of all {names}").format(
        count=len(fast), all=len(placed), rows=_rows_called(shown.dimension), names=_(" and ").join(first)
    )


def _rows_called(dimension: str) -> str:
    """What the rows are, within a sentence."""
    return {
        "sku_id": _("products"),
        "brand": _("brands"),
        "maker": _("makers"),
        "price_class": _("price classes"),
    }[dimension]


def _one_finding(now: "pd.Series[float]", before: "pd.Series[float]", name: str) -> str:
    reach, velocity = written(now[X], "share", language()), written(now[Y], "rate", language())
    if is_missing(before[X]) or is_missing(before[Y]):
        return _("{name} reaches {reach} and sells {velocity} a handler a week").format(
            name=name, reach=reach, velocity=velocity
        )
    return _("{name}: distribution {reach_before} → {reach}, velocity {velocity_before} → {velocity}").format(
        name=name,
        reach_before=written(before[X], "share", language()),
        reach=reach,
        velocity_before=written(before[Y], "rate", language()),
        velocity=velocity,
    )


def _table(shown: Portfolio, names: list[str], level: str, key: str) -> None:
    section(_("Where does each stand, and how did it move? Click a number for the customers behind it."))
    words = {"small": _("stronger in small shops"), "big": _("stronger in big shops"), "even": _("even")}
    rows = shown.rows.assign(
        **{shown.dimension: names}, reach=shown.rows["reach"].map(words), targeted_products=_targeted(shown)
    )
    titles = {
        shown.dimension: dimension_title(shown.dimension),
        "distribution_target": _("Monthly distribution target"),
        "distribution_attainment": _("Target attainment, by month"),
    }
    if level == "price_class":
        titles["class_share"] = _("Share of the whole")
    moved = {f"{name}{CHANGE}": _("{title}, change").format(title=title) for name, title in titles.items()}
    of_products = shown.dimension == "sku_id"
    table(
        rows,
        (shown.dimension, *(name for name in COLUMNS if not (of_products and name == "targeted_products"))),
        scope=shown.scope,
        key=key,
        titles=titles | moved,
        rows_shown=8,
        selects_cells=True,
    )
    if rows["distribution_target"].notna().any():
        st.caption(
            _(
                "Distribution is that of the whole period; targets are monthly and their attainment is counted month "
                "by month, so that the two do not divide into each other."
            )
        )
        if not of_products:
            st.caption(_("Targets are set product by product: a row's are those of its products that have one."))
    for name in REASONS:
        if rows[name].isna().all():
            st.caption(f"{pick(column(name).title)}: {no_data_reason(name)}")


def _targeted(shown: Portfolio) -> "pd.Series[str]":
    """How many of a row's products have a target, in words; nothing where none has."""
    words = [
        _("{targeted} of {products} products").format(targeted=int(targeted), products=int(products))
        if targeted > 0
        else None
        for targeted, products in zip(shown.rows["targeted"], shown.rows["products"], strict=True)
    ]
    return pd.Series(words, index=shown.rows.index, dtype=object)
