"""Totals and headings among the rows are no data; a faulty row that merely holds such a word is one."""

import pytest

HEADER = ("order_date", "customer_id", "sku_id", "qty", "amount")
SOUND = [("2026-10-01", f"C{n}", "S", 1, 1) for n in range(3)]


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "", 3, 3),
        ("", "合计", "", 3, 3),
        ("", "", "小计", 3, 3),
        ("2026-10-31", "总计", "", 3, 3),
        ("合 计：", "", "", "￥3", "3条"),
        ("Grand total", "", "", "", 3),
        ("2026-10-31", "C1", "小计", 3, 3),
    ],
)
def test_a_total_is_no_row(office, row):
    office.write("sales.csv", HEADER, *SOUND, row)
    (file,) = office.load().files
    assert (file.read, file.loaded, file.furniture) == (3, 3, 1)


@pytest.mark.parametrize(
    "row",
    [
        ("2026-10-0x", "汇总", "S", 500, 9000),
        ("soon", "C1", "小计", 500, 9000),
        ("合计", "C1", "S", 500, 9000),
        ("2026-10-01", "C1", "S", "合计", 9000),
        ("2026-10-01", "C1", "S", 1, "汇总"),
    ],
)
def test_a_faulty_row_that_is_filled_like_the_others_is_rejected_whatever_word_is_in_it(office, row):
    office.write("sales.csv", HEADER, *SOUND, row)
    (file,) = office.load(reject_share=1).files
    assert (file.read, file.loaded, file.rejected, file.furniture) == (4, 3, 1, 0)


def test_a_note_that_says_total_makes_no_total_of_a_visit(office):
    office.write(
        "visits.csv",
        ("visit_id", "visit_date", "customer_id", "manager_id", "note"),
        ("V1", "2026-10-01", "C", "M", "ok"),
        ("V2", "bad", "C", "M", "汇总"),
        ("V3", "2026-10-02", "C", "M", "小计"),
        ("V4", "bad", "", "", "合计"),
    )
    (file,) = office.load(reject_share=1).files
    assert (file.read, file.loaded, file.rejected, file.furniture) == (4, 2, 2, 0)
    assert office.ask("select line, value from rejects order by 1") == [(3, "bad"), (5, "bad")]


@pytest.mark.parametrize(
    ("line", "is_total"),
    [("总计,4", True), ('"合计",,,3,4,5,6', True), ("合计,2026-10-01,C9,S", False), ("汇总,C9,1,1", False)],
)
def test_a_line_with_too_few_or_too_many_cells_is_a_total_only_where_it_holds_nothing_but_figures(
    office, line, is_total
):
    text = "\n".join([",".join(HEADER), "2026-10-01,C1,S,1,1", line, "2026-10-01,C2,S,1,1", ""])
    (office.folder / "sales.csv").write_text(text, encoding="utf-8")
    (file,) = office.load(reject_share=1).files
    assert (file.furniture, file.rejected) == ((1, 0) if is_total else (0, 1))
