"""Decisions in words: who, until when, the figure then and now against its goal, and what became of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import metrics
from metrics.decisions import Moved
from metrics.scope import Scope
from ui.address import read_parameters
from ui.disguise import Disguise
from ui.numbers import NO_DATA, written
from ui.period import resolve
from ui.words import _, language, pick
from warehouse.decisions import Decision
from warehouse.errors import PinyuError
from warehouse.meetings import Parameters

Shown = Literal["overdue", "open", "done", "dropped"]
SHOWN: tuple[Shown, ...] = ("overdue", "open", "done", "dropped")
"""What may have become of a decision, in the order in which it is told."""
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+")
_SIZES = {"万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6, "b": 1e9}
_FULL_WIDTH = {
    ord(wide): plain for wide, plain in zip("０１２３４５６７８９％．，＋－−", "0123456789%.,+--", strict=True)
}


class GoalProblem(PinyuError):
    """A goal that is not written as a number of its figure."""


@dataclass(frozen=True)
class People:
    """What managers are called by id, and how names in texts are hidden."""

    called: Mapping[str, str]
    hiding: Disguise

    def owner(self, decision: Decision) -> str:
        """Who carries it out; a manager whom no extract names is told by the id."""
        who = decision.owner.manager_id
        return self.called.get(who, who) if who else self.text(decision.owner.words)

    def text(self, words: str) -> str:
        """What somebody wrote, names in it hidden."""
        return str(self.hiding.text(words))


def shown_state(decision: Decision, day: date) -> Shown:
    """What became of it by a day: open ones are overdue from the day after they were due."""
    return "overdue" if decision.is_overdue(day) else decision.state


def state_words(state: Shown) -> str:
    """The same in words."""
    return {"overdue": _("Overdue"), "open": _("Open"), "done": _("Done"), "dropped": _("Dropped")}[state]


def figure_title(name: str) -> str:
    """A figure's title; its code name where this release does not know it."""
    return pick(metrics.figure(name).title) if name in metrics.figures() else name


def then_and_now(decision: Decision, figure: Moved | None, *, is_new: bool = False) -> str:
    """The figure then → now, of a new decision as it is; nothing where none is to be moved."""
    if figure is None:
        return ""
    told = (figure.baseline,) if is_new else (figure.baseline, figure.now)
    return " → ".join(written_figure(decision, one) for one in told)


def goal_words(decision: Decision, figure: Moved | None) -> str:
    """The goal, and whether it is reached or how much of the way to it is gone."""
    if figure is None or figure.goal is None:
        return ""
    goal = written_figure(decision, figure.goal)
    if figure.is_reached:
        return _("{goal}, reached").format(goal=goal)
    if figure.way is None:
        return goal
    if figure.way < 0:
        return _("{goal}, further away than then").format(goal=goal)
    return _("{goal}, {way} of the way").format(goal=goal, way=f"{figure.way:.0%}")


def short_goal(decision: Decision, figure: Moved | None) -> str:
    """The same for where there is little room: a tick where it is reached, else the share of the way."""
    if figure is None or figure.goal is None:
        return ""
    goal = written_figure(decision, figure.goal)
    if figure.way is None or figure.way < 0:
        return goal
    return f"{goal} ✓" if figure.is_reached else f"{goal} · {figure.way:.0%}"


def written_figure(decision: Decision, value: float | None) -> str:
    """A value of the decision's figure as people read it."""
    known = metrics.figures().get(decision.figure)
    return written(value, known.unit if known else "rate", language())


def read_goal(text: str, unit: str) -> float | None:
    """A goal as people write it: 35%, 1,200, 120万, 1.2M. None where nothing is written; else GoalProblem.

    A share or change is written in percent; 0.35 is taken for 35% too, but a bare 35 could be either and is refused.
    """
    words = text.translate(_FULL_WIDTH).strip().lower()
    if not words or words == NO_DATA:
        return None
    is_percent, in_percent = unit in ("share", "change"), words.endswith("%")
    size = 0.01 if in_percent else _SIZES.get(words[-1], 1.0)
    number = words[:-1].strip() if size != 1 else words
    if not _NUMBER.fullmatch(number) or len(number) > 20 or (in_percent and not is_percent):
        raise GoalProblem(_("“{text}” is no goal for this figure.").format(text=text[:20]), _how_to_write(unit))
    value = float(number.replace(",", "")) * size
    if is_percent and not in_percent and not -1 <= value <= 1:
        raise GoalProblem(_("“{text}” could be a share or percent.").format(text=text[:20]), _how_to_write(unit))
    return round(value, 10)


def period_of(scope: Parameters, day: date) -> Scope:
    """The days that a meeting's parameters state, counted from a day; without its conditions."""
    chosen, _left_out = read_parameters({name: list(values) for name, values in scope.items()})
    if chosen.preset == "custom" and chosen.from_date and chosen.to_date:
        return Scope(chosen.from_date, chosen.to_date)
    return Scope(*resolve(chosen.preset, day))


def _how_to_write(unit: str) -> str:
    return _("Write it as 35%.") if unit in ("share", "change") else _("Write it as a number, such as 1,200 or 120万.")
