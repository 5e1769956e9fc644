"""Why a door is worth knocking on, in words."""

from collections.abc import Mapping, Sequence

from metrics.brand.reasons import Reason
from ui.numbers import written
from ui.words import _, language


def reason_words(reasons: Sequence[Reason], names: Mapping[str, str]) -> str:
    """The reasons in one line, the strongest first; products bought stand together. `names` are those of products."""
    bought = [reason for reason in reasons if reason.kind == "sku"]
    parts: list[str] = []
    for reason in reasons:
        if reason.kind != "sku":
            parts.append(_words(reason))
        elif reason is bought[0]:
            named = [f"{names.get(one.value, one.value)} ({_share(one)})" for one in bought]
            parts.append(_("buys {products}, as those that carry it do").format(products=_(" and ").join(named)))
    return _("; ").join(parts)


def _words(reason: Reason) -> str:
    templates = {
        "tier": _("of its tiers {share} carry it"),
        "size": _("of its size {share} carry it"),
        "breadth": _("with as many products {share} carry it"),
        "channel": _("of its channel, {value}, {share} carry it"),
        "area": _("in its area, {value}, {share} carry it"),
    }
    return templates[reason.kind].format(
        value=_("unknown") if reason.value == "unknown" else reason.value, share=_share(reason)
    )


def _share(reason: Reason) -> str:
    return written(reason.share, "share", language())
