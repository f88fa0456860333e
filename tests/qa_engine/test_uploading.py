"""What is handed in on the page: checked before it is kept, and kept inside its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.embedding import Embedder
from indexer.errors import UploadFault, UploadRefused
from indexer.model import Filters
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.uploading import Indexing, Uploaded, check

REFERAT = """# REFERAT Byrådet i Ry Kommune d. 14-03-2023

# Punkt 7: Cykelsti

## Beslutning

Godkendt.
""".encode()
SETTINGS = Settings(upload=True, upload_megabytes=1, upload_files=2)


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ([], UploadFault.NOTHING),
        ([Uploaded("a.md", b"")] * 3, UploadFault.TOO_MANY),
        ([Uploaded("a.exe", b"")], UploadFault.KIND),
        ([Uploaded("a.md", b"x" * 1_000_001)], UploadFault.SIZE),
    ],
)
def test_what_the_owner_does_not_allow_is_refused(
    files: list[Uploaded], fault: UploadFault
) -> None:
    with pytest.raises(UploadRefused) as refused:
        check(files, SETTINGS)
    assert refused.value.fault is fault


def test_what_is_handed_in_is_indexed_inside_the_data_folder(
    embedder: Embedder, tmp_path: Path
) -> None:
    indexing = Indexing()
    settings = replace(SETTINGS, data=tmp_path / "data")
    indexing.begin([Uploaded("../../ud af/mappen.md", REFERAT)], settings, embedder)
    assert indexing.wait(60)
    assert indexing.failed is None
    assert (indexing.done, indexing.total) == (1, 1)
    with LocalStore.open(settings.data) as store:
        assert [meeting.source for meeting in store.meetings(Filters())] == ["mappen.md"]
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


def test_two_do_not_index_at_once(tmp_path: Path, embedder: Embedder) -> None:
    settings = replace(SETTINGS, data=tmp_path / "data")
    indexing = Indexing()
    indexing.begin([Uploaded("a.md", REFERAT)], settings, embedder)
    if indexing.running:
        with pytest.raises(UploadRefused):
            indexing.begin([Uploaded("b.md", REFERAT)], settings, embedder)
    assert indexing.wait(60)
