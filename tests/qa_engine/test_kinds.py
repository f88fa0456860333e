"""Whether a text holds the kind of thing a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Filters
from qa_engine.kinds import holds
from qa_engine.model import Asked, Query
from qa_engine.understanding import understand


def asking(question: str) -> Query:
    return understand(question, Filters(), ())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvor mange elever går på skolen?", "Der går 412 elever på skolen."),
        ("Hvor mange modeller er der?", "Der foreligger tre modeller."),
        ("Hvor stor en andel af affaldet sorteres?", "56,5 procent af affaldet sorteres."),
        ("Hvor stor en andel er tilfredse?", "Halvdelen af borgerne er tilfredse."),
        ("Hvad koster broen?", "Broen koster 1,2 mio. kr."),
        ("Hvad koster broen?", "Prisen er 620.000 i alt."),
        ("Hvor meget er der sat af til hallen?", "Der er afsat 350.000 kr. til hallen."),
        ("Hvornår åbner hallen?", "Hallen åbner den 1. maj 2025."),
        ("Hvornår åbner hallen?", "Hallen åbner efter sommerferien."),
        ("Hvornår åbner hallen?", "Den står klar i 3. kvartal."),
        ("Hvem leder arbejdet?", "Arbejdet ledes af Karen Holst Madsen."),
        ("Hvem leder arbejdet?", "Skolens inspektør leder arbejdet."),
        ("Hvor skal hallen ligge?", "Hallen bygges ved Søndergade."),
        ("Hvorfor lukker skolen?", "Skolen lukker, fordi elevtallet falder."),
        ("Hvorfor lukker skolen?", "Lukningen skyldes et faldende elevtal."),
        ("Hvilke skoler er med?", "Med er Byskolen, Søskolen og Friskolen."),
        ("Hvor ofte tømmes spanden?", "Spanden tømmes hver anden uge."),
        ("Hvor længe varer forsøget?", "Forsøget varer 18 måneder."),
        ("Hvor mange uger er der lukket?", "Der er lukket i 6 uger."),
        ("How often is the bin emptied?", "Spanden tømmes månedligt."),
        ("How long does it take?", "Det tager to år."),
        ("How long is the path?", "Stien er 5,2 km lang."),
        ("Hvad er PPR?", "Pædagogisk Psykologisk Rådgivning (PPR) flytter."),
        ("Hvad står IPS for?", "IPS – individual placement and support"),
    ],
)
def test_what_is_asked_for_is_found(question: str, text: str) -> None:
    assert holds(asking(question), text) == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvor mange elever går på skolen?", "Skolen har en del elever."),
        ("Hvor mange elever gik der på skolen?", "Opgjort den 3. marts 2021, sag 20/9270."),
        ("Hvor stor en andel af affaldet sorteres?", "Der blev sorteret 31 ton."),
        ("Hvad koster broen?", "Broen bliver 43 meter lang."),
        ("Hvornår åbner hallen?", "Hallen åbner snart."),
        ("Hvorfor lukker skolen?", "Skolen lukker."),
        ("Hvilke skoler er med?", "Skolerne er med."),
        ("Hvor ofte tømmes spanden?", "Spanden er grøn."),
        ("Hvor længe varer forsøget?", "Forsøget omfatter 40 borgere."),
        ("Hvem leder arbejdet?", "arbejdet er i gang."),
        ("How long is the path?", "Børnene må vente med at cykle."),
        ("Hvad er PPR?", "Børnehuset får en ny leder."),
    ],
)
def test_what_is_asked_for_is_missed(question: str, text: str) -> None:
    assert holds(asking(question), text) == 0.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvad koster de 1,2 mio. kr. til broen?", "Broen koster 1,2 mio. kr."),
        ("Hvornår i 2024 åbner hallen?", "Hallen åbner i 2024."),
        ("Hvor mange af de 412 elever cykler?", "Af de 412 elever cykler de fleste."),
    ],
)
def test_what_the_question_itself_says_is_no_answer(question: str, text: str) -> None:
    assert holds(asking(question), text) == 0.0


def test_a_word_that_is_used_may_be_explained_by_it() -> None:
    assert holds(asking("Hvad er PPR?"), "PPR har 14 ansatte.") == 0.5


@pytest.mark.parametrize("question", ["Fortæl om havnen", "Hvad besluttede byrådet om havnen?"])
def test_a_kind_that_any_text_may_hold_is_left_open(question: str) -> None:
    assert holds(asking(question), "Godkendt.") == 0.5


@given(st.sampled_from(Asked), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_judged_between_no_and_yes(asked: Asked, question: str, text: str) -> None:
    query = Query(question, (), asked, Filters())
    assert holds(query, text) in (0.0, 0.5, 1.0)
