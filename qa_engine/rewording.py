"""An answer in a language model's words, of which only what is proved is said.

The extractive answer comes first and decides whether there is one: a refusal is never reworded.
Whatever the model does or fails to do, that answer is what is left.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from indexer.errors import ChatError, ChatFault
from qa_engine.chat import Chat
from qa_engine.checking import check
from qa_engine.citing import Statement, cite_statements
from qa_engine.excerpts import choose_excerpts
from qa_engine.explaining import Explanation
from qa_engine.model import Answer, Fault, Sentence, Wording
from qa_engine.prompting import INSTRUCTIONS, write_request
from qa_engine.replies import read_sentences

# In characters; what a model says beyond this is not waited for.
_LONGEST_ANSWER = 1000


def reword(explanation: Explanation, chat: Chat) -> Iterator[Sentence | Answer]:
    """Have a model say what was found: each sentence once it is proved, and then the answer.

    The sentences on the way are those that a reader may see early; only the answer at the end
    counts, since a model that breaks off leaves the extractive one.
    """
    answer = explanation.answer
    excerpts = choose_excerpts(explanation) if answer.answered else ()
    if not excerpts:
        yield answer
        return
    begun = time.perf_counter()
    kept: list[Statement] = []
    dropped: list[Fault] = []
    failure: ChatFault | None = None
    request = write_request(answer.question, excerpts)
    try:
        with closing(chat.reply(INSTRUCTIONS, request)) as pieces:
            for said in read_sentences(pieces):
                found = check(said, excerpts, answer.question)
                if isinstance(found, Fault):
                    dropped.append(found)
                    continue
                kept.append(found)
                yield cite_statements(kept)[0][-1]
                if sum(len(statement.text) for statement in kept) > _LONGEST_ANSWER:
                    break
    except ChatError as error:
        failure = error.fault
    used = bool(kept) and failure is None
    if used:
        sentences, citations = cite_statements(kept)
        answer = replace(answer, sentences=sentences, citations=citations)
    yield replace(
        answer,
        wording=Wording(chat.name, used, tuple(dropped), failure),
        seconds=answer.seconds + time.perf_counter() - begun,
    )


def last_word(said: Iterable[Sentence | Answer]) -> Answer:
    """Wait for the answer at the end of what is said."""
    return next(event for event in said if isinstance(event, Answer))
