"""From a question to what it asks for, and what it confines itself to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.danish import MONTHS, analyse, find_case_numbers, find_dates, fold, stem
from indexer.model import Filters
from indexer.store import Meeting
from qa_engine.filtering import municipality_name
from qa_engine.model import Asked, Query

# Words that carry no meaning of their own in a question: they never find an item, and their
# absence from an item proves nothing. Danish function words, question words, and the words of the
# trade that stand in every item.
_STOPWORDS = frozenset(
    stem(word)
    for word in (
        "ad af alle alt altid anden andet andre at bare begge blandt blev blevet blive bliver da de dem den denne der deres "
        "derfor det dets dette dig din dine disse dit dog du efter eller en end endnu ene eneste enhver er et faa faar fik flere "
        "for fordi fra frem før få får gennem gik gjorde gør går gået ham han hans har havde have hele hen hende hendes her "
        "hertil herunder hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår hvorvidt i igen ikke "
        "imellem imod ind inden ingen intet ja jeg jer jeres jo kan kom komme kommer kommet kun kunne lige man mange med mellem men "
        "mens mere mest mig min mine mit mod må måske måtte naar ned nej nok noget nogen nogle nu når og også om omkring op os over "
        "på samme samt sig sin sine sit skal skulle slags som snart sted stor store større så sådan tage taget tager til "
        "tilbage ud uden under var ved vi vil ville vor vores være været år længe ofte tit egentlig mon sagde sige siger stod stå "
        "meget stort stor ventes venter forventes forventer forventet står lå ligge ligger fortalte fortælle nævnes nævnt fremgår foregår sker skete ske bruge bruger brugt "
        "punkt punktet punkter sag sagen sager møde mødet møder udvalg udvalget kommune kommunen kommunens kommuner "
        "referat referater referatet beslutte besluttede besluttet besluttes beslutning beslutningen afgørelse afgørelsen "
        "is are was were the of to in on and a an did does do what when which who how many much why where for by with that "
        "it there has have had be been from at as about than this these those municipality committee council decide decided"
    ).split()
)  # fmt: skip

_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = tuple(
    (asked, re.compile(pattern))
    for asked, pattern in (
        (Asked.ABSENCE, r"\bhvem\b.*\b(?:fravaerende|afbud|manglede|mangler|ikke til stede|var ikke (?:med|der|til)|udeblev|blev vaek|ikke moedt?e?|fravaer)\b"
                        r"|\b(?:var|er) der (?:nogen )?(?:afbud|fravaer)|\bwho (?:was|were) (?:absent|missing|not present)"),
        (Asked.PARTICIPANTS, r"\bhvem\b.*\b(?:deltog|deltager|var til stede|sad med|moedte op|medlemmer (?:var|er))\b|\bmoededeltagere?\b"),
        (Asked.RECOMMENDATION, r"\b(?:indstilling(?:en|ens|er|erne)?|indstillede|indstiller|indstillet|anbefaling(?:en|er|erne)?)\b(?! blev| godkendt)"
                               r"|\b(?:forvaltning(?:en|ens)?|administration(?:en|ens)?|direktion(?:en|ens)?|embedsmaendene|center\w*|fagcenter\w*)\b.{0,30}"
                               r"\b(?:foreslog|foreslaar|anbefalede|anbefaler|lagde op til|laegger op til|indstill\w+)\b"
                               r"|\bhvad (?:foreslog|foreslaar|anbefalede|anbefaler|indstillede)\b|\b(?:recommend\w*|propos\w+)\b"),
        (Asked.DECISION, r"\bbeslutte(?:de|t|r|s)\b|\bbeslutning(?:en|er|erne)?\b|\bafgoerelse[nr]?\b|\bhvordan endte\b|\bhvad endte\b|\bendte (?:det|sagen|punktet)\b"
                         r"|\bhvad kom der ud af\b|\bkom (?:\w+ ){0,4}frem til\b|\bforholdt (?:\w+ ){0,6}sig\b|\budfald(?:et)?\b|\bhvad blev resultatet\b"
                         r"|\bhvad sagde (?:udvalget|byraadet|kommunalbestyrelsen|politikerne|de)\b|\bhvad vedtog\b|\b(?:blev|er) (?:\w+ ){1,8}(?:godkendt|vedtaget|forkastet|afvist|udsat|stemt)\b"
                         r"|\bhvordan (?:stemte|gik det)\b|\bhvad skete der med\b|\bsagt? (?:ja|nej)\b|\bgodkendte\b|\bvedtog\b|\btog (?:udvalget|byraadet|de) (?:imod|til efterretning)"
                         r"|\bhvad blev (?:der )?(?:gjort|sagt|konklusionen)\b|\bnoejedes\b|\bdecid\w+|\bdecision|\boutcome\b|\bapproved?\b"),
        (Asked.REASON, r"\bhvorfor\b|\baarsag(?:en|er)?\b|\bgrund(?:en)? til\b|\bbegrundelse\w*\b|\bhvad skyldes\b|\bskyldtes\b|\bwhy\b|\breason\b"),
        (Asked.AMOUNT, r"\bhvor (?:meget|mange penge|stor(?:t|e)?)\b.*\b(?:kost\w*|kron\w+|kr|mio|million\w*|beloeb\w*|budget\w*|bevilling\w*|tillaegsbevilling\w*|bevilg\w*|pris\w*|forbrug\w*|\w*forbrug|"
                       r"udgift\w*|merudgift\w*|betal\w*|sat af|afsat|afsaet\w*|bruge[rs]?|brugt|penge\w*|oekonomi\w*|pulje\w*|tilskud\w*|underskud\w*|overskud\w*|besparelse\w*|spare[rst]?|laan\w*|anlaeg\w*|drift\w*|koebe?\w*|solgt|finansier\w*|ramme\w*|kassen?|tilfoer\w*|overfoer\w*)\b"
                       r"|\bhvad (?:koster|kostede|kommer .* til at koste|er prisen|lyder? .*budget\w*|loed .*budget\w*|skal .* betale|har .* kostet|vil .* koste)\b|\bprisen?\b|\bhow much\b|\bcost\b|\bhvor dyrt?\b|\bhvilket beloeb\b|\bhvor mange (?:\w+ )?(?:kroner|millioner|mio|penge)\b"),
        (Asked.DATE, r"\bhvornaar\b|\bhvilken (?:dato|maaned|uge|dag)\b|\bhvilket (?:aar|kvartal)\b|\bhvilke datoer\b|\bdato(?:en)?\b|\bfrist(?:en)?\b|\bdeadline\b|\bwhen\b|\bsenest hvornaar\b|\bhvor laenge siden\b"),
        (Asked.NUMBER, r"\bhvor (?:mange|meget|stor(?:t|e)?|hoejt?|lang(?:t|e)?|laenge|bredt?|gammel|gamle|tit|ofte|faa|hurtigt)\b|\bhvor laa\b.*\b(?:rang|placer|liste)|\bprocent(?:del)?\b|\bandel(?:en)?\b|\bantal(?:let)?\b"
                       r"|\bhow (?:many|long|often|large|high|big)\b|\b(?:share|percentage|number) of\b|\bhvilken (?:alder|placering|procent\w*|andel)\b|\bop til hvilken\b|\bhvilket (?:antal|nummer)\b"),
        (Asked.LIST, r"\bhvilke\b|\bhvad stod der paa\b|\bnaevn\b|\bhvad (?:indeholder|bestaar|omfatter|bestod|omfattede|gaar)\b|\blist(?:e|en)?\b|\bwhich (?:\w+s)\b|\bhvem er (?:inviteret|med)\b"),
        (Asked.PERSON, r"\bhvem\b|\bhvilke[nt]? (?:person|medlem|leder|chef|direktoer|virksomhed|konsulent\w*|firma\w*|parti)\w*\b|\bwho\b|\bformand(?:en)?\b.*\bhvad hedder\b"),
        (Asked.PLACE, r"\bhvor\b(?! (?:mange|meget|stor|hoej|lang|laeng|ofte|tit|dyr|vidt|nogle|der|de))|\bwhere\b|\bhvilket sted\b|\bhvilken (?:by|vej|adresse|skole)\b"),
        (Asked.YES_NO, r"^(?:er|har|skal|kan|vil|blev|faar|fik|var|lovede|maa|bliver|kommer|findes|blev|havde|kunne|skulle|har) "),
    )
)  # fmt: skip

_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+(?:maaned\s+)?(\d{{4}})\b")
_YEAR = re.compile(r"(?<![\d/.-])(?:i|fra|for|aar|aaret|in)\s+((?:19|20)\d{2})(?![\d/-])")


def understand(text: str, given: Filters, meetings: Sequence[Meeting]) -> Query:
    """Read a question.

    What a question confines itself to with certainty becomes a filter: a municipality or a case
    number that is indexed, the exact date of a meeting. A month, a year or a committee is only
    preferred, since "i 2021" may be said of what was decided in 2020, and a body may be named that
    another body's minutes tell about. What the user gave as a filter always stands.

    Args:
        text: The question.
        given: What the user confined it to.
        meetings: What is indexed, within those filters.
    """
    folded = fold(text)
    municipalities = _municipalities(text, meetings)
    # Where some minutes do not tell their municipality, its name cannot confine the search.
    certain = municipalities if all(m.municipality for m in meetings) else ()
    confined = replace(
        given,
        municipalities=given.municipalities or certain,
        case_number=given.case_number or next(iter(find_case_numbers(text)), None),
    )
    date = _meeting_date(text, meetings, municipalities) if not (given.since or given.until) else None
    if date:
        confined = replace(confined, since=date, until=date)
    return Query(
        text=text,
        terms=content_terms(text, municipalities),
        asked=_asked(folded),
        filters=confined,
        municipalities=municipalities,
        period=None if date else _period(folded),
        committee=_committee(folded, meetings),
    )


def content_terms(text: str, municipalities: Sequence[str] = ()) -> tuple[str, ...]:
    """List the analysed terms that carry a question's meaning; municipalities' names do not."""
    names = {stem(word) for name in municipalities for word in municipality_name(name).split()}
    names |= {stem(f"{name}s") for name in names}
    terms = (term for term in analyse(text) if term not in _STOPWORDS and (len(term) > 1 or term.isdigit()))
    return tuple(dict.fromkeys(term for term in terms if term not in names))


def _asked(folded: str) -> Asked:
    if re.match(r"(?:hvornaar|when)\b", folded):
        return Asked.DATE
    if re.match(r"(?:hvorfor|why)\b", folded):
        return Asked.REASON
    return next((asked for asked, pattern in _ASKED if pattern.search(folded)), Asked.ANYTHING)


def _municipalities(text: str, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """Find the indexed municipalities that a question names, also in the genitive."""
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for name in sorted({m.municipality for m in meetings if m.municipality}):
        match = re.search(rf"\b{re.escape(municipality_name(name))}(?:'?s)?\b", folded)
        if match:
            found.append((match.start(), name))
    return tuple(name for _, name in sorted(found))


def _meeting_date(
    text: str, meetings: Sequence[Meeting], municipalities: Sequence[str]
) -> dt.date | None:
    """Find the date of a meeting in a question; any other date is just part of what is asked."""
    held = {
        m.date for m in meetings if not municipalities or m.municipality in municipalities
    }
    return next((date for _, _, date in find_dates(text) if date in held), None)


def _period(folded: str) -> tuple[dt.date, dt.date] | None:
    """Read the month or year that a question names, as first and last day."""
    if match := _MONTH_YEAR.search(folded):
        year, month = int(match[2]), MONTHS.index(match[1]) + 1
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        return dt.date(year, month, 1), after - dt.timedelta(days=1)
    if match := _YEAR.search(folded):
        return dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31)
    return None


def _committee(folded: str, meetings: Sequence[Meeting]) -> str | None:
    """Find the indexed committee that a question names in full, with or without article."""
    names = sorted({m.committee for m in meetings if m.committee}, key=len, reverse=True)
    return next((n for n in names if fold(n).removesuffix("et").removesuffix("en") in folded), None)
