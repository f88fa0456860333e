"""The options that commands share, and what they mean: each is defined once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.files import WHOLE, Shard
from indexer.model import Filters
from indexer.settings import Settings
from qa_engine.filtering import resolve_filters

# --help and parse shall be there at once: what loads an index or a model is imported where used.
if TYPE_CHECKING:
    from qa_engine.engine import Engine

Data = Annotated[
    Path | None,
    typer.Option(help="Folder of the index; else PUNKTVIS_DATA, else ./data.", file_okay=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

# The filters, the same in every command that finds something.
Municipality = Annotated[
    list[str] | None, typer.Option(help="Only this municipality; may be repeated.")
]
Committee = Annotated[
    list[str] | None,
    typer.Option(help="Only this committee, or those with this in their name; may be repeated."),
]
Since = Annotated[str | None, typer.Option(help="Only from this day, month or year on: 2021-03.")]
Until = Annotated[str | None, typer.Option(help="Only up to this day, month or year.")]
Case = Annotated[str | None, typer.Option(help="Only this case number.")]
Outcome = Annotated[str | None, typer.Option(help="Only this outcome: approved, postponed, …")]


def read_settings(data: Path | None) -> Settings:
    """Read the settings; what is said on the command line outweighs the environment."""
    settings = Settings.from_environment()
    return replace(settings, data=data) if data else settings


def read_shard(text: str | None) -> Shard:
    """Read "3/8": the third of eight parts.

    Raises:
        BadParameter: It is something else.
    """
    if text is None:
        return WHOLE
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise typer.BadParameter(f"'{text}' names no part; write 3/8 for the third of eight")
    return Shard(int(found[1]), int(found[2]))


@contextmanager
def open_engine(data: Path | None) -> Iterator[Engine]:
    """Open the index of a command for as long as the command needs it.

    Raises:
        StoreError: There is no usable index in the folder.
    """
    from qa_engine.engine import Engine  # noqa: PLC0415 - see the top

    settings = read_settings(data)
    with closing(Engine.open(settings.data, settings)) as engine:
        yield engine


def read_filters(
    engine: Engine,
    municipality: list[str] | None,
    committee: list[str] | None,
    since: str | None,
    until: str | None,
    case: str | None,
    outcome: str | None,
) -> Filters:
    """Resolve the filters of a command against what is indexed.

    Raises:
        UnknownFilterValue: One of them names nothing that is indexed.
    """
    return resolve_filters(
        engine.meetings(),
        municipality=municipality,
        committee=committee,
        since=since,
        until=until,
        case=case,
        outcome=outcome,
    )
