"""The command line as scripts and people use it: what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import faiss
import pytest

from indexer.danish import analyse
from indexer.embedding import Embedder
from indexer.settings import Settings
from indexer.store.local import LocalStore
from qa_engine.cli import main
from qa_engine.engine import Engine

NORDBY = """# REFERAT Teknikudvalget i Nordby Kommune d. 14-03-2023

**Mødedato** Tirsdag d. 14. marts 2023

# Punkt 7: Cykelsti ved skolen

20/9270

## Sagsfremstilling

Cykelstien mellem skolen og havnen i Nordby Kommune koster 1,2 mio. kr.

## Beslutning Teknikudvalget den 14-03-2023

Godkendt.

# Punkt 8: Lukket: Salg af grund
"""
SYDBY = """# REFERAT Byrådet i Sydby Kommune d. 28-05-2024

**Mødedato** Tirsdag d. 28. maj 2024

# Punkt 3: Ny legeplads i parken

24/1177

## Sagsfremstilling

Legepladsen i parken i Sydby Kommune får gynger og et klatretårn.

## Beslutning Byrådet den 28-05-2024

Udsat.
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _surroundings(embedder: Embedder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Share the loaded model, and keep the developer's own settings and index out."""
    for name in [name for name in os.environ if name.startswith("PUNKTVIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("qa_engine.cli.load_embedder", lambda _: embedder)
    monkeypatch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process; gives status, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minutes")
    (folder / "nordby.md").write_text(NORDBY, encoding="utf-8")
    (folder / "sydby.txt").write_text(SYDBY, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def data(folder: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa_engine.cli.load_embedder", lambda _: embedder)
        assert main(["index", str(folder), "--data", str(data)]) == 0
    return data


def _fails(result: tuple[int, str, str], status: int, *words: str) -> None:
    """Check that a command ended as it should, with one line on stderr that says why."""
    got, _, err = result
    assert got == status
    assert err.startswith("punktvis: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def _json(result: tuple[int, str, str]) -> Any:
    status, out, err = result
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    return json.loads(out)


# index


def test_indexing_twice_reads_nothing_again(run: Run, folder: Path, tmp_path: Path) -> None:
    report = _json(run("index", folder, "--data", tmp_path / "d", "--json"))
    assert set(report) >= {
        "indexed",
        "unchanged",
        "replaced",
        "removed",
        "skipped",
        "items",
        "chunks",
        "seconds",
    }
    assert (report["indexed"], report["items"], report["skipped"]) == (2, 3, [])
    again = _json(run("index", folder, "--data", tmp_path / "d", "--json"))
    assert (again["indexed"], again["unchanged"], again["items"]) == (0, 2, 3)


def test_where_nothing_has_changed_no_model_is_loaded(
    run: Run, folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Settings) -> Embedder:
        raise AssertionError("the model is loaded")

    monkeypatch.setattr("qa_engine.cli.load_embedder", fail)
    assert _json(run("index", folder, "--data", data, "--json"))["unchanged"] == 2


def test_a_backend_that_is_unknown_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUNKTVIS_BACKEND", "tensorflow")
    _fails(run("meetings"), 1, "PUNKTVIS_BACKEND", "auto, onnx, torch")


def test_indexing_says_in_a_line_what_it_did(run: Run, folder: Path, tmp_path: Path) -> None:
    status, out, err = run("index", folder, "--data", tmp_path / "d")
    assert (status, err) == (0, "")
    assert out.startswith("2 indexed")
    assert "3 items" in out


def test_the_municipality_can_be_given(run: Run, folder: Path, tmp_path: Path) -> None:
    given = ("--data", tmp_path / "d", "--municipality", "Vestby")
    assert run("index", folder, *given)[0] == 0
    meetings = _json(run("meetings", "--data", tmp_path / "d", "--json"))["meetings"]
    assert {meeting["municipality"] for meeting in meetings} == {"Vestby Kommune"}


BAD_FILES = [
    ("empty.txt", b"", "the file is empty"),
    ("letter.txt", "Kære borger, tak for dit brev.".encode(), "no agenda items"),
    ("latin.txt", NORDBY.encode("latin-1"), "not UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES)
def test_a_bad_file_does_not_stop_the_others(
    run: Run, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "z.md").write_text(NORDBY, encoding="utf-8")
    report = _json(run("index", "in", "--json"))
    assert report["indexed"] == 1
    (skipped,) = report["skipped"]
    assert skipped["source"] == name
    assert reason in skipped["reason"]
    assert name in run("index", "in")[1]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES)
def test_strict_fails_after_indexing_the_rest(
    run: Run, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "z.md").write_text(NORDBY, encoding="utf-8")
    result = run("index", "in", "--strict", "--json")
    _fails(result, 1, name, reason)
    assert json.loads(result[1])["indexed"] == 1


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES)
def test_indexing_only_a_bad_file_is_not_done(
    run: Run, data: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """Nothing was indexed, so a script must hear of it; what was there stays."""
    (tmp_path / name).write_bytes(content)
    before = run("meetings", "--data", data)
    _fails(run("index", tmp_path / name, "--data", data), 1, name, reason)
    assert run("meetings", "--data", data) == before


def test_an_empty_folder_makes_no_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    _fails(run("index", "in"), 1, "in", "nothing to read")
    assert not (tmp_path / "data").exists()


def test_what_does_not_exist_cannot_be_indexed(run: Run) -> None:
    _fails(run("index", "nowhere"), 2, "nowhere")
    _fails(run("index"), 2, "PATH")


# parse


def test_parsing_gives_the_minutes(run: Run, folder: Path) -> None:
    minutes = _json(run("parse", folder / "nordby.md", "--json"))
    assert minutes["source"] == "nordby.md"
    assert minutes["date"] == "2023-03-14"
    numbers = [(i["number"], i["case_number"], i["closed"]) for i in minutes["items"]]
    assert numbers == [("7", "20/9270", False), ("8", None, True)]


def test_parsing_shows_an_outline(run: Run, folder: Path) -> None:
    status, out, err = run("parse", folder / "sydby.txt")
    assert (status, err) == (0, "")
    assert "punkt 3: Ny legeplads i parken · sag 24/1177" in out


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES)
def test_parsing_a_bad_file_says_why(
    run: Run, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    _fails(run("parse", name), 1, name, reason)


def test_parsing_needs_a_file(run: Run, tmp_path: Path) -> None:
    _fails(run("parse"), 2)
    _fails(run("parse", "nowhere.md"), 2, "nowhere.md")
    _fails(run("parse", tmp_path), 2)


# ask


def test_an_answer_is_cited_verbatim(run: Run, data: Path) -> None:
    answer = _json(run("ask", "Hvad koster cykelstien?", "--data", data, "--json"))
    assert answer["answered"]
    assert "1,2 mio. kr." in answer["answer"]
    citation = answer["citations"][0]
    assert (citation["source"], citation["item"]) == ("nordby.md", "7")
    assert citation["quote"] in NORDBY
    assert [citation["marker"] for citation in answer["citations"]] == sorted(
        {marker for sentence in answer["sentences"] for marker in sentence["markers"]}
    )


def test_an_answer_can_be_read(run: Run, data: Path) -> None:
    status, out, err = run("ask", "Hvad koster cykelstien?", "--data", data)
    assert (status, err) == (0, "")
    assert "1,2 mio. kr." in out
    assert "punkt 7: Cykelsti ved skolen · sag 20/9270 · Sagsfremstilling" in out


def test_not_answering_is_done(run: Run, data: Path) -> None:
    question = "Hvem vandt verdensmesterskabet i skak i 1972?"
    answer = _json(run("ask", question, "--data", data, "--json"))
    assert not answer["answered"]
    assert answer["searched"]["meetings"] == 2
    assert answer["hits"]


def test_filters_confine_the_answer(run: Run, data: Path) -> None:
    asked = ("ask", "Hvad blev der besluttet?", "--data", data, "--json")
    for given in (
        ("--municipality", "sydby"),
        ("--committee", "Byrådet"),
        ("--since", "2024"),
        ("--case", "24/1177"),
        ("--outcome", "postponed"),
    ):
        assert {hit["source"] for hit in _json(run(*asked, *given))["hits"]} == {"sydby.txt"}
    answer = _json(run(*asked, "--until", "2023-12"))
    assert {hit["source"] for hit in answer["hits"]} == {"nordby.md"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([""], ["empty"]),
        (["  ?! "], ["empty"]),
        (["cykelsti " * 1111 + "?"], ["10000 characters"]),
        (["cykelsti", "--municipality", "Atlantis"], ["Atlantis", "Nordby Kommune"]),
        (["cykelsti", "--committee", "Ældreudvalget"], ["Ældreudvalget", "Teknikudvalget"]),
        (["cykelsti", "--since", "i går"], ["i går"]),
        (["cykelsti", "--outcome", "fine"], ["fine", "approved"]),
        (["cykelsti", "--frob"], ["--frob"]),
        (["cykelsti", "mere"], ["mere"]),
        ([], ["QUESTION"]),
        (["cykelsti", "--batch", "-", "--json"], ["either"]),
        (["--batch", "-"], ["--json"]),
        (["--batch", "nowhere.jsonl", "--json"], ["nowhere.jsonl"]),
    ],
)
def test_wrong_use_is_told_in_a_line(
    run: Run, data: Path, arguments: list[str], words: list[str]
) -> None:
    _fails(run("ask", "--data", data, *arguments), 2, *words)


def test_half_a_character_is_no_reason_to_fail(run: Run, data: Path) -> None:
    """Such come with arguments that are not UTF-8, and with JSON that cuts an emoji in two."""
    answer = _json(run("ask", "Hvad koster cykelstien \ud83d?", "--data", data, "--json"))
    assert answer["answered"]


@pytest.mark.parametrize(
    "command", [("ask", "cykelsti"), ("search", "cykelsti"), ("meetings",), ("remove", "a.md")]
)
def test_a_missing_index_is_told_with_what_to_do(run: Run, command: tuple[str, ...]) -> None:
    _fails(run(*command, "--data", "nothing"), 1, "nothing", "punktvis index")


def test_an_index_of_another_model_is_told(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUNKTVIS_MODEL", "other/model")
    _fails(run("ask", "cykelsti", "--data", data), 1, "other/model")


# ask --batch


def _lines(*questions: object) -> str:
    return "".join(json.dumps(question) + "\n" for question in questions)


def test_a_batch_gives_a_line_for_a_line(run: Run, data: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = [{"id": "a", "question": "Hvad koster cykelstien?"}, {"id": 2, "question": "Hvor?"}]
    questions.write_text(_lines(asked[0]) + "\n" + _lines(asked[1]), encoding="utf-8")
    status, out, err = run("ask", "--batch", questions, "--json", "--data", data)
    assert (status, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert [answer["question"] for answer in answers] == ["Hvad koster cykelstien?", "Hvor?"]


def test_a_batch_can_come_from_stdin(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _lines({"id": 1, "question": "Hvad koster cykelstien?"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    answer = _json(run("ask", "--batch", "-", "--json", "--data", data))
    assert (answer["id"], answer["answered"]) == (1, True)


@pytest.mark.parametrize(
    "broken",
    [
        b"{oops\n",
        b'{"id": 2}\n',
        b'{"id": 2, "question": ""}\n',
        '{"id": 2, "question": "Hvornår?"}\n'.encode("latin-1"),
    ],
)
def test_a_broken_line_is_named_after_the_answers_before_it(
    run: Run, data: Path, tmp_path: Path, broken: bytes
) -> None:
    questions = tmp_path / "questions.jsonl"
    good = _lines({"id": 1, "question": "Hvad koster cykelstien?"}).encode()
    questions.write_bytes(good + b"\n" + broken + good)
    result = run("ask", "--batch", questions, "--json", "--data", data)
    _fails(result, 2, "questions.jsonl, line 3: ")
    assert [json.loads(line)["id"] for line in result[1].splitlines()] == [1]


# ask --explain


def test_an_explanation_is_added_to_the_answer(run: Run, data: Path) -> None:
    asked = ("ask", "Hvad koster cykelstien?", "--data", data, "--json")
    answer, explained = _json(run(*asked)), _json(run(*asked, "--explain"))
    explanation = explained.pop("explanation")
    assert {**explained, "seconds": 0} == {**answer, "seconds": 0}
    assert explanation["understood"]["asked"] == "amount"
    assert [item["score"] for item in explanation["items"]] == [
        hit["score"] for hit in answer["hits"]
    ]
    assert explanation["answered"]


def test_an_explanation_stands_below_the_answer(run: Run, data: Path) -> None:
    asked = ("ask", "Hvad koster cykelstien?", "--data", data)
    answer, explained = run(*asked)[1], run(*asked, "--explain")[1]
    assert explained.startswith(f"{answer}\nUnderstood\n  asked for: amount\n")


def test_a_batch_can_be_explained(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "cykelsti"}\n', encoding="utf-8")
    line = _json(run("ask", "--batch", "q.jsonl", "--explain", "--data", data, "--json"))
    assert line["id"] == 1
    assert "cykelsti" in line["explanation"]["understood"]["terms"]


# evaluate

KNOWN = [
    {
        "id": "n-1",
        "question": "Hvad koster cykelstien?",
        "type": "economy",
        "answerable": True,
        "relevant": [{"source": "nordby.md", "item": "7"}],
        "must_contain": [["1,2 mio"]],
        "fold": "tune",
    },
    {
        "id": "n-2",
        "question": "Hvad koster cykelstien?",
        "type": "economy",
        "answerable": True,
        "relevant": [{"source": "nordby.pdf", "item": "7"}],
        "must_contain": [["9 mio"]],
        "fold": "held",
    },
]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    file = tmp_path / "known.jsonl"
    file.write_text("\n".join(map(json.dumps, KNOWN)), encoding="utf-8")
    return file


def test_an_evaluation_gives_figures_and_failures(run: Run, data: Path, known: Path) -> None:
    form = _json(run("evaluate", known, "--data", data, "--json"))
    assert (form["figures"]["questions"], form["figures"]["R@1"]) == (2, 1.0)
    assert form["figures"]["right"] == 0.5
    assert {name: figures["right"] for name, figures in form["by_fold"].items()} == {
        "tune": 1.0,
        "held": 0.0,
    }
    (failure,) = form["failures"]
    assert (failure["id"], failure["stage"]) == ("n-2", "wrong sentence")


def test_an_evaluation_can_be_read(run: Run, data: Path, known: Path) -> None:
    status, out, err = run("evaluate", known, "--data", data)
    assert (status, err) == (0, "")
    assert "R@1: 1.000\n" in out
    assert out.splitlines()[-1].startswith("wrong sentence (it lacks 9 mio) · n-2 [economy] Hvad")


def test_a_fold_can_be_evaluated_alone(run: Run, data: Path, known: Path) -> None:
    form = _json(run("evaluate", known, "--data", data, "--fold", "tune", "--json"))
    assert (form["figures"]["questions"], form["failures"]) == (1, [])
    _fails(run("evaluate", known, "--data", data, "--fold", "x"), 2, "'x'", "held, tune")


def test_the_curve_can_be_drawn(run: Run, data: Path, known: Path, tmp_path: Path) -> None:
    assert run("evaluate", known, "--data", data, "--curve", tmp_path / "c.svg")[0] == 0
    assert "<svg" in (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_questions_that_cannot_be_evaluated_are_wrong_use(
    run: Run, data: Path, tmp_path: Path
) -> None:
    _fails(run("evaluate", "nowhere.jsonl", "--data", data), 2, "nowhere.jsonl")
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "cykelsti"}\n', encoding="utf-8")
    _fails(run("evaluate", "q.jsonl", "--data", data), 2, "q.jsonl, line 1")
    (tmp_path / "q.jsonl").write_text("\n", encoding="utf-8")
    _fails(run("evaluate", "q.jsonl", "--data", data), 2, "nothing to ask")


# search, meetings, remove


def test_searching_gives_passages_with_scores(run: Run, data: Path) -> None:
    found = _json(run("search", "gynger", "-k", 2, "--data", data, "--json"))
    assert found["query"] == "gynger"
    assert len(found["passages"]) == 2
    first, second = found["passages"]
    assert (first["source"], first["item"], first["date"]) == ("sydby.txt", "3", "2024-05-28")
    assert first["text"] in SYDBY
    assert first["score"] >= second["score"]
    assert "klatretårn" in run("search", "gynger", "-k", 1, "--data", data)[1]


def test_searching_obeys_filters(run: Run, data: Path) -> None:
    found = _json(run("search", "gynger", "--municipality", "nordby", "--data", data, "--json"))
    assert {passage["source"] for passage in found["passages"]} == {"nordby.md"}
    _fails(run("search", "gynger", "-k", 0, "--data", data), 2, "-k")
    _fails(run("search", "", "--data", data), 2, "empty")


def test_precedents_tell_proposal_decision_and_proof(run: Run, data: Path) -> None:
    told = _json(run("precedents", "en sti til cykler", "--data", data, "--json"))
    first = told["precedents"][0]
    assert told["query"] == "en sti til cykler"
    assert (first["case_number"], first["outcome"], first["decided"]) == (
        "20/9270",
        "approved",
        "Godkendt.",
    )
    assert (first["body"], first["date"], first["final"]) == ("Teknikudvalget", "2023-03-14", True)
    assert first["amount"] is None  # it stands in the background only
    assert first["citations"][0]["quote"] == "Godkendt."
    assert "Cykelstien" in first["matches"][0]["quote"]
    _, out, _ = run("precedents", "en sti til cykler", "--data", data)
    assert "→ Godkendt · Teknikudvalget · 14. marts 2023" in out


def test_precedents_obey_filters(run: Run, data: Path) -> None:
    options = ("--data", data, "--json", "--municipality", "Sydby")
    told = _json(run("precedents", "en sti til cykler", *options))["precedents"]
    assert [precedent["municipality"] for precedent in told] == ["Sydby Kommune"]
    _fails(run("precedents", "sti", "--data", data, "--municipality", "Vestby"), 2, "Vestby")


def test_a_case_is_told_step_by_step(run: Run, data: Path) -> None:
    (case,) = _json(run("case", "24/1177", "--data", data, "--json"))["cases"]
    assert (case["municipality"], case["final"]) == ("Sydby Kommune", False)
    assert [(step["body"], step["outcome"]) for step in case["steps"]] == [("Byrådet", "postponed")]
    _, out, _ = run("case", "24/1177", "--data", data)
    assert "Der er ikke set en endelig beslutning i sagen." in out
    assert _json(run("case", "99/9999", "--data", data, "--json"))["cases"] == []


def test_meetings_are_listed_newest_first(run: Run, data: Path) -> None:
    listed = _json(run("meetings", "--data", data, "--json"))["meetings"]
    assert [meeting["source"] for meeting in listed] == ["sydby.txt", "nordby.md"]
    assert listed[0]["date"] == "2024-05-28"
    confined = _json(run("meetings", "--until", "2023", "--data", data, "--json"))["meetings"]
    assert [meeting["source"] for meeting in confined] == ["nordby.md"]
    assert "nordby.md" in run("meetings", "--data", data)[1]


def test_the_data_folder_can_be_set_in_the_environment(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUNKTVIS_DATA", str(data))
    assert "nordby.md" in run("meetings")[1]
    _fails(run("meetings", "--data", "nothing"), 1, "nothing")


def test_a_removed_document_is_gone(run: Run, folder: Path) -> None:
    assert run("index", folder)[0] == 0
    assert run("remove", "nordby.md")[:2] == (0, "removed nordby.md\n")
    listed = _json(run("meetings", "--json"))["meetings"]
    assert [meeting["source"] for meeting in listed] == ["sydby.txt"]
    _fails(run("remove", "nordby.md"), 1, "nordby.md", "not indexed")
    assert run("remove", "sydby.txt")[0] == 0
    _fails(run("remove", "sydby.txt"), 1, "not indexed")


def test_a_blocked_document_stays_out_when_its_file_comes_again(run: Run, tmp_path: Path) -> None:
    """Nor is a word of it left in any file of the index, or found by an engine that was open."""
    minutes, data = tmp_path / "minutes", tmp_path / "data"
    minutes.mkdir()
    (minutes / "nordby.md").write_text(NORDBY, encoding="utf-8")
    (minutes / "sydby.txt").write_text(SYDBY, encoding="utf-8")
    assert run("index", minutes)[0] == 0
    with closing(Engine.open(data)) as engine:
        assert engine.ask("Hvad koster cykelstien?").hits[0].minutes.source == "nordby.md"
        assert _json(run("remove", "nordby.md", "--block", "--json")) == {
            "source": "nordby.md",
            "removed": True,
            "blocked": True,
        }
        assert {hit.minutes.source for hit in engine.ask("Hvad koster cykelstien?").hits} == {
            "sydby.txt"
        }

    (minutes / "nordby.md").rename(minutes / "again.md")
    report = _json(run("index", minutes, "--json"))
    assert (report["indexed"], report["unchanged"], report["items"]) == (0, 1, 1)
    assert [skipped["source"] for skipped in report["skipped"]] == ["again.md"]
    assert "removed for good" in report["skipped"][0]["reason"]
    for word in (b"cykelsti", b"Cykelsti", b"Teknikudvalg", b"20/9270"):
        assert [file.name for file in data.iterdir() if word in file.read_bytes()] == []
    with LocalStore.open(data) as store:
        assert not any(store.frequencies(analyse("cykelsti havnen")).values())
    index = faiss.read_index(str(data / "vectors.faiss"))
    assert index.ntotal == report["chunks"]

    corrected = NORDBY.replace("1,2 mio.", "1,3 mio.")
    (minutes / "again.md").write_text(corrected, encoding="utf-8")
    assert _json(run("index", minutes, "--json"))["indexed"] == 1


def test_one_build_at_a_time(run: Run, folder: Path, embedder: Embedder, tmp_path: Path) -> None:
    with LocalStore.create(tmp_path / "data", embedder.name):
        _fails(run("index", folder), 1, "another build")


# app


def test_the_page_is_opened_on_the_data_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It serves this machine only, sends nothing home and opens no browser where nobody sits."""
    calls: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda *arguments: calls.append(arguments))
    assert run("app", "--data", "d", "--port", 8600)[0] == 0
    ((program, command, environment),) = calls
    assert program == sys.executable
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]).name == "app.py"
    assert {
        "--server.port=8600",
        "--server.address=localhost",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    } <= set(command)
    assert environment["PUNKTVIS_DATA"] == str(tmp_path / "d")


# as a process


def _process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa_engine.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=120, check=False, **options
    )


def test_help_is_there_at_once() -> None:
    """Nobody waits seconds for torch to read a page of help.

    Seconds of the processor, so that what else the machine does is not counted.
    """
    times = []
    for _ in range(3):
        before = os.times()
        assert _process("--help").returncode == 0
        after = os.times()
        times.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    assert min(times) < 1


def test_help_and_parsing_import_no_model(folder: Path) -> None:
    code = (
        "import sys; from qa_engine.cli import main; "
        f"assert main(['parse', {str(folder / 'nordby.md')!r}]) == 0; "
        "heavy = {'torch', 'faiss', 'streamlit', 'transformers', 'langchain_core'}; "
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_question_goes_all_the_way_in_a_fresh_process(data: Path) -> None:
    done = _process("ask", "Hvad koster cykelstien?", "--data", data, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1,2 mio. kr." in json.loads(done.stdout)["answer"]


def test_an_error_is_one_line_in_a_process() -> None:
    done = _process("ask", "cykelsti", "--data", "nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_output_is_utf8_whatever_the_terminal_is(folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = _process("parse", folder / "nordby.md", "--json", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Teknikudvalget" in done.stdout


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "qa_engine.cli", "parse", str(folder / "nordby.md")]
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as pipe:
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""


COSTS = "Hvad koster cykelstien mellem skolen og havnen i Nordby?"


@pytest.fixture
def language_model(chat_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Configure a language model that answers, with a sentence that cannot be proved."""
    monkeypatch.setenv("PUNKTVIS_LLM", "openai:m")
    monkeypatch.setenv("PUNKTVIS_LLM_URL", f"{chat_server.url}/v1")
    return chat_server.says(
        "Prisen for cykelstien er 1.200.000 kr. [<<1,2 mio.>>] Den koster 9 mio. kr. [1]."
    )


def test_a_language_model_words_the_answer_and_is_named(
    run: Run, data: Path, language_model: Any
) -> None:
    _, out, _ = run("ask", COSTS, "--data", str(data))
    assert out.startswith("Prisen for cykelstien er 1.200.000 kr. [1]\n")
    assert "Teksten er skrevet af en sprogmodel (openai:m) ud fra kilderne. 1 af dens" in out
    assert "9 mio." not in out
    _, out, _ = run("ask", COSTS, "--data", str(data), "--json")
    form = json.loads(out)
    assert form["generated"] is True
    assert form["language_model"]["dropped"] == 1
    assert "1,2 mio. kr." in form["citations"][0]["quote"]
    assert len(language_model.requests) == 2


def test_the_minutes_own_words_can_be_asked_for(run: Run, data: Path, language_model: Any) -> None:
    _, out, _ = run("ask", COSTS, "--data", str(data), "--json", "--extractive")
    form = json.loads(out)
    assert form["answer"].startswith("Cykelstien mellem skolen og havnen i Nordby Kommune koster")
    assert (form["generated"], form["language_model"]) == (False, None)
    assert language_model.requests == []


def test_a_batch_is_in_the_minutes_own_words(
    run: Run, data: Path, tmp_path: Path, language_model: Any
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": 1, "question": COSTS}), encoding="utf-8")
    _, out, _ = run("ask", "--batch", str(questions), "--data", str(data), "--json")
    assert json.loads(out)["generated"] is False
    assert language_model.requests == []


def test_a_model_that_is_down_costs_a_line_and_nothing_else(
    run: Run, data: Path, language_model: Any
) -> None:
    language_model.says("", status=500)
    status, out, err = run("ask", COSTS, "--data", str(data))
    assert (status, err) == (0, "")
    assert out.startswith("Cykelstien mellem skolen og havnen i Nordby Kommune koster")
    assert "Sprogmodellen (openai:m) kunne ikke spørges." in out
