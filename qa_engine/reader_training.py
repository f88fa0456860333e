"""Training the reader: the embedder's layers learn to mark the span that answers a question.

    python -m qa_engine.reader_training [--norquad FILE] [--out FILE]

First the layers learn on Norwegian what an answer is (NorQuAD, Ivanova et al., NoDaLiDa 2023, CC0;
it lies outside the repository and is left out where it is missing), then on the invented agenda
items of ``corpus/reading``, what is none in Danish minutes: a near miss, and another section of the
item that a question is about. The word table is frozen, so the reader shares the embedder's.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

from indexer.weights import bundled_model
from qa_engine.reader import GRAPH, WINDOW, make_reading
from qa_engine.reading_examples import Example, danish_examples, hasty, norwegian_examples

_ITEMS = Path(__file__).resolve().parents[1] / "corpus" / "reading"
_BATCH = 16
_EPOCHS = {"norwegian": 1, "danish": 3}
_RATES = {"norwegian": 1e-4, "danish": 8e-5}
# So many Norwegian questions are repeated for each Danish one, lest their variety be forgotten.
_REPEATED = 0.1
_SEED = 20


class ReaderNetwork(torch.nn.Module):
    """The embedder's layers with two scores for every token: begins an answer, ends it.

    The first token's scores stand for "no answer here".
    """

    def __init__(self, folder: Path) -> None:
        """Begin with the embedder's weights, without dropout, which takes half of a CPU's time."""
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.words.requires_grad_(False)
        self.marks = torch.nn.Linear(self.bert.config.hidden_size, 2)

    @property
    def words(self) -> torch.nn.Module:
        """The word table, which stays the embedder's."""
        return self.bert.embeddings.word_embeddings

    def forward(self, embeddings: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Score tokens: (batch, tokens, hidden) and (batch, tokens) give (batch, tokens, 2)."""
        states = self.bert(inputs_embeds=embeddings, attention_mask=mask).last_hidden_state
        scores: torch.Tensor = self.marks(states)
        return scores if mask is None else scores.masked_fill(mask[..., None] == 0, -1e4)


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


def train(network: ReaderNetwork, encoded: Sequence[Encoded], language: str) -> None:
    """Fit the network; the rate rises for a tenth of the steps and falls to nothing."""
    rng = random.Random(_SEED)
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=_RATES[language], weight_decay=0.01)
    steps = _EPOCHS[language] * (len(encoded) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (0.1 * steps), max(0.0, (steps - n) / (0.9 * steps)))
    )
    network.train()
    step, begun = 0, time.perf_counter()
    for _ in range(_EPOCHS[language]):
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
                print(f"{language}: step {step} of {steps}, {loss.item():.2f}, {seconds:.0f} s")


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


def export(network: ReaderNetwork, file: Path) -> None:
    """Write the layers, not the word table, as an ONNX graph with weights of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - with make only

    network.eval()
    network.bert.set_attn_implementation("eager")
    tokens = torch.export.Dim("tokens", min=4, max=512)
    with TemporaryDirectory() as folder:
        whole = Path(folder, "reader.onnx")
        torch.onnx.export(
            network,
            (torch.randn(1, 50, network.bert.config.hidden_size),),
            whole,
            input_names=["embeddings"],
            output_names=["scores"],
            dynamic_shapes={"embeddings": {1: tokens}},
            dynamo=True,
        )
        quantize_dynamic(
            whole, file, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )


def main() -> None:
    """Train, report on what was kept out, and write the graph."""
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("--norquad", type=Path, help="NorQuAD as JSON Lines; left out if missing")
    parser.add_argument("--out", type=Path, default=GRAPH, help="the graph to write")
    arguments = parser.parse_args()
    torch.manual_seed(_SEED)
    rng = random.Random(_SEED)
    folder = bundled_model()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = ReaderNetwork(folder)
    repeated: list[Encoded] = []
    if arguments.norquad and arguments.norquad.is_file():
        examples = [e for e in norwegian_examples(arguments.norquad) if not e.held]
        encoded = encode(tokenizer, examples, rng)
        train(network, encoded, "norwegian")
        repeated = [example for example in encoded if example.begin]
    examples = list(danish_examples(_ITEMS))
    encoded = encode(tokenizer, [e for e in examples if not e.held], rng)
    again = rng.sample(repeated, min(len(repeated), int(_REPEATED * len(encoded))))
    train(network, [*encoded, *again], "danish")
    print("kept out:", report(network, tokenizer, [e for e in examples if e.held]))
    export(network, arguments.out)


if __name__ == "__main__":
    main()
