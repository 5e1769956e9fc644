"""Distinguished salesperson: the nominations, who misses one criterion, and the evidence for each."""

import math
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.columns import column
from metrics.managers.distinguished import CRITERIA, FEWEST_COLLEAGUES, Criteria, distinguished, missing, requests
from ui.installation import settings
from ui.managers.picker import open_sheet
from ui.names import manager_names
from ui.numbers import is_missing, written
from ui.page import no_data, section
from ui.reading import missing_extracts, no_data_reason, read, read_ahead
from ui.table import selected_row, table
from ui.views import one_of
from ui.words import _, language, pick, plain

COLUMNS = ("manager_id", "team", "standing", *(f"{name}_written" for name in CRITERIA), "missing_written")
MOST_NAMED = 4
UNITS = {"service": "tenths", "top_third": "share", "strike": "share", "satisfaction": "rate"}
SIGNS = {True: "✓", False: "✗"}


def distinguished_view(scope: Scope) -> None:
    """The criteria, who meets all of them, who misses one, and on demand everybody."""
    criteria = _criteria()
    read_ahead(requests(scope, criteria))
    found = distinguished(scope, criteria, read=read)
    if found.empty:
        no_data(no_data_reason("manager_list"))
        return
    names = manager_names(scope)
    section(_finding(found, names))
    st.caption(_published(criteria, scope))
    listed = one_of("list", {"near": _("Nominated, and one short"), "all": _("Everybody")}, label=_("List"))
    rows = found if listed == "all" else found[found["met"] >= len(CRITERIA) - 1].reset_index(drop=True)
    if rows.empty:
        no_data(_("Nobody meets all criteria but one."))
    else:
        clicked = selected_row("distinguished", rows)
        if clicked is not None:
            open_sheet(str(rows["manager_id"].iloc[clicked]), "distinguished")
        table(
            _evidence(rows, names),
            COLUMNS,
            scope=scope.year(),
            key="distinguished",
            titles={"manager_id": _("Manager"), "top_third_written": _titles(criteria)["top_third"]},
            rows_shown=12,
            selects=True,
        )
    st.caption(
        _(
            "✓ met, ✗ not met, ? no data: {attempts} selling visits, {answers} answers and {colleagues} of a team with "
            "answers are needed. Nobody is nominated on no data. A click opens the manager's own sheet."
        ).format(attempts=criteria.fewest_attempts, answers=criteria.fewest_answers, colleagues=FEWEST_COLLEAGUES)
    )
    for name in ("strike_rate", "satisfaction_retailer"):
        if missing_extracts(name):
            st.caption(no_data_reason(name))


def _criteria() -> Criteria:
    """What the configuration publishes."""
    chosen = settings()
    return Criteria(
        years=chosen.distinguished_years,
        figure=chosen.distinguished_figure,
        probability=chosen.distinguished_probability,
        strike_rate=chosen.strike_rate_reference,
        fewest_attempts=chosen.fewest_visits,
        fewest_answers=chosen.fewest_answers,
    )


def _finding(found: pd.DataFrame, names: dict[str, str]) -> str:
    """Who is nominated, or how near the nearest come."""
    nominated = [plain(names.get(manager, manager)) for manager in found.loc[found["is_nominated"], "manager_id"]]
    short = int((found["met"] == len(CRITERIA) - 1).sum())
    if not nominated:
        return _("Nobody meets all {criteria} criteria; one short: {short}").format(criteria=len(CRITERIA), short=short)
    listed = ", ".join(nominated[:MOST_NAMED]) + (" …" if len(nominated) > MOST_NAMED else "")
    return _("{count} of {all} nominated: {names}; one criterion short: {short}").format(
        count=len(nominated), all=len(found), names=listed, short=short
    )


def _published(criteria: Criteria, scope: Scope) -> str:
    """The criteria in words, with the period they are judged over."""
    return _(
        "Criteria, over the twelve months up to {day}: {years} years of service; in the top third of {figure} with a "
        "probability of {probability} or more, territory and chance considered; strike rate {strike} or more; "
        "retailers' satisfaction at the team's median or above."
    ).format(
        day=written(scope.to_date, "date", language()),
        years=f"{criteria.years:g}",
        figure=pick(column(criteria.figure).title),
        probability=f"{criteria.probability:.0%}",
        strike=f"{criteria.strike_rate:.0%}",
    )


def _titles(criteria: Criteria) -> dict[str, str]:
    """What each criterion is called."""
    titles = {name: pick(column(f"{name}_written").title) for name in CRITERIA}
    return titles | {"top_third": f"{titles['top_third']} · {pick(column(criteria.figure).title)}"}


def _evidence(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    titles = _titles(_criteria())
    records = [row for _place, row in rows.iterrows()]
    shown = {
        "manager_id": [names.get(manager, manager) for manager in rows["manager_id"]],
        "team": rows["team"],
        "standing": [_standing(row) for row in records],
        "missing_written": ["; ".join(_missing(name, row, titles) for name in missing(row)) for row in records],
        **{f"{name}_written": [_told(name, row) for row in records] for name in CRITERIA},
    }
    return pd.DataFrame(shown, index=rows.index)


def _standing(row: "pd.Series[Any]") -> str:
    if row["is_nominated"]:
        return _("nominated")
    return (
        _("one short")
        if row["met"] == len(CRITERIA) - 1
        else _("{met} of {all} met").format(met=row["met"], all=len(CRITERIA))
    )


def _missing(name: str, row: "pd.Series[Any]", titles: dict[str, str]) -> str:
    """What is missing of one criterion, in words."""
    if row[f"{name}_met"] is None:
        return _open(name, row, titles[name])
    return _("{criterion}: {value} instead of {threshold}").format(
        criterion=titles[name],
        value=_written(name, row[name]),
        threshold=_asked(name, row[f"{name}_threshold"]),
    )


def _open(name: str, row: "pd.Series[Any]", title: str) -> str:
    """Why a criterion can be neither met nor missed."""
    if name == "satisfaction" and not is_missing(row[name]):
        return _("{criterion}: nobody else in the team has enough answers").format(criterion=title)
    fewest = {"strike": settings().fewest_visits, "satisfaction": settings().fewest_answers}.get(name, 0)
    count = _count(name, row)
    if 0 < count < fewest:
        return _("{criterion}: too few, {count} of {fewest}").format(
            criterion=title, count=written(count, "count", language()), fewest=fewest
        )
    return _("{criterion}: no data").format(criterion=title)


def _count(name: str, row: "pd.Series[Any]") -> float:
    return 0.0 if is_missing(row[f"{name}_count"]) else float(row[f"{name}_count"])


def _told(name: str, row: "pd.Series[Any]") -> str:
    """One criterion's evidence: met or not, the value against its threshold, and what it was counted on."""
    value, threshold, met = row[name], row[f"{name}_threshold"], row[f"{name}_met"]
    parts = [f"{SIGNS.get(met, '?')} {_written(name, value)}"]
    if not is_missing(threshold):
        parts.append(f"≥ {_asked(name, threshold)}")
    if name != "service":
        parts.append(_counted(name, _count(name, row)))
    elif not is_missing(row["hired_on"]):
        parts.append(_("hired {day}").format(day=written(row["hired_on"], "date", language())))
    return " · ".join(parts)


def _counted(name: str, count: float) -> str:
    """What the evidence of a criterion was counted on."""
    if count == 1:
        return {"strike": _("1 selling visit"), "satisfaction": _("1 answer")}.get(name, _("1 customer"))
    words = {"strike": _("{count} selling visits"), "satisfaction": _("{count} answers")}
    return words.get(name, _("{count} customers")).format(count=written(count, "count", language()))


def _written(name: str, value: Any) -> str:
    """A value; years are cut to a tenth, so that no anniversary seems reached that is still to come."""
    if name == "service" and not is_missing(value):
        return written(math.floor(float(value) * 10 + 1e-9) / 10, "tenths", language())
    return written(value, UNITS[name], language())


def _asked(name: str, threshold: float) -> str:
    """A criterion's threshold with no more digits than it has; a median has two."""
    if UNITS[name] == "share":
        return f"{threshold * 100:g}%"
    return f"{threshold:g}" if name == "service" else written(threshold, UNITS[name], language())
