"""What is promised: every test that is named exists, and the page says what came of it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Final

import pytest
from django.test import Client

from totalplace.doors.web.trust import promises as trust
from totalplace.doors.web.trust.promises import Came, promises

ROOT: Final = Path(__file__).resolve().parents[2]


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for test in (test for promise in promises() for test in promise.tests):
        path, _, name = test.partition("::")
        file = ROOT / path
        tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
        if name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
            missing.append(test)
    assert missing == []


def test_each_promise_is_a_sentence_with_tests() -> None:
    assert len(promises()) > 10
    assert all(one.promise.endswith(".") and one.how and one.tests for one in promises())


def results(**tests: tuple[int, int, int]) -> str:
    """The file of a run, with how many passed, failed and were skipped of each test."""
    said = {
        name: {"passed": p, "failed": f, "skipped": s, "measured": ["3 MB in 2 seconds"]}
        for name, (p, f, s) in tests.items()
    }
    return json.dumps({"at": "2026-11-26", "version": "0.1.0", "tests": said})


@pytest.mark.parametrize(
    ("came_of", "came"),
    [
        ({"a": (3, 0, 0), "b": (1, 0, 0)}, Came.PASSED),
        ({"a": (3, 1, 0), "b": (1, 0, 0)}, Came.FAILED),
        ({"a": (3, 0, 0), "b": (0, 0, 1)}, Came.SKIPPED),
        ({"a": (3, 0, 0)}, Came.NOT_RUN),
        ({}, Came.NOT_RUN),
    ],
)
def test_a_promise_is_kept_only_if_each_of_its_tests_passed(
    came_of: dict[str, tuple[int, int, int]], came: Came
) -> None:
    promise = trust.Promise("It holds.", "So.", ("a", "b"), "")
    assert trust.read(results(**came_of)).came(promise) is came


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": 1, "version": 2, "tests": {"a": 3}}'])
def test_what_cannot_be_read_is_no_run(text: str) -> None:
    assert trust.read(text) == trust.NO_RUN


@pytest.mark.django_db
def test_the_page_says_what_came_of_each_and_else_that_it_was_not_run_here(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(trust.RESULTS, str(tmp_path / "none.json"))
    page = client.get("/trust/").content.decode()
    assert page.count(">not run here</strong>") == len(promises())
    first = promises()[0]
    (tmp_path / "results.json").write_text(results(**dict.fromkeys(first.tests, (2, 0, 0))))
    monkeypatch.setenv(trust.RESULTS, str(tmp_path / "results.json"))
    page = client.get("/trust/").content.decode()
    assert page.count(">passed</strong>") == 1
    assert "2 of 2 examples; 3 MB in 2 seconds" in page
    assert "version 0.1.0" in page
