"""What moved a brand or product: who came and went, and whether distribution, velocity or price made the change."""

from decimal import Decimal
from zlib import crc32

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics import Scope
from metrics.brand.change import Change, HandlerBridge, period_before
from metrics.brand.detail import Moved, moved, moved_requests, on_sale_since
from ui import address
from ui.customers import customer_table
from ui.numbers import written, written_period, written_steps
from ui.page import no_data
from ui.reading import no_data_reason, read, read_ahead
from ui.views import one_of, set_view
from ui.waterfall import Step, waterfall
from ui.words import _, language

COLUMNS = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "qty", "amount")


def moved_part(scope: Scope, name: str, row: DeltaGenerator) -> None:
    """Two bridges side by side, and the customers behind each step of the first."""
    with row:
        against = one_of("versus", {"previous": _("Previous period"), "last_year": _("Last year")}, label=_("Against"))
        of = one_of("measure", {"qty": _("Quantity"), "amount": _("Amount")}, label=_("Change of"))
    before = period_before(scope, against)
    read_ahead(moved_requests(scope, against))
    found = moved(scope, of, against=against, read=read)
    if not found.bridge.before and not found.bridge.now and not found.change.before and not found.change.now:
        no_data(no_data_reason("handler_list"))
        return
    launched_on = on_sale_since(scope, read=read)
    if launched_on and launched_on > before.to_date and not _was_sold(found):
        no_data(_("On sale since {day} only: there is no period before to compare with.").format(day=launched_on))
        _customers(found.bridge, "now", scope)
        return
    left, right = st.columns(2)
    with left:
        shown = _handlers(found.bridge, name, key=f"handlers-{crc32(repr((scope, against)).encode())}")
    with right:
        _factors(found.change, of, key=f"factors-{crc32(repr((scope, against, of)).encode())}")
    words = [_("Before: {period}. Distribution: how many carry it. Velocity: how much each takes.")]
    if of == "amount":
        words.append(_("Price: yuan a carton."))
    st.caption(" ".join(words).format(period=written_period(before.from_date, before.to_date, language())))
    _customers(found.bridge, shown, before if shown in ("before", "lost") else scope)


def _was_sold(found: Moved) -> bool:
    return bool(found.bridge.before or found.change.before)


def _handlers(bridge: HandlerBridge, name: str, *, key: str) -> str:
    """Before, lost, kept, gained, now; gives which of them is to be listed."""
    counts = {
        "before": bridge.before,
        "lost": -len(bridge.lost),
        "kept": len(bridge.kept),
        "gained": len(bridge.gained),
        "now": bridge.now,
    }
    clicked = waterfall(
        [
            Step(
                _step_title(code),
                count,
                f"{count:+,}" if code in ("lost", "gained") else f"{count:,}",
                is_total=code in ("before", "kept", "now"),
            )
            for code, count in counts.items()
        ],
        title=_("{name}: {gained} handlers gained, {lost} lost").format(
            name=name,
            gained=written(len(bridge.gained), "count", language()),
            lost=written(len(bridge.lost), "count", language()),
        ),
        key=key,
    )
    # A click counts once: what is chosen beside it afterwards holds.
    if clicked != st.session_state.get(f"{key}_last"):
        st.session_state[f"{key}_last"] = clicked
        if clicked is not None:
            set_view("list", list(counts)[clicked])
            address.write_address()
    titles = {
        code: f"{_step_title(code)} ({abs(counts[code]):,})" for code in ("lost", "gained", "kept", "before", "now")
    }
    return one_of("list", titles, label=_("Customers"))


def _step_title(code: str) -> str:
    return {
        "before": _("Before"),
        "lost": _("Lost"),
        "kept": _("Kept"),
        "gained": _("Gained"),
        "now": _("Now"),
        "distribution": _("Distribution"),
        "velocity": _("Velocity"),
        "price": _("Price"),
    }[code]


def _factors(change: Change, of: str, *, key: str) -> None:
    """From before to now by distribution, velocity and, of an amount, price; written so that it adds up."""
    start, *parts, end = written_steps(change.before, list(change.parts.values()), language())
    waterfall(
        [
            Step(_step_title("before"), float(change.before), start, is_total=True),
            *(
                Step(_step_title(code), float(value), text)
                for (code, value), text in zip(change.parts.items(), parts, strict=True)
            ),
            Step(_step_title("now"), float(change.now), end, is_total=True),
        ],
        title=_change_finding(change, of),
        key=key,
    )


def _change_finding(change: Change, of: str) -> str:
    """What made most of the change."""
    what = _("Quantity, cartons") if of == "qty" else _("Amount, yuan")
    moved_by = change.now - change.before
    if not moved_by:
        return _("{what}: unchanged").format(what=what)
    most = max(change.parts, key=lambda code: change.parts[code] * (1 if moved_by > Decimal(0) else -1))
    pattern = _("{what}: up, most of it by {factor}") if moved_by > 0 else _("{what}: down, most of it by {factor}")
    return pattern.format(what=what, factor=_step_title(most).lower())


def _customers(bridge: HandlerBridge, shown: str, scope: Scope) -> None:
    lists = {
        "lost": bridge.lost,
        "gained": bridge.gained,
        "kept": bridge.kept,
        "before": pd.concat([bridge.lost, bridge.kept], ignore_index=True),
        "now": pd.concat([bridge.gained, bridge.kept], ignore_index=True),
    }
    rows = lists[shown]
    if rows.empty:
        st.caption(_("None."))
        return
    rows = rows.sort_values(["amount", "customer_id"], ascending=[False, True], ignore_index=True)
    customer_table(rows, COLUMNS, scope=scope, key=f"moved-{shown}", rows_shown=6)
