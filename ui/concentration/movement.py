"""Movement: who came into and fell out of the first fifth, and what the change of the total is owed to."""

import plotly.graph_objects as go
import streamlit as st

from metrics import Scope
from metrics.concentration.movement import PLACES, Movement, came_and_went, movement
from ui.chart import BLUE, GREEN, GREY, ORANGE, TEXT_SIZE, draw
from ui.concentration.choices import measure_titles, measure_unit, ranking_choice
from ui.customers import customer_table
from ui.numbers import written
from ui.page import no_data
from ui.reading import no_data_reason, read
from ui.table import table
from ui.views import one_of
from ui.waterfall import Step, waterfall
from ui.words import _, language

COLUMNS = ("ranked_id", "ranked_name", "position_before", "position", "amount_before", "amount", "change")
COLOURS = {"top": BLUE, "middle": GREEN, "rest": ORANGE, "none": GREY}
FAINT = 0.35
HEIGHT = 330
PAD, THICKNESS = 18, 16
OUTERMOST = (0.001, 0.999)
"""Plotly takes a place of 0 or 1 for none given."""
LABELS_WIDTH = 0.19


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


def _steps(moved: Movement, earlier: str, unit: str) -> list[Step]:
    """From the total of the earlier period to the total now, a step a part."""
    titles = {"new": _("New"), "lost": _("Lost"), "grown": _("Grown"), "shrunk": _("Shrunk")}
    return [
        Step(earlier, moved.before, written(moved.before, unit, language()), is_total=True),
        *(Step(titles[part], share, written(share, unit, language())) for part, share in moved.shares.items()),
        Step(_("Now"), moved.now, written(moved.now, unit, language()), is_total=True),
    ]


def _flow(moved: Movement, title: str, *, nothing: str) -> None:
    """A flow chart: as wide as there are members, from the place before on the left to the place now on the right.

    `nothing` is what is said of those with no sales in one of the periods.
    """
    titles = {
        "top": _("First fifth"),
        "middle": _("Up to the half"),
        "rest": _("The others"),
        "none": nothing,
    }
    flows = moved.flows[(moved.flows["place_before"] != "none") | (moved.flows["place_now"] != "none")]
    counts = [flows.groupby(f"place_{period}")["members"].sum() for period in ("before", "now")]
    nodes = [(side, place) for side in (0, 1) for place in PLACES if counts[side].get(place, 0)]
    middles = [_middles([counts[side].get(place, 0) for each, place in nodes if each == side]) for side in (0, 1)]
    heights = [*middles[0], *middles[1]]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "x": [OUTERMOST[side] for side, _place in nodes],
                "y": heights,
                "customdata": [titles[place] for _side, place in nodes],
                "color": [COLOURS[place] for _side, place in nodes],
                "pad": PAD,
                "thickness": THICKNESS,
                "line": {"width": 0},
                "hovertemplate": "%{customdata}: %{value:,}<extra></extra>",
            },
            link={
                "source": [nodes.index((0, place)) for place in flows["place_before"]],
                "target": [nodes.index((1, place)) for place in flows["place_now"]],
                "value": flows["members"],
                "color": [_faint(COLOURS[place]) for place in flows["place_before"]],
                "hovertemplate": "%{source.customdata} → %{target.customdata}: %{value:,}<extra></extra>",
            },
            domain={"x": [LABELS_WIDTH, 1 - LABELS_WIDTH]},
        )
    )
    for (side, place), middle in zip(nodes, heights, strict=True):
        # Beside the nodes: Plotly's own labels lie upon the flows, which strike them.
        figure.add_annotation(
            text=f"{titles[place]} {counts[side][place]:,}",
            x=LABELS_WIDTH if side == 0 else 1 - LABELS_WIDTH,
            xanchor="right" if side == 0 else "left",
            y=1 - middle,
            yanchor="middle",
            xshift=(THICKNESS / 2 + 6) * (-1 if side == 0 else 1),
            xref="paper",
            yref="paper",
            showarrow=False,
            font={"size": TEXT_SIZE},
        )
    draw(figure, title, "movement-flow", HEIGHT)


def _middles(counts: list[int]) -> list[float]:
    """How far down the middle of each node is, as a share of the height, with a pad between each two."""
    pad = PAD / (HEIGHT - 36)
    room = 1 - pad * (len(counts) - 1)
    reached = [sum(counts[:number]) for number in range(len(counts))]
    return [
        pad * number + room * (before + count / 2) / sum(counts)
        for number, (before, count) in enumerate(zip(reached, counts, strict=True))
    ]


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{FAINT})"
