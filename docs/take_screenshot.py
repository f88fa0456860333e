"""Take the pictures in docs/: the five views of the page, over the minutes in corpus/.

Run from anywhere with the development dependencies and Debian's chromium installed:

    .venv/bin/python docs/take_screenshot.py

It indexes corpus/ in a folder of its own, serves the page from there and takes the pictures. For
whoever works on the design (``--data`` names an index that is there already; height 0 is the whole
page):

    .venv/bin/python docs/take_screenshot.py --width 380 --height 0 --dark --to build/pictures
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TALLEST = 4000


@dataclass(frozen=True)
class View:
    """A picture to take: its name, the address, and what is there once all is there."""

    name: str
    address: str
    there: str


QUESTION = {"q": "Hvad besluttede Fjordby om faste teams i hjemmeplejen?"}
DRAFT = {"q": "Der søges en anlægsbevilling til en ny cykelsti langs landevejen"}
VIEWS = (
    View("page", f"?{urlencode(QUESTION)}", "#svar"),
    View("kilde", f"?{urlencode(QUESTION | {'vis': '1'})}#kilde-1", ".pv-page img"),
    View("praecedens", f"praecedens?{urlencode(DRAFT)}", ".pv-precedent"),
    View("sager", "sager?sag=EMN-2022-004817", ".pv-timeline > li"),
    View("moeder", "moeder", ".pv-chart"),
    View("om", "om", ".pv-notes"),
)


def main() -> None:
    """Read the command line, serve the page and take the picture."""
    parser = argparse.ArgumentParser(description="Take pictures of the page.")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1200, help="0 for the whole page")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--data", type=Path, help="an index that is there already")
    parser.add_argument("--to", type=Path, default=ROOT / "docs", help="a folder")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = wanted.data or Path(folder)
        if not wanted.data:
            index = "import sys; from qa_engine.cli import main; sys.exit(main(sys.argv[1:]))"
            corpus = ROOT / "corpus"
            command = [sys.executable, "-c", index, "index", str(corpus), "--data", str(data)]
            subprocess.run(command, cwd=ROOT, check=True)
        _serve_and_take(wanted, data)


def _serve_and_take(wanted: argparse.Namespace, data: Path) -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with subprocess.Popen(
        [*command, "--server.headless", "true"],
        cwd=ROOT,
        env={**os.environ, "PUNKTVIS_DATA": str(data.absolute())},
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health")
            _take(wanted, f"http://localhost:{port}/")
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address):
                return
        except URLError:
            time.sleep(0.2)
    sys.exit("the page did not start")


def _take(wanted: argparse.Namespace, address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        wanted.to.mkdir(parents=True, exist_ok=True)
        for view in VIEWS:
            page = browser.new_page(
                color_scheme="dark" if wanted.dark else "light",
                viewport={"width": wanted.width, "height": wanted.height or 900},
                device_scale_factor=1.5,
            )
            page.goto(address + view.address)
            page.locator(view.there).first.wait_for(timeout=300_000)
            page.locator(".pv-foot").wait_for()
            if not wanted.height:
                height = page.locator(".stMain").evaluate("e => e.scrollHeight")
                page.set_viewport_size({"width": wanted.width, "height": min(height, TALLEST)})
            page.evaluate("document.fonts.ready")
            page.locator(view.there).first.scroll_into_view_if_needed()
            page.wait_for_timeout(1000)  # Streamlit fades in what it has just drawn.
            page.screenshot(path=wanted.to / f"{view.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
