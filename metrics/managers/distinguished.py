"""Distinguished salesperson 功勋业务员: who meets the published criteria, with the evidence for each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.managers.compared import COMPARED, everybody
from metrics.managers.compared import requests as comparison_requests
from metrics.managers.fair import fair
from metrics.managers.looking_after import looking_after
from metrics.scope import Scope
from metrics.scorecard import Read, Request
from warehouse.errors import PinyuError

CRITERIA = ("service", "top_third", "strike", "satisfaction")
FEWEST_COLLEAGUES = 2
"""A team's median is told where so many of it have answers enough: nobody is compared with himself alone."""


class UnknownCriterion(PinyuError):
    """The configuration names a figure by which managers cannot be compared."""


@dataclass(frozen=True)
class Criteria:
    """What is asked for: years of service, the probability of being in the top third by a figure, and a strike rate.

    Beside them stands the median of the team's satisfaction, which needs no number. Of fewer attempts or answers than
    `fewest_attempts` and `fewest_answers` strike rate and satisfaction are not judged. Raises UnknownCriterion where
    the figure is none that managers are compared by.
    """

    years: float
    figure: str
    probability: float
    strike_rate: float
    fewest_attempts: int
    fewest_answers: int

    def __post_init__(self) -> None:
        if self.figure not in COMPARED:
            raise UnknownCriterion(
                f"The setting distinguished_figure names {self.figure!r}, by which managers are not compared.",
                f"It may be {', '.join(COMPARED)}.",
            )


def distinguished(scope: Scope, criteria: Criteria, *, read: Read) -> pd.DataFrame:
    """The evidence of every manager in scope over the twelve months up to its last day; those who meet most first.

    Only managers who look after customers and have not left are listed. Columns: manager_id, team, hired_on; for each
    of CRITERIA its value, NAME_threshold, NAME_count (what the value was counted on) and NAME_met (True, False, or None
    where there is no data); met, the number of criteria met; and is_nominated, where all are. No data is never met.
    """
    year = scope.year()
    listed = looking_after(read("manager_list", year, ()))
    left = pd.to_datetime(listed["left_on"]) <= pd.Timestamp(year.to_date)
    rows = listed.loc[~left, ["manager_id", "team", "hired_on"]].reset_index(drop=True)
    parts = (
        _service(rows, year.to_date, criteria.years),
        _top_third(rows, year, criteria, read),
        _strike(rows, year, criteria, read),
        _satisfaction(rows, year, criteria.fewest_answers, read),
    )
    rows = pd.concat([rows, *parts], axis=1)
    rows["met"] = sum((rows[f"{name}_met"] == True).astype(int) for name in CRITERIA)  # noqa: E712 - None is no data
    rows["is_nominated"] = rows["met"] == len(CRITERIA)
    return rows.sort_values(["met", "manager_id"], ascending=[False, True], ignore_index=True)


def requests(scope: Scope, criteria: Criteria) -> list[Request]:
    """What the list reads, for reading it side by side."""
    year = scope.year()
    return [
        *comparison_requests(criteria.figure, year),
        ("strike_rate", year, ("manager_id",)),
        ("satisfaction_retailer", everybody(year), ("team", "manager_id")),
    ]


def missing(row: "pd.Series[Any]") -> list[str]:
    """The criteria that a row does not meet or has no data for."""
    return [name for name in CRITERIA if row[f"{name}_met"] is not True]


def _judged(
    name: str, value: "pd.Series[float]", threshold: "pd.Series[float]", count: "pd.Series[float]"
) -> pd.DataFrame:
    """A criterion's columns; it is met from the threshold on, and open where either side is unknown."""
    met = (value >= threshold).astype(object).where(value.notna() & threshold.notna(), None)
    return pd.DataFrame(
        {
            name: value,
            f"{name}_threshold": threshold,
            f"{name}_count": count,
            f"{name}_met": met,
        }
    )


def _service(rows: pd.DataFrame, last_day: date, years: float) -> pd.DataFrame:
    """Years since the day of hiring; they are counted in days."""
    hired, until = pd.to_datetime(rows["hired_on"]), pd.Timestamp(last_day)
    served = pd.Series([_years(day, until) for day in hired], index=rows.index, dtype=float)
    return _judged("service", served, _all(rows, years), (until - hired).dt.days.astype(float))


def _years(hired: pd.Timestamp, until: pd.Timestamp) -> float:
    """Full years, and the part of the one begun that has passed: on the third anniversary three are full."""
    if pd.isna(hired):
        return float("nan")
    full = until.year - hired.year
    full -= hired + pd.DateOffset(years=full) > until
    begun, next_one = (hired + pd.DateOffset(years=number) for number in (full, full + 1))
    return float(full + (until - begun) / (next_one - begun))


def _top_third(rows: pd.DataFrame, year: Scope, criteria: Criteria, read: Read) -> pd.DataFrame:
    found = fair(year, criteria.figure, read=read)
    if found is None:
        unknown = _all(rows, float("nan"))
        return _judged("top_third", unknown, _all(rows, criteria.probability), unknown)
    own = rows[["manager_id"]].merge(found.managers, on="manager_id", how="left")
    threshold, counted = _all(rows, criteria.probability), own["customers"].astype(float)
    return _judged("top_third", own["top_third"].astype(float), threshold, counted)


def _strike(rows: pd.DataFrame, year: Scope, criteria: Criteria, read: Read) -> pd.DataFrame:
    rates = read("strike_rate", year, ("manager_id",))
    own = rows[["manager_id"]].merge(rates, on="manager_id", how="left")
    told = own["strike_rate"].where(own["attempts"] >= criteria.fewest_attempts)
    return _judged("strike", told, _all(rows, criteria.strike_rate), own["attempts"].astype(float))


def _satisfaction(rows: pd.DataFrame, year: Scope, fewest: int, read: Read) -> pd.DataFrame:
    """Against the median of the whole team, whomever the scope names."""
    scores = read("satisfaction_retailer", everybody(year), ("team", "manager_id"))
    enough = scores[(scores["answers"] >= fewest) & (scores["manager_id"] != "unknown")]
    teams = enough.groupby("team")["satisfaction_retailer"].agg(["median", "size"])
    medians = teams.loc[teams["size"] >= FEWEST_COLLEAGUES, "median"]
    own = rows[["manager_id"]].merge(scores.drop(columns="team"), on="manager_id", how="left")
    told = own["satisfaction_retailer"].where(own["answers"] >= fewest)
    return _judged("satisfaction", told, rows["team"].map(medians).astype(float), own["answers"].astype(float))


def _all(rows: pd.DataFrame, threshold: float) -> "pd.Series[float]":
    return pd.Series(threshold, index=rows.index, dtype=float)
