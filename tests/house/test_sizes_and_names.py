"""Sizes and names: what is too long to read in one go, or says nothing of the field, is seen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES: Final = 400
FUNCTION_LINES: Final = 40
FORBIDDEN: Final = {"utils", "common", "helpers", "manager", "handler", "data", "process"}

# What may be longer, and why. An entry that is no longer needed fails the test.
_ONE_LOOP = "compiled code: a loop over every byte is one function, as each call in it costs"
LONG_FILES: Final[dict[str, str]] = {
    "src/totalplace/sources/reading/compiled.py": "compiled code is compiled and kept as one file",
}
LONG_FUNCTIONS: Final[dict[str, str]] = {
    f"src/totalplace/sources/reading/compiled.py:{name}": _ONE_LOOP
    for name in ("cut", "cut_by_marks", "days", "fold", "money", "number_alike")
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def own(*folders: str) -> list[Path]:
    """The modules below these folders; migrations, which are never edited, apart."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def named(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every class and function of a module by its name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name, node


def test_files_can_be_read_in_one_go() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in own("src", "tests", "benchmarks")
        if (lines := len(path.read_text().splitlines())) > FILE_LINES
    }
    assert set(long) == set(LONG_FILES), long


def test_functions_can_be_seen_at_once() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in own("src", "tests")
        for name, node in named(path)
        if isinstance(node, Function)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert set(long) == set(LONG_FUNCTIONS), long


@pytest.mark.parametrize("reasons", [LONG_FILES, LONG_FUNCTIONS])
def test_every_exception_has_a_reason(reasons: dict[str, str]) -> None:
    assert all(len(reason.split()) > 3 for reason in reasons.values())


def test_names_say_something_of_the_field() -> None:
    empty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in own("src", "tests", "benchmarks")
        for name in [*path.relative_to(ROOT).with_suffix("").parts, *(n for n, _ in named(path))]
        if not name.startswith("test_") and words(name) & FORBIDDEN
    ]
    assert empty == []


def words(name: str) -> set[str]:
    """The words of a name: read_rows and ReadRows are both read and rows."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_a_name_is_taken_apart_into_its_words() -> None:
    assert words("DataFrame_for_utils") == {"data", "frame", "for", "utils"}
    assert not words("database") & FORBIDDEN
