"""A list of visits that leaves the screen, with headers such that loading takes it for a visit plan."""

from collections.abc import Sequence

from metrics.columns import column
from ui.words import _, pick


def plan_titles(columns: Sequence[str]) -> dict[str, str]:
    """The headers of a visit list by column."""
    titles = {name: pick(column(name).title) for name in columns}
    # "Customer" and "Manager" would be read as their numbers.
    own = {
        "customer_name": _("Customer's name"),
        "manager_name": _("Manager's name"),
        "sku_name": _("Product to place"),
    }
    return titles | {name: words for name, words in own.items() if name in titles}
