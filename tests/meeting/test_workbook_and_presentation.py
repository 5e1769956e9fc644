"""A deck taken away as a workbook and as a presentation, opened again by other libraries."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from python_calamine import CalamineWorkbook

from meeting.exports import EXPORTS
from meeting.exports.chart_data import chart_table
from meeting.exports.pptx import pptx_bytes
from meeting.exports.xlsx import xlsx_bytes
from tests.meeting.deck import BUBBLES, DECK, HEAT, HOSTILE


def workbook() -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(DECK)))


def slides() -> list[list[object]]:
    return [list(slide.shapes) for slide in Presentation(io.BytesIO(pptx_bytes(DECK))).slides]


def texts(shapes: list[object]) -> str:
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)  # type: ignore[attr-defined]


def charts() -> Iterator[object]:
    for shapes in slides():
        yield from (shape.chart for shape in shapes if shape.has_chart)  # type: ignore[attr-defined]


def test_the_workbook_says_what_it_is_of_and_how_its_figures_are_defined() -> None:
    rows = workbook().get_sheet_by_index(0).to_python()
    said = {str(cell) for row in rows for cell in row}
    assert {"周会", "2026-11-30", "v000007", "2026-11-29 18:00", "先说总数", "Σ 金额", "退货冲减。"} <= said
    assert "时间: 2026-11-01 – 2026-11-29; 数据版本: v000007" in said
    assert "此页已不再显示所固定的内容。" in said


def test_the_workbook_has_every_row_of_a_table_as_numbers_and_days() -> None:
    book = workbook()
    rows = book.get_sheet_by_name("2 重点客户").to_python()
    assert rows[2] == ["排名", "客户名称", "销售额", "同比", "最近订货"]
    assert rows[4] == [2.0, "客户2", 2001.0, 0.125, date(2026, 11, 20)]
    assert len([row for row in rows[3:] if row[0]]) == 20
    assert rows[3][1] == f"'{HOSTILE}"  # starts no formula


def test_no_data_is_an_empty_cell_with_its_reason_and_changes_stand_as_they_are_read() -> None:
    rows = workbook().get_sheet_by_name("1 做得怎么样？").to_python()
    assert rows[3][:5] == ["销售额", 2086599.12, "209万", "-17.8%", "同比 +14.2%"]
    assert rows[4] == ["拜访成功率", "", "—", "", "", "没有拜访记录"]


def test_sheets_have_names_that_a_spreadsheet_takes() -> None:
    names = workbook().sheet_names
    assert len(names) == len({name.lower() for name in names})
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_data_behind_a_chart_names_every_mark_even_those_without_room_for_a_label() -> None:
    behind = chart_table(BUBBLES.figure or {})
    assert behind.titles[:2] == ("铺货率", "单点动销")
    assert [row[-1] for row in behind.rows] == ["青瓷<b>", "榆晚"]
    assert [row[2] for row in behind.rows] == [118261.2, 98414.4]


def test_a_heat_map_is_a_row_a_cell() -> None:
    assert list(chart_table(HEAT.figure or {}).rows) == [
        ("一档", "城", 0.5, "50%"),
        ("二档", "城", None, ""),
    ]


def test_a_flow_as_pages_draw_it_is_a_row_a_way_from_one_place_to_another() -> None:
    drawn = go.Figure(
        go.Sankey(
            node={"customdata": ["前20%", "其余", "前20%"]},
            link={"source": [0, 1], "target": [2, 2], "value": [34, 13]},
        )
    )
    assert chart_table(json.loads(drawn.to_json())).rows == (("前20%", "前20%", 34), ("其余", "前20%", 13))


def test_marks_in_a_grid_of_names_are_a_table_of_what_they_say() -> None:
    grid = {
        "data": [
            {
                "mode": "markers",
                "x": [0.0, 1.0],
                "y": [0.0, 0.0],
                "hovertext": ["甲 · 计划<br>完成", "甲 · 评估<br>无数据"],
            },
            {"mode": "text", "x": [0.0], "y": [0.0], "text": ["●"]},
        ],
        "layout": {
            "xaxis": {"tickvals": [0, 1], "ticktext": ["计划", "评估"]},
            "yaxis": {"tickvals": [0], "ticktext": ["M01"]},
        },
    }
    assert chart_table(grid).rows == (("计划", "M01", "甲 · 计划 完成"), ("评估", "M01", "甲 · 评估 无数据"))
    deck = replace(DECK, slides=(replace(DECK.slides[0], blocks=(replace(HEAT, figure=grid),)),))
    shapes = list(Presentation(io.BytesIO(pptx_bytes(deck))).slides[1].shapes)
    assert [shape.has_chart for shape in shapes if shape.has_chart or shape.has_table] == [False]


def test_numbers_along_an_axis_are_written_as_on_the_screen() -> None:
    line = {
        "data": [{"mode": "lines", "x": [1, 2], "y": [0.5, 0.6]}],
        "layout": {"xaxis": {}, "yaxis": {"tickvals": [0, 1], "ticktext": ["0%", "100%"]}},
    }
    deck = replace(DECK, slides=(replace(DECK.slides[0], blocks=(replace(HEAT, figure=line),)),))
    shapes = list(Presentation(io.BytesIO(pptx_bytes(deck))).slides[1].shapes)
    (chart,) = [shape.chart for shape in shapes if shape.has_chart]
    assert chart.value_axis.tick_labels.number_format == "0%"
    assert chart.category_axis.tick_labels.number_format == "General"


def test_charts_of_the_presentation_are_its_own_and_hold_the_numbers() -> None:
    stacked, waterfall, bubbles = charts()
    assert stacked.chart_type == XL_CHART_TYPE.COLUMN_STACKED  # type: ignore[attr-defined]
    assert list(stacked.plots[0].categories) == ["一部 · 甲", "一部 · 乙"]  # type: ignore[attr-defined]
    *parts, above = stacked.plots[0].series  # type: ignore[attr-defined]
    assert [tuple(one.values) for one in parts] == [(40.0, 30.0), (20.0, None)]
    assert (tuple(above.values), above.points[0].data_label.text_frame.text) == ((0.0, 0.0), "60")
    floor, steps, above = waterfall.plots[0].series  # type: ignore[attr-defined]
    assert (tuple(floor.values), tuple(steps.values)) == ((0.0, 70.0, 0.0), (100.0, 30.0, 70.0))
    assert above.points[1].data_label.text_frame.text == "-30"
    assert bubbles.chart_type == XL_CHART_TYPE.BUBBLE  # type: ignore[attr-defined]
    assert tuple(bubbles.plots[0].series[0].values) == (0.72, 1.3)  # type: ignore[attr-defined]


def test_tables_have_seven_rows_a_slide_and_say_what_they_leave_out() -> None:
    tables = [[shape.table for shape in shapes if shape.has_table] for shapes in slides()]  # type: ignore[attr-defined]
    customers = [table for found in tables for table in found if table.cell(0, 0).text == "排名"]
    assert [len(table.rows) for table in customers] == [8, 8]  # the head and seven
    assert customers[1].cell(7, 1).text == "客户14"
    assert "6" in texts(slides()[3])  # the title slide, the headline, seven customers, seven more: six are left


def test_notes_carry_scope_version_and_definitions() -> None:
    presentation = Presentation(io.BytesIO(pptx_bytes(DECK)))
    notes = presentation.slides[1].notes_slide.notes_text_frame.text
    assert "时间: 2026-11-01 – 2026-11-29" in notes
    assert "Σ 金额" in notes
    assert "v000007" in texts(slides()[0])


def test_every_run_can_be_read_in_a_room_and_hostile_text_stays_text() -> None:
    shown = slides()
    for shapes in shown:
        for shape in shapes:
            runs = [run for one in shape.text_frame.paragraphs for run in one.runs] if shape.has_text_frame else []  # type: ignore[attr-defined]
            assert all(run.font.size.pt >= 14 for run in runs)
    assert any(HOSTILE in texts(shapes) for shapes in shown)


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_a_deck_without_slides_can_be_taken_away(kind: str) -> None:
    assert len(EXPORTS[kind](replace(DECK, slides=()))) > 1000
