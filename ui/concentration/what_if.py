"""What if: what losing key customers or a manager's business costs, and how near the limits the largest stand."""

import pandas as pd
import streamlit as st

from metrics import Ranking, Scope
from metrics.columns import column
from metrics.concentration.what_if import Loss, exposures, loss
from ui import chart
from ui.installation import settings
from ui.names import manager_names
from ui.numbers import NO_DATA, written, written_apart
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.views import one_of
from ui.words import _, language, pick

MOST_OFFERED = 300
TILE_HEIGHT = 104


def what_if_view(scope: Scope) -> None:
    """Pick who leaves; the cost and the attainment then; the ten largest customers and managers against the limits."""
    largest = exposures(scope, read=read)
    if largest["customer_id"].empty:
        no_data(no_data_reason("ranking"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = one_of("part", {"customer": _("Customers leave"), "manager": _("A manager leaves")}, label=_("Who"))
        lost = _picked_customers(scope) if part == "customer" else _picked_manager(scope, largest["manager_id"])
    _cost(loss(scope, read=read, **{part: lost}))
    left, right = st.columns(2)
    with left:
        _exposures(largest["customer_id"], settings().largest_customer_share, _("customer"), "customer-exposures")
        _drawn_of_all(largest["customer_id"], read("ranking", scope))
    with right:
        _exposures(largest["manager_id"], settings().largest_manager_share, _("manager"), "manager-exposures")
        _drawn_of_all(largest["manager_id"], read("ranking", scope, (), Ranking("manager_id")))
    st.caption(
        _(
            "A manager's business: the sales owned in the period, were all of them to follow. "
            "Limits are set in the configuration: {customer} for a customer, {manager} for a manager."
        ).format(
            customer=written(settings().largest_customer_share, "share", language()),
            manager=written(settings().largest_manager_share, "share", language()),
        )
    )


def _picked_customers(scope: Scope) -> tuple[str, ...]:
    offered = read("ranking", scope).head(MOST_OFFERED)
    names = dict(zip(offered["ranked_id"], offered["ranked_name"], strict=True))
    picked = st.multiselect(
        _("Customers that leave"),
        list(names),
        default=list(names)[:1],
        format_func=lambda code: f"{names[code]} · {code}" if names[code] != code else code,
        label_visibility="collapsed",
        placeholder=_("Pick customers, the largest first"),
        key="leaving_customers",
    )
    return tuple(picked)


def _picked_manager(scope: Scope, largest: pd.DataFrame) -> tuple[str, ...]:
    offered = read("ranking", scope, (), Ranking("manager_id"))
    names = manager_names(scope)
    if largest.empty:
        return ()
    picked = st.selectbox(
        _("Manager who leaves"),
        list(offered["ranked_id"]),
        format_func=lambda code: names.get(code, code),
        label_visibility="collapsed",
        key="leaving_manager",
    )
    return (picked,)


def _cost(cost: Loss) -> None:
    """The cost in tiles."""
    before, after = (written(value, "share", language()) for value in (cost.attainment, cost.attainment_after))
    gap = None if cost.actual_after is None or cost.target is None else max(cost.target - cost.actual_after, 0)
    section(_("What would it cost if they left?"))
    with st.container(horizontal=True):
        st.metric(_("It would cost"), written(cost.amount, "money", language()), border=True, height=TILE_HEIGHT)
        st.metric(_("Share of the amount"), written(cost.share, "share", language()), border=True, height=TILE_HEIGHT)
        st.metric(
            _("Attainment now → then"),
            f"{before} → {after}" if after != NO_DATA else NO_DATA,
            border=True,
            height=TILE_HEIGHT,
        )
        st.metric(_("Then short of the target by"), written(gap, "money", language()), border=True, height=TILE_HEIGHT)
    if cost.target is None:
        title = pick(column("target_attainment").title)
        st.caption(f"{title} {NO_DATA} {no_data_reason('target_attainment')}")


def _exposures(rows: pd.DataFrame, limit: float, kind: str, key: str) -> None:
    """The ten largest with their shares; those beyond the limit stand out."""
    if rows.empty:
        no_data(no_data_reason("ranking"))
        return
    beyond = int((rows["amount_share"] > limit).sum())
    share = written_apart(rows["amount_share"].iloc[0], limit)
    chart.bars(
        rows.assign(ranked_name=_told_apart(rows)),
        x="amount_share",
        y="ranked_name",
        unit="share",
        title=(
            _("The largest {kind} has {share}: within the limit").format(kind=kind, share=share)
            if not beyond
            else _("The largest {kind} has {share}; {count} beyond the limit").format(
                kind=kind, share=share, count=beyond
            )
        ),
        key=key,
        reference=limit,
        is_limit=True,
        height=360,
    )


def _drawn_of_all(drawn: pd.DataFrame, ranked: pd.DataFrame) -> None:
    """How many of how many are drawn, and their share, where not all are."""
    if len(drawn) < len(ranked):
        st.caption(
            _("Drawn: the largest {drawn} of {all}, which make {share}.").format(
                drawn=f"{len(drawn):,}",
                all=f"{len(ranked):,}",
                share=written(drawn["running_share"].iloc[-1], "share", language()),
            )
        )


def _told_apart(rows: pd.DataFrame) -> list[str]:
    """Names, with the code beside those that occur twice: a bar each."""
    twice = rows["ranked_name"].duplicated(keep=False)
    return [
        f"{name} ({code})" if same else str(name)
        for name, code, same in zip(rows["ranked_name"], rows["ranked_id"], twice, strict=True)
    ]
