"""What other programs import from ``qa_engine`` is there, and costs the command line nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qa_engine
from qa_engine import Engine


@pytest.mark.parametrize("name", qa_engine.__all__)
def test_every_public_name_can_be_imported_and_is_documented(name: str) -> None:
    assert getattr(qa_engine, name).__doc__


@pytest.mark.parametrize("method", ["open", "ask", "search", "precedents", "case", "embed"])
def test_the_engine_has_its_promised_methods(method: str) -> None:
    assert getattr(Engine, method).__doc__


def test_an_unknown_name_is_an_error_that_names_it() -> None:
    with pytest.raises(ImportError, match="Motor"):
        from qa_engine import Motor  # type: ignore[attr-defined]  # noqa: F401, PLC0415


def test_only_asking_for_the_engine_loads_what_opens_an_index() -> None:
    code = (
        "import sys, qa_engine.cli\n"
        "print('qa_engine.engine' in sys.modules)\n"
        "from qa_engine import Engine\n"
        "print(Engine.__module__, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "qa_engine.engine", "False"]
