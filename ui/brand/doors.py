"""Doors to knock on: who should carry it and doesn't."""

from metrics import Scope
from ui.customers import customer_table
from ui.names import names_of
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.words import _

COLUMNS = (
    "sku_id",
    "customer_id",
    "customer_name",
    "area",
    "channel",
    "tier",
    "manager_name",
    "amount",
    "last_bought",
    "last_manager_visit",
)


def doors_view(scope: Scope) -> None:
    """Eligible customers without the product, largest first."""
    products = read("product_list", scope)
    listed = products if scope.names_products else products[products["focus"]]
    narrowed = scope.narrow(sku=tuple(listed["sku_id"])) if len(listed) else scope
    gaps = read("distribution_gaps", narrowed, "sku_id")
    if gaps.empty:
        no_data(no_data_reason("distribution_gaps"))
        return
    names = names_of("sku", products)
    gaps = gaps.assign(sku_id=[names.get(sku, sku) for sku in gaps["sku_id"]])
    gaps = gaps.sort_values(["amount", "customer_id"], ascending=[False, True], ignore_index=True)
    section(_("Who should carry it and doesn't, largest first?"))
    customer_table(gaps, COLUMNS, scope=narrowed, key="doors", titles={"sku_id": _("Product")})
