"""The one place that decides where the index is: in a folder, or in Milvus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import StoreError
from indexer.settings import Settings
from indexer.store.local import LocalStore

# The extra punktvis[milvus] is only needed where PUNKTVIS_STORE names one.
if TYPE_CHECKING:
    from indexer.store.milvus import MilvusStore
    from indexer.store.milvus_link import Address


def open_store(settings: Settings) -> LocalStore | MilvusStore:
    """Open the index for reading.

    Raises:
        MissingIndex: There is none.
        StoreError: It cannot be reached, or cannot be used.
    """
    if not _is_milvus(settings.store):
        return LocalStore.open(_folder(settings))
    address = _address(settings)
    from indexer.store.milvus import MilvusStore  # noqa: PLC0415 - see above

    return MilvusStore.open(address)


def create_store(settings: Settings, model: str) -> LocalStore | MilvusStore:
    """Open the index for building, and make it first where there is none.

    Raises:
        WrongModel: It was built with another model.
        BuildLocked: Another build holds the folder.
        StoreError: It cannot be reached, or cannot be written.
    """
    if not _is_milvus(settings.store):
        return LocalStore.create(_folder(settings), model)
    address = _address(settings)
    from indexer.store.milvus import MilvusStore  # noqa: PLC0415 - see above

    return MilvusStore.create(address, model)


def place(settings: Settings) -> Path | str:
    """Name where the index is, without what is secret in an address."""
    return _address(settings).shown if _is_milvus(settings.store) else _folder(settings)


def _is_milvus(store: str | None) -> bool:
    """Tell the address of a server, or a Milvus Lite file, from a folder."""
    return store is not None and ("://" in store or store.endswith(".db"))


def _folder(settings: Settings) -> Path:
    return settings.data if settings.store is None else Path(settings.store)


def _address(settings: Settings) -> Address:
    try:
        from indexer.store.milvus_link import Address  # noqa: PLC0415 - see above
    except ImportError as error:
        raise StoreError(
            f"{settings.store}: Milvus needs a package that is not installed ({error.name}); run "
            "pip install 'punktvis[milvus]', or unset PUNKTVIS_STORE"
        ) from error
    return Address(settings.store or "", settings.store_token, settings.store_database)
