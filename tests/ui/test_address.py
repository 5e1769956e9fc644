"""What a link says, and what of it is believed."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

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


def _a_choice() -> None:
    import streamlit as st

    from ui.address import choices, open_link, write_address
    from ui.scope_bar import language_switch
    from ui.views import one_of

    open_link()
    write_address()
    language_switch()
    one_of("view", {"first": "First", "second": "Second", "third": "Third"}, label="View")
    st.caption(choices().settings.get("view", "first"))


def _at(view: str) -> AppTest:
    app = AppTest.from_function(_a_choice)
    app.query_params.update({"lang": "en", "view": view})
    return app.run()


def _click(app: AppTest, view: str) -> AppTest:
    return app.segmented_control(key="one_of_view").set_value(view).run()


def test_a_click_holds_where_the_browser_has_not_heard_yet_of_the_address_after_the_click_before():
    app = _at("first")
    before = dict(app.query_params)
    assert _click(app, "second").query_params["view"] == "second"
    app.query_params = before  # of two quick clicks, the second still comes from the address of the first
    assert _click(app, "third").caption[0].value == "third"
    assert app.query_params["view"] == "third"
    app.query_params = before
    app.segmented_control(key="language_switch").set_value("zh").run()
    assert (app.caption[0].value, app.query_params["lang"]) == ("third", "zh")


def test_the_last_of_quick_clicks_holds_where_it_goes_back_to_what_is_drawn():
    """Of five clicks the server was slow to see two: there is nothing to change, and the address is of long ago."""
    app = _at("first")
    of_the_second = dict(_click(app, "second").query_params)
    _click(app, "third")
    app.query_params = of_the_second
    assert app.run().caption[0].value == "third"
    assert app.query_params["view"] == "third"


def test_a_link_wins_over_what_was_clicked_before():
    app = _at("first")
    _click(app, "second")
    app.query_params.update({"lang": "zh", "view": "third", "period": "quarter"})
    assert app.run().caption[0].value == "third"
    assert (app.query_params["period"], app.query_params["lang"]) == ("quarter", "zh")
