"""Apprentice ladder: a newcomer's ten joint customers by step, the growth log, the coaches, and earlier newcomers."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.managers.earlier_newcomers import FEWEST, FirstWeeks, first_weeks
from metrics.managers.ladder import JOINT_CUSTOMERS as TEN
from metrics.managers.ladder import Ladder, coach_loads, ladders, requests
from ui.installation import settings
from ui.managers.ladder_chart import ladder_chart
from ui.managers.ladder_words import loads, remarks, rules, yardstick_row, yardstick_title
from ui.managers.picker import WHO
from ui.names import manager_names
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import guarded, missing_extracts, no_data_reason, read, read_ahead
from ui.table import Look, table
from ui.views import known_choice, one_of_many
from ui.words import _, language, plain

LOG_COLUMNS = ("coached_on", "coaching_step", "customer_name", "coach_id", "note")
YARDSTICK_COLUMNS = ("measure_name", "own_written", "median_written", "range_written")
LOAD_COLUMNS = ("coach_id", "newcomers", "newcomer_names", "state")


def ladder_view(scope: Scope) -> None:
    """Pick a newcomer; the ladder at the left, the log, the coaches and the comparison at the right."""
    whole = Scope(scope.from_date, scope.to_date, viewer=scope.viewer)
    read_ahead([*requests(scope), ("manager_list", scope, ()), ("first_weeks", whole, ())])
    everybody = ladders(scope, settings(), read=read)
    in_scope = set(read("manager_list", scope)["manager_id"])
    shown = {ladder.manager_id: ladder for ladder in everybody if ladder.manager_id in in_scope}
    names = manager_names(whole)
    if not shown:
        no_data(_nobody())
        return
    ladder = _picked(shown, names)
    left, right = st.columns([11, 9])
    with left:
        if ladder.rungs:
            ladder_chart(ladder, names, title=_("Is every customer taken at its step?"), key="ladder")
        else:
            no_data(no_data_reason("coaching_list") if ladder.log.empty else _("No step names a customer."))
        for remark in remarks(ladder):
            st.caption(remark)
    with right:
        against, log, coaches = st.tabs([_("Earlier newcomers"), _("Growth log"), _("Coaches")])
        with against, guarded():
            _against(ladder, read("first_weeks", whole), whole)
        with log, guarded():
            _log(ladder, names, scope)
        with coaches, guarded():
            _coaches(everybody, names, scope)


def _nobody() -> str:
    if missing_extracts("manager_list"):
        return no_data_reason("manager_list")
    return _("Nobody in scope was hired within {months} months of the last day, or has a ladder unfinished.").format(
        months=settings().newcomer_months
    )


def _picked(shown: Mapping[str, Ladder], names: Mapping[str, str]) -> Ladder:
    """Draw the choice among the newcomers and what is found of the one picked, the newest where none is."""
    picked = known_choice(WHO, shown)
    with st.container(horizontal=True, vertical_alignment="center"):
        titles = {code: names.get(code, code) for code in shown}
        one_of_many(WHO, picked, titles, label=_("Newcomer"), width=200, key="newcomer")
        st.markdown(f"**{_finding(shown[picked], names.get(picked, picked))}**", width="stretch")
        with st.popover(_("How the ladder goes"), icon=":material/menu_book:", type="tertiary"):
            st.markdown(rules(settings()))
    return shown[picked]


def _finding(ladder: Ladder, name: str) -> str:
    """How far the newcomer has come, and whether the first three months run."""
    climbed = _("{joint} of {ten} joint customers").format(joint=min(ladder.joint_customers, TEN), ten=TEN)
    if ladder.rungs:
        climbed = _("{climbed}, last at step {step}").format(climbed=climbed, step=ladder.rungs[-1].step)
    if ladder.days is None or ladder.critical_until is None:
        return _("{name}: {climbed}; the day of hiring is not known").format(name=plain(name), climbed=climbed)
    until = written(ladder.critical_until, "date", language())
    words = (
        _("{name}, day {days}: {climbed}; critical until {until}")
        if ladder.is_critical
        else _("{name}, day {days}: {climbed}; the critical months ended on {until}")
    )
    return words.format(name=plain(name), days=f"{ladder.days:,}", climbed=climbed, until=until)


def _against(ladder: Ladder, weeks: pd.DataFrame, whole: Scope) -> None:
    """The first weeks against those of earlier newcomers, where there are enough of them."""
    managers = read("manager_list", whole)
    found = first_weeks(ladder.manager_id, weeks, managers.set_index("manager_id")["hired_on"].dropna())
    if not found.week:
        no_data(_("No whole week since the day of hiring lies within the days of sales and visits."))
        return
    section(_against_finding(found))
    rows = pd.DataFrame([yardstick_row(each) for each in found.figures], columns=list(YARDSTICK_COLUMNS))
    columns = YARDSTICK_COLUMNS if found.earlier >= FEWEST else YARDSTICK_COLUMNS[:2]
    reach = {"lowest": _("Lowest"), "highest": _("Highest"), "compared_with": _("Earlier newcomers")}
    look = Look(downloaded=reach if len(columns) > 2 else {}, in_download=_in_figures(found))
    table(rows, columns, scope=whole, key="first-weeks", look=look)
    st.caption(_("From the day of hiring to the end of that week; customers in care at its end."))


def _in_figures(found: FirstWeeks) -> pd.DataFrame:
    """The same for a spreadsheet: what is written out on screen as numbers, the range as two."""
    return pd.DataFrame(
        {
            "measure_name": [yardstick_title(each.name) for each in found.figures],
            "own_written": [each.own for each in found.figures],
            "median_written": [each.middle for each in found.figures],
            "lowest": [each.lowest for each in found.figures],
            "highest": [each.highest for each in found.figures],
            "compared_with": [each.count for each in found.figures],
        }
    )


def _against_finding(found: FirstWeeks) -> str:
    if found.earlier < FEWEST:
        return _("After week {week}; earlier newcomers: {count}, and it takes {fewest} to compare").format(
            week=found.week, count=found.earlier, fewest=FEWEST
        )
    told = [each for each in found.figures if each.own is not None and each.middle is not None]
    above = sum(each.own >= each.middle for each in told if each.own is not None and each.middle is not None)
    return _("After week {week}: {above} of {told} figures at or above the median of {count} earlier newcomers").format(
        week=found.week, above=above, told=len(told), count=found.earlier
    )


def _log(ladder: Ladder, names: Mapping[str, str], scope: Scope) -> None:
    """What was noted, newest first."""
    if ladder.log.empty:
        no_data(no_data_reason("coaching_list"))
        return
    section(_("{count} entries, the newest first").format(count=len(ladder.log)))
    rows = ladder.log.assign(coach_id=[names.get(coach, coach) for coach in ladder.log["coach_id"]])
    table(rows, LOG_COLUMNS, scope=scope.narrow(manager=ladder.manager_id), key="growth-log", rows_shown=8)


def _coaches(everybody: Sequence[Ladder], names: Mapping[str, str], scope: Scope) -> None:
    """How many newcomers each coach leads now, against the published numbers."""
    found = coach_loads(everybody, settings())
    if not found:
        no_data(no_data_reason("coaching_list"))
        return
    over = sum(load.state == "too_many" for load in found)
    section(
        _("{over} of {count} coaches lead more than {most} newcomers").format(
            over=over, count=len(found), most=settings().coach_most
        )
    )
    rows = pd.DataFrame(
        [
            (
                names.get(load.coach_id, load.coach_id),
                len(load.newcomers),
                ", ".join(names.get(each, each) for each in load.newcomers),
                loads()[load.state],
            )
            for load in found
        ],
        columns=list(LOAD_COLUMNS),
    )
    table(rows, LOAD_COLUMNS, scope=scope, key="coaches", rows_shown=8)
