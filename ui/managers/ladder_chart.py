"""The picture of a ladder: a rung a customer, from the day of hiring on, in the bands of the five steps."""

from collections.abc import Mapping
from datetime import timedelta

import plotly.graph_objects as go

from metrics.managers.ladder import JOINT_CUSTOMERS, LAST_OF, Ladder, Rung
from ui.chart import BLUE, GREY, ORANGE, TEXT_SIZE, draw, safe, shortened
from ui.managers.ladder_words import step_words
from ui.numbers import written
from ui.words import _, language

HEIGHT = 325
MARKER = 20
TINTS = ("rgba(47, 126, 188, 0.05)", "rgba(47, 126, 188, 0.13)")
FEWEST_ROWS = JOINT_CUSTOMERS + 3
"""So many rows are drawn where there are fewer customers: all steps are seen from the first day on."""


def ladder_chart(ladder: Ladder, names: Mapping[str, str], *, title: str, key: str) -> None:
    """Customers by number and day, marked by the step recorded; those against the rule stand out."""
    figure = go.Figure(
        go.Scatter(
            x=[rung.day for rung in ladder.rungs],
            y=[rung.number for rung in ladder.rungs],
            mode="lines+markers",
            line={"color": GREY, "width": 1, "dash": "dot"},
            marker={
                "size": MARKER,
                "color": [ORANGE if rung.is_out_of_order else BLUE for rung in ladder.rungs],
                "opacity": 1,
            },
            hovertext=[_hover(rung, names) for rung in ladder.rungs],
            hoverinfo="text",
        )
    )
    for rung in ladder.rungs:
        around = {"x": rung.day, "y": rung.number, "showarrow": False}
        figure.add_annotation(text=f"<b>{safe(rung.step)}</b>", font={"size": TEXT_SIZE, "color": "#ffffff"}, **around)
        figure.add_annotation(
            text=shortened(rung.customer_name, 8),
            xanchor="left",
            xshift=MARKER * 0.75,
            font={"size": TEXT_SIZE},
            **around,
        )
    rows = max(len(ladder.rungs), FEWEST_ROWS)
    _bands(figure, rows)
    _critical_months(figure, ladder)
    first = min([rung.day for rung in ladder.rungs] + ([ladder.hired_on] if ladder.hired_on else []))
    last = max([rung.day for rung in ladder.rungs] + ([ladder.critical_until] if ladder.critical_until else []))
    room = max((last - first) // 4, timedelta(14))
    figure.update_xaxes(range=[first - timedelta(2), last + room], nticks=6, tickformat="%m-%d", hoverformat="%Y-%m-%d")
    figure.update_layout(showlegend=False)
    draw(figure, title, key, HEIGHT)


def _bands(figure: go.Figure, rows: int) -> None:
    """A band a step, named at the left by what newcomer and coach do."""
    last, ends = 0, [*LAST_OF.values(), rows]
    middles, words = [], []
    for place, (step, end) in enumerate(zip(step_words(), ends, strict=True)):
        figure.add_hrect(y0=last + 0.5, y1=end + 0.5, fillcolor=TINTS[place % 2], line_width=0, layer="below")
        middles.append((last + 1 + end) / 2)
        words.append(f"<b>{step}</b> {step_words()[step]}")
        last = end
    figure.update_yaxes(tickvals=middles, ticktext=words, range=[0.3, rows + 0.7], showgrid=False, zeroline=False)


def _critical_months(figure: go.Figure, ladder: Ladder) -> None:
    """The day of hiring, and the last of the first three months."""
    if ladder.hired_on is None or ladder.critical_until is None:
        return
    figure.add_vrect(
        x0=ladder.hired_on, x1=ladder.critical_until, fillcolor=ORANGE, opacity=0.08, line_width=0, layer="below"
    )
    figure.add_vline(x=ladder.critical_until, line={"dash": "dash", "color": ORANGE, "width": 2})
    figure.add_annotation(
        x=ladder.critical_until,
        y=1,
        yref="y",
        text=_("three critical months"),
        xanchor="right",
        xshift=-6,
        showarrow=False,
        font={"size": TEXT_SIZE, "color": ORANGE},
    )


def _hover(rung: Rung, names: Mapping[str, str]) -> str:
    lines = (
        f"{rung.number} · {rung.customer_name}",
        written(rung.day, "date", language()),
        f"{rung.step} {step_words().get(rung.step, '')}",
        _("with {coach}").format(coach=names.get(rung.coach_id, rung.coach_id)),
        _("joint visits: {count}").format(count=rung.joint_visits),
    )
    return "<br>".join(safe(line) for line in lines)
