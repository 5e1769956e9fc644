"""What is ranked, and by what: the two choices that the views share, and their words."""

from metrics import Ranking
from metrics.columns import column
from ui.views import one_of
from ui.words import _, pick


def ranking_choice() -> Ranking:
    """Draw both choices and give the ranking chosen."""
    ranked = one_of("ranked", ranked_titles(), label=_("What is ranked"))
    measure = one_of("measure", measure_titles(), label=_("By what"))
    return Ranking(ranked, measure)


def ranked_titles() -> dict[str, str]:
    """What may be ranked, in the plural."""
    return {
        "customer_id": _("Customers"),
        "sku_id": _("Single products"),
        "brand": _("Brands"),
        "area": _("Areas"),
        "manager_id": _("Managers"),
    }


def measure_titles() -> dict[str, str]:
    """What it may be ranked by."""
    return {name: pick(column(name).title) for name in ("amount", "qty", "gross_margin")}


def first_fifth_title(ranking: Ranking) -> str:
    """The title of the share of the first fifth, which names what is ranked."""
    return _("{ranked}: share of the first fifth").format(ranked=ranked_titles()[ranking.ranked])


def measure_unit(ranking: Ranking) -> str:
    """The unit of what is measured."""
    return column(ranking.measure).unit
