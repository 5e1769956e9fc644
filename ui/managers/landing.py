"""Targets: what is done of each, where the month will land, and how far off that was in earlier months."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.managers.targets import Landing, Month, month_targets
from ui.chart import BLUE, GREY, ORANGE, TEXT_SIZE, draw, value_axis
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import last_day_with_data, no_data_reason, read
from ui.table import Look, table
from ui.views import one_of
from ui.words import _, language, pick, plain

UNITS = {"amount": "money", "qty": "quantity", "visits": "count", "numeric_distribution": "count"}
COLUMNS = ("month", "projected", "low", "high", "came", "error", "is_inside")
ROW_HEIGHT, FRAME_HEIGHT = 48, 70
PLOTTED = 0.62
"""How much of the width is the picture's; the numbers stand right of it."""
FURTHEST = 2.0
"""A landing beyond twice the target is drawn at the edge."""


def landing_part(own: Scope, manager_id: str, name: str) -> None:
    """One picture of all measures, and the checks of one of them."""
    month = month_targets(own, manager_id, last_day_with_data=last_day_with_data(), read=read)
    if not month.landings:
        no_data(no_data_reason("month_progress"))
        return
    aimed = [landing for landing in month.landings if landing.target]
    if aimed:
        _bars(aimed, _finding(month, aimed[0], name))
    else:
        section(_finding(month, month.landings[0], name))
        no_data(no_data_reason("month_targets"))
    titles = {landing.measure: measure_title(landing.measure) for landing in month.landings}
    with st.container(horizontal=True, vertical_alignment="center"):
        measure = one_of("measure", titles, label=_("Measure"))
        with st.popover(_("How it is projected"), icon=":material/functions:"):
            st.markdown(_how())
    _checks(next(landing for landing in month.landings if landing.measure == measure), own)


def measure_title(measure: str) -> str:
    """What a target's measure is called."""
    if measure == "numeric_distribution":
        return _("Distribution (customer × product)")
    return pick(column(measure).title)


def _finding(month: Month, landing: Landing, name: str) -> str:
    """Where the month stands, or will, by its first measure."""
    unit, target, expected = UNITS[landing.measure], landing.target, landing.projection
    facts = {
        "name": plain(name),
        "month": month.name if month.is_over else _("{month} so far").format(month=month.name),
        "what": measure_title(landing.measure),
        "done": written(landing.done, unit, language()),
    }
    if month.left_on is not None:
        return _("{name} left on {day}; {month}: {what} {done}").format(day=month.left_on.isoformat(), **facts)
    if expected is None:
        if target is None:
            return _("{name}, {month}: {what} {done}").format(**facts)
        return _("{name}, {month}: {what} at {share} of the target").format(share=_share(landing.done, target), **facts)
    values = (expected.landing, expected.low, expected.high)
    value, low, high = (_share(one, target) if target else written(one, unit, language()) for one in values)
    facts |= {"month": month.name, "value": value, "low": low, "high": high}
    if target:
        return _("{name}, {month}: {what} will land at {value} of the target ({low} to {high})").format(**facts)
    return _("{name}, {month}: {what} will land at {value} ({low} to {high})").format(**facts)


def _bars(landings: Sequence[Landing], title: str) -> None:
    """A bar a measure for what is done of the target, a mark with its interval for where it lands, a line for 100%."""
    names = [measure_title(landing.measure) for landing in landings]
    done = [landing.done / (landing.target or 1) for landing in landings]
    figure = go.Figure(
        go.Bar(
            x=[min(share, FURTHEST) for share in done],
            y=names,
            orientation="h",
            width=0.5,
            marker_color=[BLUE if landing.landing >= (landing.target or 0) else ORANGE for landing in landings],
            hoverinfo="skip",
        )
    )
    running = [(name, landing) for name, landing in zip(names, landings, strict=True) if landing.projection]
    if running:
        _marks(figure, running)
    figure.add_vline(x=1, line={"dash": "dash", "color": GREY, "width": 2})
    for name, landing in zip(names, landings, strict=True):
        figure.add_annotation(
            x=PLOTTED + 0.02, xref="paper", xanchor="left", y=name, text=_numbers(landing), showarrow=False,
            font={"size": TEXT_SIZE}, align="left",
        )  # fmt: skip
    furthest = [landing.projection.high / (landing.target or 1) if landing.projection else 0 for landing in landings]
    reach = min(FURTHEST, max(1.05, *done, *furthest))
    value_axis(figure.update_xaxes, pd.Series([0.0, reach]), "share", from_zero=True, room=0.02)
    figure.update_xaxes(domain=[0, PLOTTED])
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_layout(showlegend=False)
    draw(figure, title, "landing", FRAME_HEIGHT + ROW_HEIGHT * len(landings))
    told = _("Bar: done of the target; blue: reaches it, orange: falls short of it. Dashed line: the target.")
    marks = _("Diamond: where the month will land; line: its interval, which holds in 8 of 10 months.")
    st.caption(f"{told} {marks}" if running else told)


def _marks(figure: go.Figure, running: Sequence[tuple[str, Landing]]) -> None:
    values = [
        [min(one / (landing.target or 1), FURTHEST) for one in (expected.landing, expected.low, expected.high)]
        for _name, landing in running
        if (expected := landing.projection)
    ]
    figure.add_scatter(
        x=[landing for landing, _low, _high in values],
        y=[name for name, _landing in running],
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": GREY},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - landing for landing, _low, high in values],
            "arrayminus": [landing - low for landing, low, _high in values],
            "thickness": 2.5,
            "color": GREY,
        },
        hoverinfo="skip",
    )


def _numbers(landing: Landing) -> str:
    """What is done of what, and where it lands."""
    unit = UNITS[landing.measure]
    told = _("{done} of {target}, {share}").format(
        done=written(landing.done, unit, language()),
        target=_target(landing.target or 0, unit),
        share=_share(landing.done, landing.target or 1),
    )
    expected = landing.projection
    if expected is None:
        return told
    lands = _("lands at {value} ({low} to {high})").format(
        value=written(expected.landing, unit, language()),
        low=written(expected.low, unit, language()),
        high=written(expected.high, unit, language()),
    )
    return f"{told}<br>{lands}"


def _target(target: float, unit: str) -> str:
    """The target with the digit that its division takes: one in pairs is a share of them, and need not be whole."""
    rounded = round(target, 1)
    return written(target, unit, language()) if unit != "count" or rounded == int(rounded) else f"{rounded:,.1f}"


def _checks(landing: Landing, own: Scope) -> None:
    """What would have been projected in earlier months, and what came."""
    rows = landing.checks
    if rows.empty:
        st.caption(
            _(
                "Earlier months tell nothing yet: it takes four of the manager's or of the team's, in which something "
                "was done by the same working day."
            )
        )
        return
    section(
        _(
            "Earlier months, as projected on working day {days}: off by {error} at the median, {inside} of {all} "
            "within the interval"
        ).format(
            days=landing.working_days,
            error=written(rows["error"].abs().median(), "share", language()),
            inside=int(rows["is_inside"].sum()),
            all=len(rows),
        )
    )
    unit = UNITS[landing.measure]
    units = dict.fromkeys(("projected", "low", "high", "came"), unit)
    table(rows, COLUMNS, scope=own, key="landing-checks", rows_shown=6, look=Look(units=units))
    if landing.projection is not None:
        expected = landing.projection
        learned = (
            _("Learned from {months} months of the team: the manager has fewer than four of their own.")
            if expected.is_borrowed
            else _("Learned from {months} months of the manager's own.")
        ).format(months=expected.months)
        st.caption(
            _("After {days} working days {share} of a month is usually done.").format(
                days=landing.working_days, share=written(expected.share, "share", language())
            )
            + " "
            + learned
        )


def _how() -> str:
    return _(
        "**Landing** = done + (1 − s) × (done + (1 − s) × usual month); s is the share of a month that is usually done "
        "after as many working days, so that this month's own pace counts the more, the more of the month is over. "
        "Working days are those on which anybody in the business sold (or visited).\n\n"
        "**Interval**: in 8 of 10 earlier months the same way of projecting was off by no more. "
        "**Check**: each earlier month is projected from the months before it alone, after as many working days; a "
        "month that is over is checked as of its tenth weekday.\n\n"
        "**Distribution** counts pairs of customer and product with a target: carried of those aimed at."
    )


def _share(value: float, target: float) -> str:
    return written(value / target, "share", language())
