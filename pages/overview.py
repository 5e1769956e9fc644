"""Overview 总览: how the business stands, and what needs attention."""

from collections.abc import Callable

import streamlit as st

from metrics import Scope
from ui.attention import attention
from ui.changed.view import changed_view
from ui.findings import overview_finding
from ui.page import title
from ui.reading import guarded
from ui.scope_bar import scope_bar
from ui.tile import reasons, tiles
from ui.views import chosen, one_of
from ui.words import _

FIGURES = (
    "amount",
    "target_attainment",
    "growth",
    "qty",
    "active_customers",
    "focus_distribution",
    "top20_share",
    "key_call_coverage",
    "strike_rate",
)


def standing_view(scope: Scope) -> None:
    """The figures as they stand, and what needs attention."""
    figures, sentences = st.columns([63, 37], gap="medium")
    with figures, guarded():
        tiles(FIGURES, scope, columns=3, key="headline")
        reasons((*FIGURES, "like_for_like_growth"), scope)
    with sentences, guarded():
        attention(scope)


scope = scope_bar()
views: dict[str, tuple[str, Callable[[Scope], None]]] = {
    "standing": (_("Where we stand"), standing_view),
    "changed": (_("What changed, and why"), changed_view),
}
pin = "headline" if chosen("view", views) == "standing" else ""
title(_("Overview"), finding=overview_finding(scope), about="amount", pin=pin)
view = one_of("view", {code: words for code, (words, _draw) in views.items()}, label=_("View"))
with guarded():
    views[view][1](scope)
