"""The outcome of a decision, over texts as minutes write them."""

from __future__ import annotations

import pytest

from indexer.model import Outcome
from indexer.outcomes import read_outcome
from indexer.sentences import split_sentences

COMMITTEE = {
    Outcome.APPROVED: [
        "Godkendt.",
        "GODKENDT",
        "Godkendt uden afstemning.",
        "Dagsorden godkendt.",
        "Indstillingen godkendt.",
        "Indstillingen blev godkendt enstemmigt.",
        "Anbefalingen blev godkendt.",
        "Udvalget godkendte indstillingen.",
        "Udvalget godkender forslaget, dog således at punkt 3 udgår.",
        "Godkendt, idet høringen forlænges til den 14. november.",
        "Godkendt med den ændring, at bumpene på Møllebakken udgår.",
        "Godkendt med bemærkning om, at sagen sendes tilbage, hvis prisen stiger.",
        "Godkendt som indstillet.",
        "Sagen blev drøftet. Indstillingen blev godkendt.",
        "Som indstillet.",
        "Pkt. 1-2 godkendt, pkt. 3 forkastet.",
        "Samtlige medlemmer undtagen Kim Holm (V) stemte for.",
        "Udvalget vælger model B.",
        "Vedtaget.",
        "Vedtaget enstemmigt, idet der vælges en anden lift.",
        "Tiltrådt.",
        "Indstillingen tiltrådt.",
        "Udvalget kunne tiltræde indstillingen.",
        "Udvalget tiltræder administrationens indstilling.",
        "Indstillingen følges.",
        "Ansøgningen imødekommes.",
        "250.000 kr. bevilget til skitseprojekt.",
        "Linda Mørk (V) blev valgt.",
        "Anne Holm (A) og Bo Lind (V) udpeges til styregruppen.",
        "Udvalget drøftede sagen og godkendte planen.",
        "Udvalget drøftede Erhvervsguiden, og tilsluttede sig beslutningen fra Børn og Læring.",
        "Udvalget besluttede at bede forvaltningen om et nyt oplæg.",
        "Forslaget sendes i høring i otte uger.",
        "Indstillingens punkt 1 og 2 blev godkendt. Punkt 3 blev udsat til 2023.",
        "1. Godkendt.\n2. Afvist.\n3. Taget til efterretning.",
        "Ad 1: Taget til efterretning. Ad 2: Godkendt.",
        "Kim Holm (C) foreslog, at sagen udsættes.\n\nForslaget faldt.\n\n"
        "Indstillingen blev herefter godkendt.",
        "Ændringsforslaget blev forkastet.\n\nGodkendt.",
    ],
    Outcome.RECOMMENDED: [
        "Anbefales.",
        "Anbefales enstemmigt.",
        "Anbefales godkendt.",
        "Indstilles godkendt.",
        "Indstillet godkendt.",
        "Indstilles til Byrådets godkendelse.",
        "Udvalget anbefaler indstillingen.",
        "Udvalget anbefaler over for Byrådet, at regulativet godkendes.",
        "Udvalget anbefaler Økonomiudvalget og Byrådet at godkende planen.",
        "Økonomiudvalget indstiller til Byrådet, at sagen udsættes.",
        "Udvalget drøftede sagen og anbefaler, at forslaget godkendes.",
        "Godkendt og anbefales over for Byrådet.",
        "Anbefales sendt i høring.",
        "Fremsendes med anbefaling.",
        "Oversendes til Økonomiudvalget.",
        "Et flertal (V, A) anbefaler indstillingen.\n\nEt mindretal (F) kan ikke anbefale den.",
        "Punkt 1 taget til efterretning. Punkt 2 og 3 indstilles godkendt.",
        "Anbefales. Flemming Aagreen (C) kan ikke anbefale.",
        "Udvalget anbefaler, at forslaget afvises.",
    ],
    Outcome.NOTED: [
        "Orienteringen er givet.",
        "Udvalget noterede sig status.",
        "Taget til efterretning.",
        "Orienteringen taget til efterretning.",
        "Udvalget tog orienteringen til efterretning og bad om nye tal.",
        "Til orientering.",
        "Orientering givet.",
        "Orientering.",
        "Taget til efterretning. Udvalget ønsker, at sagen drøftes igen i maj.",
    ],
    Outcome.DISCUSSED: [
        "Drøftet.",
        "Udvalget drøftede sagen.",
        "Temadrøftelse gennemført.",
        "Drøftet. Der blev orienteret om tidsplanen.",
        "Drøftet. Revideret oplæg forelægges udvalget på møde i oktober.",
        "Drøftet og oversendes til budgetforhandlingerne.",
    ],
    Outcome.POSTPONED: [
        "Sagen drøftedes. Udsat.",
        "Drøftet. Sagen genoptages i august.",
        "Bestyrelsen udskød beslutningen til mødet i maj.",
        "Udvalget ønsker sagen genfremsat.",
        "Udsat.",
        "Sagen udsættes.",
        "Udvalget besluttede at udsætte sagen.",
        "Udvalget besluttede, at sagen udsættes til februar.",
        "Udsat, idet udvalget ønsker at godkende en samlet plan.",
        "Punktet blev udskudt til næste møde.",
        "Sat i bero, til politikken er vedtaget.",
        "Sagen genoptages på mødet i marts.",
        "Oversendes til budgetforhandlingerne.",
    ],
    Outcome.RETURNED: [
        "Udvalget sender sagen retur til forvaltningen.",
        "Sendes tilbage.",
        "Sagen sendes tilbage til forvaltningen.",
        "Udvalget besluttede at sende sagen tilbage til fornyet behandling.",
        "Hjemvist til fornyet behandling.",
    ],
    Outcome.REJECTED: [
        "Ej godkendt.",
        "Afslag.",
        "Udvalget besluttede ikke at give tilskud.",
        "Udvalget giver ikke dispensation.",
        "Der var ikke flertal for forslaget.",
        "Samtlige medlemmer undtagen Kim Holm (V) stemte imod.",
        "Udvalget besluttede, at sagen ikke fremmes.",
        "Ikke godkendt.",
        "Forkastet.",
        "Forslaget er forkastet.",
        "Ansøgningen er afslået. Ansøger er velkommen til at søge igen.",
        "Afvist.",
        "Udvalget kunne ikke tiltræde indstillingen.",
        "Indstillingen kunne ikke anbefales.",
        "Imødekommes ikke.",
        "Indstillingen blev sat til afstemning.\n\nForslaget er dermed bortfaldet.",
        "Første del af forslaget blev forkastet med 15 stemmer mod 6.",
    ],
    Outcome.WITHDRAWN: [
        "Udvalget tog sagen af dagsordenen.",
        "Udgår.",
        "Sagen udgik.",
        "Bortfaldet.",
        "Punktet blev taget af dagsordenen.",
        "Udgår, fordi ansøger har trukket sin ansøgning tilbage.",
    ],
    Outcome.NONE: [
        "Model 2 prioriteres, og der gives ikke tilskud til model 1.",
        "",
        "-",
        "Intet.",
        "Ingen bemærkninger.",
        "Underskrevet.",
        "Forespørgslen er besvaret. Kommunalbestyrelsen traf ingen beslutning.",
        "Stemmerne stod lige (3-3). Udvalget afgiver ikke en anbefaling.",
        "Sagen oversendes til Byrådet uden anbefaling.",
        "Borgmesteren svarede, at en overdragelse kan drøftes, når Byrådet har besluttet sig.",
    ],
}
COUNCIL = {
    Outcome.APPROVED: [
        "Godkendt som indstillet.",
        "Godkendt som anbefalet af Økonomiudvalget.",
        "Vedtaget. Imod stemte A.",
        "Økonomiudvalgets indstilling er vedtaget.",
        "Et flertal bestående af A, B og K godkendte indstillingen.",
        "Byrådet godkendte Økonomiudvalgets anbefaling.",
        "Mikkel Ro (F) stillede følgende ændringsforslag: Stien udgår.\n\n"
        "Ændringsforslaget blev forkastet.\n\nIndstillingen er dermed vedtaget.",
    ],
    Outcome.RETURNED: [
        "Sagen blev sendt tilbage til Teknikudvalget med 12 stemmer mod 9.",
        "Oversendes til Børneudvalget.",
        "Forslaget blev sendt til udvalget for nærdemokrati.",
    ],
    Outcome.REJECTED: ["Ikke vedtaget. For stemte 8: V og C. Imod stemte 9: A, F og B."],
}


def _cases(table: dict[Outcome, list[str]]) -> list[tuple[str, Outcome]]:
    return [(text, outcome) for outcome, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "outcome"), _cases(COMMITTEE))
def test_a_committee_leaves_a_case(text: str, outcome: Outcome) -> None:
    assert read_outcome(split_sentences(text, 0, len(text)), council=False) is outcome


@pytest.mark.parametrize(("text", "outcome"), _cases(COUNCIL))
def test_the_council_leaves_a_case(text: str, outcome: Outcome) -> None:
    assert read_outcome(split_sentences(text, 0, len(text)), council=True) is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Drøftedes.", Outcome.DISCUSSED),
        ("Orientering foretaget.", Outcome.NOTED),
        ("Forslaget nød ikke fremme.", Outcome.REJECTED),
    ],
)
def test_older_words_tell_the_same(text: str, outcome: Outcome) -> None:
    assert read_outcome(split_sentences(text, 0, len(text)), council=False) is outcome
