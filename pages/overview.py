"""Overview 总览: how the business stands, and what needs attention."""

import streamlit as st

from ui.attention import attention
from ui.findings import overview_finding
from ui.page import title
from ui.reading import guarded
from ui.scope_bar import scope_bar
from ui.tile import reasons, tiles
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

scope = scope_bar()
title(_("Overview"), finding=overview_finding(scope), about="amount", pin="headline")
figures, sentences = st.columns([63, 37], gap="medium")
with figures, guarded():
    tiles(FIGURES, scope, columns=3, key="headline")
    reasons((*FIGURES, "like_for_like_growth"), scope)
with sentences, guarded():
    attention(scope)
