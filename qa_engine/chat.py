"""The language model that an owner may configure, asked through LangChain.

LangChain is loaded when a model is asked, and only then. Whatever goes wrong is a ``ChatError``,
and comes no later than the time limit: the reply is read in a thread of its own, since no client's
timeout bounds a server that sends a letter a minute.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from indexer.errors import ChatError, ChatFault
from indexer.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Some ten times what is asked for; a model that writes more does not come to an end.
_LONGEST_REPLY = 10_000
# Whatever the provider calls it, this ends a reply that the model ended itself.
_ENDED = {"stop", "end_turn", "STOP"}
_END_OF_SENTENCE = (".", "!", "?", "]")


class Chat(Protocol):
    """Something that answers a request in words."""

    @property
    def name(self) -> str:
        """The model's name, as the owner configured it."""
        ...

    def reply(self, instructions: str, request: str) -> Generator[str, None, None]:
        """Give the reply piece by piece, as it comes.

        Raises:
            ChatError: There is no reply, no whole one, or none in time.
        """
        ...


class LanguageModel:
    """The model of the settings; safe to share between threads."""

    def __init__(self, settings: Settings, name: str) -> None:
        """Take note of what to ask; nothing is loaded and no one is called yet."""
        self._settings = settings
        self._name = name

    @property
    def name(self) -> str:
        """The model's name, as the owner configured it."""
        return self._name

    def reply(self, instructions: str, request: str) -> Generator[str, None, None]:
        """Give the reply piece by piece, as it comes.

        Raises:
            ChatError: There is no reply, no whole one, or none in time.
        """
        pieces: queue.SimpleQueue[str | ChatError | None] = queue.SimpleQueue()
        stopped = threading.Event()
        deadline = time.monotonic() + self._settings.llm_seconds

        def read() -> None:
            try:
                for piece in self._stream(instructions, request):
                    pieces.put(piece)
                    if stopped.is_set():
                        return
                pieces.put(None)
            except ChatError as error:
                pieces.put(error)

        threading.Thread(target=read, name="punktvis-chat", daemon=True).start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ChatError(self.name, ChatFault.SLOW) from None
                if piece is None:
                    return
                if isinstance(piece, ChatError):
                    raise piece
                yield piece
        finally:
            stopped.set()

    def _stream(self, instructions: str, request: str) -> Iterator[str]:
        model = self._load()
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415
        from langsmith import tracing_context  # noqa: PLC0415

        said, ended = "", False
        messages = [SystemMessage(instructions), HumanMessage(request)]
        try:
            # LangChain would tell LangSmith of the request where the environment says so.
            with tracing_context(enabled=False):
                for chunk in model.stream(messages):
                    told = chunk.response_metadata
                    ended |= bool(_ENDED & {told.get("finish_reason"), told.get("done_reason")})
                    said += chunk.text
                    if len(said) > _LONGEST_REPLY:
                        raise ChatError(self.name, ChatFault.ENDLESS)
                    if chunk.text:
                        yield chunk.text
        except ChatError:
            raise
        except Exception as error:  # every provider has errors of its own
            # Never the error's own text, which may repeat the question.
            raise ChatError(self.name, ChatFault.FAILED, type(error).__name__) from error
        if not said.strip():
            raise ChatError(self.name, ChatFault.SILENT)
        if not ended and not said.rstrip().endswith(_END_OF_SENTENCE):
            raise ChatError(self.name, ChatFault.BROKEN)

    def _load(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415

        try:
            model: BaseChatModel = init_chat_model(self.name, **_options(self._settings, self.name))
        except Exception as error:  # a provider that is unknown, not installed, or lacks its key
            raise ChatError(self.name, ChatFault.UNLOADED, type(error).__name__) from error
        return model


def _options(settings: Settings, name: str) -> dict[str, Any]:
    """Say where and how patiently to ask, in the words of the provider's own client.

    None of them follows a redirect, which would take passages to a host that no one named, and
    none keeps a connection that nobody will use again.
    """
    provider = name.partition(":")[0]
    place = settings.llm_url
    client: dict[str, Any] = {
        "timeout": settings.llm_seconds,
        "follow_redirects": False,
        "headers": {"Connection": "close"},
    }
    if provider == "ollama":
        return {"client_kwargs": client, **({"base_url": place} if place else {})}
    if provider not in ("openai", "azure_openai"):
        return {"base_url": place} if place else {}
    from openai import DefaultHttpxClient  # noqa: PLC0415

    options = {
        "timeout": settings.llm_seconds,
        "max_retries": 0,
        "http_client": DefaultHttpxClient(**client),
    }
    if not place:
        return options
    if provider == "azure_openai":
        return {**options, "azure_endpoint": place}
    # A server of one's own asks for no key, but the client does.
    key = {} if os.environ.get("OPENAI_API_KEY") else {"api_key": "none"}
    return {**options, **key, "base_url": place}
