"""Training the reader: the embedder's layers learn to mark the span that answers a question.

    python -m qa_engine.reader_training [--norquad FILE] [--onward GRAPH] [--out FILE]

First the layers learn on Norwegian what an answer is (NorQuAD, Ivanova et al., NoDaLiDa 2023, CC0;
it lies outside the repository and is left out where it is missing), then on the invented agenda
items of ``corpus/reading``, what is none in Danish minutes: a near miss, another section of the
item that a question is about, and the passage of another item that a search would find. The word
table is frozen, so the reader shares the embedder's. With ``--onward`` it begins with a reader that
was trained before, and goes once through the Danish questions.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from indexer.embedding import load_embedder
from indexer.settings import Settings
from indexer.weights import bundled_model
from qa_engine.reader import GRAPH, WINDOW, make_reading
from qa_engine.reader_network import ReaderNetwork, read_weights, write_graph
from qa_engine.reading_examples import (
    Example,
    danish_examples,
    hasty,
    norwegian_examples,
    strange_examples,
)

_ITEMS = Path(__file__).resolve().parents[1] / "corpus" / "reading"
_BATCH = 16
_EPOCHS = {"norwegian": 1, "danish": 2, "onward": 1}
_RATES = {"norwegian": 1e-4, "danish": 8e-5, "onward": 5e-5}
# So many Norwegian questions are repeated for each Danish one, lest their variety be forgotten.
_REPEATED = 0.05
# Share of the questions that get a passage of another item too.
_STRANGE = 0.5
_SEED = 20


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as tokens, and the tokens where its answer begins and ends (0: there is none)."""

    ids: tuple[int, ...]
    begin: int
    end: int


def encode(
    tokenizer: PreTrainedTokenizerBase, examples: Sequence[Example], rng: random.Random
) -> list[Encoded]:
    """Turn examples into tokens; one whose answer lies beyond the window is left out."""
    batch = tokenizer(
        [hasty(example.question, rng) for example in examples],
        [example.passage for example in examples],
        max_length=WINDOW,
        truncation="only_second",
        return_offsets_mapping=True,
    )
    encoded = []
    for index, example in enumerate(examples):
        first, last = example.answer or (0, 0)
        places = zip(batch.sequence_ids(index), batch["offset_mapping"][index], strict=True)
        marked = [
            token
            for token, (sequence, (start, end)) in enumerate(places)
            if sequence == 1 and start < last and end > first
        ]
        if marked or not example.answer:
            ids = tuple(batch["input_ids"][index])
            encoded.append(Encoded(ids, *((marked[0], marked[-1]) if marked else (0, 0))))
    return encoded


def batches(
    encoded: Sequence[Encoded], rng: random.Random
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Group shuffled examples of about one length: ids, mask, and (batch, 2) places."""
    order = list(encoded)
    rng.shuffle(order)
    pool = 24 * _BATCH
    for start in range(0, len(order), pool):
        near = sorted(order[start : start + pool], key=lambda example: len(example.ids))
        groups = [near[i : i + _BATCH] for i in range(0, len(near), _BATCH)]
        rng.shuffle(groups)
        for group in groups:
            ids = torch.nn.utils.rnn.pad_sequence(
                [torch.tensor(example.ids) for example in group], batch_first=True
            )
            lengths = torch.tensor([[len(example.ids)] for example in group])
            mask = (torch.arange(ids.shape[1]) < lengths).long()
            yield ids, mask, torch.tensor([[example.begin, example.end] for example in group])


def train(network: ReaderNetwork, encoded: Sequence[Encoded], stage: str) -> None:
    """Fit the network; the rate rises for a tenth of the steps and falls to nothing."""
    rng = random.Random(_SEED)
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=_RATES[stage], weight_decay=0.01)
    steps = _EPOCHS[stage] * (len(encoded) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (0.1 * steps), max(0.0, (steps - n) / (0.9 * steps)))
    )
    network.train()
    step, begun = 0, time.perf_counter()
    for _ in range(_EPOCHS[stage]):
        for ids, mask, places in batches(encoded, rng):
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(network.words(ids), mask).float()
            loss = torch.nn.functional.cross_entropy(scores, places)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                seconds = time.perf_counter() - begun
                print(f"{stage}: step {step} of {steps}, {loss.item():.2f}, {seconds:.0f} s")


@torch.inference_mode()
def report(
    network: ReaderNetwork, tokenizer: PreTrainedTokenizerBase, examples: Sequence[Example]
) -> str:
    """Tell how often the best span meets the answer, and how well its weight tells that it is one.

    Returns:
        Share of met answers, and the area under the curve of answerable against not.
    """
    network.eval()
    met, found, missing = 0, list[float](), list[float]()
    for example in examples:
        encoded = tokenizer(
            example.question, example.passage, max_length=WINDOW, truncation="only_second",
            return_offsets_mapping=True, return_tensors="pt",
        )  # fmt: skip
        scores = network(network.words(encoded["input_ids"]))[0].numpy()
        reading = make_reading(
            scores, encoded.sequence_ids(0), encoded["offset_mapping"][0].tolist()
        )
        best = reading.weigh(0, len(example.passage))
        if example.answer:
            met += reading.weigh(*example.answer) == best
        (found if example.answer else missing).append(best)
    won = np.subtract.outer(found, missing)
    auc = float((won > 0).mean() + (won == 0).mean() / 2)
    return f"best span within the answer {met / max(1, len(found)):.3f}, AUC {auc:.3f}"


def main() -> None:
    """Train, report on what was kept out, and write the graph."""
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("--norquad", type=Path, help="NorQuAD as JSON Lines; left out if missing")
    parser.add_argument("--onward", type=Path, help="a graph whose weights to begin with")
    parser.add_argument("--out", type=Path, default=GRAPH, help="the graph to write")
    arguments = parser.parse_args()
    torch.manual_seed(_SEED)
    rng = random.Random(_SEED)
    folder = bundled_model()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = ReaderNetwork(folder)
    norwegian: list[Encoded] = []
    if arguments.norquad and arguments.norquad.is_file():
        norwegian = encode(
            tokenizer, [e for e in norwegian_examples(arguments.norquad) if not e.held], rng
        )
    if arguments.onward:
        read_weights(network, arguments.onward)
    elif norwegian:
        train(network, norwegian, "norwegian")
    examples = list(danish_examples(_ITEMS))
    strange = [e for e in strange_examples(_ITEMS, load_embedder(Settings())) if not e.held]
    strange = rng.sample(strange, int(_STRANGE * len(strange)))
    encoded = encode(tokenizer, [*(e for e in examples if not e.held), *strange], rng)
    answered = [example for example in norwegian if example.begin]
    again = rng.sample(answered, min(len(answered), int(_REPEATED * len(encoded))))
    train(network, [*encoded, *again], "onward" if arguments.onward else "danish")
    print("kept out:", report(network, tokenizer, [e for e in examples if e.held]))
    write_graph(network, arguments.out)


if __name__ == "__main__":
    main()
