"""An index that changes while readers look at it: minutes handed in, moved and removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.embedding import Embedder
from indexer.store.local import LocalStore

ROOT = Path(__file__).resolve().parents[2]
HANDED_IN = ROOT / "corpus" / "minutes" / "hedelund-klima-og-teknik-2022-06-15.pdf"
INDEXED = "fjordby-byraadet-2023-03-28.pdf"
QUESTION = "Hvem stemte imod lokalplan 131?"
MILLISECONDS_TO_INDEX = 180_000

Serve = Callable[[Path], AbstractContextManager[str]]


@dataclass(frozen=True)
class Site:
    """A page and the data folder behind it, for tests that change what is there."""

    address: str
    data: Path


@pytest.fixture(scope="module")
def site(printed: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = shutil.copytree(printed, tmp_path_factory.mktemp("changing") / "data")
    with serve(data) as address:
        yield Site(address, data)


def test_what_is_handed_in_can_be_asked_about(page: Page, browser: Browser, site: Site) -> None:
    """While it is being indexed, another reader goes on asking."""
    reader = browser.new_page()
    reader.set_default_timeout(MILLISECONDS_TO_INDEX)
    reader.goto(f"{site.address}?q={QUESTION}")
    reader.locator("#svar").wait_for()

    page.goto(f"{site.address}om")
    expect(page.get_by_text("5 referater fra Fjordby og Nørrevang")).to_be_visible()
    page.get_by_role("button", name="Indeksér").click()
    expect(page.get_by_role("alert")).to_have_text("Vælg mindst én fil.")
    page.locator("input[type=file]").set_input_files(HANDED_IN)
    expect(page.get_by_title(HANDED_IN.name)).to_be_visible()
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
    assert (site.data / "uploads" / HANDED_IN.name).read_bytes() == HANDED_IN.read_bytes()


def test_what_has_gone_gets_a_sentence(
    page: Page, site: Site, embedder: Embedder, tmp_path: Path
) -> None:
    with LocalStore.create(site.data, embedder.name) as store:
        store.move(INDEXED, str(tmp_path))  # where its file is not
    page.goto(f"{site.address}?q={QUESTION}&vis=1")
    expect(page.get_by_text("Filen ligger ikke længere der")).to_be_visible()
    expect(page.locator("#kilde-1 mark").first).to_contain_text("Sanne Dyrehave")
    expect(page.get_by_role("button", name="Hent filen")).to_have_count(0)

    with LocalStore.create(site.data, embedder.name) as store:
        assert store.remove(INDEXED)
    page.reload()
    page.locator("#svar").wait_for()
    expect(page.get_by_text("28. marts 2023")).to_have_count(0)
    page.goto(f"{site.address}moeder?referat={INDEXED}&punkt=6")
    expect(page.get_by_text("er ikke længere i indekset")).to_be_visible()
    expect(page.get_by_role("link", name="Alle møder")).to_be_visible()
