"""Names hidden on a shared screen: what stands for whom, and that no column of any figure escapes it."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import metrics
from metrics import Ranking, Scope
from ui.disguise import NAMES_ALONE, PERSONS, disguise, initials
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

NOT_PERSONS = {"customer_name", "sku_name", "ranked_name"}
"""Other columns of names; those ranked may be managers, which the reading tells."""
PEOPLE = {"M1": "王小明", "M2": "王大伟", "M3": "李娜", "M4": "Jane Q. Smith", "M5": "M5", "M6": "欧阳修远"}


@pytest.mark.parametrize(
    ("name", "short"),
    [("王小明", "王**"), ("李娜", "李*"), ("Jane Q. Smith", "J. Q. S."), ("Cher", "C."), ("李", "李*")],
)
def test_initials_are_the_first_character_and_stars_or_the_first_letters(name: str, short: str) -> None:
    assert initials(name) == short


def test_whom_initials_do_not_tell_apart_get_their_code_too() -> None:
    hidden = disguise(PEOPLE, "initials").by_id
    assert hidden == {"M1": "王** (M1)", "M2": "王** (M2)", "M3": "李*", "M4": "J. Q. S.", "M6": "欧***"}


def test_codes_stand_for_everybody_but_the_one_shown() -> None:
    assert disguise(PEOPLE, "codes", shown=("M3",)).by_id == {"M1": "M1", "M2": "M2", "M4": "M4", "M6": "M6"}


def test_rows_name_nobody_in_any_column() -> None:
    rows = pd.DataFrame(
        {
            "manager_id": ["M1", "M3", None],
            "manager_name": ["王小明", "李娜", None],
            "joint_with": ["王大伟", None, "李娜"],
            "note": ["王小明和李娜同访", None, "—"],
            "customer_name": ["王小明烟酒店", "B", "C"],
        }
    )
    shown = disguise(PEOPLE, "codes").rows(rows)
    assert shown["manager_name"].fillna("").tolist() == ["M1", "M3", ""]
    assert shown["joint_with"].fillna("").tolist() == ["M2", "", "M3"]
    assert shown["note"].fillna("").tolist() == ["M1和M3同访", "", "—"]
    assert shown["customer_name"].tolist() == ["王小明烟酒店", "B", "C"]  # a shop's sign is nobody's name
    assert rows["manager_name"].iloc[0] == "王小明"  # what was read stays as it was


def test_the_choices_of_the_scope_hide_managers_and_nothing_else() -> None:
    rows = pd.DataFrame({"kind": ["manager", "area"], "value": ["M3", "李娜"], "label": ["李娜", "李娜"]})
    shown = disguise(PEOPLE, "initials").rows(rows)
    assert shown["label"].tolist() == ["李*", "李娜"] and shown["value"].tolist() == ["M3", "李娜"]


def test_two_of_one_name_are_told_apart_by_id_and_a_name_alone_means_either() -> None:
    twins = {"M1": "李娜", "M2": "李娜"}
    rows = pd.DataFrame({"manager_id": ["M1", "M2"], "manager_name": ["李娜"] * 2, "joint_with": ["李娜"] * 2})
    by_code, by_letters = disguise(twins, "codes").rows(rows), disguise(twins, "initials").rows(rows)
    assert by_code["manager_name"].tolist() == ["M1", "M2"] and by_code["joint_with"].tolist() == ["M1/M2"] * 2
    assert by_letters["manager_name"].tolist() == ["李* (M1)", "李* (M2)"]
    assert by_letters["joint_with"].tolist() == ["李*"] * 2
    assert disguise(twins, "codes", shown=("M1",)).rows(rows)["manager_name"].tolist() == ["李娜", "M2"]


def test_nobody_known_hides_nothing() -> None:
    rows = pd.DataFrame({"note": ["as it was"]})
    assert disguise({}, "codes").rows(rows).equals(rows)


@pytest.mark.parametrize("name", sorted(metrics.figures()))
def test_no_name_is_left_in_the_rows_of_any_figure(name: str, sample_warehouse: Path) -> None:
    settings = load_settings().model_copy(update={"warehouse": sample_warehouse})
    cursor = reading_cursor(latest_version(settings), settings)
    scope = Scope(date(2026, 1, 1), date(2026, 10, 31))
    people = metrics.run("manager_list", scope, cursor=cursor)
    names = dict(zip(people["manager_id"], people["manager_name"], strict=True))
    figure = metrics.figure(name)
    ranking = Ranking("manager_id") if figure.is_ranking else Ranking()
    for by in [()] if figure.is_list else [(), *((part,) for part in figure.by if part != ranking.ranked)]:
        rows = metrics.run(name, scope, by, ranking, cursor=cursor)
        hidden = disguise(names, "codes").rows(rows, ranked_managers=figure.is_ranking)
        texts = set(hidden.select_dtypes(exclude=["number", "datetime"]).astype(str).to_numpy().ravel())
        assert not texts & set(names.values())
    told = {column for column, _kind in figure.columns if column.endswith("_name")} | {"joint_with"}
    assert told <= NOT_PERSONS | set(PERSONS) | set(NAMES_ALONE), "say whether the column names a person"
