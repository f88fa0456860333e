"""Sentences, lists and table rows are weighed as what they are, and can be read alone."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from indexer.chunking import chunk_minutes, embedded_text
from indexer.model import Filters, Minutes, Role
from indexer.store import EmbeddedChunk, Passage, Vectors
from indexer.units import Kind, split_units
from qa_engine.evidence import Candidate, Features, gather, reweigh
from qa_engine.matching import Rarity
from qa_engine.model import Asked, Hit
from qa_engine.reader import Reading
from qa_engine.reading import Read, ReadPassage, open_items
from qa_engine.tables import row_text
from qa_engine.understanding import understand

HitsOf = Callable[[str], list[Hit]]

HEAD = "# REFERAT Teknikudvalget d. 14-03-2023\n\n"
MINUTES = f"""{HEAD}# Punkt 7: Stier og veje

## Sagsfremstilling

Kommunen har tre stier. Den længste går langs åen.

Der skal bygges om på disse veje:

- Skolevej får et bump
- Havnegade får en chikane
- Torvet får nye fliser

Budgettet ser sådan ud:

mio. kr.\tBudget\tForbrug
Veje\t12,0\t11,2
Stier\t4,5\t5,0

## Indstilling

Forvaltningen indstiller, at planen for vejene godkendes.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

## Bilag

Plan for veje og stier

# Punkt 8: Skolens køkken

## Sagsfremstilling

Køkkenet laver 300 måltider om dagen.
"""


def words_vector(text: str) -> Vectors:
    """Count the words of a text in 64 places: texts with words in common are near each other."""
    vector = np.full(64, 1e-3, np.float32)
    for word in text.lower().replace(",", " ").replace(".", " ").split():
        vector[zlib.crc32(word.encode()) % 64] += 1
    return vector / np.linalg.norm(vector)


@dataclass
class Passages:
    """A store that holds the passages of one meeting, embedded by their words."""

    minutes: Minutes

    def item_passages(self, source: str, position: int) -> list[Passage]:
        """Read all passages of one item."""
        assert source == self.minutes.source
        item = self.minutes.items[position]
        found = []
        for number, chunk in enumerate(chunk_minutes(self.minutes)):
            if chunk.position == position:
                units = [words_vector(item.text[start:end]) for start, end in chunk.units]
                vector = words_vector(embedded_text(chunk, item)[0])
                stacked = np.stack(units) if units else np.empty((0, 64), np.float32)
                embedded = EmbeddedChunk(chunk, vector, stacked)
                found.append(Passage(number, source, embedded, item.title, None, None))
        return found


def answers(hits: Sequence[Hit], question: str, read: Read | None = None) -> list[Candidate]:
    query = understand(question, Filters(), ())
    found = open_items(Passages(hits[0].minutes), hits)  # type: ignore[arg-type]
    unread = gather(query, found, words_vector(question), Rarity({}, 10))
    return reweigh(unread, read or Read({}))


def rows(text: str) -> list[str]:
    """Write the rows of a table in their order, as a reader reads them."""
    units = split_units(text, 0, len(text))
    return [row_text(text, units, i) for i, unit in enumerate(units) if unit.kind is Kind.ROW]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "mio. kr.\tBudget\tForbrug\nHjemmepleje\t12,0\t11,2",
            "Hjemmepleje: Budget 12,0, Forbrug 11,2 (mio. kr.)",
        ),
        ("Sti\tLængde\tPris (mio. kr.)\nHavnen\t2,1 km\t4,5",
         "Havnen: Længde 2,1 km, Pris (mio. kr.) 4,5"),
        ("| Sti | Længde |\n| Havnen | 2,1 km |", "Havnen: Længde 2,1 km"),
        ("Skole\t2024\t2025\nByskolen\t410\t398", "Byskolen: 2024 410, 2025 398"),
        ("Hjælp\tMandag\tTirsdag\nMad\t\t14", "Mad: Tirsdag 14"),
        ("År\tUdkald\n2023\t71", "År 2023, Udkald 71"),
        ("Mål\tFør\tEfter\n**Fravær**\t10,1\t7,9", "Fravær: Før 10,1, Efter 7,9"),
    ],
)  # fmt: skip
def test_a_row_is_read_with_its_headings_and_unit(table: str, told: str) -> None:
    assert rows(table)[1] == told


def test_a_markdown_row_is_read_with_its_headings() -> None:
    assert rows("| Mål | Før | Efter |\n|---|---|---|\n| Fravær | 10,1 | 7,9 |")[1] == (
        "Fravær: Før 10,1, Efter 7,9"
    )


def test_a_row_of_a_table_without_headings_is_read_as_it_stands() -> None:
    assert rows("Veje\t12,0\t11,2\nStier\t4,5\t5,0") == ["Veje · 12,0 · 11,2", "Stier · 4,5 · 5,0"]


def test_the_headings_of_one_table_are_not_those_of_the_next() -> None:
    text = "Sti\tLængde\nHavnen\t2,1\n\nSå kommer vejene.\n\nVej\tBredde\nTorvet\t8,0"
    assert rows(text)[1::2] == ["Havnen: Længde 2,1", "Torvet: Bredde 8,0"]


@pytest.mark.parametrize("question", ["Hvilke veje skal bygges om?", "Hvad er budgettet for veje?"])
def test_headings_of_tables_and_openings_of_lists_never_stand_alone(
    hits_of: HitsOf, question: str
) -> None:
    alone = [c.text for c in answers(hits_of(MINUTES), question) if len(c.pieces) == 1]
    assert "Der skal bygges om på disse veje:" not in alone
    assert "Budgettet ser sådan ud:" not in alone
    assert not any("Budget" in text and "Forbrug" in text and "12" not in text and "4,5" not in text
                   for text in alone)  # fmt: skip
    assert "Den længste går langs åen." in alone


def test_headings_and_rule_of_a_markdown_table_never_stand_alone(hits_of: HitsOf) -> None:
    table = "| Vej | Pris |\n|---|---|\n| Torvet | 4,5 |\n| Engen | 3,0 |"
    text = f"{HEAD}# Punkt 7: Veje\n\n## Sagsfremstilling\n\nPriser på veje.\n\n{table}\n"
    told = [candidate.text for candidate in answers(hits_of(text), "Hvad er prisen på veje?")]
    assert not any("---" in text for text in told)
    assert "Vej · Pris" not in told


def test_a_list_brings_its_opening_and_all_its_elements(hits_of: HitsOf) -> None:
    best = answers(hits_of(MINUTES), "Hvilke veje skal der bygges om på?")[0]
    assert [piece.text for piece in best.pieces] == [
        "Der skal bygges om på disse veje:",
        "• Skolevej får et bump",
        "• Havnegade får en chikane",
        "• Torvet får nye fliser",
    ]


def test_a_sentence_that_points_below_opens_the_list_there(hits_of: HitsOf) -> None:
    text = MINUTES.replace("på disse veje:", "på nedenstående veje. ")
    told = [c.text for c in answers(hits_of(text), "Hvad får Havnegade?")]
    opened = "Der skal bygges om på nedenstående veje."
    assert opened not in told
    assert f"{opened} • Havnegade får en chikane" in told


def test_an_element_brings_the_opening_of_its_list(hits_of: HitsOf) -> None:
    told = [c.text for c in answers(hits_of(MINUTES), "Hvad får Havnegade?")]
    assert "Der skal bygges om på disse veje: • Havnegade får en chikane" in told


def test_a_row_answers_with_the_figure_asked_for(hits_of: HitsOf) -> None:
    told = [c.text for c in answers(hits_of(MINUTES), "Hvad er budgettet for stier i mio. kr.?")]
    assert "Stier: Budget 4,5, Forbrug 5,0 (mio. kr.)" in told


def test_attachments_never_answer(hits_of: HitsOf) -> None:
    found = answers(hits_of(MINUTES), "Hvor er planen for veje og stier?")
    assert found
    assert all(candidate.role is not Role.ATTACHMENTS for candidate in found)


def test_candidates_are_sorted_and_can_be_quoted(hits_of: HitsOf) -> None:
    found = answers(hits_of(MINUTES), "Hvor mange stier har kommunen?")
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    for candidate in found:
        for piece in candidate.pieces:
            assert piece.hit.item.text[piece.start : piece.end].strip()
            assert piece.text.strip(" •")


def test_the_sentence_that_tells_is_best(hits_of: HitsOf) -> None:
    best = answers(hits_of(MINUTES), "Hvor mange måltider laver køkkenet om dagen?")[0]
    assert best.text == "Køkkenet laver 300 måltider om dagen."
    assert best.hit.item.number == "8"


def test_features_are_shares(hits_of: HitsOf) -> None:
    for candidate in answers(hits_of(MINUTES), "Hvor mange stier har kommunen?"):
        features = candidate.features
        for share in (features.words, features.near, features.kind, features.role):
            assert 0.0 <= share <= 1.0 + 1e-9
        assert features.words <= features.near + 1e-9
        assert features.item <= 0.0


def test_features_add_up_each_times_its_weight() -> None:
    one = Features(1, 2, 3, 4, 5, 6, 7, 8, 9)
    weights = Features(1, 0, 0, 0, 0.5, 0, 0, 0, -1)
    assert one.weighed(weights) == pytest.approx(1 + 2.5 - 9)


def test_a_list_weighs_more_where_a_list_is_asked_for(hits_of: HitsOf) -> None:
    hits = hits_of(MINUTES)

    def shape(question: str) -> float:
        return max(c.features.shape for c in answers(hits, question) if len(c.pieces) > 2)

    assert understand("Hvilke veje bygges der om?", Filters(), ()).asked is Asked.LIST
    assert shape("Hvilke veje bygges der om?") > 0 > shape("Hvor bygges der om?")


def test_without_items_there_is_no_evidence(hits_of: HitsOf) -> None:
    query = understand("Hvad koster broen?", Filters(), ())
    assert gather(query, [], words_vector("bro"), Rarity({}, 1)) == []


def test_what_the_reader_points_at_is_weighed_more(hits_of: HitsOf) -> None:
    hits = hits_of(MINUTES)
    text = hits[0].item.text
    question = "Hvor går den?"
    chunk = next(c for c in chunk_minutes(hits[0].minutes) if "længste" in text[c.start : c.end])
    _, spans = embedded_text(chunk, hits[0].item)
    at = next(i for i, (a, b) in enumerate(chunk.units) if "længste" in text[a:b])
    scores = np.float32([5.0 if i == at else -5.0 for i in range(len(spans))])
    passage = ReadPassage(chunk, spans, Reading(np.array(spans), scores, scores, 0.0))
    best = answers(hits, question, Read({hits[0].key: [passage]}))[0]
    assert best.text == "Den længste går langs åen."
    assert best.features.read == pytest.approx(10.0)
