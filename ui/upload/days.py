"""In which order day, month and year are written: asked where the cells of a file leave it open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from ui.numbers import NO_DATA
from ui.words import _, plain


@dataclass(frozen=True)
class DaysRead:
    """An order, how many cells it reads, and what it makes of some: their text and their day, None where it is none."""

    order: str
    fits: int
    samples: Sequence[tuple[str, date | None]]


def day_order_choice(ways: Sequence[DaysRead], cells: int, chosen: str, *, key: str) -> str:
    """Draw the orders with what each makes of the same cells; gives the one chosen, empty where none is yet."""
    titles = {
        "D/M/YY": _("day, month, year"),
        "M/D/YY": _("month, day, year"),
        "YY/M/D": _("year, month, day"),
    }
    orders = [way.order for way in ways]
    order = st.radio(
        _("In which order are its days written?"),
        orders,
        index=orders.index(chosen) if chosen in orders else None,
        format_func=lambda name: titles.get(name, name),
        captions=[_caption(way, cells) for way in ways],
        horizontal=True,
        key=key,
    )
    return str(order or "")


def _caption(way: DaysRead, cells: int) -> str:
    read = [f"{plain(text)} → {day.isoformat() if day else NO_DATA}" for text, day in way.samples]
    if way.fits < cells:
        read.append(_("reads {count} of {cells}").format(count=f"{way.fits:,}", cells=f"{cells:,}"))
    return "  \n".join(read)
