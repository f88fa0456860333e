"""Every view fits a telephone, and axe-core finds nothing serious in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "Hvem stemte imod lokalplan 131?"
VIEWS = {
    "": ".st-key-examples button",
    f"?{urlencode({'q': QUESTION, 'vis': '1'})}": ".pv-page",
    f"praecedens?{urlencode({'q': 'Bevilling til en ny cykelsti'})}": ".pv-precedent",
    "sager?sag=22/10433": ".pv-timeline",
    "moeder": ".pv-chart",
    "moeder?referat=fjordby-byraadet-2023-03-28.pdf&punkt=4": ".pv-chosen",
    "om": ".pv-notes",
}


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Fetch axe-core through npm, or None; it is never a part of Punktvis."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "pack", "axe-core@4", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    packed = next(folder.glob("axe-core-*.tgz"), None)
    if done.returncode or packed is None:
        return None
    with tarfile.open(packed) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    return folder / "package" / "axe.min.js"


@pytest.mark.parametrize("address", VIEWS)
def test_a_view_fits_a_telephone_and_axe_finds_nothing_serious(
    page: Page, server: str, address: str, axe: Path | None
) -> None:
    """What Streamlit itself causes is listed in docs/accessibility.md, rule by rule."""
    page.set_viewport_size({"width": 380, "height": 780})
    page.goto(server + address)
    page.locator(VIEWS[address]).first.wait_for()
    page.locator(".pv-foot").wait_for()
    # Waited for, since a page may be drawn a moment before its styles are there.
    for whole in ("html", ".stMain"):
        fits = f"(e => e.scrollWidth <= e.clientWidth)(document.querySelector({whole!r}))"
        page.wait_for_function(fits, timeout=20_000)

    if axe is None:
        pytest.skip("it fits; axe-core cannot be had through npm (apt-get install npm)")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_timeout(500)  # Streamlit fades in what it has just drawn.
    page.add_script_tag(path=axe)
    found = page.evaluate("async () => (await axe.run()).violations")
    document = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| `([a-z-]+)` \|", document, re.MULTILINE))
    serious = [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]])
        for violation in found
        if violation["impact"] in {"serious", "critical"} and violation["id"] not in known
    ]
    assert serious == []
