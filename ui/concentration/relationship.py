"""Relationships: how close the customers stand, who moved, and why each stands where it does."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.concentration.relationship import (
    NONE,
    PARTS,
    TYPES,
    VERSUS,
    flows,
    month_before,
    month_of,
    moved,
    request,
)
from ui.chart import draw, safe
from ui.concentration.relationship_words import COLOURS, in_words, of_month, type_titles
from ui.customers import customer_table
from ui.flow import flow
from ui.installation import settings
from ui.names import dimension_title, manager_names, named
from ui.numbers import written, written_period
from ui.page import no_data, section
from ui.reading import first_day_with_sales, no_data_reason, read_ahead
from ui.views import one_of
from ui.words import _, language, pick

SPLITS = ("manager_id", "area")
MOST_GROUPS = 12
HEIGHT = 330
COLUMNS = (
    "customer_name",
    "relationship_before",
    "relationship",
    "relationship_score",
    "score_change",
    "held_back_by",
    "regularity",
    "breadth",
    "own_growth",
    "focus_uptake",
    "shelf_compliance",
    "manager_name",
    "area",
    "tier",
    "order_weeks",
    "products",
    "may_carry",
    "amount",
    "usual_amount",
    "focus_products",
    "may_carry_focus",
    "on_shelf",
    "checks",
    "customer_id",
)


def relationship_view(scope: Scope) -> None:
    """The flow between the types, who has partners, and the lists of who climbed and who fell."""
    with st.container(horizontal=True, vertical_alignment="center"):
        titles = {"previous": _("The month before"), "last_year": _("A year before")}
        versus = one_of("versus", {name: titles[name] for name in VERSUS}, label=_("Against"))
        split = one_of("split", {name: dimension_title(name) for name in SPLITS}, label=_("By"))
        _rules()
    month, before = month_of(scope), month_before(scope, versus)
    read_ahead([request(month), request(before)])
    now = of_month(month)
    if now.empty or now["relationship"].isna().all():
        no_data(no_data_reason("relationship_parts" if now.empty else "amount"))
        return
    first_day = first_day_with_sales()
    is_told = first_day is not None and first_day <= before.to_date
    moves = moved(now, of_month(before) if is_told else now)
    left, right = st.columns(2)
    with left:
        if is_told:
            _flow(moves)
        else:
            no_data(_("No sales of the month before are loaded: who moved cannot be told."))
    with right:
        _shares(now, split, scope)
    _lists(moves, scope)
    if scope.names_products:
        st.caption(_("Relationships are of all products: brands and products in the scope are not looked at."))
    st.caption(
        _(
            "{month} against {before}; the licensed base of the month's last day. Rules says how the score is made."
        ).format(
            month=written_period(month.from_date, month.to_date, language()),
            before=written_period(before.from_date, before.to_date, language()),
        )
    )


def _flow(moves: pd.DataFrame) -> None:
    climbed, fell = int((moves["steps"] > 0).sum()), int((moves["steps"] < 0).sum())
    renamed = {"relationship_before": "before", "relationship": "now", "customers": "members"}
    flow(
        flows(moves).rename(columns=renamed),
        (*TYPES, NONE),
        type_titles(),
        COLOURS,
        title=_("Customers who climbed: {climbed}; who fell: {fell}").format(climbed=f"{climbed:,}", fell=f"{fell:,}"),
        key="relationship-flow",
        height=HEIGHT,
    )


def _shares(now: pd.DataFrame, split: str, scope: Scope) -> None:
    """Of each group's customers the share of each type, most partners first."""
    known = now[now["relationship"].notna()]
    counts = (
        known.groupby([split, "relationship"]).size().unstack(fill_value=0).reindex(columns=list(TYPES), fill_value=0)
    )
    shares = counts.div(counts.sum(axis=1), axis=0)
    order = shares.assign(close=shares["partner"] + shares["cooperative"])
    order = order.sort_values(["close", "partner"], ascending=False, kind="stable")
    drawn = order.head(MOST_GROUPS).reset_index()
    drawn = named(drawn, split, manager_names(scope) if split == "manager_id" else {})
    names, titles = [safe(name) for name in drawn[split]], type_titles()
    figure = go.Figure()
    for name in TYPES:
        texts = [written(value, "share", language()) for value in drawn[name]]
        figure.add_bar(
            x=drawn[name],
            y=names,
            orientation="h",
            name=titles[name],
            marker_color=COLOURS[name],
            hovertext=[f"{group}<br>{titles[name]} {text}" for group, text in zip(names, texts, strict=True)],
            hoverinfo="text",
        )
    figure.update_layout(barmode="stack", legend={"orientation": "h", "y": 1.14, "traceorder": "normal"})
    figure.update_xaxes(tickformat=".0%", range=[0, 1])
    figure.update_yaxes(type="category", autorange="reversed")
    best = drawn.iloc[0]
    title = _("{group} has the largest share of partners and cooperative customers: {share}").format(
        group=names[0], share=written(best["close"], "share", language())
    )
    draw(figure, title, "relationship-shares", HEIGHT)


def _lists(moves: pd.DataFrame, scope: Scope) -> None:
    lists = {
        "fell": moves[moves["steps"] < 0],
        "climbed": moves[moves["steps"] > 0],
        "all": moves[moves["relationship"] != NONE].sort_values("relationship_score", ascending=False, kind="stable"),
    }
    titles = {"fell": _("Fell"), "climbed": _("Climbed"), "all": _("All")}
    section(_("Why does each stand where it does?"))
    shown = one_of("list", {name: f"{titles[name]} ({len(rows):,})" for name, rows in lists.items()}, label=_("List"))
    if lists[shown].empty:
        st.caption(_("None."))
    else:
        customer_table(in_words(lists[shown]), COLUMNS, scope=scope, key=f"relationship-{shown}", rows_shown=8)


def _rules() -> None:
    """How the score is made, as the installation has it."""
    titles, rules, least = type_titles(), settings().relationship, settings().relationship_least
    with st.popover(_("Rules"), icon=":material/rule:", type="tertiary"):
        st.markdown(_("Each part earns 0 points at its floor, 100 at its goal, and in between in a straight line."))
        for name in PARTS:
            rule, part = rules[name], column(name)
            if rule.weight:
                floor, goal = (written(value, part.unit, language()) for value in (rule.floor, rule.goal))
                st.markdown(
                    _("- **{part}**: weight {weight:g}, from {floor} to {goal}").format(
                        part=pick(part.title), weight=rule.weight, floor=floor, goal=goal
                    )
                )
        limits = ", ".join(f"{titles[name]} ≥ {least[name]:g}" for name in TYPES[:-1])
        st.markdown(
            _("Score: Σ weight × points ÷ Σ weight; what has no data is left out. {limits}; below: {last}.").format(
                limits=limits, last=titles[TYPES[-1]]
            )
        )
