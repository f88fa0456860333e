"""What kind of thing a question asks for, told by its words.

The patterns are read on folded text (lower case, ae, oe, aa). They are tried in this order and the
first that matches wins, so what is answered from the structure of the minutes comes first, then
the question words from the narrowest to the widest.
"""

from __future__ import annotations

import re

from indexer.danish import fold
from qa_engine.model import Asked

_PATTERNS: dict[Asked, tuple[str, ...]] = {
    Asked.ABSENCE: (
        r"\bhvem\b.*\b(?:fravaerende|afbud|manglede|mangler|ikke til stede|var ikke (?:med|"
        r"der|til)|udeblev|blev vaek|ikke moedt?e?|fravaer|kom ikke til|meldte fra|"
        r"sendte afbud)\b",
        r"\b(?:var|er) der (?:nogen )?(?:afbud|fravaer)",
        r"\bwho (?:was|were) (?:absent|missing|not present)",
    ),
    Asked.PARTICIPANTS: (
        r"\bhvem\b.*\b(?:deltog|deltager|var til stede|sad med|moedte op|medlemmer (?:var|"
        r"er))\b",
        r"\bmoededeltagere?\b",
    ),
    Asked.RECOMMENDATION: (
        r"\b(?:indstilling(?:en|ens|er|erne)?|indstillede|indstiller|indstillet|"
        r"anbefaling(?:en|er|erne)?)\b(?! blev| godkendt)",
        r"\b(?:forvaltning(?:en|ens)?|administration(?:en|ens)?|direktion(?:en|ens)?|"
        r"embedsmaendene|center\w*|fagcenter\w*)\b.{0,30}\b(?:foreslog|foreslaar|anbefalede|"
        r"anbefaler|lagde op til|laegger op til|indstill\w+)\b",
        r"\b(?:foreslog|foreslaar|anbefalede|anbefaler|indstillede|lagde|"
        r"ville) (?:\w+ )?(?:forvaltning|administration|direktion|embedsmaend|center|centret|"
        r"fagcenter)\w*\b",
        r"\bifoelge (?:forvaltning|administration|indstilling|forslag)\w*",
        r"\befter forslaget\b",
        r"\bville man\b",
        r"\btage stilling til\b",
        r"\bhvad (?:foreslog|foreslaar|anbefalede|anbefaler|indstillede)\b",
        r"\b(?:recommend\w*|propos\w+)\b",
    ),
    Asked.DECISION: (
        r"\bbeslutte(?:de|t|r|s)\b",
        r"\bbeslutning(?:en|er|erne)?\b",
        r"\bafgoerelse[nr]?\b",
        r"\bhvordan endte\b",
        r"\bhvad endte\b",
        r"\bendte (?:det|sagen|punktet)\b",
        r"\bhvad kom der ud af\b",
        r"\bkom (?:\w+ ){0,4}frem til\b",
        r"\bforholdt (?:\w+ ){0,6}sig\b",
        r"\budfald(?:et)?\b",
        r"\bhvad blev resultatet\b",
        r"\bhvad sagde (?:udvalget|byraadet|kommunalbestyrelsen|politikerne|de)\b",
        r"\bhvad vedtog\b",
        r"\b(?:blev|er) (?:\w+ ){1,8}(?:godkendt|vedtaget|forkastet|afvist|udsat|stemt)\b",
        r"\bhvordan (?:stemte|gik det)\b",
        r"\bhvad skete der med\b",
        r"\bsagt? (?:ja|nej)\b",
        r"\bgodkendte\b",
        r"\bsag(?:de|t|er) (?:\w+ ){0,6}(?:ja|nej|god for)\b",
        r"\bgik (?:\w+ ){0,6}(?:med til|ind for|med paa|imod)\b",
        r"\b(?:blev|er|var) (?:\w+ ){1,5}enige? om\b",
        r"\b(?:fulgte|fik) (?:\w+ ){0,4}(?:indstillingen|flertal)\b",
        r"\bvedtog\b",
        r"\btog (?:udvalget|byraadet|de) (?:imod|til efterretning)",
        r"\bhvad blev (?:der )?(?:gjort|sagt|konklusionen)\b",
        r"\bnoejedes\b",
        r"\bdecid\w+",
        r"\bdecision",
        r"\boutcome\b",
        r"\bapproved?\b",
        r"\bvoted?\b",
        r"\bhvad (?:sagde|mente|svarede) (?:\w+ ){0,3}(?:udvalg|raad|byraad|"
        r"kommunalbestyrelse)\w*",
        r"\b(?:stoettede|afviste|forkastede|udsatte|bakkede op om)\b",
        r"\bkom (?:\w+ ){1,8}igennem\b",
        r"\b(?:fik|faar) (?:\w+ ){1,8}lov\b",
        r"\bstemmetal\w*",
        r"\bstemte",
        r"\bundlod\b",
        r"\blod vaere med at stemme\b",
        r"\bsagde nej\b",
        r"\bsagde ja\b",
        r"\binhabil\w*",
        r"\bmindretal\w*",
        r"\bforbehold\w*",
        r"\bhvad blev der af\b",
        r"^blev (?:\w+ ){1,12}(?:indfoert|oprettet|lukket|nedlagt|aendret|givet|bevilget|"
        r"afslaaet|solgt|flyttet|stoppet)\b",
    ),
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
        r"\bhow much\b",
        r"\bcost\b",
        r"\bhvor dyrt?\b",
        r"\bhvilket beloeb\b",
        r"\bhvor mange (?:\w+ )?(?:kroner|millioner|mio|penge)\b",
    ),
    Asked.DATE: (
        r"\bhvornaar\b",
        r"\bhvilken (?:dato|maaned|uge|dag)\b",
        r"\bhvilket (?:aar|kvartal)\b",
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
        r"\bhvor\b(?! (?:mange|meget|stor|hoej|lang|laeng|ofte|tit|dyr|vidt|nogle|der|de))",
        r"\bwhere\b",
        r"\bhvilket sted\b",
        r"\bhvilken (?:by|vej|adresse|skole)\b",
    ),
    Asked.YES_NO: (
        r"^(?:er|har|skal|kan|vil|blev|faar|fik|var|lovede|maa|bliver|kommer|findes|blev|"
        r"havde|kunne|skulle|har) ",
    ),
}  # fmt: skip
_ASKED = tuple((asked, re.compile("|".join(patterns))) for asked, patterns in _PATTERNS.items())

_LONGEST_TOPIC = 4
_QUESTION_WORD = re.compile(r"\bhv\w+\b|\bhow\b|\bwhat\b|\bwhich\b|\?")


def read_asked(question: str) -> Asked:
    """Tell what kind of thing a question asks for."""
    folded = fold(question)
    # "Hvornår besluttede byrådet …" asks for a date, whatever else it names.
    if re.match(r"(?:hvornaar|when)\b", folded):
        return Asked.DATE
    if re.match(r"(?:hvorfor|why)\b", folded):
        return Asked.REASON
    asked = next((asked for asked, pattern in _ASKED if pattern.search(folded)), Asked.ANYTHING)
    # Logged queries are often a word or two: whoever types those wants to know of the case.
    is_topic = asked is Asked.ANYTHING and len(folded.split()) <= _LONGEST_TOPIC
    return Asked.TOPIC if is_topic and not _QUESTION_WORD.search(folded) else asked
