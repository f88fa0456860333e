from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import PortalError
from indexer.portal.folder import Folder
from indexer.portal.shapes import Attachment, Field, Item, Listed, Published, read_published

PORTAL = "https://dagsordener.havbro.example"
LISTED = Listed("A1", "Byrådet", "Referat", "2024-05-07T17:00:00", None, "2024-05-08", True, False)
ITEM = Item(
    id="p1",
    number="1",
    title="Broen",
    case_number="24/1001",
    fields=(Field("Beslutning", "<p>Ja æøå</p>", None),),
    attachments=(Attachment("b1", "Kort"), Attachment(None, "Tegning")),
)
CLOSED = Item("p2", "2", "Køb af grund", is_open=False)
MEETING = Published(PORTAL, LISTED, (ITEM, CLOSED), "Ib Kær (V)")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, PORTAL)


def test_what_is_kept_is_read_back_as_it_was(folder: Folder, tmp_path: Path) -> None:
    with folder.opened():
        assert folder.keep(MEETING)

    value = json.loads((tmp_path / "a1.json").read_text(encoding="utf-8"))
    assert read_published(value) == MEETING
    assert value["Link"] == f"{PORTAL}/vis?id=A1"
    (item, _) = value["Dagsordenpunkter"]
    assert item["Link"] == f"{PORTAL}/vis?id=A1&punktid=p1"
    assert [attachment["Link"] for attachment in item["Bilag"]] == [
        f"{PORTAL}/vis/pdf/bilag/b1?redirectDirectlyToPdf=true",
        None,
    ]


def test_the_files_are_the_ledger(folder: Folder, tmp_path: Path) -> None:
    with folder.opened():
        folder.keep(MEETING)
    later = Folder(tmp_path, PORTAL.replace("https", "http"))
    with later.opened():
        assert later.held == {"a1": LISTED}


def test_the_same_meeting_is_not_written_again(folder: Folder, tmp_path: Path) -> None:
    with folder.opened():
        folder.keep(MEETING)
        before = (tmp_path / "a1.json").stat().st_mtime_ns

        assert not folder.keep(MEETING)
        assert folder.keep(replace(MEETING, items=(ITEM,)))
    assert (tmp_path / "a1.json").stat().st_mtime_ns > before


@pytest.mark.parametrize(
    "id_",
    ["../x", "..", "a/b", "a\\b", "/etc/passwd", ".hidden", "C:x", "a\0b", "", "a" * 101, "å"],
)
def test_an_id_that_is_a_path_never_leaves_the_folder(
    folder: Folder, tmp_path: Path, id_: str
) -> None:
    with folder.opened():
        with pytest.raises(PortalError, match="its id is none that the portal gives"):
            folder.keep(replace(MEETING, listed=replace(LISTED, id=id_)))
        with pytest.raises(PortalError):
            folder.remove(id_)
    assert list(tmp_path.glob("*.json")) == []


@pytest.mark.parametrize("content", ['{"mine": 1}', '{"Id": "A1", "Dagsordenpunkter": [{}]}'])
def test_a_file_of_someone_else_is_left_alone(folder: Folder, tmp_path: Path, content: str) -> None:
    (tmp_path / "a1.json").write_text(content)
    with folder.opened(), pytest.raises(PortalError, match="use another folder with --into"):
        folder.keep(MEETING)
    assert (tmp_path / "a1.json").read_text() == content


def test_two_portals_in_a_folder_do_not_mix(folder: Folder, tmp_path: Path) -> None:
    with folder.opened():
        folder.keep(MEETING)
    other = Folder(tmp_path, "https://dagsordener.sandby.example")
    with other.opened():
        assert other.held == {}
        with pytest.raises(PortalError, match="not of this portal"):
            other.keep(MEETING)


def test_a_damaged_file_is_written_anew(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "a1.json").write_text('{"Portal": "https://dagsor')
    with folder.opened():
        assert folder.held == {}
        assert folder.keep(MEETING)


def test_no_half_written_file_remains(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".a9.json.half").write_text("{")  # as a killed run leaves it

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    with folder.opened():
        folder.keep(MEETING)
        before = (tmp_path / "a1.json").read_bytes()
        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            folder.keep(replace(MEETING, items=(ITEM,)))
    assert (tmp_path / "a1.json").read_bytes() == before
    assert list(tmp_path.glob(".*.half")) == []


def test_one_process_at_a_time(folder: Folder, tmp_path: Path) -> None:
    with (
        folder.opened(),
        pytest.raises(PortalError, match="another 'punktvis fetch'"),
        Folder(tmp_path, PORTAL).opened(),
    ):
        raise AssertionError
