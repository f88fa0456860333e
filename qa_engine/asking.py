"""What kind of thing a question asks for, told by its words.

Whether it is something that the structure of the minutes tells was learned (``formal_asking``);
all else is told by the question words, from the narrowest to the widest. Their patterns are read on
folded text (lower case, ae, oe, aa), in this order, and the first that matches wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.danish import fold
from qa_engine.formal_asking import formal_asking
from qa_engine.model import Asked

# What is plain enough to be told by a few words, in the order in which it is tried. Of the
# questions of corpus/asked, a quarter of them traps, nearly all are right for three in four.
_FORMAL: dict[Asked, tuple[str, ...]] = {
    Asked.ABSENCE: (
        r"\bhvem\b.*\b(?:fravaerende|afbud|manglede|mangler|ikke til stede|var ikke (?:med|"
        r"der|til)|udeblev|blev vaek|ikke moedt?e?|fravaer|kom ikke til|meldte fra)\b",
        r"\b(?:var|er) der (?:nogen )?(?:afbud|fravaer)",
        r"\bwho (?:was|were) (?:absent|missing|not present)",
    ),
    Asked.PARTICIPANTS: (
        r"\bhvem (?:sidder|sad) i (?:\w+ )?(?:\w*udvalg|\w*raad|kommunalbestyrelse)",
        r"\bhvem\b.*\b(?:deltog|deltager|var til stede|sad med|moedte op|medlemmer (?:var|er))\b",
    ),
    Asked.RECOMMENDATION: (
        r"\b(?:foreslog|foreslaar|anbefalede|anbefaler|indstillede|lagde|ville) (?:\w+ )?"
        r"(?:forvaltning|administration|direktion|embedsmaend|center|centret|fagcenter)\w*\b",
        r"\bifoelge (?:forvaltning|administration|indstilling|forslag)\w*",
        r"\btage stilling til\b",
    ),
    Asked.DECISION: (
        r"^hvad (?:besluttede|bestemte|vedtog)\b",
        r"^hvad (?:blev|bliver) (?:der )?(?:besluttet|vedtaget|bestemt|afgjort)\b(?!.*\bluk)",
        r"^hvilke beslutninger\b.*\b(?:truffet|taget|traf|tog)\b",
        r"^what (?:did (?:\w+ ){1,6}decide|was decided)\b",
        r"^sagde (?:\w+ ){1,6}(?:ja|nej)\b",
        r"\b(?:hvem|who) (?:stemte|voted|var (?:for|imod))\b",
        r"\bhvordan (?:endte|stemte|gik det)\b",
        r"\bhvad endte\b",
        r"\bendte (?:det|sagen|punktet)\b",
        r"\bhvad kom der ud af\b",
        r"\bforholdt (?:\w+ ){0,6}sig\b",
        r"\budfald(?:et)?\b",
        r"\bhvad (?:blev resultatet|skete der med|blev der af)\b",
        r"\bhvad (?:sagde|mente|svarede) (?:\w+ ){0,3}(?:udvalg|raad|byraad|kommunalbestyrelse|"
        r"politikerne|de\b)\w*",
        r"\bgik (?:\w+ ){0,6}(?:med til|ind for|med paa|imod)\b",
        r"\b(?:blev|er|var) (?:\w+ ){1,5}enige? om\b",
        r"\bnoejedes\b",
        r"\boutcome\b",
        r"\bkom (?:\w+ ){1,8}igennem\b",
        r"\b(?:fik|faar) (?:\w+ ){1,8}lov\b",
        r"\bstemmetal\w*",
        r"\bundlod\b",
        r"\bforbehold\w*",
        r"^blev (?:\w+ ){1,12}(?:indfoert|oprettet|lukket|nedlagt|aendret|givet|bevilget|afslaaet|"
        r"solgt|flyttet|stoppet)\b",
    ),
}
# What is asked of the minutes themselves; of a meeting that was held elsewhere, the items tell.
_OF_MINUTES: dict[Asked, tuple[str, ...]] = {
    Asked.MEETING: (
        r"^(?:hvor|hvornaar|hvad tid) (?:blev|sad|holdt|moedtes|foregik|fandt|var|begyndte|"
        r"startede|bliver|holder|moedes) (?!der )(?:\w+[ -]){0,6}(?:moede(?:t|de)?|henne)\b"
        r"(?!.* (?:om|med)\b)",
        r"^hvor (?:moedtes|moedes|sad (?:udvalg|raad|byraad|kommunalbestyrelse|de\b))",
        r"^(?:where|when) (?:was|did) the (?:\w+ ){0,4}(?:meeting|meet)\b",
    ),
    Asked.AGENDA: (
        r"^(?:hvad|hvilke (?:punkter|sager|emner)) .*\bpaa dagsorden(?:en)?\b",
        r"^hvilke (?:punkter|sager|emner) (?!.*(?:\bom\b|\bluk)).*"
        r"\b(?:behandl\w+|droeft\w+|paa moede\w*|oppe|taget op)\b",
        r"^what (?:was|is) on the (?:\w+ )?agenda\b",
    ),
    Asked.ATTACHMENTS: (
        r"^(?:hvilke|hvad for|hvor mange|er der|var der|findes der|naevn) .*\bbilag(?:ene)?\b",
        r"^(?:which|what) (?:attachments|appendices)\b",
    ),
}
_PATTERNS: dict[Asked, tuple[str, ...]] = {
    Asked.REASON: (
        r"\bhvorfor\b",
        r"\baarsag(?:en|er)?\b",
        r"\bgrund(?:en)? til\b",
        r"\bbegrundelse\w*\b",
        r"\bhvad skyldes\b",
        r"\bskyldtes\b",
        r"\bwhy\b",
        r"\breason\b",
    ),
    Asked.AMOUNT: (
        r"\bhvor (?:meget|mange penge|stor(?:t|e)?)\b.*\b(?:kost\w*|kron\w+|kr|mio|million\w*|"
        r"beloeb\w*|budget\w*|bevilling\w*|tillaegsbevilling\w*|bevilg\w*|pris\w*|forbrug\w*|"
        r"\w*forbrug|udgift\w*|merudgift\w*|betal\w*|sat af|afsat|afsaet\w*|bruge[rs]?|brugt|"
        r"penge\w*|oekonomi\w*|pulje\w*|tilskud\w*|underskud\w*|overskud\w*|besparelse\w*|"
        r"spare[rst]?|laan\w*|anlaeg\w*|drift\w*|koebe?\w*|solgt|finansier\w*|ramme\w*|"
        r"kassen?|tilfoer\w*|overfoer\w*)\b",
        r"\bhvad (?:koster|kostede|kommer .* til at koste|er prisen|lyder? .*budget\w*|"
        r"loed .*budget\w*|skal .* betale|har .* kostet|vil .* koste)\b",
        r"\bhvad (?:er|var|bliver|blev|lyder|loed|udgoer|udgjorde) (?:\w+ ){0,3}(?:overslag(?:et)?|"
        r"bidrag(?:et)?|\w*udgift(?:en|er)?|\w*bevilling(?:en)?|budget(?:tet)?|takst(?:en)?|"
        r"gebyr(?:et)?|husleje[nr]?|grundkapital(?:en)?|tilskud(?:det)?|\w*puljen?|erstatning(?:en)?|"
        r"\w*besparelse[nr]?|\w*forbrug(?:et)?)\b",
        r"\bhvad (?:er|var|blev|bliver) .*\bsat til\b",
        r"\bhvad (?:ville?|skal|skulle|kommer|maa) (?:\w+ ){1,8}(?:betale|koste|tage for|"
        r"bidrage)\b",
        r"\bhvad (?:kommer|skal|vil) (?:\w+ ){1,4}(?:give|betale) .*\bom aaret\b",
        r"\bhvor meget .*\b(?:skyde\w*|skudt|indskud\w*|bidrag\w*|laegge[rs]? (?:i|selv))\b",
        r"\bprisen?\b",
        r"\bhvad (?:loeber|loeb) (?:\w+ ){1,10}op\b",
        r"\bhow much\b",
        r"\bcost\b",
        r"\bhvor dyrt?\b",
        r"\bhvilket beloeb\b",
        r"\bhvor mange (?:\w+ )?(?:kroner|millioner|mio|penge)\b",
    ),
    Asked.DATE: (
        r"\bhvornaar\b",
        r"\bhvilken (?:dato|maaned|uge|dag)\b",
        r"\bhvilke[nt]? (?:aar|kvartal|tidsrum|periode)\b",
        r"\bdato(?:en)?\b",
        r"\bfrist(?:en)?\b",
        r"\bdeadline\b",
        r"\bwhen\b",
        r"\bsenest hvornaar\b",
        r"\bhvor laenge siden\b",
    ),
    Asked.NUMBER: (
        r"\bhvor (?:mange|meget|stor(?:t|e)?|hoej[te]?|lang(?:t|e)?|laenge|bred[te]?|gammel|gamle|"
        r"tit|ofte|faa|hurtigt)\b",
        r"\bhvor laa\b.*\b(?:rang|placer|liste)",
        r"\bhvad (?:er|var|bliver|blev) (?:\w+ ){0,3}(?:loft(?:et)?|graensen?|kapacitet(?:en)?|"
        r"areal(?:et)?|laengden?|hoejden?|normering(?:en)?|effekt(?:en)?|\w*ledighed(?:en)?)\b",
        r"\bprocent(?:del)?\b",
        r"\bandel(?:en)?\b",
        r"\bantal(?:let)?\b",
        r"\bhow (?:many|long|often|large|high|big)\b",
        r"\b(?:share|percentage|number) of\b",
        r"\bhvilken (?:alder|placering|procent\w*|andel)\b",
        r"\bop til hvilken\b",
        r"\bhvilket (?:antal|nummer)\b",
    ),
    Asked.LIST: (
        r"\bhvilke\b",
        r"\bhvad stod der paa\b",
        r"\bnaevn\b",
        r"\bhvad (?:er|var|hedder|hed) de\b",
        r"\bhvad (?:indeholder|bestaar|omfatter|bestod|omfattede|gaar)\b",
        r"\blist(?:e|en)?\b",
        r"\bwhich (?:\w+s)\b",
        r"\bhvem er (?:inviteret|med)\b",
    ),
    Asked.PERSON: (
        r"\bhvem\b",
        r"\bhvilke[nt]? (?:person|medlem|leder|chef|direktoer|virksomhed|konsulent\w*|"
        r"firma\w*|parti)\w*\b",
        r"\bwho\b",
        r"\bformand(?:en)?\b.*\bhvad hedder\b",
    ),
    Asked.PLACE: (
        r"\bhvor\b(?! (?:mange|meget|stor|hoej|lang|laeng|ofte|tit|dyr|vidt|nogle|der|de))"
        r"(?!.*\b(?:penge|midler|beloeb)\w*)",
        r"\bwhere\b",
        r"\bhvilket sted\b",
        r"\bhvilken (?:by|vej|adresse|skole)\b",
    ),
    Asked.MEANING: (
        r"^hvad (?:er|betyder|daekker) (?:en |et |ordet |begrebet |forkortelsen )?[\w-]+"
        r"(?: over)?\W*$",
        r"^hvad staar (?:forkortelsen |bogstaverne )?[\w-]+ for\b",
        r"^what (?:is|does) (?:an? )?[\w-]+(?: mean| stand for)?\W*$",
    ),
    Asked.YES_NO: (
        r"^(?:er|har|skal|kan|vil|blev|faar|fik|var|lovede|maa|bliver|kommer|findes|blev|"
        r"havde|kunne|skulle|har) ",
    ),
}  # fmt: skip
_Compiled = Mapping[Asked, re.Pattern[str]]


def _compiled(patterns: Mapping[Asked, Sequence[str]]) -> _Compiled:
    return {asked: re.compile("|".join(each)) for asked, each in patterns.items()}


_ABOUT_MINUTES = _compiled(_OF_MINUTES)
_PLAINLY_FORMAL, _BY_QUESTION_WORD = _compiled(_FORMAL), _compiled(_PATTERNS)
_OPENS_OTHERWISE = re.compile(r"(?:hvornaar|when|hvorfor|why)\b")

# "Hvad stod der under meddelelser?" asks what there is in an item that every meeting has.
_BELOW_A_TITLE = re.compile(
    r"\b(?:under|hvilke) (?:punktet |overskriften )?[\"'»]?(?:meddelelser|eventuelt|evt\b|"
    r"(?:gensidig |generel )?orientering|siden sidst|efterretninger|fremlaeggelser|spoergetid|"
    r"nyt fra)"
)

_LEANINGS = (Asked.DECISION, Asked.RECOMMENDATION)
# So probable together, one of them is told beside the sentences; set by hand.
_LEANS = 0.3

_LONGEST_TOPIC = 4
_QUESTION_WORD = re.compile(r"\bhv\w+\b|\bhow\b|\bwhat\b|\bwhich\b|\?")


def read_asked(question: str) -> Asked:
    """Tell what kind of thing a question asks for."""
    folded = fold(question)
    if asked_of_minutes := _first(_ABOUT_MINUTES, folded):
        return asked_of_minutes
    plain = None if _OPENS_OTHERWISE.match(folded) else _first(_PLAINLY_FORMAL, folded)
    formal = plain or formal_asking().read(question)
    asked = _first(_BY_QUESTION_WORD, folded) or Asked.ANYTHING
    may_be_topic = formal in (Asked.ANYTHING, Asked.CLOSED) and asked in (
        Asked.ANYTHING,
        Asked.LIST,
    )
    if may_be_topic and _BELOW_A_TITLE.search(folded):
        return Asked.TOPIC
    # Who asks for a list or a date of an orientation does not mean the closed one.
    if formal is not Asked.ANYTHING and (formal is not Asked.CLOSED or asked is Asked.ANYTHING):
        return formal
    # Logged queries are often a word or two: whoever types those wants to know of the case.
    is_topic = asked is Asked.ANYTHING and len(folded.split()) <= _LONGEST_TOPIC
    return Asked.TOPIC if is_topic and not _QUESTION_WORD.search(folded) else asked


def read_leaning(question: str) -> Asked | None:
    """Tell whether a question that asks for something else may mean a decision or a proposal."""
    shares = formal_asking().shares(question)
    likelier = max(_LEANINGS, key=shares.__getitem__)
    return likelier if sum(map(shares.__getitem__, _LEANINGS)) > _LEANS else None


def _first(patterns: _Compiled, folded: str) -> Asked | None:
    return next((asked for asked, pattern in patterns.items() if pattern.search(folded)), None)
