"""An amount that no header gives: a quantity times its price, offered among the headers under a name of its own."""

from collections.abc import Sequence

from etl.mapping.expressions import Expression, header_named
from etl.mapping.header_words import is_called_price

TIMES = " × "


def amounts(header: Sequence[str], quantity: str) -> tuple[str, ...]:
    """What an amount can be worked out as: the quantity times each header that is called a price."""
    prices = [name for name in header if is_called_price(name) and name != quantity]
    return tuple(quantity + TIMES + price for price in prices) if quantity in header else ()


def factors(chosen: str, header: Sequence[str]) -> tuple[str, str] | None:
    """The two headers that are multiplied; None where what was chosen is a header itself, or nothing of the kind."""
    if chosen in header:
        return None
    pairs = ((one, chosen.removeprefix(one + TIMES)) for one in header if chosen.startswith(one + TIMES))
    return next(((one, other) for one, other in pairs if other in header), None)


def expression_of(chosen: str, header: Sequence[str]) -> Expression:
    """What was chosen, as it stands in a mapping file."""
    parts = factors(chosen, header)
    return {"product": list(parts)} if parts else header_named(chosen, header)


def named(stated: object, header: Sequence[str]) -> str:
    """An expression of a mapping file as it is offered here; empty where it is made in another way."""
    if isinstance(stated, str):
        return found if (found := header_named(stated, header)) in header else ""
    parts = stated.get("product") if isinstance(stated, dict) and len(stated) == 1 else None
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return ""
    chosen = TIMES.join(header_named(part, header) for part in parts)
    return chosen if factors(chosen, header) else ""
