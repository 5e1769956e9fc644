"""Picking the one manager that a view is of; who is picked stands in the URL, so that a link opens the same."""

import streamlit as st

from metrics import Scope
from ui import address
from ui.names import manager_names
from ui.page import no_data
from ui.reading import no_data_reason, read, show_name_of
from ui.table import clear_selection
from ui.views import known_choice, one_of_many
from ui.words import _

WHO = "who"


def picked_manager(scope: Scope) -> str | None:
    """Draw the choice among the managers in scope and give the id picked; None, told on screen, where there is none.

    Whoever looks after customers comes first, team by team. Whoever is picked is called by name from here on,
    also where names are hidden.
    """
    managers = read("manager_list", scope).sort_values(["team", "manager_id"])
    managers = managers.sort_values("customers", key=lambda counted: counted == 0, kind="stable")
    if managers.empty:
        no_data(no_data_reason("manager_list"))
        return None
    picked = known_choice(WHO, managers["manager_id"])
    show_name_of(picked)
    names = manager_names(scope)
    titles = {code: names[code] for code in managers["manager_id"]}
    one_of_many(WHO, picked, titles, label=_("Manager"), width=260, key=WHO)
    return picked


def open_sheet(manager_id: str, table_key: str) -> None:
    """Go to the manager's own sheet from a row clicked in the table of that key."""
    clear_selection(table_key)
    choices = address.choices().with_setting("view", "manager").with_setting(WHO, manager_id)
    address.keep(choices)
    st.rerun()
