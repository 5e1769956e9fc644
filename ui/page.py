"""The head of a page: the answer first."""

from collections.abc import Sequence

import streamlit as st

import metrics
from ui.address import link
from ui.pin import pin_button
from ui.recording import record_finding
from ui.words import _, pick, plain


def title(text: str, *, finding: str, about: str, pin: str = "") -> None:
    """The page's name, its finding in one sentence, and the definition of the figure it turns on one click away.

    `pin`: key of the block below that may be pinned here.
    """
    record_finding(finding, about)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.subheader(text, width="content", anchor=False)
        st.markdown(finding, width="stretch")
        if pin:
            pin_button(pin)
        with st.popover(_("Definition"), icon=":material/menu_book:", type="tertiary"):
            definition(about)


def section(text: str, *, pin: str = "") -> None:
    """The title of a chart or table: a finding or a question, beside which the block of the key `pin` may be pinned."""
    if not pin:
        st.markdown(f"##### {text}")
        return
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f"##### {text}", width="stretch")
        pin_button(pin)


def definition(name: str) -> None:
    """What a figure asks, how it is worked out and by which rules, and the way to its entry in the dictionary."""
    st.markdown(definition_text(name))
    st.page_link(
        "pages/dictionary.py",
        label=_("Metric dictionary"),
        icon=":material/menu_book:",
        query_params=link() | {"figure": [name]},
    )


def definition_text(name: str) -> str:
    """The same in text, for where a figure's help is shown."""
    figure = metrics.figure(name)
    title = f"**{pick(figure.title)}** — {pick(figure.asks)}"
    return "\n\n".join((title, pick(figure.formula), pick(figure.rules)))


def tell_left_out(parts: Sequence[str]) -> None:
    """Say which parts of a link are not known and were dropped."""
    listed = ", ".join(plain(part[:40]) for part in parts[:5])
    st.caption(_("Not known here and left out of the link: {parts}").format(parts=listed))


def no_data(reason: str) -> None:
    """An empty answer in its own words."""
    st.info(reason, icon=":material/info:")
