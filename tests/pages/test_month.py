"""The 135 month on screen: on the sample, with nothing, and with a manager's sheet opened before."""

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import etl
import metrics
from metrics import Scope
from metrics.managers.five_steps import five_steps
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures
from ui.activity import SHEET_SPEAKS_FOR
from ui.installation import settings
from ui.labels import text_width
from warehouse.activity import SHEET_OPENED, Activity, record_activity, recorded_activity
from warehouse.connection import latest_version, reading_cursor
from warehouse.records import open_records

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))


def read(name: str, scope: Scope, by: str | tuple[str, ...] = ()) -> pd.DataFrame:
    """A figure without a screen."""
    return metrics.run(name, scope, by, cursor=reading_cursor(latest_version(settings()), settings()))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("on_sample")
def test_the_month_opens_with_the_count_of_cells_worked_out_without_a_screen(language: str) -> None:
    app = opened("managers", lang=language, view="month")
    assert not app.exception and not app.error
    found = five_steps(OCTOBER, recorded_activity("2026-10", settings()), [], settings(), read=read)
    states = [cell.state for cell in found.cells]
    assert len(states) == 15 * 11
    known = len(states) - states.count("no_data")
    words = {"en": "{} of {} cells that can be judged are done", "zh": "可评判的{1}格中完成{0}格"}
    assert words[language].format(states.count("done"), known) in said(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("on_sample")
def test_titles_of_steps_side_by_side_have_room(language: str) -> None:
    app = opened("managers", lang=language, view="month")
    axis = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["xaxis"]
    heights = [[bool(line.strip()) for line in text.split("<br>")[1:]] for text in axis["ticktext"]]
    columns = list(zip(axis["tickvals"], axis["ticktext"], heights, strict=True))
    for (left, text, height), (right, _text, other) in pairwise(columns):
        widest = max(text_width(line) for line in text.split("<br>")[1:])
        assert height != other or widest < 1000 / 18 * (right - left)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "not fully done by {} of 11."), ("zh", "11人中{}人未全部完成")],
)
@pytest.mark.usefixtures("on_sample")
def test_partly_done_is_told_as_not_fully_done(language: str, words: str) -> None:
    found = five_steps(OCTOBER, None, [], settings(), read=read)
    short = Counter((cell.focus, cell.step) for cell in found.cells if cell.state in ("partly", "not"))
    assert words.format(max(short.values())) in said(opened("managers", lang=language, view="month"))
    assert any(cell.state == "partly" for cell in found.cells if (cell.focus, cell.step) == short.most_common(1)[0][0])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("on_sample")
def test_one_managers_grid_says_figures_and_what_is_missing(language: str) -> None:
    app = opened("managers", lang=language, view="month", part="one", who="M011")
    assert not app.exception and not app.error
    grid = next(element.value for element in app.markdown if element.value.startswith("| |"))
    assert len(grid.splitlines()) == 5
    assert ("13 of 19 planned visits made" if language == "en" else "计划拜访19次，完成13次") in grid.replace("\\", "")


@pytest.mark.usefixtures("on_sample")
def test_opening_the_sheet_of_a_manager_in_the_month_turns_its_analysis_done_and_nobody_elses() -> None:
    def analysis(manager: str) -> list[str]:
        app = opened("managers", lang="en", view="month", part="one", who=manager)
        grid = next(element.value for element in app.markdown if element.value.startswith("| |"))
        return [line.split("|")[2].strip() for line in grid.splitlines()[2:]]

    assert all("no data" in words for words in analysis("M003"))
    opened("managers", lang="en", view="manager", who="M003")  # today, when the month is over
    assert all("no data" in words for words in analysis("M003"))
    day = date(2026, 10, 20)
    record_activity((Activity(day, SHEET_OPENED, "M003", focus, "2026-10") for focus in SHEET_SPEAKS_FOR), settings())
    assert ["no data" in words for words in analysis("M003")] == [False, True, False]
    assert all("looked into on 1 day" in words for words in analysis("M003")[::2])
    assert all("no data" in words for words in analysis("M004"))


@pytest.mark.usefixtures("on_sample")
def test_a_month_begun_is_offered_and_another_month_opens_by_its_link() -> None:
    begun = opened("managers", lang="en", view="month", period="custom", from_="2026-10-01", to="2026-10-20")
    months = next(box for box in begun.selectbox if box.label == "Month")
    assert months.value == "2026-09" and months.options[0] == "2026-10, so far"
    months.set_value("2026-10").run()
    assert not begun.exception and begun.query_params["month"] == "2026-10"
    unknown = opened("managers", lang="en", view="month", month="2031-01")
    assert "Not known here and left out of the link: 2031-01" in said(unknown).replace("\\", "")


@pytest.mark.usefixtures("on_sample")
def test_records_that_cannot_be_read_leave_the_page_standing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PINYU_RECORDS", str(tmp_path / "file" / "records.sqlite"))
    for view in ("month", "manager"):
        app = opened("managers", lang="en", view=view, part="one", who="M003")
        assert not app.exception and not app.error


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_rows_the_month_says_what_is_missing(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    etl.publish_empty(tmp_path)
    for part in ("all", "one"):
        app = opened("managers", lang=language, view="month", part=part)
        assert not app.exception and not app.error
        assert ("Not loaded" if language == "en" else "未载入") in said(app)


@pytest.mark.usefixtures("on_sample")
def test_the_month_is_recorded_as_the_installation_began_to(own_records: Path) -> None:
    """An installation that recorded from the first day of the month on: who opened nothing has not analysed."""
    with open_records(settings()) as connection:
        connection.execute("update activity_began set day = '2026-10-01'")
    app = opened("managers", lang="en", view="month", part="one", who="M004")
    grid = next(element.value for element in app.markdown if element.value.startswith("| |"))
    assert grid.count("no sheet opened, no list exported") == 3


@pytest.mark.usefixtures("on_sample")
def test_a_square_clicked_counts_once_though_the_browser_says_it_again() -> None:
    """A click that comes before the grid is drawn to its end still brings the square along that opened it."""
    square = {"selection": {"points": [], "point_indices": [20], "box": [], "lasso": []}}
    app = opened("managers", lang="en", view="month")
    app.session_state["five-steps"] = square
    assert app.run().query_params["part"] == "one"
    app.session_state["five-steps"] = square
    app.segmented_control(key="one_of_part").set_value("all").run()
    assert not app.exception and app.query_params["part"] == "all"
    assert "cells that can be judged are done" in said(app)
