from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import PunktvisError
from indexer.settings import Settings


def test_what_is_not_set_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"PUNKTVIS_DATA": "", "PUNKTVIS_UPLOAD": "0"}) == Settings()


def test_what_is_set_is_read() -> None:
    environment = {
        "PUNKTVIS_DATA": "d",
        "PUNKTVIS_UPLOAD": "1",
        "PUNKTVIS_UPLOAD_FILES": "3",
        "PUNKTVIS_UPLOAD_MEGABYTES": "7",
        "PUNKTVIS_LLM": "openai:m",
        "PUNKTVIS_LLM_URL": "http://localhost:8000/v1",
        "PUNKTVIS_LLM_SECONDS": "9",
    }
    assert Settings.from_environment(environment) == Settings(
        data=Path("d"),
        upload=True,
        upload_files=3,
        upload_megabytes=7,
        llm="openai:m",
        llm_url="http://localhost:8000/v1",
        llm_seconds=9,
    )


@pytest.mark.parametrize("value", ["many", "-1", "2.5"])
def test_what_counts_must_be_a_whole_number(value: str) -> None:
    with pytest.raises(PunktvisError, match="PUNKTVIS_UPLOAD_FILES"):
        Settings.from_environment({"PUNKTVIS_UPLOAD_FILES": value})
