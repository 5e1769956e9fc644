"""How a score is worked out: the rules for all, and every step for one row."""

import pandas as pd
import streamlit as st

from metrics.columns import column
from metrics.managers.score import Score
from metrics.managers.scorecard import FIGURES, Card
from metrics.points import LEAST_WEIGHT
from ui.installation import settings
from ui.numbers import is_missing, written
from ui.table import Look, table
from ui.words import _, language, pick, plain
from warehouse.scoring import Rule

RULES = ("measure_name", "score_stated", "score_floor", "score_goal", "score_fewest")
STEPS = (
    "measure_name",
    "score_value",
    "score_floor",
    "score_goal",
    "score_points",
    "score_stated",
    "score_weight",
    "score_part",
    "score_note",
)


def how_it_is_made() -> None:
    """The rules: which figure weighs how much, and how it becomes points."""
    st.markdown(
        _(
            "A figure earns no points at its floor, 100 at its goal, and in between points in a straight line, in "
            "whole numbers. Its part of the score is weight × points ÷ 100, and the score is the sum of the parts. "
            "What has no data, or rests on fewer than stated, earns nothing and costs nothing: its weight is shared "
            "out over the others in proportion, in whole per cents. With data for less than {least} of the weight "
            "there is no score."
        ).format(least=f"{LEAST_WEIGHT:.0%}")
    )
    rules = settings().score
    rows = pd.DataFrame(
        [
            _ruled(name, rules[name]) | {"score_fewest": rules[name].fewest or None}
            for name in FIGURES
            if rules[name].weight
        ]
    )
    table(rows, RULES, key="score-rules", titles={"score_stated": _("Weight")}, rows_shown=14)
    unscored = [pick(column(name).title) for name in FIGURES if not rules[name].weight]
    if unscored:
        st.caption(_("Shown and not scored: {figures}.").format(figures=", ".join(unscored)))


def calculation(found: Card, scored: Score, place: int, name: str) -> None:
    """Open the calculation of one row over the page."""
    total = written(scored.total[place], "tenths", language())
    title = _("{name}: {total} of 100").format(name=plain(name), total=total)
    st.dialog(title, width="large", icon=":material/functions:")(_steps)(found, scored, place)


def _steps(found: Card, scored: Score, place: int) -> None:
    st.caption(_("Weight × points ÷ 100 = part; the parts add up to the score."))
    rows = pd.DataFrame([*steps(found, scored, place)])
    bold = pd.DataFrame({name: [""] * (len(rows) - 1) + ["font-weight: 700;"] for name in STEPS})
    table(rows, STEPS, key="calculation", rows_shown=16, look=Look(styles=bold))


def steps(found: Card, scored: Score, place: int) -> list[dict[str, object]]:
    """A row for each scored figure, from its value to its part, and the sum as the last."""
    rules = settings().score
    rows = []
    for name in FIGURES:
        if name not in scored.points:
            continue
        value = found.rows[name][place]
        rows.append(
            _ruled(name, rules[name])
            | {
                "score_value": written(value, column(name).unit, language()),
                "score_points": scored.points[name][place],
                "score_weight": scored.weights[name][place],
                "score_part": scored.parts[name][place],
                "score_note": _note(found, scored, place, name),
            }
        )
    whole = {
        "measure_name": _("Score"),
        "score_stated": f"{sum(rule.weight for rule in rules.values()):g}",
        "score_weight": scored.weights.loc[place].sum(),
        "score_part": scored.total[place],
    }
    return [*rows, {name: whole.get(name) for name in STEPS}]


def _note(found: Card, scored: Score, place: int, name: str) -> str:
    """Why a figure has no points."""
    if not is_missing(scored.points[name][place]):
        return ""
    if is_missing(found.rows[name][place]):
        return _("no data")
    return _("too few: {count} of {fewest}").format(
        count=written(found.counts[name][place], "count", language()), fewest=settings().score[name].fewest
    )


def _ruled(name: str, rule: Rule) -> dict[str, object]:
    unit = column(name).unit
    return {
        "measure_name": pick(column(name).title),
        "score_stated": f"{rule.weight:g}",
        "score_floor": written(rule.floor, unit, language()),
        "score_goal": written(rule.goal, unit, language()),
    }
