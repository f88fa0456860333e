"""The words that label the parts of an item, by the role that each gives its part.

Collected from public minutes of many municipalities; ``indexer.labels`` reads lines by them.
"""

from __future__ import annotations

from indexer.model import Role

# They stand over what was voted, above the decision or below it.
VOTES = frozenset({"afstemning", "afstemningsresultat", "afstemninger", "stemmeafgivning"})

_EXACT: dict[Role, tuple[str, ...]] = {
    Role.SUMMARY: (
        "sagsresumé", "sagsresume", "resumé", "resume", "kort resumé", "kort resume",
        "præsentation", "baggrund", "kort om sagen", "sammenfatning", "indledning", "sammendrag",
        "resumé af sagen", "sagen kort", "sagens baggrund", "sagen i korte træk", "kort fortalt",
        "resumé og baggrund", "formål", "anledning", "sagens anledning", "hvad handler sagen om",
        "kort sagsfremstilling", "resumé/baggrund", "resume/baggrund", "resumé og sagsfremstilling",
        "resume og sagsfremstilling", "sagsresumé og baggrund", "indledning og baggrund",
        "baggrund og formål", "formål og baggrund",
    ),
    Role.BACKGROUND: (
        "sagsfremstilling", "sagsbeskrivelse", "beskrivelse af sagen", "beskrivelse",
        "problemstilling", "løsning", "sagens kerne", "beslutningstema", "sagens indhold",
        "forvaltningens vurdering", "vurdering", "forvaltningens bemærkninger", "redegørelse",
        "administrationens vurdering", "administrationens bemærkninger", "faktiske oplysninger",
        "supplerende sagsfremstilling", "forvaltningens redegørelse", "indhold",
        "administrationens redegørelse", "fakta", "bemærkninger", "vurdering og alternativer",
        "supplerende oplysninger", "direktionens bemærkninger", "sagsfremstilling og vurdering",
        "motivering", "motivation", "begrundelse", "sagens opståen og faktiske forhold",
        "sagens opståen", "orientering", "ansøgning", "gennemgang af sagen", "sagens oplysninger",
        "uddybende sagsfremstilling", "sagsoplysninger", "sagens substans", "nærmere beskrivelse",
        "supplerende bemærkninger", "baggrund og sagsfremstilling", "sagens fakta",
        "sagens fremstilling", "sagsindhold", "handlemuligheder", "mulige løsninger",
        "beskrivelse og vurdering", "fremstilling",
        "vurdering og konklusion", "administrativ vurdering", "administrative bemærkninger",
    ),
    Role.RECOMMENDATION: (
        "indstilling", "indstillinger", "anbefaling", "anbefalinger", "administrativ indstilling",
        "beslutningspunkter", "forslag til beslutning", "forvaltningens indstilling",
        "administrationens indstilling", "administrationens anbefaling", "direktionens indstilling",
        "forvaltningens anbefaling", "forvaltningens forslag", "indstilling til beslutning",
        "borgmesterens indstilling", "administrationen anbefaler", "administrationen indstiller",
        "forvaltningen indstiller", "forvaltningen anbefaler", "forvaltningen foreslår",
        "direktionen indstiller", "direktionen anbefaler", "borgmesteren indstiller",
        "indstilling og beslutning", "supplerende indstilling", "ændret indstilling",
        "det indstilles", "det indstilles, at", "det foreslås", "det foreslås, at",
        "udvalgets indstilling", "forslag til indstilling", "ny indstilling", "indstilles",
        "administrationens forslag",
    ),
    Role.ECONOMY: (
        "økonomi", "bevillingsmæssige konsekvenser", "økonomiske konsekvenser", "finansiering",
        "økonomiske og andre væsentlige konsekvenser", "økonomi og afledt drift", "bevilling",
        "økonomi og finansiering", "økonomi og bevilling", "økonomiske forhold",
        "økonomiske og personalemæssige konsekvenser", "økonomiforvaltningens bemærkninger",
        "bevillingsmæssige og økonomiske konsekvenser", "økonomi og personale",
        "økonomisk overblik", "økonomiske konsekvenser og finansiering", "økonomi og ressourcer",
        "økonomi/bevilling", "økonomi/finansiering", "økonomi/konsekvenser",
        "økonomi og konsekvenser", "økonomi, bevilling og finansiering", "økonomi og bemanding",
        "økonomiske og juridiske konsekvenser", "økonomiske og administrative konsekvenser",
        "ressourcer", "ressourcemæssige konsekvenser",
        "økonomiske og ressourcemæssige konsekvenser", "konsekvenser for budgettet",
        "økonomiske bemærkninger", "økonomiske oplysninger", "afledt drift",
        "økonomiske/personalemæssige konsekvenser", "konsekvenser for økonomi", "økonomisk ramme",
    ),
    Role.LEGAL_BASIS: (
        "retsgrundlag", "lovgrundlag", "retsregler", "kompetence", "beslutningskompetence",
        "lovgivning", "juridiske forhold", "jura", "hjemmel", "det retlige grundlag",
        "juridisk grundlag", "gældende regler", "lovhjemmel", "delegation", "beslutningsniveau",
        "lov- og plangrundlag", "plangrundlag", "lovgrundlag mv", "lovgrundlag - link",
        "lovgrundlag, planer mv", "lovgrundlag, planer mv.", "lovgrundlag mv.", "retligt grundlag",
        "hvem beslutter", "hvem afgør sagen",
        "sagen afgøres i", "sagen afgøres af", "afgøres af", "afgøres i", "kompetence/beslutning",
        "lovgrundlag/retsgrundlag", "lovgrundlag og retsgrundlag", "beslutningsforum",
        "besluttende organ", "delegation og kompetence", "kompetenceforhold",
    ),
    Role.HEARING: (
        "høring", "høringer", "høringssvar", "høring og inddragelse", "inddragelse",
        "borgerinddragelse", "partshøring", "høring, dialog og borgerinddragelse", "udtalelser",
        "høring/borgerinddragelse", "inddragelse og høring", "høringsparter", "udtalelse",
        "høring og høringssvar",
        "inddragelse og kommunikation", "høring og medinddragelse",
        "høring og udtalelser", "offentlig høring", "brugerinddragelse", "naboorientering",
    ),
    Role.HISTORY: (
        "sagens gang", "sagsforløb", "forventet sagsgang", "tidligere politisk behandlet",
        "sagsgang", "tidligere behandling", "tidligere beslutninger", "tidligere beslutning",
        "videre forløb", "historik", "politisk behandling", "behandling",
        "tidligere politisk behandling", "sagens videre forløb", "behandlingsplan",
        "beslutningshistorik", "sagens behandling", "tidligere politiske beslutninger",
        "oversigt over politisk behandling", "videre proces", "videre procedure", "behandles i",
        "det videre forløb", "den videre proces", "den videre behandling", "videre sagsgang",
        "behandlingsforløb", "politisk proces", "sagens tidligere behandling", "procesplan",
        "sagshistorik", "politisk sagsgang", "politisk behandlingsplan", "behandlingsgang",
        "sagens videre gang", "politisk beslutningsproces", "sagen behandles i",
        "behandlet i", "tidligere behandlet", "tidligere behandlet i",
    ),
    Role.DECISION: (
        "beslutning", "beslutninger", "protokol", "udvalgets beslutning", "byrådets beslutning",
        "kommunalbestyrelsens beslutning", "økonomiudvalgets beslutning", "afgørelse", "vedtagelse",
        "beslutningsprotokol", "beslutningsreferat", "konklusion", "referat", "afgørelser",
        "konklusioner", "beslutning/referat", "referat/beslutning", "referat og beslutning",
        "beslutning og referat", "endelig beslutning", "konklusion/beslutning", "mødets beslutning",
        "beslutning/konklusion", "referat af drøftelsen", "protokollering", "sagens afgørelse",
        *VOTES,
    ),
    Role.ABSENCE: (
        "fraværende", "afbud", "ikke til stede", "ikke tilstede", "fravær", "fraværende med afbud",
        "ikke mødt", "ikke-deltagende", "fraværende medlemmer", "fraværende/afbud",
        "afbud/fraværende", "afbud/fravær", "afbud og fravær", "ikke deltagende", "forfald",
    ),
    Role.ATTACHMENTS: (
        "bilag", "bilagsliste", "vedlagte bilag", "bilagsfortegnelse", "bilag til punktet",
        "offentlige bilag", "bilagsoversigt", "bilag til sagen", "sagens bilag", "bilag/links",
        "bilag og links", "vedhæftede filer", "vedhæftede bilag", "åbne bilag", "lukkede bilag",
        "ikke-offentlige bilag", "vedhæftninger", "tilknyttede dokumenter", "bilag i sagen",
        "sagens dokumenter",
        "bilag (offentlige)", "bilag (åbne)", "bilag (lukkede)", "link til bilag", "materiale",
    ),
    Role.OTHER: (
        "sundhedsmæssige konsekvenser", "personalemæssige konsekvenser", "handicapaspekter",
        "konsekvens i forhold til visionen", "konsekvenser i forhold til visionen",
        "kobling til fn's verdensmål", "kobling til fn's verdensmål og vision 2022",
        "miljømæssige konsekvenser", "klimamæssige konsekvenser", "konsekvenser for klima og miljø",
        "kommunikation", "børne- og ungekonsekvenser", "klimakonsekvenser",
        "organisatoriske konsekvenser", "verdensmål", "fn's verdensmål", "tidsplan", "information",
        "andre konsekvenser", "sundhedskonsekvenser", "bæredygtighed", "klima og miljø",
        "evaluering", "kontaktperson", "sagsbehandler", "mindretalsudtalelse",
        "mindretalsudtalelser", "protokollat", "åbne punkter", "lukkede punkter", "åben dagsorden",
        "lukket dagsorden", "åbent møde", "lukket møde", "tværgående konsekvenser",
        "politisk handlerum", "underskriftsside", "underskrifter", "underskriftsblad",
        "underskrift", "planforhold", "miljøforhold", "miljøvurdering", "risici", "risikovurdering",
        "øvrige konsekvenser", "konsekvenser for børn og unge", "opfølgning", "tidsperspektiv",
        "borgmesterpåtegning", "effekt", "ydelse", "organisation", "ligestilling",
        "effektvurdering", "konsekvenser for andre udvalg", "strategisk sammenhæng", "personale",
        "kommunikationsplan",
    ),
}  # fmt: skip
ROLE_OF = {label: role for role, labels in _EXACT.items() for label in labels}

# Words that label parts, but in "Information: …" as often begin a line of a list.
ONLY_ALONE = frozenset({
    "indhold", "information", "kommunikation", "behandling", "løsning", "fakta", "beskrivelse",
    "evaluering", "tidsplan", "verdensmål", "finansiering", "bevilling", "kompetence", "jura",
    "orientering", "ansøgning", "formål", "anledning", "udtalelse", "materiale",
    "underskrift", "risici", "sagen afgøres i", "sagen afgøres af", "afgøres af", "afgøres i",
    "behandles i", "sagen behandles i", "opfølgning", "indstilles", "effekt", "ydelse",
    "organisation", "ressourcer", "personale", "fremstilling",
})  # fmt: skip
