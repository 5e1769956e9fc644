"""The visit calendar: weekdays by weeks, each day coloured by its visits."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go

from metrics import Scope
from ui.cell_words import cell_words
from ui.chart import draw
from ui.names import weekday_names
from ui.numbers import is_missing, written
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.words import _, language, plain

WEEKS = 13
WORKDAYS = 5
Counted = tuple[int, int | None]
"""Visits of a day and how many of them were planned, None where nobody says."""


def visit_calendar(own: Scope, name: str) -> None:
    """The thirteen weeks up to the period's last day, whatever its length."""
    monday = own.to_date - timedelta(own.to_date.weekday())
    first = monday - timedelta(7 * (WEEKS - 1))
    rows = read("visit_days", own.over(first, own.to_date))
    if rows.empty:
        no_data(no_data_reason("visit_days"))
        return
    days = {
        day.date(): (int(visits), None if is_missing(planned) else int(planned))
        for day, visits, planned in zip(rows["visit_date"], rows["visits"], rows["planned"], strict=True)
    }
    shown = 7 if any(day.weekday() >= WORKDAYS for day in days) else WORKDAYS
    mondays = [first + timedelta(7 * week) for week in range(WEEKS)]
    grid = [[week + timedelta(weekday) for week in mondays] for weekday in range(shown)]
    counts = np.array([[days.get(day, (0, 0))[0] if day <= own.to_date else np.nan for day in line] for line in grid])
    figure = go.Figure()
    heat = go.Heatmap(
        x=[f"{week:%m-%d}" for week in mondays],
        y=list(weekday_names()[:shown]),
        z=counts,
        hovertext=[[_day_words(day, days.get(day, (0, 0))) for day in line] for line in grid],
        hoverinfo="text",
        hoverongaps=False,
    )
    cell_words(figure, heat, [["" if np.isnan(count) else f"{count:.0f}" for count in line] for line in counts])
    draw(figure, _finding(days, name), "visit-calendar", 76 + 26 * shown)


def _finding(days: Mapping[date, Counted], name: str) -> str:
    visits = sum(count for count, _planned in days.values())
    told = [(count, planned) for count, planned in days.values() if planned is not None]
    share = sum(planned for _count, planned in told) / sum(count for count, _planned in told) if told else None
    return _("{name}: {visits} visits in {weeks} weeks on {days} days, {share} of them planned").format(
        name=plain(name),
        visits=f"{visits:,}",
        weeks=WEEKS,
        days=len(days),
        share=written(share, "share", language()),
    )


def _day_words(day: date, counted: Counted) -> str:
    visits, planned = counted
    if planned is None:
        return _("{day}: {visits} visits").format(day=day.isoformat(), visits=visits)
    return _("{day}: {visits} visits, {planned} planned, {unplanned} unplanned").format(
        day=day.isoformat(), visits=visits, planned=planned, unplanned=visits - planned
    )
