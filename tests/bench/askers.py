"""What locust has people do: ask one thing after the other, without a pause; see load.py."""

from __future__ import annotations

import json
import random
from pathlib import Path

from locust import FastHttpUser, task

_FILE = Path(__file__).resolve().parents[2] / "corpus" / "questions.jsonl"
QUESTIONS = [json.loads(line)["question"] for line in _FILE.open(encoding="utf-8")]


class Searcher(FastHttpUser):
    """Looks for passages."""

    @task
    def search(self) -> None:
        """Search for a question of the corpus."""
        self.client.post("/search", json={"text": random.choice(QUESTIONS)})


class Asker(FastHttpUser):
    """Wants answers."""

    @task
    def ask(self) -> None:
        """Ask a question of the corpus."""
        self.client.post("/ask", json={"question": random.choice(QUESTIONS)})
