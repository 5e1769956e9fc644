"""The words of the 135 month: focuses, steps, states, and what each cell says of its figures and of what is missing."""

import math

from metrics.columns import column
from metrics.managers.five_steps import DONE, STEPS, Cell, FiveSteps, Part
from ui.customers import code_words
from ui.installation import settings
from ui.numbers import written
from ui.words import _, language, pick
from warehouse.activity import FOCUSES

ALONE = ("looked_into", "weakest")
"""What is the only thing that a step looks at needs no name."""
MARKS = {"done": "●", "partly": "◐", "not": "○", "no_data": "–"}


def focus_titles() -> dict[str, str]:
    """The three focuses."""
    return {focus: pick(column(f"focus_{focus}").title) for focus in FOCUSES}


def step_titles() -> dict[str, str]:
    """The five steps."""
    return {step: pick(column(f"step_{step}").title) for step in STEPS}


def state_titles() -> dict[str, str]:
    """What may be said of a cell."""
    return {"done": _("done"), "partly": _("partly"), "not": _("not done"), "no_data": _("no data")}


def cell_words(cell: Cell, found: FiveSteps) -> list[str]:
    """What a cell says: its figures one by one, and of each what is missing."""
    return [_part_words(part, cell, found) for part in cell.parts]


def _part_words(part: Part, cell: Cell, found: FiveSteps) -> str:
    if part.why:
        return _reason(part) if part.name in ALONE else f"{measure_title(part.name)}: {_reason(part)}"
    if cell.step == "improve":
        return _improvement(part)
    figures = _FIGURES[part.name](part)
    missing = _missing(part)
    if missing and part.name == "places_visited":
        missing = f"{missing}, {_least_visited(cell, found)}"
    return _("{figures} ({missing})").format(figures=figures, missing=missing) if missing else figures


def measure_title(name: str) -> str:
    """What a figure of the month is called."""
    own = {
        "key_customers_planned": _("Key customers planned"),
        "customers_planned": _("Customers planned"),
        "focus_planned": _("Focus products planned"),
        "amount_target": _("Amount target"),
        "places_planned": _("Areas planned"),
        "tiers_planned": _("Tiers planned"),
        "brand_visits": _("Visits for a brand"),
        "focus_checked": _("Checked for focus products"),
        "places_visited": _("Areas visited"),
        "customers_checked": _("Shelves checked"),
    }
    return own.get(name) or pick(column(name).title)


def _looked_into(days: int) -> str:
    if not days:
        return _("no sheet opened, no list exported")
    return _("looked into on 1 day") if days == 1 else _("looked into on {count} days").format(count=days)


def _counted(template: str, part: Part) -> str:
    return template.format(
        count=written(part.count, "count", language()),
        base=written(part.base, "count", language()),
        value=written(part.value, "share", language()),
    )


_FIGURES = {
    "looked_into": lambda part: _looked_into(int(part.count or 0)),
    "key_customers_planned": lambda part: _counted(_("{count} of {base} key customers planned"), part),
    "customers_planned": lambda part: _counted(_("{count} of {base} customers planned"), part),
    "focus_planned": lambda part: _counted(_("{count} of {base} focus products with target or launch plan"), part),
    "amount_target": lambda part: _("amount target set") if part.count else _("no amount target"),
    "places_planned": lambda part: _counted(_("{count} of {base} areas planned"), part),
    "tiers_planned": lambda part: _counted(_("{count} of {base} tier bands planned"), part),
    "plan_compliance": lambda part: _counted(_("{count} of {base} planned visits made"), part),
    "call_coverage": lambda part: _counted(_("{count} of {base} customers visited"), part),
    "brand_visits": lambda part: _counted(_("{count} of {base} visits for a brand"), part),
    "focus_checked": lambda part: _counted(_("focus products checked at {count} of {base} customers"), part),
    "distribution_attainment": lambda part: _counted(_("{value} of the distribution target reached"), part),
    "places_visited": lambda part: _counted(_("{count} of {base} areas visited for the most part"), part),
    "productive_call_rate": lambda part: _counted(_("{count} of {base} visits followed by an order"), part),
    "strike_rate": lambda part: _counted(_("{count} of {base} selling visits succeeded"), part),
    "customers_checked": lambda part: _counted(_("shelves checked at {count} of {base} customers"), part),
    "satisfaction_retailer": lambda part: _("satisfaction {value}, answers in a year: {count}").format(
        value=written(part.value, "rate", language()), count=written(part.base, "count", language())
    ),
}


def _missing(part: Part) -> str:
    """What a figure lacks to be done."""
    if part.state == DONE or part.least is None or part.base is None or part.count is None:
        return ""
    if part.name == "satisfaction_retailer":
        return _("{least} is asked for").format(least=written(part.least, "rate", language()))
    more = math.ceil(round(part.least * part.base - part.count, 6))
    return _("{more} more").format(more=written(more, "count", language()))


def _least_visited(cell: Cell, found: FiveSteps) -> str:
    """The area of the manager with the smallest share of customers visited."""
    places = found.places[found.places["manager_id"] == cell.manager_id]
    worst = min(places.to_dict("records"), key=lambda place: place["visited"] / place["customers"])
    return _("least in {area}, {market}: {visited} of {customers}").format(
        area=worst["area"],
        market=code_words().get(str(worst["market"]), worst["market"]),
        visited=worst["visited"],
        customers=worst["customers"],
    )


def _improvement(part: Part) -> str:
    """The figure that was the weakest last month, and where it stands now."""
    now, before, reference = (
        written(value, "share", language()) for value in (part.value, part.before, part.reference)
    )
    return _("{figure} {before} → {now} (aim {reference})").format(
        figure=measure_title(part.name), before=before, now=now, reference=reference
    )


def _reason(part: Part) -> str:
    """Why a figure has no data."""
    if part.why == "too_few":
        fewest = settings().fewest_answers if part.name == "satisfaction_retailer" else settings().fewest_visits
        return _("only {base}, too few to judge; it takes {fewest}").format(
            base=written(part.base, "count", language()), fewest=fewest
        )
    if part.why == "none_of_its_own":
        return _none_of_its_own(part.name)
    return {
        "nothing_recorded": _("nobody has any recorded in this month"),
        "month_not_over": _("told when the month is over"),
        "not_recorded_then": _("not recorded then"),
        "no_focus_product": _("no focus product is on sale"),
        "nothing_to_compare": _("no figure has data in this month and the last"),
    }[part.why]


def _none_of_its_own(name: str) -> str:
    """What a manager has none of, so that there is nothing to divide by."""
    return {
        "plan_compliance": _("no visit was planned"),
        "key_customers_planned": _("no key customers"),
        "key_call_coverage": _("no key customers"),
        "distribution_attainment": _("no distribution target"),
        "target_attainment": _("no amount target"),
        "strike_rate": _("no visit tried to sell"),
        "satisfaction_retailer": _("no answers"),
    }.get(name, _("no visits"))
