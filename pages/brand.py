"""Brand cultivation 品牌培育: where a brand stands, why, and which doors to knock on next."""

from collections.abc import Callable

from metrics import Scope
from ui.brand.detail import detail_view
from ui.brand.doors import doors_view
from ui.brand.launch import launch_view
from ui.brand.portfolio import portfolio_view
from ui.brand.treatment import treatment_view
from ui.findings import brand_finding
from ui.page import title
from ui.reading import guarded
from ui.scope_bar import scope_bar
from ui.views import one_of
from ui.words import _

scope = scope_bar()
title(_("Brand cultivation"), finding=brand_finding(scope), about="numeric_distribution")
views: dict[str, tuple[str, Callable[[Scope], None]]] = {
    "portfolio": (_("Portfolio"), portfolio_view),
    "detail": (_("One product"), detail_view),
    "launch": (_("Launch"), launch_view),
    "doors": (_("Doors to knock on"), doors_view),
    "treatment": (_("Equal treatment"), treatment_view),
}
view = one_of("view", {code: words for code, (words, _draw) in views.items()}, label=_("View"))
with guarded():
    views[view][1](scope)
