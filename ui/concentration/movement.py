"""Movement: who came into and fell out of the first fifth, and what the change of the total is owed to."""

import streamlit as st

from metrics import Scope
from metrics.concentration.movement import PLACES, Movement, came_and_went, movement
from ui.chart import BLUE, GREEN, GREY, ORANGE
from ui.concentration.choices import measure_titles, measure_unit, ranking_choice
from ui.customers import customer_table
from ui.flow import flow
from ui.numbers import is_missing, written, written_period
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.table import table
from ui.views import one_of
from ui.waterfall import Step, waterfall
from ui.words import _, language

COLUMNS = ("ranked_id", "ranked_name", "position_before", "position", "amount_before", "amount", "change")
COLOURS = {"top": BLUE, "middle": GREEN, "rest": ORANGE, "none": GREY}
HEIGHT = 330
A_WEEK = 7


def movement_view(scope: Scope) -> None:
    """The flow between the places, the bridge of the total, and the lists of who came and who went."""
    with st.container(horizontal=True):
        ranking = ranking_choice()
        earlier_titles = {"last_year": _("Last year"), "previous": _("Previous period")}
        versus = one_of("versus", earlier_titles, label=_("Against"))
    earlier = scope.last_year() if versus == "last_year" else scope.previous()
    moved = movement(scope, earlier, ranking, read=read)
    if moved.rows.empty:
        no_data(no_data_reason("gross_margin" if ranking.measure == "gross_margin" else "ranking"))
        return
    places = moved.rows[["place_before", "place_now"]]
    if (places["place_now"] == "none").all():
        no_data(no_data_reason("ranking"))
        return
    if (places["place_before"] == "none").all():
        no_data(_("The period compared with has no sales: nothing can have moved."))
        return
    unit = measure_unit(ranking)
    lists = came_and_went(moved)
    left, right = st.columns(2)
    with left:
        _flow(
            moved,
            _("{came} came into the first fifth, {went} fell out of it").format(
                came=f"{len(lists['came']):,}", went=f"{len(lists['went']):,}"
            ),
            nothing=_("Not buying") if ranking.ranked == "customer_id" else _("Without sales"),
        )
    with right:
        waterfall(
            _steps(moved, _("A year earlier") if versus == "last_year" else _("Just before"), unit),
            title=_("{measure} changed by {change}: who made it?").format(
                measure=measure_titles()[ranking.measure], change=written(moved.now - moved.before, unit, language())
            ),
            key="movement-bridge",
            height=330,
        )
    kept = moved.counts["grown"] + moved.counts["shrunk"] + moved.counts["unchanged"]
    st.caption(
        _(
            "Kept: {kept}, of which {grown} grew and {shrunk} shrank; new: {new}; lost: {lost}. "
            "Only who bought more than was returned is counted."
        ).format(kept=f"{kept:,}", **{part: f"{moved.counts[part]:,}" for part in ("grown", "shrunk", "new", "lost")})
    )
    earlier_days = written_period(earlier.from_date, earlier.to_date, language())
    st.caption(_("Before: {days}.").format(days=earlier_days))
    if scope.days < A_WEEK:
        st.warning(_caution(read("vital_few", scope)["usual_gap"].median()), icon=":material/event_busy:")
    words = {"position_before": _("Rank before"), "position": _("Rank now")}
    titles = {"went": _("Fell out of the first fifth"), "came": _("Came into the first fifth")}
    shown = one_of("list", {name: f"{titles[name]} ({len(lists[name]):,})" for name in titles}, label=_("List"))
    rows = lists[shown]
    if rows.empty:
        st.caption(_("None."))
    elif ranking.ranked == "customer_id":
        customers = rows.assign(customer_id=rows["ranked_id"])
        customer_table(customers, COLUMNS, scope=scope, key=f"movement-{shown}", titles=words, rows_shown=7)
    else:
        table(rows, COLUMNS, scope=scope, key=f"movement-{shown}", titles=words, rows_shown=7)
    if rows[["position", "position_before"]].isna().any(axis=None):
        st.caption(_("Rank —: no net above zero in that period."))


def _caution(usual_gap: float) -> str:
    """Why hardly anybody is lost or new in a period of a few days; `usual_gap` is NaN where nobody's can be told."""
    missing = _(
        "Who is missing on days so few is not lost, and who is new may have ordered a day earlier or later before."
    )
    if is_missing(usual_gap):
        return missing
    gap = written(usual_gap, "tenths", language())
    order = _("Half of the key customers order no more often than every {gap} days.").format(gap=gap)
    return f"{order} {missing}"


def _steps(moved: Movement, earlier: str, unit: str) -> list[Step]:
    """From the total of the earlier period to the total now, a step a part."""
    titles = {"new": _("New"), "lost": _("Lost"), "grown": _("Grown"), "shrunk": _("Shrunk")}
    return [
        Step(earlier, moved.before, written(moved.before, unit, language()), is_total=True),
        *(Step(titles[part], share, written(share, unit, language())) for part, share in moved.shares.items()),
        Step(_("Now"), moved.now, written(moved.now, unit, language()), is_total=True),
    ]


def _flow(moved: Movement, title: str, *, nothing: str) -> None:
    """Where the members were before and where they are now.

    `nothing` is what is said of those with no sales in one of the periods.
    """
    titles = {"top": _("First fifth"), "middle": _("Up to the half"), "rest": _("The others"), "none": nothing}
    flows = moved.flows.rename(columns={"place_before": "before", "place_now": "now"})
    flows = flows[(flows["before"] != "none") | (flows["now"] != "none")]
    flow(flows, PLACES, titles, COLOURS, title=title, key="movement-flow", height=HEIGHT)
