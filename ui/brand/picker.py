"""Picking the one brand or product that a view is of; what is picked narrows the scope, so that a link keeps it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from metrics import Scope
from metrics.scope import PRODUCT_CONDITIONS
from ui import address
from ui.names import names_of
from ui.reading import read
from ui.scope_bar import condition_title
from ui.views import was_picked
from ui.words import _, plain

Choice = tuple[str, tuple[str, ...]]
"""A condition on products and its values; ("", ()) for none."""

FOCUS: Choice = ("", ())


def pick(choices: Mapping[Choice, str], chosen: Choice, *, key: str) -> None:
    """A select box of what a view can be of, that shows what it is of; picking another narrows the scope to it."""
    st.session_state[key] = chosen
    st.selectbox(
        _("Product"),
        list(choices),
        key=key,
        format_func=lambda choice: choices[choice],
        label_visibility="collapsed",
        width=300,
        on_change=_narrow,
        args=(key, chosen),
    )


def narrowed_to(scope: Scope) -> Choice:
    """By which products a scope is narrowed: its narrowest condition."""
    for name in reversed(PRODUCT_CONDITIONS):
        if getattr(scope, name):
            return name, getattr(scope, name)
    return FOCUS


def choices_of_range(scope: Scope) -> dict[Choice, str]:
    """The focus range, then each brand, then each product, and what the scope is narrowed to now."""
    products = read("product_list", scope.narrow(**dict.fromkeys(PRODUCT_CONDITIONS, ())))
    names = names_of("sku", products)
    now = narrowed_to(scope)
    found: dict[Choice, str] = {FOCUS: _("Focus range")}
    found |= {("brand", (brand,)): title_of(("brand", (brand,)), names) for brand in sorted(products["brand"].unique())}
    found |= {("sku", (sku,)): f"{names[sku]} · {sku}" for sku in products["sku_id"]}
    return found if now in found else {now: title_of(now, names)} | found


def title_of(choice: Choice, names: Mapping[str, str]) -> str:
    """What is picked, in words."""
    condition, values = choice
    if not values:
        return _("Focus range")
    shown: Sequence[str] = [names.get(value, value) for value in values]
    if condition == "sku" and len(shown) == 1:
        return shown[0]
    listed = ", ".join(shown[:3]) if len(shown) <= 3 else _("{count} chosen").format(count=len(shown))
    return f"{condition_title(condition)} · {listed}"


def of_range(scope: Scope) -> tuple[Scope, str]:
    """The scope of what is picked and its name as plain text: where nothing is, of the focus range, or of everything
    where no product is marked as focus.
    """
    products = read("product_list", scope)
    choice = narrowed_to(scope)
    if choice != FOCUS:
        return scope, plain(title_of(choice, names_of("sku", products)))
    focus = tuple(products.loc[products["focus"], "sku_id"])
    if not focus:
        return scope, _("All products: none is marked as focus")
    return scope.narrow(sku=focus), _("Focus range, {count} products together").format(count=len(focus))


def _narrow(key: str, shown: Choice) -> None:
    if not was_picked(key, shown):
        return
    condition, values = st.session_state[key]
    chosen = address.choices()
    for name in PRODUCT_CONDITIONS:
        chosen = chosen.with_condition(name, values if name == condition else ())
    address.keep(chosen)
