"""The customers behind a place: those that carry the products and those that may and don't."""

from metrics import Scope
from ui.customers import customer_table
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.views import one_of
from ui.words import _

CARRYING = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "qty", "amount")
MISSING = ("customer_id", "customer_name", "area", "channel", "tier", "manager_name", "amount", "last_bought")


def customers_behind(scope: Scope, place: str, *, key: str) -> None:
    """The customers in scope, carrying or missing; `place` says where they are, as plain text."""
    carrying, missing = read("handler_list", scope), read("distribution_gaps", scope)
    titles = {
        "missing": _("Don't carry it ({count})").format(count=f"{len(missing):,}"),
        "carrying": _("Carry it ({count})").format(count=f"{len(carrying):,}"),
    }
    section(place)
    shown = one_of("list", titles, label=_("Customers"))
    rows, columns, figure = (
        (carrying, CARRYING, "handler_list") if shown == "carrying" else (missing, MISSING, "distribution_gaps")
    )
    if rows.empty:
        no_data(no_data_reason(figure))
    else:
        customer_table(rows, columns, scope=scope, key=f"{key}-{shown}", rows_shown=8)
