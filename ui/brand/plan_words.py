"""A launch plan in words."""

from metrics.scope import UNKNOWN
from ui.numbers import written_period
from ui.words import _, language, plain
from warehouse.launch_plans import LaunchPlan


def four_answers(plan: LaunchPlan) -> str:
    """When, what, where, to whom: a line each, as plain text."""
    channels, tiers = _listed(plan.channels, _("all channels")), _listed(plan.tier_bands, _("all tiers"))
    return "  \n".join(
        f"**{title}** {answer}"
        for title, answer in (
            (_("When"), written_period(plan.starts_on, plan.covered_by, language())),
            (_("What"), plain(plan.offer).replace("\n", " ") or "—"),
            (_("Where"), _listed(plan.areas, _("all areas"))),
            (_("To whom"), f"{channels} · {tiers}"),
        )
    )


def said(value: str) -> str:
    """A value of the master data on screen."""
    return _("unknown") if value == UNKNOWN else str(value)


def _listed(names: tuple[str, ...], everything: str) -> str:
    return ", ".join(plain(said(name)) for name in names) or everything
