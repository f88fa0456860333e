"""The other four views in a browser, and links that lead nowhere any more."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


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
