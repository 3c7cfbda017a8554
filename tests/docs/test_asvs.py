"""The answers to the security standard: none is missing, and each test that they name exists."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
SAID: Final = ROOT / "docs" / "reference" / "asvs.yaml"
# How many requirements of levels 1 and 2 each chapter of version 5.0.0 has: 70 and 183.
OF_CHAPTER: Final = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13,
    14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
KEYS: Final = {"number", "level", "says", "answer", "why", "shown_by", "would_meet"}
ANSWERS: Final = {"met", "met as the guide says", "not met", "does not apply"}


@cache
def rows() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(SAID.read_text(encoding="utf-8"))["requirements"]
    return read


def test_every_requirement_of_levels_one_and_two_stands_once() -> None:
    numbers = [str(row["number"]) for row in rows()]
    assert [n for n, times in Counter(numbers).items() if times > 1] == []
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in numbers)
    assert Counter(int(number.split(".")[0]) for number in numbers) == OF_CHAPTER
    assert Counter(row["level"] for row in rows()) == {1: 70, 2: 183}
    in_order = sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert numbers == in_order


def test_every_answer_is_one_of_four_and_says_why() -> None:
    for row in rows():
        assert set(row) <= KEYS, row["number"]
        assert row["answer"] in ANSWERS, row["number"]
        assert row["says"], row["number"]
        assert row["why"], row["number"]
        assert ("would_meet" in row) is (row["answer"] == "not met"), row["number"]
        if row["answer"].startswith("met"):
            assert row["shown_by"], row["number"]


def test_every_test_and_page_that_is_named_exists() -> None:
    named = {by for row in rows() for by in row["shown_by"]}
    assert len(named) > 100
    assert [by for by in sorted(named) if not exists(by)] == []


def exists(by: str) -> bool:
    """Whether a page is there, or a test in its file."""
    path, _, test = by.partition("::")
    return (ROOT / path).is_file() and (not test or test in names_in(path))


@cache
def names_in(path: str) -> set[str]:
    """The names of the functions of a file; nothing of it is run."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_page_is_what_the_answers_say() -> None:
    subprocess.run([sys.executable, ROOT / "script" / "asvs", "--check"], check=True)
