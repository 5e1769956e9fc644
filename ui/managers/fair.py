"""Fair comparison: each manager against what the territory leads one to expect, and against chance."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope, figure
from metrics.columns import column
from metrics.managers.compared import TRAITS, comparable, requests
from metrics.managers.fair import Fair, fair
from metrics.managers.funnel import INNER, OUTER
from metrics.managers.ranks import third_of
from ui.chart import BLUE, GREEN, ORANGE
from ui.funnel import Limit, Numbers, funnel, steps
from ui.managers.fair_words import (
    as_shown,
    counted_in,
    finding,
    how_to_read,
    level_words,
    order_of_rows,
    verdict_words,
    what_is_expected,
    written_figure,
)
from ui.managers.picker import open_sheet
from ui.names import manager_names
from ui.numbers import NO_DATA, is_missing, written, written_change
from ui.page import no_data, section
from ui.rank_intervals import MOST_ROWS, rank_intervals
from ui.reading import missing_extracts, no_data_reason, read, read_ahead, read_value
from ui.table import Look, selected_row, table
from ui.views import known_choice, one_of, one_of_many
from ui.words import _, language, pick

COLUMNS = (
    "manager_id",
    "verdict",
    "observations",
    "observed_written",
    "expected_written",
    "difference_written",
    "expected_ratio",
    "shrunk_written",
    "dot_written",
    "top_third",
    "rank_interval",
    "looks",
    "no_peers",
)
MEASURE = "measure"


def fair_view(scope: Scope) -> None:
    """Pick a figure; the funnel or the ranks, and the table behind both."""
    with st.container(horizontal=True, vertical_alignment="center"):
        name = _picked_figure(scope)
        part = one_of("part", {"funnel": _("Against chance"), "ranks": _("Ranks, and how sure")}, label=_("Chart"))
    read_ahead(requests(name, scope))
    found = fair(scope, name, read=read)
    if "sales" in figure(name).needs and read_value("amount", scope) is None:
        no_data(no_data_reason("amount"))
        return
    if found is None:
        no_data(no_data_reason(name))
        return
    if part == "ranks":
        found = found.by_rank()
    names = manager_names(scope)
    clicked = selected_row("fair", found.managers)
    if clicked is not None:
        open_sheet(str(found.managers["manager_id"].iloc[clicked]), "fair")
    judged = found.managers[found.managers["errors"].notna()].reset_index(drop=True)
    if judged.empty:
        section(finding(found, names))
    elif part == "funnel":
        _funnel(found, judged, names)
    else:
        _ranks(found, judged, names)
    section(_("What was expected of each, and what is likely to last? A click opens the manager's own sheet."))
    table(
        _rows(found, names),
        COLUMNS,
        scope=scope,
        key="fair",
        titles={
            "manager_id": _("Manager"),
            "observations": counted_in(name),
        },
        rows_shown=13,
        selects=True,
        look=Look(
            downloaded={"rank_low": _("Rank from"), "rank_high": _("Rank to")}, in_download=_in_figures(found, names)
        ),
    )
    st.caption(" ".join((order_of_rows(part), *what_is_expected(found))))


def _picked_figure(scope: Scope) -> str:
    """The figure that managers are compared by; it stands in the URL."""
    names = sorted(comparable(scope), key=lambda name: bool(missing_extracts(name)))  # what has data comes first
    picked = known_choice(MEASURE, names)
    titles = {name: pick(column(name).title) for name in names}
    one_of_many(MEASURE, picked, titles, label=_("Figure"), width=260, key="fair_figure")
    return picked


def _funnel(found: Fair, judged: pd.DataFrame, names: dict[str, str]) -> None:
    unit = column(found.name).unit
    points = judged.assign(
        colour=judged["verdict"].map(_colour),
        is_outside=judged["verdict"] != "inside",
        adjusted=as_shown(judged["adjusted"], unit),
        shrunk_adjusted=as_shown(judged["shrunk_adjusted"], unit),
    )

    def heights(errors: float) -> Numbers:
        limits: Numbers = as_shown(found.limit(errors, steps(points)), unit)
        return limits

    shown = [names.get(manager, manager) for manager in points["manager_id"]]
    clicked = funnel(
        points,
        limits=(
            Limit("95%", "dash", (heights(-INNER), heights(INNER))),
            Limit("99.8%", "solid", (heights(-OUTER), heights(OUTER))),
        ),
        middle=(written_figure(found.overall, unit), float(as_shown(found.overall, unit))),
        names=shown,
        hover=[_told(row, name, unit) for row, name in zip(judged.to_dict("records"), shown, strict=True)],
        unit=unit,
        axes=(
            _("{counted}, less where few are alike").format(counted=counted_in(found.name)),
            _("Adjusted for the territory"),
        ),
        title=finding(found, names),
        key=f"funnel-{found.name}",
    )
    st.caption(" ".join(how_to_read(found)))
    if clicked:
        open_sheet(str(points["manager_id"].iloc[clicked[0]]), f"funnel-{found.name}")


def _told(row: Mapping[Hashable, Any], name: str, unit: str) -> str:
    """What a dot says when pointed at."""
    return "\n".join(
        (
            name,
            _("As it is {value}, expected {expected}, likely to last {shrunk}").format(
                value=written_figure(row["value"], unit),
                expected=written_figure(row["expected"], unit),
                shrunk=written_figure(row["shrunk"], unit),
            ),
            _("Dot at {dot}, {errors} standard errors from the line").format(
                dot=written_figure(row["adjusted"], unit), errors=f"{row['errors']:+.1f}"
            ),
            verdict_words()[str(row["verdict"])],
        )
    )


def _ranks(found: Fair, judged: pd.DataFrame, names: dict[str, str]) -> None:
    last = found.ranked
    rank_intervals(
        judged.assign(colour=judged["verdict"].map(_colour)),
        names=[names.get(manager, manager) for manager in judged["manager_id"]],
        texts=[written(share, "share", language()) for share in judged["top_third"]],
        top=third_of(last),
        last=last,
        words=(_("Rank, first is best"), _("Top third"), _("Probability of the top third")),
        title=finding(found, names),
        key=f"ranks-{found.name}",
    )
    words = [
        _(
            "A bar: the ranks that this manager may truly hold, 95% sure; at the right: how likely it is that this is "
            "one of the first {top} of {all}."
        ).format(top=third_of(last), all=last),
        _("Bars that overlap leave open who is better."),
        _("Of the spread among managers about {share} is likely to be chance.").format(
            share=f"{found.chance_share:.0%}"
        ),
    ]
    if len(judged) > MOST_ROWS:
        words.append(_("Drawn are the first {shown} of {all}.").format(shown=MOST_ROWS, all=len(judged)))
    st.caption(" ".join(words))


def _colour(verdict: str) -> str:
    return GREEN if verdict.endswith("high") else ORANGE if verdict.endswith("low") else BLUE


def _rows(found: Fair, names: dict[str, str]) -> pd.DataFrame:
    unit = column(found.name).unit
    rows = found.managers

    def texts(name: str) -> list[str]:
        return [written_figure(value, unit) for value in rows[name]]

    return pd.DataFrame(
        {
            "manager_id": [names.get(manager, manager) for manager in rows["manager_id"]],
            "verdict": rows["verdict"].map(verdict_words()),
            "observations": rows["observations"],
            "observed_written": texts("value"),
            "expected_written": texts("expected"),
            "difference_written": [_difference(value, unit) for value in rows["difference"]],
            "expected_ratio": rows["ratio"],
            "shrunk_written": texts("shrunk"),
            "looks": rows["looks"].round(),
            "dot_written": texts("adjusted"),
            "top_third": rows["top_third"],
            "rank_interval": [
                NO_DATA if is_missing(low) else f"{low:.0f}–{high:.0f}"
                for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)
            ],
            "no_peers": [_alone(pairs) for pairs in rows["alone"]],
        }
    )


def _in_figures(found: Fair, names: dict[str, str]) -> pd.DataFrame:
    """The same for a spreadsheet: what is written out on screen as numbers, the ranks as two."""
    unit, rows = column(found.name).unit, found.managers
    written_out = {
        "observed_written": "value",
        "expected_written": "expected",
        "shrunk_written": "shrunk",
        "dot_written": "adjusted",
    }
    return (
        _rows(found, names)
        .drop(columns="rank_interval")
        .assign(
            **{shown: as_shown(rows[name], unit) for shown, name in written_out.items()},
            difference_written=rows["difference"],
            rank_low=rows["rank_low"],
            rank_high=rows["rank_high"],
        )
    )


def _difference(value: float, unit: str) -> str:
    if is_missing(value):
        return NO_DATA
    if unit in ("share", "change"):
        return written_change(value, unit)
    return f"{'+' if value > 0 else ''}{written(value, unit, language())}"


def _alone(pairs: object) -> str:
    """Which customers of a manager have no like at anybody else's."""
    if not isinstance(pairs, tuple):
        return ""
    ordered = sorted(pairs, key=lambda pair: TRAITS.index(pair[0]))
    return ", ".join(level_words(trait, level) for trait, level in ordered)
