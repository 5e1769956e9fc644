"""What moved the products in scope: who came and went, and whether distribution, velocity or price made the change."""

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.change import amount_change, handler_bridge
from ui import chart
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.table import table
from ui.words import _

COLUMNS = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "qty", "amount")


def change_view(scope: Scope) -> None:
    """Two bridges side by side, and the customers behind the first."""
    bridge = handler_bridge(scope, read=read)
    change = amount_change(scope, read=read)
    if not bridge.before and not bridge.now:
        no_data(no_data_reason("handler_list"))
        return
    left, right = st.columns(2)
    with left:
        chart.waterfall(
            _steps(
                (_("Before"), bridge.before, True),
                (_("Gained"), len(bridge.gained), False),
                (_("Lost"), -len(bridge.lost), False),
                (_("Now"), bridge.now, True),
            ),
            unit="count",
            title=_("{gained} handlers gained, {lost} lost").format(gained=len(bridge.gained), lost=len(bridge.lost)),
            key="handler-bridge",
        )
    with right:
        chart.waterfall(
            _steps(
                (_("Before"), change.before, True),
                (_("Distribution"), change.distribution, False),
                (_("Velocity"), change.velocity, False),
                (_("Price"), change.price, False),
                (_("Now"), change.now, True),
            ),
            unit="money",
            title=_("What made the amount change?"),
            key="amount-bridge",
        )
    st.caption(
        _("Before: the period of the same length just before. Velocity: what a handler takes; price: yuan a carton.")
    )
    lists = {"lost": (_("Lost"), bridge.lost), "gained": (_("Gained"), bridge.gained), "kept": (_("Kept"), bridge.kept)}
    titles = {name: f"{words} ({len(rows):,})" for name, (words, rows) in lists.items()}
    shown = st.segmented_control(
        _("Customers"), list(lists), default="lost", required=True, format_func=titles.__getitem__, key="moved"
    )
    if lists[shown][1].empty:
        st.caption(_("None."))
    else:
        table(lists[shown][1], COLUMNS, scope=scope, key=f"moved-{shown}")


def _steps(*steps: tuple[str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(steps, columns=["step", "value", "is_total"])
