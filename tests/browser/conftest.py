"""The page as a reader meets it: a real server, a real browser, a real index of the corpus."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.build import build
from indexer.embedding import Embedder
from indexer.store.local import LocalStore

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS_TO_START = 60
# The first question of a server loads the model.
MILLISECONDS_TO_ANSWER = 90_000

# A page of Streamlit takes its time on a busy machine; what is there is seen at once.
expect.set_options(timeout=60_000)

Serve = Callable[[Path], AbstractContextManager[str]]
Ask = Callable[..., None]


@pytest.fixture(scope="session", autouse=True)
def _needs_chromium() -> None:
    if CHROMIUM is None:
        pytest.skip("the browser 'chromium' is not installed (apt-get install chromium)")


@pytest.fixture(scope="session")
def printed(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index printed minutes, whose pages can be drawn."""
    folder = tmp_path_factory.mktemp("printed-index")
    minutes = ROOT / "corpus" / "minutes"
    files = [*minutes.glob("fjordby-byraadet-*.pdf"), *minutes.glob("noerrevang-*-2023-*.pdf")]
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build(files, store, embedder)
    return folder


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Serve the page over a data folder from a process of its own; gives its address."""

    @contextmanager
    def serving(data: Path) -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(port), "--server.headless", "true"]
        environment = {**os.environ, "PUNKTVIS_DATA": str(data), "PUNKTVIS_UPLOAD": "1"}
        with (
            (tmp_path_factory.mktemp("server") / "log").open("w") as log,
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
        ):
            try:
                _wait_for(f"http://localhost:{port}/_stcore/health", process)
                yield f"http://localhost:{port}/"
            finally:
                process.terminate()

    return serving


@pytest.fixture(scope="session")
def server(printed: Path, serve: Serve) -> Iterator[str]:
    """Serve the printed minutes to all tests that change nothing."""
    with serve(printed) as address:
        yield address


# Not of the session: as long as Playwright runs, no other test can run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(MILLISECONDS_TO_ANSWER)
    yield page
    page.close()


@pytest.fixture
def ask(page: Page, server: str) -> Ask:
    """Open the link to a question, with filters by their names in the address."""

    def open_question(question: str, **filters: str) -> None:
        page.goto(f"{server}?{urlencode({'q': question, **filters})}")
        page.locator("#svar, [role=alert]").first.wait_for()
        expect(page.get_by_role("alert")).to_have_count(0)

    return open_question


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(address):
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start within {SECONDS_TO_START} s")
