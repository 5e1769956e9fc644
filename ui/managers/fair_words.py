"""The words of the fair comparison: its finding, how to read it, and what cannot be judged."""

from collections.abc import Mapping
from typing import Any

from metrics.columns import column
from metrics.managers.compared import COMPARED
from metrics.managers.fair import FEWEST, Fair
from metrics.scope import UNKNOWN
from ui.numbers import written
from ui.words import _, language, pick, plain

MOST_NAMED = 3
BETWEEN_LIMITS = 0.05 - 0.002
"""How many of those who are like all others chance alone puts between the inner and the outer limit."""


def as_shown(value: Any, unit: str) -> Any:
    """A figure as people know it: a change is an index to the comparison, 1 for none."""
    return value - 1 if unit == "change" else value


def written_figure(value: Any, unit: str) -> str:
    """A value of the comparison as people read it."""
    return written(as_shown(value, unit), unit, language())


def counted_in(name: str) -> str:
    """What a figure of the comparison is counted in."""
    compared = COMPARED[name]
    if compared.counts != "units":
        return _("Customers, weighed by size")
    if compared.denominator in ("eligible", "checked"):
        return _("Pairs of customer and product")
    return pick(column(compared.denominator).title)


def verdict_words() -> dict[str, str]:
    """What is said of a manager, by verdict."""
    return {
        "high": _("above, beyond chance"),
        "rather_high": _("rather above, look again"),
        "inside": _("within chance"),
        "rather_low": _("rather below, look again"),
        "low": _("below, beyond chance"),
        "few": _("too few to tell"),
        "alone": _("nobody to compare with"),
        "none": _("no data"),
    }


def level_words(trait: str, level: str) -> str:
    """A level of a trait, such as an area or the size of customers."""
    sizes = {"large": _("large"), "middle": _("middle"), "small": _("small"), "new": _("new within a year")}
    shown = sizes.get(level, level) if trait == "size_band" else _("unknown") if level == UNKNOWN else level
    return f"{pick(column(trait).title)} {shown}"


def finding(found: Fair, names: Mapping[str, str]) -> str:
    """Who stands out, or that nobody does."""
    verdicts = found.managers["verdict"]
    judged = int(found.managers["errors"].notna().sum())
    outside = found.managers[verdicts.isin(["high", "low"])]
    if not judged and (verdicts == "alone").any():
        return _("Nothing can be said: there is nobody to compare with")
    if not judged:
        return _("Nothing can be said: nobody has {fewest} or more to count on").format(fewest=FEWEST)
    if outside.empty and judged == 1:
        return _("{name} cannot be told apart from what was expected").format(name=plain(_judged_name(found, names)))
    if outside.empty:
        return _("None of {all} stands out beyond chance: they cannot be told apart").format(all=judged)
    ordered = outside.loc[outside["errors"].abs().sort_values(ascending=False, kind="stable").index]
    arrows = {"high": "↑", "low": "↓"}
    told = [
        f"{plain(names.get(manager, manager))} {arrows[verdict]}"
        for manager, verdict in zip(ordered["manager_id"], ordered["verdict"], strict=True)
    ]
    listed = ", ".join(told[:MOST_NAMED]) + (" …" if len(told) > MOST_NAMED else "")
    if len(outside) == judged:
        return _("All stand out beyond chance: {names}").format(names=listed)
    if 2 * len(outside) > judged:
        return _("{count} of {all} stand out: more than chance and territory sets them apart — {names}").format(
            count=len(outside), all=judged, names=listed
        )
    words = (
        _("{count} of {all} stands out beyond chance: {names}; of the other {rest} that cannot be said")
        if len(outside) == 1
        else _("{count} of {all} stand out beyond chance: {names}; of the other {rest} that cannot be said")
    )
    return words.format(count=len(outside), all=judged, names=listed, rest=judged - len(outside))


def _judged_name(found: Fair, names: Mapping[str, str]) -> str:
    manager = str(found.managers.loc[found.managers["errors"].notna(), "manager_id"].iloc[0])
    return names.get(manager, manager)


def how_to_read(found: Fair) -> list[str]:
    """Sentences under the funnel."""
    judged = found.managers[found.managers["errors"].notna()]
    between = int(judged["verdict"].isin(["rather_high", "rather_low"]).sum())
    words = [
        _where_a_dot_stands(found),
        _(
            "Further right, more stands behind it. The stem leads to what is likely to last, on the same scale; none "
            "is seen where the two are close."
        ),
        _(
            "Inside the funnel the differences may be luck and say nothing. Outside the solid lines luck hardly "
            "explains them: two in a thousand would land there."
        ),
    ]
    if between:
        words.append(
            _("{count} between the lines: look again; luck alone would put about {luck} there.").format(
                count=between, luck=f"{BETWEEN_LIMITS * len(judged):.1f}"
            )
        )
    if found.name == "growth":
        words.append(_("Customers handed over move the growth of both managers; like for like leaves that out."))
    if found.is_overdispersed:
        words.append(
            _(
                "More lie outside than counting alone explains: something beyond the mix of customers moves them. Take "
                "the lines as a hint, not as a verdict."
            )
        )
    return words


def _where_a_dot_stands(found: Fair) -> str:
    """How the height of a dot follows from the manager's row."""
    overall, unit = written_figure(found.overall, column(found.name).unit), column(found.name).unit
    if found.is_share:
        words = _(
            "A dot is a manager, at about {overall}, which all reach together, + raw − expected: exactly, as many "
            "standard errors from the line as raw is from expected."
        )
    elif unit == "change":
        words = _(
            "A dot is a manager, at what all reach together, {overall}, as an index, × raw ÷ expected: last year = 1."
        )
    else:
        words = _("A dot is a manager, at {overall}, which all reach together, × raw ÷ expected.")
    return words.format(overall=overall)


def order_of_rows(part: str) -> str:
    """How the table of a part of the view is ordered."""
    if part == "ranks":
        return _("In the order of the probability of the top third.")
    return _("In the order of the verdict, then of the distance from what was expected in standard errors.")


def what_is_expected(found: Fair) -> list[str]:
    """Sentences under the table: what is expected of whom, and why some are not judged."""
    verdicts = found.managers["verdict"]
    words = [
        _(
            "Expected: what the other managers got from customers of like area, tiers, channel and size; the manager's "
            "own are left out, and what few customers tell counts for little."
        )
        if found.is_mix_telling
        else _("Expected: here the mix of customers foretells nothing, so that it is what all the others got.")
    ]
    if (verdicts == "few").any():
        words.append(
            _("Too few to tell: less than {fewest} counted. Nothing is said about them, neither good nor bad.").format(
                fewest=FEWEST
            )
        )
    if (verdicts == "none").any():
        words.append(
            _("No data: the figure cannot be worked out for them in this period. It is not held against them.")
        )
    if (found.managers["alone"].str.len() > 0).any():
        words.append(
            _("{title}: of these customers there are none at anybody else's; only their other traits count.").format(
                title=pick(column("no_peers").title)
            )
        )
    return words
