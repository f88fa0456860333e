"""The commands that belong to the page: opening it, and exporting what its readers said."""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import Annotated

import typer

from indexer.errors import PunktvisError
from qa_engine.feedback import as_questions, read_feedback
from qa_engine.json_form import dump
from qa_engine.options import Data, read_settings


def open_page(
    data: Data = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the page.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to serve on; 0.0.0.0 shows the page to the whole network.")
    ] = "localhost",
) -> None:
    """Open the page in the browser."""
    page = importlib.util.find_spec("app")
    if page is None or page.origin is None:
        raise PunktvisError("app.py is not installed; install Punktvis again")
    # .streamlit/config.toml says the rest; what privacy rests on holds where that file is missing.
    options = {
        "server.port": port,
        "server.address": host,
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
    }
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        options["server.headless"] = "true"
    command = [sys.executable, "-m", "streamlit", "run", page.origin]
    command += [f"--{name}={value}" for name, value in options.items()]
    folder = read_settings(data).data.absolute()
    # In place of this process, so that whoever ends it ends the page.
    os.execve(command[0], command, {**os.environ, "PUNKTVIS_DATA": str(folder)})


def export_feedback(data: Data = None) -> None:
    """Print what readers said of answers as questions, one JSON object a line."""
    for question in as_questions(read_feedback(read_settings(data).data)):
        print(dump(question))
