"""The collections in which Milvus holds minutes, and how words and filters are said in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pymilvus import DataType, Function, FunctionType, MilvusClient

from indexer.model import Filters
from indexer.store.milvus_link import one_of, quoted

DOCUMENTS, CHUNKS = "punktvis_documents", "punktvis_chunks"
# Long texts in pieces: of documents (chunk 0), and the vectors of a passage's units.
PIECES = "punktvis_pieces"
# Facts about the index as a whole, each of a kind: see ``milvus_notes``.
NOTES = "punktvis_notes"
LONGEST = 65_535  # bytes in a field
MOST_TERMS = 4096  # of a passage

# Words count by how often they are written down: as title 3, heading 0.5, text 1 in the local
# store. BM25 with everything doubled, its k1 too, is the same but for the factor (k1 + 1).
TITLE_TIMES, HEADING_TIMES, BODY_TIMES = 6, 1, 2
K1, B = 1.2, 0.75
SCORE = (K1 + 1) / (2 * K1 + 1)
# The weights of a question's words are multiples of this, see ``weighted``.
_WEIGHT = 0.05

_STRINGS = ("municipality", "committee", "case_number")


def collections(client: type[MilvusClient], dimension: int | None) -> Mapping[str, tuple[Any, Any]]:
    """Describe the collections as schema and indexes, passages only where the dimension is told."""
    made = {
        DOCUMENTS: _table(
            client, "source", strings=("digest", "about", *_STRINGS[:2]),
            numbers=("version", "date"), lists=("abbreviations",),
        ),
        PIECES: _table(client, "key", strings=("source", "content"),
                       numbers=("version", "chunk", "place")),
        NOTES: _table(client, "key", strings=("kind", "name", "value")),
    }  # fmt: skip
    if dimension is not None:
        made[CHUNKS] = _chunks(client, dimension)
    return made


def _table(
    client: type[MilvusClient],
    key: str,
    strings: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
) -> tuple[Any, Any]:
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(key, DataType.VARCHAR, is_primary=True, max_length=LONGEST)
    _add_fields(schema, strings, numbers, lists)
    # Milvus takes no collection without a vector.
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
    indexes = client.prepare_index_params()
    indexes.add_index("nothing", index_type="FLAT", metric_type="IP")
    for name in ("source", "version", "chunk", "kind"):
        if name != key and name in (*strings, *numbers):
            indexes.add_index(name, index_type="INVERTED")
    return schema, indexes


def _chunks(client: type[MilvusClient], dimension: int) -> tuple[Any, Any]:
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    filtered = ("source", *_STRINGS, "item_number"), ("version", "item", "date")
    _add_fields(schema, (*filtered[0], "title", "chunk"), (*filtered[1], "start"),
                ("outcomes", "terms"))  # fmt: skip
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field(
        "words",
        DataType.VARCHAR,
        max_length=LONGEST,
        enable_analyzer=True,
        analyzer_params={"tokenizer": "standard"},
    )
    schema.add_field("bm25", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function("bm25", FunctionType.BM25, ["words"], ["bm25"]))
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="AUTOINDEX", metric_type="IP")
    indexes.add_index(
        "bm25",
        index_type="SPARSE_INVERTED_INDEX",
        metric_type="BM25",
        params={"bm25_k1": 2 * K1, "bm25_b": B},
    )
    for name in (*filtered[0], *filtered[1]):
        indexes.add_index(name, index_type="INVERTED")
    return schema, indexes


def _add_fields(
    schema: Any, strings: tuple[str, ...], numbers: tuple[str, ...], lists: tuple[str, ...]
) -> None:
    for name in strings:
        schema.add_field(name, DataType.VARCHAR, max_length=LONGEST)
    for name in numbers:
        schema.add_field(name, DataType.INT64)
    for name in lists:
        schema.add_field(
            name,
            DataType.ARRAY,
            element_type=DataType.VARCHAR,
            max_capacity=MOST_TERMS,
            max_length=512,
        )


def optional(value: str | None) -> str:
    """Write what may be missing as a string that is never what a filter asks for."""
    return "" if value is None else f"={value}"


def condition(filters: Filters) -> str:
    """Write filters as a condition on passages; "" where they are empty."""
    names = (("municipality", filters.municipalities), ("committee", filters.committees))
    parts = [one_of(field, [optional(name) for name in named]) for field, named in names if named]
    if filters.since is not None:
        parts.append(f"date >= {filters.since.toordinal()}")
    if filters.until is not None:
        parts.append(f"date > 0 and date <= {filters.until.toordinal()}")
    if filters.case_number is not None:
        parts.append(f"case_number == {quoted(optional(filters.case_number))}")
    if filters.item_numbers:
        parts.append(one_of("item_number", filters.item_numbers))
    if filters.outcome is not None:
        parts.append(f"ARRAY_CONTAINS(outcomes, {quoted(filters.outcome.value)})")
    return " and ".join(parts)


def token(term: str) -> str:
    """Write an analysed term so that Milvus' tokenizer leaves it whole: "20/1" as "20q2fq1".

    Whatever is no small letter or digit, and "q" itself, is written as its number between two "q".
    """
    return re.sub(r"[^a-pr-z0-9æøå]", lambda found: f"q{ord(found[0]):x}q", term)


def term_of(token: str) -> str:
    """Read back what ``token`` wrote."""
    return re.sub("q([0-9a-f]+)q", lambda found: chr(int(found[1], 16)), token)


def weighted(weights: Mapping[str, float]) -> tuple[str, float]:
    """Write terms as a question to BM25, each as often as it weighs.

    Returns:
        The question, and what its scores are to be multiplied by to be those of weight one.
    """
    times = {token(term): max(1, round(w / _WEIGHT)) for term, w in weights.items() if term}
    return " ".join(" ".join([term] * count) for term, count in times.items()), _WEIGHT * SCORE
