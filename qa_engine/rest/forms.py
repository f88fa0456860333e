"""What is sent to us: in the address or as JSON, under the same names, and nothing else.

A name that is not known is refused, because a filter that is not understood must not fail open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from indexer.errors import QuestionError, UnknownFilterValue
from qa_engine.filter_fields import FilterFields

MOST_FOUND = 100
MOST_EMBEDDED = 2048

Names = Annotated[
    list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)
]


def _told(name: str) -> str | None:
    return FilterFields.model_fields[name].description


class Form(BaseModel):
    """Named values; see the module."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known(cls, values: Any) -> Any:
        for name in values if isinstance(values, dict) else ():
            if name not in cls.model_fields:
                raise UnknownFilterValue("parameter", name, list(cls.model_fields))
        return values


class FilterForm(FilterFields, Form):
    """The filters; a name in an address may stand alone."""

    municipality: Names = Field([], description=_told("municipality"))
    committee: Names = Field([], description=_told("committee"))


class AskForm(FilterForm):
    """A question."""

    question: str = Field(description="A question in Danish.", examples=["Hvad koster stien?"])
    stream: bool = Field(
        False,
        description="Send server-sent events: each `sentence` of a language model once it is "
        "proved, and then the `answer`, which alone counts.",
    )


class SearchForm(FilterForm):
    """What to look for."""

    text: str = Field(description="What to look for.", examples=["cykelsti ved skolen"])
    k: int = Field(10, ge=1, le=MOST_FOUND, description="How many to give at most.")


class EmbeddingsForm(Form):
    """Texts to embed, in OpenAI's form; ``input_type`` is ours, as other servers have it."""

    input: Annotated[list[str], Field(min_length=1, max_length=MOST_EMBEDDED)] | str = Field(
        description="One text or several; what is beyond the model's window is not read.",
        examples=[["Cykelstien koster 1,2 mio. kr."]],
    )
    model: str | None = Field(None, description="The model of the index, as /status names it.")
    input_type: Literal["query", "passage"] = Field(
        "query", description="Whether the texts are questions or what may answer them."
    )
    encoding_format: Literal["float", "base64"] = Field(
        "float", description="Numbers, or their 32-bit floats, little-endian, in base64."
    )
    dimensions: int | None = Field(None, description="The model's own number, if any.")
    user: str | None = Field(None, description="Not used.")


class Record(StrEnum):
    """What a row of an export tells of."""

    DOCUMENT = "document"
    ITEM = "item"
    DECISION = "decision"


class ExportForm(Form):
    """What to export."""

    since: int = Field(0, ge=0, description="Only what changed after this cursor.")
    format: Literal["jsonl", "parquet"] = Field("jsonl", description="JSON Lines or Parquet.")
    record: list[Record] = Field(
        [], description="What to tell of: all in JSON Lines; one in Parquet, which is item."
    )


def _nothing(request: Request) -> None:
    for name in request.query_params:
        raise QuestionError(
            f"unknown parameter '{name}'; what is asked for stands in the path or the body here"
        )


NOTHING_IN_THE_ADDRESS = Depends(_nothing)
