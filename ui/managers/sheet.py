"""One manager's own sheet, in parts: how it goes, targets, what changed, strengths, visits, and the next week."""

from collections.abc import Callable

import streamlit as st

from metrics import Scope
from ui.activity import sheet_opened
from ui.managers.going import going_part
from ui.managers.landing import landing_part
from ui.managers.moved import moved_part
from ui.managers.next_week import next_week_part
from ui.managers.picker import WHO, picked_manager
from ui.managers.standing import standing_part
from ui.managers.visits import visits_part
from ui.names import manager_names
from ui.reading import guarded, read
from ui.views import is_chosen, one_of
from ui.words import _, plain


def sheet_view(scope: Scope) -> None:
    """Pick a manager and a part, and draw it over the scope's period."""
    parts: dict[str, tuple[str, Callable[[Scope, str, str], None]]] = {
        "going": (_("How it goes"), going_part),
        "targets": (_("Targets"), landing_part),
        "moved": (_("What changed"), moved_part),
        "standing": (_("Strengths and weaknesses"), standing_part),
        "visits": (_("Visits"), visits_part),
        "week": (_("Next week"), next_week_part),
    }
    above = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        manager_id = picked_manager(scope, above)
        if manager_id is None:
            return
        part = one_of("part", {code: words for code, (words, _draw) in parts.items()}, label=_("Part"))
    if is_chosen(WHO, manager_id):
        sheet_opened(manager_id, scope)
    own = scope.narrow(manager=manager_id)
    name = manager_names(own).get(manager_id, manager_id)
    _tell_who_has_no_customers(own, name)
    with guarded():
        parts[part][1](own, manager_id, name)


def _tell_who_has_no_customers(own: Scope, name: str) -> None:
    """Say since when the manager is gone, or that there are no customers: what lacks then needs no other reason."""
    listed = read("manager_list", own)
    left = listed["left_on"].dropna()
    if len(left) and left.iloc[0].date() < own.to_date:
        st.caption(_("Left on {day}; the customers have been handed over.").format(day=left.iloc[0].date().isoformat()))
    elif listed["customers"].eq(0).any():
        st.info(
            _("{name} looks after no customers at the end of this period, so that most figures have no data.").format(
                name=plain(name)
            ),
            icon=":material/info:",
        )
