"""One brand or product, or the focus range: its trend and what moved it."""

from metrics import Scope
from ui import chart
from ui.brand_change import change_view
from ui.names import named, names_of
from ui.reading import read
from ui.tile import TREND_MONTHS
from ui.words import _

MOST_LINES = 6


def detail_view(scope: Scope) -> None:
    """Distribution month by month, then who came and went."""
    products = read("product_list", scope)
    listed = products if scope.names_products else products[products["focus"]]
    narrowed = scope.narrow(sku=tuple(listed["sku_id"])) if len(listed) else scope
    lines = narrowed.narrow(sku=narrowed.sku[:MOST_LINES]).trailing_months(TREND_MONTHS)
    chart.line(
        named(read("numeric_distribution", lines, ("sku_id", "month")), "sku_id", names_of("sku", products)),
        x="month",
        y="numeric_distribution",
        unit="share",
        colour="sku_id",
        title=_("Is the numeric distribution growing?"),
        key="trend",
    )
    change_view(narrowed)
