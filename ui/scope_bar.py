"""The scope bar: one line of controls above every page, which gives the page its Scope."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.scope import CONDITIONS, UNKNOWN
from ui import address
from ui.installation import settings
from ui.numbers import written_period
from ui.period import PRESETS, as_of, resolve
from ui.reading import ANY_TIME, begin_run, last_day_with_data, read, tell
from ui.words import LANGUAGE_KEY, LANGUAGES, _, language, plain
from warehouse.errors import PinyuError

_OFFERED = ("area", "team", "manager", "brand", "sku", "channel")


def scope_bar() -> Scope:
    """Draw the bar and give the scope chosen in it, by a link or on screen; the URL is kept in step.

    Where there is nothing to read, says so and ends the page.
    """
    try:
        begin_run()
    except PinyuError as error:
        tell(error)
        st.stop()
    chosen, ignored, is_new = address.choices()
    offered = _offered()
    chosen, dropped = _only_known(chosen, offered)
    newest = last_day_with_data()
    day = as_of(date.today(), newest, settings().fresh_days)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        preset = _seeded("scope_period", chosen.preset, is_new)
        titles = {name: preset_title(name) for name in PRESETS}
        st.selectbox(
            _("Period"), PRESETS, key=preset, format_func=titles.__getitem__, label_visibility="collapsed", width=170
        )
        chosen = replace(chosen, preset=st.session_state[preset])
        chosen = _custom_period(chosen, day.day, is_new)
        first, last = _period(chosen, day.day)
        chosen = _conditions(chosen, offered, is_new)
        st.caption(_period_words(first, last, newest if day.is_old else None), width="stretch")
        language_switch()
    if ignored or dropped:
        st.caption(
            _("Not known here and left out of the link: {parts}").format(
                parts=", ".join(plain(part) for part in [*ignored, *dropped])
            )
        )
    address.keep(chosen)
    address.write_address()
    return Scope(first, last).narrow(**dict(chosen.conditions))


def language_switch() -> None:
    """Draw the switch between Chinese and English; the URL remembers it."""
    widget = "language_switch"
    if widget not in st.session_state:
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
    }[name]


def _offered() -> dict[str, dict[str, str]]:
    """For each condition the values there are, with their labels."""
    rows = read("scope_choices", ANY_TIME)
    return {
        str(name): {value: _label(value, label) for value, label in zip(part["value"], part["label"], strict=True)}
        for name, part in rows.groupby("kind")
    }


def _label(value: str, label: str) -> str:
    return _("unknown") if value == UNKNOWN else label


def _label_of(labels: dict[str, str], value: str) -> str:
    return labels.get(value, value)


def _only_known(chosen: address.Choices, offered: dict[str, dict[str, str]]) -> tuple[address.Choices, list[str]]:
    dropped = []
    for name in CONDITIONS:
        values = chosen.conditions.get(name, ())
        known = tuple(value for value in values if value in offered.get(name, {}))
        dropped += [value for value in values if value not in known]
        chosen = chosen.with_condition(name, known)
    return chosen, dropped


def _seeded(key: str, value: object, is_new: bool) -> str:
    """Give a widget the value of a link, or of the page before: a page switch forgets what widgets held."""
    if is_new or key not in st.session_state:
        st.session_state[key] = value
    return key


def _custom_period(chosen: address.Choices, day: date, is_new: bool) -> address.Choices:
    if chosen.preset != "custom":
        return replace(chosen, from_date=None, to_date=None)
    seed = (chosen.from_date or day.replace(day=1), chosen.to_date or day)
    key = _seeded("scope_days", seed, is_new)
    picked = st.date_input(_("Days"), key=key, label_visibility="collapsed", width=240, format="YYYY-MM-DD")
    if isinstance(picked, tuple) and len(picked) == 2:
        return replace(chosen, from_date=picked[0], to_date=picked[1])
    return replace(chosen, from_date=seed[0], to_date=seed[1])


def _period(chosen: address.Choices, day: date) -> tuple[date, date]:
    if chosen.preset == "custom" and chosen.from_date and chosen.to_date:
        return chosen.from_date, chosen.to_date
    return resolve(chosen.preset, day)


def _conditions(chosen: address.Choices, offered: dict[str, dict[str, str]], is_new: bool) -> address.Choices:
    """The conditions in a drop-down of their own, whose button says what is chosen."""
    with st.popover(_conditions_words(chosen, offered), icon=":material/filter_alt:"):
        for name in _OFFERED:
            labels = offered.get(name, {})
            if len(labels) < 2 and not chosen.conditions.get(name):
                continue
            key = _seeded(f"scope_{name}", list(chosen.conditions.get(name, ())), is_new)
            st.session_state[key] = [value for value in st.session_state[key] if value in labels]
            st.multiselect(
                condition_title(name),
                list(labels),
                key=key,
                format_func=partial(_label_of, labels),
                placeholder=_("All"),
            )
            chosen = chosen.with_condition(name, tuple(st.session_state[key]))
    return chosen


def _conditions_words(chosen: address.Choices, offered: dict[str, dict[str, str]]) -> str:
    if not chosen.conditions:
        return _("Everything")
    parts = [offered[name].get(value, value) for name, values in chosen.conditions.items() for value in values]
    shown = ", ".join(plain(part) for part in parts[:2])
    return shown if len(parts) <= 2 else _("{some} and {count} more").format(some=shown, count=len(parts) - 2)


def _period_words(first: date, last: date, old_day: date | None) -> str:
    period = written_period(first, last, language())
    if old_day is None:
        return period
    return _("{period} · data to {day}; periods count from that day").format(period=period, day=old_day.isoformat())


def now_stamp() -> str:
    """The present minute, local time, for what is exported."""
    return pd.Timestamp(datetime.now()).strftime("%Y-%m-%d %H:%M")
