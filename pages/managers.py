"""Managers 客户经理: who does well, fairly judged, and what each should do next."""

from collections.abc import Callable

from metrics import Scope
from ui.findings import managers_finding
from ui.managers.distinguished import distinguished_view
from ui.managers.fair import fair_view
from ui.managers.ladder import ladder_view
from ui.managers.month import month_view
from ui.managers.scorecard import scorecard_view
from ui.managers.sheet import sheet_view
from ui.page import title
from ui.reading import guarded
from ui.scope_bar import scope_bar
from ui.views import one_of
from ui.words import _

scope = scope_bar()
title(_("Managers"), finding=managers_finding(scope), about="target_attainment")
views: dict[str, tuple[str, Callable[[Scope], None]]] = {
    "scorecard": (_("Scorecard"), scorecard_view),
    "fair": (_("Fair comparison"), fair_view),
    "manager": (_("One manager"), sheet_view),
    "month": (_("135 month"), month_view),
    "ladder": (_("Apprentice ladder"), ladder_view),
    "distinguished": (_("Distinguished"), distinguished_view),
}
view = one_of("view", {code: words for code, (words, _draw) in views.items()}, label=_("View"))
with guarded():
    views[view][1](scope)
