"""Decisions among the records: what was decided, who does it by when, and the figure that it should move to a goal."""

import json
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast, get_args

from warehouse.errors import PinyuError
from warehouse.launch_plans import plain_text
from warehouse.meetings import Parameters
from warehouse.records import Row, read_record, read_records, remove_record, save_record
from warehouse.settings import Settings

State = Literal["open", "done", "dropped"]
LONGEST_WORDS, LONGEST_OWNER = 500, 60

_TABLE = "decisions"


class DecisionProblem(PinyuError):
    """A decision that is not there, cannot be kept as it is, or cannot be read."""


@dataclass(frozen=True)
class Owner:
    """Who carries a decision out: a manager by the id, else whoever the words name."""

    manager_id: str = ""
    words: str = ""

    @property
    def key(self) -> str:
        """What tells owners apart; two with the same words are the same."""
        return json.dumps([self.manager_id, plain_text(self.words)], ensure_ascii=False)


@dataclass(frozen=True)
class Decision:
    """A decision as it is kept; `version` is 0 until it is.

    `figure` is a figure's name in the dictionary, empty where the decision moves none. `scope` are the URL parameters
    of what it is about, the days from and to that `baseline` is of among them. `baseline` and `goal` are in the
    figure's unit, a share of 35% being 0.35; None where there is none. `closed_on` is when it was done or dropped.
    Raises DecisionProblem where it cannot be kept so.
    """

    decision_id: str
    meeting_id: str
    decided_on: date
    words: str
    owner: Owner
    due_on: date
    figure: str = ""
    scope: Parameters = field(default_factory=dict)
    baseline: float | None = None
    goal: float | None = None
    state: State = "open"
    closed_on: date | None = None
    version: int = 0
    changed_at: str = ""

    def __post_init__(self) -> None:
        if not plain_text(self.words) or len(self.words) > LONGEST_WORDS:
            raise DecisionProblem(
                "A decision needs words, and not too many.",
                f"Write what is to be done in 1 to {LONGEST_WORDS} letters.",
            )
        if not (self.owner.manager_id or plain_text(self.owner.words)) or len(self.owner.words) > LONGEST_OWNER:
            raise DecisionProblem(
                "A decision needs an owner.", f"Choose a manager or write up to {LONGEST_OWNER} letters."
            )
        if self.state not in get_args(State) or (self.state == "open") != (self.closed_on is None):
            raise DecisionProblem(f"The state {self.state!r} is not one of a decision.", "Restore a backup.")
        if any(number is not None and not math.isfinite(number) for number in (self.baseline, self.goal)):
            raise DecisionProblem("The goal is no number that can be reached.", "Write it as a usual number.")

    def is_overdue(self, day: date) -> bool:
        """Whether it is open on a day after the one it was due on."""
        return self.state == "open" and day > self.due_on

    @property
    def was_on_time(self) -> bool:
        """Whether it was done no later than it was due."""
        return self.state == "done" and self.closed_on is not None and self.closed_on <= self.due_on

    @property
    def row(self) -> Row:
        """The decision as the records hold it, but for its version and when it was changed."""
        return {
            "decision_id": self.decision_id,
            "meeting_id": self.meeting_id,
            "decided_on": self.decided_on.isoformat(),
            "words": plain_text(self.words),
            "owner": self.owner.key,
            "due_on": self.due_on.isoformat(),
            "figure": self.figure,
            "scope": json.dumps(self.scope, ensure_ascii=False),
            "baseline": _text(self.baseline),
            "goal": _text(self.goal),
            "state": self.state,
            "closed_on": self.closed_on.isoformat() if self.closed_on else "",
        }


def decisions(settings: Settings) -> list[Decision]:
    """All decisions, those due first first."""
    found = [read_decision(row) for row in read_records(settings, _TABLE)]
    return sorted(found, key=lambda decision: (decision.due_on, decision.decided_on, decision.decision_id))


def decision_of(settings: Settings, decision_id: str) -> Decision:
    """The decision of that id; DecisionProblem where there is none."""
    row = read_record(settings, _TABLE, decision_id)
    if row is None:
        raise DecisionProblem(f"There is no decision {decision_id[:40]!r}.", "Somebody may have removed it.")
    return read_decision(row)


def new_decision_id() -> str:
    """An id that no other decision has."""
    return secrets.token_hex(8)


def save_decision(settings: Settings, decision: Decision) -> Decision:
    """Keep a decision in place of the one of its version; raises warehouse.records.Overtaken where another stands."""
    return read_decision(save_record(settings, _TABLE, decision.row, version=decision.version))


def close_decision(settings: Settings, decision: Decision, state: Literal["done", "dropped"], on: date) -> Decision:
    """Keep it as done or dropped on a day; raises Overtaken as saving does."""
    return save_decision(settings, replace(decision, state=state, closed_on=on))


def reopen_decision(settings: Settings, decision: Decision) -> Decision:
    """Keep it as open again; raises Overtaken as saving does."""
    return save_decision(settings, replace(decision, state="open", closed_on=None))


def remove_decision(settings: Settings, decision: Decision) -> None:
    """Remove one that was a mistake; raises Overtaken, and removes nothing, where another version stands."""
    remove_record(settings, _TABLE, decision.decision_id, version=decision.version)


def read_decision(row: Row) -> Decision:
    """A decision as the records hold it."""
    try:
        manager_id, words = json.loads(str(row["owner"]))
        return Decision(
            decision_id=str(row["decision_id"]),
            meeting_id=str(row["meeting_id"]),
            decided_on=date.fromisoformat(str(row["decided_on"])),
            words=str(row["words"]),
            owner=Owner(str(manager_id), str(words)),
            due_on=date.fromisoformat(str(row["due_on"])),
            figure=str(row["figure"]),
            scope=_parameters(json.loads(str(row["scope"]))),
            baseline=_number(row["baseline"]),
            goal=_number(row["goal"]),
            state=cast(State, row["state"]),
            closed_on=date.fromisoformat(str(row["closed_on"])) if row["closed_on"] else None,
            version=int(row["version"] or 0),
            changed_at=str(row["changed_at"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DecisionProblem(
            f"The decision kept as {row.get('decision_id')} cannot be read: {error}.",
            "Restore a backup of the records.",
        ) from error


def _text(number: float | None) -> str:
    return "" if number is None else repr(float(number))


def _number(text: str | int | None) -> float | None:
    return float(text) if text else None


def _parameters(words: Mapping[str, Any]) -> Parameters:
    return {str(name): tuple(map(str, values)) for name, values in words.items()}
