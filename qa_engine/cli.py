"""The command line: a thin shell over ``Engine`` and the builder.

Exit status: 0 done, which not answering is too; 2 wrong use; 1 anything else. Whatever is not 0
says why in one line on stderr.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.build import Report, build
from indexer.embedding import load_embedder
from indexer.errors import DocumentError, PunktvisError, QuestionError
from indexer.files import find_files
from indexer.reports import keep_report
from indexer.settings import Settings
from indexer.worker import Worker
from qa_engine.case_json import cases_form, precedents_form
from qa_engine.case_text import case_text, precedents_text
from qa_engine.cli_page import export_feedback, open_page
from qa_engine.json_form import (
    Json,
    answer_form,
    dump,
    meetings_form,
    minutes_form,
    read_question,
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
    read_filters,
    read_settings,
)
from qa_engine.progress import Bar
from qa_engine.text_form import answer_text, meetings_text, minutes_text, report_text, search_text

# --help and parse shall be there at once: what loads an index or a model is imported where used.
if TYPE_CHECKING:
    from qa_engine.engine import Engine

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
    as_json: AsJson = False,
) -> None:
    """Index minutes; a second time, only what has changed is read again."""
    report = _build(paths, read_settings(data), municipality)
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


@commands.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in Danish.")] = None,
    batch: Annotated[
        typer.FileBinaryRead | None,
        typer.Option(metavar="FILE", help='JSON Lines of {"id": …, "question": …}; "-" is stdin.'),
    ] = None,
    data: Data = None,
    municipality: Municipality = None,
    committee: Committee = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    outcome: Outcome = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from what is indexed, or say that the minutes do not tell."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE")
    if batch and not as_json:
        raise typer.BadParameter("--batch prints JSON Lines; add --json")
    with _engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        if question is not None:
            answer = engine.ask(question, filters)
            _say(answer_form(answer) if as_json else answer_text(answer))
        for number, line in enumerate(batch or (), 1):
            if not line.strip():
                continue
            with _naming(f"{getattr(batch, 'name', '-')}, line {number}"):
                asked = read_question(line)
                answer = engine.ask(asked.question, filters)
            _say(answer_form(answer, asked.id))


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
    with _engine(data) as engine:
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
    with _engine(data) as engine:
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
    with _engine(data) as engine:
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
    with _engine(data) as engine:
        filters = read_filters(engine, municipality, committee, since, until, case, outcome)
        found = engine.meetings(filters)
    _say(meetings_form(found) if as_json else meetings_text(found))


@commands.command()
def remove(
    source: Annotated[str, typer.Argument(help="A source as 'punktvis meetings' names it.")],
    data: Data = None,
) -> None:
    """Take a document out of the index; it comes back when its file is indexed again."""
    from indexer.store.local import LocalStore  # noqa: PLC0415 - see the top

    folder = read_settings(data).data
    with LocalStore.open(folder) as store:
        model = store.model
    removed = False
    if model is not None:
        with LocalStore.create(folder, model) as store:
            removed = store.remove(source)
            store.flush()
    if not removed:
        raise DocumentError(source, "it is not indexed; 'punktvis meetings' lists what is")
    _say(f"removed {source}")


commands.command("app")(open_page)
commands.command("feedback")(export_feedback)


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


@contextmanager
def _engine(data: Path | None) -> Iterator[Engine]:
    from qa_engine.engine import Engine  # noqa: PLC0415 - see the top

    settings = read_settings(data)
    with closing(Engine.open(settings.data, settings)) as engine:
        yield engine


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except QuestionError as error:
        raise QuestionError(f"{place}: {error}") from error


def _build(paths: Sequence[Path], settings: Settings, municipality: str | None) -> Report:
    from indexer.store.local import LocalStore  # noqa: PLC0415 - see the top

    find_files(paths)  # fails at once where there is nothing to read, and before an index is made
    with Bar() as bar:
        embedder = load_embedder(settings)
        with LocalStore.create(settings.data, embedder.name) as store:
            report = build(
                paths,
                store,
                embedder,
                municipality=municipality or settings.municipality,
                progress=bar,
            )
            keep_report(settings.data, report, dt.datetime.now().astimezone())
            return report


if __name__ == "__main__":
    sys.exit(main())
