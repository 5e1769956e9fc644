"""The answer of each page in one sentence, made from its figures."""

from metrics import Scope
from metrics.scope import PRODUCT_CONDITIONS
from metrics.scorecard import compare
from ui.names import names_of
from ui.numbers import change, written, written_change
from ui.reading import no_data_reason, read, read_value
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
    """How few customers make 80 %."""
    rows = read("customers_for_80", scope)
    if rows.empty:
        return no_data_reason("customers_for_80")
    row = rows.iloc[0]
    return _("{few} customers, {share} of those who bought, make 80 % of the amount.").format(
        few=written(row["customers_for_80"], "count", language()),
        share=written(row["customers_for_80_share"], "share", language()),
    )


def brand_finding(scope: Scope) -> str:
    """How far the focus products reach, and the one that reaches furthest; of a single one, how far it does."""
    rows = read("focus_distribution", scope, ("sku_id",))
    whole = read_value("focus_distribution", scope)
    if rows.empty or whole is None:
        return _("No product in scope is marked as focus.")
    if not whole and read_value("amount", scope.narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ()))) is None:
        return no_data_reason("amount")
    best = rows.sort_values("focus_distribution", ascending=False).iloc[0]
    names = names_of("sku", read("product_list", scope))
    name, share = plain(names.get(best["sku_id"], best["sku_id"])), written(whole, "share", language())
    if len(rows) == 1:
        return _("{name} is carried by {share} of those that may carry it.").format(name=name, share=share)
    return _("Product by product, focus products reach {whole} of what they may; {best} leads with {share}.").format(
        whole=share, best=name, share=written(best["focus_distribution"], "share", language())
    )


def managers_finding(scope: Scope) -> str:
    """How many managers reached their target."""
    rows = read("target_attainment", scope, ("manager_id",))
    if rows.empty:
        return no_data_reason("target_attainment")
    return _("{reached} of {all} managers reached their target.").format(
        reached=int((rows["target_attainment"] >= 1).sum()), all=len(rows)
    )
