"""What a question asks for, and what it confines itself to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.danish import fold, stem
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.model import Asked, Query
from qa_engine.understanding import content_terms, understand


def meeting(municipality: str | None, committee: str | None, date: dt.date | None) -> Meeting:
    return Meeting(f"{municipality}-{date}.md", municipality, committee, date, None, 5, None)


MEETINGS = (
    meeting("Fjordby Kommune", "Teknik- og Miljøudvalget", dt.date(2023, 3, 14)),
    meeting("Fjordby Kommune", "Byrådet", dt.date(2024, 6, 25)),
    meeting("Nørrevang Kommune", "Økonomiudvalget", dt.date(2023, 9, 19)),
    meeting("Ringkøbing-Skjern Kommune", "Udvalget for Kultur og Fritid", dt.date(2022, 5, 10)),
)
UNTOLD = meeting(None, "Byrådet", dt.date(2021, 1, 12))


def read(question: str, given: Filters | None = None) -> Query:
    return understand(question, given or Filters(), MEETINGS)


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (Asked.NUMBER, "Hvor mange børn står på venteliste til en vuggestue?"),
        (Asked.NUMBER, "Hvor lang er den nye kystsikring ved fyret?"),
        (Asked.NUMBER, "Hvor stor en andel af affaldet bliver sorteret?"),
        (Asked.NUMBER, "hvor hoej er skorstenen paa kraftvaerket"),
        (Asked.NUMBER, "Hvad er antallet af ledige boliger i Fjordby?"),
        (Asked.NUMBER, "Hvor længe varer forsøget med gratis busser?"),
        (Asked.NUMBER, "How many trees were planted along the harbour?"),
        (Asked.AMOUNT, "Hvad koster den nye gangbro over åen?"),
        (Asked.AMOUNT, "Hvor meget er der sat af til nye legepladser?"),
        (Asked.AMOUNT, "Hvor mange penge fik biblioteket til e-bøger?"),
        (Asked.AMOUNT, "hvor mange millioner gaar der til havnen"),
        (Asked.AMOUNT, "Hvor stort et underskud kom musikskolen ud med?"),
        (Asked.AMOUNT, "How much will the new library cost?"),
        (Asked.AMOUNT, "Hvad er overslaget for den nye gangbro?"),
        (Asked.AMOUNT, "Hvad blev hegnet om banen sat til?"),
        (Asked.AMOUNT, "Hvad skal brugerne af lokalerne betale?"),
        (Asked.AMOUNT, "Hvor meget må foreningen selv skyde i?"),
        (Asked.NUMBER, "Hvad er loftet for sommerhuse på øen?"),
        (Asked.NUMBER, "Hvor høje må de nye huse være?"),
        (Asked.DECISION, "Gik flertallet med til at sælge brandstationen?"),
        (Asked.DECISION, "Sagde kommunalbestyrelsen i maj ja til broen?"),
        (Asked.DECISION, "Hvad blev partierne enige om?"),
        (Asked.RECOMMENDATION, "Hvad skulle byrådet tage stilling til?"),
        (Asked.DATE, "Hvornår åbner genbrugspladsen igen?"),
        (Asked.DATE, "hvornaar er der folkemoede paa torvet"),
        (Asked.DATE, "Hvilken dato begynder høringen om lokalplanen?"),
        (Asked.DATE, "Hvad er fristen for at søge puljen?"),
        (Asked.DATE, "When does the new bus route start?"),
        (Asked.PERSON, "Hvem står for at rydde sne på cykelstierne?"),
        (Asked.PERSON, "Hvilket firma skal bygge hallen?"),
        (Asked.PERSON, "Who is responsible for the nature school?"),
        (Asked.PLACE, "Hvor skal den nye daginstitution ligge?"),
        (Asked.PLACE, "Hvilken vej bliver spærret under arbejdet?"),
        (Asked.PLACE, "Where is the skate park going to be built?"),
        (Asked.LIST, "Hvilke skoler deltager i forsøget?"),
        (Asked.LIST, "Nævn de lokalplaner, der er på vej."),
        (Asked.LIST, "Hvad er de fem indsatsområder i politikken?"),
        (Asked.DATE, "I hvilket tidsrum kan foreningerne søge om tilskud?"),
        (Asked.AMOUNT, "Hvad løber regningen for det nye tag op i?"),
        (Asked.LIST, "Hvad indeholder den nye idrætspolitik?"),
        (Asked.REASON, "Hvorfor lukker børnehaven på Engvej?"),
        (Asked.REASON, "Hvad er årsagen til de lange ventetider?"),
        (Asked.REASON, "Why is the swimming pool closed in the summer?"),
        (Asked.DECISION, "Hvad besluttede byrådet om vindmøllerne?"),
        (Asked.DECISION, "Hvordan endte sagen om den gamle kro?"),
        (Asked.DECISION, "Blev lokalplanen for havnen vedtaget?"),
        (Asked.DECISION, "Hvem stemte imod at sælge rådhuset?"),
        (Asked.DECISION, "Hvem stemte imod lokalplan 131?"),
        (Asked.DECISION, "Hvem var imod at sælge skolen?"),
        (Asked.DECISION, "Who voted against the pool?"),
        (Asked.DECISION, "What did the committee in Fjordby decide about the school plan?"),
        (Asked.DECISION, "hvad blev afgoerelsen om skolebusserne"),
        (Asked.DECISION, "What did the council decide about parking fees?"),
        (Asked.RECOMMENDATION, "Hvad indstillede forvaltningen om takster i SFO?"),
        (Asked.RECOMMENDATION, "Hvad lød indstillingen om den nye hal?"),
        (Asked.RECOMMENDATION, "Hvad anbefalede direktionen om IT-sikkerhed?"),
        (Asked.ABSENCE, "Hvem havde meldt afbud til mødet i marts?"),
        (Asked.ABSENCE, "hvem var fravaerende i byraadet"),
        (Asked.ABSENCE, "Var der nogen afbud til mødet?"),
        (Asked.ABSENCE, "Who was absent from the meeting?"),
        (Asked.PARTICIPANTS, "Hvem deltog i mødet den 14. marts 2023?"),
        (Asked.PARTICIPANTS, "Hvem var til stede på rådhuset?"),
        (Asked.YES_NO, "Er der planer om en ny bro?"),
        (Asked.YES_NO, "Skal hunde føres i snor på stranden?"),
        (Asked.TOPIC, "Fortæl om kystsikring"),
        (Asked.TOPIC, "Svømmehal"),
        (Asked.TOPIC, "Hvad stod der under meddelelser i Fjordby?"),
        (Asked.TOPIC, "Hvilke meddelelser var der på mødet?"),
        (Asked.TOPIC, "hvad var det de havde på under eventuelt"),
        (Asked.DECISION, "Hvad blev besluttet på mødet i Fjordby den 14. marts 2023?"),
        (Asked.DECISION, "Hvilke beslutninger blev truffet på mødet?"),
        (Asked.AGENDA, "Hvad var på dagsordenen i Fjordby?"),
        (Asked.AGENDA, "Hvilke punkter blev behandlet på mødet?"),
        (Asked.AGENDA, "What was on the agenda?"),
        (Asked.LIST, "Hvilke sager blev der klaget over?"),
        (Asked.ATTACHMENTS, "Hvilke bilag er der til punkt 3?"),
        (Asked.ATTACHMENTS, "Er der bilag til sagen om broen?"),
        (Asked.ANYTHING, "Hvad står der i bilag 2 om broen?"),
        (Asked.MEETING, "Hvor blev mødet holdt?"),
        (Asked.MEETING, "Hvor sad de henne, da udvalget holdt møde den 14. marts 2023?"),
        (Asked.MEETING, "Hvornår begyndte mødet i Fjordby?"),
        (Asked.MEETING, "Where was the meeting held?"),
        (Asked.DATE, "Hvornår var der møde med borgerne om lokalplanen?"),
        (Asked.MEANING, "Hvad er PPR?"),
        (Asked.MEANING, "Hvad betyder ordet klimatilpasning?"),
        (Asked.MEANING, "Hvad står ESDH for?"),
        (Asked.MEANING, "What does PPR mean?"),
        (Asked.TOPIC, "cykelsti havnen"),
        (Asked.ANYTHING, "Hvad sker der på havnen?"),
        (Asked.ANYTHING, "Svømmehal på Engvej ved den gamle skole"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(asked: Asked, question: str) -> None:
    assert read(question).asked is asked


@pytest.mark.parametrize(
    ("danish", "typed"),
    [
        ("Hvornår får børnehaven på Ågade åbent?", "Hvornaar faar boernehaven paa Aagade aabent?"),
        ("Hvem var fraværende i Nørrevang?", "Hvem var fravaerende i Noerrevang?"),
        ("Hvad foreslår forvaltningen i Økonomiudvalget?",
         "Hvad foreslaar forvaltningen i Oekonomiudvalget?"),
        ("Hvilken afgørelse fik ansøgningen i maj 2022?",
         "Hvilken afgoerelse fik ansoegningen i maj 2022?"),
    ],
)  # fmt: skip
def test_danish_letters_may_be_written_as_two(danish: str, typed: str) -> None:
    one, other = read(danish), read(typed)
    assert one.asked is other.asked
    assert (one.terms, one.filters) == (other.terms, other.filters)
    assert (one.municipalities, one.period) == (other.municipalities, other.period)
    assert one.committees == other.committees


@given(st.sampled_from(["Hvad koster broen?", "Hvem havde afbud?", "Blev planen vedtaget?"]))
def test_case_of_letters_makes_no_difference(question: str) -> None:
    assert read(question.upper()).asked is read(question).asked
    assert read(question.upper()).terms == read(question).terms


@pytest.mark.parametrize(
    ("question", "municipalities"),
    [
        ("Hvad koster broen i Fjordby?", ("Fjordby Kommune",)),
        ("hvad koster broen i fjordby kommune", ("Fjordby Kommune",)),
        ("Hvad er Fjordbys plan for havnen?", ("Fjordby Kommune",)),
        ("Hvad vil noerrevang med moellerne?", ("Nørrevang Kommune",)),
        ("Hvad bygger Ringkøbing-Skjern?", ("Ringkøbing-Skjern Kommune",)),
        ("Hvad giver Nørrevang og Fjordby i tilskud?", ("Nørrevang Kommune", "Fjordby Kommune")),
        ("Hvad sker der på Fjordbyvej?", ()),
        ("Hvad koster broen i Varde?", ()),
    ],
)
def test_municipalities_that_are_indexed_are_recognised_in_the_order_of_the_question(
    question: str, municipalities: tuple[str, ...]
) -> None:
    query = read(question)
    assert query.municipalities == municipalities
    assert query.filters.municipalities == municipalities


def test_a_municipality_confines_only_where_all_meetings_tell_theirs() -> None:
    query = understand("Hvad koster broen i Fjordby?", Filters(), [*MEETINGS, UNTOLD])
    assert query.municipalities == ("Fjordby Kommune",)
    assert query.filters.municipalities == ()


def test_what_the_user_gave_as_a_filter_stands() -> None:
    given_filters = Filters(
        municipalities=("Nørrevang Kommune",), since=dt.date(2022, 1, 1), case_number="20/1"
    )
    query = read("Hvad skete der i Fjordby den 14. marts 2023 i sag 22/10433?", given_filters)
    assert query.filters == given_filters


@pytest.mark.parametrize(
    ("question", "case_number"),
    [
        ("Hvad handler sag 22/10433 om?", "22/10433"),
        ("17.01.00-A00-3-23?", "17.01.00-A00-3-23"),
        ("Hvad koster EMN-2022-004817?", "EMN-2022-004817"),
        ("hvad blev der af sag 2013-006244", "2013-006244"),
        ("Hvad er budgettet for 2024-2027?", None),
        ("Hvad blev resultatet i skoleåret 2021/2022?", None),
        ("Hvor mange gange blev der saltet i vinteren 2022/23?", None),
        ("Hvad skete der den 14/3-2023?", None),
        ("Hvor mange bruger mere end 1/2 time?", None),
    ],
)
def test_a_case_number_confines_and_a_span_of_years_is_none(
    question: str, case_number: str | None
) -> None:
    assert read(question).filters.case_number == case_number


def test_the_number_of_an_item_confines_and_is_no_word() -> None:
    query = read("Hvad blev besluttet om broen på punkt 7?")
    assert query.filters.item_numbers == ("7",)
    assert query.terms == ("bro",)


def test_the_date_of_a_meeting_confines_to_that_day() -> None:
    query = read("Hvad blev sagt den 14. marts 2023 om broen?")
    assert (query.filters.since, query.filters.until) == (dt.date(2023, 3, 14),) * 2
    assert query.period is None


def test_a_date_without_a_meeting_is_just_part_of_the_question() -> None:
    query = read("Åbner hallen den 1. maj 2025?")
    assert (query.filters.since, query.filters.until) == (None, None)


def test_the_date_of_another_municipalitys_meeting_does_not_confine() -> None:
    query = read("Hvad skete i Nørrevang den 14. marts 2023?")
    assert query.filters.since is None


def test_danish_letters_are_written_as_such_for_the_models() -> None:
    assert read("maa man ride paa stien ved aaen").text == "må man ride på stien ved åen"
    assert read("Hvem styrer ØKONOMI og Aaen?").text == "Hvem styrer ØKONOMI og Aaen?"
    assert read("Hvad skete i noerrevang i sag om aaen?").text.endswith("i nørrevang i sag om åen?")
    assert read("Hvilke datoer er vigtige?").text == "Hvilke datoer er vigtige?"
    assert read("Blev broen dyrere?").text == "Blev broen dyrere?"
    assert read("hvad koster broen paa havnen").text == "hvad koster broen på havnen"
    assert read("hvad er loen og groen omstilling").text == "hvad er løn og grøn omstilling"


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Hvad skete der i marts 2023?", dt.date(2023, 3, 1), dt.date(2023, 3, 31)),
        ("hvem manglede i december 2020", dt.date(2020, 12, 1), dt.date(2020, 12, 31)),
        ("Hvor mange flyttede til i februar 2024?", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("Hvad blev besluttet i 2021?", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        ("Hvad er budgettet for 2024?", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ],
)
def test_a_month_or_year_is_preferred_and_confines_nothing(
    question: str, first: dt.date, last: dt.date
) -> None:
    query = read(question)
    assert query.period == (first, last)
    assert (query.filters.since, query.filters.until) == (None, None)


@pytest.mark.parametrize(
    "question", ["Hvad er budgettet for 2024-2027?", "Hvor lang er stien?", "Byg 2000 boliger?"]
)
def test_spans_and_counts_are_no_period(question: str) -> None:
    assert read(question).period is None


@pytest.mark.parametrize(
    ("question", "committees"),
    [
        ("Hvad sagde Teknik- og Miljøudvalget om broen?", ("Teknik- og Miljøudvalget",)),
        ("Hvad kom teknik- og miljøudvalgets medlemmer frem til?", ("Teknik- og Miljøudvalget",)),
        ("hvad mente oekonomiudvalget", ("Økonomiudvalget",)),
        ("Hvad vedtog byrådet?", ("Byrådet",)),
        ("Hvad vil Udvalget for Kultur og Fritid?", ("Udvalget for Kultur og Fritid",)),
        ("Hvad mente miljøudvalget om broen?", ("Teknik- og Miljøudvalget",)),
        ("Hvad sagde teknisk udvalg?", ("Teknik- og Miljøudvalget",)),
        ("Hvad sagde kommunalbestyrelsen?", ("Byrådet",)),
        ("Hvad sagde fagudvalget?", ("Udvalget for Kultur og Fritid", "Teknik- og Miljøudvalget")),
        ("Hvad blev udvalget enige om?", ()),
        ("Hvad vil Socialudvalget?", ()),
        ("Hvad koster broen?", ()),
    ],
)
def test_a_committee_is_preferred_and_confines_nothing(
    question: str, committees: tuple[str, ...]
) -> None:
    query = read(question)
    assert query.committees == committees
    assert query.filters.committees == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hvad er det, der skal ske med broen?", ["broen"]),
        ("Hvor mange solceller har kommunen?", ["solceller"]),
        ("Hvad besluttede udvalget på mødet om kystsikring?", ["kystsikring"]),
        ("What did the council decide about solceller?", ["solceller"]),
        ("Svømmehal", ["svømmehal"]),
        ("Hvad koster Fjordbys havn i Fjordby Kommune?", ["koster", "havn"]),
        ("Hvad vil Ringkøbing-Skjern med fyret?", ["fyret"]),
        ("havnen, havnens og havnenes rækværk", ["havnen", "rækværk"]),
    ],
)
def test_content_terms_carry_the_meaning_once_each_in_order(
    question: str, words: list[str]
) -> None:
    assert list(read(question).terms) == list(dict.fromkeys(stem(word) for word in words))


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("How much does the bridge cost?", True),
        ("Where is the school?", True),
        ("Hvor ligger skolen?", False),
        ("Hvad er planen for The Bridge?", False),
        ("svømmehal", False),
    ],
)
def test_an_english_question_is_known_by_its_function_words(question: str, english: bool) -> None:
    assert read(question).english is english


def test_function_words_alone_leave_no_terms() -> None:
    assert content_terms("Hvad er det, og hvem har det?") == ()


@given(st.text(max_size=80))
def test_any_text_is_understood_without_repeated_terms(text: str) -> None:
    query = read(text)
    assert len(set(query.terms)) == len(query.terms)
    assert all(term == fold(term) for term in query.terms)
    assert fold(query.text) == fold(text)


def test_another_municipality_counts_only_where_it_alone_is_named_and_all_minutes_tell_theirs() -> (
    None
):
    assert read("Hvad besluttede Aarhus om bussen?").elsewhere == ("Aarhus",)
    assert read("Har Fjordby en aftale med Aarhus om bussen?").elsewhere == ()
    untold = understand("Hvad besluttede Aarhus om bussen?", Filters(), [*MEETINGS, UNTOLD])
    assert untold.elsewhere == ()


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("Hvad gjorde udvalget ved ministerens mål for 2024?", Asked.DECISION),
        ("Hvad besluttede udvalget om cykelstien?", Asked.DECISION),
        ("Hvilket center kom med indstillingen om dialogmødet?", Asked.RECOMMENDATION),
        ("Hvor lang er cykelstien?", None),
    ],
)
def test_a_decision_or_proposal_may_be_meant_besides(question: str, leaning: Asked | None) -> None:
    assert understand(question, Filters(), ()).leaning is leaning


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hvad koster broen ved Sejlmagerkajen?", ("sejlmagerkaj",)),
        ("Sejlmagerkajen: hvad koster broen?", ()),
        ("Hvad mener KL om sagen i Varde?", ("kl",)),
        ("hvad koster broen ved sejlmagerkajen", ()),
        ("What does the Youth Policy say about Sejlmagerkajen?", ()),
    ],
)
def test_names_are_written_with_a_capital_inside_the_question(
    question: str, names: tuple[str, ...]
) -> None:
    held = (meeting("Varde Kommune", None, None),)
    assert understand(question, Filters(), held).names == names
