"""The public Python interface: open an index, ask it, search it."""

from __future__ import annotations

from pathlib import Path

from indexer.model import Filters, Minutes
from indexer.settings import Settings
from indexer.store import Meeting
from qa_engine.model import Answer, Hit

LONGEST_QUESTION = 1000


class Engine:
    """Answers questions from one index; safe to share between threads."""

    @classmethod
    def open(cls, data: Path | None = None, settings: Settings | None = None) -> Engine:
        """Open an index; the model is loaded at the first question.

        Raises:
            StoreError: There is no usable index in the folder.
        """
        raise NotImplementedError

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:  # noqa: B008
        """Answer a question, or say honestly that the minutes do not tell.

        Raises:
            QuestionError: The question is empty or too long, or a filter names something unknown.
        """
        raise NotImplementedError

    def search(self, text: str, k: int = 10, filters: Filters = Filters()) -> list[Hit]:  # noqa: B008
        """Find the k agenda items nearest to a text, each with its best passages."""
        raise NotImplementedError

    def meetings(self, filters: Filters = Filters()) -> list[Meeting]:  # noqa: B008
        """List what is indexed, newest first."""
        raise NotImplementedError

    def minutes(self, source: str) -> Minutes | None:
        """Read one meeting's minutes as they are stored."""
        raise NotImplementedError

    def examples(self, count: int = 5) -> list[str]:
        """Suggest questions that can be answered from what is indexed."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the index."""
        raise NotImplementedError
