"""Metric dictionary 口径: every figure with its definition, unit, source and SQL."""

import streamlit as st

import metrics
from metrics import Figure
from metrics.columns import column
from ui.address import through_the_front_door, write_address
from ui.scope_bar import language_switch
from ui.words import _, language, pick


def entry(figure: Figure) -> None:
    """One figure: its formula in both languages, the screen's first, its rules, and where it comes from."""
    formulas = figure.formula if language() == "en" else figure.formula[::-1]
    for formula in dict.fromkeys(formulas):
        st.markdown(formula)
    facts = {
        _("Rules"): pick(figure.rules),
        _("No data"): pick(figure.empty),
        _("Unit"): _unit_title(figure.unit),
        _("Source"): figure.source,
        _("Split by"): ", ".join(pick(column(name).title) for name in figure.by) or "—",
        _("Name on the command line"): f"`{figure.name}`",
    }
    for name, fact in facts.items():
        st.caption(f"**{name}** {fact}")
    st.code(figure.sql, language="sql")


def _unit_title(unit: str) -> str:
    return {
        "share": _("share of a whole"),
        "change": _("change"),
        "money": _("yuan"),
        "quantity": _("cartons"),
        "count": _("number"),
        "index": _("index"),
        "rate": _("rate"),
        "list": _("list"),
    }[unit]


through_the_front_door()
linked = st.query_params.get("figure", "")
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Metric dictionary"), width="content", anchor=False)
    start = linked if linked in metrics.figures() else ""
    sought = st.text_input(_("Search"), value=start, placeholder=_("Search"), label_visibility="collapsed")
    language_switch()
write_address()

if sought in metrics.figures():
    found = [metrics.figure(sought)]
else:
    found = [
        figure
        for figure in metrics.figures().values()
        if sought.casefold() in " ".join((figure.name, *figure.title, *figure.asks, *figure.formula)).casefold()
    ]
st.caption(_("{found} of {all} figures").format(found=len(found), all=len(metrics.figures())))
for figure in found:
    with st.expander(f"**{pick(figure.title)}** — {pick(figure.asks)}", expanded=len(found) == 1):
        entry(figure)
