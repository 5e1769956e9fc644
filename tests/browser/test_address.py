"""The address in a real browser: back and forward, links that stood there before, and clicks quicker than the line."""

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import PATIENCE, Watched

pytestmark = pytest.mark.browser

OCTOBER = "period=custom&from=2026-10-01&to=2026-10-31&lang=en"


def click(screen: Watched, name: str) -> None:
    screen.page.get_by_role("radio", name=name, exact=True).first.click()


def is_at(screen: Watched, view: str, title: str) -> None:
    """The address says the view, and the view's name is the one that is marked."""
    screen.page.wait_for_url(f"**view={view}**", timeout=PATIENCE)
    expect(screen.page.get_by_role("radio", name=title, exact=True).first).to_be_checked(timeout=PATIENCE)
    screen.settle()
    assert screen.parameters()["view"] == [view]


def is_at_page(screen: Watched, page: str) -> None:
    """The address is of a page, by its path, and what it shows has been drawn."""
    screen.page.wait_for_url(f"{screen.address}/{page}?**", timeout=PATIENCE)
    screen.settle()


def test_back_and_forward_go_through_the_views(screen: Watched) -> None:
    screen.open(f"/brand?{OCTOBER}&view=portfolio")
    for name, view in (("Launch", "launch"), ("Equal treatment", "treatment"), ("Launch", "launch")):
        click(screen, name)
        is_at(screen, view, name)
    screen.page.go_back()
    is_at(screen, "treatment", "Equal treatment")
    screen.page.go_back()
    is_at(screen, "launch", "Launch")
    screen.page.go_back()
    is_at(screen, "portfolio", "Portfolio")
    screen.page.go_forward()
    is_at(screen, "launch", "Launch")
    assert screen.errors == []


def test_a_link_to_another_page_opens_what_it_says_each_time(screen: Watched) -> None:
    screen.open(f"/?{OCTOBER}")
    link = screen.page.locator('[data-testid="stPageLink-NavLink"][href^="brand?"]').first
    link.click()
    is_at_page(screen, "brand")
    said = screen.parameters()
    assert "sku" in said and "view" not in said
    click(screen, "Launch")
    is_at(screen, "launch", "Launch")
    for _press in range(2):
        screen.page.go_back()
        screen.settle()
    is_at_page(screen, "")
    link.click()
    is_at_page(screen, "brand")
    assert screen.parameters() == said


@pytest.mark.parametrize(
    ("clicks", "view"),
    [
        (("Launch", "Equal treatment"), "treatment"),
        (("Launch", "Equal treatment", "Launch", "Doors to knock on", "Equal treatment"), "treatment"),
        (("Launch", "Portfolio"), "portfolio"),
    ],
)
def test_the_last_of_several_clicks_holds_though_the_server_is_not_heard_meanwhile(
    screen: Watched, clicks: tuple[str, ...], view: str
) -> None:
    held: list[str | bytes] = []
    line = {"is_slow": False}
    routes: list[WebSocketRoute] = []

    def between(route: WebSocketRoute) -> None:
        routes.append(route)
        server = route.connect_to_server()
        server.on_message(lambda message: held.append(message) if line["is_slow"] else route.send(message))

    screen.page.route_web_socket("**/_stcore/stream**", between)
    screen.open(f"/brand?{OCTOBER}&view=portfolio")
    line["is_slow"] = True
    for name in clicks:
        click(screen, name)
        screen.page.wait_for_timeout(300)
    line["is_slow"] = False
    for message in held:
        routes[-1].send(message)
    is_at(screen, view, clicks[-1])
    assert held and screen.errors == []
