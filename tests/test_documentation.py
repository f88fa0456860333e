"""What the documents promise is there, and what is there is documented."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.metadata import requires
from pathlib import Path

import pytest

from indexer.settings import Settings
from qa_engine.cli import commands

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`PUNKTVIS_{setting.upper()}`" in _read("docs/command-line.md")


def test_every_command_is_documented() -> None:
    names = [c.name or getattr(c.callback, "__name__", "") for c in commands.registered_commands]
    names += [str(group.name) for group in commands.registered_groups]
    documented = set(
        re.findall(r"^\| `punktvis (\w+)", _read("docs/command-line.md"), re.MULTILINE)
    )
    assert documented == set(names)


def test_every_dependency_has_its_reason() -> None:
    reasons = _read("docs/dependencies.md")
    names = {re.split(r"[<>=!~;\[ ]", text)[0] for text in requires("punktvis") or ()}
    rows = [line.split("|")[1] for line in reasons.splitlines() if line.startswith("| ")]
    documented = {name.strip() for row in rows for name in row.split(",")}
    assert names - documented == set()


def test_every_dependency_has_an_exact_version() -> None:
    pinned = {line.partition("==")[0] for line in _read("constraints.txt").splitlines()}
    names = {re.split(r"[<>=!~;\[ ]", text)[0] for text in requires("punktvis") or ()}
    assert {name.lower() for name in names} <= {name.lower() for name in pinned}


@pytest.mark.parametrize("package", ["indexer", "qa_engine"])
def test_every_module_is_in_the_picture(package: str) -> None:
    modules = {path.name for path in (ROOT / package).glob("*.py")} - {"__init__.py"}
    folders = {f"{path.parent.name}/" for path in (ROOT / package).glob("*/__init__.py")}
    picture = _read("docs/architecture.md")
    assert {name for name in modules | folders if f"`{name}" not in picture} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
