"""The reader as a network that can be trained, and as the ONNX graph that ships."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertModel

from indexer.onnx_graph import EncoderGraph, read_graph

_LAYERS = "bert."


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


def write_graph(network: ReaderNetwork, file: Path) -> None:
    """Write the layers, not the word table, as an ONNX graph, mostly in 8 bits."""
    weights = {name.removeprefix(_LAYERS): w.numpy() for name, w in network.state_dict().items()}
    graph = EncoderGraph(weights.__getitem__, network.bert.config.to_dict(), exact_output=False)
    graph.write(file, "scores", graph.multiply_exactly(graph.encode(), "marks"), 2)


def read_weights(network: ReaderNetwork, file: Path) -> None:
    """Read the weights of a graph back into a network, as far as 8 bits kept them.

    Raises:
        ValueError: The graph is of another network.
    """
    held = read_graph(file)
    types = network.bert.embeddings.token_type_embeddings.weight
    torch.nn.init.zeros_(types)
    state = network.state_dict()
    learned = {n for n, w in network.named_parameters() if w.requires_grad and w is not types}
    for name in learned:
        found = held.get(name.removeprefix(_LAYERS))
        if found is None or found.shape != tuple(state[name].shape):
            shape = "missing" if found is None else found.shape
            raise ValueError(f"{file}: {name} is {shape}, not {tuple(state[name].shape)}")
        state[name] = torch.from_numpy(found.copy())
    network.load_state_dict(state)
