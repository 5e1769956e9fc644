"""How numbers and periods are written and counted."""

from datetime import date

import pandas as pd
import pytest

from ui.chart import _tick, round_ticks
from ui.names import named, names_of
from ui.numbers import change, is_nothing, written, written_apart, written_change
from ui.period import as_of, resolve


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (1_234_567.0, "money", "1.23M", "123万"),
        (12_345.0, "quantity", "12.35K", "1.23万"),
        (True, "flag", "yes", "是"),
        (False, "flag", "no", "否"),
        (None, "flag", "—", "—"),
        (999_950.0, "money", "1.00M", "100万"),
        (99_999_999.0, "money", "100M", "1.00亿"),
        (9_999.6, "money", "10.00K", "1.00万"),
        (950.0, "money", "950", "950"),
        (-2_500_000.0, "money", "-2.50M", "-250万"),
        (0.0, "money", "0", "0"),
        (0.1234, "share", "12.3%", "12.3%"),
        (-0.0001, "change", "0.0%", "0.0%"),
        (1234, "count", "1,234", "1,234"),
        (0.69671, "index", "0.697", "0.697"),
        (None, "share", "—", "—"),
        (float("nan"), "money", "—", "—"),
        (float("inf"), "change", "—", "—"),
        (date(2026, 10, 31), "date", "2026-10-31", "2026-10-31"),
    ],
)
def test_a_number_is_written_by_its_unit_and_language(value: object, unit: str, english: str, chinese: str) -> None:
    assert written(value, unit, "en") == english
    assert written(value, unit, "zh") == chinese


@pytest.mark.parametrize(
    ("moved", "unit", "text"),
    [
        (0.0, "share", "0.0 pp"), (-0.0004, "share", "0.0 pp"), (0.0006, "share", "+0.1 pp"),
        (-0.1, "share", "-10.0 pp"),
        (0.0, "money", "0.0%"), (-0.00049, "money", "0.0%"), (0.0002, "index", "0.000"), (0.01, "index", "+0.010"),
    ],
)  # fmt: skip
def test_a_change_that_comes_to_nothing_has_no_sign(moved: float, unit: str, text: str) -> None:
    assert written_change(moved, unit) == text
    assert is_nothing(text) == (text[0] == "0")


def test_shares_change_by_points_and_amounts_in_proportion() -> None:
    assert change(0.5, 0.4, "share") == pytest.approx(0.1)
    assert change(120, 100, "money") == pytest.approx(0.2)
    assert change(120, 0, "money") is None
    assert change(None, 100, "money") is None
    assert written_change(0.1, "share") == "+10.0 pp"
    assert written_change(-0.2, "money") == "-20.0%"
    assert written_change(None, "money") == "—"


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        ("this_week", date(2026, 11, 16), date(2026, 11, 18)),  # the 18th is a Wednesday
        ("last_week", date(2026, 11, 9), date(2026, 11, 15)),
        ("this_month", date(2026, 11, 1), date(2026, 11, 18)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("quarter", date(2026, 10, 1), date(2026, 11, 18)),
        ("year_to_date", date(2026, 1, 1), date(2026, 11, 18)),
    ],
)
def test_presets_count_from_a_day(preset: str, first: date, last: date) -> None:
    assert resolve(preset, date(2026, 11, 18)) == (first, last)


def test_last_month_of_january_is_december() -> None:
    assert resolve("last_month", date(2026, 1, 5)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_old_data_moves_the_day_that_periods_count_from() -> None:
    today = date(2026, 11, 23)
    assert as_of(today, date(2026, 11, 20), 7).day == today
    assert as_of(today, None, 7).day == today
    old = as_of(today, date(2026, 10, 14), 7)
    assert (old.day, old.is_old) == (date(2026, 10, 14), True)
    # Friday the 30th: only a Saturday is left of October.
    assert as_of(today, date(2026, 10, 30), 7).day == date(2026, 10, 31)
    # Thursday the 29th: a working day is left.
    assert as_of(today, date(2026, 10, 29), 7).day == date(2026, 10, 29)


def test_ticks_are_round_and_cover_the_values() -> None:
    assert round_ticks(0, 97) == [0, 25, 50, 75, 100]
    ticks = round_ticks(-3, 11)
    assert ticks[0] <= -3 and ticks[-1] >= 11


def test_a_tick_drops_decimals_that_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.chart.language", lambda: "zh")
    ticks = [
        _tick(0, "index"),
        _tick(0.1, "index"),
        _tick(20_000, "money"),
        _tick(12_500, "money"),
        _tick(100, "count"),
    ]
    assert ticks == ["0", "0.100", "2万", "1.25万", "100"]


def test_equal_names_are_told_apart() -> None:
    names = names_of("sku", pd.DataFrame({"sku_id": ["1", "2", "3"], "sku_name": ["Tea", "Tea", "Rice"]}))
    assert names == {"1": "Tea (1)", "2": "Tea (2)", "3": "Rice"}
    assert list(named(pd.DataFrame({"sku_id": ["3", "9"]}), "sku_id", names)["sku_id"]) == ["Rice", "9"]


def test_a_share_is_written_with_the_digits_that_tell_it_from_a_limit() -> None:
    assert [written_apart(share, 0.05) for share in (0.063, 0.0502, 0.0498, 0.05, 0.0500004)] == [
        "6.3%",
        "5.02%",
        "4.98%",
        "5.0%",
        "5.0000%",
    ]
