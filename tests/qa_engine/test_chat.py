"""The real clients of LangChain against a server that speaks their protocols, faults included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ChatError, ChatFault
from indexer.settings import Settings
from qa_engine.chat import LanguageModel

# A client may take long to load on a busy machine; only what hangs comes near its limit.
PATIENT, SHORT = 60, 2


def model(server: Any, name: str = "openai:m", seconds: int = PATIENT) -> LanguageModel:
    url = server.url + ("/v1" if name.startswith("openai:") else "")
    return LanguageModel(Settings(llm=name, llm_url=url, llm_seconds=seconds), name)


def said(chat: LanguageModel) -> str:
    return "".join(chat.reply("Vær kort.", "Hvad koster stien?"))


PATHS = {
    "openai:m": "/v1/chat/completions",
    "azure_openai:m": "/openai/deployments/m/chat/completions",
    "ollama:m": "/api/chat",
}


@pytest.mark.parametrize("name", PATHS)
def test_a_reply_comes_in_pieces_from_the_configured_place(
    chat_server: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-06-01")
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "k")
    chat_server.says("Stien koster 1,2 mio. kr. [1]")
    pieces = list(model(chat_server, name).reply("Vær kort.", "Hvad koster stien?"))
    assert "".join(pieces) == chat_server.text
    assert len(pieces) > 3
    ((path, body),) = chat_server.requests
    assert path.partition("?")[0] == PATHS[name]
    assert body["stream"] is True
    assert [(m["role"], m["content"]) for m in body["messages"]] == [
        ("system", "Vær kort."),
        ("user", "Hvad koster stien?"),
    ]


@pytest.mark.parametrize(
    ("text", "after", "status", "fault"),
    [
        ("", "stop", 200, ChatFault.SILENT),
        ("", "stop", 500, ChatFault.FAILED),
        ("", "stop", 401, ChatFault.FAILED),
        ("", "stop", 429, ChatFault.FAILED),
        ("Stien koster", "cut", 200, ChatFault.FAILED),
        ("Stien koster", "length", 200, ChatFault.BROKEN),
        ("Stien.", "forever", 200, ChatFault.ENDLESS),
        ("", "elsewhere", 200, ChatFault.FAILED),
    ],
)
def test_a_reply_that_cannot_be_used_is_an_error_that_tells_why(
    chat_server: Any, text: str, after: str, status: int, fault: ChatFault
) -> None:
    chat_server.says(text, after=after, status=status)
    with pytest.raises(ChatError, match="openai:m") as caught:
        said(model(chat_server))
    assert caught.value.fault is fault
    assert len(chat_server.requests) == 1  # neither tried again nor taken elsewhere
    assert "spørgsmålet" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "after"), [("openai:m", "hang"), ("openai:m", "drip"), ("ollama:m", "hang")]
)
def test_no_one_waits_longer_than_the_limit(chat_server: Any, name: str, after: str) -> None:
    said(model(chat_server.says("Stien."), name))  # loads the client
    chat_server.says("Stien koster", after=after)
    begun = time.monotonic()
    with pytest.raises(ChatError) as caught:
        said(model(chat_server, name, seconds=SHORT))
    assert caught.value.fault is ChatFault.SLOW
    assert SHORT <= time.monotonic() - begun < SHORT + 2


def test_a_listener_who_leaves_lets_the_model_go(chat_server: Any) -> None:
    chat_server.says("Stien.", after="forever")
    pieces = model(chat_server).reply("Vær kort.", "Hvad koster stien?")
    assert next(pieces) == "Stien."
    pieces.close()
    for _ in range(100):
        if "punktvis-chat" not in [thread.name for thread in threading.enumerate()]:
            return
        time.sleep(0.05)
    pytest.fail("the reply is still read")


@pytest.mark.parametrize(
    "name", ["openai", "nobody:m", "anthropic:m", "azure_openai:m", "", ":", "openai:"]
)
def test_a_model_that_cannot_be_loaded_is_an_error_too(
    chat_server: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("AZURE_OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_VERSION", raising=False)
    with pytest.raises(ChatError) as caught:
        said(LanguageModel(Settings(llm=name), name))
    assert caught.value.fault in (ChatFault.UNLOADED, ChatFault.FAILED)
    assert chat_server.requests == []


def test_a_place_where_nobody_is_is_an_error_at_once() -> None:
    settings = Settings(llm="openai:m", llm_url="http://127.0.0.1:9/v1", llm_seconds=PATIENT)
    with pytest.raises(ChatError) as caught:
        said(LanguageModel(settings, "openai:m"))
    assert caught.value.fault is ChatFault.FAILED


def test_nothing_is_told_to_a_tracing_service(
    chat_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_API_KEY": "k",
        "LANGSMITH_ENDPOINT": f"{chat_server.url}/tracing",
    }.items():
        monkeypatch.setenv(name, value)
    said(model(chat_server.says("Stien.")))
    time.sleep(0.5)  # traces are sent in the background
    assert [path for path, _ in chat_server.requests] == ["/v1/chat/completions"]


def test_langchain_is_loaded_only_to_ask_a_model() -> None:
    code = (
        "import sys, app, qa_engine.engine, qa_engine.cli\n"
        "print([name for name in sys.modules if name.startswith(('langchain', 'openai'))])"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert run.stdout.strip() == "[]"
