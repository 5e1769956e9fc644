"""The answer of each page in one sentence, made from its figures."""

from metrics import Scope
from metrics.scope import PRODUCT_CONDITIONS, UNKNOWN
from metrics.scorecard import compare
from ui.names import manager_names, names_of
from ui.numbers import change, written, written_change
from ui.reading import missing_extracts, no_data_reason, read, read_value
from ui.words import _, language, plain


def overview_finding(scope: Scope) -> str:
    """What was sold, and against last year and the target."""
    compared = compare("amount", scope, read=read_value)
    if compared.now is None:
        return no_data_reason("amount")
    amount = written(compared.now, "money", language())
    moved = change(compared.now, compared.last_year, "money")
    if moved is None:
        return _("{amount} sold; there is no year before to compare with.").format(amount=amount)
    return _("{amount} sold, {change} against last year.").format(amount=amount, change=written_change(moved, "money"))


def concentration_finding(scope: Scope) -> str:
    """How few customers make 80%."""
    rows = read("customers_for_80", scope)
    if rows.empty:
        return no_data_reason("customers_for_80")
    row = rows.iloc[0]
    if row["customers_for_80"] == 1 and row["customers_for_80_share"] == 1:
        return _("A single customer bought: one alone has no concentration.")
    return _("Customers that make 80% of the amount: {few}, or {share} of those who bought.").format(
        few=written(row["customers_for_80"], "count", language()),
        share=written(row["customers_for_80_share"], "share", language()),
    )


def brand_finding(scope: Scope) -> str:
    """How far the focus products reach, and the one that reaches furthest; of a single one, how far it does."""
    rows = read("focus_distribution", scope, ("sku_id",))
    whole = read_value("focus_distribution", scope)
    if missing_extracts("focus_distribution"):
        return no_data_reason("focus_distribution")
    if (not whole or rows.empty) and read_value(
        "amount", scope.narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ()))
    ) is None:
        return no_data_reason("amount")
    if rows.empty or whole is None:
        return _("No product in scope is marked as focus.")
    best = rows.sort_values("focus_distribution", ascending=False).iloc[0]
    names = names_of("sku", read("product_list", scope))
    name, share = plain(names.get(best["sku_id"], best["sku_id"])), written(whole, "share", language())
    if len(rows) == 1:
        return _("{name} is carried by {share} of those that may carry it.").format(name=name, share=share)
    return _("Product by product, focus products reach {whole} of what they may; {best} leads with {share}.").format(
        whole=share, best=name, share=written(best["focus_distribution"], "share", language())
    )


def managers_finding(scope: Scope) -> str:
    """How many managers reached their target; without targets, who sold most."""
    rows = read("target_attainment", scope, ("manager_id",))
    if rows.empty:
        return _why_no_target(scope)
    return _("{reached} of {all} reached their target.").format(
        reached=int((rows["target_attainment"] >= 1).sum()), all=len(rows)
    )


def _why_no_target(scope: Scope) -> str:
    """Why nobody's target is told, of all reasons the one that holds; where none are loaded, who sold most."""
    missing = missing_extracts("target_attainment")
    if missing:
        return ("targets" in missing and _who_sold_most(scope)) or no_data_reason("target_attainment")
    if scope.names_customers_or_products:
        return _("Targets are set for managers as a whole: the scope is narrowed by customers or products.")
    first, after_last = scope.whole_months()
    if first == after_last:
        return _("Targets are set by the month, and the period holds no whole one.")
    return _("No manager in scope has an amount target for a whole month of the period.")


def _who_sold_most(scope: Scope) -> str:
    """The manager with the largest amount, and its share of what all sold; empty where only one or nobody did."""
    rows = read("amount", scope, ("manager_id",))
    rows = rows[rows["manager_id"] != UNKNOWN].sort_values("amount", ascending=False)
    if len(rows) < 2 or rows["amount"].iloc[-1] < 0:
        return ""
    first = rows.iloc[0]
    return _("No targets are loaded; of {all} managers {best} sold most: {amount}, {share} of what they sold.").format(
        all=f"{len(rows):,}",
        best=plain(manager_names(scope).get(first["manager_id"], first["manager_id"])),
        amount=written(first["amount"], "money", language()),
        share=written(first["amount"] / rows["amount"].sum(), "share", language()),
    )
