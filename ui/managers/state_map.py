"""All managers of a 135 month at a glance: a row a manager, a square a cell, coloured and marked by its state."""

from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st

from metrics.managers.five_steps import DONE, NO_DATA, STEPS, Cell, FiveSteps
from ui.chart import BLUE, GREEN, GREY, ORANGE, TEXT_SIZE, draw, safe, shortened
from ui.labels import LINE_HEIGHT, text_width
from ui.managers.month_words import MARKS, cell_words, focus_titles, state_titles, step_titles
from ui.words import _
from warehouse.activity import FOCUSES

COLOURS = {"done": GREEN, "partly": BLUE, "not": ORANGE, "no_data": "rgba(138, 143, 152, 0.2)"}
ROW_HEIGHT = 24
HEAD_HEIGHT = 66
COLUMN_WIDTH = 50
"""Roughly the pixels of a column on the screen of a notebook."""
MOST_HEIGHT = 420
MIDDLE = STEPS[len(STEPS) // 2]
GAP = 0.5
"""Of a column, between two focuses."""
COLUMNS = {
    (focus, step): block * (len(STEPS) + GAP) + number
    for block, focus in enumerate(FOCUSES)
    for number, step in enumerate(STEPS)
}


def state_map(found: FiveSteps, names: Mapping[str, str], *, title: str, key: str) -> str | None:
    """Draw the squares in the order of the managers; gives the manager of the square clicked. Many rows scroll."""
    managers = list(found.managers["manager_id"])
    height = HEAD_HEIGHT + ROW_HEIGHT * max(len(managers), 4) + LINE_HEIGHT * _are_wide(step_titles())
    figure = go.Figure()
    _squares(figure, found, names)
    _marks(figure, found)
    _words_around(figure, found, names)
    with st.container(height=MOST_HEIGHT + 50 if height > MOST_HEIGHT else "content", border=False):
        clicked = draw(figure, title, key, height, selects=True)
    return found.cells[clicked[0]].manager_id if clicked and clicked[0] < len(found.cells) else None


def _squares(figure: go.Figure, found: FiveSteps, names: Mapping[str, str]) -> None:
    figure.add_scatter(
        **_places(found, found.cells),
        mode="markers",
        marker={"symbol": "square", "size": ROW_HEIGHT - 4, "color": [COLOURS[cell.state] for cell in found.cells]},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[_hover(cell, found, names) for cell in found.cells],
        hoverinfo="text",
    )


def _marks(figure: go.Figure, found: FiveSteps) -> None:
    """The marks tell the states apart for whom the colours do not."""
    for colour, is_known in (("#ffffff", True), (GREY, False)):
        cells = [cell for cell in found.cells if (cell.state != NO_DATA) == is_known]
        figure.add_scatter(
            **_places(found, cells),
            mode="text",
            text=[MARKS[cell.state] for cell in cells],
            textfont={"size": TEXT_SIZE, "color": colour},
            unselected={"textfont": {"color": colour}},
            hoverinfo="skip",
        )


def _words_around(figure: go.Figure, found: FiveSteps, names: Mapping[str, str]) -> None:
    """Managers and teams at the left, steps and focuses at the top, and how many cells are done at the right."""
    steps, focuses, last = step_titles(), focus_titles(), max(COLUMNS.values())
    managers = list(zip(found.managers["manager_id"], found.managers["team"], strict=True))
    figure.update_yaxes(
        tickvals=list(range(len(managers))),
        ticktext=[f"{shortened(team, 6)} · {shortened(names.get(each, each))}" for each, team in managers],
        range=[len(managers) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    figure.update_xaxes(
        tickvals=list(COLUMNS.values()),
        ticktext=[
            f"{f'<b>{focuses[focus]}</b>' if step == MIDDLE else ' '}<br>{_at_its_height(steps, step)}"
            for focus, step in COLUMNS
        ],
        tickangle=0,
        range=[-0.6, last + 1.4],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    done = dict.fromkeys((each for each, _team in managers), 0)
    for cell in found.cells:
        done[cell.manager_id] += cell.state == DONE
    for row, count in enumerate(done.values()):
        words = _("{done} done").format(done=count)
        figure.add_annotation(x=last + 1, y=row, text=words, showarrow=False, font={"size": TEXT_SIZE})
    figure.update_layout(showlegend=False)


def _at_its_height(steps: Mapping[str, str], step: str) -> str:
    """A step's title; where titles are wider than their columns, every other one stands a line lower."""
    if not _are_wide(steps):
        return steps[step]
    return f" <br>{steps[step]}" if STEPS.index(step) % 2 else f"{steps[step]}<br> "


def _are_wide(steps: Mapping[str, str]) -> bool:
    return any(text_width(title) > COLUMN_WIDTH for title in steps.values())


def _places(found: FiveSteps, cells: "list[Cell] | tuple[Cell, ...]") -> dict[str, list[float]]:
    rows = {manager: row for row, manager in enumerate(found.managers["manager_id"])}
    return {
        "x": [COLUMNS[cell.focus, cell.step] for cell in cells],
        "y": [float(rows[cell.manager_id]) for cell in cells],
    }


def _hover(cell: Cell, found: FiveSteps, names: Mapping[str, str]) -> str:
    head = f"{names.get(cell.manager_id, cell.manager_id)} · {focus_titles()[cell.focus]} · {step_titles()[cell.step]}"
    return "<br>".join(safe(line) for line in (head, state_titles()[cell.state], *cell_words(cell, found)))
