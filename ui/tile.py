"""Tiles: a figure, how it moved, its trend and its definition."""

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

import metrics
from metrics import Scope
from metrics.scorecard import compare
from ui.blocks import Block, Tile
from ui.numbers import NO_DATA, change, is_nothing, written, written_change, written_period
from ui.page import definition_text
from ui.reading import Request, no_data_reason, read, read_ahead, read_value
from ui.recording import record
from ui.words import _, language, pick

TREND_MONTHS = 13
SPARKLINE_MONTHS = {"grouped": TREND_MONTHS, "each": 6}
"""Figures that are worked out month by month cost a query each: their sparkline is shorter."""
TILE_HEIGHT = 186
UP_IS_NOT_BETTER = ("top20_share", "gini", "hhi", "customers_for_80", "service_gini")
SHOWN_WITH = {"growth": "like_for_like_growth"}
"""Growth has no change of its own worth a glance; beside it stands what the same customers did."""


def tiles(names: Sequence[str], scope: Scope, *, columns: int, key: str) -> None:
    """Tiles for figures over a scope, so many to a row."""
    read_ahead(request for name in names for request in _requests(name, scope))
    with st.grid(columns, gap="small", row_height=TILE_HEIGHT):
        shown = [tile(name, scope) for name in names]
    record(Block(key, "tiles", tiles=tuple(shown)))
    before = scope.previous()
    st.caption(
        _("Arrow: against {before}, the same length just before. y/y: same days last year. Line: last months.").format(
            before=written_period(before.from_date, before.to_date, language())
        )
    )


def tile(name: str, scope: Scope) -> Tile:
    """One figure: now, against the previous period and last year, with its last months; '—' where there is no data.

    Gives what it says.
    """
    figure = metrics.figure(name)
    now = read_value(name, scope)
    delta, beside = ("", "") if now is None else _change(name, scope)
    value = NO_DATA if now is None else written(now, figure.unit, language())
    st.metric(
        pick(figure.title),
        value,
        delta=delta or None,
        delta_color="off" if name in UP_IS_NOT_BETTER or is_nothing(delta) else "normal",
        delta_arrow="off" if is_nothing(delta) else "auto",
        delta_description=beside or None,
        help=definition_text(name),
        border=True,
        height=TILE_HEIGHT,
        chart_data=None if now is None else _trend(name, scope),
    )
    reason = no_data_reason(name) if now is None else ""
    # Growth's has its name beside it already.
    change_in_words = _("{change} vs before").format(change=delta) if delta and name not in SHOWN_WITH else delta
    return Tile(name, pick(figure.title), now, value, change_in_words, beside, reason)


def reasons(names: Iterable[str], scope: Scope) -> None:
    """Under the tiles: why those without data have none, figures with the same reason told together."""
    without: dict[str, list[str]] = {}
    for name in names:
        if read_value(name, scope) is None:
            without.setdefault(no_data_reason(name), []).append(pick(metrics.figure(name).title))
    for reason, titles in without.items():
        st.caption(f"{', '.join(titles)} {NO_DATA} {reason}")


def _requests(name: str, scope: Scope) -> Iterator[Request]:
    """What a tile reads."""
    yield name, scope, ()
    if name in SHOWN_WITH:
        yield SHOWN_WITH[name], scope, ()
    else:
        yield from ((name, then, ()) for then in (scope.previous(), scope.last_year()))
    yield from _trend_requests(name, scope)


def _change(name: str, scope: Scope) -> tuple[str, str]:
    """The change that the arrow shows, and the words beside it."""
    unit = metrics.figure(name).unit
    if name in SHOWN_WITH:
        beside = read_value(SHOWN_WITH[name], scope)
        return ("", "") if beside is None else (written(beside, unit, language()), _("like for like"))
    compared = compare(name, scope, read=read_value)
    before, year_before = (change(compared.now, then, unit) for then in (compared.previous, compared.last_year))
    last_year = _("{change} y/y").format(change=written_change(year_before, unit))
    return "" if before is None else written_change(before, unit), last_year


def _trend(name: str, scope: Scope) -> list[float] | None:
    rows = [read(*request)[name] for request in _trend_requests(name, scope)]
    values = [float(value) for column in rows for value in column.dropna()]
    return values if len(values) > 2 else None


def _trend_requests(name: str, scope: Scope) -> Iterator[Request]:
    """The last months in one reading, or each by itself: a month once read serves every scope that comes by it."""
    figure = metrics.figure(name)
    if "month" not in figure.by:
        return
    months = scope.trailing_months(SPARKLINE_MONTHS[figure.periods])
    if figure.periods == "grouped":
        yield name, months, ("month",)
    else:
        yield from ((name, month, ()) for _label, month in months.months())
