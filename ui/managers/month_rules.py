"""By which rules the cells of a 135 month are judged, with this installation's thresholds."""

from ui.managers.month_words import step_titles
from ui.words import _, plain
from warehouse.settings import Settings


def rules(settings: Settings) -> str:
    """The rules in text, a paragraph a step."""
    shares = {
        "done": f"{settings.five_steps_done:.0%}",
        "partly": f"{settings.five_steps_partly:.0%}",
        "rise": f"{settings.five_steps_least_rise * 100:g}",
        "productive": f"{settings.productive_call_reference:.0%}",
        "strike": f"{settings.strike_rate_reference:.0%}",
        "brand": f"{settings.brand_visits_reference:.0%}",
        "satisfaction": f"{settings.satisfaction_reference:g}",
        "visits": settings.fewest_visits,
        "answers": settings.fewest_answers,
        "purposes": plain(", ".join(settings.brand_purposes)),
    }
    steps = step_titles()
    paragraphs = [
        _(
            "A cell is done where all its figures are, not done where none is, else partly. A figure is done from "
            "{done} on and partly from {partly}; one with a reference of its own is done at it and partly from "
            "{done} of it. What has no data counts against nobody."
        ),
        f"**{steps['analyse']}** — "
        + _(
            "done where, about this manager alone, a sheet was opened or a list exported on a day of the month; "
            "looking back later does not change a month that is over. Not done is told once the month is over, and "
            "only where recording began by its first day: else nobody can tell. Customer: the manager's sheet, the "
            "handover sheet. Brand: the visit list of doors to knock on. Market: the manager's sheet, the scorecard "
            "of one manager. This grid's download speaks for all three. Pages about all managers count for nobody; "
            "who did it is not recorded."
        ),
        f"**{steps['plan']}** — "
        + _(
            "Customer: key customers, and all customers, with a row of the visit plan. Brand: focus products on sale"
            " with a distribution target, or a launch plan for these areas and days. Market: an amount target; "
            "areas, town and country told apart, and tier bands in which a visit is planned."
        ),
        f"**{steps['implement']}** — "
        + _(
            "Customer: planned visits made within a day, and customers visited. Brand: at least {brand} of the "
            "visits for a brand (their purpose holds one of: {purposes}) or focus products checked, and the "
            "distribution target. Market: areas where {partly} of the customers were visited."
        ),
        f"**{steps['evaluate']}** — "
        + _(
            "Customer: {productive} of the visits followed by an order within a week. Brand: {strike} of the selling"
            " visits succeeded. Market: satisfaction {satisfaction} over twelve months, or shelves checked. Fewer "
            "than {visits} visits or {answers} answers are told and not judged."
        ),
        f"**{steps['improve']}** — "
        + _(
            "The figure that was weakest last month against the team (the strike rate: against {strike}): done where"
            " it rose by {rise} point or is not below the team now, partly where it held, not done where it fell."
        ),
    ]
    return "\n\n".join(text.format(**shares) for text in paragraphs)
