"""Metric dictionary 口径: every figure with its definition, unit, source and SQL."""

import streamlit as st

import metrics
from metrics.columns import column
from ui.address import through_the_front_door, write_address
from ui.scope_bar import language_switch
from ui.words import _, language, pick

through_the_front_door()
linked = st.query_params.get("figure", "")
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Metric dictionary"), width="content", anchor=False)
    sought = st.text_input(
        _("Search"),
        value=linked if linked in metrics.figures() else "",
        placeholder=_("Search"),
        label_visibility="collapsed",
    )
    language_switch()
write_address()

found = [
    figure
    for figure in metrics.figures().values()
    if sought == figure.name
    or (
        sought not in metrics.figures()
        and sought.casefold() in " ".join((figure.name, *figure.title, *figure.asks, *figure.formula)).casefold()
    )
]
st.caption(_("{found} of {all} figures").format(found=len(found), all=len(metrics.figures())))
for figure in found:
    with st.expander(f"**{pick(figure.title)}** — {pick(figure.asks)}", expanded=len(found) == 1):
        for pair in dict.fromkeys(
            (figure.formula, figure.formula[::-1]) if language() == "en" else (figure.formula[::-1],)
        ):
            st.markdown(pair[0])
        st.markdown(f"{_('Rules')}: {pick(figure.rules)}")
        st.markdown(f"{_('No data')}: {pick(figure.empty)}")
        st.caption(
            f"`{figure.name}` · {_('Unit')}: {figure.unit} · {_('Source')}: {figure.source} · "
            f"{_('Split by')}: {', '.join(pick(column(name).title) for name in figure.by) or '—'}"
        )
        st.code(figure.sql, language="sql")
