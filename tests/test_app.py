"""The page's states, run without a browser over a real index of the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from indexer.build import build
from indexer.embedding import Embedder
from indexer.errors import ModelError
from indexer.store.local import LocalStore
from qa_engine.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Hvem stemte imod lokalplan 131?"


@pytest.fixture(scope="session")
def corpus(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the corpus once a session; tests/qa_engine names the same folder and finds it done."""
    folder = tmp_path_factory.getbasetemp() / "corpus-index"
    with closing(LocalStore.create(folder, embedder.name)) as store:
        build([ROOT / "corpus" / "sources"], store, embedder)
    return folder


@pytest.fixture(autouse=True)
def _no_engine_kept() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture
def page(corpus: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("PUNKTVIS_DATA", str(corpus))
    monkeypatch.setattr("qa_engine.engine.load_embedder", lambda _: embedder)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)


def shown(page: AppTest) -> str:
    """Read what the page shows of its own HTML, the style sheet left out."""
    bodies = [element.proto.body for element in page.get("html")]  # type: ignore[attr-defined]
    return "".join(body for body in bodies if not body.startswith("<style>"))


def words(page: AppTest) -> str:
    """Read what a reader reads."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown(page))).split())


def address(page: AppTest, name: str) -> list[str]:
    """Read a part of the address; AppTest gives a single value bare or in a list."""
    value = page.query_params.get(name, [])
    return value if isinstance(value, list) else [value]


def ask(page: AppTest, question: str, **filters: str) -> AppTest:
    page.query_params["q"] = question
    for name, value in filters.items():
        page.query_params[name] = value
    return page.run()


def test_without_an_index_a_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUNKTVIS_DATA", str(tmp_path / "nothing"))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert "Der er endnu ingen referater at søge i. Kør »punktvis index" in words(page)
    assert "Punktvis er et AI-system." in words(page)
    assert not page.exception
    assert not page.text_input


def test_while_the_first_index_is_built_a_sentence_says_so(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUNKTVIS_DATA", str(tmp_path))
    with LocalStore.create(tmp_path, embedder.name):
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
        assert "Referaterne er ved at blive indekseret." in words(page)
    page.run()
    assert "Der er endnu ingen referater at søge i." in words(page)


def test_the_models_are_loaded_before_anyone_asks(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = Event()
    load = Engine.load

    def told(engine: Engine) -> None:
        load(engine)
        loaded.set()

    monkeypatch.setattr(Engine, "load", told)
    page.run()
    assert loaded.wait(60)


def test_a_model_that_cannot_be_loaded_is_told_of_at_the_first_question(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ModelError("no such model")

    monkeypatch.setattr("qa_engine.engine.load_embedder", fail)
    page.run()
    assert 'role="alert"' not in shown(page)
    ask(page, QUESTION)
    assert "kan ikke indlæses" in words(page)


def test_the_first_screen_shows_examples_and_what_is_indexed(page: AppTest) -> None:
    page.run()
    examples = [button for button in page.button if (button.key or "").startswith("example-")]
    assert len(examples) == 5
    assert re.search(r"\d+ referater fra .*Fjordby.*\d{4} – \w+ \d{4}", words(page))
    assert "Punktvis er et AI-system. Det citerer referaterne og digter ikke." in words(page)
    assert "Traceback" not in shown(page)


def test_an_example_asks_when_it_is_clicked(page: AppTest) -> None:
    page.run()
    page.button(key="example-0").click().run()
    assert address(page, "q") == [page.text_input(key="q").value]
    assert 'id="svar"' in shown(page)


def test_an_answer_stands_above_its_marked_source(page: AppTest) -> None:
    ask(page, QUESTION)
    html = shown(page)
    assert "Sanne Dyrehave (Ø)" in html[: html.index("pv-proof")]
    assert '<a href="#kilde-1"' in html
    assert 'id="kilde-1"' in html
    assert "Punkt 6: Endelig vedtagelse af Lokalplan 131" in words(page)
    assert re.search(r"<mark>[^<]*Imod stemte Sanne Dyrehave", html)
    assert re.search(r"(Sikker|Ret sikker|Usikker) · Der er søgt i \d+ referater", words(page))
    assert "Andre punkter om det samme" in words(page)
    assert "Byrådet" in re.findall(r'<p class="pv-kind">(.*?)</p>', html)[0]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hvad handler punkt 2 om i Fjordby den 14. marts 2023?", "Punkt 2: "),
        ("Hvor blev mødet holdt i Fjordby den 14. marts 2023?", "Mødelokale Fyrtårnet"),
    ],
)
def test_an_item_by_its_number_and_a_meeting_are_shown(
    page: AppTest, question: str, told: str
) -> None:
    page.query_params["q"] = question
    page.run()
    assert told in words(page)
    assert "Punkt :" not in words(page)
    assert "pv-wrong" not in shown(page)


def test_a_question_sent_off_stands_in_the_address(page: AppTest) -> None:
    page.run()
    page.text_input(key="q").set_value(QUESTION)
    page.button[0].click().run()
    assert address(page, "q") == [QUESTION]
    assert 'id="svar"' in shown(page)


def test_a_filter_asks_again_and_can_be_taken_away(page: AppTest) -> None:
    ask(page, QUESTION)
    page.multiselect(key="kommune").set_value(["Fjordby Kommune"]).run()
    assert address(page, "kommune") == ["Fjordby Kommune"]
    assert "fra Fjordby Kommune" in words(page)
    page.button(key="given-kommune-Fjordby Kommune").click().run()
    assert address(page, "kommune") == []
    assert "fra Fjordby Kommune" not in words(page)


def test_an_address_typed_by_hand_fills_the_filters(page: AppTest) -> None:
    ask(page, QUESTION, kommune="fjordby", fra="2023", til="2023")
    assert page.multiselect(key="kommune").value == ["Fjordby Kommune"]
    assert page.text_input(key="fra").value == "2023"
    assert 'id="svar"' in shown(page)


def test_a_refusal_says_what_was_searched_and_what_to_try(page: AppTest) -> None:
    ask(page, "Hvilken farve har dronningens cykel i Paris?")
    assert "fremgår ikke" in words(page)
    assert "Der er søgt i" in words(page)
    assert "Det nærmeste i referaterne" in words(page)
    assert "Prøv i stedet" in words(page)
    assert not re.search(r"\bSikker\b|\bRet sikker\b|\bUsikker\b", words(page))


@pytest.mark.parametrize(
    ("question", "filters", "sentence"),
    [
        ("?", {}, "Skriv mindst ét ord"),
        ("hvad " * 2500, {}, "Spørgsmålet er på 12.499 tegn. Kort det ned til højst 1.000 tegn"),
        ("svømmehal", {"kommune": "Atlantis"}, "Punktvis kender ikke kommunen »Atlantis«."),
        ("svømmehal", {"fra": "i går"}, "»i går« kan ikke læses som et tidspunkt."),
        ("svømmehal", {"udfald": "måske"}, "Du kan vælge mellem: godkendt"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(
    page: AppTest, question: str, filters: dict[str, str], sentence: str
) -> None:
    ask(page, question, **filters)
    assert sentence in words(page)
    assert 'role="alert"' in shown(page)
    assert page.text_input(key="q").value == question


def test_an_empty_question_gets_a_sentence(page: AppTest) -> None:
    page.run()
    page.button[0].click().run()
    assert "Skriv mindst ét ord" in words(page)


@pytest.mark.parametrize("error", [ModelError("no such model"), RuntimeError("secret detail")])
def test_no_trace_reaches_the_page(
    page: AppTest, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Engine, "ask_stream", fail)
    ask(page, QUESTION)
    assert 'role="alert"' in shown(page)
    assert "secret" not in shown(page)
    assert "Traceback" not in shown(page)
    assert not page.exception


def test_markup_in_a_question_is_text(page: AppTest) -> None:
    ask(page, "<img src=x onerror=alert(1)> **fed** :material/home: svømmehal", kommune="<b>x</b>")
    assert "<img" not in shown(page)
    assert "<b>x</b>" not in shown(page)
    assert "&lt;b&gt;x&lt;/b&gt;" in shown(page)


def test_who_has_not_signed_in_is_asked_to_where_that_is_set_up(page: AppTest) -> None:
    page.secrets["auth"] = {"client_id": "punktvis"}
    page.run()
    assert [button.label for button in page.button] == ["Log ind"]
    assert "Log ind for at søge" in words(page)
    assert not page.text_input


COUNTS = "Hvor mange biler kører der i døgnet på vejen mellem Vibelev og Strandholt?"


@pytest.fixture
def language_model(chat_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Configure a language model that answers, with a sentence that cannot be proved."""
    monkeypatch.setenv("PUNKTVIS_LLM", "openai:<m>")
    monkeypatch.setenv("PUNKTVIS_LLM_URL", f"{chat_server.url}/v1")
    return chat_server.says(
        "Der kører <b>3.150</b> køretøjer i døgnet på Strandholtvej [<<3.150 køretøjer>>]. "
        "Det koster 77 mio. kr. [1]."
    )


def test_a_language_models_words_are_marked_as_its_own(page: AppTest, language_model: Any) -> None:
    ask(page, COUNTS)
    assert "Der kører 3.150 køretøjer i døgnet på Strandholtvej. [1]" in words(page)
    assert (
        "Teksten er skrevet af en sprogmodel (openai:<m>) ud fra kilderne. "
        "1 af dens sætninger er udeladt: 1 med tal, der ikke står i kilden." in words(page)
    )
    assert "77 mio" not in words(page)
    assert "Svaret, mens det skrives" not in shown(page)
    assert len(language_model.requests) == 1
    page.run()
    assert len(language_model.requests) == 1


def test_a_language_model_that_fails_leaves_the_answer(page: AppTest, language_model: Any) -> None:
    language_model.says("", status=500)
    ask(page, COUNTS)
    assert "viser 3.150 køretøjer i døgnet." in words(page)
    assert "Sprogmodellen (openai:<m>) kunne ikke spørges." in words(page)
    assert not page.exception


def test_the_view_about_names_the_language_model(
    corpus: Path, language_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUNKTVIS_DATA", str(corpus))
    page = AppTest.from_function(_about, default_timeout=120).run()
    assert f"sprogmodellen openai:<m> på {language_model.url}/v1" in words(page)
    assert "Spørgsmål og uddrag sendes til sprogmodellen" in words(page)
    monkeypatch.delenv("PUNKTVIS_LLM")
    page.run()
    assert "Svar skrives af" not in words(page)
    assert "Alt foregår på den maskine, Punktvis kører på." in words(page)


def _about() -> None:
    from indexer.settings import Settings  # noqa: PLC0415
    from qa_engine.engine import Engine  # noqa: PLC0415
    from qa_engine.page import about  # noqa: PLC0415

    engine = Engine.open(None, Settings.from_environment())
    about.show(engine, engine.meetings())
    engine.close()
