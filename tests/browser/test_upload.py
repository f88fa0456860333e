"""Minutes handed in on the page, the whole way, while others go on asking."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
REFERAT = ROOT / "corpus" / "minutes" / "hedelund-klima-og-teknik-2022-06-15.pdf"
MILLISECONDS_TO_INDEX = 180_000

Serve = Callable[[Path], AbstractContextManager[str]]


def test_what_is_handed_in_can_be_asked_about(
    page: Page, browser: Browser, printed: Path, serve: Serve, tmp_path: Path
) -> None:
    data = shutil.copytree(printed, tmp_path / "data")
    with serve(data) as server:
        reader = browser.new_page()
        reader.set_default_timeout(MILLISECONDS_TO_INDEX)
        reader.goto(f"{server}?q=Hvem stemte imod lokalplan 131?")
        reader.locator("#svar").wait_for()

        page.goto(f"{server}om")
        expect(page.get_by_text("5 referater fra Fjordby og Nørrevang")).to_be_visible()
        page.get_by_role("button", name="Indeksér").click()
        expect(page.get_by_role("alert")).to_have_text("Vælg mindst én fil.")
        page.locator("input[type=file]").set_input_files(REFERAT)
        expect(page.get_by_title(REFERAT.name)).to_be_visible()
        page.get_by_role("button", name="Indeksér").click()
        expect(page.get_by_text("Indekserer 0 af 1 …")).to_be_visible()

        field = reader.get_by_label("Hvad vil du vide?")
        field.fill("Hvad besluttede Byrådet om Strandholt Svømmehal?")
        field.press("Enter")
        expect(reader.get_by_role("region", name="Svar")).to_contain_text("Strandholt Svømmehal")

        done = page.get_by_role("status").filter(has_text="Færdig.")
        expect(done).to_be_visible(timeout=MILLISECONDS_TO_INDEX)
        expect(page.get_by_text("6 referater fra Fjordby, Hedelund og Nørrevang")).to_be_visible()

        field.fill("Hvad blev besluttet om cykelstien mellem Lyngbro og Tingkær?")
        field.press("Enter")
        expect(reader.locator("#kilde-1")).to_contain_text("Klima- og Teknikudvalget")
        reader.close()
    assert (data / "uploads" / REFERAT.name).read_bytes() == REFERAT.read_bytes()
