"""What is asked and what is answered: frozen values that page, command line and tools share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import ChatFault
from indexer.model import AgendaItem, Filters, Minutes, Role


class Asked(StrEnum):
    """The kind of thing a question asks for.

    MEETING is where and when a meeting was held, MEANING what a word or an abbreviation means,
    TOPIC what there is about the words that are the whole question.
    """

    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    REASON = "reason"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    ABSENCE = "absence"
    PARTICIPANTS = "participants"
    MEETING = "meeting"
    AGENDA = "agenda"
    ATTACHMENTS = "attachments"
    CLOSED = "closed"
    YES_NO = "yes/no"
    MEANING = "meaning"
    TOPIC = "topic"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    Attributes:
        text: The question, blanks collapsed and Danish letters written as such.
        terms: Analysed terms that carry its meaning, in order, without repetitions.
        asked: The kind of thing it asks for.
        filters: What it is confined to: given by the user, or recognised with certainty.
        municipalities: The municipalities it names, as stored; more than one makes a comparison.
            So do several items that it names by number, which are among its filters.
        elsewhere: Where it names none of these: other municipalities it names.
        period: First and last day of a month or year it names, which is preferred, not required.
        committees: The bodies it names or may mean, which are preferred, not required.
        english: Whether it is in English, whose words stand nowhere in Danish minutes.
        names: Those of its terms that are written as names, with a capital inside the question;
            none in English, which writes other words with capitals too.
        leaning: A decision or a proposal, where it may mean one besides what it asks for.
    """

    text: str
    terms: tuple[str, ...]
    asked: Asked
    filters: Filters
    municipalities: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    period: tuple[dt.date, dt.date] | None = None
    committees: tuple[str, ...] = ()
    english: bool = False
    names: tuple[str, ...] = ()
    leaning: Asked | None = None

    @property
    def compares(self) -> bool:
        """Whether it asks about several municipalities, or several items by their numbers."""
        return len(self.municipalities) > 1 or len(self.filters.item_numbers) > 1


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of an item that matched: ``item.text[start:end]``."""

    role: Role
    heading: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Why an item stands where it stands: what each part adds to its score.

    Attributes:
        passage: Cosine of its best passage with the question.
        unit: Cosine of its best sentence, list element or table row.
        words: Its share of the question's words, weighed.
        period: For a meeting in the month or year that the question names.
        committee: For a meeting of the body that it names.
        routine: Against an item that occurs in every meeting.
        last_word: Whether it was put first as the latest of its case; this changes no score.
        told: Whether it was put first since the answer, or what comes nearest one, stands in it;
            likewise.
    """

    passage: float = 0.0
    unit: float = 0.0
    words: float = 0.0
    period: float = 0.0
    committee: float = 0.0
    routine: float = 0.0
    last_word: bool = False
    told: bool = False

    @property
    def score(self) -> float:
        """The item's score, by which it is ranked."""
        return self.passage + self.unit + self.words + self.period + self.committee + self.routine


@dataclass(frozen=True, slots=True)
class Hit:
    """An agenda item that was found, with the passages that found it, best first.

    Attributes:
        minutes: Of its meeting.
        item: The item itself.
        score: The higher, the nearer to the question.
        passages: Best first.
        position: Its place in its minutes, counted from 0; None where it was not searched for, but
            is told of in place of one that was.
        standing: How its score came about; all zeros where it was not searched for.
    """

    minutes: Minutes
    item: AgendaItem
    score: float
    passages: tuple[FoundPassage, ...]
    position: int | None = None
    standing: Standing = Standing()

    @property
    def key(self) -> tuple[str, str]:
        """The item's identity: source and item number."""
        return self.minutes.source, self.item.number


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a sentence: a verbatim quote at ``item.text[start:end]`` of the named item."""

    marker: int
    source: str
    item: str
    title: str
    municipality: str | None
    committee: str | None
    date: dt.date | None
    case_number: str | None
    section: str
    role: Role
    page: int | None
    quote: str
    start: int
    end: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the markers of its citations; a list element begins with "• "."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for an answer, told to the reader with every answer and refusal."""

    meetings: int
    municipalities: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None


class Fault(StrEnum):
    """Why a sentence that a language model wrote is not said."""

    UNCITED = "it names no source"
    UNKNOWN_SOURCE = "it names a source that it was not given"
    FIGURE = "a figure in it does not stand in its sources"
    DATE = "a date in it does not stand in its sources"
    NAME = "a name in it does not stand in its sources"
    UNSUPPORTED = "its sources are about something else"
    CONTRADICTED = "its sources say the opposite"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language model had to do with an answer.

    Attributes:
        model: As the owner names it.
        used: Whether the sentences are its own; otherwise they are those of the minutes.
        dropped: For each of its sentences that is not said, why not.
        failure: Why it gave no reply that can be used; None where it gave one.
    """

    model: str
    used: bool
    dropped: tuple[Fault, ...] = ()
    failure: ChatFault | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest no where ``answered`` is false.

    Attributes:
        question: As asked.
        answered: Whether the minutes tell.
        sentences: What a reader reads; a refusal has sentences too.
        citations: In the order of their markers, which count from 1 in order of use.
        hits: Agenda items, best first, also when nothing is answered.
        confidence: Calibrated probability, 0 to 1, that the sentences answer the question.
        searched: What was searched.
        query: The question as it was understood.
        seconds: Time taken, the model already loaded.
        wording: What a language model had to do with it; None where none was asked.
    """

    question: str
    answered: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    confidence: float
    searched: Searched
    query: Query
    seconds: float
    wording: Wording | None = None

    @property
    def generated(self) -> bool:
        """Whether a language model wrote the sentences."""
        return self.wording is not None and self.wording.used

    @property
    def text(self) -> str:
        """The answer as plain text with its markers, one line for each list element."""
        lines: list[str] = []
        for index, sentence in enumerate(self.sentences):
            element = sentence.text.startswith("• ")
            after = self.sentences[index + 1 : index + 2]
            # Elements of one list share a marker, which is printed once, behind the last of them.
            carried = (
                after and after[0].text.startswith("• ") and after[0].markers == sentence.markers
            )
            markers = "" if carried else "".join(f" [{marker}]" for marker in sentence.markers)
            if element or not lines or lines[-1].startswith("• "):
                lines.append(sentence.text + markers)
            else:
                lines[-1] += f" {sentence.text}{markers}"
        return "\n".join(lines)
