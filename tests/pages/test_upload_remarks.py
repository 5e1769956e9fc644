"""What the page Upload says besides its rows: what is left aside, unused or doubled, and what cannot be known."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import etl
from tests.pages.test_pages import said
from tests.pages.test_upload import checked, dropped, loaded, own_data, table

__all__ = ["own_data"]
AMOUNTS_ALONE = "日期,客户,商品,客户经理,金额\n" + "\n".join(
    f"2026-{month:02}-{day:02},店{(month * day) % 7},烟{day % 3},经理{day % 2},{100 + day}"
    for month in range(1, 11)
    for day in range(1, 29, 3)
)


def words(app: AppTest) -> str:
    """All that the page says, warnings among it, without the escapes of Markdown."""
    return " ".join([said(app), *(warning.value for warning in app.warning)]).replace("\\", "")


def test_headers_that_serve_nothing_or_two_columns_and_values_of_another_kind_are_told_before_the_check() -> None:
    app = dropped(("x.csv", "日期,客户,品规,谁,金额\n2026-10-01,店1,烟1,甲,5\n2026-10-02,店2,烟2,乙,6\n".encode()))
    assert "Nothing is taken from: 谁" in words(app)
    (editor,) = (frame for frame in app.dataframe if "confidence" in frame.value)
    columns = editor.value["column"].tolist()
    # Of two columns that stand in for each other the one with a header is the one that is needed.
    assert [name for name in columns if "＊" in name] == [
        "order date ＊",
        "customer name ＊",
        "sku name ＊",
        "amount ＊",
    ]
    state = app.session_state["upload"]
    (taken,) = state.tables
    wrong = replace(taken, columns={**taken.columns, "amount": "品规"})
    app.session_state["upload"] = replace(state, tables=(wrong,))
    app.run()
    assert "amount: the values below “品规” are not of its kind, they will be kept out." in words(app)
    assert "Chosen for two columns: 品规" in words(app)
    assert "Nothing is taken from: 谁, 金额" in words(app)


def test_what_was_dropped_and_is_no_table_is_told_with_the_check_and_totals_are_no_rows() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("十月.csv", table(["2026-10-01", "2026-10-02"]).decode() + "\n合计,,,2,3\n")
        archive.writestr("junk.exe", b"MZ")
    app = dropped(("a.zip", packed.getvalue()), ("photo.jpg", b"\xff\xd8\xff\xe0"))
    shown = app.selectbox(key="upload_table")
    assert shown.options == [
        "a.zip/十月.csv — flat sales table",
        "a.zip/junk.exe — nothing to load",
        "photo.jpg — nothing to load",
    ]
    app = checked(app)
    assert "2 of 2 rows came in · kept out: 0" in words(app)
    assert "Left aside, nothing of it was loaded: a.zip/junk.exe, photo.jpg." in words(app)
    assert "a.zip/十月.csv, not counted as rows — rows of totals or repeated headers: 1" in words(app)


def test_the_table_that_can_be_loaded_is_shown_first() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1 说明.csv", "说明\n随便写写\n")
        archive.writestr("2.csv", table(["2026-10-01"]))
    app = dropped(("a.zip", packed.getvalue()))
    assert app.selectbox(key="upload_table").value == 1


def test_rows_that_were_there_twice_are_told_beside_those_that_came_in() -> None:
    app = checked(
        dropped(("x.csv", b"date,customer,sku,amount\n2026-10-01,C,S,1\n2026-10-01,C,S,1\n2026-10-02,C,S,x\n"))
    )
    assert "1 of 3 rows came in · there already: 1 · kept out: 1" in words(app)


@pytest.mark.parametrize("rows", ["", "2026-10-01,C,S,x\n"], ids=["no rows", "all kept out"])
def test_where_not_one_row_came_in_there_is_nothing_to_look_at(rows: str) -> None:
    app = checked(dropped(("x.csv", f"date,customer,sku,amount\n{rows}".encode())))
    assert "Not one row came in" in words(app)
    assert {"upload_look", "upload_publish", "upload_compare"}.isdisjoint(
        [*(button.key for button in app.button), *(toggle.key for toggle in app.toggle)]
    )
    app.button(key="upload_back").click().run()
    assert "upload_check" in [button.key for button in app.button]


def test_publishing_again_what_everybody_sees_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(table(["2026-10-01"]))
    etl.load(path, warehouse=tmp_path / "warehouse")
    app = checked(dropped(("x.csv", path.read_bytes())))
    app = loaded(app, "upload_publish")
    assert "Nothing new in it: what everybody sees stays as it was" in words(app)


def test_a_text_that_cannot_be_read_can_be_given_its_encoding() -> None:
    text = "日期,客户,品规,金额\n2026-10-01,东街店,青瓷（硬）,5\n".encode("gb18030") + b"\xff\xff\n"
    app = dropped(("x.csv", text))
    encoding = app.selectbox(key="upload-0-encoding")
    assert "throughout" in words(app) and encoding.value == "" and "gb18030" in encoding.options


def test_amounts_alone_give_trends_the_vital_few_and_managers_and_say_what_cannot_be_known() -> None:
    app = checked(dropped(("x.csv", AMOUNTS_ALONE.encode())))
    app.button(key="upload_look").click().run()
    said_on = {}
    for page in ("overview", "brand", "concentration", "managers"):
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception and not app.error, page
        said_on[page] = words(app)
    missing = "Not loaded: quantities of the sales"
    for name in ("Quantity", "Active customers", "Focus distribution"):
        assert f"{name} — {missing}" in said_on["overview"]
    assert missing in said_on["brand"] and "Nobody in scope carries" not in said_on["brand"]
    assert missing in said_on["managers"]
    # Of the days 1, 4 … 28 the even ones are those of 经理0: 4 + 10 + 16 + 22 + 28 and five hundreds, of 1,145 in all.
    assert "of 2 managers 经理0 sold most: 580, 50.7% of what they sold" in said_on["managers"]
    (card,) = (frame.value for frame in app.dataframe if len(frame.value) == 3)
    assert card.iloc[:, 2].tolist() == [7, 4, 3]
