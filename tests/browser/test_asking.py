"""The view Spørg in a browser: question, marker, source, refusal, and what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Page, expect

Ask = Callable[..., None]

QUESTION = "Hvem stemte imod lokalplan 131?"


def test_a_question_by_keyboard_finds_answer_marker_and_source(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_label("Hvad vil du vide?").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer = page.get_by_role("region", name="Svar")
    expect(answer).to_contain_text("Sanne Dyrehave (Ø)", timeout=90_000)
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


def test_the_page_speaks_danish_and_talks_to_no_one_else(page: Page, server: str, ask: Ask) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    ask(QUESTION)
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
        expect(page).to_have_title(f"{question} – Punktvis", timeout=90_000)
        page.locator("#svar").wait_for()
    page.go_back()
    expect(page.get_by_role("region", name="Svar")).to_contain_text("Sanne Dyrehave (Ø)")
    expect(field).to_have_value(QUESTION)


def test_a_filter_is_a_chip_that_one_click_takes_away(page: Page, ask: Ask) -> None:
    ask(QUESTION, kommune="Fjordby Kommune")
    expect(page.locator(".pv-proof")).to_contain_text("fra Fjordby Kommune")
    page.get_by_role("button", name="Fjordby Kommune ✕").click()
    expect(page.locator(".pv-proof")).not_to_contain_text("fra Fjordby Kommune")
    assert "kommune" not in parse_qs(urlsplit(page.url).query)


def test_a_refusal_is_an_answer_too(page: Page, ask: Ask) -> None:
    ask("Hvilken farve har dronningens cykel i Paris?")
    expect(page.get_by_role("region", name="Svar")).to_contain_text("fremgår ikke")
    expect(page.get_by_role("heading", name="Prøv i stedet")).to_be_visible()


def test_html_in_a_question_is_text(page: Page, server: str, ask: Ask) -> None:
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message) or dialog.dismiss())
    question = '<img src=x onerror="alert(1)"><script>alert(2)</script> svømmehal'
    page.goto(f"{server}?{urlencode({'q': question, 'kommune': '<b id=bold>Fed</b>'})}")
    expect(page.get_by_role("alert").filter(has_text="<b id=bold>Fed</b>")).to_be_visible()
    ask(question, sag="**fed** :red[x] [a](b) $x$")
    expect(page.get_by_label("Hvad vil du vide?")).to_have_value(question)
    chip = page.get_by_role("button").filter(has_text="sag")
    assert chip.inner_text().replace("\u2060", "") == "sag **fed** :red[x] [a](b) $x$ ✕"
    assert page.locator("img[src=x], #bold").count() == 0
    assert alarms == []


def test_a_marker_leads_to_the_page_with_the_quote_marked(page: Page, ask: Ask) -> None:
    ask(QUESTION)
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


def test_a_wrong_guess_costs_one_click(page: Page, ask: Ask) -> None:
    ask("Hvad besluttede Fjordby om en cykelsti?")
    expect(page.locator(".pv-proof")).to_contain_text("fra Fjordby Kommune")
    page.get_by_role("button", name="Fjordby Kommune ✕").click()
    expect(page.locator(".pv-proof")).to_contain_text("fra 2 kommuner")
    assert parse_qs(urlsplit(page.url).query)["uden"] == ["kommune"]
    page.get_by_role("button", name="en beslutning ✕").click()
    expect(page.get_by_role("button", name="en beslutning ✕")).to_have_count(0)
    assert parse_qs(urlsplit(page.url).query)["uden"] == ["art", "kommune"]


def test_the_next_question_keeps_the_filters(page: Page, ask: Ask) -> None:
    ask(QUESTION, kommune="Fjordby Kommune", fra="2023")
    field = page.get_by_label("Hvad vil du vide?")
    field.fill("Hvad besluttede Byrådet om Strandholt Svømmehal?")
    field.press("Enter")
    expect(page.locator("#svar")).to_contain_text("Strandholt Svømmehal lukkes")
    expect(page.locator(".pv-proof")).to_contain_text("2 referater fra Fjordby Kommune")
    kept = parse_qs(urlsplit(page.url).query)
    assert (kept["kommune"], kept["fra"]) == (["Fjordby Kommune"], ["2023"])


def test_an_answer_can_be_taken_along(page: Page, ask: Ask) -> None:
    ask(QUESTION)
    page.get_by_role("button", name="Kopiér").click()
    expect(page.locator("[data-testid=stPopoverBody] code")).to_contain_text("[1] Fjordby Kommune")
    page.keyboard.press("Escape")
    for button, name in (("Word", "svar.docx"), ("Markdown", "svar.md")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == name


def test_a_reader_can_say_whether_an_answer_helped(page: Page, ask: Ask) -> None:
    ask(QUESTION)
    page.get_by_role("button", name="Hjalp det?").click()
    page.get_by_text("Det hjalp", exact=True).click()
    page.get_by_label("Kommentar").fill("<b>Tak</b>")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Tak. Det er gemt")).to_be_visible()
