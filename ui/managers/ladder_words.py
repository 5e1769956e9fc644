"""The words of the apprentice ladder: steps, what is told of a newcomer, loads, and figures against earlier ones."""

from metrics.managers.earlier_newcomers import Yardstick
from metrics.managers.ladder import JOINT_CUSTOMERS, Ladder, Rung
from ui.numbers import NO_DATA, written
from ui.words import _, language, plain
from warehouse.settings import Settings

UNITS = {"amount_per_customer": "money", "visits_a_week": "rate", "call_coverage": "share", "strike_rate": "share"}
MOST_REMARKS = 4


def step_words() -> dict[str, str]:
    """What newcomer and coach do at each step."""
    return {
        "A": _("I do, you watch"),
        "B": _("I do, you help"),
        "C": _("you do, I help"),
        "D": _("you do, I watch"),
        "E": _("you do, I manage"),
    }


def rules(settings: Settings) -> str:
    """The ladder's rules in text."""
    steps = " · ".join(f"**{step}** {words}" for step, words in step_words().items())
    texts = (
        _(
            "Joint customers 1 to 3 are step A, 4 to 6 B, 7 to 9 C, the tenth D; from then on the newcomer goes alone, "
            "E. Customers are counted in the order of their first step; the same one again is told and not counted."
        ),
        _("The first three months after being hired are the critical ones."),
        _(
            "A newcomer was hired within {months} months of the last day, or has a ladder unfinished. A coach leads "
            "who is in the critical months or not done with the ladder: {full} are enough, more than {most} too many."
        ).format(months=settings.newcomer_months, full=settings.coach_full, most=settings.coach_most),
    )
    return "\n\n".join((steps, *texts))


def remarks(ladder: Ladder) -> list[str]:
    """What does not go by the rule, or is not recorded; the first few, and how many more there are."""
    found = [_out_of_order(rung) for rung in ladder.rungs if rung.is_out_of_order]
    found += [_again(rung) for rung in ladder.rungs if rung.again]
    alone = [rung for rung in ladder.rungs if rung.step != "E" and not rung.joint_visits]
    if alone:
        found.append(
            _("No joint visit is recorded for {names}.").format(names=_listed([r.customer_name for r in alone]))
        )
    if ladder.unrecorded:
        found.append(
            _("Went together without a recorded step: {names}.").format(names=_listed(list(ladder.unrecorded)))
        )
    if ladder.without_customer:
        found.append(_("Steps that name no customer: {count}.").format(count=ladder.without_customer))
    early = [rung for rung in ladder.rungs if ladder.hired_on is not None and rung.day < ladder.hired_on]
    if early:
        found.append(_("Steps from before the day of hiring: {count}.").format(count=len(early)))
    more = len(found) - MOST_REMARKS
    return found[:MOST_REMARKS] + ([_("Further remarks: {count}.").format(count=more)] if more > 0 else [])


def _out_of_order(rung: Rung) -> str:
    words = (
        _("Customer {number}, {name}: step {step} is recorded; after {ten} the newcomer goes alone (E).")
        if rung.number > JOINT_CUSTOMERS
        else _("Customer {number}, {name}: step {step} is recorded, {rule} is the rule.")
    )
    return words.format(
        number=rung.number, name=plain(rung.customer_name), step=rung.step, rule=rung.rule, ten=JOINT_CUSTOMERS
    )


def _again(rung: Rung) -> str:
    days = ", ".join(f"{step} {written(day, 'date', language())}" for day, step in rung.again)
    return _("Customer {number}, {name}, was taken again: {days}.").format(
        number=rung.number, name=plain(rung.customer_name), days=days
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(plain(name) for name in names[:3])
    return shown if len(names) <= 3 else _("{some} and {count} more").format(some=shown, count=len(names) - 3)


def loads() -> dict[str, str]:
    """What may be said of a coach's load."""
    return {"room": _("has room"), "full": _("has enough"), "too_many": _("too many")}


def yardstick_title(name: str) -> str:
    """What a figure of the first weeks is called."""
    return {
        "amount_per_customer": _("Amount a customer and week"),
        "visits_a_week": _("Visits a week"),
        "call_coverage": _("Customers visited"),
        "strike_rate": _("Strike rate"),
    }[name]


def yardstick_row(figure: Yardstick) -> tuple[str, str, str, str]:
    """A figure by name, the newcomer's own with its counts, the median of earlier ones, and their range."""
    unit = UNITS[figure.name]

    def text(value: float | None) -> str:
        return written(value, unit, language())

    own = text(figure.own)
    if unit == "share" and figure.own is not None:
        count, base = (written(part, "count", language()) for part in figure.parts)
        own = _("{share} ({count} of {base})").format(share=own, count=count, base=base)
    reach = NO_DATA
    if figure.lowest is not None and figure.highest is not None:
        reach = _("{lowest} to {highest}, of {count}").format(
            lowest=text(figure.lowest), highest=text(figure.highest), count=figure.count
        )
    return yardstick_title(figure.name), own, text(figure.middle), reach
