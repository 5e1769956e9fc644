"""What a link says, and what of it is believed."""

from datetime import date

import pytest

from ui.address import Choices, WrongDays, read_parameters, wrong_days


def test_a_link_states_period_and_conditions():
    chosen, ignored = read_parameters({"period": ["last_month"], "team": ["一部", "二部"], "sku": ["S1"]})
    assert chosen == Choices("last_month", None, None, {"team": ("一部", "二部"), "sku": ("S1",)})
    assert ignored == []


def test_two_days_make_a_custom_period_whatever_the_preset_says():
    chosen, _ = read_parameters({"period": ["quarter"], "from": ["2026-01-01"], "to": ["2026-01-31"]})
    assert (chosen.preset, chosen.from_date, chosen.to_date) == ("custom", date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-02-30", "2026-03-01"),  # no such day
        ("2026-03-31", "2026-03-01"),  # ends before it begins
        ("0001-01-01", "2026-01-01"),  # the year before it cannot be told
        ("2026-01-01", "9999-12-31"),
        ("2026-01-01", ""),
    ],
)
def test_a_custom_period_that_cannot_be_is_named_and_left_out(first, last):
    chosen, ignored = read_parameters({"period": ["custom"], "from": [first], "to": [last]})
    assert chosen.preset == "this_month"
    assert chosen.from_date is None
    assert ignored == ["custom"]


def test_names_nobody_knows_are_named_and_left_out():
    chosen, ignored = read_parameters({"period": ["never"], "colour": ["red"]})
    assert chosen == Choices()
    assert ignored == ["never", "colour"]


def test_choices_survive_the_way_through_a_link():
    chosen = Choices("custom", date(2026, 1, 1), date(2026, 1, 31), {"area": ("a&b=c",)})
    assert read_parameters(chosen.parameters()) == (chosen, [])


def test_what_a_page_is_set_to_survives_the_way_through_a_link():
    chosen = Choices(conditions={"customer": ("000001",), "sku": ("S1",)}, settings={"view": "doors", "list": "lost"})
    assert read_parameters(chosen.parameters()) == (chosen, [])
    assert chosen.with_setting("view", "").settings == {"list": "lost"}


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-10-31", "2026-10-01", WrongDays(("2026-10-31", "2026-10-01"), is_reversed=True)),
        ("2026-02-30", "2026-03-01", WrongDays(("2026-02-30",), is_reversed=False)),
        ("2026-02-30", "soon", WrongDays(("2026-02-30", "soon"), is_reversed=False)),
        ("2026-10-01", "", WrongDays(("",), is_reversed=False)),
        ("2026-10-01", "2026-10-01", None),  # one day is a period
        ("", "", None),
    ],
)
def test_what_is_wrong_with_the_days_of_a_link(first, last, found):
    assert wrong_days({"from": [first], "to": [last]}) == found
