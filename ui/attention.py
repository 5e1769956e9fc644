"""What needs attention, in sentences: each with its figures and a link to what it speaks of."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from metrics import Scope
from metrics.attention import READS, Finding, what_needs_attention
from ui.address import FIRST_PAGE, link
from ui.blocks import Block
from ui.installation import settings
from ui.names import manager_names, names_of
from ui.numbers import written
from ui.page import section
from ui.reading import read, read_ahead
from ui.recording import record
from ui.views import narrow_to
from ui.words import _, language, plain, without_markdown


def attention(scope: Scope) -> None:
    """At most seven sentences, the weightiest first, each with a link that opens its page and selection."""
    read_ahead((name, scope, by) for name, by in READS)
    findings = what_needs_attention(scope, read=read, strike_rate_reference=settings().strike_rate_reference)
    section(_("What needs attention"), pin="attention")
    names = _names(scope) if findings else {}
    sentences = [sentence(finding, names) for finding in findings]
    nothing = _("Nothing stands out in this period and scope.")
    spoken = tuple(map(without_markdown, sentences)) or (nothing,)
    record(Block("attention", "sentences", _("What needs attention"), sentences=spoken))
    if not findings:
        st.caption(nothing)
    for finding, words in zip(findings, sentences, strict=True):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(words, width="stretch")
            if finding.page == FIRST_PAGE:
                _narrow_here(finding)
            else:
                _go_to(finding)


def _narrow_here(finding: Finding) -> None:
    """A click, as in the bar: a link to where the browser stood a click ago could not be told from a late one."""
    with st.container(horizontal=True, width="content", gap=None):
        st.button(
            _("Show"),
            key=f"show_{finding.rule}",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=narrow_to,
            kwargs=dict(finding.conditions),
        )
        st.space("xsmall")  # links end so far from their edge


def _go_to(finding: Finding) -> None:
    """A link to what a finding speaks of; the view is this page's, and the other page has its own."""
    parameters = {name: values for name, values in link(**finding.conditions).items() if name != "view"}
    st.page_link(
        f"pages/{finding.page}.py",
        label=_("Show"),
        icon=":material/arrow_forward:",
        query_params=parameters,
    )


def sentence(finding: Finding, names: Mapping[str, Mapping[str, str]]) -> str:
    """A finding in words; every number in it is one of the finding's values."""
    return _SENTENCES[finding.rule](_Values(finding.values, names))


def _names(scope: Scope) -> dict[str, dict[str, str]]:
    return {
        "manager": manager_names(scope),
        "sku": names_of("sku", read("product_list", scope)),
    }


class _Values:
    """A finding's values, written for the screen."""

    def __init__(self, values: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> None:
        self._values = values
        self._names = names

    def name(self, key: str) -> str:
        """What a person, product or place is called."""
        value = str(self._values[key])
        # The hair spaces let bold text end beside Chinese characters, which Markdown otherwise takes for one word.
        return f"\u200a**{plain(self._names.get(key, {}).get(value, value))}**\u200a"

    def __call__(self, key: str, unit: str) -> str:
        """A number by its unit."""
        return written(self._values[key], unit, language())


def _below_target(values: _Values) -> str:
    return _(
        "{manager} reached {attainment} of the target, {gap} short; {below} of {managers} managers are below theirs."
    ).format(
        manager=values.name("manager"),
        attainment=values("attainment", "share"),
        gap=values("gap", "money"),
        below=values("below", "count"),
        managers=values("managers", "count"),
    )


def _area_falling(values: _Values) -> str:
    return _("{area} sold {growth} against last year, {lost} less.").format(
        area=values.name("area"), growth=values("growth", "change"), lost=values("lost", "money")
    )


def _focus_product_losing(values: _Values) -> str:
    return _("{sku} fell from {before} to {now} numeric distribution; handlers down by {handlers_lost}.").format(
        sku=values.name("sku"),
        before=values("before", "share"),
        now=values("now", "share"),
        handlers_lost=values("handlers_lost", "count"),
    )


def _strike_rate_low(values: _Values) -> str:
    return _(
        "{manager} succeeded in {successes} of {attempts} selling visits ({rate}); "
        "{below} managers are below the line of {reference}."
    ).format(
        manager=values.name("manager"),
        successes=values("successes", "count"),
        attempts=values("attempts", "count"),
        rate=values("rate", "share"),
        below=values("below", "count"),
        reference=values("reference", "share"),
    )


def _key_customers_unseen(values: _Values) -> str:
    return _(
        "{unseen} of {customers} key customers, worth {amount} a year, have not seen the supervisor in {days} days."
    ).format(
        unseen=values("unseen", "count"),
        customers=values("customers", "count"),
        amount=values("amount", "money"),
        days=values("days", "count"),
    )


def _concentration_rising(values: _Values) -> str:
    return _("The largest fifth of the customers makes {now} of the amount, up from {before} a year earlier.").format(
        now=values("now", "share"), before=values("before", "share")
    )


def _plan_not_kept(values: _Values) -> str:
    return _("{manager} kept {rate} of the visit plan: {missed} of {planned} planned visits were missed.").format(
        manager=values.name("manager"),
        rate=values("rate", "share"),
        missed=values("missed", "count"),
        planned=values("planned", "count"),
    )


def _launch_not_repeating(values: _Values) -> str:
    return _("{sku} does not take: {triers} customers tried it by week {week}, {repeat} of them came back.").format(
        sku=values.name("sku"),
        triers=values("triers", "count"),
        week=values("week", "count"),
        repeat=values("repeat", "share"),
    )


_SENTENCES: dict[str, Callable[[_Values], str]] = {
    "below_target": _below_target,
    "area_falling": _area_falling,
    "focus_product_losing": _focus_product_losing,
    "strike_rate_low": _strike_rate_low,
    "key_customers_unseen": _key_customers_unseen,
    "concentration_rising": _concentration_rising,
    "plan_not_kept": _plan_not_kept,
    "launch_not_repeating": _launch_not_repeating,
}
