"""Take docs/page.png: the page in the browser, with an answer from the minutes in corpus/.

Run from anywhere with the development dependencies and Debian's chromium installed:

    .venv/bin/python docs/take_screenshot.py

It indexes corpus/ in a folder of its own, serves the page from there, asks QUESTION and takes the
picture. Other views, for whoever works on the design
(``--question`` and ``--data`` name other questions and another index):

    .venv/bin/python docs/take_screenshot.py --width 380 --height 0 --dark --to /tmp/page.png
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
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Hvad besluttede Fjordby om faste teams i hjemmeplejen?"
TALLEST = 4000


def main() -> None:
    """Read the command line, serve the page and take the picture."""
    parser = argparse.ArgumentParser(description="Take a picture of the page.")
    parser.add_argument("--question", default=QUESTION, help="empty for the first screen")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1200, help="0 for the whole page")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--data", type=Path, help="an index that is there already")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "page.png")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = wanted.data or Path(folder)
        if not wanted.data:
            index = "import sys; from qa_engine.cli import main; sys.exit(main(sys.argv[1:]))"
            corpus = ROOT / "corpus" / "sources"
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
        page = browser.new_page(
            color_scheme="dark" if wanted.dark else "light",
            viewport={"width": wanted.width, "height": wanted.height or 900},
            device_scale_factor=1.5,
        )
        page.goto(f"{address}?{urlencode({'q': wanted.question})}")
        page.locator("#svar" if wanted.question else ".st-key-examples").wait_for(timeout=120_000)
        page.locator(".pv-foot").wait_for()
        if not wanted.height:
            height = page.locator(".stMain").evaluate("e => e.scrollHeight")
            page.set_viewport_size({"width": wanted.width, "height": min(height, TALLEST)})
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(1000)  # Streamlit fades in what it has just drawn.
        page.screenshot(path=wanted.to)
        browser.close()


if __name__ == "__main__":
    main()
