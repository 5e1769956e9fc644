"""Picking the one manager that a view is of; who is picked stands in the URL, so that a link opens the same."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics import Scope
from metrics.counting_order import in_counting_order
from ui import address
from ui.clicks import let_go
from ui.names import manager_names
from ui.page import no_data
from ui.reading import ANY_TIME, no_data_reason, read, show_name_of
from ui.views import known_choice, one_of_many
from ui.words import _, plain

WHO = "who"


def picked_manager(scope: Scope, above: DeltaGenerator) -> str | None:
    """Draw the choice among the managers in scope and give the id picked; None, told on screen, where there is none.

    Whoever looks after customers comes first, team by team. Whoever is picked is called by name from here on,
    also where names are hidden. Whom a link asks for and the scope has not is told `above`.
    """
    managers = in_counting_order(read("manager_list", scope), ["team", "manager_id"])
    managers = managers.sort_values("customers", key=lambda counted: counted == 0, kind="stable")
    if managers.empty:
        no_data(no_data_reason("manager_list"))
        return None
    asked_for: list[str] = []
    picked = known_choice(WHO, managers["manager_id"], tell=asked_for.append)
    show_name_of(picked)
    names = manager_names(scope)
    if asked_for:
        above.warning(_not_here(asked_for[0], names[picked]), icon=":material/person_off:")
    titles = {code: names[code] for code in managers["manager_id"]}
    one_of_many(WHO, picked, titles, label=_("Manager"), width=260, key=WHO)
    return picked


def _not_here(who: str, shown: str) -> str:
    """Why the one that a link asks for is not the one shown."""
    elsewhere: Mapping[str, str] = manager_names(ANY_TIME)
    words = (
        _("{who}, whom the link asks for, is not in this scope; this is {name}.")
        if who in elsewhere
        else _("{who}, whom the link asks for, is not known here; this is {name}.")
    )
    return words.format(who=plain(elsewhere.get(who, who)[:40]), name=plain(shown))


def open_sheet(manager_id: str, key: str) -> None:
    """Go to the manager's own sheet from what was clicked in the chart or table of that key."""
    let_go(key)
    choices = address.choices().with_setting("view", "manager").with_setting(WHO, manager_id)
    address.keep(choices)
    st.rerun()
