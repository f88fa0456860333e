from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from indexer.portal.links import attachment_link, item_link, meeting_link

PORTAL = "https://dagsordener.havbro.example"


def test_each_thing_has_the_address_that_the_portal_gives_it() -> None:
    assert meeting_link(PORTAL, "m1") == f"{PORTAL}/vis?id=m1"
    assert item_link(PORTAL, "m1", "p2") == f"{PORTAL}/vis?id=m1&punktid=p2"
    assert attachment_link(PORTAL, "b3") == (
        f"{PORTAL}/vis/pdf/bilag/b3?redirectDirectlyToPdf=true"
    )


def test_an_item_without_an_id_is_found_on_its_meetings_page() -> None:
    assert item_link(PORTAL, "m1", None) == meeting_link(PORTAL, "m1")


@pytest.mark.parametrize("id_", ["a#b", "a&punktid=b", "../a", "a b/"])
def test_no_id_leads_elsewhere(id_: str) -> None:
    page = urlsplit(item_link(PORTAL, id_, id_))
    assert (page.path, page.fragment) == ("/vis", "")
    assert parse_qs(page.query) == {"id": [id_], "punktid": [id_]}
    file = urlsplit(attachment_link(PORTAL, id_))
    assert (unquote(file.path), file.path.count("/")) == (f"/vis/pdf/bilag/{id_}", 4)
