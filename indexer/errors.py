"""Everything that Punktvis raises on purpose.

    PunktvisError
    ├── DocumentError          one file cannot be read as minutes; a build reports it and goes on
    ├── ModelError             the embedding model cannot be had or loaded
    ├── ChatError              the language model gave no reply that can be used
    ├── StoreError             the index cannot be used
    │   ├── MissingIndex       nothing has been indexed in the data folder
    │   ├── WrongModel         the index was built with another embedding model
    │   ├── WrongDimension      its vectors have another length
    │   └── BuildLocked        another build holds the data folder
    ├── PortalError            a portal of minutes, or a meeting on it, cannot be fetched
    │   └── PortalGone         the portal has it no more
    ├── UploadRefused          what was handed in on the page is not taken
    ├── UnknownCursor          a place in the changes is not of this index
    └── QuestionError          the question cannot be answered as it stands
        ├── EmptyQuestion
        ├── QuestionTooLong
        └── UnknownFilterValue

Every message names the thing, what is wrong with it, and what to do. The leaves carry the data
that a caller needs to say the same in another language.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path


class PunktvisError(Exception):
    """Base of all errors that a user can do something about."""


class DocumentError(PunktvisError):
    """A file that cannot be read as minutes."""

    def __init__(self, source: str, reason: str) -> None:
        """Name the file and what is wrong with it, in words that say what to do."""
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ModelError(PunktvisError):
    """The embedding model cannot be found, unpacked or loaded."""


class ChatFault(StrEnum):
    """Why a language model gave no reply that can be used."""

    UNLOADED = "it cannot be loaded"
    FAILED = "asking it failed"
    SLOW = "its reply was not there in time"
    SILENT = "it said nothing"
    ENDLESS = "it did not come to an end"
    BROKEN = "its reply broke off"


class ChatError(PunktvisError):
    """The language model that the owner configured gave no reply that can be used."""

    def __init__(self, model: str, fault: ChatFault, reason: str = "") -> None:
        """Name the model, what is wrong with it, and the error behind that."""
        super().__init__(
            f"{model}: {fault.value}{f' ({reason})' if reason else ''}; see PUNKTVIS_LLM in "
            "docs/command-line.md"
        )
        self.model = model
        self.fault = fault


class StoreError(PunktvisError):
    """The index cannot be used."""


class MissingIndex(StoreError):
    """There is no index in the data folder, or in Milvus at an address."""

    def __init__(self, data: Path | str) -> None:
        """Name the folder or the address that was looked in."""
        where = f" --data {data}" if isinstance(data, Path) else ""
        super().__init__(f"{data}: there is no index here; run 'punktvis index PATH{where}' first")
        self.data = data


class WrongModel(StoreError):
    """The index was built with another embedding model than the one that is configured."""

    def __init__(self, data: Path | str, built_with: str, configured: str) -> None:
        """Name the folder or the address, and both models."""
        elsewhere = "--data folder" if isinstance(data, Path) else "database"
        super().__init__(
            f"{data}: the index was built with the model '{built_with}', but '{configured}' is "
            f"configured; unset PUNKTVIS_MODEL or index into another {elsewhere}"
        )
        self.data = data
        self.built_with = built_with
        self.configured = configured


class WrongDimension(StoreError, ValueError):
    """Vectors of one length in an index of another."""

    def __init__(self, place: Path | str, given: int, held: int) -> None:
        """Name both lengths."""
        super().__init__(
            f"{place}: vectors of {given} numbers in an index of {held}; use the model it was "
            f"built with, or index anew elsewhere"
        )


class BuildLocked(StoreError):
    """Another build is writing to the data folder."""

    def __init__(self, data: Path, holder: str) -> None:
        """Name who holds the lock, as written down by the holder."""
        super().__init__(
            f"{data}: another build is running here ({holder}); wait for it to finish and try again"
        )
        self.data = data
        self.holder = holder


class PortalError(PunktvisError):
    """A portal, or a meeting on it, that cannot be fetched."""

    def __init__(self, address: str, reason: str) -> None:
        """Name what was asked for and what is wrong, in words that say what to do."""
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class PortalGone(PortalError):
    """The portal says that it has no such thing, or none any more."""


class UploadFault(StrEnum):
    """Why something that was handed in is not taken."""

    NOTHING = "no file was chosen"
    TOO_MANY = "too many files at once"
    KIND = "no kind of file that can be read"
    SIZE = "too large"
    BUSY = "another build is running"


class UploadRefused(PunktvisError):
    """Files that were handed in on the page and are not taken."""

    def __init__(self, fault: UploadFault, name: str = "", limit: str = "") -> None:
        """Name the fault, the file, and what would have been taken."""
        named = f"{name}: " if name else ""
        super().__init__(f"{named}{fault.value}{f'; allowed: {limit}' if limit else ''}")
        self.fault = fault
        self.name = name
        self.limit = limit


class UnknownCursor(PunktvisError):
    """A place in the changes that is not of this index, which may have been made anew."""

    def __init__(self, cursor: int) -> None:
        """Name the cursor."""
        super().__init__(
            f"the cursor {cursor} is not of this index, which may have been made anew; drop what "
            f"you have and begin again from 0"
        )
        self.cursor = cursor


class QuestionError(PunktvisError):
    """The question or its filters cannot be answered as they stand."""


class EmptyQuestion(QuestionError):
    """Nothing was asked."""

    def __init__(self) -> None:
        """Say that a word is enough."""
        super().__init__("the question is empty; write at least one word")


class QuestionTooLong(QuestionError):
    """More was asked than a question can hold."""

    def __init__(self, length: int, limit: int) -> None:
        """Name both lengths, in characters."""
        super().__init__(f"the question has {length} characters; shorten it to at most {limit}")
        self.length = length
        self.limit = limit


class UnknownFilterValue(QuestionError):
    """A filter names something that is not in the index."""

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        """Name the filter, the value, and the values that would have worked."""
        choices = ", ".join(known) if known else "none are indexed"
        super().__init__(f"unknown {name} '{value}'; known values: {choices}")
        self.name = name
        self.value = value
        self.known = tuple(known)
