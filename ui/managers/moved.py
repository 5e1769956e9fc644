"""What changed against last year: a waterfall by customers, volume, price and mix, and who is behind each bar."""

from zlib import crc32

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.managers.change import PARTS, ChangeSplit, change_split
from ui import address
from ui.customers import customer_table
from ui.names import manager_names, named
from ui.numbers import NO_DATA, change, written_change, written_period, written_steps
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.views import one_of, set_view
from ui.waterfall import Step, waterfall
from ui.words import _, language, plain

COLUMNS = ("customer_id", "customer_name", "area", "tier", "manager_name", "last_year_amount", "amount", "change")


def moved_part(own: Scope, manager_id: str, name: str) -> None:
    """From last year's amount to this year's, each bar with its customers."""
    split = change_split(own, manager_id, read=read)
    if split.rows.empty:
        no_data(no_data_reason("sales_by_owner"))
        return
    _bridge(split, own, name)
    before = own.last_year()
    with st.container(horizontal=True, vertical_alignment="center"):
        counts = {part: len(split.behind(part)) for part in PARTS}
        titles = {part: f"{words} ({counts[part]:,})" for part, words in _titles().items() if counts[part]}
        shown = one_of("list", titles, label=_("Customers")) if titles else None
        with st.popover(_("How it is split"), icon=":material/functions:"):
            st.markdown(_how())
    if shown is not None:
        _customers(split, own, shown)
    st.caption(
        _("Last year: {period}. The bars add up to the last cent, and so does every row.").format(
            period=written_period(before.from_date, before.to_date, language())
        )
    )


def _titles() -> dict[str, str]:
    return {
        "handed_in": _("Handed over in"),
        "handed_out": _("Handed over out"),
        "new": _("New customers"),
        "lost": _("Lost customers"),
        "volume": _("Volume"),
        "price": _("Price"),
        "mix": _("Mix"),
    }


def _bridge(split: ChangeSplit, own: Scope, name: str) -> None:
    """The waterfall; a click on a bar lists its customers."""
    titles, values = _titles(), [split.parts[part] for part in PARTS]
    start, *texts, end = written_steps(split.before, values, language())
    parts = zip(PARTS, values, texts, strict=True)
    key = f"manager-moved-{crc32(repr(own).encode())}"
    clicked = waterfall(
        [
            Step(_("A year earlier"), float(split.before), start, is_total=True),
            *(Step(titles[part], float(value), text) for part, value, text in parts),
            Step(_("Now"), float(split.now), end, is_total=True),
        ],
        title=_finding(split, name),
        key=key,
        height=280,
    )
    # A click counts once: what is chosen beside it afterwards holds.
    if clicked != st.session_state.get(f"{key}_last"):
        st.session_state[f"{key}_last"] = clicked
        if clicked is not None and 0 < clicked <= len(PARTS):
            set_view("list", PARTS[clicked - 1])
            address.write_address()


def _finding(split: ChangeSplit, name: str) -> str:
    """Up or down by how much, and what made most of it."""
    moved = split.now - split.before
    if not moved:
        return _("{name}: the amount is that of last year").format(name=plain(name))
    largest = max(PARTS, key=lambda part: split.parts[part] * (1 if moved > 0 else -1))
    facts = {"name": plain(name), "most": _titles()[largest]}
    if split.before <= 0:
        return _("{name}: nothing last year; most of the amount comes from: {most}").format(**facts)
    facts["change"] = written_change(change(float(split.now), float(split.before), "money"), "money")
    return _("{name}: amount {change} on last year; most of it: {most}").format(**facts)


def _customers(split: ChangeSplit, own: Scope, part: str) -> None:
    rows = split.behind(part)
    rows, is_others = _without_others(rows)
    names = manager_names(own.narrow(manager=(), team=()))
    shown = named(rows.assign(manager_name=rows["manager_id"]), "manager_name", names)
    titles = {"manager_name": _("Manager now")}
    customer_table(shown, (*COLUMNS, part), scope=own, key=f"manager-moved-{part}", titles=titles, rows_shown=5)
    if is_others:
        st.caption(_("{no_data}: the customer bought from another manager then.").format(no_data=NO_DATA))


def _without_others(rows: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The rows with nothing told of a period in which others had the customer, and whether there is any such."""
    was_others = (rows["kind"] == "handed_in") & (rows["last_year_amount"] == 0)
    is_others = (rows["kind"] == "handed_out") & (rows["amount"] == 0)
    shown = rows.assign(
        last_year_amount=rows["last_year_amount"].mask(was_others), amount=rows["amount"].mask(is_others)
    )
    return shown, bool((was_others | is_others).any())


def _how() -> str:
    return _(
        "A sale counts for the manager who had it on its day. A customer buys where its net amount, from whomever, is "
        "above zero.\n\n"
        "**New**: buys now and not last year. **Lost**: the reverse; where another manager has the customer by now it "
        "is handed over out. **Handed over in**: bought last year, from others alone; **out**: buys now, from others "
        "alone.\n\n"
        "**Handed over within a period**: with s the mean of the manager's shares of the customer's amount last year "
        "and now, both years are taken at s; the rest of the change is the handover.\n\n"
        "**Kept** customers, each by itself: **volume** = cartons more or fewer × last year's mean price; **price** = "
        "(price now − price last year) × cartons now, over products bought in both; **mix** = the rest: dearer or "
        "cheaper products, products begun and dropped."
    )
