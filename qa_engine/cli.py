"""The command line: a thin shell over ``Engine`` and the builder.

Exit status: 0 done, which not answering is too; 2 wrong use; 1 anything else. Whatever is not 0
says why in one line on stderr.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from indexer.build import Report
from indexer.embedding import BUNDLED, load_embedder
from indexer.errors import DocumentError, PunktvisError, QuestionError
from indexer.files import Shard, find_files
from indexer.lazy_embedding import LazyEmbedder
from indexer.settings import Settings
from indexer.worker import Worker
from qa_engine.case_json import cases_form, precedents_form
from qa_engine.case_text import case_text, precedents_text
from qa_engine.cli_ask import ask
from qa_engine.cli_evaluate import evaluate_answers
from qa_engine.cli_fetch import fetch_minutes
from qa_engine.cli_mcp import serve_mcp
from qa_engine.cli_page import export_feedback, open_page
from qa_engine.cli_serve import serve, tokens
from qa_engine.json_form import (
    Json,
    dump,
    meetings_form,
    minutes_form,
    removal_form,
    report_form,
    search_form,
)
from qa_engine.options import (
    AsJson,
    Case,
    Committee,
    Data,
    Municipality,
    Outcome,
    Since,
    Until,
    open_engine,
    read_filters,
    read_settings,
    read_shard,
)
from qa_engine.progress import Bar
from qa_engine.text_form import meetings_text, minutes_text, report_text, search_text

commands = typer.Typer(
    help="Ask Danish municipal minutes, and see the agenda item behind every sentence.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


@commands.command()
def index(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files and folders with minutes.", exists=True),
    ],
    data: Data = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail when a document cannot be read.")
    ] = False,
    municipality: Annotated[
        str | None, typer.Option(help="The municipality of all these minutes.")
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="N/OF", help="Only this part of the files: 3/8, on one of 8 machines."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Index minutes; a second time, only what has changed is read again."""
    report = _build(paths, read_settings(data), municipality, read_shard(shard))
    _say(report_form(report) if as_json else report_text(report))
    nothing_read = not (report.indexed or report.unchanged or report.replaced)
    if report.skipped and (strict or nothing_read):
        others = len(report.skipped) - 1
        reason = f"{report.skipped[0].reason} (and {others} more)" if others else None
        raise DocumentError(report.skipped[0].source, reason or report.skipped[0].reason)


@commands.command()
def parse(
    file: Annotated[Path, typer.Argument(help="A file with minutes.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Show how a file is read, without indexing it."""
    with Worker() as read:
        minutes = read(file, file.name, read_settings(None).municipality)
    _say(minutes_form(minutes) if as_json else minutes_text(minutes))


commands.command()(ask)
commands.command("evaluate")(evaluate_answers)
commands.command("fetch")(fetch_minutes)


@commands.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages.")] = 10,
    data: Data = None,
    municipality: Municipality = None,
    committee: Committee = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    outcome: Outcome = None,
    as_json: AsJson = False,
) -> None:
    """Find the passages nearest to a text."""
    with open_engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        hits = engine.search(text, k, filters)
    _say(search_form(text, hits, k) if as_json else search_text(hits, k))


@commands.command()
def precedents(
    text: Annotated[str, typer.Argument(help="A draft, or what the case is about.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many cases.")] = 10,
    data: Data = None,
    municipality: Municipality = None,
    committee: Committee = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    outcome: Outcome = None,
    as_json: AsJson = False,
) -> None:
    """Find similar earlier decisions: what was proposed, and what came of it."""
    with open_engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        found = engine.precedents(text, filters, k)
    _say(precedents_form(text, found) if as_json else precedents_text(found))


@commands.command("case")
def follow(
    number: Annotated[str, typer.Argument(help="A case number as printed: 22/10433.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Follow a case across meetings: every step, and whether it has come to an end."""
    with open_engine(data) as engine:
        cases = engine.case(number)
    _say(cases_form(number, cases) if as_json else case_text(cases))


@commands.command()
def meetings(
    data: Data = None,
    municipality: Municipality = None,
    committee: Committee = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    outcome: Outcome = None,
    as_json: AsJson = False,
) -> None:
    """List the meetings that are indexed, newest first."""
    with open_engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        found = engine.meetings(filters)
    _say(meetings_form(found) if as_json else meetings_text(found))


@commands.command()
def remove(
    source: Annotated[str, typer.Argument(help="A source as 'punktvis meetings' names it.")],
    data: Data = None,
    block: Annotated[
        bool, typer.Option("--block", help="Keep it out when the same file comes again.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take a document out of the index; it comes back with its file, unless it is blocked."""
    from indexer.store.opening import create_store, open_store  # noqa: PLC0415 - see the top

    settings = read_settings(data)
    with open_store(settings) as store:
        model = store.model
    removed = False
    if model is not None:
        with create_store(settings, model) as store:
            removed = store.block(source) if block else store.remove(source)
            store.flush()
    if not removed:
        raise DocumentError(source, "it is not indexed; 'punktvis meetings' lists what is")
    told = f"removed {source}" + (", and blocked what it holds" if block else "")
    _say(removal_form(source, blocked=block) if as_json else told)


commands.command("app")(open_page)
commands.command("feedback")(export_feedback)
commands.command("mcp")(serve_mcp)
commands.command()(serve)
commands.add_typer(tokens, name="token")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status.

    Args:
        arguments: What stands after "punktvis"; None is what the process was started with.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8 whatever the terminal is, and half a character is no reason to fail.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = commands(arguments, prog_name="punktvis", standalone_mode=False) or 0
    except typer.TyperException as error:
        return _fail(f"{error.format_message()} (see 'punktvis --help')", error.exit_code)
    except QuestionError as error:
        return _fail(str(error), 2)
    except (PunktvisError, OSError) as error:
        return _fail(str(error), 1)
    return _fail("stopped", status) if status else 0


def _fail(reason: str, status: int) -> int:
    print("punktvis:", " ".join(reason.split()), file=sys.stderr)
    return status


def _say(what: Json | str) -> None:
    # Flushed, so that a reader of JSON Lines has each answer when it is there.
    print(what if isinstance(what, str) else dump(what), flush=True)


def _build(
    paths: Sequence[Path], settings: Settings, municipality: str | None, shard: Shard
) -> Report:
    from indexer.indexing import index as index_paths  # noqa: PLC0415 - see the top

    find_files(paths)  # fails at once where there is nothing to read, and before an index is made
    told = replace(settings, municipality=municipality or settings.municipality)
    with Bar() as bar:
        embedder = LazyEmbedder(settings.model or BUNDLED, partial(load_embedder, settings))
        return index_paths(paths, told, embedder, bar, shard)


if __name__ == "__main__":
    sys.exit(main())
