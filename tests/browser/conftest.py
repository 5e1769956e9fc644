"""A real Chromium on a real server with the committed sample; skips with the reason where there is no browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from warehouse.settings import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROBE = re.compile(r"//[^/]+/\w+/_stcore/(health|host-config)$")
SCREEN = {"width": 1280, "height": 720}
START_SECONDS = 60
PATIENCE = 30_000
"""Milliseconds that a view may take to be drawn while other tests share the machine."""
QUIET = 400
"""Milliseconds without a run after which a page is taken to have settled."""
PICTURES = ROOT / "build" / "screenshots"
LOOKS = ({"lang": "en", "theme": "light"}, {"lang": "zh", "theme": "dark"})
"""Each language and each theme once: words do not depend on colours, nor colours on words."""
in_both_looks = pytest.mark.parametrize(
    "screen", LOOKS, indirect=True, ids=[f"{look['lang']}-{look['theme']}" for look in LOOKS]
)


@pytest.fixture(scope="session")
def served(sample_warehouse: Path) -> Iterator[str]:
    """Address of a dashboard on the committed sample."""
    with serving(sample_warehouse) as address:
        yield address


@contextmanager
def serving(warehouse: Path) -> Iterator[str]:
    """A dashboard on a warehouse, at the address given."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless=true"]
    records = warehouse.parent / "records.sqlite"
    environment = os.environ | {"PINYU_WAREHOUSE": str(warehouse), "PINYU_RECORDS": str(records)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(server, f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            output = server.stdout.read().decode() if server.stdout else ""
            pytest.fail(f"The server stopped at its start:\n{output}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own loopback address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not answer within {START_SECONDS} seconds.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    found = found or (str(MAC_CHROME) if MAC_CHROME.exists() else None)
    if found is None:
        pytest.skip("no Chromium on this machine: `apt install chromium` (make test does so where it may)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        except Error as error:
            pytest.skip(f"{found} does not start: {error}")
        yield browser
        browser.close()


class Watched:
    """A page together with what went wrong on it: console errors and requests that left this machine."""

    def __init__(self, page: Page, address: str, lang: str = "en", theme: str = "light") -> None:
        self.page = page
        self.address = address
        self.lang = lang
        self.theme = theme
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        # Opened at a page of its own, Streamlit first looks for its server below that page, and then above it.
        if message.type == "error" and not PROBE.search(message.location["url"]):
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.strangers.append(url)

    def open(self, path: str = "/") -> Response | None:
        """Go to a path and wait until the run has finished."""
        answer = self.page.goto(self.address + path)
        self.settle()
        return answer

    def shows(self, path: str, found: Locator, *, picture: str) -> None:
        """Open a path that names no language, see what is to be found there, and keep a picture of it.

        Nothing failed, nothing is wider than the screen, nothing was asked of another machine.
        """
        self.open(f"{path}{'&' if '?' in path else '?'}lang={self.lang}")
        expect(found).to_be_visible(timeout=PATIENCE)
        self.settle()
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{picture}-{self.lang}-{self.theme}.png")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is wider than the screen"
        assert self.errors == [] and self.strangers == []

    def parameters(self) -> dict[str, list[str]]:
        """What the address in the browser says."""
        return parse_qs(urlsplit(self.page.url).query)

    def settle(self) -> None:
        """Wait until the page has drawn and no run is under way, nor begins within a while of the last click."""
        self.page.wait_for_selector('[data-testid="stMain"]', timeout=PATIENCE)
        self.page.evaluate("window.quietSince = undefined")
        self.page.wait_for_function(
            f"""() => {{
                const app = document.querySelector('[data-testid="stApp"]');
                const quiet = app && app.getAttribute('data-test-script-state') === 'notRunning'
                    && !document.querySelector('[data-testid="stSkeleton"]');
                if (!quiet || !window.quietSince) window.quietSince = performance.now();
                return performance.now() - window.quietSince >= {QUIET};
            }}""",
            timeout=PATIENCE,
        )


@pytest.fixture
def screen(chromium: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A fresh page of 1280×720; language and theme by `@pytest.mark.parametrize` through `screen_options`."""
    options: dict[str, str] = getattr(request, "param", {})
    context: BrowserContext = chromium.new_context(
        viewport=SCREEN,
        locale=options.get("locale", "en-GB"),
        color_scheme="dark" if options.get("theme") == "dark" else "light",
    )
    watched = Watched(context.new_page(), served, options.get("lang", "en"), options.get("theme", "light"))
    yield watched
    context.close()
