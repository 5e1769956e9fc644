"""The scope bar: one line of controls above every page, which gives the page its Scope."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from metrics import Scope
from metrics.counting_order import counting_order
from metrics.scope import UNKNOWN
from ui import address
from ui.disguise import WAYS
from ui.installation import settings
from ui.numbers import written_period
from ui.page import tell_left_out
from ui.period import PRESETS, as_of, resolve
from ui.reading import ANY_TIME, begin_run, last_day_with_data, names_way, read, tell
from ui.recording import record_scope
from ui.views import one_of
from ui.words import LANGUAGE_KEY, LANGUAGES, _, language, listed, plain
from warehouse.errors import PinyuError

_OFFERED = ("area", "team", "manager", "brand", "sku", "channel", "tier_band", "maker", "price_class")
"""What the bar offers. A customer is named by a link or a click: there are too many to choose from."""


def scope_bar() -> Scope:
    """Draw the bar and give the scope chosen in it, by a link or on screen; the URL is kept in step.

    The choices are the truth and the widgets their picture: a change on screen alters the choices before the run
    begins, and every run sets the widgets from them, on whatever page it is. Where there is nothing to read, says
    so and ends the page.
    """
    address.through_the_front_door()
    try:
        begin_run()
    except PinyuError as error:
        language_switch()
        tell(error)
        st.stop()
    offered = _offered()
    chosen, dropped = _only_known(address.choices(), offered)
    address.keep(chosen)
    newest = last_day_with_data()
    day = as_of(date.today(), newest, settings().fresh_days)
    first, last = _period(chosen, day.day)
    titles = {name: preset_title(name) for name in PRESETS}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.session_state["scope_period"] = chosen.preset
        st.selectbox(
            _("Period"),
            PRESETS,
            key="scope_period",
            format_func=titles.__getitem__,
            label_visibility="collapsed",
            width=170,
            on_change=_choose_period,
            args=(first, last),
        )
        if chosen.preset == "custom":
            _custom_period(first, last)
        _conditions(chosen, offered | {"customer": _customer_names(chosen.conditions.get("customer", ()))})
        st.caption(_period_words(chosen, first, last, newest if day.is_old else None), width="stretch")
        names_switch()
        language_switch()
    left_out = [*address.ignored(), *dropped]
    if left_out:
        tell_left_out(left_out)
    wrong = address.days_at_fault()
    if wrong is not None:
        st.caption(_wrong_days_words(wrong, titles[chosen.preset]))
    address.write_address()
    scope = Scope(first, last).narrow(**dict(chosen.conditions))
    record_scope(scope)
    return scope


def _choose_period(first: date, last: date) -> None:
    """Keep the preset picked; a custom period starts as the one that was on screen."""
    preset = st.session_state["scope_period"]
    days = (first, last) if preset == "custom" else (None, None)
    address.keep(replace(address.choices(), preset=preset, from_date=days[0], to_date=days[1]))


def _choose_days() -> None:
    picked = st.session_state["scope_days"]
    if len(picked) == 2:
        address.keep(replace(address.choices(), from_date=picked[0], to_date=picked[1]))


def _choose_condition(name: str) -> None:
    address.keep(address.choices().with_condition(name, tuple(st.session_state[f"scope_{name}"])))


def names_switch() -> None:
    """Draw the switch for a shared screen, which hides the names of people; the URL remembers it."""
    titles = dict(zip(WAYS, (_("Names"), _("Initials"), _("Codes")), strict=True))
    way = names_way()
    icon = ":material/visibility:" if way == WAYS[0] else ":material/visibility_off:"
    shown = titles | {WAYS[0]: _("Names shown")}
    with st.popover(shown[way], icon=icon, type="tertiary"):
        st.caption(
            _(
                "How people are called, for when the screen is shared. Only the one whose own sheet or 135 month is "
                "open is still called by name."
            )
        )
        one_of("names", titles, label=_("How people are called"))


def language_switch() -> None:
    """Draw the switch between Chinese and English; the URL remembers it."""
    widget = "language_switch"
    st.session_state[widget] = language()
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        key=widget,
        required=True,
        format_func=lambda code: LANGUAGES[code],
        label_visibility="collapsed",
        on_change=_switch_language,
        args=(widget,),
    )


def _switch_language(widget: str) -> None:
    st.session_state[LANGUAGE_KEY] = st.session_state[widget]


def preset_title(preset: str) -> str:
    """A preset's name on screen."""
    return {
        "this_week": _("This week"),
        "last_week": _("Last week"),
        "this_month": _("This month"),
        "last_month": _("Last month"),
        "quarter": _("This quarter"),
        "year_to_date": _("Year to date"),
        "custom": _("Custom period"),
    }[preset]


def condition_title(name: str) -> str:
    """A condition's name on screen."""
    return {
        "area": _("Area"),
        "team": _("Team"),
        "manager": _("Manager"),
        "brand": _("Brand"),
        "sku": _("Product"),
        "channel": _("Channel"),
        "tier_band": _("Tiers"),
        "maker": _("Maker"),
        "price_class": _("Price class"),
        "customer": _("Customer"),
    }[name]


def _offered() -> dict[str, dict[str, str]]:
    """For each condition the values there are, with their labels."""
    rows = read("scope_choices", ANY_TIME)
    offered = {
        str(name): {value: _label(value, label) for value, label in zip(part["value"], part["label"], strict=True)}
        for name, part in rows.groupby("kind")
    }
    for name in {"area", "team"} & set(offered):
        values = sorted(offered[name], key=lambda value: (value == UNKNOWN, counting_order(value)))
        offered[name] = {value: offered[name][value] for value in values}
    return offered


def _customer_names(customers: tuple[str, ...]) -> dict[str, str]:
    """What the customers that a link names are called; one that nobody knows keeps its code."""
    if not customers:
        return {}
    rows = read("customer_facts", ANY_TIME.narrow(customer=customers))
    return dict(zip(rows["customer_id"], rows["customer_name"], strict=True))


def _label(value: str, label: str) -> str:
    return _("unknown") if value == UNKNOWN else label


def _named(labels: dict[str, str], value: str) -> str:
    return labels.get(value, value)


def _only_known(chosen: address.Choices, offered: dict[str, dict[str, str]]) -> tuple[address.Choices, list[str]]:
    dropped = []
    for name in _OFFERED:
        values = chosen.conditions.get(name, ())
        known = tuple(value for value in values if value in offered.get(name, {}))
        dropped += [value for value in values if value not in known]
        chosen = chosen.with_condition(name, known)
    return chosen, dropped


def _custom_period(first: date, last: date) -> None:
    """The two days of a custom period. While only one of them is picked, the picture is left alone."""
    if len(st.session_state.get("scope_days", ())) != 1:
        st.session_state["scope_days"] = (first, last)
    st.date_input(
        _("Days"),
        key="scope_days",
        min_value=address.FIRST_DAY,
        max_value=address.LAST_DAY,
        label_visibility="collapsed",
        width=240,
        format="YYYY-MM-DD",
        on_change=_choose_days,
    )


def _period(chosen: address.Choices, day: date) -> tuple[date, date]:
    if chosen.preset == "custom" and chosen.from_date and chosen.to_date:
        return chosen.from_date, chosen.to_date
    return resolve(chosen.preset, day)


def _wrong_days_words(wrong: address.WrongDays, shown: str) -> str:
    """Why the days of a link are no period, and what is shown instead."""
    told = [plain(day[:40]) for day in wrong.texts]
    if not all(told):
        words = _("The link lacks a day of its period. Shown instead: {shown}.")
        return words.format(shown=shown)
    if wrong.is_reversed:
        words = _("In the link, the last day {last} lies before the first, {first}. Shown instead: {shown}.")
        return words.format(first=told[0], last=told[1], shown=shown)
    words = _("The link's period cannot be: {days} is no day between {first} and {last}. Shown instead: {shown}.")
    return words.format(days=listed(told), first=address.FIRST_DAY, last=address.LAST_DAY, shown=shown)


def _conditions(chosen: address.Choices, offered: dict[str, dict[str, str]]) -> None:
    """The conditions in a drop-down of their own, whose button says what is chosen."""
    with st.popover(_conditions_words(chosen, offered), icon=":material/filter_alt:"):
        for name in _OFFERED:
            labels = offered.get(name, {})
            if len(labels) < 2 and not chosen.conditions.get(name):
                continue
            st.session_state[f"scope_{name}"] = list(chosen.conditions.get(name, ()))
            st.multiselect(
                condition_title(name),
                list(labels),
                key=f"scope_{name}",
                format_func=partial(_named, labels),
                placeholder=_("All"),
                on_change=_choose_condition,
                args=(name,),
            )


def _conditions_words(chosen: address.Choices, offered: dict[str, dict[str, str]]) -> str:
    if not chosen.conditions:
        return _("Everything")
    parts = [offered.get(name, {}).get(value, value) for name, values in chosen.conditions.items() for value in values]
    shown = ", ".join(plain(part) for part in parts[:2])
    return shown if len(parts) <= 2 else _("{some} and {count} more").format(some=shown, count=len(parts) - 2)


def _period_words(chosen: address.Choices, first: date, last: date, old_day: date | None) -> str:
    """The period's days, unless they stand in the bar already, and up to which day there is data where it is old."""
    period = "" if chosen.preset == "custom" else written_period(first, last, language())
    # A custom period is what it says, however old the data is.
    words = _("data to {day}") if chosen.preset == "custom" else _("data to {day}; periods count from that day")
    age = "" if old_day is None else words.format(day=old_day.isoformat())
    return " · ".join(part for part in (period, age) if part)
