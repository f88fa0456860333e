"""Errors in Danish, for people who read the page: what is wrong and what to do."""

from __future__ import annotations

from functools import singledispatch
from pathlib import Path

from indexer.errors import (
    BuildLocked,
    EmptyQuestion,
    MissingIndex,
    ModelError,
    QuestionTooLong,
    StoreError,
    UnknownFilterValue,
    UploadFault,
    UploadRefused,
    WrongModel,
)
from indexer.model import Outcome
from qa_engine.presenting import number, outcome_name

_LISTED = 8
_FILTERS = {
    "municipality": "kommunen",
    "committee": "udvalget",
    "since": "tidspunktet",
    "until": "tidspunktet",
    "case": "sagsnummeret",
    "outcome": "udfaldet",
}


@singledispatch
def danish_sentence(error: Exception) -> str:
    """Say in one or two Danish sentences what is wrong and what to do; never a stack trace."""
    return (
        "Noget gik galt, og det er ikke din skyld. Prøv igen om lidt. Sker det igen, så bed den, "
        "der driver Punktvis, om at se efter i programmets log."
    )


@danish_sentence.register
def _(error: MissingIndex) -> str:
    # The address of a Milvus is read from the settings; only a folder can be given.
    where = f" --data {error.data}" if isinstance(error.data, Path) else ""
    return (
        f"Der er endnu ingen referater at søge i. Kør »punktvis index MAPPE{where}« "
        "i en terminal, hvor MAPPE er mappen med dine referater, og genindlæs så siden."
    )


@danish_sentence.register
def _(error: WrongModel) -> str:
    return (
        f"Referaterne er indekseret med modellen »{error.built_with}«, men Punktvis er sat op til "
        f"»{error.configured}«. Fjern indstillingen PUNKTVIS_MODEL, eller indeksér referaterne "
        "igen i en ny mappe."
    )


@danish_sentence.register
def _(error: BuildLocked) -> str:
    return "Referaterne er ved at blive indekseret. Vent, til det er færdigt, og genindlæs siden."


@danish_sentence.register
def _(error: StoreError) -> str:
    return (
        "Indekset kan ikke læses. Kør »punktvis index« igen, eller bed den, der driver Punktvis, "
        "om at gøre det."
    )


@danish_sentence.register
def _(error: ModelError) -> str:
    return (
        "Den sprogmodel, som Punktvis søger med, kan ikke indlæses. Bed den, der driver Punktvis, "
        "om at se efter i programmets log."
    )


@danish_sentence.register
def _(error: EmptyQuestion) -> str:
    return "Skriv mindst ét ord, før du spørger."


@danish_sentence.register
def _(error: QuestionTooLong) -> str:
    return (
        f"Spørgsmålet er på {number(error.length)} tegn. Kort det ned til højst "
        f"{number(error.limit)} tegn, og spørg igen."
    )


@danish_sentence.register
def _(error: UnknownFilterValue) -> str:
    what = _FILTERS.get(error.name, "værdien")
    if what == "tidspunktet":
        return (
            f"»{error.value}« kan ikke læses som et tidspunkt. Skriv et år, en måned eller en dag: "
            "2021, 2021-03 eller 17-03-2021."
        )
    known = [_outcome(value) for value in error.known] if what == "udfaldet" else error.known
    if not known:
        return f"Der er ikke indekseret noget, som {what} »{error.value}« kan findes i."
    more = " og flere" if len(known) > _LISTED else ""
    return (
        f"Punktvis kender ikke {what} »{error.value}«. "
        f"Du kan vælge mellem: {', '.join(known[:_LISTED])}{more}."
    )


@danish_sentence.register
def _(error: UploadRefused) -> str:
    match error.fault:
        case UploadFault.NOTHING:
            return "Vælg mindst én fil."
        case UploadFault.TOO_MANY:
            return f"Vælg højst {error.limit} filer ad gangen."
        case UploadFault.KIND:
            return f"»{error.name}« er ikke en fil, der kan læses. Brug {error.limit}."
        case UploadFault.SIZE:
            return f"»{error.name}« er for stor. En fil må højst fylde {error.limit} MB."
        case UploadFault.BUSY:
            return "Der bliver allerede indekseret. Vent, til det er færdigt, og prøv igen."


def _outcome(value: str) -> str:
    return outcome_name(Outcome(value)).lower()
