"""20/80 concentration: how much hangs on the vital few, who they are, and whether they are looked after."""

from collections.abc import Callable

from metrics import Scope
from ui.concentration.balance import balance_view
from ui.concentration.handover import handover_view
from ui.concentration.movement import movement_view
from ui.concentration.multiples import multiples_view
from ui.concentration.relationship import relationship_view
from ui.concentration.shape import shape_view
from ui.concentration.vital import vital_view
from ui.concentration.what_if import what_if_view
from ui.findings import concentration_finding
from ui.page import no_data, title
from ui.reading import guarded, last_day_with_data, no_data_reason
from ui.scope_bar import scope_bar
from ui.views import one_of
from ui.words import _

scope = scope_bar()
title(_("20/80 concentration"), finding=concentration_finding(scope), about="top20_share")
views: dict[str, tuple[str, Callable[[Scope], None]]] = {
    "shape": (_("The shape"), shape_view),
    "multiples": (_("Side by side"), multiples_view),
    "vital": (_("The vital few"), vital_view),
    "movement": (_("Movement"), movement_view),
    "relationship": (_("Relationships"), relationship_view),
    "what_if": (_("What if"), what_if_view),
    "handover": (_("Handover"), handover_view),
    "balance": (_("Balance"), balance_view),
}
view = one_of("view", {code: words for code, (words, _draw) in views.items()}, label=_("View"))
with guarded():
    last_day = last_day_with_data()
    if last_day is not None and scope.from_date > last_day:
        # Twelve months up to such a day still hold sales, but what they tell is not of the period asked for.
        no_data(no_data_reason("amount"))
    else:
        views[view][1](scope)
