from __future__ import annotations

from indexer.sentences import split_sentences


def test_a_sentence_stands_where_it_is_said_to() -> None:
    text = "x Godkendt. *Kim Holm (V)\nstemte imod.* y"
    sentences = split_sentences(text, 2, len(text) - 2)
    assert [s.text for s in sentences] == ["Godkendt.", "Kim Holm (V) stemte imod."]
    assert [text[s.start : s.end] for s in sentences] == [
        "Godkendt.",
        "Kim Holm (V)\nstemte imod.",
    ]


def test_the_last_letter_of_a_list_of_parties_ends_the_sentence() -> None:
    text = "Imod stemte A, F og H. Forslaget faldt. A. C. Nielsen deltog ikke."
    assert [s.text for s in split_sentences(text, 0, len(text))] == [
        "Imod stemte A, F og H.",
        "Forslaget faldt.",
        "A. C. Nielsen deltog ikke.",
    ]


def test_an_amendment_lasts_until_the_text_returns_to_the_proposal() -> None:
    text = (
        "Kim Holm (F) stillede følgende ændringsforslag: Stien udgår.\n\nFor stemte F.\n\n"
        "Herefter blev indstillingen sat til afstemning.\n\nFor stemte A."
    )
    assert [s.amends for s in split_sentences(text, 0, len(text))] == [True, True, False, False]


def test_elements_of_a_list_and_paragraphs_are_told() -> None:
    text = "1. Godkendt.\n2. Udsat.\n\nKim Holm (F) tager forbehold."
    sentences = split_sentences(text, 0, len(text))
    assert [s.listed for s in sentences] == [True, True, False]
    assert sentences[0].paragraph == sentences[1].paragraph != sentences[2].paragraph


def test_an_endless_sentence_is_read_by_its_beginning() -> None:
    text = "Godkendt " + "og mere " * 10_000
    (sentence,) = split_sentences(text, 0, len(text))
    assert len(sentence.text) < 3000
    assert sentence.end == len(text.rstrip())
