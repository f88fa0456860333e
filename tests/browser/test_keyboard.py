"""The five views with the keyboard alone: an order that makes sense, and a focus that is seen."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

QUESTION = "Hvem stemte imod lokalplan 131?"
TOP = ["Gå til indholdet", "Punktvis", "Spørg", "Præcedens", "Sager", "Møder", "Om"]
# More presses than any view has places to stop at.
MOST_STOPS = 120

# What has the focus: its name, and whether it, or a frame close around it, shows that it has.
FOCUS = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const shows = (style) => style.boxShadow !== "none"
    || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  let [frame, seen] = [focused, false];
  for (let level = 0; level < 5 && frame && !seen; level++, frame = frame.parentElement)
    seen = shows(getComputedStyle(frame));
  const name = focused.getAttribute("aria-label") || focused.innerText || "";
  return [focused.tagName === "MAIN" ? "" : name.trim(), seen];
}"""


def stops(page: Page) -> list[str]:
    """Press Tab until the page is left, and name every place on the way, each seen to be there."""
    names = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return names
        name, seen = focus
        assert seen, f"the focus on {name!r} cannot be seen"
        names.append(name)
    raise AssertionError(f"the keyboard is caught: {names[-3:]}")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what begins with a name has the focus."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        passed.append((page.evaluate(FOCUS) or ("", True))[0])
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"{name!r} is not reached: {passed}")


def open_view(page: Page, address: str, there: str) -> None:
    page.goto(address)
    page.locator(there).first.wait_for()
    page.locator(".pv-foot").wait_for()
    # A server's first reader gets fields as soon as their scripts are fetched, after all the rest.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    # Streamlit fades in what it has just drawn.
    page.wait_for_timeout(500)


@pytest.mark.parametrize(
    ("address", "there", "expected"),
    [
        ("", ".st-key-examples", ["Kommune", *TOP[1:], "Hvad vil du vide?", "Spørg"]),
        (
            f"?{urlencode({'q': QUESTION})}",
            "#svar",
            [
                "Hvad vil du vide?", "en beslutning ✕", "Kilde 1", "Kopiér", "Word", "Markdown",
                "Hjalp det?", "Kilde 1, til svaret", "Hele punktet", "Vis siden", "Hent filen",
                "Sagens forløb", "Hele mødet", "Punkt",
            ],
        ),
        (
            "praecedens?q=cykelsti",
            ".pv-precedent",
            ["Udkast til indstilling", "Find præcedens", "Rækkefølge", "CSV", "Excel",
             "Stedet, der ligner", "Sagens forløb", "Punktet i referatet"],
        ),
        (
            "sager?sag=22/10433",
            ".pv-timeline",
            [*TOP, "Sagsnummer", "Vis forløbet", "Punktet i referatet", "Punktet i referatet"],
        ),
        ("moeder", ".pv-chart", ["Kommune", "Udfald", "Møder", "Byrådet, 25. juni 2024",
                                 "Punkter pr. år", "Udfald pr. år"]),
        (
            "moeder?referat=fjordby-byraadet-2023-03-28.pdf&punkt=6",
            ".pv-chosen",
            ["Alle møder", "Hent filen", "sag 21/12046", "Sagsresumé", "3. Regnskab", "Til stede",
             "1. Godkendelse af dagsorden"],
        ),
        ("om", ".pv-notes", [*TOP, "Indeksér"]),
    ],
)  # fmt: skip
def test_tab_goes_through_a_view_in_its_order(
    page: Page, server: str, address: str, there: str, expected: list[str]
) -> None:
    open_view(page, server + address, there)
    names = iter(stops(page))
    for name in expected:
        passed: list[str] = []
        for stop in names:
            passed.append(stop)
            if stop.startswith(name):
                break
        else:
            pytest.fail(f"{name!r} does not come where it should, but {passed}")


def test_a_marker_is_opened_and_left_again(page: Page, server: str) -> None:
    open_view(page, server, ".st-key-examples")
    tab_to(page, "Hvad vil du vide?")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Svar")).to_contain_text("Sanne Dyrehave (Ø)")
    tab_to(page, "Kilde 1")
    page.keyboard.press("Enter")
    expect(page.locator("#kilde-1")).to_be_in_viewport()
    page.keyboard.press("Tab")  # goes on from the source, not from the top
    assert page.evaluate(FOCUS)[0] == "Kilde 1, til svaret"
    tab_to(page, "Vis siden")
    page.keyboard.press("Enter")
    expect(page.locator(".pv-page img")).to_be_visible()
    open_view(page, page.url, ".pv-page img")
    tab_to(page, "Kilde 1, til svaret")
    page.keyboard.press("Enter")
    expect(page.locator("#svar")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)[0] == "Kilde 1"


def test_precedents_are_found_and_unfolded(page: Page, server: str) -> None:
    open_view(page, f"{server}praecedens", ".pv-note")
    tab_to(page, "Udkast til indstilling")
    page.keyboard.type("Bevilling til en ny cykelsti")
    tab_to(page, "Find præcedens")
    page.keyboard.press("Enter")
    page.locator(".pv-precedent").first.wait_for()
    tab_to(page, "Stedet, der ligner")
    page.keyboard.press("Enter")
    expect(page.locator(".pv-precedent [open] blockquote").first).to_be_visible()


def test_a_case_and_a_meeting_are_followed(page: Page, server: str) -> None:
    open_view(page, f"{server}sager", ".pv-cases")
    tab_to(page, "Sagsnummer")
    page.keyboard.type("EMN-2022-004817")
    page.keyboard.press("Enter")
    expect(page.locator(".pv-timeline > li")).to_have_count(3)
    tab_to(page, "Punktet i referatet")
    page.keyboard.press("Enter")
    page.locator(".pv-chosen").wait_for()
    tab_to(page, "Alle møder")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("moeder$"))
    page.locator(".pv-chart").first.wait_for()
    tab_to(page, "Byrådet, 28. marts 2023")
    page.keyboard.press("Enter")
    page.locator(".pv-decided").wait_for()
    tab_to(page, "1. Godkendelse af dagsorden")
    page.keyboard.press("Enter")
    expect(page.locator("details.pv-whole[open]")).to_have_count(1)
