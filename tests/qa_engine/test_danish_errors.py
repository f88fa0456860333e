from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import (
    BuildLocked,
    EmptyQuestion,
    MissingIndex,
    ModelError,
    PunktvisError,
    QuestionTooLong,
    StoreError,
    UnknownFilterValue,
    UploadFault,
    UploadRefused,
    WrongModel,
)
from qa_engine.danish_errors import danish_sentence

ERRORS: list[tuple[Exception, str]] = [
    (MissingIndex(Path("/d")), "punktvis index MAPPE --data /d"),
    (MissingIndex("http://milvus:19530"), "Kør »punktvis index MAPPE« i en terminal"),
    (WrongModel(Path("/d"), "a", "b"), "modellen »a«, men Punktvis er sat op til »b«"),
    (BuildLocked(Path("/d"), "pid 1"), "ved at blive indekseret"),
    (StoreError("damaged"), "Indekset kan ikke læses"),
    (ModelError("gone"), "sprogmodel"),
    (EmptyQuestion(), "mindst ét ord"),
    (QuestionTooLong(12345, 1000), "på 12.345 tegn. Kort det ned til højst 1.000"),
    (
        UnknownFilterValue("municipality", "X", ["A", "B"]),
        "kommunen »X«. Du kan vælge mellem: A, B",
    ),
    (UnknownFilterValue("committee", "X", list("abcdefghij")), "g, h og flere."),
    (UnknownFilterValue("committee", "X", []), "Der er ikke indekseret noget"),
    (UnknownFilterValue("since", "X", ["2021"]), "»X« kan ikke læses som et tidspunkt"),
    (
        UnknownFilterValue("outcome", "X", ["approved"]),
        "udfaldet »X«. Du kan vælge mellem: godkendt",
    ),
    (UploadRefused(UploadFault.NOTHING), "mindst én fil"),
    (UploadRefused(UploadFault.TOO_MANY, limit="20"), "højst 20 filer"),
    (UploadRefused(UploadFault.KIND, "a.exe", ".md, .pdf"), "»a.exe« er ikke en fil"),
    (UploadRefused(UploadFault.SIZE, "a.pdf", "25"), "højst fylde 25 MB"),
    (UploadRefused(UploadFault.BUSY), "allerede indekseret"),
    (PunktvisError("anything"), "Noget gik galt"),
    (ValueError("secret"), "Noget gik galt"),
]


@pytest.mark.parametrize(("error", "part"), ERRORS)
def test_every_error_says_in_danish_what_to_do(error: Exception, part: str) -> None:
    sentence = danish_sentence(error)
    assert part in sentence
    assert str(error) not in sentence
    assert sentence.endswith(".")
