"""The form of a launch plan: two who write at once are told of each other, and nothing is overwritten unseen."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from metrics.scope import UNKNOWN
from ui.brand.plan_words import four_answers
from ui.installation import settings
from ui.page import section
from ui.reading import ANY_TIME, read, tell
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.launch_plans import FIRST_DAY, LAST_DAY, MOST_TEXT, LaunchPlan, read_plan, remove_plan, save_plan
from warehouse.records import Overtaken

DAYS_TO_COVER = 90
"""A new plan's circle is to be covered so many days after it starts, unless somebody says otherwise."""

_BASE = "plan_base"
"""The plan that the form began with, by product: what is saved takes its place, or nobody's."""

_THEIRS = "plan_theirs"
"""What somebody else saved meanwhile, by product; None where they removed it."""


def is_open(sku: str) -> bool:
    """Whether the product's plan is being written."""
    return sku in st.session_state.setdefault(_BASE, {})


def new_plan(sku: str, launched_on: date) -> LaunchPlan:
    """Where a plan that nobody has written yet begins: with the launch."""
    return LaunchPlan(sku, launched_on, launched_on + timedelta(DAYS_TO_COVER))


def open_form(plan: LaunchPlan) -> None:
    """Begin to write, from the plan as it stands."""
    st.session_state.setdefault(_BASE, {})[plan.sku_id] = plan
    st.session_state.setdefault(_THEIRS, {}).pop(plan.sku_id, None)
    for name in _FIELDS:
        st.session_state.pop(_key(plan.sku_id, name), None)


def form(sku: str, name: str) -> None:
    """The four answers to fill in, and what became of saving them."""
    start: LaunchPlan = st.session_state[_BASE][sku]
    with st.form(f"plan_form_{sku}", border=True):
        section(_("Launch plan of {name}").format(name=plain(name)))
        days, offer = st.columns([1, 2])
        with days:
            _day(sku, "starts_on", _("When: starts on"), start.starts_on)
            _day(sku, "covered_by", _("When: covered by"), start.covered_by)
        with offer:
            st.text_area(
                _("What: goods, terms, material"),
                value=start.offer,
                max_chars=MOST_TEXT,
                key=_key(sku, "offer"),
                height=122,
            )
        areas, channels, tiers = st.columns(3)
        with areas:
            _choice(sku, "areas", _("Where: areas"), "area", start.areas)
        with channels:
            _choice(sku, "channels", _("To whom: channels"), "channel", start.channels)
        with tiers:
            _choice(sku, "tier_bands", _("To whom: tiers"), "tier_band", start.tier_bands)
        with st.container(horizontal=True):
            st.form_submit_button(_("Save"), type="primary", on_click=_save, args=(sku, start))
            st.form_submit_button(_("Leave unchanged"), on_click=_close, args=(sku,))
            if start.version:
                st.form_submit_button(_("Remove the plan"), on_click=_remove, args=(sku, start), type="tertiary")
    _told(sku)


_FIELDS = ("starts_on", "covered_by", "offer", "areas", "channels", "tier_bands")


def _key(sku: str, name: str) -> str:
    return f"plan_{name}_{sku}"


def _day(sku: str, name: str, title: str, value: date) -> None:
    st.date_input(title, value=value, key=_key(sku, name), min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD")


def _choice(sku: str, name: str, title: str, kind: str, chosen: tuple[str, ...]) -> None:
    """Some of the values there are; those that the plan names and no extract knows any more stay to be seen."""
    offered = read("scope_choices", ANY_TIME)
    values = list(offered.loc[offered["kind"] == kind, "value"])
    st.multiselect(
        title,
        [*values, *(value for value in chosen if value not in values)],
        default=list(chosen),
        key=_key(sku, name),
        format_func=lambda value: _("unknown") if value == UNKNOWN else value,
        placeholder=_("All"),
    )


def _written(sku: str, start: LaunchPlan) -> LaunchPlan:
    """What stands in the form."""
    given = {name: st.session_state[_key(sku, name)] for name in _FIELDS}
    return replace(
        start,
        starts_on=given["starts_on"] or start.starts_on,
        covered_by=given["covered_by"] or start.covered_by,
        offer=given["offer"],
        areas=tuple(given["areas"]),
        channels=tuple(given["channels"]),
        tier_bands=tuple(given["tier_bands"]),
    )


def _save(sku: str, start: LaunchPlan) -> None:
    """Save what stands in the form in place of the plan it began with, and say so where that is not there any more."""
    problem: PinyuError | None = None
    try:
        save_plan(_written(sku, start), settings())
        _close(sku)
    except Overtaken as overtaken:
        _overtaken(sku, overtaken)
    except PinyuError as error:
        problem = error
    st.session_state["plan_problem"] = problem


def _remove(sku: str, base: LaunchPlan) -> None:
    try:
        remove_plan(base, settings())
        _close(sku)
    except Overtaken as overtaken:
        _overtaken(sku, overtaken)


def _overtaken(sku: str, overtaken: Overtaken) -> None:
    st.session_state[_THEIRS][sku] = None if overtaken.theirs is None else read_plan(overtaken.theirs)


def _close(sku: str) -> None:
    st.session_state[_BASE].pop(sku, None)
    st.session_state.setdefault(_THEIRS, {}).pop(sku, None)


def _told(sku: str) -> None:
    """What went wrong with saving, and the ways on."""
    problem = st.session_state.pop("plan_problem", None)
    if problem is not None:
        tell(problem)
    if sku not in st.session_state.setdefault(_THEIRS, {}):
        return
    theirs: LaunchPlan | None = st.session_state[_THEIRS][sku]
    unsaved = _("Nothing of yours has been saved yet.")
    if theirs is None:
        removed = _("Somebody removed this plan while you were writing.")
        words = f"{removed} {unsaved}"
    else:
        at = _("Somebody saved this plan at {time} while you were writing.").format(time=plain(theirs.changed_at))
        words = f"{at} {unsaved}\n\n{four_answers(theirs)}"
    st.warning(words, icon=":material/group:")
    with st.container(horizontal=True):
        st.button(_("Take theirs"), on_click=_close, args=(sku,))
        st.button(_("Go on with mine: the next save replaces theirs"), on_click=_go_on, args=(sku, theirs))


def _go_on(sku: str, theirs: LaunchPlan | None) -> None:
    """From here on what is saved takes the place of what they saved, which has now been seen."""
    mine = _written(sku, st.session_state[_BASE][sku])
    st.session_state[_BASE][sku] = replace(mine, version=0 if theirs is None else theirs.version)
    st.session_state[_THEIRS].pop(sku, None)
