"""The filters as fields, the same for every tool and every address."""

from __future__ import annotations

from pydantic import BaseModel, Field

from indexer.model import Filters, Outcome
from qa_engine.engine import Engine
from qa_engine.filtering import resolve_filters


class FilterFields(BaseModel):
    """What a search can be confined to, as a caller writes it."""

    municipality: list[str] | str | None = Field(None, description="Only these municipalities.")
    committee: list[str] | str | None = Field(
        None, description="Only these committees, or those with this in their name."
    )
    since: str | None = Field(None, description="Only from this day, month or year on: 2021-03.")
    until: str | None = Field(None, description="Only up to this day, month or year.")
    case: str | None = Field(None, description="Only this case number, as printed.")
    outcome: str | None = Field(None, description=f"Only this outcome: {', '.join(Outcome)}.")

    def filters(self, engine: Engine) -> Filters:
        """Resolve the filters against what is indexed.

        Raises:
            UnknownFilterValue: One of them names nothing that is indexed.
        """
        return resolve_filters(
            engine.meetings(),
            municipality=self.municipality,
            committee=self.committee,
            since=self.since,
            until=self.until,
            case=self.case,
            outcome=self.outcome,
        )
