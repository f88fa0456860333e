"""What the tests of the REST interface share: small minutes indexed, and clients that ask them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.build import build
from indexer.embedding import Embedder
from indexer.store.local import LocalStore
from qa_engine.engine import Engine
from qa_engine.rest.access import Access, RateLimit
from qa_engine.rest.application import create_application
from qa_engine.rest.tokens import Tokens

NORDBY = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Indstilling

Forvaltningen indstiller, at cykelstien anlægges.

## Sagsfremstilling

Cykelstien mellem skolen og havnen i Nordby Kommune koster 1,2 mio. kr.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

# Punkt 8/2023: Lukket: Salg af grund
"""
SYDBY = """# REFERAT Byrådet i Sydby Kommune d. 28-05-2024

**Mødedato** Tirsdag d. 28. maj 2024

# Punkt 3: Ny legeplads i parken

24/1177

## Sagsfremstilling

Legepladsen i parken i Sydby Kommune får gynger og et klatretårn.

## Beslutning Byrådet den 28-05-2024

Udsat.
"""
# Names as owners have them: folders, blanks, letters beyond ASCII.
NORDBY_SOURCE, SYDBY_SOURCE = "teknik æøå/2023 møde.md", "byråd/sydby.md"

Open = Callable[..., "TestClient"]


def write_minutes(folder: Path) -> None:
    for source, text in ((NORDBY_SOURCE, NORDBY), (SYDBY_SOURCE, SYDBY)):
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def small(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index two meetings; ``data`` in the folder that is given, beside ``minutes``."""
    folder = tmp_path_factory.mktemp("rest")
    write_minutes(folder / "minutes")
    with closing(LocalStore.create(folder / "data", embedder.name)) as store:
        build([folder / "minutes"], store, embedder)
    return folder


@pytest.fixture
def own(small: Path, embedder: Embedder, tmp_path: Path) -> Path:
    """Copy the two meetings with their index, for a test that changes them."""
    folder = Path(shutil.copytree(small, tmp_path / "own"))
    with closing(LocalStore.create(folder / "data", embedder.name)) as store:
        for source in store.digests():
            store.move(source, str(folder / "minutes"))
    return folder


@pytest.fixture(scope="session")
def client_of(open_engine: Callable[[Path], Engine]) -> Open:
    """Make a client of an application in this process, on this machine unless told otherwise."""

    def client(
        data: Path, *, loopback: bool = True, requests: int = 10_000, longest_body: int = 1 << 20
    ) -> TestClient:
        access = Access(Tokens(data), RateLimit(requests), loopback=loopback)
        application = create_application(open_engine(data), access, longest_body=longest_body)
        return TestClient(application, "http://localhost", raise_server_exceptions=False)

    return client


@pytest.fixture(scope="session")
def client(small: Path, client_of: Open) -> TestClient:
    """Ask the two meetings."""
    return client_of(small / "data")
