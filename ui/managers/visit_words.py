"""Why a customer should be seen, in words."""

from collections.abc import Sequence

from metrics.managers.next_week import Reason
from ui.numbers import written
from ui.words import _, language, listed


def visit_words(reasons: Sequence[Reason]) -> str:
    """The reasons in one line, the weightiest first."""
    return _("; ").join(_said(reason) for reason in reasons)


def _said(reason: Reason) -> str:
    if reason.kind in ("overdue_key", "overdue", "due"):
        return _waited(reason)
    if reason.kind == "order_missed":
        missed = int(reason.number or 0)
        return _("1 order missed") if missed == 1 else _("{count} orders missed").format(count=missed)
    products = listed(reason.products)
    if reason.kind == "lost":
        before = written(reason.number, "quantity", language())
        return _("stopped buying {products} (cartons in the 13 weeks before: {qty})").format(
            products=products, qty=before
        )
    return _("has not tried {products} yet").format(products=products)


def _waited(reason: Reason) -> str:
    if reason.number is None:
        days = _("no visit known")
    else:
        days = _("{days} days without a visit, cycle {cycle}").format(days=int(reason.number), cycle=reason.cycle)
    return _("key customer, {waited}").format(waited=days) if reason.kind == "overdue_key" else days
