"""Doors to knock on: who may carry a product and doesn't, what they would take, and next week's visits to them."""

from datetime import date

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.brand import doors as ranking
from metrics.brand.doors import Doors
from metrics.brand.likelihood import FEWEST, Likelihood
from metrics.brand.visit_plan import next_monday, visit_plan
from metrics.scope import UNKNOWN
from ui import chart
from ui.activity import DOORS_SPEAK_FOR, on_export
from ui.brand.reasons import reason_words
from ui.customers import customer_table
from ui.names import names_of
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import names_way, no_data_reason, read, read_ahead, version
from ui.reliability import reliability
from ui.table import downloads
from ui.views import narrow_to, one_of, was_picked
from ui.visit_plan import plan_titles
from ui.words import _, language, plain
from warehouse.versions import Version

COLUMNS = (
    "customer_name",
    "expected_qty",
    "probability",
    "manager_name",
    "last_manager_visit",
    "reason",
    "tier",
    "channel",
    "area",
    "amount",
    "last_bought",
    "customer_id",
)
BY_SIZE = tuple(name for name in COLUMNS if name not in ("expected_qty", "probability", "reason"))
STOCK_COLUMNS = (
    "customer_name",
    "last_counted",
    "last_bought",
    "manager_name",
    "last_manager_visit",
    "tier",
    "channel",
    "area",
    "customer_id",
)
PLAN_COLUMNS = ("plan_date", "customer_id", "customer_name", "manager_id", "manager_name", "sku_name", "reason")
PLAN_WITHIN = 50
MOST_MANAGERS = 4
CHART_HEIGHT = 170
A_MANAGER = 10
COUNT_KEY = "doors_a_manager"


def doors_view(scope: Scope) -> None:
    """The doors of one product: the answer, how far to believe it, the doors themselves, and the visit list."""
    products = read("product_list", scope.narrow(sku=()))
    products = products[products["sku_id"] != UNKNOWN]
    if products.empty:
        no_data(no_data_reason("product_list"))
        return
    names = names_of("sku", products)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sku = _product(scope, names)
        lists = {"doors": _("Doors"), "lost": _("Lost handlers"), "out_of_stock": _("Out of stock")}
        shown = one_of("list", lists, label=_("List"))
    if shown == "out_of_stock":
        _out_of_stock(scope.narrow(sku=sku))
        return
    read_ahead(ranking.requests(scope, sku))
    if read("products_bought", ranking.whole_business(scope)).empty:
        no_data(_("Nobody bought anything in this period: there is nothing to learn from."))
        return
    found = _found(version(), scope, sku, language(), names_way())
    if found.rows.empty:
        no_data(no_data_reason("eligible_list" if not found.eligible else "distribution_gaps"))
    elif shown == "lost":
        _lost(found, scope, sku)
    else:
        _doors(found, scope.narrow(sku=sku), names[sku])


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs={Scope: repr, Version: repr})
def _found(version: Version, scope: Scope, sku: str, spoken: str, names: str) -> Doors:
    """The doors with their reasons in words; version, language and how people are called are in the key alone."""
    found = ranking.doors(scope, sku, read=read)
    products = names_of("sku", read("product_list", ranking.whole_business(scope)))
    if found.reasons is None:
        words = [_("ranked by size")] * len(found.rows)
    else:
        words = [reason_words(found.reasons.of(row), products) for row in range(len(found.rows))]
    return found.with_words(words)


def _product(scope: Scope, names: dict[str, str]) -> str:
    """The product whose doors are shown: the scope's, else the first, focus products being first."""
    options = list(names)
    sku = next((one for one in scope.sku if one in names), options[0])
    st.session_state["doors_product"] = sku
    st.selectbox(
        _("Product"),
        options,
        key="doors_product",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=220,
        on_change=_narrow,
        args=(sku,),
    )
    return sku


def _narrow(shown: str) -> None:
    if was_picked("doors_product", shown):
        narrow_to(sku=st.session_state["doors_product"])


def _doors(found: Doors, scope: Scope, name: str) -> None:
    count = int(st.session_state.get(COUNT_KEY, A_MANAGER))
    best = visit_plan(found.rows, count, None)
    rows = found.rows
    if found.likelihood is None:
        st.info(_too_few(found), icon=":material/info:")
        section(_("The largest {all} that may carry {product} and don't").format(all=len(rows), product=plain(name)))
    else:
        if found.likelihood.is_worse_than_size:
            st.info(_no_better_than_size(found.likelihood), icon=":material/info:")
        section(
            _("The first {count} doors of each manager, {all} in all, would take about {qty} cartons a month.").format(
                count=count, all=len(best), qty=written(best["expected_qty"].sum(), "quantity", language())
            )
        )
        left, right = st.columns([3, 2])
        with left:
            clicked = _managers(best)
        with right:
            _belief(found)
        if clicked is not None:
            rows = rows[rows["manager_id"] == clicked]
    columns = BY_SIZE if found.is_ranked_by_size else COLUMNS
    customer_table(rows, columns, scope=scope, key="doors", rows_shown=6)
    _plan(rows.assign(sku_name=name), scope, name)
    st.caption(_notes(found))


def _managers(best: pd.DataFrame) -> str | None:
    """Who has most to gain; gives the manager clicked."""
    summed = best.groupby(["manager_id", "manager_name"], dropna=False, as_index=False)[["expected_qty"]].sum()
    managers = len(summed)
    summed = summed.sort_values("expected_qty", ascending=False, ignore_index=True).head(MOST_MANAGERS)
    summed["manager_name"] = summed["manager_name"].fillna(summed["manager_id"])
    repeated = summed["manager_name"].duplicated(keep=False)
    summed.loc[repeated, "manager_name"] += " (" + summed["manager_id"] + ")"
    clicked = chart.bars(
        summed,
        x="expected_qty",
        y="manager_name",
        unit="rate",
        title=_managers_title(len(summed), managers),
        key="doors-managers",
        height=CHART_HEIGHT,
    )
    return str(summed["manager_id"].iloc[clicked[0]]) if clicked and clicked[0] < len(summed) else None


def _managers_title(shown: int, managers: int) -> str:
    """What the bars are of, in which unit, and how many more managers there are."""
    if shown == managers:
        return _("Who has most to gain, in cartons a month? A click shows that manager's doors.")
    return _("Who has most to gain, in cartons a month? The first {shown} of {all} managers; click for doors.").format(
        shown=shown, all=managers
    )


def _belief(found: Doors) -> None:
    """How far the ranking may be believed, on customers it had not seen."""
    if found.likelihood is None:
        return
    model, size = (float(values.mean()) for values in (found.likelihood.auc, found.likelihood.size_auc))
    reliability(
        found.likelihood.calibration,
        x="expected_share",
        y="actual_share",
        title=_("In {model} of pairs the model ranks the handler higher; size alone does in {size}").format(
            model=written(model, "share", language()), size=written(size, "share", language())
        ),
        key="doors-reliability",
        labels=(_("Expected to carry it"), _("Carry it")),
        height=CHART_HEIGHT,
    )


def _notes(found: Doors) -> str:
    """How to read the picture, and who is left out."""
    beyond = _("{count} closed customers are left out.").format(count=found.beyond) if found.beyond else ""
    if found.is_ranked_by_size:
        return beyond
    method = _(
        "Expected a month: how likely it is to carry it × what today's handlers of its tiers and channel take. The "
        "likelihood is a logistic regression on tier, channel, area, size, and products bought. Picture: tenths of "
        "{eligible} customers, each judged by the other four fifths. Pairs: a customer that carries it and one that "
        "doesn't; how often the first stands higher is the AUC."
    ).format(eligible=f"{found.eligible:,}")
    return f"{method} {beyond}"


def _no_better_than_size(likelihood: Likelihood) -> str:
    """That the order of the doors is to be taken with care."""
    return _(
        "Take the order with care: the model is no better than size here. In {model} of pairs it ranks the customer "
        "that carries it higher, size alone does in {size}."
    ).format(
        model=written(likelihood.auc.mean(), "share", language()),
        size=written(likelihood.size_auc.mean(), "share", language()),
    )


def _too_few(found: Doors) -> str:
    """Why the doors stand by size."""
    return _(
        "Ranked by size: with {handlers} customers that carry it and {others} that don't there is too little to learn "
        "from; it takes {fewest} of each."
    ).format(handlers=found.handlers, others=found.others, fewest=FEWEST)


def _plan(rows: pd.DataFrame, scope: Scope, product: str) -> None:
    """The visit list, to be filled in or loaded back as a visit plan."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Visit list: the first"), width="content")
        count = st.number_input(
            _("Doors a manager"), 1, PLAN_WITHIN, A_MANAGER, width=120, key=COUNT_KEY, label_visibility="collapsed"
        )
        st.markdown(_("of each manager"), width="content")
        spread = st.toggle(_("Days of next week"), value=True, key="doors_days")
        plan = visit_plan(rows, int(count), next_monday(date.today()) if spread else None)
        st.caption(_("{count} visits").format(count=len(plan)), width="content")
        downloads(
            plan[list(PLAN_COLUMNS)],
            plan_titles(PLAN_COLUMNS),
            scope=scope,
            key="visit_plan",
            about=product,
            is_extract=True,
            on_export=on_export(plan["manager_id"], DOORS_SPEAK_FOR, scope),
        )


def _lost(found: Doors, scope: Scope, sku: str) -> None:
    lost = ranking.lost_handlers(found, scope, sku, read=read)
    if lost.empty:
        no_data(_("No open customer that carried it in the period before has stopped."))
        return
    section(_("{count} customers carried it in the period before and don't now").format(count=len(lost)))
    columns = (
        "customer_name",
        "previous_qty",
        "previous_amount",
        *(BY_SIZE if found.is_ranked_by_size else COLUMNS)[1:],
    )
    customer_table(lost, columns, scope=scope.narrow(sku=sku), key="lost", rows_shown=12)


def _out_of_stock(scope: Scope) -> None:
    rows = read("out_of_stock_list", scope)
    if rows.empty:
        no_data(no_data_reason("out_of_stock_list"))
        return
    bought = int(rows["last_bought"].notna().sum())
    section(
        _("None counted at {count} customers: {bought} had none left, {never} never bought it").format(
            count=len(rows), bought=bought, never=len(rows) - bought
        )
    )
    customer_table(rows, STOCK_COLUMNS, scope=scope, key="out-of-stock", rows_shown=12)
