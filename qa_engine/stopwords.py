"""Words that carry no meaning of their own in a question.

They never find an item, and their absence from an item proves nothing: function words, question
words, words of the trade that stand in every item, and verbs that go with anything. A word that
names a subject, however common, does not belong here.
"""

from __future__ import annotations

from indexer.danish import fold

_DANISH = """
ad af alle alt altid anden andet andre at bare begge blandt blev blevet blive bliver da de dem
den denne der deres derfor det dets dette dig din dine disse dit dog du efter eller en end endnu
ene eneste enhver er et faa faar fik flere for fordi fra frem før få får gennem gik gjorde gør
går gået ham han hans har havde have hele hen hende hendes her hertil herunder hos hun hvad hvem
hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår hvorvidt i igen ikke imellem imod
ind inden ingen intet ja jeg jer jeres jo kan kom komme kommer kommet kun kunne lige man mange
med mellem men mens mere mest mig min mine mit mod må måske måtte naar ned nej nok noget nogen
nogle nu når og også om omkring op os over på samme samt sig sin sine sit skal skulle slags som
snart sted stor store større så sådan tage taget tager til tilbage ud uden under var ved vi vil
ville vor vores være været år længe ofte tit egentlig mon sagde sige siger stod stå meget stort
ventes venter forventes forventer forventet står lå ligge ligger fortalte fortælle nævnes nævnt
fremgår foregår sker skete ske bruge bruger brugt punkt punktet punkter sag sagen sager møde
mødet møder udvalg udvalget kommune kommunen kommunens kommuner referat referater referatet
beslutte besluttede besluttet besluttes beslutning beslutningen afgørelse afgørelsen sat sætte
sættes gang led del bag selv tid tidligere set lagt lægge give giver gav givet nye nyt ny handle
handler handlede gælder gjaldt hedder hører høre bedre god godt gode helt række følge følger
fulgt tog lave laver laves lavet kort drejer
"""
_ENGLISH = """
is are was were the of to in on and a an did does do what when which who how many much why where
for by with that it there has have had be been from at as about than this these those
municipality committee council decide decided
"""

ENGLISH = frozenset(_ENGLISH.split()) - frozenset(_DANISH.split())
# Compared before stemming, which takes "diget" (the dyke) to "dig" (you).
STOPWORDS = frozenset(fold(word) for word in (_DANISH + _ENGLISH).split())
