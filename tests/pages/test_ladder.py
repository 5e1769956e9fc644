"""The apprentice ladder on screen: on the sample, with nobody new, and with nothing."""

import io
from pathlib import Path

import pandas as pd
import pytest

import etl
from tests.pages.test_pages import forget_cached_figures, on_sample, opened, said  # noqa: F401 - fixtures


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "day 60: 10 of 10 joint customers, last at step E; critical until 2026-11-30"),
        ("zh", "入职第60天：同访客户10/10户，最近到E步；关键期至2026-11-30"),
    ],
)
@pytest.mark.usefixtures("on_sample")
def test_the_newest_newcomer_is_shown_with_days_steps_and_the_critical_months(language: str, words: str) -> None:
    app = opened("managers", lang=language, view="ladder")
    assert not app.exception and not app.error
    assert words in said(app).replace("\\", "")


@pytest.mark.usefixtures("on_sample")
def test_the_log_the_coaches_and_the_first_weeks_are_those_of_the_extracts(files: list[bytes]) -> None:
    """By the coaching and the visits of the sample: thirteen steps; M003 is the one earlier newcomer, too few."""
    app = opened("managers", lang="en", view="ladder")
    frames = [frame.value for frame in app.dataframe]
    log = next(frame for frame in frames if "note" in frame)
    assert len(log) == 13 and log["coached_on"].iloc[0] > log["coached_on"].iloc[-1]
    assert list(log["coaching_step"])[::-1] == list("AAABBBCCCDEEE")
    coaches = next(frame for frame in frames if "newcomers" in frame)
    assert coaches["newcomers"].tolist() == [1]
    assert "After week 8; earlier newcomers: 1, and it takes 3 to compare" in said(app)
    csv = next(file for file in files if b"Visits a week" in file and file.startswith(b"\xef\xbb\xbf"))
    assert pd.read_csv(io.BytesIO(csv), nrows=4)["Newcomer"].dtype == float


@pytest.mark.usefixtures("on_sample")
def test_a_year_before_the_other_newcomer_climbs() -> None:
    app = opened("managers", lang="en", view="ladder", period="custom", from_="2025-11-01", to="2025-11-10")
    assert "day 30: 8 of 10 joint customers, last at step C; critical until 2026-01-10" in said(app).replace("\\", "")


@pytest.mark.usefixtures("on_sample")
def test_where_nobody_is_new_the_page_says_so() -> None:
    app = opened("managers", lang="en", view="ladder", team="二部")
    assert not app.exception and not app.error
    assert "Nobody in scope was hired within 12 months of the last day" in said(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_rows_the_ladder_says_what_is_missing(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path))
    etl.publish_empty(tmp_path)
    app = opened("managers", lang=language, view="ladder")
    assert not app.exception and not app.error
    assert ("Not loaded" if language == "en" else "未载入") in said(app)


def test_a_newcomer_without_any_record_is_shown_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    (tmp_path / "managers.csv").write_text("manager_id,manager_name,hired_on\nM1,A[n](x)n,2026-10-12\n", "utf-8")
    (tmp_path / "sales.csv").write_text(
        "order_id,line_no,order_date,customer_id,sku_id,qty,amount,manager_id\n1,1,2026-10-30,C1,S1,1,100,M1\n", "utf-8"
    )
    etl.load([tmp_path / "managers.csv", tmp_path / "sales.csv"], warehouse=tmp_path / "warehouse")
    app = opened("managers", lang="en", view="ladder", from_="2026-10-01", to="2026-10-31")
    assert not app.exception and not app.error
    assert r"A\[n\]\(x\)n, day 19: 0 of 10 joint customers; critical until 2027-01-11" in said(app)
    assert "Not loaded: coaching" in said(app)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Customer 2, Two: step C is recorded, A is the rule.",
                "Customer 1, One, was taken again: B 2026-10-20.",
                "No joint visit is recorded for Two.",
                "Steps that name no customer: 1.",
            ),
        ),
        ("zh", ("第2户Two：记录为C步，按规则应为A步。", "第1户One再次帮带：B 2026-10-20。", "没有同访记录：Two。")),
    ],
)
def test_what_does_not_go_by_the_rule_is_told_under_the_ladder(
    language: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    extracts = {
        "managers": "manager_id,manager_name,hired_on\nM1,Nina,2026-10-12\nM2,Carl,2015-01-01\n",
        "customers": "customer_id,customer_name,manager_id\nC1,One,M1\nC2,Two,M1\n",
        "coaching": "coached_on,manager_id,coach_id,step,customer_id\n2026-10-13,M1,M2,A,C1\n2026-10-14,M1,M2,C,C2\n"
        "2026-10-20,M1,M2,B,C1\n2026-10-21,M1,M2,A,\n",
        "visits": "visit_id,visit_date,customer_id,manager_id,joint_with\nV1,2026-10-13,C1,M1,M2\n",
    }
    for name, text in extracts.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    etl.load([tmp_path / f"{name}.csv" for name in extracts], warehouse=tmp_path / "warehouse")
    app = opened("managers", lang=language, view="ladder", from_="2026-10-01", to="2026-10-31")
    assert not app.exception and not app.error
    for sentence in words:
        assert sentence in said(app).replace("\\", "")
