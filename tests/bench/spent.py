"""What a question spends its time on: ``python tests/bench/spent.py INDEX``.

Every fourth question of the corpus is asked under Python's profiler, which makes steps of many
small calls look a little dearer than they are.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qa_engine.engine import Engine  # noqa: E402 - see above

# What Answering.explain and its _look_up call, in their order.
CALLERS = {"explain", "read", "_look_up"}
STEPS = {
    "meetings": "listing the meetings, for names in the question",
    "understand": "understanding the question",
    "embed_queries": "its vector",
    "rarity_of": "how rare its words are",
    "retrieve": "finding and ranking items",
    "open_items": "loading the passages of the best items",
    "gather": "weighing what could answer",
    "read_items": "reading the likeliest passages",
    "reweigh": "weighing again",
    "write": "writing",
    "cite": "citing",
    "refuse": "refusing",
}


def main() -> None:
    """Print a table of milliseconds a question."""
    lines = (ROOT / "corpus" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines][::4]
    profile = cProfile.Profile()
    with closing(Engine.open(Path(sys.argv[1]))) as engine:
        engine.ask(asked[0])
        for question in asked:
            profile.runcall(engine.explain, question)
    spent = dict.fromkeys(STEPS, 0.0)
    total = 0.0
    for (file, _, name), (_, _, _, cumulative, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if name == "explain" and file.endswith("answering.py"):
            total += cumulative
        for (_, _, caller), (_, _, _, of_caller) in callers.items():
            if name in STEPS and caller in CALLERS:
                spent[name] += of_caller
    print("| step | ms a question | share |\n|---|---|---|")
    for name, told in (*STEPS.items(), ("", "all")):
        seconds = spent.get(name, total)
        print(f"| {told} | {1e3 * seconds / len(asked):.1f} | {seconds / total:.0%} |")


if __name__ == "__main__":
    main()
