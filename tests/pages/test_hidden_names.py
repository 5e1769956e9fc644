"""The names switch: with it on, nobody's name is anywhere on any page, in any view, chart, choice or download."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import metrics
from etl import history
from tests.pages.test_concentration import AUTUMN
from tests.pages.test_pages import forget_cached_figures, on_sample, opened  # noqa: F401 - fixtures
from tests.titles import PAGES
from warehouse.connection import latest_version, reading_cursor
from warehouse.settings import load_settings

PERIOD = {"period": "custom", "from_": "2026-08-01", "to": "2026-10-31"}
pytestmark = pytest.mark.usefixtures("on_sample")


@pytest.fixture
def people() -> dict[str, str]:
    """Everybody of the sample by id."""
    settings = load_settings()
    rows = metrics.run("manager_list", AUTUMN, cursor=reading_cursor(latest_version(settings), settings))
    return dict(zip(rows["manager_id"], rows["manager_name"], strict=True))


def sent(app: AppTest) -> bytes:
    """All that a page sends to the browser."""
    assert not app.exception and not app.error

    def under(node: Any) -> Iterator[Any]:
        for child in getattr(node, "children", {}).values():
            yield child
            yield from under(child)

    protos = [node.proto for node in under(app._tree) if getattr(node, "proto", None) is not None]
    return b"".join(proto.SerializeToString() for proto in protos)


def named_in(content: bytes, people: dict[str, str]) -> set[str]:
    """Whose name stands in it, as it is or as JSON writes it."""
    return {name for name in people.values() if name.encode() in content or name.encode("unicode_escape") in content}


def views_of(page: str) -> list[str]:
    """The words on a page's choice of views; empty where it has none."""
    choices = [
        choice for choice in opened(page, lang="en", **PERIOD).get("button_group") if choice.key == "one_of_view"
    ]
    return list(choices[0].options) if choices else []


def at_view(page: str, words: str | None, way: str) -> AppTest:
    """A page with names as the way says, at the view of those words."""
    app = opened(page, lang="en", names=way, **PERIOD)
    if words is not None:
        choice = next(choice for choice in app.get("button_group") if choice.key == "one_of_view")
        assert words in choice.options
        choice.set_value(words).run()
    return app


@pytest.mark.parametrize("way", ["initials", "codes"])
@pytest.mark.parametrize("page", PAGES)
def test_nobodys_name_is_on_any_page_or_in_a_download(
    page: str, way: str, people: dict[str, str], files: list[bytes]
) -> None:
    found: dict[str | None, set[str]] = {}
    views = views_of(page)
    files.clear()
    for words in views or [None]:
        app = at_view(page, words, way)
        found[words] = named_in(sent(app) + b"".join(files), people)
        files.clear()
    own = found.pop("One manager", set())
    assert len(own) <= 1  # whose own sheet it is
    assert not {words: names for words, names in found.items() if names}


def test_names_are_there_when_nothing_hides_them(people: dict[str, str], files: list[bytes]) -> None:
    """Holds the search above to account."""
    assert len(named_in(sent(opened("managers", lang="en", **PERIOD)), people)) >= 11
    app = at_view("concentration", "The vital few", "names")
    assert len(named_in(sent(app), people)) >= 11 and len(named_in(b"".join(files), people)) >= 11


def test_whose_own_sheet_it_is_keeps_the_name_and_the_others_lose_theirs(people: dict[str, str]) -> None:
    app = opened("managers", lang="en", view="manager", who="M007", names="codes", **PERIOD)
    assert named_in(sent(app), people) == {people["M007"]}
    assert set(app.selectbox(key="who").options) >= {people["M007"], "M001", "M010"}
    app.selectbox(key="who").select("M001").run()
    assert named_in(sent(app), people) == {people["M001"]}
    assert "M001" in opened("managers", names="codes", **PERIOD).multiselect(key="scope_manager").options


def test_the_switch_holds_on_the_next_page_and_stands_in_the_link(people: dict[str, str]) -> None:
    app = opened("managers", lang="en", **PERIOD)
    next(choice for choice in app.get("button_group") if choice.key == "one_of_names").set_value("Initials").run()
    assert app.query_params["names"] in ("initials", ["initials"])
    assert not named_in(sent(app), people)
    app.switch_page("pages/concentration.py").run()
    assert not named_in(sent(app), people)
    app.switch_page("pages/managers.py").run()
    next(choice for choice in app.get("button_group") if choice.key == "one_of_names").set_value("Names").run()
    assert named_in(sent(app), people)


def test_the_data_page_hides_managers_nobody_hears_of_and_names_in_rejected_rows(
    people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, rejected = people["M001"], {"file": ["managers.csv"], "line": [2], "at_column": ["hired_on"], "value": ["x"]}
    rows = {
        "silent_managers": {"manager_id": ["M001"], "manager_name": [name], "team": ["T"], "last_sale": [None]}
        | {"days_since_sale": [None], "last_visit": [None], "days_since_visit": [None]},
        "rejected_rows": rejected
        | {"version": ["v1"], "reason_en": ["no"], "reason_zh": ["不"], "raw": [f"M001,{name}"]},
    }
    for question, columns in rows.items():
        monkeypatch.setattr(history, question, lambda _cursor, columns=columns: pd.DataFrame(columns))
    for tab in ("Gaps", "Rejects"):
        for way, hidden in (("names", set()), ("codes", {name})):
            app = opened("data", lang="en", names=way)
            app.session_state["data-views"] = tab
            assert named_in(sent(app.run()), people) == {name} - hidden


def test_a_way_that_nobody_knows_is_told_and_left_out(people: dict[str, str]) -> None:
    app = opened("overview", lang="en", names="masks", **PERIOD)
    assert any("masks" in caption.value for caption in app.caption)
