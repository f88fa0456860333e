"""The page as a reader meets it: a real server, a real browser, a real index of the corpus."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.build import build
from indexer.embedding import Embedder
from indexer.store.local import LocalStore

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
QUESTION = "Hvem stemte imod lokalplan 131?"
SECONDS_TO_START = 60
# The first question of a server loads the model.
MILLISECONDS_TO_ANSWER = 90_000

# A page of Streamlit takes its time on a busy machine; what is there is seen at once.
expect.set_options(timeout=60_000)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="the browser 'chromium' is not installed (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def server(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page from a process of its own, over printed minutes, whose pages can be drawn."""
    folder = tmp_path_factory.mktemp("printed-index")
    minutes = ROOT / "corpus" / "minutes"
    printed = [*minutes.glob("fjordby-byraadet-*.pdf"), *minutes.glob("noerrevang-*-2023-*.pdf")]
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build(printed, store, embedder)
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "PUNKTVIS_DATA": str(folder), "PUNKTVIS_UPLOAD": "1"}
    with (
        (tmp_path_factory.mktemp("server") / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health", process)
            yield f"http://localhost:{port}/"
        finally:
            process.terminate()


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


def open_question(page: Page, server: str, question: str, **filters: str) -> None:
    page.goto(f"{server}?{urlencode({'q': question, **filters})}")
    page.locator("#svar, [role=alert]").first.wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_question_by_keyboard_finds_answer_marker_and_source(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_label("Hvad vil du vide?").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer = page.get_by_role("region", name="Svar")
    expect(answer).to_contain_text("Sanne Dyrehave (Ø)", timeout=MILLISECONDS_TO_ANSWER)
    expect(page.get_by_role("heading", name="Punkt 6: Endelig vedtagelse")).to_be_visible()
    expect(page.locator("#kilde-1 mark").first).to_contain_text("Sanne Dyrehave")
    assert parse_qs(urlsplit(page.url).query)["q"] == [QUESTION]

    marker = answer.get_by_role("link", name="Kilde 1").first
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#kilde-1")
    expect(page.locator("#kilde-1")).to_be_in_viewport()
    expect(answer).to_contain_text("Sanne Dyrehave (Ø)")

    page.get_by_text("Hele punktet").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pv-source .pv-item").first).to_contain_text("Planlovens")


def test_the_page_speaks_danish_and_talks_to_no_one_else(page: Page, server: str) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    open_question(page, server, QUESTION)
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page).to_have_title(f"{QUESTION} – Punktvis")
    expect(page.get_by_role("button", name="Åbn").first).to_be_visible()
    for english in ("Open", "Sidebar", "Collapse sidebar", "Clear all"):
        expect(page.get_by_label(english, exact=True)).to_have_count(0)
    local = (server, "data:", "blob:")
    assert [address for address in elsewhere if not address.startswith(local)] == []


def test_the_back_button_brings_the_question_before_back(page: Page, server: str) -> None:
    page.goto(server)
    field = page.get_by_label("Hvad vil du vide?")
    for question in (QUESTION, "Hvad besluttede Byrådet om Strandholt Svømmehal?"):
        field.fill(question)
        field.press("Enter")
        expect(page).to_have_title(f"{question} – Punktvis", timeout=MILLISECONDS_TO_ANSWER)
        page.locator("#svar").wait_for()
    page.go_back()
    expect(page.get_by_role("region", name="Svar")).to_contain_text("Sanne Dyrehave (Ø)")
    expect(field).to_have_value(QUESTION)


def test_a_filter_is_a_chip_that_one_click_takes_away(page: Page, server: str) -> None:
    open_question(page, server, QUESTION, kommune="Fjordby Kommune")
    expect(page.locator(".pv-proof")).to_contain_text("fra Fjordby Kommune")
    page.get_by_role("button", name="Fjordby Kommune ✕").click()
    expect(page.locator(".pv-proof")).not_to_contain_text("fra Fjordby Kommune")
    assert "kommune" not in parse_qs(urlsplit(page.url).query)


def test_a_refusal_is_an_answer_too(page: Page, server: str) -> None:
    open_question(page, server, "Hvilken farve har dronningens cykel i Paris?")
    expect(page.get_by_role("region", name="Svar")).to_contain_text("fremgår ikke")
    expect(page.get_by_role("heading", name="Prøv i stedet")).to_be_visible()


def test_html_in_a_question_is_text(page: Page, server: str) -> None:
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message) or dialog.dismiss())
    question = '<img src=x onerror="alert(1)"><script>alert(2)</script> svømmehal'
    page.goto(f"{server}?{urlencode({'q': question, 'kommune': '<b id=bold>Fed</b>'})}")
    expect(page.get_by_role("alert").filter(has_text="<b id=bold>Fed</b>")).to_be_visible()
    open_question(page, server, question, sag="**fed** :red[x] [a](b) $x$")
    expect(page.get_by_label("Hvad vil du vide?")).to_have_value(question)
    chip = page.get_by_role("button").filter(has_text="sag")
    assert chip.inner_text().replace("\u2060", "") == "sag **fed** :red[x] [a](b) $x$ ✕"
    assert page.locator("img[src=x], #bold").count() == 0
    assert alarms == []


def test_a_marker_leads_to_the_page_with_the_quote_marked(page: Page, server: str) -> None:
    open_question(page, server, QUESTION)
    page.get_by_role("button", name="Vis siden").first.click()
    picture = page.locator(".pv-page img").first
    expect(picture).to_have_attribute("alt", re.compile(r"Side 8 af .*Imod stemte Sanne Dyrehave"))
    assert picture.evaluate("image => image.naturalWidth") > 800
    address = page.url
    assert parse_qs(urlsplit(address).query)["vis"] == ["1"]

    page.goto("about:blank")
    page.goto(address)  # as a colleague does who was sent the link
    expect(page.locator(".pv-page img").first).to_be_visible()
    expect(page.get_by_role("button", name="Skjul siden")).to_be_visible()


def test_a_wrong_guess_costs_one_click(page: Page, server: str) -> None:
    open_question(page, server, "Hvad besluttede Fjordby om en cykelsti?")
    expect(page.locator(".pv-proof")).to_contain_text("fra Fjordby Kommune")
    page.get_by_role("button", name="Fjordby Kommune ✕").click()
    expect(page.locator(".pv-proof")).to_contain_text("fra 2 kommuner")
    assert parse_qs(urlsplit(page.url).query)["uden"] == ["kommune"]


def test_an_answer_can_be_taken_along(page: Page, server: str) -> None:
    open_question(page, server, QUESTION)
    page.get_by_role("button", name="Kopiér").click()
    expect(page.locator("[data-testid=stPopoverBody] code")).to_contain_text("[1] Fjordby Kommune")
    page.keyboard.press("Escape")
    for button, name in (("Word", "svar.docx"), ("Markdown", "svar.md")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == name


def test_a_reader_can_say_whether_an_answer_helped(page: Page, server: str) -> None:
    open_question(page, server, QUESTION)
    page.get_by_role("button", name="Hjalp det?").click()
    page.get_by_text("Det hjalp", exact=True).click()
    page.get_by_label("Kommentar").fill("<b>Tak</b>")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Tak. Det er gemt")).to_be_visible()


def test_precedents_are_grouped_by_outcome_and_side_by_side(page: Page, server: str) -> None:
    page.goto(f"{server}praecedens")
    page.get_by_label("Udkast til indstilling").fill("Bevilling til en ny cykelsti")
    page.get_by_role("button", name="Find præcedens").click()
    approved = page.get_by_role("region", name="Godkendt")
    expect(approved).to_contain_text("Cykelsti mellem Vibelev og Strandholt")
    first = approved.locator("article").first
    proposal, decision = first.locator(".pv-side").all()
    expect(proposal).to_contain_text("Indstilling")
    expect(decision).to_contain_text(re.compile("Byrådets beslutning|Udvalgets beslutning"))
    left, right = proposal.bounding_box(), decision.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_case_is_a_timeline_of_its_steps(page: Page, server: str) -> None:
    page.goto(f"{server}sager")
    page.get_by_label("Sagsnummer").fill("EMN-2022-004817")
    page.get_by_role("button", name="Vis forløbet").click()
    steps = page.locator(".pv-timeline > li")
    expect(steps).to_have_count(3)
    for step, body in zip(
        steps.all(), ("Teknik- og Miljøudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"),
        strict=True,
    ):  # fmt: skip
        expect(step).to_contain_text(body)
    expect(steps.last).to_contain_text("Undlod at stemme: Line Mosbæk (F)")
    expect(page.locator(".pv-final")).to_contain_text("Sagen er afsluttet")


def test_a_meeting_is_browsed_down_to_its_item(page: Page, server: str) -> None:
    page.goto(f"{server}moeder")
    page.get_by_role("link", name="Byrådet, 28. marts 2023").click()
    expect(page.get_by_role("heading", name="Beslutninger")).to_be_visible()
    page.get_by_role("link", name="6. Endelig vedtagelse af Lokalplan 131").click()
    expect(page.locator(".pv-chosen")).to_contain_text("Planlovens")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("moeder?referat=fjernet.pdf", "er ikke længere i indekset"),
        ("sager?sag=%3Cb%3E1%3C/b%3E", "Der er ingen sag <b>1</b>"),
        ("praecedens?q=" + "x" * 25_000, "Kort det ned til højst 20.000 tegn"),
        ("praecedens?q=sti&kommune=Atlantis", "Punktvis kender ikke kommunen »Atlantis«"),
        ("moeder?kommune=Atlantis", "Punktvis kender ikke kommunen »Atlantis«"),
    ],
)
def test_an_old_or_broken_link_gets_a_sentence(
    page: Page, server: str, address: str, sentence: str
) -> None:
    page.goto(server + address)
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


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
